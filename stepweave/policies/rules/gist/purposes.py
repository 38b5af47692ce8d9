"""Leaves out what a picture is for, and what those who ask tell of themselves, behind what they ask for."""

from __future__ import annotations

import re

from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.skimming import nouns_and_marks

LEARNERS = (
    r"(?:kids?|child(?:ren)?|boys?|girls?|sons?|daughters?|pupils?|students?|class|toddlers?|grandsons?|granddaughters?|grandchildren"
    r"|nephews?|nieces?|little\s+ones?)"
)
TAIL = re.compile(
    r",\s*(?:(?:because|since|as|cause|for)\s+)?"
    r"(?P<tail>(?:(?:i|we)\b(?:'m|'re|'ve)?|(?:my|our|it's|it\s+is)\b|(?P<use>for\s+(?:the|my|our|a|his|her)\b))\s+[^,.;:!?]*)"
    r"(?=[.!?]*\s*$|[.!?]+\s)",
    re.IGNORECASE,
)
"""What is told of those who ask, or what it is for, behind an order."""
USE = re.compile(
    r"(?<!\bok)(?<!okay)(?<!good)(?<!suitable)(?<!safe)(?<!meant)(?<!made)\s+(?P<tail>(?P<use>for)\s+(?!\d|two\b|three\b|four\b|five\b|each\b|every\b|one\b|it\b|me\b)(?:(?!\b(?:in|with|about|and|showing|step|steps|then)\b)[^,.;:!?]){1,40}?)"
    r"(?=[.!?]*\s*$|\s*[:,]|\s+(?:in\s+\w+\s+(?:pictures|steps|images)|with|about|showing)\b)",
    re.IGNORECASE,
)
"""What it is for, without a comma before it."""
COMPANY = re.compile(
    rf"\s+(?:together\s+)?with\s+(?:my|our|the)\s+(?:little\s+|small\s+|young\s+)?{LEARNERS}\b(?!\s+(?:in|on|at|who|that|with)\b)"
    rf"|\s+for\s+(?:(?:small|young|little|older|my|our|the|some)\s+)+{LEARNERS}(?=\s+(?:in\s+which|where|about)\b)"
    rf"|,?\s+so\s+(?:that\s+)?(?:we|you|they|i|(?:the|my|our)\s+(?:little\s+)?{LEARNERS})\s+(?:can|could|will|know|understand|learn|see)\b[^.;!?]*",
    re.IGNORECASE,
)
"""With whom somebody draws, and what they shall learn by it."""


def without_purpose(text: str) -> str:
    """A request without what it is for, as far as that names nothing to be seen."""
    return USE.sub(_left, TAIL.sub(_left, COMPANY.sub("", text)))


def _left(match: re.Match[str]) -> str:
    """What is left of a tail: nothing, if it says nothing that could be seen."""
    said = nouns_and_marks(match["tail"])
    seen = [one for one in said if isinstance(one, Noun) and one.head == "thing"]
    seen = [one for one in seen if one.name != "person" or one.indefinite] if match["use"] else seen
    looks = ("colour", "size", "place", "acting", "acts", "setting", "relation", "verb")
    marks = [] if match["use"] else [one for one in said if isinstance(one, Mark) and one.kind in looks]
    return match[0] if seen or marks else ""
