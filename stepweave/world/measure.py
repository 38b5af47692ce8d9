"""Where things are and how large: boxes of items as fractions of the picture.

``aspect`` is the picture's width divided by its height. Extents count in the picture's shorter side, coordinates in
its width and height, so boxes depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import dist, sqrt

from stepweave.world import lettering
from stepweave.world.scene import Item
from stepweave.world.things.forms import Trace
from stepweave.world.things.geometry import Geometry, geometry
from stepweave.world.vocabulary import DRAWABLE, TEXT

LINE = 0.0056
"""Weight of an outline as a fraction of the picture's shorter side, for a thing a third as large."""

SEEN = 3.0
"""Pixels that the largest form of a part must measure for the part to be judged by eye."""

TOUCH = 0.03
"""How far apart things that touch may seem, as a fraction of the picture."""

LAPPED = 0.12
"""How much of the smaller of two boxes is shared by them at least, where one thing is behind the other."""

HIDDEN = 0.6
"""How much of the box of a thing behind another may be shared with that other at most: so it can be recognised."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in the picture, as fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its share of the picture's width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its share of the picture's height."""
        return self.bottom - self.top

    def grown(self, x: float, y: float) -> Bounds:
        """The box with a margin on every side."""
        return Bounds(self.left - x, self.top - y, self.right + x, self.bottom + y)

    def contains(self, other: Bounds) -> bool:
        """Whether the other lies in it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: Bounds) -> bool:
        """Whether they share any area, but for rounding."""
        apart = 1e-9
        return (
            self.left < other.right - apart
            and other.left < self.right - apart
            and self.top < other.bottom - apart
            and other.top < self.bottom - apart
        )


def common(box: Bounds, other: Bounds) -> float:
    """The area that two boxes share."""
    width = min(box.right, other.right) - max(box.left, other.left)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    return max(0.0, width) * max(0.0, height)


def weight(extent: float) -> float:
    """Weight of the outline of a thing of that extent, as a fraction of the picture's shorter side: nearly even over
    the whole picture, a little finer on small things."""
    return LINE * min(1.15, max(0.5, sqrt(extent / 0.32)))


def units(aspect: float) -> tuple[float, float]:
    """What one picture's shorter side is, as fractions of its width and of its height."""
    return (1.0 / aspect, 1.0) if aspect >= 1 else (1.0, aspect)


def form_of(item: Item) -> Geometry:
    """The geometry of an item that is not written text, as it is turned."""
    return _form(item.thing, item.turn, item.mirrored)


@cache
def _form(thing: str, turn: int, mirrored: bool) -> Geometry:
    """By name: to look a whole thing up in a table takes twenty times as long."""
    return geometry(DRAWABLE[thing], turn, mirrored)


def sides(item: Item) -> tuple[float, float]:
    """Width and height of the whole thing with its outline, as fractions of the picture's shorter side."""
    if item.thing == TEXT:
        width, height = lettering.ratio(item.label)
        return width * item.extent, height * item.extent
    shape, edge = form_of(item), 2 * weight(item.extent)
    inner = item.extent - edge
    return shape.width * inner + edge, shape.height * inner + edge


def bounds(item: Item, aspect: float = 1.0) -> Bounds:
    """The box of the whole thing, whichever of its parts are drawn."""
    (width, height), (ux, uy) = sides(item), units(aspect)
    dx, dy = width * ux / 2, height * uy / 2
    return Bounds(item.x - dx, item.y - dy, item.x + dx, item.y + dy)


def visible(item: Item, aspect: float = 1.0) -> Bounds:
    """The box of what is drawn of it; for a thing of which nothing is drawn yet, of the whole."""
    whole = bounds(item, aspect)
    if item.thing == TEXT or not item.parts:
        return whole
    (ux, uy), edge = units(aspect), weight(item.extent)
    inner = item.extent - 2 * edge
    left, top, right, bottom = form_of(item).edges(item.parts)
    return Bounds(
        whole.left + left * inner * ux,
        whole.top + top * inner * uy,
        whole.left + (right * inner + 2 * edge) * ux,
        whole.top + (bottom * inner + 2 * edge) * uy,
    )


def visible_parts(item: Item, pixels: int) -> tuple[str, ...]:
    """The drawn parts that are large enough to be judged by eye, from the largest to the smallest.

    A part counts by its largest form, taken as a square of the same area: an eye of two pixels is not judged, a roof
    is. So the last of them is the smallest part that can be seen in a picture whose shorter side is ``pixels``; of the
    words of a ``text`` there are none.
    """
    if item.thing == TEXT:
        return ()
    shape, line = form_of(item), weight(item.extent) * pixels
    inner = item.extent * pixels - 2 * line
    found = {
        part: max(sqrt(_area(outline.trace, inner, line)) for outline in outlines)
        for part, outlines in shape.parts.items()
        if item.parts is None or part in item.parts
    }
    return tuple(sorted((part for part, side in found.items() if side >= SEEN), key=lambda part: -found[part]))


def _area(trace: Trace, scale: float, line: float) -> float:
    """What a form covers, in square pixels."""
    rings = sum(
        abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise((*ring, ring[0])))) / 2
        for ring in trace.rings
    )
    strokes = sum(
        sum(map(dist, stroke.points, stroke.points[1:])) * scale * (stroke.width * scale or line)
        for stroke in trace.strokes
    )
    return rings * scale * scale + strokes


@dataclass(frozen=True, slots=True)
class Gap:
    """The room between two boxes that lie beside each other, or one above the other."""

    level: bool
    """Whether they lie beside each other; the gap goes from left to right then, otherwise from top to bottom."""
    start: float
    end: float
    """Where it begins and ends; the end lies before the start if the boxes overlap."""


def gap_between(a: Bounds, b: Bounds) -> Gap:
    """The wider of the two gaps between boxes, as measured by how large they are."""
    left, right = sorted((a, b), key=lambda box: box.left + box.right)
    upper, lower = sorted((a, b), key=lambda box: box.top + box.bottom)
    beside = (right.left - left.right) / (a.width + b.width)
    if beside >= (lower.top - upper.bottom) / (a.height + b.height):
        return Gap(True, left.right, right.left)
    return Gap(False, upper.bottom, lower.top)


def related(kind: str, box: Bounds, other: Bounds, second: Bounds | None = None) -> bool:
    """Whether a thing with that box is ``left of``, ``on``, ``inside``, ... a thing with the other box; ``between``
    asks for a second one.

    Beside means at a common height and not overlapping by more than a tenth of the other; above and below likewise.
    ``on`` asks for contact, ``inside`` for the centre and nearly all of the area. Of what lies one behind the other,
    boxes tell only that they overlap and which foot is lower, not which was drawn first.
    """
    dx, dy = other.width / 10, other.height / 10
    level = box.top < other.bottom and other.top < box.bottom
    upright = box.left < other.right and other.left < box.right
    match kind:
        case "left of":
            return level and box.right <= other.left + dx
        case "right of":
            return level and box.left >= other.right - dx
        case "above":
            return upright and box.bottom <= other.top + dy
        case "below":
            return upright and box.top >= other.bottom - dy
        case "on":
            return upright and abs(box.bottom - other.top) <= TOUCH
        case "inside":
            return other.grown(dx, dy).contains(box)
        case "between":
            return second is not None and _between(box, other, second)
        case "behind":
            return _behind(box, other)
        case "in front of":
            return _behind(other, box)
        case "held by":
            return _held(box, other)
    return related("left of", box, other) or related("right of", box, other)


def _between(box: Bounds, a: Bounds, b: Bounds) -> bool:
    """Whether it lies in the gap between two, reaching over neither by more than a tenth, and not aside of both."""
    gap = gap_between(a, b)
    if gap.level:
        start, end, slack = box.left, box.right, min(a.width, b.width) / 10
        along = box.top < max(a.bottom, b.bottom) and box.bottom > min(a.top, b.top)
    else:
        start, end, slack = box.top, box.bottom, min(a.height, b.height) / 10
        along = box.left < max(a.right, b.right) and box.right > min(a.left, b.left)
    return along and start >= gap.start - slack and end <= gap.end + slack


def _behind(box: Bounds, other: Bounds) -> bool:
    """Whether it may be partly hidden by the other: they overlap, and the other stands no higher."""
    shared, area = common(box, other), box.width * box.height
    lapped = shared >= LAPPED * min(area, other.width * other.height)
    return lapped and shared <= HIDDEN * area and box.bottom <= other.bottom + other.height / 10


def _held(box: Bounds, other: Bounds) -> bool:
    """Whether it may be in the other's grip: its middle lies within the other, and it is not the larger one."""
    dx, dy = other.width / 10, other.height / 10
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    larger = max(box.width, box.height) > max(other.width, other.height)
    return not larger and other.grown(dx, dy).contains(Bounds(x, y, x, y))
