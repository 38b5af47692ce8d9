"""What is said of how a lesson shall be given, and to whom; and of things, what is always so."""

from __future__ import annotations

import re

_PEOPLE = (
    r"(?:kids?|children|class|pupils?|students?|toddlers?|boys?|girls?|child|son|daughter|grandson|granddaughter"
    r"|beginners?|people|dummies|newbies|starters)"
)
FORM = re.compile(
    rf"""\b(?:(?:from|with|out\s+of|only\s+from)\s+(?:basic|simple|plain)\s+shapes|break\w*(?:\s+down|\s+up)?
    |(?:made|built|drawn)\s+(?:up\s+)?(?:only\s+|just\s+|entirely\s+)?(?:of|from|with|out\s+of)\s+(?:only\s+)?(?:\w+s,\s+)*\w+s\s+and\s+\w+s
    |one\s+(?:new\s+)?(?:line|part|shape|piece|thing|bit)(?:\s+or\s+\w+)?\s+(?:in|per|at|for|with)\s+(?:each|every)\s+\w+
    |(?:each|every)\s+(?:step|picture|stage|one|image)\s+(?:should\s+have|has|have|gets|with|needs)\s+(?:an?|one|its)?\s*(?:\w+\s+)?(?:sentence|caption|text|explanation|line|word)s?
    |(?:in|with|using|into)\s+(?:small|short|tiny|little|easy)\s+(?:bits|steps|pieces|stages|chunks)|from\s+(?:an?\s+|the\s+)?(?:blank|empty|white)\s+(?:page|paper|sheet)
    |from\s+(?:the|a)\s+(?:board|blackboard|book|scratch)|(?:five|six|four|eight|5|6|4|8)[\s-]point(?:ed|y|s)?
    |in\s+(?:that|this|the\s+same)\s+order|(?:an?\s+|the\s+)?(?:beginner|children|kid)s?(?:'s?)?\s+(?=lesson|course|tutorial|guide|drawing)
    |(?:would|could|should|can|does|do|might)\s+(?:an?\s+|my\s+|the\s+)(?:small\s+|little\s+|young\s+)?{_PEOPLE}(?=\s+(?:best\s+)?(?:draw|paint|sketch|make))
    |(?:my|our|the)\s+{_PEOPLE}\s+(?:draw|paint|sketch|copy|learn|make)s?
    |(?:maybe|perhaps|say)\s+(?:\d+|\w+)\s+of\s+them|short\s+(?:and\s+\w+\s+)?(?:sentences?|text|captions?|explanations?|lesson|tutorial|guide))\b
    |\bto\s+(?:an?|my|the|our|some)\s+(?:small\s+|little\s+|young\s+)?{_PEOPLE}\b
    |(?<=\bmy\s){_PEOPLE}\s+(?:should|must|want|wants|need|needs|have|has|like|likes|would)\s+(?:to\s+|like\s+to\s+)?(?:copy|draw|learn|sketch)
    |(?<=teaching\s)(?:the\s+|my\s+|little\s+|young\s+|some\s+)*{_PEOPLE}|(?<=teach\s)(?:an?\s+|the\s+|my\s+|our\s+|little\s+|young\s+|some\s+)*{_PEOPLE}
    |(?<=help\s)(?:the\s+|my\s+|our\s+|little\s+|young\s+|some\s+|a\s+)*{_PEOPLE}""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is said of how, and whom, it shall be taught."""
ALSO = {"rabbit": "rabbit|rabit|bunny"}
INHERENT: dict[str, str] = {
    "rabbit": "long ears, fluffy tail",
    "elephant": "long trunk, big ears, floppy ears",
    "cat": "long whiskers, long tail, pointed ears, pointy ears",
    "dog": "floppy ears",
    "owl": "big eyes, round eyes",
    "cactus": "prickly spines, sharp spines",
}
"""What the parts of certain things are always like, so that it need not be drawn apart."""
SNOWY = re.compile(
    r"\b(?:with\s+)?(?:some\s+|a\s+bit\s+of\s+)?snow\s+on\s+(?:the\s+|its\s+)?(?:top|peak|tip)\b"
    r"|\bsnow[\s-]?(?:capped|topped|covered)\b",
    re.IGNORECASE,
)
"""What a mountain is always like."""


def plainly(text: str) -> str:
    """A request without what it says of how it shall be taught."""
    return FORM.sub(" ", text)


def without_inherent(text: str) -> str:
    """A text without what is always so."""
    if re.search(r"\bmountain", text, re.IGNORECASE):
        text = SNOWY.sub(" ", text)
    for thing, listed in INHERENT.items():
        if re.search(rf"\b(?:{ALSO.get(thing, thing)})s?\b", text, re.IGNORECASE):
            for look, part in (phrase.split() for phrase in listed.split(", ")):
                text = re.sub(rf"\b{look}\s+(?={part}\b)", "", text, flags=re.IGNORECASE)
    return text
