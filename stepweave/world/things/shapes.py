"""The plain shapes: things of one part."""

from __future__ import annotations

from math import acos, atan2, cos, hypot, pi, sin

from stepweave.world.things.forms import Box, Ellipse, Form, Points, Polygon
from stepweave.world.things.model import Part, Thing


def _star(points: int, inner: float) -> Points:
    radii = (50.0, inner)
    return tuple(
        (50 + radii[i % 2] * sin(pi * i / points), 50 - radii[i % 2] * cos(pi * i / points)) for i in range(2 * points)
    )


def _heart() -> Points:
    """Two arcs of circles that meet in a notch, and straight flanks that leave them at a tangent for the tip."""
    (x, y), r, tip = (27.0, 28.0), 27.0, (50.0, 92.0)
    gap, notch = hypot(tip[0] - x, tip[1] - y), acos((50 - x) / r)
    flank = atan2(tip[1] - y, tip[0] - x) + acos(r / gap)
    angles = [flank + (2 * pi - notch - flank) * i / 30 for i in range(31)]
    left = [(x + r * cos(a), y + r * sin(a)) for a in angles]
    return (*left, *((100 - px, py) for px, py in reversed(left[:-1])), tip)


def _shape(name: str, colour: str, form: Form) -> Thing:
    return Thing(name, "shape", (Part("shape", colour, (form,)),), extent=0.3, stands=False)


SHAPES = (
    _shape("circle", "red", Ellipse(50, 50, 50, 50)),
    _shape("square", "blue", Box(0, 0, 100, 100, 7)),
    _shape("triangle", "green", Polygon(((50, 0), (100, 88), (0, 88)), 7)),
    _shape("rectangle", "purple", Box(0, 0, 100, 58, 6)),
    _shape("star", "yellow", Polygon(_star(5, 24), 5)),
    _shape("heart", "red", Polygon(_heart(), 5)),
    _shape("diamond", "blue", Polygon(((50, 0), (86, 50), (50, 100), (14, 50)), 6)),
    _shape("oval", "orange", Ellipse(50, 50, 50, 31)),
)
