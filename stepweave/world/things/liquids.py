"""Water: what stands in a vessel that is full."""

from __future__ import annotations

from stepweave.world.things.forms import Ellipse, Form, Polygon
from stepweave.world.things.model import Action

FULL = "full"
"""What a vessel does that has water in it."""
POUR = "pour"
"""What a vessel does from which water runs."""


def full(x: float, y: float, width: float, height: float, hides: tuple[str, ...] = ()) -> Action:
    """A vessel filled to the brim: water stands above its opening, and drops leap from it.

    Args:
        x, y: the middle of the opening.
        width, height: half the width and half the height of the opening.
        hides: parts that are not drawn while it is full (steam).
    """
    rise = 0.3 * width
    return Action(
        FULL,
        (
            Ellipse(x, y - 0.4 * height, 0.86 * width, height, colour="blue"),
            Ellipse(x - 0.3 * width, y - 0.7 * height, 0.3 * width, 0.3 * height, paint="light", colour="blue"),
            _drop(x - 0.3 * width, y - height - 0.7 * rise, 0.5 * rise),
            _drop(x + 0.2 * width, y - height - rise, 0.6 * rise),
        ),
        hides,
    )


def _drop(x: float, y: float, size: float) -> Form:
    point = (x, y - size)
    side = ((x + 0.6 * size, y + 0.2 * size), (x + 0.35 * size, y + 0.75 * size))
    other = tuple((2 * x - px, py) for px, py in reversed(side))
    return Polygon((point, *side, *other), 0.35 * size, colour="blue")
