"""Puts a word with one wrong, missing, doubled or swapped letter right, where it can only have meant one word."""

from __future__ import annotations

from collections.abc import Set
from string import ascii_lowercase

from stepweave.world.language.english import ENGLISH

SHORTEST = 4
"""Words of fewer letters are not put right, except for two swapped letters: too many of them are a letter apart."""

LONGEST = 40
"""Words of more letters are not put right: none that is known has so many, and each letter makes fifty to look up."""


def correct(word: str, known: Set[str], shortest: int = SHORTEST) -> str | None:
    """The one known word that is a single slip away; ``None`` if there is none, or several, or the word is English.

    Two letters swapped say most: all letters are there.
    """
    if word in ENGLISH or not shortest - 1 <= len(word) <= LONGEST:
        return None
    for slips, least in ((_swaps(word), shortest - 1), (_misses(word), shortest)):
        found = {near for near in slips & known if len(near) >= least and len(word) >= least}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _swaps(word: str) -> set[str]:
    return {f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)}


def _misses(word: str) -> set[str]:
    """The words that become this one by a letter left out, put in, or changed."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    return (
        {left + right[1:] for left, right in halves if right}
        | {left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase}
        | {left + letter + right for left, right in halves for letter in ascii_lowercase}
    )
