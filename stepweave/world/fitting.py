"""The largest size at which there is room for things where they are wanted, and the best spot for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from stepweave.world.finding import described
from stepweave.world.measure import Bounds, bounds, sides, units, visible
from stepweave.world.relating import along_floor, amid, beside
from stepweave.world.scene import Item, Relation
from stepweave.world.silhouettes import hidden
from stepweave.world.spots import (
    EDGE,
    MARGIN,
    Frame,
    Share,
    Spot,
    anywhere,
    around,
    free,
    group_size,
    group_spots,
    in_place,
    lapping,
    least_lapped,
    losing,
)
from stepweave.world.standing import feet, home, in_sky, low_in_place, on_ground, stands

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
PARTLY = (0.06, 0.48)
"""How much of a thing is hidden by another in front of it: enough to be seen, and so little that it is recognised."""
LEVEL = ("left of", "right of", "next to")
"""Relations to something that is at the same height: what stands in a setting rather goes farther away than into the
air."""

Targets = tuple[Item, ...]
"""What something is placed by: one thing, two for ``between``, and none where it is placed by nothing."""


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

    by: int | None = None
    """The id of what the relation is to, where the words of the relation may mean others, too."""

    @property
    def where(self) -> str:
        """In words."""
        if self.relation is not None:
            other = f" and the {described(self.relation.other)}" if self.relation.other else ""
            return f"{self.relation.kind} the {described(self.relation.to)}{other}"
        return f"at the {self.place}" if self.place else "in the picture"


@dataclass(frozen=True, slots=True)
class Remedy:
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
    anywhere: bool = False
    """Whatever the setting, things may stand in the sky."""


def remedies(want: Want, setting: bool) -> tuple[Remedy, ...]:
    """What is tried in turn: clear of others, lying over them a little, and at a named place more than that; in a
    setting first where things belong."""
    low = max(want.least, YIELDING) if want.place and not want.fixed else want.least
    lapped = Remedy(1.0, low, LAPPED, margin=EDGE)
    tried = [Remedy(1.0, low), lapped]
    if want.rim is not None:
        low_down = [] if want.place or want.relation else [Remedy(1.0, want.rim, grounded=not setting)]
        tried[:0] = [*low_down, Remedy(1.0, want.rim, margin=ROOMY)]
    if want.relation:
        tried.append(Remedy(max(want.least, YIELDING), want.least, COVERED, losing, EDGE))
    elif want.place:
        tried += [Remedy(1.0, low, anywhere=True)] if setting else []
        if not want.fixed:
            tried += [Remedy(low, want.least), Remedy(low, want.least, COVERED, losing)]
        tried.append(Remedy(1.0 if want.fixed else low, want.least, inf, losing))
    elif setting:
        tried += [replace(remedy, anywhere=True) for remedy in tried[-2:]]
    return tuple(tried)


@dataclass(frozen=True, slots=True)
class Stage:
    """What is there already, where something is to be placed."""

    obstacles: Sequence[Bounds]
    """The boxes it must keep clear of."""
    targets: Targets
    aspect: float
    ground: float | None = None
    """The line on which things stand, if the background has one."""


def fitted(want: Want, remedy: Remedy, stage: Stage) -> tuple[Item, ...] | None:
    """The items at the largest scale at which a remedy finds a spot."""
    count, frame = len(want.items), Frame.of(stage.aspect, remedy.margin)
    stage = replace(stage, ground=None) if remedy.anywhere else stage
    wide = stage.ground is not None and not want.place and not want.relation and stands(want.items[0])
    for scale in scales(remedy.largest, remedy.smallest):
        items = tuple(replace(item, extent=item.extent * scale) for item in want.items)
        cell = cell_of(items)
        size = group_size(count, cell, wide)
        spots = _candidates(want, items, size, stage, frame)
        if remedy.grounded:
            spots = _grounded(spots, want.items[0], size, stage.obstacles)
        if remedy.most:
            centre = least_lapped(spots, size, stage.obstacles, frame, remedy.most, remedy.share)
        else:
            centre = free(spots, size, stage.obstacles, frame)
        if centre is not None:
            return at(items, group_spots(count, cell, centre, wide), stage.aspect)
    return None


def scales(largest: float, smallest: float) -> Iterator[float]:
    """The scales to try, from the largest down to the smallest."""
    scale = largest
    while scale > smallest:
        yield scale
        scale *= SHRINK
    yield min(smallest, largest)


def cell_of(items: Sequence[Item]) -> Spot:
    """Width and height of the largest of them."""
    widths, heights = zip(*map(sides, items), strict=True)
    return max(widths), max(heights)


def _candidates(want: Want, items: Sequence[Item], size: Spot, stage: Stage, frame: Frame) -> Iterator[Spot]:
    """Spots in the order in which they are liked."""
    first = items[0]
    if want.relation is not None:
        yield from _by(want.relation.kind, items, size, stage, frame)
    elif want.place:
        if stage.ground is not None and stands(first):
            line = feet(stage.ground, frame, stage.obstacles)
            yield from low_in_place(want.place, size, frame, stage.ground, line)
        else:
            yield from in_place(want.place, size, frame)
    elif stage.ground is not None:
        if stands(first):
            line, rise = feet(stage.ground, frame, stage.obstacles), size[1] - cell_of(items)[1]
            yield from on_ground(size, frame, stage.ground, line, rise)
            return
        if home(first) != "middle":
            yield from in_place(home(first), size, frame)
        yield from in_sky(size, frame, stage.ground)
    else:
        if stage.obstacles and home(first) != "middle":
            yield from in_place(home(first), size, frame)
        yield from anywhere(size, frame, _ground(first, stage.obstacles))


def _by(kind: str, items: Sequence[Item], size: Spot, stage: Stage, frame: Frame) -> Iterator[Spot]:
    """Spots in a relation to what is there."""
    boxes = [_in_units(visible(target, stage.aspect), stage.aspect) for target in stage.targets]
    if kind == "between":
        yield from amid(boxes[0], boxes[1], size, stands(items[0]))
        return
    if kind in LEVEL and stage.ground is not None and stands(items[0]):
        yield from along_floor(kind, boxes[0], size, frame)
    spots = beside(kind, boxes[0], size, stands(items[0]), frame.margin < MARGIN)
    if kind not in ("behind", "in front of") or len(items) > 1:
        yield from spots
        return
    inside = (spot for spot in spots if frame.holds(around(spot, size)))
    hiding = [(_hidden(kind, at(items, [spot], stage.aspect)[0], stage), spot) for spot in inside]
    yield from (spot for share, spot in hiding if PARTLY[0] <= share <= PARTLY[1])
    yield from (spot for share, spot in hiding if 0 < share < PARTLY[0])


def _hidden(kind: str, item: Item, stage: Stage) -> float:
    """How much of what is behind the other one hides."""
    other = stage.targets[0]
    return hidden(item, other, stage.aspect) if kind == "behind" else hidden(other, item, stage.aspect)


def _ground(item: Item, obstacles: Sequence[Bounds]) -> float | None:
    """The line on which others stand, for what stands itself."""
    return max((box.bottom for box in obstacles), default=None) if stands(item) else None


def _grounded(spots: Iterable[Spot], item: Item, size: Spot, obstacles: Sequence[Bounds]) -> Iterator[Spot]:
    """The spots that are not above the ground."""
    ground = _ground(item, obstacles)
    return (spot for spot in spots if ground is None or spot[1] + size[1] / 2 > ground - 1e-9)


def at(items: Sequence[Item], spots: Sequence[Spot], aspect: float) -> tuple[Item, ...]:
    """The items with their centres at spots, which are in units of the picture's shorter side."""
    ux, uy = units(aspect)
    return tuple(replace(item, x=x * ux, y=y * uy) for item, (x, y) in zip(items, spots, strict=True))


def _in_units(box: Bounds, aspect: float) -> Bounds:
    ux, uy = units(aspect)
    return Bounds(box.left / ux, box.top / uy, box.right / ux, box.bottom / uy)


def whole(item: Item, aspect: float) -> Bounds:
    """The box of an item with room for all its parts, in units of the picture's shorter side."""
    return _in_units(bounds(item, aspect), aspect)
