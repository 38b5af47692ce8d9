"""Reads what is copied, how often and where to: "the tree twice", "the star to the right of the house"."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.nouns import noun
from stepweave.world.language.places import where
from stepweave.world.language.syntax import Change, Clause
from stepweave.world.scene import sharper


def read_duplicate(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "duplicate": "the tree twice", "the tree on the left to the right of the house"."""
    target = noun(at)
    if target is None:
        return None
    start = at.position
    precise = at.skip("precise")
    count = _times(at)
    at.position = at.position if count else start
    place = where(at, noun)
    if place is None and target.where is not None and (target.where.relation or target.where.towards):
        target, place = replace(target, where=None), target.where
    insisted = sharper((), *(("count",) if precise and count else ()), *(("place",) if place and place.precise else ()))
    return (Clause("copy", (target,), change=Change(where=place, precise=insisted), count=count or _times(at)),)


def _times(at: Cursor) -> int | None:
    """Read "twice", "three times"."""
    if (times := at.take("times")) is not None:
        return int(times)
    if at.sees("number") and at.sees("time", ahead=1):
        times = at.take("number")
        at.take("time")
        return int(times or 1)
    return None
