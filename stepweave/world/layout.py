"""Operations on scenes: pure, without chance, and always with everything inside the picture.

``aspect`` is the picture's width divided by its height; a scene laid out for one shape of picture fits that shape.

How things are placed:

* A step changes what it speaks of and nothing else. Only within one sentence that begins a picture do the things in it
  draw together to make room for one another.
* A named place puts a thing's centre into that ninth of the picture, clear of what is there if that is possible; a
  thing without a named size becomes smaller for it. If nothing helps, it lies over what is there, as little as can be,
  or under it where it would hide it.
* A relation puts it next to another thing's box: at its height and ``GAP`` away, resting ``on`` it, or ``inside`` it.
* Without either, it goes where it belongs (the sun into a corner) or as near to the middle as there is room, on the
  line on which the others stand. Things of one sentence share the picture (:func:`apply_all`).
* Several things make a group, row by row, which is placed as one.
* Things leave a rim of the picture free where they can, so that something tiny fits beside each of them later.
* Where there is no free spot, a thing without a named size becomes smaller, down to ``SMALLEST``; a named size is kept
  to a fifth. Then it may lie over others a little, and only then is there no room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import inf
from typing import assert_never

from stepweave.world import lettering
from stepweave.world.composing import side_by_side, unplaced, with_room
from stepweave.world.finding import CannotDo, LayoutError, NoRoom, NothingThere, UnknownPart, find, main_colour
from stepweave.world.measure import sides, units
from stepweave.world.placing import Want, at, home, in_front, settled, whole, with_room_for
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.spots import MARGIN, Frame, Spot, free, lapping, least_lapped, near
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE, SIZES, TEXT, TEXT_SIZE, TEXT_SIZES

__all__ = [
    "CannotDo",
    "Done",
    "LayoutError",
    "NoRoom",
    "NothingThere",
    "UnknownPart",
    "apply",
    "apply_all",
    "extent_of",
    "find",
    "perform",
    "resized",
]

SMALLEST = 0.09
"""Least extent that a thing takes where its size is not named."""
SMALLEST_INSIDE = 0.055
"""The same for what is put inside another thing."""
BEGUN = 0.6
"""Extent of a thing that is begun with few of its parts: in a drawing lesson it is what the picture is about."""
LATER = 0.36
"""Most that a thing takes where its size is not named and there are others already: so there is room for more."""
KEPT = 0.8
"""How much smaller than its name a named size may become to fit."""
MOVED = 0.5
"""How much smaller a thing may become when it moves to where there is less room."""
STEP = 1.25
"""How much another named size must differ for ``bigger`` and ``smaller`` to mean it."""
NOTICEABLE = 1.1
"""How much a thing must be able to grow for ``bigger`` to be possible at all."""
BEYOND = 1.35
"""What ``bigger`` means where there is no larger named size; ``smaller`` is the inverse."""
PLAINLY = 1.2
"""How much a thing grows at least to be ``bigger``, if others leave it less room than it should have."""
TOUCHING = 0.04
"""How much may be lapped by a thing that becomes bigger, if a smaller size does better."""
NUDGE = 0.1
"""How far a thing may be shifted to keep clear of others when it grows, in the picture's shorter side."""


def apply(scene: Scene, operation: Operation, aspect: float = 1.0) -> Scene:
    """The scene after one operation.

    Raises:
        NothingThere: it speaks of something that is not in the picture.
        NoRoom: what it asks for does not fit.
        UnknownPart: the thing has no such part.
    """
    return _applied(scene, operation, aspect, composing=False)


def _applied(scene: Scene, operation: Operation, aspect: float, *, composing: bool) -> Scene:
    """``composing``: the picture is still being made, so what is in it may make room."""
    match operation:
        case Add():
            return _add(scene, operation, aspect, composing=composing)
        case AddPart():
            return _changed(scene, [_with_part(item, operation) for item in find(scene, operation.target)])
        case Remove():
            return _remove(scene, operation)
        case Move():
            return _moved(scene, operation, aspect)
        case Recolour():
            return _changed(scene, [_coloured(item, operation) for item in find(scene, operation.target)])
        case Resize():
            return _resize(scene, operation, aspect)
        case Turn():
            return _changed(scene, [_turned(item, operation) for item in find(scene, operation.target)])
        case Act():
            return _changed(scene, [_acting(item, operation.action) for item in find(scene, operation.target)])
        case Duplicate():
            return _duplicated(scene, operation, aspect)
        case Replace():
            return _replaced(scene, operation, aspect)
        case Background():
            return replace(scene, background=operation.backdrop)
    assert_never(operation)


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that was applied."""

    operation: Operation
    items: tuple[Item, ...]
    """The things it was about as they were before it; for new things, as they are after it."""


def apply_all(scene: Scene, operations: Iterable[Operation], aspect: float = 1.0) -> Scene:
    """The scene after all operations of a sentence.

    Things that an empty picture begins with and that have no place of their own stand side by side, sized to share it;
    a single one makes room for those that are said to be beside it.

    Raises:
        LayoutError: as ``apply``.
    """
    return perform(scene, operations, aspect)[0]


def perform(scene: Scene, operations: Iterable[Operation], aspect: float = 1.0) -> tuple[Scene, tuple[Done, ...]]:
    """Apply all operations of a sentence as ``apply_all`` does, and tell what each of them was about."""
    # A background takes no room, whether it is named first or last.
    rest = sorted(operations, key=lambda operation: not isinstance(operation, Background))
    groups: list[tuple[Item, ...]] = []
    composing = not scene.items
    if composing:
        start = next((i for i, operation in enumerate(rest) if not isinstance(operation, Background)), 0)
        together = [operation for operation in takewhile(_opening, rest[start:]) if isinstance(operation, Add)]
        if len(together) > 1:
            groups = _composed(scene, together, aspect)
        elif rest:
            rest[start] = with_room(rest[start], rest[start + 1 :])
    done: list[Done] = []
    for operation in rest:
        if groups and isinstance(operation, Add):
            after = in_front(scene, groups.pop(0), aspect)
        else:
            after = _applied(scene, operation, aspect, composing=composing)
        done.append(Done(operation, _about(scene, operation, after)))
        scene = after
    return scene, tuple(done)


def _opening(operation: Operation) -> bool:
    """Whether it may stand among the things that a picture begins with."""
    return unplaced(operation) or isinstance(operation, Recolour | AddPart)


def _about(before: Scene, operation: Operation, after: Scene) -> tuple[Item, ...]:
    if isinstance(operation, Background):
        return ()
    if isinstance(operation, Add | Duplicate | Replace):
        known = {item.id for item in before.items}
        return tuple(item for item in after.items if item.id not in known)
    return find(before, operation.target)


def _changed(scene: Scene, items: Sequence[Item]) -> Scene:
    """The scene with items in place of those of the same id."""
    new = {item.id: item for item in items}
    return replace(scene, items=tuple(new.get(item.id, item) for item in scene.items))


# ------------------------------------------------------------------------------------------ adding


def _add(scene: Scene, operation: Add, aspect: float, *, composing: bool) -> Scene:
    fresh = _fresh(scene, operation, aspect)
    named = operation.size is not None
    if scene.items and not named and operation.thing != TEXT:
        fresh = tuple(replace(item, extent=min(item.extent, LATER)) for item in fresh)
    least = KEPT if named else min(1.0, _smallest(operation) / fresh[0].extent)
    want = Want(fresh, least, operation.place, operation.relation, named, 1.0 if named else _rim(fresh[0]))
    if not composing:
        return in_front(scene, settled(scene, want, aspect), aspect)
    scene, placed = with_room_for(scene, want, aspect)
    return in_front(scene, placed, aspect)


def _rim(item: Item) -> float:
    """The scale at which an item of no stated size is small."""
    return min(1.0, SIZES["small"] / item.extent)


def _smallest(operation: Add) -> float:
    inside = operation.relation is not None and operation.relation.kind == "inside"
    return SMALLEST_INSIDE if inside else SMALLEST


def _moved(scene: Scene, operation: Move, aspect: float) -> Scene:
    """The scene with things in another place, smaller only where they find no room as they are."""
    want = Want(find(scene, operation.target), KEPT, operation.place, operation.relation, rim=1.0)
    try:
        return _changed(scene, settled(scene, want, aspect))
    except NoRoom:
        return _changed(scene, settled(scene, replace(want, least=MOVED), aspect))


def _composed(scene: Scene, together: Sequence[Add], aspect: float) -> list[tuple[Item, ...]]:
    """The things of an empty scene side by side, and those that belong elsewhere in their places, by operation.

    Nothing if they cannot stand so.
    """
    grown, groups = scene, []
    for operation in together:
        groups.append(_fresh(grown, operation, aspect))
        grown = replace(grown, items=(*grown.items, *groups[-1]))
    grounded = [item for item in grown.items if home(item) == "middle"]
    low = 0 < len(grounded) < len(grown.items)
    placed = side_by_side(grounded, aspect, low) if grounded else ()
    named = any(operation.size for operation in together)
    if placed is None or (named and _shrunk(grounded, placed) < KEPT):
        return []
    after = replace(scene, items=placed)
    try:
        for item in grown.items:
            if home(item) != "middle":
                want = Want((item,), SMALLEST / item.extent, rim=_rim(item))
                after = in_front(after, settled(after, want, aspect), aspect)
    except NoRoom:
        return []
    final = {item.id: item for item in after.items}
    return [tuple(final[item.id] for item in group) for group in groups]


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
    item = _acting(item, operation.action) if operation.action else item
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
        return _text_extent(operation.label, operation.size or TEXT_SIZE, aspect)
    if operation.size:
        return SIZES[operation.size]
    thing = DRAWABLE[operation.thing]
    begun = operation.parts is not None and operation.count == 1 and 2 * len(operation.parts) <= len(thing.names)
    return BEGUN if begun else thing.extent


def _text_extent(label: str, size: str, aspect: float) -> float:
    return min(TEXT_SIZES[size] / lettering.letter_height(label), Frame.of(aspect).width - 2 * MARGIN)


# ------------------------------------------------------------------------------------------ changing


def _with_part(item: Item, operation: AddPart) -> Item:
    """The item with one more part; one it has already only takes the colour."""
    names = _names(item)
    if operation.part not in names:
        raise UnknownPart(operation.part, item.thing, names)
    drawn = names if item.parts is None else item.parts
    parts = tuple(name for name in names if name in drawn or name == operation.part)
    item = replace(item, parts=None if parts == names else parts)
    return _part_coloured(item, operation.part, operation.colour) if operation.colour else item


def _remove(scene: Scene, operation: Remove) -> Scene:
    targets = find(scene, operation.target)
    if operation.part is not None:
        targets = tuple(_without_part(item, operation.part) for item in targets)
        scene = _changed(scene, targets)
    gone = {item.id for item in targets if operation.part is None or item.parts == ()}
    return replace(scene, items=tuple(item for item in scene.items if item.id not in gone))


def _without_part(item: Item, part: str) -> Item:
    drawn = _drawn(item)
    if part not in drawn:
        raise UnknownPart(part, item.thing, drawn)
    colours = tuple(pair for pair in item.part_colours if pair[0] != part)
    return replace(item, parts=tuple(name for name in drawn if name != part), part_colours=colours)


def _coloured(item: Item, operation: Recolour) -> Item:
    if operation.part is not None:
        if operation.part not in _drawn(item):
            raise UnknownPart(operation.part, item.thing, _drawn(item))
        return _part_coloured(item, operation.part, operation.colour)
    main = "" if item.thing == TEXT else DRAWABLE[item.thing].main
    colours = tuple(pair for pair in item.part_colours if pair[0] != main)
    return replace(item, colour=operation.colour, part_colours=colours)


def _part_coloured(item: Item, part: str, colour: str) -> Item:
    if part == DRAWABLE[item.thing].main:
        return replace(item, colour=colour)
    others = tuple(pair for pair in item.part_colours if pair[0] != part)
    return replace(item, part_colours=tuple(sorted((*others, (part, colour)))))


def _turned(item: Item, operation: Turn) -> Item:
    """The item turned around its middle; flipping what is turned turns the other way."""
    if item.thing == TEXT:
        raise CannotDo("written words", "be turned", "turn a thing")
    turn = -item.turn % 360 if operation.flip else item.turn
    return replace(item, turn=(turn + operation.degrees) % 360, mirrored=item.mirrored != operation.flip)


def _acting(item: Item, action: str | None) -> Item:
    able = {} if item.thing == TEXT else actions(DRAWABLE[item.thing])
    if action is not None and action not in able:
        name = "written words" if item.thing == TEXT else f"a {item.thing}"
        raise CannotDo(name, action, f"it can {', '.join(able)}" if able else "let a thing do it")
    return replace(item, action=action)


def _duplicated(scene: Scene, operation: Duplicate, aspect: float) -> Scene:
    """The scene with copies, each of the size of what is copied if there is room."""
    for target in find(scene, operation.target):
        first = 1 + max(item.id for item in scene.items)
        copies = tuple(replace(target, id=first + i) for i in range(operation.count))
        where = operation.relation or (None if operation.place else Relation("next to", _itself(target)))
        least = min(1.0, SMALLEST / target.extent)
        scene = in_front(scene, settled(scene, Want(copies, least, operation.place, where), aspect), aspect)
    return scene


def _itself(item: Item) -> Reference:
    return Reference(item.thing, main_colour(item), label=item.label)


def _replaced(scene: Scene, operation: Replace, aspect: float) -> Scene:
    """The scene with another thing at the same place, over and under the same things."""
    for target in find(scene, operation.target):
        (fresh,) = _fresh(scene, replace(operation.new, count=1), aspect)
        extent = fresh.extent if operation.new.size or fresh.thing == TEXT else target.extent
        rest = replace(scene, items=tuple(item for item in scene.items if item.id != target.id))
        placed = resized(rest, replace(fresh, x=target.x, y=target.y), extent, aspect)
        scene = replace(scene, items=tuple(placed if item.id == target.id else item for item in scene.items))
    return scene


def _names(item: Item) -> tuple[str, ...]:
    return () if item.thing == TEXT else DRAWABLE[item.thing].names


def _drawn(item: Item) -> tuple[str, ...]:
    return _names(item) if item.parts is None else item.parts


# ------------------------------------------------------------------------------------------ resizing


def _resize(scene: Scene, operation: Resize, aspect: float) -> Scene:
    for target in find(scene, operation.target):
        extent = extent_of(target, operation.size, aspect)
        if operation.size == "bigger" and extent < target.extent * NOTICEABLE:
            raise NoRoom(f"a bigger {target.thing}", "in the picture", "it fills the picture already")
        grown = _bigger(scene, target, extent, aspect) if operation.size == "bigger" else None
        scene = _changed(scene, [grown or resized(scene, target, extent, aspect)])
    return scene


def _bigger(scene: Scene, item: Item, extent: float, aspect: float) -> Item | None:
    """The item grown as far towards that extent as others leave it room; nothing if that is hardly at all."""
    least = min(extent, item.extent * PLAINLY)
    extents = [extent + (least - extent) * i / 6 for i in range(7)]
    grown = (_grown(scene, item, some, aspect, TOUCHING) for some in extents)
    return next((one for one in grown if one is not None), None)


def extent_of(item: Item, size: str, aspect: float = 1.0) -> float:
    """The extent that a size word, ``bigger`` or ``smaller`` means for an item, held to the picture."""
    text = item.thing == TEXT
    sizes = {name: _text_extent(item.label, name, aspect) for name in SIZES} if text else SIZES
    largest = (Frame.of(aspect).width if text else 1.0) - 2 * MARGIN
    if size in sizes:
        return min(sizes[size], largest)
    if size == "bigger":
        above = [extent for extent in sizes.values() if extent > item.extent * STEP]
        return min(min(above, default=item.extent * BEYOND), largest)
    below = [extent for extent in sizes.values() if extent < item.extent / STEP]
    return max(max(below, default=item.extent / BEYOND), SMALLEST / BEYOND)


def resized(scene: Scene, item: Item, extent: float, aspect: float = 1.0) -> Item:
    """The item of another extent around its old centre, shifted as little as it takes to be inside the picture and
    clear of others, or else to lie over them as little as can be."""
    grown = _grown(scene, item, extent, aspect, inf)
    if grown is None:
        frame, (ux, uy) = Frame.of(aspect), units(aspect)
        grown = replace(item, extent=extent)
        return at([grown], [frame.held((item.x / ux, item.y / uy), sides(grown))], aspect)[0]
    return grown


def _grown(scene: Scene, item: Item, extent: float, aspect: float, most: float) -> Item | None:
    """The item of another extent, near its old centre, where at most that share of it or of others is lapped."""
    grown = replace(item, extent=extent)
    frame, size, (ux, uy) = Frame.of(aspect), sides(grown), units(aspect)
    centre: Spot = frame.held((item.x / ux, item.y / uy), size)
    others = [whole(other, aspect) for other in scene.items if other.id != item.id]
    spot = free(near(centre, NUDGE), size, others, frame)
    if spot is None:
        spot = least_lapped(near(centre, NUDGE), size, others, frame, most, lapping)
    return None if spot is None else at([grown], [spot], aspect)[0]
