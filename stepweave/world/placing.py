"""Puts things where they are wanted: the largest size at which there is room, and the best spot for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from stepweave.world.finding import CannotDo, NoRoom, OnlyOne, described, find, name_of
from stepweave.world.fitting import Stage, Targets, Want, at, cell_of, fitted, remedies, scales, whole
from stepweave.world.holding import HELD, LOADED, grip, holders
from stepweave.world.measure import Bounds, units, visible
from stepweave.world.scene import Item, Scene
from stepweave.world.spots import EDGE, MARGIN, Frame, Spot, around, group_size, group_spots
from stepweave.world.standing import ground_of
from stepweave.world.vocabulary import DRAWABLE

__all__ = ["Want", "changed", "covered", "in_front", "put", "put_with_room", "settled"]

ZOOMS = (0.85, 0.72, 0.6, 0.5)
"""How much smaller everything may become to make room for something new, tried in this order."""
LEAST = 0.03
"""Extent below which nothing is made smaller for the sake of something new."""
AWAY: dict[str, Spot] = {
    "left of": (0.97, 0.5),
    "right of": (0.03, 0.5),
    "next to": (0.03, 0.5),
    "above": (0.5, 0.97),
    "on": (0.5, 0.97),
    "below": (0.5, 0.03),
}
"""The point towards which a scene draws together to make room in a relation; otherwise the middle."""
ASIDE: dict[str, str] = {
    "left of": "to the right",
    "right of": "to the left",
    "next to": "to the left",
    "above": "to the bottom",
    "on": "to the bottom",
    "below": "to the top",
}
"""Where to move a thing so that there is room in a relation to it."""
TOUCHING = ("on", "inside", "behind", "in front of", "held by")
"""Relations in which a thing may cover the other one, or be covered by it."""
NEARER = ("inside", "in front of", "held by")
"""Relations in which a thing is drawn after the other one; ``behind`` it is drawn before it."""


def settled(scene: Scene, want: Want, aspect: float) -> tuple[Item, ...]:
    """The wanted items, where there is room for them beside all others of the scene.

    Raises:
        NoRoom: there is none.
        NothingThere: what they are to be placed by is not in the picture.
        OnlyOne: they are to be between two things of which there is one.
        CannotDo: what they are to be held by has no grip.
    """
    return _settled(scene, want, aspect)[0]


def put(scene: Scene, want: Want, aspect: float) -> Scene:
    """The scene with the wanted items settled, before and behind what their relation says.

    Raises:
        LayoutError: as ``settled``.
    """
    items, targets = _settled(scene, want, aspect)
    there = {item.id for item in scene.items}
    new = items[0].id not in there
    after = in_front(scene, items, aspect) if new else changed(scene, items)
    kind = want.relation.kind if want.relation else ""
    return _ordered(after, {item.id for item in items}, kind, {item.id for item in targets})


def _ordered(scene: Scene, ids: set[int], kind: str, targets: set[int]) -> Scene:
    """The scene with items brought behind or before those they are related to, if they are not already."""
    order = [item.id for item in scene.items]
    own, theirs = [order.index(id) for id in ids], [order.index(id) for id in targets]
    behind, nearer = kind == "behind" and max(own) > min(theirs), kind in NEARER and min(own) < max(theirs)
    if not behind and not nearer:
        return scene
    rest = [item for item in scene.items if item.id not in ids]
    moving = [item for item in scene.items if item.id in ids]
    places = [index for index, item in enumerate(rest) if item.id in targets]
    at = min(places) if behind else max(places) + 1
    return replace(scene, items=(*rest[:at], *moving, *rest[at:]))


def _settled(scene: Scene, want: Want, aspect: float) -> tuple[tuple[Item, ...], Targets]:
    """The wanted items, and what they are placed by."""
    ids = {item.id for item in want.items}
    moving = ids | {item.id for item in scene.items if ids & set(holders(scene, item))}
    others = replace(scene, items=tuple(item for item in scene.items if item.id not in moving))
    choices = _targets(others, want)
    if want.relation is not None and want.relation.kind == "held by":
        return _in_grip(scene, want, [item for (item,) in choices], aspect)
    free_items = tuple(replace(item, held_by=None) for item in want.items)
    loose = replace(want, items=free_items)
    ground = ground_of(scene, aspect)
    stages = [Stage(_clear_of(others, want, targets, aspect), targets, aspect, ground) for targets in choices]
    for remedy in remedies(want, ground is not None):
        for stage in stages:
            if found := fitted(loose, remedy, stage):
                return found, stage.targets
    raise NoRoom(_spoken(want.items), want.where, _advice(want))


def _in_grip(scene: Scene, want: Want, targets: Sequence[Item], aspect: float) -> tuple[tuple[Item, ...], Targets]:
    """The wanted items in the grip of the first thing that has one, small enough for it."""
    able = [target for target in targets if grip(target, aspect) is not None]
    if not able:
        can = ", ".join(name for name, thing in DRAWABLE.items() if thing.grip is not None)
        raise CannotDo(f"the {name_of(targets[0])}", "hold anything", f"what can: {can or 'nothing'}")
    holder = able[0]
    x, y = grip(holder, aspect) or (holder.x, holder.y)
    ux, uy = units(aspect)
    old = any(item.id == want.items[0].id for item in scene.items)
    share = LOADED if old else HELD
    largest = inf if want.fixed else share * holder.extent / max(group_size(len(want.items), (1.0, 1.0)))
    for margin, scale in ((margin, scale) for margin in (MARGIN, EDGE) for scale in scales(1.0, want.least)):
        frame = Frame.of(aspect, margin)
        items = tuple(replace(item, extent=min(item.extent, largest) * scale, held_by=holder.id) for item in want.items)
        cell = cell_of(items)
        if frame.holds(around((x / ux, y / uy), group_size(len(items), cell))):
            return at(items, group_spots(len(items), cell, (x / ux, y / uy)), aspect), (holder,)
    raise NoRoom(_spoken(want.items), want.where, _advice(want))


def put_with_room(scene: Scene, want: Want, aspect: float) -> Scene:
    """The same; if there is no room, the scene draws together to make some.

    Only for a picture that is still being composed: what was shown before must stay where it is.

    Raises:
        LayoutError: as ``settled``, if there is no room even so.
    """
    try:
        return put(scene, want, aspect)
    except NoRoom as error:
        kind = want.relation.kind if want.relation else ""
        moving = {item.id for item in want.items} & {item.id for item in scene.items}
        for scale in ZOOMS:
            drawn = replace(scene, items=tuple(_drawn_together(item, kind, scale) for item in scene.items))
            if any(item.extent < LEAST for item in drawn.items):
                break
            items = tuple(item for item in drawn.items if item.id in moving) or want.items
            try:
                return put(drawn, replace(want, items=items), aspect)
            except NoRoom:
                continue
        raise error


def _drawn_together(item: Item, kind: str, scale: float) -> Item:
    """An item drawn towards where it is out of the way; for something ``between`` it only becomes smaller."""
    if kind == "between":
        return replace(item, extent=item.extent * scale)
    towards = AWAY.get(kind, (0.5, 0.5))
    x, y = (end + (value - end) * scale for value, end in ((item.x, towards[0]), (item.y, towards[1])))
    return replace(item, x=x, y=y, extent=item.extent * scale)


def covered(scene: Scene, item: Item, aspect: float) -> set[int]:
    """The ids of the other things that its box overlaps."""
    box = visible(item, aspect)
    return {other.id for other in scene.items if other.id != item.id and box.overlaps(visible(other, aspect))}


def in_front(scene: Scene, fresh: Sequence[Item], aspect: float) -> Scene:
    """The scene with new items in front of all, or just behind the first one that they would hide."""
    boxes = [visible(item, aspect) for item in fresh]
    for index, item in enumerate(scene.items):
        if any(_hides(box, visible(item, aspect)) for box in boxes):
            return replace(scene, items=(*scene.items[:index], *fresh, *scene.items[index:]))
    return replace(scene, items=(*scene.items, *fresh))


def changed(scene: Scene, items: Sequence[Item]) -> Scene:
    """The scene with items in place of those of the same id."""
    new = {item.id: item for item in items}
    return replace(scene, items=tuple(new.get(item.id, item) for item in scene.items))


def _targets(scene: Scene, want: Want) -> tuple[Targets, ...]:
    """What it can be placed by, the thing drawn last first."""
    relation = want.relation
    if relation is None:
        return ((),)
    if want.by is not None:
        return tuple((item,) for item in scene.items if item.id == want.by)
    if relation.kind != "between":
        return tuple((item,) for item in reversed(find(scene, relation.to)))
    if relation.other is not None:
        first, second = find(scene, relation.to)[-1], find(scene, relation.other)[-1]
        if first.id != second.id:
            return ((first, second),)
    pairs = tuple(pairwise(sorted(find(scene, replace(relation.to, every=True)), key=lambda item: item.x)))
    if not pairs:
        raise OnlyOne(described(relation.to))
    return pairs


def _clear_of(scene: Scene, want: Want, targets: Targets, aspect: float) -> list[Bounds]:
    """The boxes it must keep clear of: on, inside or behind something, neither that nor what that lies in."""
    boxes = {item.id: whole(item, aspect) for item in scene.items}
    if want.relation is None or want.relation.kind not in TOUCHING:
        return list(boxes.values())
    core = boxes[targets[0].id]
    return [box for box in boxes.values() if not box.contains(core)]


def _hides(box: Bounds, other: Bounds) -> bool:
    """Whether a box covers nearly all of another that is clearly smaller."""
    core = other.grown(-0.1 * other.width, -0.1 * other.height)
    return box.contains(core) and other.width * other.height < 0.8 * box.width * box.height


def _spoken(items: Sequence[Item]) -> str:
    thing = items[0].thing
    article = "an" if thing[0] in "aeiou" else "a"
    return f"{len(items)} {thing}s" if len(items) > 1 else f"{article} {thing}"


def _advice(want: Want) -> str:
    """What helps where there is no room."""
    smaller = "fewer or smaller things" if len(want.items) > 1 else "a smaller one"
    if want.relation is None:
        return f"ask for {smaller}, or remove something first"
    other = described(want.relation.to)
    side = ASIDE.get(want.relation.kind)
    first = f"move the {other} {side} first" if side else f"make the {other} bigger first"
    return f"{first}, or ask for {smaller} or another place"
