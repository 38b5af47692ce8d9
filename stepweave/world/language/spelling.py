"""Puts a word with one wrong, missing, doubled or swapped letter right, where it can only have meant one word."""

from __future__ import annotations

from collections.abc import Set
from string import ascii_lowercase

from stepweave.world.language.english import ENGLISH

SHORTEST = 4
"""Words of fewer letters are never put right: too many of them are a letter apart."""


def correct(word: str, known: Set[str], shortest: int = SHORTEST) -> str | None:
    """The one known word that is a single slip away; ``None`` if there is none, or several, or the word is English."""
    if word in ENGLISH or len(word) < shortest:
        return None
    found = {near for near in _slips(word) & known if len(near) >= shortest}
    return found.pop() if len(found) == 1 else None


def _slips(word: str) -> set[str]:
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    return (
        {left + right[1:] for left, right in halves if right}
        | {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
        | {left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase}
        | {left + letter + right for left, right in halves for letter in ascii_lowercase}
    )
