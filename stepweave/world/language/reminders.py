"""Words that insist on what was asked for before, by the aspect that they insist on.

``SENTENCES`` speak of everything that was asked for in the sentence before, or stand behind a thing ("the tree must
really be there"). ``TAILS`` follow what was said about an aspect, and exclude all else.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "missing": "must really be there, must be there, must not be missing, has to be there, really must be there, "
    "must be in the picture, must really be in the picture, should really be there, should be there, must be visible",
    "gone": "must be gone, should be gone, has to be gone, must really be gone, must not be there, must disappear, "
    "must no longer be there",
    "extra": "nothing else may be added, nothing else must be added, nothing else should be added, "
    "no other thing may be added, nothing else may be drawn, nothing else may appear",
    "damaged": "nothing else may change, nothing else must change, nothing else should change, "
    "everything else must stay as it is, nothing else may be changed, all else must stay as it is",
    "drift": "all other colours must stay as they are, all colours must stay as they are, "
    "all other colors must stay as they are, no other colour may change",
}
"""Whole sentences, or the ends of those that begin with a thing."""

TAILS: dict[str, str] = {
    "colour": "and no other colour, and of no other colour, and no other color, and nothing but that colour",
    "place": "and nowhere else, and in no other place",
    "size": "and of no other size, and no other size, no larger and no smaller",
    "count": "no more and no fewer, no more and no less, not more and not fewer, neither more nor fewer",
    "missing": "and may not be left out, and must not be left out, and must not be missing",
    "gone": "and nothing of it may be left, and nothing of it may remain",
    "extra": "not a single other thing, not one other thing",
    "damaged": "not even a little, not in the slightest, not at all",
    "drift": "not even a shade, not by a shade",
    "pose": "and doing nothing else, and turned no other way, and in no other way",
}
