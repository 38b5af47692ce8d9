"""Drops what asks for nothing: short forms, politeness, audiences, and sentences that name a thing in passing."""

from __future__ import annotations

import re

from stepweave.policies.rules.hearing.phrases import first_thing, rule
from stepweave.world.language.lexicon import things_in

SHORT: tuple[tuple[str, str], ...] = (
    (r"\b(\w{2,})'s\s+(?=(?:\w+ing|asleep|awake|happy|sad|angry|surprised|open|closed|empty|full)\b)", r"\1 is "),
    (r"^\W*nothing\s+(?:else\s+)?but\s+", ""),
    (r"\bpick\s+(?=(?:the|an?)\b)", "pick up "),
    (
        r"\b(?P<verb>put|set|lay|place)s?\s+(?P<what>it|them|the\s+\w+(?:\s\w+)?)\s+(?:back"
        r"\s+)?down\b",
        r"\g<verb> \g<what>",
    ),
    (r"\bback\s+to\s+(?=(?:red|orange|yellow|green|blue|purple|pink|brown|black|white|grey|gray)\b)", ""),
    (r"\b(?P<verb>push|move|bring|drag|shift)\s+both\b(?!\s+of)", r"\g<verb> both of them"),
    (r"\b(an?)\s+(?:slightly\s+|much\s+)?smaller\s+(?=\w)", "a small "),
    (r"\b(an?)\s+(?:slightly\s+|much\s+)?(?:bigger|larger)\s+(?=\w)", "a large "),
    (r"\s+named\s+(?-i:[A-Z])\w+", ""),
    (r"\b(?:pic|pics|img|foto|photo)\b", "picture"),
    (r"\b(?P<be>is|are|gets?|becomes?|turns?)\s+now\b", r"\g<be>"),
    (r"\bu\b", "you"),
    (r"\bur\b", "your"),
    (r"\b(?:pl[zs]+|pleas|pleez|plse|thx|thanx|ty)\b", "please"),
    (r"\bwhats\b", "what is"),
    (r"\bim\b", "I'm"),
    (r"\bcant\b", "can't"),
    (r"\bdont\b", "don't"),
    (r"\b(?:id)\s+(?=(?:like|love)\b)", "I'd "),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgimme\b", "give me"),
    (r"\b(?:n|an)(?=\s+then\b)", "and"),
    (r"\b(\w{3,})'s\s+(?=(?:in|on|at|under|inside|above|below|next\s+to)\s+(?:the|an?|it)\b)", r"\1 is "),
    (r"\bone's\b", "one is"),
    (r"\b(he|she|everybody|everyone|who|that|there)'s\b", r"\1 is"),
)
"""How people type, and what they mean."""

_WHO = (
    r"(?:my|our|the|a|some)\s+(?:little\s+|young\s+|dear\s+|whole\s+)?(?:daughters?|sons?|kids?|child"
    r"|children|class|pupils?|students?|"
    r"niece|nephew|grand(?:son|daughter|child|children|ma|pa)|(?:little\s+)?(?:brother|sister)|mum|mom"
    r"|dad|mother|father|wife|"
    r"husband|(?:best\s+)?friends?|team|school|kindergarten|beginners?|toddler|baby|audience|group|family"
    r"|boss|colleagues?)"
)
AUDIENCE = re.compile(
    rf"[\s,]*\bfor\s+(?:{_WHO}|kids|children|beginners|me|us|her|him|them|fun|school|homework|a\s+(?:school"
    rf"\s+)?(?:project|presentation|poster|birthday\s+card)|"
    r"(?:tomorrow|today)(?:'s\s+\w+)?)\b(?!\s+(?:to\s+(?:hold|eat)|sleeping|is|are|and))(?:\s*,(?="
    r"\s+(?:with|about)\b))?"
    r"|[\s,]*\b(?:if\s+you\s+(?:don't\s+mind|please|can|could|would)|when\s+you\s+have\s+time|as\s+fast"
    r"\s+as\s+you\s+can|"
    r"that\s+would\s+be\s+(?:great|nice|lovely|cool)|i\s+(?:think|guess|suppose)|or\s+so|right\s+now)\b"
    r"|,?\s*\b(?:lol|haha+|hehe|yay|wow|oh|hmm+|uh|um|err?)\b,?",
    re.IGNORECASE,
)
SHOWN_TO = re.compile(
    rf"\b(show|teach|tell|draw|give|paint)\s+{_WHO}\b(?=\s+(?!is\b|are\b|and\b|with\b|in\b|on\b))", re.IGNORECASE
)
AGE = re.compile(
    r"[\s,;-]*\b(?:i(?:'m|\s+am)|(?:he|she)(?:'s|\s+is)|we(?:'re|\s+are))\s+(?:only\s+|just\s+|already"
    r"\s+)?(?:\w+\s+years?(?:\s+old)?|"
    r"(?:a\s+)?(?:(?:total|complete|real)\s+)?(?:beginners?|learners?|teachers?|pupils?|new(?:\s+(?:here"
    r"|to\s+this))?)|"
    r"(?:so\s+|very\s+)?(?:bored|curious|excited|no\s+artist))\b(?:\s+old)?[.!]*",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^[\s,]*(?:(?:and|but|so|because|well)\s+)?(?:"
    r"(?:my|our|his|her)\s+(?:\w+'s\s+)?(?:most\s+)?(?:favou?rite|beloved)\b|(?:i|we|he|she|they|my\s+\w+)"
    r"\s+(?:really\s+|just\s+|also\s+|so\s+|do\s+)*"
    r"(?:likes?|loves?|adores?|hates?|enjoys?|miss(?:es)?|saw|have\s+seen|had|dreamt|dreamed|met|got"
    r"|bought|am|'m|was|have(?:\s+got)?|has|own)\b(?!\s+to\s+see)(?!\s+to\s+have)"
    r"|i'm\s+(?!looking|asking|hoping)|(?:it|that|this)\s+(?:is|'s|will\s+be|would\s+be)\s+(?:for"
    r"|so|really|great|nice|fun|a\s+(?:gift|present|surprise)\s+for)\b"
    r"|(?:today|yesterday|tomorrow|last\s+night)\b"
    r"|(?:(?:hi|hello|hey)\b[\s,!]*)?(?:what's\s+up|what\s+is\s+up|how\s+are\s+you|good\s+(?:morning"
    r"|evening|afternoon|day)|nice\s+to\s+meet\s+you)\b"
    r"|help\s*!"
    r"|(?:thanks?|thank\s+you|cheers|have\s+fun|good\s+luck|surprise\s+me|be\s+creative|take\s+your"
    r"\s+time|no\s+hurry|hurry)\b"
    r"|(?:it|that)\s+(?:must|should|has\s+to)\s+(?:look|be)\s+(?:nice|good|pretty|beautiful|lovely|great|cool)\b"
    r"|(?:can|could)\s+you\s+(?:help|do\s+that|do\s+it|do\s+this)(?:\s+me)?\s*$"
    r")",
    re.IGNORECASE,
)
"""A sentence that tells of the speaker, or of nothing."""
REASON = re.compile(
    r"^(?P<aside>[^.!?\n]*?\b(?:i|me|my|we|us|our)\b[^.!?\n]*?),?\s+so\s+(?=(?:please\s+)?(?:can\s+you\s+"
    r"|could\s+you\s+|just\s+)?"
    r"(?:draw|show|make|paint|give|sketch|add|put)\b)",
    re.IGNORECASE,
)
"""What is told before "so draw ..."."""
ASKS_FOR = re.compile(r"\b(?:draw|paint|sketch|show|make|create|give|add|put|teach|tell|write|how)\b", re.IGNORECASE)
"""A sentence that asks for something."""
STANDS_FOR = re.compile(
    r"\b(?P<verb>draw|make|paint|show(?:\s+me)?|sketch|create|give\s+me|do|add|put)\s+(?:me\s+)?(?:just"
    r"\s+)?(?:one|it|him|her|that|this)\b(?!\s+(?:in\s+)?(?:the\s+)?(?:on|bigger|smaller))",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$)|[.!?\n]+")


def spelt_out(text: str) -> str:
    """Short forms of words written out."""
    for short, full in SHORT:
        text = re.sub(short, full, text, flags=re.IGNORECASE)
    return text


def to_the_point(text: str) -> str:
    """A request without politeness, audiences, and sentences of chatter."""
    text = SHOWN_TO.sub(r"\1 me", AUDIENCE.sub("", AGE.sub(_ended, text)))
    text = REASON.sub("", text)
    kept: list[str] = []
    named, looks = "", ""
    for sentence in _SENTENCES.findall(text):
        look = rule(_LOOKS).match(sentence) if named and not kept else None
        if look is not None:
            looks = f"{looks}{look['how']} "
        elif ASIDE.match(sentence):
            named = named or first_thing(sentence)
        elif kept or sentence.strip():
            kept.append(sentence)
    if not any(things_in(one) or ASKS_FOR.search(one) for one in kept):
        return text
    found = "".join(kept)
    if named and not things_in(kept[0]):
        found = STANDS_FOR.sub(lambda match: f"{match['verb']} a {looks}{named}", found, count=1)
    return found


_LOOKS = r"^\s*(?:he|she|it)(?:'s|\s+is)\s+(?:really\s+|very\s+|all\s+)?(?P<how>{colour}|{size})\s*[.!]+\s*$"
"""What somebody from a sentence of chatter looks like."""


def _ended(match: re.Match[str]) -> str:
    return match[0][-1] if match[0][-1] in ".!" else ""
