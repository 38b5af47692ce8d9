"""Reads what is turned and how: "the house upside down", "the boat to the left"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.lists import read_targets
from stepweave.world.language.rotating import read_rotation
from stepweave.world.language.syntax import Change, Clause, Noun


def read_rotated(at: Cursor, usual: str | None) -> tuple[Clause, ...] | None:
    """Read what is turned and how; ``usual`` is how if nothing is said of it."""
    targets = read_targets(at)
    if not targets:
        return None
    start = at.position
    at.skip("over", "up")
    precise = at.skip("precise")
    at.skip("turned")
    pose = read_rotation(at)
    if pose is None:
        at.position = start
        targets, pose, precise = _from_place(at, targets)
    at.skip("over", "up")
    precise = at.skip("precise") or precise
    pose = pose or usual
    if pose is None:
        return None
    insisted = ("pose",) if precise else ()
    flip = pose == "flip"
    return (Clause("change", targets, change=Change(turn=0 if flip else int(pose), flip=flip, precise=insisted)),)


def _from_place(at: Cursor, targets: tuple[Noun, ...]) -> tuple[tuple[Noun, ...], str | None, bool]:
    """Take "to the left" back, which was read as the place of what is turned."""
    last = targets[-1]
    if last.where is None or not last.where.towards or last.where.place not in ("left", "right"):
        return targets, None, False
    pose = "90" if last.where.place == "right" else "270"
    return (*targets[:-1], replace(last, where=None)), pose, last.where.precise


def turned_by(usual: str) -> Callable[[Cursor], tuple[Clause, ...] | None]:
    """How to read on after a verb that turns things in its usual way."""
    return lambda at: read_rotated(at, usual)
