"""Writes short forms of words out: how people type, and what they mean."""

from __future__ import annotations

import re

from stepweave.policies.rules.gist.errands import ERRANDS
from stepweave.policies.rules.gist.framing import FRAMING
from stepweave.policies.rules.gist.idioms import IDIOMS

TYPED: tuple[tuple[str, str], ...] = (
    (r"\b(there|that|here|what)s\b(?=\s+(?:an?|the|my|one|two|no|some)\b)", r"\1 is"),
    (r"\bu\b", "you"),
    (r"\bnxt\b", "next"),
    (r"\bur\b", "your"),
    (r"(?<=\bhow)\s+2\s+(?=[a-z])", " to "),
    (r"\b(?:pl[zs]+|pleas|pleez|plse|plez)\b", "please"),
    (r"\b(?:thx|thanx|ty)\b", "thanks"),
    (r"\b(?:pic|img|foto)\b", "picture"),
    (r"\b(?:pics|imgs|fotos)\b", "pictures"),
    (r"\bbg\b", "background"),
    (r"\bincl?\b\.?", "including"),
    (r"\b(?:a+w+|h+m+|wh?e{2,}|yay+|oops|ta-?da+|psst|brr+|z{2,}|yum+|o{2,}h+|whoa|huh|ugh|phew|shh+|wow)\b[.!,]*", ""),
    (r"(?:^|(?<=[.!?]))\s*(?:lift|blast|take)[\s-]?off\s*[!.:]", ""),
    (r"\b(?:drow|drwa|darw|draww)\b", "draw"),
    (r"\boh\s+(?:no|dear|my)\b[,!.]*", ""),
    (r"(?<=[.!?…])\s*no,\s+(?=\w)", " "),
)
"""Short forms and slips, with what they stand for."""


CORRECTED = re.compile(
    r"\b(?:an?|the|one|two|three|four|five|some)\s+[^,.;:!?…()]{1,24}?\s*(?:\.{2,}|…|[?,(–-])\s*(?:oh\s+|uh\s+|er+m?\s+)?"
    r"(?:no|wait|sorry|actually|i\s+mean|well|or\s+rather|make\s+that|scratch\s+that)\b"
    r"(?:[\s,]+(?:no|wait|sorry|actually|just|i\s+mean|make\s+(?:that|it)))*[\s,]+(?=(?:an?|the|one|two|three|four|five|some)\s)",
    re.IGNORECASE,
)
"""What somebody takes back, and puts something else in its place of: "a crab ... no, sorry, a turtle"."""


RECALLED = re.compile(
    r"[^.!?;…\n]+[.!?;…]+\s*(?:oh\s+)?(?:no,?\s+wait|wait,?\s+no|no,?\s+sorry|sorry,?\s+no|scratch\s+that|actually,?\s+no"
    r"|forget\s+(?:that|it)|never\s*mind(?:\s+that)?|on\s+second\s+thoughts?)[\s,.:;!-]+(?=\w)",
    re.IGNORECASE,
)
"""A sentence that the next one takes back."""
UNQUOTED = re.compile(
    r"\b(?P<write>(?i:write|print|spell|type|(?:the\s+)?(?:words?|text|title|caption|label|letters?)|say(?:s|ing)?))\s+"
    r"(?P<words>[A-Z][A-Z0-9!?']+(?:\s+[A-Z][A-Z0-9!?']+)*|(?<=words\s)[A-Z][\w!?']*(?:\s+[A-Z][\w!?']*)*"
    r"|(?<=word\s)[A-Z][\w!?']*)(?=[\s,.;]|$)"
)
"""Words to be written that are in capitals instead of in quotes."""
_WORDS = r"[A-Z][\w'!?]*(?:\s+[\w'!?]+){0,5}?"
_THERE = r"\s+(?:at|in|on|under|above|below)\s+the\b"
WRITTEN = re.compile(
    rf"\b(?P<lead>with(?=\s+{_WORDS}\s+written\b)|(?:[Ww]rite|[Pp]rint)(?=\s+{_WORDS}{_THERE}))"
    rf"\s+(?P<words>{_WORDS})(?=\s+written\b|{_THERE})"
)
"""Words to be written that begin with a capital, without quotes around them."""
DEPICTED = re.compile(
    r"\b(illustrate|visuali[sz]e|depict|picture|show(?:\s+me)?|draw(?:\s+me)?)\s*:?\s+\"([^\"\n]+\s[^\"\n]+\s[^\"\n]+)\"",
    re.IGNORECASE,
)
"""What shall be seen, in quotes."""
BENCH = re.compile(
    r"\bwork\s?(?:space|top|area|station)\b|\bbench\b(?=.*\b(?:arm|gripper|robot|jug|block|bowl)s?\b)|(?<=\bworkshop\s)bench\b|\bwork\s+bench\b",
    re.IGNORECASE | re.DOTALL,
)
ARM = re.compile(r"\b(?:arm|gripper|jug|block|bowl)s?\b.*?\bbench\b", re.IGNORECASE | re.DOTALL)


def quoted(text: str) -> str:
    """A request with quotes around words to be written that are in capitals instead."""
    if '"' not in text:
        text = WRITTEN.sub(lambda match: f'{match["lead"]} "{match["words"]}"', text)
    text = DEPICTED.sub(r"\1 \2", text)
    return UNQUOTED.sub(lambda match: f'{match["write"]} "{match["words"]}"', text)


OTHER_SIDE = re.compile(
    r"\b(?:on|at|to)\s+(?:the|its)\s+other\s+side\b(?:\s+of\s+(?P<what>(?:the\s+)?\w+))?", re.IGNORECASE
)
BESIDE = re.compile(r"\b(?:beside|next\s+to|by)\s+(?P<what>(?:the|an?|its?)\s+\w+|it)\b", re.IGNORECASE)


def _sided(text: str) -> str:
    """ "Beside the table ... on the other side of it" with the sides told."""
    other = OTHER_SIDE.search(text)
    if other is None:
        return text
    before, behind = text[: other.start()], text[other.end() :]
    what = other["what"] or "it"
    sides = re.findall(r"\b(left|right)\b", before, re.IGNORECASE)
    if not sides and (beside := list(BESIDE.finditer(before))):
        at = beside[-1]
        before, sides = f"{before[: at.start()]}to the left of {at['what']}{before[at.end() :]}", ["left"]
    if not sides:
        return text
    side = "right" if sides[-1].lower() == "left" else "left"
    whither = f"to its {side}" if what == "it" else f"to the {side} of {what}"
    return f"{before}{whither}{behind}"


BACKDROPS = re.compile(r"\b(on|against)\s+(an?)\s+(\w+)\s+one\b", re.IGNORECASE)
"""Another background, where one was named before."""


def _backdrops(text: str) -> str:
    """ "On a blue background, on a pink one" with both named."""
    head, background, rest = text.partition("background")
    return head + background + BACKDROPS.sub(r"\1 \2 \3 background", rest)


_ITEM = (
    r"(?:an?|the|pick|put|place|move|take|grab|grasp|open|close|push|pour|stack|lift|release|add|draw|remove|make|paint"
    r"|robot|arm|gripper)\s"
)
FIRST_OF_ALL = re.compile(rf"(?:^|[:.\n]\s*)1\s+{_ITEM}.*?[,;.\n]\s*2\s+{_ITEM}", re.IGNORECASE | re.DOTALL)
BARE_NUMBER = re.compile(rf"(?P<before>^|[:,;.\n]\s*)(?P<number>\d)\s+(?={_ITEM})", re.IGNORECASE)
"""A number before an item, with nothing to set it apart."""


def _numbered(text: str) -> str:
    """ "1 a tree, 2 a bird" as "1. a tree, 2. a bird"."""
    return BARE_NUMBER.sub(r"\g<before>\g<number>. ", text) if FIRST_OF_ALL.search(text) else text


def spelt_out(text: str) -> str:
    """A request with short forms of words written out."""
    text = BENCH.sub("workbench", text)
    if ARM.search(text):
        text = re.sub(r"\bbench\b", "workbench", text)
    text = _numbered(_sided(_backdrops(text)))
    text = RECALLED.sub("", CORRECTED.sub("", text))
    for short, full in (*TYPED, *FRAMING, *ERRANDS, *IDIOMS):
        text = re.sub(short, full, text, flags=re.IGNORECASE)
    return text
