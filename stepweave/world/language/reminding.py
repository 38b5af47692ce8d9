"""Takes reminders for what they are: sentences that insist on what was asked for before.

"A red circle. The circle must be red." asks for one thing, and says its colour in two ways. A sentence counts as a
reminder if the last operation about its subject and its aspect asked for just that; else it asks for a change.
"""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.adding import count, placed
from stepweave.world.language.aspects import aspects
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import Incomplete, NotPossible, quoted
from stepweave.world.language.saying import Saying
from stepweave.world.language.syntax import Change, Clause, Noun
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Operation,
    Recolour,
    Remove,
    Replace,
    Resize,
    Turn,
    sharper,
)

Value = tuple[object, ...]
"""What was asked for in one aspect."""
_GONE = "gone"
_OWN = {"missing": (Add, AddPart, Duplicate, Replace), _GONE: (Remove, Replace)}
"""The operations of which it can be said that something must be there, or gone."""


def reminded(saying: Saying, clause: Clause) -> bool:
    """Sharpen what the clause reminds of; whether there was any.

    Raises:
        Incomplete: the clause can be nothing but a reminder, and there is nothing it could mean.
        NotPossible: it names another number than was asked for.
    """
    if clause.act == "remind":
        return _remind(saying, clause)
    if len(clause.nouns) != 1:
        return False
    (noun,) = clause.nouns
    if clause.act == "add":
        aspect, value = "count", _counted(noun)
    elif clause.act == "change" and clause.change is not None:
        aspect, value = _asked(saying, clause.change)
    else:
        return False
    if value is None:
        return False
    for index, operation in reversed(tuple(enumerate(saying.said))):
        if aspect in aspects(operation) and _is_about(saying, noun, operation, aspect):
            if _value(operation, aspect, value) != value:
                if aspect == "count":
                    raise NotPossible(f"{quoted(clause.text)} does not fit what was asked for before", "say one number")
                return False
            _sharpen(saying, index, aspect, clause.must)
            return True
    return False


def _remind(saying: Saying, clause: Clause) -> bool:
    """Sharpen all that was said in the sentence before, or what was said of the noun."""
    aspect = clause.precise[0]
    if not clause.nouns:
        meant = [index for index in range(saying.begun, len(saying.said)) if aspect in aspects(saying.said[index])]
    else:
        found = [
            index
            for index, operation in enumerate(saying.said)
            if isinstance(operation, _OWN[aspect]) and _is_about(saying, clause.nouns[0], operation, aspect)
        ]
        meant = found[-1:]
    if not meant and aspect == _GONE:
        return False
    if not meant:
        what = quoted(clause.text)
        raise Incomplete(f"{what} speaks of nothing that was asked for before it", "say first what to draw or change")
    for index in meant:
        _sharpen(saying, index, "extra" if aspect == _GONE else aspect, clause.must)
    return True


def _sharpen(saying: Saying, index: int, aspect: str, ways: int) -> None:
    operation = saying.said[index]
    saying.said[index] = replace(operation, precise=sharper(operation.precise, *[aspect] * ways))


# --------------------------------------------------------------------------------------------- what it is about


def _is_about(saying: Saying, noun: Noun, operation: Operation, aspect: str) -> bool:
    """Whether the noun means what the operation made or changed."""
    if isinstance(operation, Background):
        return noun.head in ("background", "picture") or saying.is_backdrop(noun)
    if isinstance(operation, Duplicate):
        return noun.head == "copy"
    if noun.head in ("it", "them"):
        return True
    if noun.head == "part":
        return _is_part(saying, noun, operation)
    if noun.head not in ("thing", "text", "one") or getattr(operation, "part", None) is not None:
        return False
    return _is_thing(noun, operation, aspect)


def _is_part(saying: Saying, noun: Noun, operation: Operation) -> bool:
    if not isinstance(operation, AddPart | Recolour | Remove) or operation.part is None:
        return False
    target, part = saying.named.whole(noun, noun.owner)
    return part == operation.part and target.thing == operation.target.thing


def _is_thing(noun: Noun, operation: Operation, aspect: str) -> bool:
    """Whether what is said of the noun fits what the operation is about; an open name fits everything."""
    made = operation.new if isinstance(operation, Replace) and aspect != _GONE else operation
    if isinstance(made, Add):
        thing, label, colour, size, place = made.thing, made.label, made.colour, made.size, made.place
    elif isinstance(made, Background | Duplicate):
        return False
    else:
        meant = made.target
        thing, label, colour, size, place = meant.thing, meant.label, meant.colour, meant.size, meant.place
    said = noun.where.place if noun.where else None
    return (
        (noun.head == "one" or thing == noun.name)
        and noun.label in ("", label)
        and noun.colour in (None, colour)
        and noun.size in (None, size)
        and said in (None, place)
    )


# ------------------------------------------------------------------------------------------- what it asks for


def _counted(noun: Noun) -> Value | None:
    """The number, if the noun says nothing else that would be new."""
    plain = noun.where is None and not noun.having and noun.action is None
    return (count(noun),) if noun.head in ("thing", "text", "one", "copy") and plain else None


def _asked(saying: Saying, change: Change) -> tuple[str, Value | None]:
    """The one aspect that is spoken of, and what is asked for in it."""
    found: list[tuple[str, Value]] = []
    if change.colour:
        found.append(("colour", (change.colour,)))
    if change.into is not None and change.into.head == "background" and change.into.name:
        found.append(("colour", (change.into.name,)))
    if change.size:
        found.append(("size", (change.size,)))
    if change.where is not None and not (change.where.to and not change.where.to.definite):
        found.append(("place", placed(saying, change.where)))
    if change.action:
        found.append(("pose", ("action", change.action)))
    if change.turn:
        found.append(("pose", ("turn", change.turn % 360)))
    if change.flip:
        found.append(("pose", ("flip", True)))
    return found[0] if len(found) == 1 and not change.having else ("", None)


def _value(operation: Operation, aspect: str, like: Value) -> Value | None:
    """What an operation asks for in an aspect, in the form of the value that it is compared with."""
    made = operation.new if isinstance(operation, Replace) else operation
    match aspect, made:
        case "colour", Add() | AddPart() | Recolour():
            return (made.colour,)
        case "colour", Background():
            return (made.backdrop,)
        case "size", Add() | Resize():
            return (made.size,)
        case "count", Add() | Duplicate():
            return (made.count,)
        case "place", Add() | Move() | Duplicate():
            return made.place, made.relation
        case "pose", _:
            return _pose(made, str(like[0]))
    return None


def _pose(made: Operation, kind: str) -> Value | None:
    match kind, made:
        case "action", Add() | Act():
            return kind, made.action or REST
        case "turn", Add():
            return kind, made.turn
        case "turn", Turn():
            return kind, made.degrees
        case "flip", Add():
            return kind, made.mirrored
        case "flip", Turn():
            return kind, made.flip
    return None
