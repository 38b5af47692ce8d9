"""Where there is room: candidate spots for a place, a relation or none, and the first that is free.

Works in the picture's shorter side as the unit of both axes, so that a box is a box in a picture of any shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from stepweave.world.effort import spend
from stepweave.world.measure import Bounds, common, units
from stepweave.world.vocabulary import PLACES

MARGIN = 0.03
"""Least distance of a thing from the picture's edge."""
EDGE = 0.012
"""The same where room is short."""
GAP = 0.03
"""Least distance between two things."""
GRID = 0.04
"""Distance of the spots that are tried one after the other."""
INNER = 0.01
"""How far within its ninth the centre of a thing stays."""

Spot = tuple[float, float]
Share = Callable[[Bounds, Bounds], float]
"""How much a new box has in common with one that is there, as a share of something."""

ROWS: dict[int, tuple[int, ...]] = {
    1: (1,),
    2: (2,),
    3: (3,),
    4: (2, 2),
    5: (3, 2),
    6: (3, 3),
    7: (4, 3),
    8: (4, 4),
    9: (3, 3, 3),
    10: (5, 5),
    11: (4, 4, 3),
    12: (4, 4, 4),
}
"""How many things of a group stand in each row."""
WIDEST = 6
"""Most things that stand in one row on the ground of a setting."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture, in units of its shorter side."""

    width: float
    height: float
    margin: float = MARGIN
    """Least distance of a thing from its edge."""

    @classmethod
    def of(cls, aspect: float, margin: float = MARGIN) -> Frame:
        """The frame of a picture with that ratio of width to height."""
        x, y = units(aspect)
        return cls(1 / x, 1 / y, margin)

    def holds(self, box: Bounds) -> bool:
        """Whether a box lies within the margins, but for rounding."""
        least = self.margin - 1e-9
        return (
            box.left >= least
            and box.top >= least
            and box.right <= self.width - least
            and box.bottom <= self.height - least
        )

    def held(self, centre: Spot, size: Spot) -> Spot:
        """The centre, moved inwards as far as a box of that size takes; in the middle of an axis that is too short."""
        return self._clamped(centre[0], size[0], self.width), self._clamped(centre[1], size[1], self.height)

    def _clamped(self, centre: float, size: float, length: float) -> float:
        least = min(self.margin + size / 2, length / 2)
        return min(max(centre, least), length - least)


def around(centre: Spot, size: Spot) -> Bounds:
    """The box of that size around a centre."""
    return Bounds(centre[0] - size[0] / 2, centre[1] - size[1] / 2, centre[0] + size[0] / 2, centre[1] + size[1] / 2)


def free(spots: Iterable[Spot], size: Spot, obstacles: Sequence[Bounds], frame: Frame) -> Spot | None:
    """The first spot where a box of that size lies in the frame and clear of all obstacles."""
    kept = [obstacle.grown(GAP, GAP) for obstacle in obstacles]
    for spot in _metered(spots, 2 + len(obstacles) // 8):
        box = around(spot, size)
        if frame.holds(box) and not any(box.overlaps(obstacle) for obstacle in kept):
            return spot
    return None


def least_lapped(
    spots: Iterable[Spot], size: Spot, obstacles: Sequence[Bounds], frame: Frame, most: float, share: Share
) -> Spot | None:
    """The spot in the frame where least lies over or under others, the first of several; none if all are above
    ``most``."""
    best: Spot | None = None
    for spot in _metered(spots, 2 + len(obstacles)):
        box = around(spot, size)
        if frame.holds(box):
            lapped = max((share(box, other) for other in obstacles), default=0.0)
            if lapped < most or (best is None and lapped == most):
                best, most = spot, lapped
    return best


def _metered(spots: Iterable[Spot], units: int) -> Iterator[Spot]:
    """The spots, each of which costs so much."""
    for count, spot in enumerate(spots):
        if not count % _METERED:
            spend(_METERED * units)
        yield spot


_METERED = 64
"""Spots paid for at a time."""


def lapping(box: Bounds, other: Bounds) -> float:
    """How much of the smaller of two boxes lies over or under the other, 0 to 1."""
    return common(box, other) / min(box.width * box.height, other.width * other.height)


def losing(box: Bounds, other: Bounds) -> float:
    """How much of the other box is covered, 0 to 1."""
    return common(box, other) / (other.width * other.height)


# ------------------------------------------------------------------------------------------ groups


def rows(count: int, wide: bool = False) -> tuple[int, ...]:
    """How many things of a group stand in each row; ``wide``: in as few rows as can be."""
    if wide:
        return (count,) if count <= WIDEST else (count // 2, count - count // 2)
    return ROWS.get(count) or (*(4 for _ in range(count // 4)), *((count % 4,) if count % 4 else ()))


def group_size(count: int, cell: Spot, wide: bool = False) -> Spot:
    """The size of a group of things of equal size."""
    lines = rows(count, wide)
    return (
        max(lines) * cell[0] + (max(lines) - 1) * GAP,
        len(lines) * cell[1] + (len(lines) - 1) * GAP,
    )


def group_spots(count: int, cell: Spot, centre: Spot, wide: bool = False) -> list[Spot]:
    """The centres of the things of a group around its own centre, row by row."""
    lines = rows(count, wide)
    top = centre[1] - group_size(count, cell, wide)[1] / 2 + cell[1] / 2
    spots: list[Spot] = []
    for row, many in enumerate(lines):
        left = centre[0] - (many - 1) * (cell[0] + GAP) / 2
        spots.extend((left + i * (cell[0] + GAP), top + row * (cell[1] + GAP)) for i in range(many))
    return spots


# ------------------------------------------------------------------------------------------ candidates


def in_place(place: str, size: Spot, frame: Frame) -> Iterator[Spot]:
    """Spots in one ninth of the picture: the one the place means first, then those around it."""
    x, y = PLACES[place]
    meant = (x * frame.width, y * frame.height)
    ninth = _ninth(place, frame)

    def within(spot: Spot) -> bool:
        return ninth.left <= spot[0] <= ninth.right and ninth.top <= spot[1] <= ninth.bottom

    first = frame.held(meant, size)
    # The spots hard by the picture's edges are often the only free ones.
    xs = {*steps(ninth.left, ninth.right), frame.margin + size[0] / 2, frame.width - frame.margin - size[0] / 2}
    ys = {*steps(ninth.top, ninth.bottom), frame.margin + size[1] / 2, frame.height - frame.margin - size[1] / 2}
    grid = ((px, py) for px in xs for py in ys)
    others = sorted(grid, key=lambda spot: (distance(spot, first), spot))
    yield from (spot for spot in (first, *others) if within(spot))


def _ninth(place: str, frame: Frame) -> Bounds:
    index = tuple(PLACES).index(place)
    w, h = frame.width / 3, frame.height / 3
    left, top = index % 3 * w, index // 3 * h
    return Bounds(left, top, left + w, top + h).grown(-INNER, -INNER)


def anywhere(size: Spot, frame: Frame, ground: float | None) -> Iterator[Spot]:
    """All spots of the picture, from the middle outwards; with a ground line on it first, then below, then above."""
    middle = frame.height / 2 if ground is None else ground - size[1] / 2
    xs = {frame.width / 2, *steps(size[0] / 2 + frame.margin, frame.width - size[0] / 2 - frame.margin)}
    ys = {middle, *steps(size[1] / 2 + frame.margin, frame.height - size[1] / 2 - frame.margin)}
    below, above = (1.0, 1.0) if ground is None else (1.5, 4.0)

    def dislike(spot: Spot) -> tuple[float, Spot]:
        aside, down = abs(spot[0] - frame.width / 2), spot[1] - middle
        return aside + (below * down if down > 0 else -above * down), spot

    yield from sorted(((x, y) for x in xs for y in ys), key=dislike)


def near(centre: Spot, reach: float) -> Iterator[Spot]:
    """Spots around a centre, the nearest first."""
    xs, ys = (steps(value - reach, value + reach) for value in centre)
    yield centre
    yield from sorted(((x, y) for x in xs for y in ys), key=lambda spot: (distance(spot, centre), spot))


def steps(low: float, high: float, apart: float = GRID) -> list[float]:
    """Positions about that far apart from one to the other, both of them included; none if they are crossed."""
    if high < low:
        return []
    count = max(1, ceil((high - low) / apart))
    return [low + (high - low) * i / count for i in range(count + 1)]


def distance(a: Spot, b: Spot) -> float:
    """The square of how far two spots are apart."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
