"""The words of a plan for its reader: titles, instructions, and what a teacher says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from stepweave.world.language.wording import compose, enumerated, known, new, part_noun, sentence
from stepweave.world.scene import Add, AddPart, Background, Move, Operation, Recolour, Remove, Resize

LONGEST_NAME = 60
"""Most characters of a step's title."""


def title(operations: Sequence[Operation]) -> str:
    """A short title for a step that does this; empty for a step of words."""
    words = enumerated(list(dict.fromkeys(map(_title, operations)))) if operations else ""
    words = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"
    return f"{words[:1].upper()}{words[1:]}"


def instruction(operations: Sequence[Operation], *, fresh: bool) -> str:
    """What the reader is shown, in an ordinary sentence or two."""
    return compose(map(plain, operations), "Draw" if fresh else "Add")


def teaching(operations: Sequence[Operation]) -> str:
    """What a teacher says for a step: "Add a red roof." """
    return " ".join(_taught(tuple(map(plain, operations))))


def plain(operation: Operation) -> Operation:
    """The operation without what its prompt insists on, which is said for generators, not for readers."""
    return replace(operation, precise=frozenset())


def _taught(operations: Sequence[Operation]) -> Iterator[str]:
    for kind, group in groupby(operations, key=type):
        same = list(group)
        if kind is AddPart:
            yield sentence(f"add {enumerated([_part(one) for one in same if isinstance(one, AddPart)])}")
        else:
            yield from (sentence(_teach(one)) for one in same)


def _part(operation: AddPart) -> str:
    return part_noun(operation.part, operation.colour or "")


def _teach(operation: Operation) -> str:
    match operation:
        case Add():
            return f"draw {new(operation)}"
        case Background():
            return f"colour the background {operation.colour}"
        case Recolour():
            what = operation.part if operation.part not in (None, "shape") else operation.target.thing
            return f"colour the {what} {operation.colour}"
    return compose([operation]).rstrip(".")


def _title(operation: Operation) -> str:
    match operation:
        case Add(parts=None, label=""):
            return new(Add(operation.thing, operation.count, operation.colour, operation.size))
        case Add(label=""):
            return enumerated([f"the {part}" for part in operation.parts or ()])
        case Add():
            return f'the words "{operation.label}"'
        case AddPart():
            return f"the {operation.part}"
        case Remove():
            return f"without {_of(operation)}"
        case Move():
            return f"{known(operation.target)} moves"
        case Recolour():
            return f"{operation.colour} for {_of(operation)}"
        case Resize():
            return f"a {operation.size} {operation.target.thing or 'thing'}"
        case Background():
            return f"a {operation.colour} background"


def _of(operation: Remove | Recolour) -> str:
    return f"the {operation.part}" if operation.part else known(operation.target)
