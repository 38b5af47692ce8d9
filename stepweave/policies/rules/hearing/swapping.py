"""Two things that change places, as a move of each."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import rule

_SWAP = (
    r"\b(?:(?:they|both(?:\s+of\s+them)?|the\s+two)\s+(?:then\s+|now\s+)?)?(?:swaps?|switch(?:es)?"
    r"|exchanges?|changes?)\s+"
    r"(?:(?:the\s+)?(?:places|positions)\s+of\s+)?"
    r"(?:places|positions|sides|them|both|the\s+two|their\s+(?:places|positions|sides)|(?P<one>the"
    r"\s+{bare})\s+and\s+(?P<two>the\s+{bare}))"
    r"(?:\s+(?:around|over))?(?:\s*,?\s+so\s+(?:that\s+)?[^.!?;\n]+)?(?=\s*[.!?;,\n]|\s*$)"
)
_NAMED = (
    r"(?P<one>the\s+{bare})\s+and\s+(?P<two>the\s+{bare})\s+(?:swap|switch|exchange|change)\s+(?:places"
    r"|positions|sides)\b"
)


def swapped(text: str) -> str:
    """ "Swap them" as moves: the first of the two to where the second is, and the other way round."""
    match = rule(_NAMED).search(text) or rule(_SWAP).search(text)
    if match is None:
        return text
    before, after = text[: match.start()], text[match.end() :]
    found = list(rule(r"{bare}").finditer(before))[-2:]
    given = [match["one"], match["two"]] if match["one"] else [one[0] for one in found]
    if len(given) != 2 or len(found) != 2:
        return text
    first, second = (re.sub(r"^(?:the|an?|one)\s+", "", one.strip(), flags=re.IGNORECASE) for one in given)
    between = before[found[0].end() : found[1].start()]
    left, right = ("right", "left") if re.search(r"\bright\b(?!\s+of)", between) else ("left", "right")
    if not rule(r"{place}").search(before):
        pair = rule(r"(?P<one>(?:an?|one)\s+{bare})\s+and\s+(?P<two>(?:an?|one)\s+{bare})(?=\s*[.!?;,\n])")
        before = pair.sub(r"\g<one> on the left and \g<two> on the right", before, count=1)
    return f"{before}move the {second} to the {left} and move the {first} to the {right}{after}"
