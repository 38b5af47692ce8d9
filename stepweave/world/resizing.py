"""Changing how large things are and how they are turned: around where they are, clear of others."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from stepweave.world import lettering
from stepweave.world.finding import CannotDo, NoRoom, find
from stepweave.world.fitting import COVERED, at, whole
from stepweave.world.measure import Bounds, bounds, related, sides, units
from stepweave.world.placing import changed
from stepweave.world.scene import Item, Resize, Scene, Turn
from stepweave.world.spots import MARGIN, Frame, Spot, around, free, lapping, least_lapped, losing, near
from stepweave.world.standing import ground_of, stands
from stepweave.world.vocabulary import SIZES, TEXT, TEXT_SIZES

SMALLEST = 0.09
"""Least extent that a thing takes where its size is not named."""
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


def resize(scene: Scene, operation: Resize, aspect: float) -> Scene:
    """The scene with things of another size, clear of others if that is possible."""
    for target in find(scene, operation.target):
        extent = extent_of(target, operation.size, aspect)
        if operation.size == "bigger" and extent < target.extent * NOTICEABLE:
            raise NoRoom(f"a bigger {target.thing}", "in the picture", "it fills the picture already")
        grown = _bigger(scene, target, extent, aspect) if operation.size == "bigger" else None
        scene = changed(scene, [grown or resized(scene, target, extent, aspect)])
    return scene


def _bigger(scene: Scene, item: Item, extent: float, aspect: float) -> Item | None:
    """The item grown as far towards that extent as others leave it room; nothing if that is hardly at all."""
    least = min(extent, item.extent * PLAINLY)
    extents = [extent + (least - extent) * i / 6 for i in range(7)]
    grown = (_refitted(scene, item, replace(item, extent=some), aspect, TOUCHING) for some in extents)
    return next((one for one in grown if one is not None), None)


def extent_of(item: Item, size: str, aspect: float = 1.0) -> float:
    """The extent that a size word, ``bigger`` or ``smaller`` means for an item, held to the picture."""
    text = item.thing == TEXT
    sizes = {name: text_extent(item.label, name, aspect) for name in SIZES} if text else SIZES
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
    clear of others, or else to lie over them as little as can be; what rests on something keeps its feet there."""
    return refitted(scene, item, replace(item, extent=extent), aspect)


def turned(scene: Scene, operation: Turn, aspect: float) -> Scene:
    """The scene with things turned where they are; flipping what is turned already turns it the other way."""
    for item in find(scene, operation.target):
        if item.thing == TEXT:
            raise CannotDo("written words", "be turned", "turn a thing")
        turn = -item.turn % 360 if operation.flip else item.turn
        new = replace(item, turn=(turn + operation.degrees) % 360, mirrored=item.mirrored != operation.flip)
        same = max(abs(a - b) for a, b in zip(sides(new), sides(item), strict=True)) < 1e-9
        scene = changed(scene, [new if same else refitted(scene, item, new, aspect)])
    return scene


def refitted(scene: Scene, was: Item, item: Item, aspect: float) -> Item:
    """An item whose box became another one, as near to where it was as it can be."""
    fitted = _refitted(scene, was, item, aspect, inf)
    return fitted or at([item], [_meant(scene, was, item, aspect)], aspect)[0]


def _refitted(scene: Scene, was: Item, item: Item, aspect: float, most: float) -> Item | None:
    """The item near where it was, lapping at most that share of what it did not lap before."""
    before, size, frame = whole(was, aspect), sides(item), Frame.of(aspect)
    boxes = [whole(other, aspect) for other in scene.items if other.id not in (was.id, item.id)]
    lapped = [box for box in boxes if box.overlaps(before)]
    clear = [box for box in boxes if box not in lapped]

    def share(box: Bounds, other: Bounds) -> float:
        return lapping(box, other) if other in clear else max(0.0, losing(box, other) - COVERED)

    spots = list(near(_meant(scene, was, item, aspect), NUDGE))
    kind = [spot for spot in spots if all(share(around(spot, size), box) == 0 for box in lapped)]
    spot = free(kind, size, clear, frame) or least_lapped(spots, size, boxes, frame, most, share)
    return None if spot is None else at([item], [spot], aspect)[0]


def _meant(scene: Scene, was: Item, item: Item, aspect: float) -> Spot:
    """Where an item would best be whose box became another one: around its middle, or on its feet."""
    (ux, uy), size = units(aspect), sides(item)
    y = whole(was, aspect).bottom - size[1] / 2 if _rests(scene, was, aspect) else was.y / uy
    return Frame.of(aspect).held((was.x / ux, y), size)


def _rests(scene: Scene, item: Item, aspect: float) -> bool:
    """Whether it stands on the ground of a setting, or upon something."""
    if not stands(item):
        return False
    box = bounds(item, aspect)
    others = (bounds(other, aspect) for other in scene.items if other.id != item.id)
    return ground_of(scene, aspect) is not None or any(related("on", box, other) for other in others)


def text_extent(label: str, size: str, aspect: float) -> float:
    """The extent of written words of a named size, held to the picture's width."""
    return min(TEXT_SIZES[size] / lettering.letter_height(label), Frame.of(aspect).width - 2 * MARGIN)
