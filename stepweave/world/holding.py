"""What is held by something: it goes where the grip goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stepweave.world.measure import bounds, form_of, sides, units, weight
from stepweave.world.scene import Item, Scene
from stepweave.world.spots import EDGE, Frame, Spot
from stepweave.world.vocabulary import TEXT

HELD = 0.42
"""Extent of what is held where its size is not named, at most, as a share of its holder's."""
LOADED = 0.8
"""The same for what was there before, as large as it is."""


def grip(item: Item, aspect: float) -> Spot | None:
    """Where a thing holds others, as fractions of the picture's width and height; ``None`` if it cannot hold."""
    if item.thing == TEXT or (shape := form_of(item)).grip is None:
        return None
    box, (ux, uy), edge = bounds(item, aspect), units(aspect), weight(item.extent)
    inner = item.extent - 2 * edge
    return box.left + (shape.grip[0] * inner + edge) * ux, box.top + (shape.grip[1] * inner + edge) * uy


def holders(scene: Scene, item: Item) -> Iterator[int]:
    """The ids of what holds an item, what holds that, and so on."""
    by, seen = {one.id: one for one in scene.items}, {item.id}
    while item.held_by is not None and item.held_by in by and item.held_by not in seen:
        yield item.held_by
        seen.add(item.held_by)
        item = by[item.held_by]


def carried(before: Scene, after: Scene, aspect: float) -> Scene:
    """The scene after a step, with what is held where its holders are now.

    It keeps its size unless that is too large for a holder that became smaller. What was held by something that is
    gone, or that has no grip any more, stays where it is.
    """
    if all(item.held_by is None for item in after.items):
        return after
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    for item in sorted(after.items, key=lambda item: len(tuple(holders(after, item)))):
        if item.held_by is not None:
            new[item.id] = _following(new[item.id], old.get(item.held_by), new.get(item.held_by), aspect)
    return replace(after, items=tuple(new[item.id] for item in after.items))


def _following(item: Item, was: Item | None, holder: Item | None, aspect: float) -> Item:
    """An item moved as the grip of its holder moved."""
    if holder is None or (end := grip(holder, aspect)) is None:
        return replace(item, held_by=None)
    start = (item.x, item.y) if was is None else grip(was, aspect)
    if start is None or start == end:
        return item
    smaller = replace(item, extent=min(item.extent, LOADED * holder.extent))
    (ux, uy), frame = units(aspect), Frame.of(aspect, EDGE)
    x, y = frame.held(((item.x + end[0] - start[0]) / ux, (item.y + end[1] - start[1]) / uy), sides(smaller))
    return replace(smaller, x=x * ux, y=y * uy)
