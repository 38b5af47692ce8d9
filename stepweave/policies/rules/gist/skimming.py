"""Looks over what a text names and says, without reading what it means."""

from __future__ import annotations

from collections.abc import Iterable

from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import pieces
from stepweave.policies.rules.gist.terms import terms

SCENERY = ("setting", "weather")
"""What words between nouns are where they tell where a picture plays."""


def nouns_and_marks(text: str, *, story: bool = False) -> list[Piece]:
    """What a text names and says, whatever else it speaks of."""
    return pieces(terms(text, story=story, lenient=True))


def things(found: Iterable[Piece]) -> list[Noun]:
    """The nouns that name things."""
    return [one for one in found if isinstance(one, Noun) and one.head == "thing"]


def playing(where: Mark) -> str:
    """Words for where a picture plays."""
    return "at night" if where.value == "night" else f"in the {where.value}"


def scenery(found: Iterable[Piece]) -> list[Mark]:
    """The words that tell where a picture plays."""
    return [one for one in found if isinstance(one, Mark) and one.kind in SCENERY]
