"""What was said so far while a request is turned into operations, and what it named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.world.language.aspects import aspects
from stepweave.world.language.lexicon import part_of
from stepweave.world.language.references import BACKDROP, Mention, Mentions
from stepweave.world.language.syntax import Clause, Noun
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Operation,
    Precise,
    Recolour,
    Reference,
    Replace,
    Resize,
    Turn,
    sharper,
)


class Saying:
    """The operations said so far, and what "it" means next."""

    def __init__(self, named: Sequence[Mention] = ()) -> None:
        self.said: list[Operation] = []
        self.named = Mentions(named)
        self.begun = 0
        """How many operations were said before the last sentence that asked for any."""
        self._insisted: Precise = ()
        self._adding = False

    def begin(self, clause: Clause) -> None:
        """A clause begins; what it insists on holds for all that is said in it."""
        self._insisted = clause.precise
        self._adding = clause.act == "add"
        if clause.opens and clause.act != "remind":
            self.begun = len(self.said)

    def say(self, operation: Operation) -> None:
        """One more operation."""
        insisted = only(self._insisted, *aspects(operation))
        self.said.append(replace(operation, precise=sharper(operation.precise, *insisted)) if insisted else operation)
        if isinstance(operation, Background):
            self.named.name(BACKDROP)
        elif (mention := _mention(operation)) is not None:
            self.named.name(mention)

    def added(self) -> Reference:
        """What was added last."""
        return reference(next(one for one in reversed(self.said) if isinstance(one, Add)))

    def is_backdrop(self, noun: Noun) -> bool:
        """Whether a pronoun means the background."""
        return noun.head == "it" and self.named.latest is BACKDROP

    def apart(self, noun: Noun, owner: Noun | None) -> Noun:
        """The noun as a part, where its word can name one and something that has such a part is meant."""
        if not noun.part or noun.head == "part":
            return noun
        part = replace(noun, head="part", name=noun.part)
        if owner is not None:
            thing = owner.name if owner.head == "thing" else self.named.last(owner).reference.thing
            return part if part_of(thing, noun.part) is not None else noun
        if not noun.definite or (noun.head == "background" and self._adding):
            return noun
        named = [mention.reference.thing for mention in self.named.all]
        if noun.head == "thing" and noun.name in named:
            return noun
        return part if any(part_of(thing, noun.part) is not None for thing in named) else noun


def only(precise: Precise, *wanted: str) -> Precise:
    """Those of the aspects that are wanted."""
    return tuple(aspect for aspect in precise if aspect in wanted)


def reference(added: Add) -> Reference:
    """What was just added; a single thing needs no colour, as it is the last of its kind."""
    many = added.count > 1
    return Reference(added.thing, added.colour if many else None, None, None, added.label, many)


def _mention(operation: Operation) -> Mention | None:
    """What "it" means after an operation."""
    match operation:
        case Add():
            return Mention(reference(operation))
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
        case Turn():
            return Mention(operation.target)
        case Act():
            return Mention(replace(operation.target, action=operation.action if operation.target.action else None))
        case Duplicate():
            return Mention(replace(operation.target, size=None, place=None))
        case Replace():
            return Mention(replace(reference(operation.new), every=operation.target.every))
    return None
