"""Is this measured colour that colour word? Small parts, and pictures that went through JPEG, bleed into each other.

A colour that was measured on something thin lies somewhere between its own and that of what surrounds it: its
brightness is nearly its own, its hue less so. So a word fits when the measured colour lies near the line from the
word's colour to the surroundings, not too far along it.
"""

from __future__ import annotations

import numpy as np

from stepweave.policies.pixels.readings import PartSeen
from stepweave.policies.pixels.segments import Floats
from stepweave.world.vocabulary import COLOURS

THIN, WIDE = 2.0, 12.0
"""Widths in pixels of the picture at which a part bleeds most, and not at all."""
BLEEDING = 0.65
"""Greatest share of the surroundings in a hue."""
DIMMING = 0.35
"""The share of that in the brightness."""
FINE, DOUBT = (1.2, 2.2), (28.0, 14.0)
"""How much further than the nearest word, in levels of 255 and squared differences, an expected one may be, for parts
of these widths and beyond. Measured on some 2000 parts after JPEG 85: less than one in a hundred true colours lies
beyond it, and as few false ones within."""
LIKELIEST, POSSIBLE = 3, 70.0
"""How many words a colour may fit, at most, and how much farther from them than from the nearest it may be."""
_YCC: Floats = np.array([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]], np.float32)
_WORDS: Floats = np.array(list(COLOURS.values()), np.float32) @ _YCC.T


def colour_word(seen: PartSeen, expected: str | None = None) -> str:
    """The colour word that a measured colour fits; the expected one if it is as likely as any."""
    distances = _distances(seen)
    nearest = int(distances.argmin())
    if expected is not None:
        there = float(distances[tuple(COLOURS).index(expected)])
        doubt = float(np.interp(seen.width, FINE, DOUBT))
        if there**2 <= float(distances[nearest]) ** 2 + doubt**2:
            return expected
    return tuple(COLOURS)[nearest]


def likely_words(seen: PartSeen) -> list[str]:
    """The words that a measured colour may fit, the likeliest first."""
    distances = _distances(seen)
    words = tuple(COLOURS)
    likely = [int(index) for index in distances.argsort()[:LIKELIEST] if distances[index] < distances.min() + POSSIBLE]
    return [words[index] for index in likely]


def _distances(seen: PartSeen) -> Floats:
    """How far the measured colour is from every word, allowing for what it may have taken from its surroundings."""
    measured = _YCC @ np.array(seen.rgb, np.float32)
    around = _YCC @ np.array(seen.around, np.float32)
    most = BLEEDING * float(np.interp(seen.width, (THIN, WIDE), (1.0, 0.0)))
    shares = np.linspace(0, most, 6, dtype=np.float32)[:, None, None]
    weights = shares * np.array([DIMMING, 1.0, 1.0], np.float32)
    mixed = _WORDS[None] * (1 - weights) + around * weights
    distances: Floats = np.sqrt(np.square(mixed - measured).sum(axis=-1)).min(axis=0)
    return distances
