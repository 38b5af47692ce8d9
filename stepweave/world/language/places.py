"""Reads places: "in the top left corner", "to the left of the house", "inside the box"."""

from __future__ import annotations

from typing import Protocol

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import Incomplete, NotPossible
from stepweave.world.language.syntax import Noun, Where

BESIDE = {"left": "left of", "right": "right of", "top": "on", "middle": "inside", "bottom": "below"}
"""What a side of another thing means as a relation to it."""


HAND = "hand"
"""Stands for that by which a thing holds others."""
_HANDS = frozenset({HAND, "hands", "arms", "claw", "fingers", "legs", "feet", "trunk", "beak", "wings"})
_TOWARDS = ("to", "towards", "toward", "into", "onto", "over to", "up to", "down to", "further to")


class NounReader(Protocol):
    """How a noun is read; places hold nouns and nouns hold places, so each is given to the other."""

    def __call__(self, at: Cursor, *, coloured: bool = True, described: bool = True) -> Noun | None:
        """Read a noun, or nothing."""
        ...


def where(at: Cursor, noun: NounReader) -> Where | None:
    """Read a place; ``None``, and nothing is read, if there is none here.

    Raises:
        NotPossible: a side of another thing that is no place here, such as its top left.
    """
    start = at.position
    at.skip("around")
    precise = at.skip("precise", "around")
    at.position += at.peek("place") == "right" and at.sees("relation", ahead=1)
    for read in (_named, _beside, _picture):
        here = at.position
        if (found := read(at, noun, precise)) is not None:
            return found
        at.position = here
    at.position = start
    return None


def _named(at: Cursor, noun: NounReader, precise: bool) -> Where | None:
    towards = at.text(at.position, at.position + 1) in _TOWARDS
    at.skip("preposition")
    if at.sees("owner") and at.peek("place", 1) in ("left", "right"):
        at.take("owner")
        return Where(relation=f"{at.take('place')} of", to=Noun("it", definite=True), precise=precise)
    at.skip("definite", "indefinite")
    if at.take("side"):
        at.skip("preposition", "of")
        at.skip("definite")
    precise = at.skip("precise") or precise
    place = at.take("place")
    if place is None:
        return None
    at.skip("side")
    return _side_of(at, noun, place, precise) or Where(place=place, precise=precise, towards=towards)


def _side_of(at: Cursor, noun: NounReader, place: str, precise: bool) -> Where | None:
    """Read on to "... of the picture" or "... of the house"."""
    start = at.position
    if not at.take("of"):
        whole = noun(at, described=False) if at.take("preposition") else None
        if whole is None or whole.head != "picture":
            at.position = start
        return None
    behind = at.position
    bare = noun(at, described=False)  # what follows "of the picture" describes what is added, not the picture
    if bare is not None and bare.head in ("picture", "background"):
        at.position = behind if bare.name else at.position  # a place in a street: the street is still to be read
        return None
    at.position = behind
    other = noun(at)
    if other is None:
        at.position = start
        return None
    if place not in BESIDE:
        raise NotPossible(
            f'"{place}" of another thing is not a place it knows',
            "say left of, right of, above, below, on, inside or next to it",
        )
    return Where(relation=BESIDE[place], to=other, precise=precise)


def _beside(at: Cursor, noun: NounReader, precise: bool) -> Where | None:
    if not at.sees("relation") or at.sees("relation", "precise", "definite", ahead=1):
        _lead_in(at)
    precise = at.skip("precise") or precise
    relation = at.take("relation")
    other = noun(at) if relation is not None else None
    if relation is None or other is None or (other.head in ("colour", "size")):
        return None
    if relation == "between":
        return _between(at, noun, other, precise)
    if relation == "inside" and other.head == "part" and other.name in _HANDS:
        return Where(relation="held by", to=other.owner or Noun("it", definite=True), precise=precise)
    if other.head == "background" and other.name:
        return None
    if other.head in ("picture", "background"):
        side = relation.removesuffix(" of")
        return Where(place=side, precise=precise) if side != relation else Where()
    return Where(relation=relation, to=other, precise=precise)


def _between(at: Cursor, noun: NounReader, first: Noun, precise: bool) -> Where:
    """Read on to "... and the tree"; two of a kind are both already."""
    start = at.position
    second = noun(at) if at.take("and") else None
    several = first.plural or first.every or (first.count or 1) > 1
    if second is None or (several and not second.definite):
        at.position = start
        second = None
        if not several:
            raise Incomplete(
                f'it is not said what else "{first.text}" is beside', 'name both: "between the house and the tree"'
            )
    return Where(relation="between", to=first, other=second, precise=precise)


def _lead_in(at: Cursor) -> None:
    """Read over "to" or "on the" before the relation itself: "on the left of the house"."""
    start = at.position
    at.take("preposition")
    at.skip("precise", "definite")
    if not at.sees("relation"):
        at.position = start


def _picture(at: Cursor, noun: NounReader, _precise: bool) -> Where | None:
    """Read "to the picture", which says nothing of where."""
    if at.take("preposition") and (other := noun(at, described=False)) is not None and other.head == "picture":
        return None if other.colour else Where()
    return None
