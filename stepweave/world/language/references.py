"""Who is meant: resolves nouns and pronouns to things in the picture, and part words to parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stepweave.world import vocabulary
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import Incomplete, NoSuchPart, NotPossible, NotUnderstood, quoted
from stepweave.world.language.lexicon import part_of
from stepweave.world.language.syntax import Noun
from stepweave.world.scene import Reference


@dataclass(frozen=True, slots=True)
class Mention:
    """What was named last, for "it" to mean."""

    reference: Reference
    part: str | None = None


REMEMBERED = 8
"""How many mentions are kept from one request to the next."""
BACKDROP = Mention(Reference(vocabulary.ANYTHING), "background")
"""The background was named last."""


class Mentions:
    """What was named so far, and what nouns mean by it."""

    def __init__(self, named: Sequence[Mention] = ()) -> None:
        self._named = list(named)

    def name(self, mention: Mention) -> None:
        """Something is named."""
        self._named.append(mention)

    @property
    def all(self) -> tuple[Mention, ...]:
        """What was named, the last at the end."""
        return tuple(self._named[-REMEMBERED:])

    @property
    def latest(self) -> Mention | None:
        """What was named last."""
        return self._named[-1] if self._named else None

    def thing_before(self) -> Reference | None:
        """The last thing that was named, whatever was said of the background since."""
        return next((mention.reference for mention in reversed(self._named) if mention is not BACKDROP), None)

    def several(self) -> tuple[Mention, ...]:
        """What "them" means: several of a kind that were named last, or else the last two things."""
        latest: dict[str, Mention] = {}
        for mention in reversed(self._named):
            if mention is not BACKDROP:
                latest.setdefault(f"{mention.reference.thing} {mention.reference.label}", mention)
        found = tuple(latest.values())
        return found[:1] if found and found[0].reference.every else tuple(reversed(found[:2]))

    def last(self, noun: Noun) -> Mention:
        """What "it" means; with nothing named before, the last thing in the picture."""
        if not self._named:
            return Mention(Reference(vocabulary.ANYTHING, every=noun.every))
        return self._named[-1]

    def thing(self, noun: Noun) -> str:
        """The name of the thing that a noun means.

        Raises:
            Incomplete: it stands for something named before, and nothing was.
        """
        if noun.head in ("thing", "text"):
            return noun.name
        if not self._named:
            one = quoted(noun.text or "one")
            raise Incomplete(f"{one} could be anything: nothing was named before", "name the thing")
        return self._named[-1].reference.thing

    def mentioned(self, noun: Noun) -> Mention:
        """What a noun means among the things that are there."""
        if noun.head in ("it", "them", "copy"):
            return self.last(noun)
        if noun.head in ("picture", "background", "colour", "size"):
            raise NotUnderstood(noun.text)
        if noun.head == "part":
            return Mention(*self.whole(noun, noun.owner))
        return Mention(self.reference(noun))

    def reference(self, noun: Noun) -> Reference:
        """The whole thing that a noun means.

        Raises:
            NotPossible: it is a part, or told apart by what a reference cannot hold.
        """
        if noun.head in ("it", "them", "copy"):
            return self.last(noun).reference
        if noun.head not in ("thing", "text", "one"):
            raise NotPossible(f"{quoted(noun.text)} is no place for a thing", "name a whole thing")
        if noun.where is not None and noun.where.relation is not None:
            raise NotPossible(
                f"which one {quoted(noun.text)} means cannot be told", "say which by its colour, its size or its place"
            )
        if noun.turn or noun.mirrored or noun.holding:
            raise NotPossible(
                f"which one {quoted(noun.text)} means cannot be told", "say which by its colour, its size or its place"
            )
        if noun.having or noun.lacking:
            raise NotPossible(f"a {noun.name} is not told apart by its parts", "say which by its colour, size or place")
        if noun.count is not None and noun.count > 1 and not noun.definite:
            raise NotPossible(
                f"which {noun.count} {quoted(noun.text)} means cannot be told", "say all of them, or which one"
            )
        many = noun.every or noun.plural or (noun.count or 1) > 1
        place = noun.where.place if noun.where else None
        thing = noun.name if noun.head != "one" else self.last(noun).reference.thing
        action = noun.action if noun.action != REST else None
        return Reference(thing, noun.colour, noun.size, place, noun.label, many, action)

    def whole(self, noun: Noun, owner: Noun | None) -> tuple[Reference, str]:
        """The thing that a part belongs to, and the part's own name.

        Raises:
            Incomplete: it is not said whose part it is, and several things have one.
        """
        if owner is not None:
            target = self.reference((owner.owner or owner) if owner.head == "part" else owner)
            return target, part_name(target.thing, noun.name)
        for mention in reversed(self._named):
            if part := part_of(mention.reference.thing, noun.name):
                return mention.reference, part
        owners = [name for name, thing in vocabulary.THINGS.items() if noun.name in thing.names]
        owners = owners or [thing for thing in vocabulary.THINGS if part_of(thing, noun.name)]
        if len(owners) != 1:
            known = ", ".join(owners)
            raise Incomplete(
                f"it is not said whose {noun.name}, and each of these could be meant: {known}",
                f'say it: "the {noun.name} of the {owners[0]}"',
            )
        return Reference(owners[0]), part_name(owners[0], noun.name)


def part_name(thing: str, word: str) -> str:
    """The name of the part of a thing that a word means.

    Raises:
        NoSuchPart: it has none.
    """
    part = word if thing == vocabulary.ANYTHING else part_of(thing, word)
    if part is None:
        raise NoSuchPart(thing, word, vocabulary.DRAWABLE[thing].names if thing in vocabulary.DRAWABLE else ())
    return part
