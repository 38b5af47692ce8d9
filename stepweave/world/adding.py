"""Putting things into a picture: new ones, copies, and others in the place of what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.world.changing import acting
from stepweave.world.composing import along_ground, side_by_side
from stepweave.world.finding import NoRoom, NothingThere, UnknownPart, find
from stepweave.world.fitting import Want
from stepweave.world.placing import in_front, put, put_with_room, settled
from stepweave.world.resizing import SMALLEST, refitted, text_extent
from stepweave.world.scene import Add, Duplicate, Item, Reference, Relation, Replace, Scene
from stepweave.world.standing import ground_of, home, stands
from stepweave.world.vocabulary import DRAWABLE, SIZES, TEXT, TEXT_SIZE

SMALLEST_AMID = 0.055
"""Least extent of what is put inside another thing, between two or into a grip, where its size is not named."""
TIGHT = ("inside", "between", "held by")
"""Relations in which there is little room."""
BEGUN = 0.6
"""Extent of a thing that is begun with few of its parts: in a drawing lesson it is what the picture is about."""
LATER = 0.36
"""Most that a thing takes where its size is not named and there are others already: so there is room for more."""
KEPT = 0.8
"""How much smaller than its name a named size may become to fit."""


def added(scene: Scene, operation: Add, aspect: float, *, composing: bool) -> Scene:
    """The scene with new things; while it is still ``composing``, others may make room for them."""
    fresh = _fresh(scene, operation, aspect)
    named = operation.size is not None
    if scene.items and not named and operation.thing != TEXT:
        fresh = tuple(replace(item, extent=min(item.extent, LATER)) for item in fresh)
    least = KEPT if named else min(1.0, _smallest(operation) / fresh[0].extent)
    want = Want(fresh, least, operation.place, operation.relation, named, 1.0 if named else _rim(fresh[0]))
    return put_with_room(scene, want, aspect) if composing else put(scene, want, aspect)


def _rim(item: Item) -> float:
    """The scale at which an item of no stated size is small."""
    return min(1.0, SIZES["small"] / item.extent)


def _smallest(operation: Add) -> float:
    return SMALLEST_AMID if operation.relation is not None and operation.relation.kind in TIGHT else SMALLEST


def composed(scene: Scene, together: Sequence[Add], aspect: float) -> list[tuple[Item, ...]]:
    """The things of an empty scene side by side, and those that belong elsewhere in their places, by operation.

    Only of the first operations, if a thing cannot stand between two others in their row; of none if they cannot
    stand so at all.
    """
    grown, groups, row = scene, list[tuple[Item, ...]](), list[Item]()
    sized: set[int] = set()
    ground = ground_of(scene, aspect)
    for operation in together:
        fresh = _fresh(grown, operation, aspect)
        if operation.relation is None:
            row += fresh if home(fresh[0]) == "middle" and (ground is None or stands(fresh[0])) else ()
        elif between := _neighbours(row, operation.relation):
            row[between:between] = fresh
        else:
            break
        groups.append(fresh)
        sized |= {item.id for item in fresh} if operation.size else set()
        grown = replace(grown, items=(*grown.items, *fresh))
    alone = any(operation.relation is not None for operation in together[: len(groups)])
    others = len(row) < len(grown.items)
    if ground is None:
        placed = side_by_side(row, aspect, others, rows=1 if alone else len(row)) if row else ()
    else:
        placed = along_ground(row, aspect, ground, others) if row else ()
    named = any(operation.size for operation in together)
    if placed is None or (named and _shrunk(row, placed) < KEPT):
        return []
    final = {item.id: item for item in placed}
    after = replace(scene, items=tuple(final[item.id] for item in grown.items if item.id in final))
    try:
        for item in grown.items:
            if item.id not in final:
                named = item.id in sized
                want = Want((item,), KEPT if named else SMALLEST / item.extent, rim=1.0 if named else _rim(item))
                after = in_front(after, settled(after, want, aspect), aspect)
    except NoRoom:
        return []
    final = {item.id: item for item in after.items}
    return [tuple(final[item.id] for item in group) for group in groups]


def _neighbours(row: Sequence[Item], relation: Relation) -> int:
    """Where in a row something is that is to be between two others; 0 where these are not neighbours."""
    scene = Scene(items=tuple(row))
    try:
        known = find(scene, replace(relation.to, every=True))[-2:]
        ids = {known[-1].id, find(scene, relation.other)[-1].id} if relation.other else {item.id for item in known}
    except NothingThere:
        return 0
    places = [index for index, item in enumerate(row) if item.id in ids]
    return places[1] if len(places) == 2 and places[1] == places[0] + 1 else 0


def _shrunk(before: Sequence[Item], after: Sequence[Item]) -> float:
    return min((b.extent / a.extent for a, b in zip(before, after, strict=True)), default=1.0)


def _fresh(scene: Scene, operation: Add, aspect: float) -> tuple[Item, ...]:
    """The new items, of the size asked for, not placed yet."""
    first = 1 + max((item.id for item in scene.items), default=0)
    extent, parts = _extent(operation, aspect), _known_parts(operation)
    item = Item(
        first,
        operation.thing,
        0.5,
        0.5,
        extent,
        operation.colour,
        parts,
        label=operation.label,
        turn=operation.turn,
        mirrored=operation.mirrored,
    )
    item = acting(item, operation.action) if operation.action else item
    return tuple(replace(item, id=first + i) for i in range(operation.count))


def _known_parts(operation: Add) -> tuple[str, ...] | None:
    """The parts asked for, in drawing order."""
    if operation.parts is None:
        return None
    names = DRAWABLE[operation.thing].names
    for part in operation.parts:
        if part not in names:
            raise UnknownPart(part, operation.thing, names)
    return tuple(name for name in names if name in operation.parts)


def _extent(operation: Add, aspect: float) -> float:
    """The extent asked for, or the thing's usual one; words are held to the picture's width."""
    if operation.thing == TEXT:
        return text_extent(operation.label, operation.size or TEXT_SIZE, aspect)
    if operation.size:
        return SIZES[operation.size]
    thing = DRAWABLE[operation.thing]
    begun = operation.parts is not None and operation.count == 1 and 2 * len(operation.parts) <= len(thing.names)
    return BEGUN if begun else thing.extent


def duplicated(scene: Scene, operation: Duplicate, aspect: float) -> Scene:
    """The scene with copies, each of the size of what is copied if there is room: beside it, or elsewhere if there is
    no room there and the words name no place."""
    for target in find(scene, operation.target):
        first = 1 + max(item.id for item in scene.items)
        copies = tuple(replace(target, id=first + i, held_by=None) for i in range(operation.count))
        want = Want(copies, min(1.0, SMALLEST / target.extent), operation.place, operation.relation)
        if operation.place or operation.relation:
            scene = put(scene, want, aspect)
            continue
        beside = Relation("next to", Reference(target.thing))
        try:
            scene = put(scene, replace(want, relation=beside, by=target.id), aspect)
        except NoRoom:
            scene = put(scene, want, aspect)
    return scene


def replaced(scene: Scene, operation: Replace, aspect: float) -> Scene:
    """The scene with another thing at the same place, over and under the same things, in the same grip."""
    for target in find(scene, operation.target):
        (fresh,) = _fresh(scene, replace(operation.new, count=1), aspect)
        extent = fresh.extent if operation.new.size or fresh.thing == TEXT else target.extent
        fresh = replace(fresh, x=target.x, y=target.y, extent=extent, held_by=target.held_by)
        placed = refitted(scene, target, fresh, aspect)
        held = (replace(item, held_by=placed.id) if item.held_by == target.id else item for item in scene.items)
        scene = replace(scene, items=tuple(placed if item.id == target.id else item for item in held))
    return scene
