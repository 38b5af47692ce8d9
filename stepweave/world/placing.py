"""Puts things where they are wanted: the largest size at which there is room, and the best spot for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stepweave.world.finding import NoRoom, described, find
from stepweave.world.measure import Bounds, bounds, sides, units, visible
from stepweave.world.scene import Item, Relation, Scene
from stepweave.world.spots import Frame, Spot, anywhere, beside, free, group_size, group_spots, in_place
from stepweave.world.vocabulary import DRAWABLE, TEXT

SHRINK = 0.93
"""Step in which sizes are tried."""
YIELDING = 0.5
"""How much smaller than usual a thing becomes so that it does not cover others at a named place."""
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
TOUCHING = ("on", "inside")
"""Relations in which a thing may cover the other one."""


@dataclass(frozen=True, slots=True)
class Want:
    """A group of things and how it may be placed."""

    items: tuple[Item, ...]
    least: float
    """The smallest scale that will do."""
    place: str | None = None
    relation: Relation | None = None
    fixed: bool = False
    """Its size is named: it rather covers something at its place than become smaller."""

    @property
    def where(self) -> str:
        """In words."""
        if self.relation is not None:
            return f"{self.relation.kind} the {described(self.relation.to)}"
        return f"at the {self.place}" if self.place else "in the picture"


def settled(scene: Scene, want: Want, aspect: float) -> tuple[Item, ...]:
    """The wanted items, where there is room for them beside all others of the scene.

    Raises:
        NoRoom: there is none.
        NothingThere: what they are to be placed by is not in the picture.
    """
    ids = {item.id for item in want.items}
    others = replace(scene, items=tuple(item for item in scene.items if item.id not in ids))
    for target in _targets(others, want):
        if found := _first_fit(want, _clear_of(others, want, target, aspect), target, aspect):
            return found
    if want.place and (found := _first_fit(want, [], None, aspect)):
        return found
    raise NoRoom(_spoken(want.items), want.where)


def with_room_for(scene: Scene, want: Want, aspect: float) -> tuple[Scene, tuple[Item, ...]]:
    """The scene and the wanted items in it; if there is no room, the scene draws together to make some.

    Raises:
        NoRoom: there is none even so.
        NothingThere: what they are to be placed by is not in the picture.
    """
    try:
        return scene, settled(scene, want, aspect)
    except NoRoom as error:
        towards = AWAY.get(want.relation.kind if want.relation else "", (0.5, 0.5))
        moving = {item.id for item in want.items} & {item.id for item in scene.items}
        for scale in ZOOMS:
            drawn = replace(scene, items=tuple(_drawn_to(item, towards, scale) for item in scene.items))
            if any(item.extent < LEAST for item in drawn.items):
                break
            items = tuple(item for item in drawn.items if item.id in moving) or want.items
            try:
                return drawn, settled(drawn, replace(want, items=items), aspect)
            except NoRoom:
                continue
        raise error


def _drawn_to(item: Item, towards: Spot, scale: float) -> Item:
    x, y = (end + (value - end) * scale for value, end in ((item.x, towards[0]), (item.y, towards[1])))
    return replace(item, x=x, y=y, extent=item.extent * scale)


def whole(item: Item, aspect: float) -> Bounds:
    """The box of an item with room for all its parts, in units of the picture's shorter side."""
    return _in_units(bounds(item, aspect), aspect)


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


def _targets(scene: Scene, want: Want) -> tuple[Item | None, ...]:
    """What it is placed by, the thing drawn last first; nothing where it needs nothing."""
    return (None,) if want.relation is None else tuple(reversed(find(scene, want.relation.to)))


def _clear_of(scene: Scene, want: Want, target: Item | None, aspect: float) -> list[Bounds]:
    """The boxes it must keep clear of: on or inside something, neither that nor what that lies in."""
    boxes = {item.id: whole(item, aspect) for item in scene.items}
    if target is None or want.relation is None or want.relation.kind not in TOUCHING:
        return list(boxes.values())
    core = boxes[target.id]
    return [box for box in boxes.values() if not box.contains(core)]


def _first_fit(want: Want, obstacles: list[Bounds], target: Item | None, aspect: float) -> tuple[Item, ...] | None:
    """The items at the largest scale at which there is a free spot."""
    count, frame = len(want.items), Frame.of(aspect)
    yielding = want.place and obstacles and not want.fixed
    for scale in _scales(max(want.least, YIELDING) if yielding else want.least):
        items = tuple(replace(item, extent=item.extent * scale) for item in want.items)
        cell = _cell(items)
        size = group_size(count, cell)
        centre = free(_candidates(want, size, target, obstacles, aspect), size, obstacles, frame)
        if centre is not None:
            return at(items, group_spots(count, cell, centre), aspect)
    return None


def _scales(least: float) -> Iterator[float]:
    scale = 1.0
    while scale > least:
        yield scale
        scale *= SHRINK
    yield min(least, 1.0)


def _cell(items: Sequence[Item]) -> Spot:
    widths, heights = zip(*map(sides, items), strict=True)
    return max(widths), max(heights)


def _candidates(
    want: Want, size: Spot, target: Item | None, obstacles: Sequence[Bounds], aspect: float
) -> Iterator[Spot]:
    """Spots in the order in which they are liked."""
    frame, first = Frame.of(aspect), want.items[0]
    if want.relation is not None and target is not None:
        box = _in_units(visible(target, aspect), aspect)
        yield from beside(want.relation.kind, box, size, stands(first))
    elif want.place:
        yield from in_place(want.place, size, frame)
    else:
        if obstacles and home(first) != "middle":
            yield from in_place(home(first), size, frame)
        ground = max((box.bottom for box in obstacles), default=None) if stands(first) else None
        yield from anywhere(size, frame, ground)


def stands(item: Item) -> bool:
    """Whether it stands on the ground."""
    return item.thing != TEXT and DRAWABLE[item.thing].stands


def home(item: Item) -> str:
    """The place where it belongs if none is named."""
    return "middle" if item.thing == TEXT else DRAWABLE[item.thing].place


def at(items: Sequence[Item], spots: Sequence[Spot], aspect: float) -> tuple[Item, ...]:
    """The items with their centres at spots, which are in units of the picture's shorter side."""
    ux, uy = units(aspect)
    return tuple(replace(item, x=x * ux, y=y * uy) for item, (x, y) in zip(items, spots, strict=True))


def _in_units(box: Bounds, aspect: float) -> Bounds:
    ux, uy = units(aspect)
    return Bounds(box.left / ux, box.top / uy, box.right / ux, box.bottom / uy)


def _hides(box: Bounds, other: Bounds) -> bool:
    """Whether a box covers nearly all of another that is clearly smaller."""
    core = other.grown(-0.1 * other.width, -0.1 * other.height)
    return box.contains(core) and other.width * other.height < 0.8 * box.width * box.height


def _spoken(items: Sequence[Item]) -> str:
    thing = items[0].thing
    return f"{len(items)} {thing}s" if len(items) > 1 else f"a {thing}"
