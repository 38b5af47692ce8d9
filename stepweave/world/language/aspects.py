"""What an operation can insist on."""

from __future__ import annotations

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

ALWAYS = frozenset({"damaged", "drift"})
"""What every operation can insist on: that all else stays as it is."""


def aspects(operation: Operation) -> frozenset[str]:
    """The aspects that words for an operation can insist on."""
    return ALWAYS | _own(operation)


def _own(operation: Operation) -> frozenset[str]:
    match operation:
        case Add():
            where = {"place"} if operation.place or operation.relation else set()
            return frozenset({"count", "missing", "extra"} | _looks(operation) | where)
        case AddPart():
            return frozenset({"missing"} | ({"colour"} if operation.colour else set()))
        case Remove():
            return frozenset({"extra"})
        case Move():
            return frozenset({"place"})
        case Recolour() | Background():
            return frozenset({"colour"})
        case Resize():
            return frozenset({"size"})
        case Turn() | Act():
            return frozenset({"pose"})
        case Duplicate():
            return frozenset({"count", "missing"} | ({"place"} if operation.place or operation.relation else set()))
        case Replace():
            return frozenset({"missing", "extra"} | _looks(operation.new))


def _looks(added: Add) -> set[str]:
    said = {"colour": added.colour, "size": added.size, "pose": added.action or added.turn or added.mirrored}
    return {aspect for aspect, value in said.items() if value}
