"""Turns clauses into operations: whose part, which thing, what "it" means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.errors import Incomplete, LabelTooLong, NotPossible, NotUnderstood, TooMany, quoted
from stepweave.world.language.references import BACKDROP, Mention, Mentions, part_name
from stepweave.world.language.syntax import Change, Clause, Noun, Where
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Move,
    Operation,
    Precise,
    Recolour,
    Reference,
    Relation,
    Remove,
    Resize,
    sharper,
)

UNSAID = 3
"""How many things a bare plural means ("stars at the top")."""
PAIRED = frozenset({"eyes", "ears", "arms", "legs", "shoes"})
"""Parts that come in twos, so that "two eyes" says nothing new."""


def operations(
    clauses: Iterable[Clause], named: Sequence[Mention] = ()
) -> tuple[tuple[Operation, ...], tuple[Mention, ...]]:
    """What the clauses ask for, in their order, and what was named in them.

    Raises:
        LanguageError: something needed was left unsaid, does not exist, or cannot be shown.
    """
    teller = _Teller(Mentions(named))
    for clause in clauses:
        teller.tell(clause)
    return tuple(teller.said), teller.named.all


class _Teller:
    """Says one clause after the other as operations, and remembers what was named."""

    def __init__(self, named: Mentions) -> None:
        self.said: list[Operation] = []
        self.named = named
        self._insisted: Precise = ()

    def tell(self, clause: Clause) -> None:
        """Say what a clause asks for."""
        self._insisted = clause.precise
        before = len(self.said)
        match clause.act:
            case "add" | "give":
                self._add_all(clause)
            case "remove":
                for target in self._each(_shared(clause.nouns, clause.to)):
                    self._remove(target)
            case "move" | "change":
                for target in self._each(_shared(clause.nouns, None)):
                    self._change(target, clause.change or Change())
            case "replace":
                self._replace(clause.nouns[0], clause.to)
        behind = clause.change.where.to if clause.change and clause.change.where else None
        for noun in (*clause.nouns, clause.to, behind):
            if noun is not None and noun.backdrop is not None:
                self._paint_background(noun.backdrop)
        if len(self.said) == before:
            raise NotUnderstood(clause.text)

    # ------------------------------------------------------------------------------------------- adding

    def _add_all(self, clause: Clause) -> None:
        beside = clause.to if clause.act == "add" else None
        nouns = tuple(_beside(noun, beside) for noun in _shared(clause.nouns, clause.to))
        while nouns:
            together = 1
            if nouns[0].head == "part" and _is_new(nouns[0].owner):
                together = sum(1 for one in nouns if one.head == "part" and one.owner is nouns[0].owner)
                self._add_parts_of_new(nouns[:together])
            else:
                self._add(nouns[0])
            nouns = nouns[together:]

    def _add(self, noun: Noun) -> None:
        match noun.head:
            case "thing" | "text" | "one":
                self._add_thing(noun)
            case "part":
                self._add_part(noun)
            case "background":
                self._paint_background(noun)
            case "picture" if noun.colour:
                self._paint_background(noun)
            case _:
                raise Incomplete(f"it is not said what {quoted(noun.text)} is", "name the thing to draw")

    def _paint_background(self, noun: Noun) -> None:
        if noun.where is not None and noun.where.place is not None:
            raise NotPossible("a background is everywhere", "leave its place out")
        if noun.colour is None:
            raise Incomplete("no colour is named for the background", 'name one: "a blue background"')
        self._say(Background(noun.colour, _only(noun.precise, "colour")))
        self.named.name(BACKDROP)

    def _add_thing(self, noun: Noun, parts: tuple[str, ...] | None = None) -> None:
        thing = self.named.thing(noun)
        if noun.every:
            raise Incomplete(f"it is not said how many {quoted(noun.text)} means", "say a number")
        if noun.head == "text" and not noun.label:
            raise Incomplete("it is not said what to write", 'put the words in quotes: write "Hello" at the bottom')
        if len(noun.label) > vocabulary.LONGEST_LABEL:
            raise LabelTooLong(len(noun.label), vocabulary.LONGEST_LABEL)
        lacking = {part_name(thing, one.name) for one in noun.lacking}
        if lacking:
            parts = tuple(name for name in parts or vocabulary.DRAWABLE[thing].names if name not in lacking)
        place, relation = self._placed(noun.where)
        colour, recolours = self._having(noun, thing)
        self._say(
            Add(
                thing,
                _count(noun),
                colour,
                noun.size,
                place,
                relation,
                parts,
                noun.label,
                precise=noun.precise,
            )
        )
        added = self._added()
        self.said.extend(replace(one, target=added) for one in recolours)
        for companion in noun.having:
            if companion.head != "part":
                self._add(companion)
                self.named.name(Mention(added))

    def _having(self, noun: Noun, thing: str) -> tuple[str | None, list[Recolour]]:
        """Its colour, and the colours of parts that it is said to have."""
        colour, recolours = noun.colour, []
        for one in noun.having:
            if one.head != "part":
                continue
            part = part_name(thing, one.name)
            self._check_part_count(thing, part, one)
            if one.colour and part == vocabulary.DRAWABLE[thing].main and colour is None:
                colour = one.colour
            elif one.colour:
                recolours.append(Recolour(Reference(thing), one.colour, part, _only(one.precise, "colour")))
        return colour, recolours

    def _add_parts_of_new(self, parts: Sequence[Noun]) -> None:
        """Add "the walls and the roof of a house": the thing with these parts only."""
        owner = parts[0].owner
        assert owner is not None
        thing = self.named.thing(owner)
        named = {part_name(thing, part.name): part for part in parts}
        main = named.get(vocabulary.DRAWABLE[thing].main)
        places = [one.where for one in (owner, *parts) if one.where is not None]
        if len(places) > 1 or any(part.size for part in parts):
            raise NotPossible(f"the parts of a {thing} have their own sizes and places", "say where the whole thing is")
        place = places[0] if places else None
        having = owner.having + tuple(part for part in parts if part is not main and part.colour)
        colour = owner.colour or (main.colour if main else None)
        insisted = [aspect for part in parts for aspect in part.precise if aspect != "colour"]
        precise = sharper(owner.precise, *insisted, *(main.precise if main else ()))
        whole = replace(owner, colour=colour, where=place, having=having, precise=precise)
        if owner.colour and main and main.colour and main.colour != owner.colour:
            raise NotPossible("a thing has one colour here", "name one colour, and colour its parts apart")
        self._add_thing(whole, tuple(name for name in vocabulary.DRAWABLE[thing].names if name in named))

    def _add_part(self, noun: Noun) -> None:
        owner = noun.owner
        if owner is None and noun.where is not None and noun.where.to is not None:
            owner = noun.where.to if noun.where.to.head != "part" else noun.where.to.owner
        target, part = self.named.whole(noun, owner)
        self._check_part_count(target.thing, part, noun)
        if noun.size or (noun.where and (noun.where.place or noun.owner)):
            raise NotPossible(
                f"the {part} of a {target.thing} has its own size and place", "leave the size and place of the part out"
            )
        self._say(AddPart(part, target, noun.colour, _only(noun.precise, "colour")))

    def _check_part_count(self, thing: str, part: str, noun: Noun) -> None:
        expected = 2 if part in PAIRED else 1
        if noun.count not in (None, expected):
            raise NotPossible(f"the number of {part} of a {thing} cannot be chosen", f'say "{part}" without a number')

    # --------------------------------------------------------------------------------- removing, changing

    def _remove(self, noun: Noun) -> None:
        if noun.head == "background" or self._is_backdrop(noun):
            self._say(Background(vocabulary.BACKGROUND))
        elif noun.head == "part":
            target, part = self.named.whole(noun, noun.owner)
            self._say(Remove(target, part))
        else:
            mention = self.named.mentioned(noun)
            self._say(Remove(mention.reference, mention.part))

    def _replace(self, old: Noun, new: Noun | None) -> None:
        if new is not None and new.head == "one" and old.head == "thing":
            new = replace(new, head="thing", name=old.name)
        if new is None or new.head not in ("thing", "text"):
            remedy = 'say it: "replace the tree with a house"'
            raise Incomplete(f"it is not said what replaces {quoted(old.text)}", remedy)
        self._remove(old)
        self._add(replace(new, where=new.where or old.where))

    def _change(self, noun: Noun, change: Change) -> None:
        if noun.head in ("colour", "size"):
            owner = noun.owner or Noun("it", definite=True)
            self._change(replace(owner, text=noun.text), change)
        elif noun.head == "background" or (noun.head == "picture" and change.colour) or self._is_backdrop(noun):
            if change.colour is None:
                raise Incomplete("no colour is named for the background", 'name one: "make the background blue"')
            self._say(Background(change.colour, _only(change.precise, "colour")))
            self.named.name(BACKDROP)
        elif change.into is not None:
            self._replace(noun, change.into)
        elif noun.head == "part":
            self._change_part(*self.named.whole(noun, noun.owner), change)
        else:
            self._change_thing(noun, change)

    def _change_part(self, target: Reference, part: str, change: Change) -> None:
        if change.size or change.where or change.having:
            raise NotPossible(
                f"the {part} of a {target.thing} cannot be moved or resized by itself", "move or resize the whole thing"
            )
        if change.colour:
            self._say(Recolour(target, change.colour, part, _only(change.precise, "colour")))

    def _change_thing(self, noun: Noun, change: Change) -> None:
        mention = self.named.mentioned(noun)
        if mention.part and change.colour:
            return self._change_part(mention.reference, mention.part, replace(change, size=None, where=None))
        target = mention.reference
        if change.colour:
            self._say(Recolour(target, change.colour, None, _only(change.precise, "colour")))
            target = replace(target, colour=change.colour if target.colour else None)
        if change.size:
            self._say(Resize(target, change.size, _only(change.precise, "size")))
            target = replace(target, size=None)
        for part in change.having:
            self._add_part(replace(part, owner=Noun("it", definite=True)))
        if change.where is not None or not (change.colour or change.size or change.having):
            self._move(target, change.where, noun)
        return None

    def _move(self, target: Reference, where: Where | None, noun: Noun) -> None:
        place, relation = self._placed(where)
        if place is None and relation is None:
            remedy = 'say it: "to the top left", "left of the house", "onto the box"'
            raise Incomplete(f"it is not said where {quoted(noun.text)} goes", remedy)
        self._say(Move(target, place, relation, ("place",) if where and where.precise else ()))

    # --------------------------------------------------------------------------------------- who is meant

    def _say(self, operation: Operation) -> None:
        insisted = _only(self._insisted, *_insistable(operation))
        operation = replace(operation, precise=sharper(operation.precise, *insisted)) if insisted else operation
        self.said.append(operation)
        mention = _mention(operation)
        if mention is not None:
            self.named.name(mention)

    def _each(self, nouns: Sequence[Noun]) -> list[Noun]:
        """The nouns with "them" told apart where it means different things."""
        found: list[Noun] = []
        for noun in nouns:
            meant = self.named.several() if noun.head == "them" else ()
            found.extend([_pointing(one.reference) for one in meant] if len(meant) > 1 else [noun])
        return found

    def _is_backdrop(self, noun: Noun) -> bool:
        """Whether a pronoun means the background."""
        return noun.head == "it" and self.named.latest is BACKDROP

    def _added(self) -> Reference:
        """What was added last."""
        added = next(one for one in reversed(self.said) if isinstance(one, Add))
        return _reference(added)

    def _placed(self, where: Where | None) -> tuple[str | None, Relation | None]:
        """A place, or a relation to a thing; a thing that is not there yet ("next to a boat") is added first."""
        if where is None or where.to is None or where.relation is None:
            return (where.place if where else None), None
        other = where.to
        if self._is_backdrop(other):
            return None, None
        if _is_new(other):
            self._add(other)
            return None, Relation(where.relation, self._added())
        return None, Relation(where.relation, self.named.reference(other))


def _only(precise: Precise, *aspects: str) -> Precise:
    return tuple(aspect for aspect in precise if aspect in aspects)


def _pointing(reference: Reference) -> Noun:
    """A noun for what a reference means."""
    where = Where(place=reference.place) if reference.place else None
    return Noun(
        "text" if reference.thing == vocabulary.TEXT else "thing",
        reference.thing,
        definite=True,
        every=reference.every,
        colour=reference.colour,
        size=reference.size,
        label=reference.label,
        where=where,
    )


def _is_new(noun: Noun | None) -> bool:
    return noun is not None and noun.head == "thing" and not noun.definite


def _shared(nouns: Sequence[Noun], to: Noun | None) -> tuple[Noun, ...]:
    """Give parts without an owner the owner that is named after them."""
    found: list[Noun] = []
    owner = to
    for noun in reversed(nouns):
        if noun.head == "part":
            owner = noun.owner or owner
            found.append(replace(noun, owner=owner))
        else:
            owner = to
            found.append(noun)
    return tuple(reversed(found))


def _beside(noun: Noun, to: Noun | None) -> Noun:
    """A thing "added to the house" is added next to it, unless a place is named."""
    if to is None or noun.head not in ("thing", "text", "one") or noun.where is not None:
        return noun
    return replace(noun, where=Where(relation="next to", to=to))


def _count(noun: Noun) -> int:
    count = noun.count if noun.count is not None else UNSAID if noun.plural and noun.head != "one" else 1
    if not 1 <= count <= vocabulary.MOST:
        raise TooMany(count, vocabulary.MOST)
    return count


def _insistable(operation: Operation) -> frozenset[str]:
    """What an adverb of the whole clause can insist on."""
    match operation:
        case Add():
            return frozenset({"missing", "extra", "damaged"})
        case AddPart():
            return frozenset({"missing", "damaged"})
        case Remove():
            return frozenset({"extra", "damaged"})
    return frozenset({"damaged"})


def _reference(added: Add) -> Reference:
    """What was just added; a single thing needs no colour, as it is the last of its kind."""
    many = added.count > 1
    return Reference(added.thing, added.colour if many else None, None, None, added.label, many)


def _mention(operation: Operation) -> Mention | None:
    """What "it" means after an operation."""
    match operation:
        case Add():
            return Mention(_reference(operation))
        case AddPart():
            return Mention(operation.target, operation.part)
        case Recolour():
            target = operation.target
            colour = operation.colour if target.colour and operation.part is None else target.colour
            return Mention(replace(target, colour=colour), operation.part)
        case Move():
            place = operation.place if operation.target.place else None
            return Mention(replace(operation.target, place=place))
        case Resize():
            return Mention(replace(operation.target, size=None))
    return None
