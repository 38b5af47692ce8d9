"""Forms: the primitives that parts are made of, as data in a thing's own coordinates (x right, y down, any unit).

A form knows only its geometry: closed rings to be filled and open lines to be stroked. How it is painted is one of
five words:

=========  ==================================================================
``fill``   the part's colour, shaded, with an outline
``flat``   the part's colour, nothing else
``shade``  a darker tone of the part's colour
``light``  a lighter tone of the part's colour
``ink``    the colour of outlines
``gleam``  white, for a highlight
=========  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin
from typing import Literal

Paint = Literal["fill", "flat", "shade", "light", "ink", "gleam"]
Point = tuple[float, float]
Points = tuple[Point, ...]

ROUND = 64
"""Points around a whole ellipse."""
SMOOTH = 8
"""Points between two points of a smooth path."""
CORNER = 5
"""Points around a rounded corner."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """An open line and its width; 0: the weight of an outline."""

    points: Points
    width: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The geometry of a form: rings are closed and filled, strokes are open."""

    rings: tuple[Points, ...] = ()
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What all forms have in common."""

    paint: Paint = "fill"
    of: str | None = None
    """Another part of the thing whose colour it has (hands have the colour of the head)."""
    colour: str | None = None
    """A colour word of its own that nothing changes (tears are blue)."""

    def trace(self) -> Trace:
        """Its geometry, flattened to points."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Ellipse(Form):
    """An ellipse around (x, y) with radii ``rx`` and ``ry``, turned clockwise by ``turn`` degrees."""

    x: float
    y: float
    rx: float
    ry: float
    turn: float = 0.0

    def trace(self) -> Trace:
        """One ring."""
        ring = _arc(self.x, self.y, self.rx, self.ry, 0, 360)[:-1]
        return Trace(rings=(_turned(ring, (self.x, self.y), self.turn),))


@dataclass(frozen=True, slots=True)
class Box(Form):
    """A rectangle from its top left corner, with rounded corners, turned clockwise around its centre."""

    x: float
    y: float
    w: float
    h: float
    radius: float = 3.0
    turn: float = 0.0

    def trace(self) -> Trace:
        """One ring."""
        left, top, right, bottom = self.x, self.y, self.x + self.w, self.y + self.h
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        middle = (self.x + self.w / 2, self.y + self.h / 2)
        return Trace(rings=(_turned(_rounded(corners, self.radius), middle, self.turn),))


@dataclass(frozen=True, slots=True)
class Polygon(Form):
    """A closed polygon whose corners may be rounded."""

    points: Points
    radius: float = 0.0

    def trace(self) -> Trace:
        """One ring."""
        return Trace(rings=(_rounded(self.points, self.radius),))


@dataclass(frozen=True, slots=True)
class Blob(Form):
    """A smooth closed path through its points."""

    points: Points

    def trace(self) -> Trace:
        """One ring."""
        n = len(self.points)
        around = [self.points[i % n] for i in range(-1, n + 2)]
        return Trace(rings=(_smooth(around)[:-1],))


@dataclass(frozen=True, slots=True)
class Line(Form):
    """An open path through its points: straight, or smooth."""

    points: Points
    width: float = 0.0
    """0: the weight of an outline."""
    smooth: bool = False

    def trace(self) -> Trace:
        """One stroke."""
        path = _smooth([self.points[0], *self.points, self.points[-1]]) if self.smooth else self.points
        return Trace(strokes=(Stroke(path, self.width),))


@dataclass(frozen=True, slots=True)
class Arc(Form):
    """A piece of an ellipse's edge, from ``start`` to ``end`` degrees; 0 is right, 90 is down."""

    x: float
    y: float
    rx: float
    ry: float
    start: float
    end: float
    width: float = 0.0
    """0: the weight of an outline."""

    def trace(self) -> Trace:
        """One stroke."""
        path = _arc(self.x, self.y, self.rx, self.ry, self.start, self.end)
        return Trace(strokes=(Stroke(path, self.width),))


@dataclass(frozen=True, slots=True)
class Merged(Form):
    """Several forms that melt into one, with one outline around all of them (the crown of a tree)."""

    forms: tuple[Form, ...]

    def trace(self) -> Trace:
        """The rings and strokes of all of them."""
        traces = [form.trace() for form in self.forms]
        return Trace(
            rings=tuple(ring for trace in traces for ring in trace.rings),
            strokes=tuple(stroke for trace in traces for stroke in trace.strokes),
        )


@dataclass(frozen=True, slots=True)
class Mirrored(Form):
    """The mirror image of a form about the vertical line at ``axis``."""

    form: Form
    axis: float

    def trace(self) -> Trace:
        """Its geometry, flipped."""
        trace = self.form.trace()
        return Trace(
            rings=tuple(_flipped(ring, self.axis) for ring in trace.rings),
            strokes=tuple(Stroke(_flipped(stroke.points, self.axis), stroke.width) for stroke in trace.strokes),
        )


def mirrored(forms: Iterable[Form], axis: float) -> tuple[Form, ...]:
    """The forms and their mirror images about the vertical line at ``axis``: eyes, ears, wheels."""
    return tuple(
        image
        for form in forms
        for image in (form, Mirrored(form, axis, paint=form.paint, of=form.of, colour=form.colour))
    )


def _flipped(points: Points, axis: float) -> Points:
    return tuple((2 * axis - x, y) for x, y in points)


def _arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Points:
    steps = max(2, round(abs(end - start) / 360 * ROUND))
    angles = (radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return tuple((x + rx * cos(a), y + ry * sin(a)) for a in angles)


def _turned(points: Points, centre: Point, degrees: float) -> Points:
    if not degrees:
        return points
    (cx, cy), c, s = centre, cos(degrees * pi / 180), sin(degrees * pi / 180)
    return tuple((cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points)


def _smooth(points: list[Point]) -> Points:
    """A Catmull-Rom curve through all points but the first and the last, which only steer it."""
    curve: list[Point] = []
    for p0, p1, p2, p3 in zip(points, points[1:], points[2:], points[3:], strict=False):
        for i in range(SMOOTH):
            t = i / SMOOTH
            x, y = (_spline(p0[k], p1[k], p2[k], p3[k], t) for k in (0, 1))
            curve.append((x, y))
    return (*curve, points[-2])


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _rounded(corners: Points, radius: float) -> Points:
    """The polygon with a quadratic curve in place of every corner, no longer than half of its shorter edge."""
    if radius <= 0:
        return corners
    ring: list[Point] = []
    for i, corner in enumerate(corners):
        start = _towards(corner, corners[i - 1], radius)
        end = _towards(corner, corners[(i + 1) % len(corners)], radius)
        for k in range(CORNER + 1):
            t = k / CORNER
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            ring.append((a * start[0] + b * corner[0] + c * end[0], a * start[1] + b * corner[1] + c * end[1]))
    return tuple(ring)


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1])
    share = min(0.5, distance / length)
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
