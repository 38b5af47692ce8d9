"""Makes room: what something is put beside moves out of the way first, as a person would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.drafts import Draft
from stepweave.world.layout import LayoutError, NoRoom, NothingThere, apply_all
from stepweave.world.scene import Add, Item, Move, Operation, Reference, Resize, Scene
from stepweave.world.vocabulary import DRAWABLE

AWAY: dict[str, tuple[str, ...]] = {
    "left of": ("middle", "right"),
    "right of": ("middle", "left"),
    "above": ("bottom", "middle"),
    "below": ("top", "middle"),
    "held by": ("middle",),
}
"""Where a thing leaves room on a side of it."""
FITTED = ("inside", "held by", "between", "on")
"""Relations for which a thing that is too large becomes smaller."""


SMALLER: dict[str | None, str] = {None: "small", "small": "tiny"}
"""The sizes in which a thing of no stated size is drawn from the beginning, so that it fits later."""


def with_room(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same steps, so that there is room for what each of them asks for.

    What is put into or onto something later, and has no stated size, is drawn small enough for it from the beginning.
    Where that does not help, what is in the way is moved first.
    """
    return _made_room(_foreseen(tuple(drafts)) or drafts)


def _foreseen(drafts: tuple[Draft, ...]) -> tuple[Draft, ...] | None:
    """The steps with things drawn small enough, if that makes room for all."""
    free = {(at, one) for at, draft in enumerate(drafts) for one in draft.operations if _unsized(one)}
    while (stuck := _stuck(drafts)) is not None:
        at, move = stuck
        fitted = _fitted(drafts[: at + 1], move, free)
        if fitted is None:
            return None
        drafts, free = (*fitted[0], *drafts[at + 1 :]), fitted[1]
    return drafts


def _unsized(operation: Operation) -> bool:
    return isinstance(operation, Add) and operation.size is None and operation.thing in DRAWABLE


Free = set[tuple[int, Operation]]
"""Operations that add things of no stated size, with the step of each."""


def _fitted(drafts: Sequence[Draft], move: Move, free: Free) -> tuple[tuple[Draft, ...], Free] | None:
    """The steps with what shall be moved one size smaller, and of what the size is still free; or nothing."""
    start = max((at for at, draft in enumerate(drafts) if draft.fresh), default=0)
    found, now, changed = list(drafts), set(free), False
    for at in range(start, len(drafts)):
        operations = list(drafts[at].operations)
        for index, one in enumerate(operations):
            if (at, one) in free and isinstance(one, Add) and _is_meant(one, move) and one.size in SMALLER:
                operations[index] = replace(one, size=SMALLER[one.size])
                now = (now - {(at, one)}) | {(at, operations[index])}
                changed = True
        found[at] = replace(drafts[at], operations=tuple(operations))
    return (tuple(found), now) if changed else None


def _is_meant(added: Add, move: Move) -> bool:
    """Whether it is what shall be moved; of a tower, every block is."""
    assert move.relation is not None
    tower = move.relation.to.thing == move.target.thing
    return added.thing == move.target.thing and (tower or move.target.colour in (None, added.colour))


def _stuck(drafts: Sequence[Draft]) -> tuple[int, Move] | None:
    """The first step in which something is put where it does not fit, and what puts it there."""
    scene = Scene()
    for at, draft in enumerate(drafts):
        scene = Scene() if draft.fresh else scene
        try:
            scene = apply_all(scene, draft.operations)
        except NoRoom:
            move = _too_large(draft.operations, scene)
            return (at, move) if move is not None else None
        except LayoutError:
            return None
    return None


def _too_large(operations: Sequence[Operation], scene: Scene) -> Move | None:
    """The first operation that finds no room, if it puts something where it would fit if it were smaller."""
    for index, one in enumerate(operations, 1):
        try:
            apply_all(scene, operations[:index])
        except LayoutError:
            fits = isinstance(one, Move) and one.relation is not None and one.relation.kind in FITTED
            return one if fits and isinstance(one, Move) else None
    return None


def _made_room(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same steps, with a move first where what one asks for finds no room."""
    scene, found = Scene(), []
    for draft in drafts:
        scene = Scene() if draft.fresh else scene
        operations, scene = _roomy(draft.operations, scene)
        found.append(replace(draft, operations=operations))
    return tuple(found)


def _roomy(operations: tuple[Operation, ...], scene: Scene) -> tuple[tuple[Operation, ...], Scene]:
    """Operations that can be carried out, and the scene after them; as they were where nothing helps."""
    for index in range(len(operations)):
        try:
            after = apply_all(scene, operations[: index + 1])
        except NothingThere:
            return operations, scene
        except LayoutError:
            return _moved(operations, index, scene)
    return operations, after if operations else scene


def _moved(operations: tuple[Operation, ...], index: int, scene: Scene) -> tuple[tuple[Operation, ...], Scene]:
    """The operations with a move before the one that finds no room."""
    try:
        before = apply_all(scene, operations[:index])
    except LayoutError:
        return operations, scene
    for tried in _tries(operations[index], before):
        found = (*operations[:index], *tried, *operations[index + 1 :])
        try:
            return found, apply_all(scene, found)
        except LayoutError:
            continue
    return operations, scene


def _tries(operation: Operation, scene: Scene) -> list[tuple[Operation, ...]]:
    """What may be done in the place of an operation that finds no room, the first that helps."""
    tries: list[tuple[Operation, ...]] = [(move, operation) for move in _moves(operation, scene)]
    relation = operation.relation if isinstance(operation, Add) and operation.size is None else None
    if isinstance(operation, Add) and relation is not None and relation.kind in FITTED:
        tries += [(replace(operation, size=size),) for size in ("small", "tiny")]
    return tries


def _moves(operation: Operation, scene: Scene) -> list[Move | Resize]:
    relation = operation.relation if isinstance(operation, Add | Move) else None
    if isinstance(operation, Move) and relation is not None and relation.kind in FITTED:
        return [Resize(operation.target, size) for size in ("smaller", "small", "tiny")]
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
