"""Makes room: what something is put beside moves out of the way first, as a person would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.drafts import Draft
from stepweave.world.layout import LayoutError, NothingThere, apply_all
from stepweave.world.scene import Add, Item, Move, Operation, Reference, Scene

AWAY: dict[str, tuple[str, ...]] = {
    "left of": ("middle", "right"),
    "right of": ("middle", "left"),
    "above": ("bottom", "middle"),
    "below": ("top", "middle"),
}
"""Where a thing leaves room on a side of it."""


def with_room(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same steps, each beginning with a move where what it asks for finds no room."""
    scene, found = Scene(), []
    for draft in drafts:
        scene = Scene() if draft.fresh else scene
        operations: list[Operation] = []
        for operation in draft.operations:
            done, scene = _done(operation, scene)
            operations.extend(done)
        found.append(replace(draft, operations=tuple(operations)))
    return tuple(found)


def _done(operation: Operation, scene: Scene) -> tuple[tuple[Operation, ...], Scene]:
    """What carries an operation out, and the scene after it; the operation alone where nothing helps."""
    try:
        return (operation,), apply_all(scene, (operation,))
    except NothingThere:
        return (operation,), scene
    except LayoutError:
        pass
    for move in _moves(operation, scene):
        try:
            return (move, operation), apply_all(scene, (move, operation))
        except LayoutError:
            continue
    return (operation,), scene


def _moves(operation: Operation, scene: Scene) -> list[Move]:
    relation = operation.relation if isinstance(operation, Add | Move) else None
    if relation is None or relation.kind not in AWAY or relation.to.every:
        return []
    others = [item for item in scene.items if item.thing == relation.to.thing]
    mover = operation.target if isinstance(operation, Move) else None
    if len(others) != 1 or any(_upon(item, others[0], mover) for item in scene.items):
        return []
    return [Move(relation.to, place) for place in AWAY[relation.kind]]


def _upon(item: Item, other: Item, mover: Reference | None) -> bool:
    """Whether something that stays lies where the other is, and would be left behind."""
    if item.id == other.id or item.held_by is not None or (mover is not None and item.thing == mover.thing):
        return False
    reach = (item.extent + other.extent) / 2
    return abs(item.x - other.x) < reach * 0.8 and abs(item.y - other.y) < reach * 0.8
