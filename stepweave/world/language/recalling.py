"""Sentences that insist on what was just asked for: "The circle must be red and no other colour."."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.aspects import aspects
from stepweave.world.language.deeds import looking
from stepweave.world.language.lexicon import plural
from stepweave.world.language.naming import (
    NUMBERS,
    TURNED,
    at_place,
    beside,
    in_quotes,
    in_setting,
    known,
    sentence,
)
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
)

EXCLUDING: dict[str, str] = {
    "colour": " and no other colour",
    "place": " and nowhere else",
    "size": " and of no other size",
    "count": ", no more and no fewer",
    "missing": " and may not be left out",
    "extra": ", not a single other thing",
    "gone": " and nothing of it may be left",
    "damaged": ", not even a little",
    "drift": ", not even a shade",
    "doing": " and doing nothing else",
    "turned": " and turned no other way",
}
"""What shuts out all else, by what is said before it."""


def reminders(operation: Operation) -> list[str]:
    """A sentence for each aspect that is insisted on in two ways or more."""
    found: list[str] = []
    for aspect in sorted(set(operation.precise) & aspects(operation)):
        ways = operation.precise.count(aspect)
        if ways > 1:
            said, excluding = _said(operation, aspect)
            found.append(sentence(f"{said}{EXCLUDING[excluding] if ways > 2 else ''}"))
    return found


def _said(operation: Operation, aspect: str) -> tuple[str, str]:
    """What must be, and which of the endings goes with it."""
    match aspect:
        case "damaged":
            return "nothing else may change", aspect
        case "drift":
            return "all other colours must stay as they are", aspect
        case "extra" if not isinstance(operation, Add):
            return f"{_old(operation)} must be gone", "gone"
        case "extra":
            return "nothing else may be added", aspect
        case "missing":
            return f"{_subject(operation)} must really be there", aspect
        case "count":
            return f"there must be {_number(operation)}", aspect
        case "pose":
            return _pose(operation)
        case "colour" if isinstance(operation, Background) and operation.backdrop in vocabulary.SETTING_NAMES:
            return f"the scene must be set {in_setting(operation.backdrop)}", "place"
    return f"{_subject(operation)} must be {_value(operation, aspect)}", aspect


def _subject(operation: Operation) -> str:
    """What an operation is about, as it is afterwards."""
    match operation:
        case Add():
            return _things(operation)
        case Replace():
            return _things(operation.new)
        case Background():
            return "the background"
        case Duplicate():
            return "the copies" if operation.count > 1 else "the copy"
        case AddPart():
            return f"the {operation.part} of {known(operation.target)}"
        case Recolour():
            changed = operation.target if operation.part else replace(operation.target, colour=None)
        case Resize():
            changed = replace(operation.target, size=None)
        case Move():
            changed = replace(operation.target, place=None)
        case Act():
            changed = replace(operation.target, action=None)
        case Remove() | Turn():
            changed = operation.target
    part = operation.part if isinstance(operation, Recolour | Remove) else None
    words = f"the {part} of {known(changed)}" if part else known(changed)
    return "they" if words == "them" else words


def _things(added: Add) -> str:
    name = plural(added.thing) if added.count > 1 else added.thing
    return f"the {name} {in_quotes(added.label)}" if added.label else f"the {name}"


def _old(operation: Operation) -> str:
    """What is to be gone."""
    words = known(operation.target) if isinstance(operation, Replace) else _subject(operation)
    return "they" if words == "them" else words


def _number(operation: Operation) -> str:
    """How many of what."""
    assert isinstance(operation, Add | Duplicate)
    count = NUMBERS[operation.count]
    if isinstance(operation, Duplicate):
        return f"{count} {'copies' if operation.count > 1 else 'copy'}"
    name = plural(operation.thing) if operation.count > 1 else operation.thing
    return f"{count} {name} {in_quotes(operation.label)}" if operation.label else f"{count} {name}"


def _value(operation: Operation, aspect: str) -> str:
    """The colour, the size or the place asked for."""
    made = operation.new if isinstance(operation, Replace) else operation
    match aspect, made:
        case "colour", Background():
            return made.backdrop
        case "colour", Add() | AddPart() | Recolour():
            return made.colour or ""
        case "size", Add() | Resize():
            return made.size or ""
        case "place", Add() | Move() | Duplicate():
            return beside(made.relation) if made.relation else at_place(made.place or "")
    raise ValueError(f"{type(operation).__name__} asks for no {aspect}")


def _pose(operation: Operation) -> tuple[str, str]:
    """What it must be doing, or how it must be turned."""
    made = operation.new if isinstance(operation, Replace) else operation
    subject = _subject(operation)
    match made:
        case Act() | Add(action=str()):
            return f"{subject} must be {looking(made.action)}", "doing"
        case Turn(flip=True) | Add(turn=0, mirrored=True):
            return f"{subject} must be flipped", "turned"
        case Turn():
            return f"{subject} must be turned {TURNED[made.degrees]}", "turned"
        case Add():
            return f"{subject} must be turned {TURNED[made.turn]}", "turned"
    raise ValueError(f"{type(operation).__name__} asks for no pose")
