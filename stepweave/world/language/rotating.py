"""Reads how something is turned: "upside down", "90 degrees clockwise", "a quarter turn to the left"."""

from __future__ import annotations

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NotPossible

QUARTER, FULL = 90, 360


def read_rotation(at: Cursor) -> str | None:
    """Read degrees clockwise, as digits, or ``flip``; ``None``, and nothing is read, if there is nothing of it here.

    Raises:
        NotPossible: it is no quarter turn.
    """
    start = at.position
    at.skip("by")
    way = _direction(at)
    at.skip("by")
    pose = at.take("pose") or at.take("spun")
    degrees = int(pose) if pose and pose != "flip" else None if pose else _degrees(at)
    if pose == "flip":
        return pose
    way = way or _direction(at)
    if degrees is None and way is None:
        at.position = start
        return None
    degrees = QUARTER if degrees is None else degrees
    turned = degrees % FULL
    if degrees % QUARTER or not turned:
        raise NotPossible(
            f"a thing cannot be turned by {degrees} degrees here", "turn it by 90, 180 or 270 degrees, or flip it"
        )
    return str(FULL - turned if way == "anticlockwise" else turned)


def _degrees(at: Cursor) -> int | None:
    if at.sees("number") and at.sees("angle", ahead=1):
        degrees = int(at.take("number") or 0)
        at.take("angle")
        return degrees
    return None


def _direction(at: Cursor) -> str | None:
    """Read "clockwise" or "to the left"; but not "to the left of" something."""
    start = at.position
    if (way := at.take("direction")) is not None:
        return way
    if at.take("preposition"):
        at.skip("definite")
        side = at.take("place")
        if side in ("left", "right") and not at.sees("of", "side"):
            return "clockwise" if side == "right" else "anticlockwise"
    at.position = start
    return None
