"""What faces and bodies have in common: forms built from a few numbers."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from stepweave.world.things.forms import Blob, Ellipse, Form, Point, Points


def eyeballs(*centres: Point, radius: float, look: Point = (0, 0)) -> tuple[Form, ...]:
    """Eyes with dark pupils, which show on any colour; ``look``: how far the pupils lie from the middle."""
    dx, dy = look
    whites = tuple(Ellipse(x, y, radius, radius * 1.08) for x, y in centres)
    pupils = tuple(Ellipse(x + dx, y + dy, radius * 0.62, radius * 0.68, paint="ink") for x, y in centres)
    gleams = tuple(
        Ellipse(x + dx - radius * 0.18, y + dy - radius * 0.26, radius * 0.25, radius * 0.27, paint="gleam")
        for x, y in centres
    )
    return (*whites, *pupils, *gleams)


def pale(form: Form) -> tuple[Form, Form]:
    """A form with its outline, of a lighter tone than its part: a muzzle, a belly."""
    return form, replace(form, paint="light")


def symmetric(half: Points, axis: float = 50) -> Blob:
    """A smooth closed shape from its right half, from top to bottom; points on the axis are taken once."""
    left = tuple((2 * axis - x, y) for x, y in reversed(half) if x != axis)
    return Blob((*half, *left))


def tapered(*path: tuple[float, float, float]) -> Blob:
    """A smooth limb along points (x, y, width): trunks, necks, tails. It has at least three."""
    points = [(x, y) for x, y, _ in path]
    sides: tuple[list[Point], list[Point]] = ([], [])
    for i, (x, y, width) in enumerate(path):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        length = hypot(bx - ax, by - ay)
        nx, ny = (by - ay) / length * width / 2, -(bx - ax) / length * width / 2
        sides[0].append((x + nx, y + ny))
        sides[1].append((x - nx, y - ny))
    return Blob((*sides[0], *reversed(sides[1])))
