"""Hears questions: what is asked, and what is told of a picture before it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stepweave.policies.rules.gist.asides import names_a_thing

_KNOW = (
    r"(?:do|would)\s+you\s+(?:happen\s+to\s+)?know|any\s+idea|i(?:'d|\s+would)?\s+"
    r"(?:like|want|need|love)\s+to\s+know|i\s+wonder"
)
_WH = r"(?:who|whom|whose|what|which|where|when|how|whether|if)\b"
LEAD = re.compile(
    rf"""^[\W_]*(?:(?:please|hi|hello|hey|hm+|so|ok|okay|and|but|or|well|um|first|just|only|now|then|maybe|here(?:\s+is)?|thanks
    |(?:it's\s+|i\s+have\s+|this\s+is\s+)?(?:just\s+|only\s+)*(?:an?\s+|one\s+|my\s+)?(?:quick\s+|small\s+|short\s+|simple\s+|silly\s+|little\s+)*question
    |(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:tell|say)(?:\s+(?:me|us))?|tell(?:\s+(?:me|us))?|say|explain(?:\s+to\s+me)?|answer
    |no\s+(?:pictures?|drawings?)(?:\s+(?:please|now))?|let\s+me\s+know|me|us|(?:{_KNOW})(?=\s+{_WH})
    |(?:in|with)\s+(?:words|text)(?:\s+only)?)[\s,:;!.-]+)*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What people say before a question."""
SEAM = re.compile(
    r"[.!?;:\n]+(?=\s|$)|\s+-+\s+|,\s*(?=(?:and\s+|so\s+|then\s+)?(?:(?:who|what|which|where)\b[^.!;\n]*\?|how\s+(?:many|much)\b))"
    r"|,\s*(?=(?:is|are|does|can)\s+(?:the|there|it|they)\b)|\s+(?=(?:makes?|gives?|equals?|is|are)\s+how\s+many\b)",
    re.IGNORECASE,
)
"""Where a question may begin."""
ASKS = re.compile(
    r"how\s+to\s+(?:draw|make|paint)\s+(?:any\w*|animals|birds|vehicles|people|foods?|furniture|letters|words|things|shapes)\b|"
    r"(?:(?:makes?|gives?|equals?|is|are)\s+)?how\s+(?:many|much|big|large|small|tall|do\s+(?:you|i)\s+(?:ask|use)|does\s+this)\b"
    r"|who\b|whom\b|whose\b|what(?:'s)?\b(?!\s+(?:if|about|would|will|could)\b)(?!\s+an?\b(?!.*\b(?:is|are|looks?\s+like|means?)\W*$))|which\b|where(?:'s)?\b|when\b|is\b|are\b|was\b|were\b|does\b|do\b|did\b|has\b|have\s+you\b"
    r"|can\s+(?!you\b|u\b|we\b|somebody\b|someone\b|there\b|i\s+(?:have|get|see|ask|order|please)\b)|may\s+i\b(?!\s+(?:have|get|see|ask|order|please)\b)|could\s+(?:things|everything|i\s+(?!have|get|see|ask|order|please))\b|can\s+(?:you|we)\s+(?:also\s+|only\s+|even\s+)?(?:draw|do|make|write|use|show|know|paint)\s+"
    r"(?:any(?:thing)?|other|every(?:thing)?|real|letters?|words?|text|numbers?|animals?|vehicles?|people|faces?|shapes|colou?rs?|things)\b"
    r"|the\s+differences?\s+between\b|name\s+|list\s+|describe\s+|help\b(?!\s+(?:me|us)\b)|about\s+(?:an?|the)\s+\w+(?:\s+\w+)?\W*$|the\s+names\b|(?:show|give)\s+me\s+(?:a\s+list|all)\b|(?:an?|the)\s+\w+(?:\s+\w+)?\s+(?:is|are|means?|looks\s+like)\W*$",
    re.IGNORECASE,
)
"""How a question begins that words can answer."""
ORDER = re.compile(
    r"\b(?:draw|paint|sketch|prove|illustrate|show)\b(?!\s+(?:anything|nothing)\b)|\bstep\s+by\s+step\b|\bstory\b",
    re.IGNORECASE,
)
"""What asks for pictures, beside a question."""
REFUSED = re.compile(r"\b(?:no|not|never|don't|without|only|just)\b", re.IGNORECASE)
CONDITION = re.compile(r"^\W*(?:if|when|suppose|imagine|say|let's\s+say|assume|given)(?:\s+that)?\s+", re.IGNORECASE)


WHETHER = re.compile(
    r"^\W*(?:whether|if)\s+(?P<who>.+?)\s+(?P<verb>can|could|is|are|has|have|does)\s+(?P<rest>.+)$", re.IGNORECASE
)
KNOWING = re.compile(r"\b(?:tell|know|wonder|say|explain)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what is told before it."""

    asked: str
    told: str = ""
    alone: bool = False
    """Whether nothing else is said after it."""


def question_in(text: str) -> Question | None:
    """The question that a request asks, if words alone can answer it; ``None`` if it asks for pictures."""
    told: list[str] = []
    asked: list[str] = []
    alone = False
    for piece in SEAM.split(text):
        lead = LEAD.match(piece)
        bare = LEAD.sub("", piece).strip(" ,\t")
        if lead is not None and KNOWING.search(lead[0]) and (match := WHETHER.match(bare)):
            bare = f"{match['verb']} {match['who']} {match['rest']}"
        if not re.search(r"\w", bare):
            continue
        if ASKS.match(bare):
            asked.append(bare)
            alone = True
        elif not asked:
            told.append(CONDITION.sub("", bare))
        elif ORDER.search(bare) and not REFUSED.search(bare):
            return None
        else:
            alone = alone and (REFUSED.search(bare) is not None or not names_a_thing(bare))
    if not asked:
        return None
    return Question(". ".join(asked), ". ".join(told), alone)
