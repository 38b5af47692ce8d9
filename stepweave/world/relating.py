"""Where a thing can lie by another, or by two: candidate spots in the order in which they are liked.

Like spots.py it works in the picture's shorter side as the unit of both axes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from stepweave.world.measure import Bounds, common, gap_between, related
from stepweave.world.spots import GAP, Frame, Spot, around, distance, steps

CLOSER = 0.08
"""How far a thing that is short of room may reach over the one it is beside, as a share of that one."""
INSIDE = 0.62
"""How much of a thing's width and height may be taken by what is put inside it, so that both can be seen."""
SHADED = 0.42
"""How much of the smaller of two boxes is best shared by them where one is behind the other."""
COVERING = 0.5
"""Most of a thing's box that another in front of it covers."""
FARTHER = (0.1, 0.2, 0.3, 0.45, 0.6, 0.0, 0.75, 0.9)
"""How much higher what is behind is set, as a share of the lower height, the most liked first."""


def beside(kind: str, target: Bounds, size: Spot, stands: bool, close: bool = False) -> Iterator[Spot]:
    """Spots in a relation to a box: the nearest first, then sliding along it, then further away.

    ``close``: also such as touch the box, or reach over its edge a little.
    """
    (w, h), x, y = size, (target.left + target.right) / 2, (target.top + target.bottom) / 2
    floor = target.bottom - h / 2
    if kind == "inside":
        yield from _within(target, size)
    elif kind in ("behind", "in front of"):
        yield from _partly(kind, target, size)
    elif kind == "on":
        yield from ((px, target.top - h / 2 + 0.004) for px in _slide(x, target.left, target.right))
    elif kind in ("above", "below"):
        for far in _distances(target.height, close):
            py = target.top - far - h / 2 if kind == "above" else target.bottom + far + h / 2
            yield from ((px, py) for px in _slide(x, target.left, target.right))
    elif kind in ("left of", "right of"):
        for far in _distances(target.width, close):
            px = target.left - far - w / 2 if kind == "left of" else target.right + far + w / 2
            height = floor if stands else y
            yield from ((px, py) for py in _slide(height, target.top, target.bottom))
    else:
        yield from beside("right of", target, size, stands, close)
        yield from beside("left of", target, size, stands, close)


def along_floor(kind: str, target: Bounds, size: Spot, frame: Frame) -> Iterator[Spot]:
    """Spots beside a box on the floor on which it stands, the nearest first, as far as the picture reaches."""
    y = target.bottom - size[1] / 2
    right = steps(target.right + GAP + size[0] / 2, frame.width - frame.margin - size[0] / 2)
    left = steps(frame.margin + size[0] / 2, target.left - GAP - size[0] / 2)[::-1]
    sides = {"right of": right, "left of": left}.get(kind, [*right, *left])
    yield from ((x, y) for x in sides)


def amid(a: Bounds, b: Bounds, size: Spot, stands: bool) -> Iterator[Spot]:
    """Spots between two boxes, in the middle of the gap first, then sliding along it."""
    h, gap = size[1], gap_between(a, b)
    if gap.level:
        x = (gap.start + gap.end) / 2
        y = (min(a.bottom, b.bottom) - h / 2) if stands else (a.top + a.bottom + b.top + b.bottom) / 4
        found = ((x, py) for py in _slide(y, min(a.top, b.top), max(a.bottom, b.bottom)))
    else:
        y, x = (gap.start + gap.end) / 2, (a.left + a.right + b.left + b.right) / 4
        found = ((px, y) for px in _slide(x, min(a.left, b.left), max(a.right, b.right)))
    yield from (spot for spot in found if related("between", around(spot, size), a, b))


def _partly(kind: str, target: Bounds, size: Spot) -> Iterator[Spot]:
    """Spots behind or in front of a box, higher or lower than it and to a side, so that both can be seen."""
    (w, h), x = size, (target.left + target.right) / 2
    lower, sign = min(h, target.height), -1 if kind == "behind" else 1
    reach = (w + target.width) / 2
    found: list[tuple[float, Spot]] = []
    narrower = min(w, target.width)
    within = [(reach - narrower) * i / 4 for i in range(4)]
    asides = [side * far for far in (*(reach - narrower * i / 8 for i in range(1, 9)), *within) for side in (-1, 1)]
    for dx, lift in product(asides, FARTHER):
        spot = (x + dx, target.bottom + sign * lift * lower - h / 2)
        box = around(spot, size)
        back = box if kind == "behind" else target
        shared = common(box, target)
        if related(kind, box, target) and shared <= COVERING * back.width * back.height:
            share = shared / min(w * h, target.width * target.height)
            found.append((abs(share - SHADED) + 0.3 * FARTHER.index(lift) / len(FARTHER), spot))
    yield from (spot for _, spot in sorted(found))


def _within(target: Bounds, size: Spot) -> Iterator[Spot]:
    """Spots inside a box, from its middle outwards."""
    spare_x, spare_y = target.width * INSIDE - size[0], target.height * INSIDE - size[1]
    if spare_x < 0 or spare_y < 0:
        return
    x, y = (target.left + target.right) / 2, (target.top + target.bottom) / 2
    xs = [x, *steps(x - spare_x / 2, x + spare_x / 2)]
    ys = [y, *steps(y - spare_y / 2, y + spare_y / 2)]
    yield from sorted({(px, py) for px in xs for py in ys}, key=lambda spot: (distance(spot, (x, y)), spot))


def _distances(length: float, close: bool) -> tuple[float, ...]:
    """Distances from a thing of that length, the most liked first."""
    near = (GAP / 3, -CLOSER * length) if close else ()
    return (GAP + 1e-6, *near, GAP * 2, GAP * 4, GAP * 7, GAP * 11)


def _slide(first: float, low: float, high: float) -> list[float]:
    """The first position, then those along an edge, from it outwards."""
    return [first, *sorted(steps(low, high), key=lambda value: abs(value - first))]
