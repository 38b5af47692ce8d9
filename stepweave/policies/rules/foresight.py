"""Leaves out at first what a later step adds: "draw a house; add a red roof" begins with a house without a roof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.drafts import Draft
from stepweave.world import vocabulary
from stepweave.world.scene import Add, AddPart, Operation, Recolour, Remove


def foreseen(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same steps, things drawn without the parts that a later step adds, so that each step can be seen."""
    found = list(drafts)
    for later in range(1, len(found)):
        for operation in found[later].operations:
            if isinstance(operation, AddPart) and (earlier := _drawn_before(found, later, operation)) is not None:
                found[earlier] = _without(found[earlier], operation)
    return tuple(found)


def _drawn_before(drafts: Sequence[Draft], later: int, part: AddPart) -> int | None:
    """The step that draws the thing, if nothing between speaks of that part."""
    for index in range(later, -1, -1):
        if index < later:
            for operation in reversed(drafts[index].operations):
                if _is_whole(operation, part):
                    return index
                if _speaks_of(operation, part):
                    return None
        if drafts[index].fresh:
            return None
    return None


def _is_whole(operation: Operation, part: AddPart) -> bool:
    if not isinstance(operation, Add) or operation.thing != part.target.thing or part.target.every:
        return False
    thing = vocabulary.THINGS[operation.thing]
    parts = thing.names if operation.parts is None else operation.parts
    return part.part in parts and part.part != thing.main and len(parts) > 1


def _speaks_of(operation: Operation, part: AddPart) -> bool:
    if isinstance(operation, Add):
        return operation.thing == part.target.thing
    if not isinstance(operation, AddPart | Recolour | Remove) or operation.target.thing != part.target.thing:
        return False
    return operation.part in (None, part.part) if isinstance(operation, Remove) else operation.part == part.part


def _without(draft: Draft, part: AddPart) -> Draft:
    operations = tuple(_lacking(one, part) if _is_whole(one, part) else one for one in draft.operations)
    return replace(draft, operations=operations)


def _lacking(operation: Operation, part: AddPart) -> Operation:
    if not isinstance(operation, Add):
        return operation
    parts = operation.parts or vocabulary.THINGS[operation.thing].names
    return replace(operation, parts=tuple(name for name in parts if name != part.part))
