"""Reads what things become: "the roof red and the walls blue", "bigger", "into a square"."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.lists import is_noun_after_all, read_into, read_items, read_targets
from stepweave.world.language.nouns import noun
from stepweave.world.language.places import where
from stepweave.world.language.rotating import read_rotation
from stepweave.world.language.syntax import Change, Clause, Where
from stepweave.world.scene import sharper

BOTH = "both"


def read_become(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "make", "turn", "paint": "the roof red and the walls blue", "it bigger", "a house"."""
    found: list[Clause] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            break
        targets = read_targets(at) if not (found and at.sees("verb") and not is_noun_after_all(at)) else ()
        change = read_change(at) if targets else None
        if change is None:
            at.position = start
            break
        found.append(Clause("change", targets, change=change))
    return tuple(found) or None


def read_change(at: Cursor) -> Change | None:
    """Read what something becomes: "blue", "bigger and red", "to the left", "into a square"."""
    change = Change()
    start = at.position
    while True:
        here = at.position
        if change != Change() and not at.skip("and", "comma"):
            return change
        more = _becoming(at, change)
        if more is None:
            at.position = here if change != Change() else start
            return change if change != Change() else None
        change = more


def _becoming(at: Cursor, change: Change) -> Change | None:
    start = at.position
    for read in (_quality, _having, _deed, _transformation, _somewhere):
        if (more := read(at, change)) is not None:
            return more
        at.position = start
    return None


def _quality(at: Cursor, change: Change) -> Change | None:
    if at.take("from"):
        at.skip("colour", "size")
    at.skip("to", "coloured", "preposition", "be", "with", "degree", "indefinite")
    precise = at.skip("precise")
    if at.sees("degree") or at.sees("comparative", ahead=1):
        at.position += 1
    colour = at.take("colour")
    size = at.take("size") or at.take("comparative") if colour is None else None
    at.skip("sized", "sizeword", "colourword")
    if (colour is None and size is None) or at.sees("thing", "part", "one", "text", "background", "colour", "size"):
        return None
    if (colour and change.colour) or (size and change.size):
        raise NotPossible("a thing has one colour and one size here", "name one colour, and colour its parts apart")
    insisted = sharper(change.precise, *({"colour" if colour else "size"} if precise else set()))
    return replace(change, colour=colour or change.colour, size=size or change.size, precise=insisted)


def _having(at: Cursor, change: Change) -> Change | None:
    """Read "have a red roof"."""
    items = read_items(at) if at.take("with") else ()
    return replace(change, having=items) if items and all(item.head == "part" for item in items) else None


def _deed(at: Cursor, change: Change) -> Change | None:
    """Read "sleep", "sleeping", "upside down", "stop singing"."""
    at.skip("to", "be")
    if at.text(at.position, at.position + 1) == BOTH:
        at.take("every")
    precise = at.skip("precise")
    at.skip("be")
    begins = change != Change() and at.sees("verb")  # "medium and flip the flower": the next thing to be done
    pose = read_rotation(at) if at.take("turned") else None if begins else at.take("pose")
    action = at.take("acts") or at.take("acting") if pose is None else None
    if pose is None and action is None:
        return None
    if action == REST:
        at.take("acting")
    if action is not None and change.action not in (None, action):
        raise NotPossible("a thing does one thing at a time here", "name one of them")
    insisted = sharper(change.precise, *(("pose",) if precise else ()))
    if pose is None:
        place = (where(at, noun) or read_into(at)) if change.where is None else None
        insisted = sharper(insisted, *(("place",) if place and place.precise else ()))
        return replace(change, action=action, where=place or change.where, precise=insisted)
    turn = 0 if pose == "flip" else int(pose)
    return replace(change, turn=change.turn + turn, flip=change.flip or pose == "flip", precise=insisted)


def _transformation(at: Cursor, change: Change) -> Change | None:
    at.skip("to", "be", "around")
    amid = not at.sees("thing", "text", "adverbial") and at.skip("amid", "to")
    into = noun(at)
    if into is not None and into.head == "background" and into.name:
        return replace(change, into=into)
    if amid:
        return None
    if into is None or (into.head == "text" and not into.label) or into.head not in ("thing", "text"):
        return None
    if into.definite and into.head == "thing":
        return None
    return replace(change, into=into)


def _somewhere(at: Cursor, change: Change) -> Change | None:
    place = where(at, noun)
    if place is None or place == Where():
        return None
    return replace(change, where=place, precise=sharper(change.precise, *(("place",) if place.precise else ())))
