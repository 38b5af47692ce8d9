"""Tells what is asked for from what is only told: who asks, for whom, and what they like."""

from __future__ import annotations

import re
from dataclasses import replace

from stepweave.policies.rules.gist.agents import is_agent
from stepweave.policies.rules.gist.nouns import Mark, Noun
from stepweave.policies.rules.gist.numbers import NUMBERED
from stepweave.policies.rules.gist.pieces import pieces
from stepweave.policies.rules.gist.skimming import SCENERY, nouns_and_marks, playing, scenery, things
from stepweave.policies.rules.gist.tasks import without_task
from stepweave.policies.rules.gist.terms import terms
from stepweave.policies.rules.gist.titles import LONGEST
from stepweave.world import vocabulary
from stepweave.world.language import LanguageError
from stepweave.world.language.lexicon import part_of

_LIKES = (
    r"(?:likes?|loves?|adores?|hates?|enjoys?|miss(?:es)?|saw|seen|had|dreamt|dreamed|met|got|bought|came|finished|moved|visited|promised|own|owns|collects?|keeps?"
    r"|prefers?|wish(?:es)?\s+for|asked\s+(?:me\s+)?for|talks?\s+about|can't|cannot|couldn't|have|has)"
)
_WHO = (
    r"(?:i|we|he|she|they|you|(?:my|our|his|her)\s+(?:\w+\s+)?\w+|the\s+(?:kids|children|class|pupils|students|boys|girls)|everyone"
    r"|everybody|somebody|someone|kids|children|people|grandma|grandpa|mum|mom|dad|mummy|daddy)"
)
ASIDE = re.compile(
    rf"^[\s,]*(?:(?:and|but|so|because|well|oh|since|as)[\s,]+)*(?:"
    rf"(?:my|our|his|her)\s+(?:[\w']+\s+){{0,2}}(?:most\s+)?(?:favou?rite|beloved)\b"
    rf"|{_WHO}\s+(?:(?:really|just|also|so|do|does|truly|simply|once|always|still)\s+)*{_LIKES}\b"
    rf"(?!\s+to\s+(?:see|have|get|order|request)\b)(?!\s+(?:an?|the)?\s*(?:picture|drawing|image)\b)"
    rf"|(?:i|we|he|she)(?:'m|'re|'s|\s+am|\s+are|\s+is|\s+was)\s+(?!looking|asking|hoping|thinking|after|in\b|on\b|at\b|\w+ing\s+for\b)"
    rf"(?:(?:so|very|really|only|just|quite|totally|completely)\s+)*(?:\d|an?\s|hopeless|bad|terrible|no\b|not\b|new\b|bored|curious|"
    rf"six|seven|eight|five|nine|ten|four|making|writing|preparing|learning|teaching|doing|having|planning|hosting|running|stuck|documenting|working|building|trying)"
    rf"|(?:my|our)\s+(?:\w+\s+)?\w+\s+(?:lost|forgot|broke)\b"
    rf"|(?:my|our|his|her)\s+(?:\w+\s+)?\w+\s+(?:is|are|will\s+be|turns?|becomes?)\s+(?:(?:turning|now|soon|almost|just|only|about|to\s+be)\s+)*"
    rf"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?:years?|months?|tomorrow|today|soon|now|this|next|on|old|[.!?,]|$)"
    rf"|(?:my|our)\s+(?:hands?|eyes|fingers|drawing|drawings|skills?)\b"
    rf"|(?:it|that|this)(?:\s+is|'s|\s+will\s+be|\s+would\s+be)\s+(?:for|so|really|great|nice|fun|my|our)\b"
    rf"|(?:thanks?|thank\s+you|cheers|have\s+fun|good\s+luck|take\s+your\s+time|help)\b\s*(?:[.!,?]|$|you\b|in\b|so\b|a\s+lot\b)"
    rf"|(?:one|an?|each)\s+(?:\w+\s+){{0,3}}(?:per|in\s+each|in\s+every|at\s+each|for\s+each)\s+(?:step|picture|image|frame)\b"
    rf")",
    re.IGNORECASE,
)
"""A sentence that tells of those who ask."""
REASON = re.compile(
    rf"^(?P<aside>\W*(?:for\s+(?:my|our|the)\s+(?:\w+\s+){{0,2}}\w+[,:]\s*)?{_WHO}\b[^.!?\n]*?),?\s+(?:so|therefore|and\s+so|hence)\s+(?=\S)",
    re.IGNORECASE,
)
"""What is told before "so ..."."""
AUDIENCE = re.compile(
    r"[\s,]*\bfor\s+(?:(?:an?|my|our|the|some|his|her)\s+)?(?:\w+\s+)?(?:kids?|children|child|boys?|girls?|pupils|people|man|woman)\b"
    r"(?!\s+(?:to\b|who|that|with|in(?!\s+which\b)|on|is|and))|(?<=\bshow\s)(?:my|the|our)\s+(?:kids?|children|child|boys?|girls?)\b"
    r"|(?<=\bcan\s)(?:a|my|the)\s+(?:child|kid|boy|girl|beginner)(?=\s+(?:draw|sketch|paint))",
    re.IGNORECASE,
)
"""For whom it is, where that could be somebody to draw."""
ASIDE_FIRST = re.compile(
    r"^(?P<aside>[^.!?\n:;]*?),\s+(?=(?:so\s+)?(?:(?:can|could|would|will)\s+you|please|draw|show|paint|sketch|teach)\b)",
    re.IGNORECASE,
)
"""What is told before an order in the same sentence."""
FOR = re.compile(r"^\W*(?:for|this\s+is\s+for|it's\s+for|idea\s+for|about)\b", re.IGNORECASE)
"""How a title begins that tells what a picture is for."""
ASKS = re.compile(
    r"\b(?:draw|paint|sketch|show|make|create|put|add|give|how\s+(?:to|do|does|is|would|can)|teach|tell|write|need|want|want\s+to"
    r"|would\s+like|'d\s+like|please|lesson|tutorial|story|picture\s+of)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?:[^.!?\n]|[.!?](?![.!?\s]|$))+(?:[.!?]+|\n|$)|[.!?\n]+")


def apart(text: str) -> tuple[str, tuple[Noun, ...]]:
    """A request without what is told beside it, and the things that were named there."""
    text = _without_head(AUDIENCE.sub("", text))
    kept: list[str] = []
    text, named = without_task(text)
    match = REASON.match(text)
    if match and names_a_thing(text[match.end() :]):
        named += _things(match["aside"])
        text = text[match.end() :]
    match = ASIDE_FIRST.match(text)
    if match and (ASIDE.match(match["aside"]) or CRAZY.match(match["aside"])) and names_a_thing(text[match.end() :]):
        named += _things(match["aside"])
        text = text[match.end() :]
    sentences = _SENTENCES.findall(text)
    for at, sentence in enumerate(sentences):
        if _is_worked_with(sentence, "".join(sentences[at + 1 :])):
            kept.append(sentence)
        elif named and not kept and (said := SAID_OF_IT.match(sentence)) and (looks := _looks(sentence[said.end() :])):
            named[-1] = replace(named[-1], colour=looks.get("colour"), size=looks.get("size"))
        elif _is_aside(sentence) or _only_tells(sentence):
            named += [one for one in _things(sentence) if one.name != "person" or not one.definite]
        else:
            kept.append(sentence)
    found = "".join(kept)
    if not re.search(r"\w|[\ue000]", found):
        return text, ()
    return found, tuple(named)


HOW = re.compile(r"^\W*(?:please\s+)?(?:show|explain|illustrate|picture|depict)\s+(?:me\s+|us\s+)?how\b", re.IGNORECASE)
"""How a title begins that tells what is shown by what follows."""


def _without_head(text: str) -> str:
    """A request without its title: what stands before a colon and names nothing that could be drawn."""
    head, colon, rest = text.partition(":")
    if not colon or len(head) > LONGEST or re.search(r"[.!?\n]\s", head) or not re.search(r"\w", rest):
        return text
    if NUMBERED.match(text):
        return text
    if HOW.match(head) and any(not _is_drawn_on(one, head) for one in _things(rest)):
        where = scenery(nouns_and_marks(head))
        return f"{playing(where[0])}, {rest}" if where and not scenery(nouns_and_marks(rest)) else rest
    try:
        found = pieces(terms(re.sub(r"\b(?:our|my|the|this)\s+\w+\s+door\b", "", head)))
    except LanguageError:
        return rest if FOR.match(head) and not _things(head) else text
    named = any(
        (isinstance(one, Noun) and (one.head in ("thing", "background") or one.label or one.owned or is_agent(one)))
        or (isinstance(one, Mark) and one.kind in (*SCENERY, "place", "number"))
        for one in found
    )
    if scenery(found) and all(isinstance(one, Mark) for one in found) and scenery(nouns_and_marks(rest)):
        return rest
    return text if named or re.search(r"\d", head) else rest


def _is_drawn_on(noun: Noun, head: str) -> bool:
    """Whether it is a plain shape, or a part of what a title names."""
    return noun.name in vocabulary.SHAPES or any(part_of(one.name, f"{noun.name}s") for one in _things(head))


SAID_OF_IT = re.compile(r"^\W*(?:he|she|it)(?:'s|\s+is|\s+has)\s+", re.IGNORECASE)


def _looks(text: str) -> dict[str, str]:
    """The colour and the size that are told of something, if nothing else is."""
    found = nouns_and_marks(text)
    kinds = {one.kind: one.value for one in found if isinstance(one, Mark) and one.kind in ("colour", "size")}
    return kinds if len(kinds) == len(found) else {}


CRAZY = re.compile(
    r"^\W*[^.!?:;]*?\b(?:is|are|am|'s|'m|'re)\s+(?:\w+\s+)?(?:crazy|mad|nuts|wild|keen|obsessed|fond)"
    r"\s+(?:about|on|for|with|of)\b",
    re.IGNORECASE,
)
"""A sentence about what somebody likes."""
TELLS = re.compile(
    r"^\W*(?:i|we|my|our|this\s+is|it's|it\s+is|hi|hello|hey|hiya|good\s+(?:morning|evening|day)|dear)\b", re.IGNORECASE
)
"""How a sentence begins that may be about those who ask."""


def _is_aside(sentence: str) -> bool:
    """Whether a sentence only tells what somebody has or likes."""
    told = ASIDE.match(sentence) or CRAZY.match(sentence)
    return told is not None and not _orders(sentence) and not _sets_scene(sentence)


def _only_tells(sentence: str) -> bool:
    """Whether a sentence is about those who ask, and names nothing that could be drawn."""
    asks = ASKS.search(re.sub(r"^\W*(?:i|we)\s+(?:teach|draw|paint|write|make)\b", "", sentence, flags=re.IGNORECASE))
    if TELLS.match(sentence) is None or asks:
        return False
    found = nouns_and_marks(sentence)
    return not any(isinstance(one, Noun) or one.kind in (*SCENERY, "place", "number") for one in found)


WORK = frozenset({"put", "set", "hold", "take", "open", "drop", "swap", "replace", "pour", "give", "flip", "rotate"})
"""Deeds that are done with what is there."""
HAVE = re.compile(r"^\W*(?:(?:so|now|ok|okay)\W+)?(?:we|i|you)(?:'ve)?(?:\s+(?:have|got))+\b", re.IGNORECASE)


def _sets_scene(sentence: str) -> bool:
    """Whether what somebody has is where the picture plays, or by something else: "we have a cup on the workbench"."""
    if not HAVE.match(sentence):
        return False
    found = nouns_and_marks(sentence)
    had = things(found)
    where = [one.kind for one in found if isinstance(one, Mark) and one.text != "at"]
    return bool(had) and ("setting" in where or "place" in where or ("relation" in where and len(had) > 1))


def _is_worked_with(sentence: str, rest: str) -> bool:
    """Whether what somebody has is what the orders behind it speak of: "we have a cup and a box. Put the cup ..."."""
    if not HAVE.match(sentence):
        return False
    had = {one.name for one in _things(sentence)}
    orders = nouns_and_marks(rest)
    spoken = [
        one for one in orders if isinstance(one, Noun) and one.definite and (one.name in had or one.head == "one")
    ]
    deeds = {one.verb or one.value for one in orders if isinstance(one, Mark) and (one.verb or one.kind == "verb")}
    return bool(had) and bool(spoken) and bool(deeds & WORK) and "draw" not in deeds


def _orders(sentence: str) -> bool:
    """Whether an order follows within the same sentence."""
    return (
        re.search(
            r"[,;:-]\s*(?:so\s+|please\s+)*(?:draw|paint|sketch|show|make|teach|give|can\s+you|could\s+you)\b",
            sentence,
            re.IGNORECASE,
        )
        is not None
    )


def names_a_thing(text: str) -> bool:
    """Whether a text names something to draw, or refers to it."""
    return (
        bool(_things(text)) or re.search(r"\b(?:it|them|that|him|her|one\s+\w+ing)\b", text, re.IGNORECASE) is not None
    )


def _things(text: str) -> list[Noun]:
    """The things that a text names, whatever else it speaks of."""
    return things(nouns_and_marks(text))
