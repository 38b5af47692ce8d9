"""Hears questions: what is asked, and what is told of a picture before it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    |(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:tell|say|explain|name|list)(?:\s+(?:me|us))?|tell(?:\s+(?:me|us))?|say|explain(?:\s+to\s+me)?|answer
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


IF = re.compile(r"^(?P<asked>.+?)\s+(?:if|when|once)\s+(?P<told>.+)$", re.IGNORECASE)
"""A question with what is told of the picture behind it."""
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
    asked: list[str] = []
    alone, begins = False, 0
    for start, piece in _pieces(text):
        bare = _bare(piece)
        if not re.search(r"\w", bare):
            continue
        if ASKS.match(bare):
            begins = begins if asked else start
            asked.append(bare)
            alone = True
        elif asked and ORDER.search(bare) and not REFUSED.search(bare):
            return None
        elif asked:
            alone = alone and (REFUSED.search(bare) is not None or not names_a_thing(bare))
    if not asked:
        return None
    told = CONDITION.sub("", LEAD.sub("", text[:begins])).strip(" ,.:;\n")
    if not told and (match := IF.match(asked[-1])) is not None and names_a_thing(match["told"]):
        return Question(match["asked"], match["told"], alone)
    return Question(". ".join(asked), told, alone)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """What may be a question, with where it begins."""
    last = 0
    for match in SEAM.finditer(text):
        yield last, text[last : match.start()]
        last = match.end()
    yield last, text[last:]


def _bare(piece: str) -> str:
    """A piece without what people say before a question; "whether it can fly" as "can it fly"."""
    lead = LEAD.match(piece)
    bare = LEAD.sub("", piece).strip(" ,\t")
    if lead is not None and KNOWING.search(lead[0]) and (match := WHETHER.match(bare)):
        return f"{match['verb']} {match['who']} {match['rest']}"
    return bare
