"""The words of a plan for its reader: titles, instructions, and what a teacher says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from stepweave.policies.rules.stages import named_by
from stepweave.world.language.wording import (
    compose,
    doing,
    enumerated,
    in_setting,
    known,
    new,
    part_noun,
    phrase,
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
from stepweave.world.vocabulary import DRAWABLE, SETTING_NAMES

LONGEST_NAME = 60
"""Most characters of a step's title."""


def title(operations: Sequence[Operation]) -> str:
    """A short title for a step that does this; empty for a step of words."""
    alike = len({type(one) for one in operations}) == 1
    titles = list(dict.fromkeys(map(_title, operations)))
    words = (enumerated(titles) if alike else "; ".join(titles)) if titles else ""
    return _cut(words)


def _cut(words: str) -> str:
    words = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"
    return f"{words[:1].upper()}{words[1:]}"


def instruction(operations: Sequence[Operation], *, fresh: bool) -> str:
    """What the reader is shown, in an ordinary sentence or two."""
    return compose(map(plain, operations), "Draw" if fresh else "Add")


def teaching(operations: Sequence[Operation], later: Sequence[Operation] = ()) -> str:
    """What a teacher says for a step, such as "Add a red roof."; what is coloured in a later step is an outline."""
    if len(operations) == 1 and _is_outline(operations[0], later):
        drawn = operations[0]
        words = new(_bare(drawn)) if isinstance(drawn, Add) else _title(drawn)
        return sentence(f"{'draw' if isinstance(drawn, Add) else 'add'} the outline of {words}")
    return " ".join(_taught(tuple(map(plain, operations))))


def heading(operations: Sequence[Operation], later: Sequence[Operation] = ()) -> str:
    """The title of a step of a lesson: "The ears", "The outline of the body", "Colour the body"."""
    if len(operations) == 1 and _is_outline(operations[0], later):
        drawn = operations[0]
        return f"The outline of {_title(_bare(drawn) if isinstance(drawn, Add) else drawn)}"
    if all(isinstance(one, Recolour) for one in operations):
        words = f"colour {enumerated(list(dict.fromkeys(_of(one) for one in operations if isinstance(one, Recolour))))}"
        return _cut(words)
    return title(operations)


def _bare(added: Add) -> Add:
    """The thing without the colour of its outline."""
    return replace(added, colour=None, precise=())


def _is_outline(operation: Operation, later: Sequence[Operation]) -> bool:
    """Whether it is white only because it is coloured in later."""
    if not isinstance(operation, Add | AddPart) or operation.colour != "white":
        return False
    target = operation.target if isinstance(operation, AddPart) else named_by(operation)
    parts = (operation.part,) if isinstance(operation, AddPart) else (operation.parts or (None, "shape"))
    return any(isinstance(one, Recolour) and one.target == target and one.part in parts for one in later)


def plain(operation: Operation) -> Operation:
    """The operation without what its prompt insists on, which is said for generators, not for readers."""
    return replace(operation, precise=())


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
            if operation.backdrop in SETTING_NAMES:
                return phrase(operation).rstrip(".")
            return f"colour the background {operation.backdrop}"
        case Recolour():
            what = operation.part if operation.part not in (None, "shape") else operation.target.thing
            return f"colour the {what} {operation.colour}"
    return compose([operation]).rstrip(".")


def _title(operation: Operation) -> str:
    match operation:
        case Add(label="", parts=parts) if parts is None or 2 * len(parts) > len(DRAWABLE[operation.thing].names):
            return new(replace(operation, place=None, relation=None, parts=None, precise=()))
        case Add(label="", parts=parts):
            return enumerated([f"the {part}" for part in parts or ()])
        case Add():
            return f'the words "{operation.label}"'
        case AddPart():
            return f"the {operation.part}"
        case Remove():
            return f"without {_of(operation)}"
        case Move():
            return f"{known(operation.target)} {'move' if operation.target.every else 'moves'}"
        case Recolour():
            return f"{operation.colour} for {_of(operation)}"
        case Resize():
            return f"a {operation.size} {operation.target.thing or 'thing'}"
        case Background():
            return in_setting(operation.backdrop)
        case Turn():
            return f"{known(operation.target)} turned"
        case Act():
            verb = operation.action or "rest"
            return f"{known(operation.target)} {verb if operation.target.every else doing(verb)}"
        case Duplicate():
            return f"more of {known(operation.target)}"
        case Replace():
            return new(operation.new)


def _of(operation: Remove | Recolour) -> str:
    return f"the {operation.part}" if operation.part else known(operation.target)
