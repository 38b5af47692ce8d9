"""Finds what people number: "1. ... 2. ...", "a) ... b) ...", "Picture one: ... Picture two: ..."."""

from __future__ import annotations

import re
from collections.abc import Callable

UNIT = (
    r"step|picture|pic|image|frame|panel|part|scene|slide|drawing|day|stage|moment|shot|phase|action|state|position|move"
    r"|task|keyframe|photo|page|edit|change"
)
"""What pictures are called one by one."""
_COUNT = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten"
NUMBERED = re.compile(
    rf"""(?:^|(?<=[\s,.;:!?/(]))(?:and\s+)?(?:in|on|for)?\s*(?:the\s+)?\#?
    (?:(?:{UNIT})\s*(?:no\.?\s*|number\s*)?\#?(?P<named>{_COUNT})\s*(?:[.,:)/-]|–|should\s+show|shows|has|is|\s)\s*
      |[(\[]?(?P<digit>\d{{1,2}})(?:[.):/\]](?!\d)|\s*[-–—]\s)\s*
      |(?P<letter>[a-hA-H])(?:\)|:|\.(?=\s))\s*)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A number before an item."""
BULLET = re.compile(r"^\s*[-*•–—·▪]\s+", re.MULTILINE)
EDITED = re.compile(r"\W*(?:edit|change)\b", re.IGNORECASE)
"""What is numbered upon a picture that is told before."""
MANY = 2
"""How many pieces a list with bullets has at least, with what stands before the first."""


def numbered(text: str, speaks: Callable[[str], bool]) -> list[str]:
    """The texts behind numbers that count up from one, or from two where a first item stands before.

    Args:
        text: the text.
        speaks: whether a text without a number is an item, too, or belongs to the first one.
    """
    kept: list[re.Match[str]] = []
    for match in NUMBERED.finditer(text):
        number = _counted(match)
        second = not kept and number == 2 and speaks(text[: match.start()])
        if second or number == (_counted(kept[-1]) + 1 if kept else 1):
            kept.append(match)
    first = bool(kept) and _counted(kept[0]) == 1
    if len(kept) < (2 if first else 1):
        bullets = BULLET.split(text)
        return [one for one in bullets if one.strip()] if len(bullets) > MANY else []
    head = text[: kept[0].start()]
    ends = [*(match.start() for match in kept[1:]), len(text)]
    parts = [text[match.end() : end] for match, end in zip(kept, ends, strict=True)]
    edits = EDITED.match(kept[0][0]) is not None and speaks(head)
    if not first or edits:
        return [head, *parts]
    return [f"{head} {parts[0]}" if speaks(head) else parts[0], *parts[1:]]


def _counted(match: re.Match[str]) -> int:
    if match["letter"]:
        return ord(match["letter"].lower()) - ord("a") + 1
    word = (match["named"] or match["digit"]).lower()
    return int(word) if word.isdecimal() else _COUNT.split("|").index(word)
