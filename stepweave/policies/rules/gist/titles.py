"""Titles of requests: what stands before a colon or a dash only tells what it is all about."""

from __future__ import annotations

import re

from stepweave.policies.rules.gist.skimming import nouns_and_marks, things
from stepweave.policies.rules.gist.terms import terms
from stepweave.world.language.errors import UnknownWords

LONGEST = 80
"""Most characters of a title."""
ENDS = re.compile(r"\s*:(?=\s)|\s+[-–—]+\s+(?=\w)")
"""What a title ends with."""
DRAWN = (
    r"(?<!\bfor\s)(?<!\babout\s)(?<!\bof\s)"
    r"\b(?:an?|one|two|three|four|five|\d+|some|the|my|draw|add)\s+(?:\w+\s+){0,2}?"
)
"""What stands before a noun that is to be drawn."""


def without_unknown(text: str) -> str:
    """A request without the words of its title that nobody here knows, where what follows names what to draw.

    A title whose unknown word is itself what shall be drawn ("a giraffe: ...") stays, so that it is refused.
    """
    end = ENDS.search(text)
    if end is None or end.start() > LONGEST or re.search(r"[.!?;\n]\s", text[: end.start()]):
        return text
    head, rest = text[: end.start()], text[end.start() :]
    unknown = _unknown(head)
    if not unknown or not things(nouns_and_marks(f"{head} {rest}")):
        return text
    words = "|".join(map(re.escape, unknown))
    drawn = re.search(rf"{DRAWN}(?:{words})\s*$", head, re.IGNORECASE)
    if drawn and not things(nouns_and_marks(drawn[0])) and not re.search(rf"\b(?:{words})\b", rest):
        return text
    return re.sub(rf"\b(?:{words})\b", " ", head, flags=re.IGNORECASE) + rest


def _unknown(text: str) -> tuple[str, ...]:
    try:
        terms(text)
    except UnknownWords as error:
        return error.words
    return ()
