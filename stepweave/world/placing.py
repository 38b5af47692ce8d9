"""Puts things where they are wanted: the largest size at which there is room, and the best spot for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from stepweave.world.finding import NoRoom, described, find
from stepweave.world.measure import Bounds, bounds, sides, units, visible
from stepweave.world.scene import Item, Relation, Scene
from stepweave.world.spots import (
    EDGE,
    MARGIN,
    Frame,
    Share,
    Spot,
    anywhere,
    beside,
    free,
    group_size,
    group_spots,
    in_place,
    lapping,
    least_lapped,
    losing,
)
from stepweave.world.vocabulary import DRAWABLE, TEXT

SHRINK = 0.93
"""Step in which sizes are tried."""
YIELDING = 0.5
"""How much smaller than usual a thing becomes before it lies over others at a named place."""
LAPPED = 0.25
"""Most of a thing, and of any other, that may lie one over the other where there is no free spot."""
COVERED = 0.45
"""Most of any other thing that is covered at a named place, if that is possible at all."""
ROOMY = 0.12
"""The rim of the picture in which there is just room for something tiny."""
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
    rim: float | None = None
    """The smallest scale at which it rather leaves a rim of ``ROOMY`` free around the picture, for what comes later."""

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
    targets = _targets(others, want)
    for remedy in _remedies(want):
        for target in targets:
            if found := _fitted(want, remedy, _clear_of(others, want, target, aspect), target, aspect):
                return found
    raise NoRoom(_spoken(want.items), want.where, _advice(want))


def with_room_for(scene: Scene, want: Want, aspect: float) -> tuple[Scene, tuple[Item, ...]]:
    """The scene and the wanted items in it; if there is no room, the scene draws together to make some.

    Only for a picture that is still being composed: what was shown before must stay where it is.

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


@dataclass(frozen=True, slots=True)
class _Remedy:
    """One way to find a spot."""

    largest: float
    smallest: float
    """The scales that are tried."""
    most: float = 0.0
    """How much may be lapped."""
    share: Share = lapping
    margin: float = MARGIN
    grounded: bool = False
    """Nothing floats above the line on which the others stand."""


def _remedies(want: Want) -> tuple[_Remedy, ...]:
    """What is tried in turn: clear of others, lying over them a little, and at a named place more than that."""
    low = max(want.least, YIELDING) if want.place and not want.fixed else want.least
    lapped = _Remedy(1.0, low, LAPPED, margin=EDGE)
    tried = [_Remedy(1.0, low), lapped]
    if want.rim is not None:
        on_ground = [] if want.place or want.relation else [_Remedy(1.0, want.rim, grounded=True)]
        tried[:0] = [*on_ground, _Remedy(1.0, want.rim, margin=ROOMY)]
    if want.relation:
        tried.append(_Remedy(max(want.least, YIELDING), want.least, COVERED, losing, EDGE))
    elif want.place:
        if not want.fixed:
            tried += [_Remedy(low, want.least), _Remedy(low, want.least, COVERED, losing)]
        tried.append(_Remedy(1.0 if want.fixed else low, want.least, inf, losing))
    return tuple(tried)


def _fitted(
    want: Want, remedy: _Remedy, obstacles: list[Bounds], target: Item | None, aspect: float
) -> tuple[Item, ...] | None:
    """The items at the largest scale at which a remedy finds a spot."""
    count, frame = len(want.items), Frame.of(aspect, remedy.margin)
    for scale in _scales(remedy.largest, remedy.smallest):
        items = tuple(replace(item, extent=item.extent * scale) for item in want.items)
        cell = _cell(items)
        size = group_size(count, cell)
        spots = _candidates(want, size, target, obstacles, frame, aspect)
        if remedy.grounded:
            spots = _grounded(spots, want.items[0], size, obstacles)
        if remedy.most:
            centre = least_lapped(spots, size, obstacles, frame, remedy.most, remedy.share)
        else:
            centre = free(spots, size, obstacles, frame)
        if centre is not None:
            return at(items, group_spots(count, cell, centre), aspect)
    return None


def _scales(largest: float, smallest: float) -> Iterator[float]:
    scale = largest
    while scale > smallest:
        yield scale
        scale *= SHRINK
    yield min(smallest, largest)


def _cell(items: Sequence[Item]) -> Spot:
    widths, heights = zip(*map(sides, items), strict=True)
    return max(widths), max(heights)


def _candidates(
    want: Want, size: Spot, target: Item | None, obstacles: Sequence[Bounds], frame: Frame, aspect: float
) -> Iterator[Spot]:
    """Spots in the order in which they are liked."""
    first = want.items[0]
    if want.relation is not None and target is not None:
        box = _in_units(visible(target, aspect), aspect)
        yield from beside(want.relation.kind, box, size, stands(first), frame.margin < MARGIN)
    elif want.place:
        yield from in_place(want.place, size, frame)
    else:
        if obstacles and home(first) != "middle":
            yield from in_place(home(first), size, frame)
        yield from anywhere(size, frame, _ground(first, obstacles))


def _ground(item: Item, obstacles: Sequence[Bounds]) -> float | None:
    """The line on which others stand, for what stands itself."""
    return max((box.bottom for box in obstacles), default=None) if stands(item) else None


def _grounded(spots: Iterable[Spot], item: Item, size: Spot, obstacles: Sequence[Bounds]) -> Iterator[Spot]:
    """The spots that are not above the ground."""
    ground = _ground(item, obstacles)
    return (spot for spot in spots if ground is None or spot[1] + size[1] / 2 > ground - 1e-9)


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
