"""Drawing lessons: "How do I draw a house, step by step?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.fitting import fit
from stepweave.policies.rules.stages import groups, joined, outlined, stages
from stepweave.policies.rules.telling import heading, teaching
from stepweave.policies.rules.wishes import Wish
from stepweave.world.language import parse
from stepweave.world.language.lexicon import things_in
from stepweave.world.scene import Operation

FEW = 3
"""Most things that a lesson draws part after part, unless a number of steps is stated."""
_DRAW = (
    r"(?:draw(?:ing)?|sketch(?:ing)?|paint(?:ing)?|mak(?:e|ing)|creat(?:e|ing)|build(?:ing)?|construct(?:ing)?|"
    r"doodl(?:e|ing))"
)
_ASKED = (
    r"how\s+(?:do|does|can|could|should|would|might|shall)\s+"
    r"(?:i|you|we|one|someone|somebody|people|a child|children|kids)",
    r"how\s+to",
    r"(?:the\s+)?(?:best\s+)?way\s+to",
    r"(?:teach|show|tell|help)\s+(?:me|us|my\s+\w+|the\s+\w+|a\s+child|children|kids|beginners|someone)"
    r"(?:\s+how)?(?:\s+(?:to|i\s+can|i|you|we\s+can|we))?",
    r"explain(?:\s+(?:to\s+)?(?:me|us))?(?:\s+how)?(?:\s+(?:to|i\s+can|you|one\s+can))?",
    r"(?:walk|guide|take|lead)\s+(?:me|us)\s+through(?:\s+how\s+to)?",
    r"(?:(?:give|show|write|make|create|i\s+want|i\s+need)\s+(?:me\s+|us\s+)?)?(?:an?\s+|the\s+|some\s+)?"
    r"(?:\w+\s+)?(?:drawing\s+|painting\s+)?(?:tutorial|lesson|guide|instructions|course|steps|stages|class|demonstration)"
    r"(?:\s+(?:on|for|in|about|of|to|that\s+shows?|showing|how))*",
    r"(?:i|we)(?:\s+want|\s+would\s+like|'d\s+like|\s+need)\s+to\s+(?:learn|know|see)(?:\s+how)?(?:\s+(?:to|i|you))?",
    r"learn(?:ing)?(?:\s+how)?(?:\s+to)?",
    r"(?:(?:explain|describe|list|tell|show|give)\s+)(?:me\s+|us\s+)?(?:the\s+)?(?:steps|stages|process|way)"
    r"\s+(?:of|to|for|in|how\s+to)",
    r"what\s+(?:are|is)\s+the\s+(?:steps|stages|way)\s+(?:to|of|for)",
)
ASKED = re.compile(
    rf"^(?:(?:please|hi|hello|hey|can\s+you|could\s+you|would\s+you|will\s+you|and|so|ok|okay|kindly)[\s,!]+)*"
    rf"(?:{'|'.join(_ASKED)})\s+(?:(?:best|go\s+about|actually|possibly|properly|easily|simply|quickly)\s+)*"
    rf"{_DRAW}\s+(?P<what>.+)$",
    re.IGNORECASE | re.DOTALL,
)
SOMEWHERE = re.compile(
    rf"^(?P<lead>.{{0,160}}?)\bhow\s+(?:to|(?:do|can|could|should|would|might)?\s*(?:i|you|we|one|they|someone))\s+{_DRAW}\s+"
    r"(?P<what>.+)$",
    re.IGNORECASE | re.DOTALL,
)
OTHER = re.compile(
    r"^(?:.{0,40}?\b)?how\s+(?:to|(?:do|can|could|should|would)\s+(?:i|you|we|one))\s+(?P<what>[^.!?;\n]+)",
    re.IGNORECASE,
)
HOW_IT_IS = re.compile(
    r"^(?:.*?\b)?how\s+(?P<what>.+?)\s+(?:is|are|gets?|can\s+be|should\s+be)\s+(?:drawn|made|built|painted|sketched|created)\b\s*"
    r"(?P<more>.*)$"
    r"|^(?:.*?\b)?how\s+(?:is|are|would|does)\s+(?P<thing>(?:an?|the|some|two|three)\s+.+?)\s+(?:be\s+|get\s+)?"
    r"(?:drawn|made|built|painted|sketched|created)\b\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = (
    r"(?:(?:please|hi|hello|hey|can\s+(?:i|you|we)|could\s+(?:i|you|we)|i'd\s+like|i\s+would\s+like|i\s+want|i\s+need|"
    r"we\s+need|we\s+want|give|get|have|make|write|show|create|prepare|me|us)[\s,!]+)*"
)
NAMED = re.compile(
    rf"^{_LEAD}(?:an?\s+|the\s+|some\s+)?(?:\w+\s+)?(?:drawing|painting|art|sketching)\s+(?:lesson|tutorial|guide|course|instructions)"
    r"(?:\s*[:,–-]\s*|\s+(?:on|for|about|of)\s+)(?:how\s+to\s+draw\s+|drawing\s+)?(?P<what>.+)$"
    rf"|^{_LEAD}(?:an?\s+|the\s+|some\s+)?(?:\w+\s+)?(?:lesson|tutorial|guide)(?:\s*[:–-]\s*|\s+(?:on|for|about|of)\s+)"
    rf"(?:{_DRAW}\s+)?(?P<also>.+)$"
    rf"|^{_LEAD}(?P<before>.+?)\s+drawing\s+(?:tutorial|lesson|guide|instructions|steps)$"
    r"|^drawing\s+(?P<gerund>(?:an?|the|my|some|two|three)\s+.+)$",
    re.IGNORECASE | re.DOTALL,
)
WANTED = re.compile(
    rf"^(?:my|our|the|a)\s+\w+\s+(?:wants?|needs?|likes?|would\s+(?:like|love)|is\s+trying)\s+to\s+(?:learn\s+(?:how\s+)?to\s+)?{_DRAW}\s+"
    r"(?P<what>[^.?!;]+)(?:[.?!;].*)?$",
    re.IGNORECASE | re.DOTALL,
)
"""A lesson for someone else: "my daughter wants to draw a frog"."""
CHAT = re.compile(r"\bu\b|(?<=\bhow)\s+2\s+", re.IGNORECASE)
"""How some people type "you" and "to"."""
PADDING = re.compile(
    r",?\s*\b(?:for\s+(?:beginners|a\s+beginner|kids|children|a\s+child|my\s+\w+|me|dummies|starters|young\s+children)"
    r"|from\s+scratch|from\s+the\s+beginning|from\s+start\s+to\s+finish|slowly|in\s+detail|by\s+hand|myself|yourself|"
    r"as\s+(?:a\s+)?(?:lesson|tutorial|beginner)|with\s+a\s+(?:pencil|pen|crayon)|on\s+paper|with\s+(?:pictures|images|"
    r"illustrations|explanations|text)|like\s+a\s+child|the\s+easy\s+way|quickly|easily|illustrated)\b"
    r"|[.,;?!]*\s*\bi(?:'m|\s+am)\s+(?:only\s+|just\s+)?(?:\d{1,2}|\w+)(?:\s+years?\s+old)?(?=[.!?]*\s*$)",
    re.IGNORECASE,
)


def subject(wish: Wish) -> str | None:
    """What a drawing lesson is asked about, in the request's words; ``None`` if none is asked for."""
    text = CHAT.sub(lambda match: " to " if "2" in match[0] else "you", PADDING.sub("", wish.text)).strip()
    for pattern in (ASKED, NAMED, HOW_IT_IS, WANTED, SOMEWHERE):
        if (match := pattern.match(text)) and not _drawn_in(match.groupdict().get("lead") or ""):
            groups = match.groupdict()
            found = next(value for name, value in groups.items() if value and name not in ("lead", "more", "rest"))
            more = groups.get("more") or groups.get("rest") or ""
            return wish.spoken(f"{_bare(found)}. {more}" if more.strip(" ?.!") else _bare(found))
    return None


def _drawn_in(lead: str) -> set[str]:
    """The things named before a lesson is asked for, but for the people it is meant for ("my child")."""
    return set(things_in(lead)) - {"person"}


def other_lesson(wish: Wish) -> str | None:
    """What a lesson is asked about that is no drawing lesson, in the request's words."""
    match = OTHER.match(wish.text)
    return wish.spoken(_bare(match["what"])) if match else None


def _bare(found: str) -> str:
    return re.sub(r"\?(?=\s*$)", "", found).strip(" ,:;")


def lesson(what: str, wish: Wish) -> tuple[Draft, ...]:
    """The steps of a lesson: part after part, as many as are stated.

    Raises:
        LanguageError: what is to be drawn is not understood.
        CannotPlan: it cannot be spread over the number of steps that is stated.
    """
    return taught(by_stages(parse(f"draw {what}").operations, wish))


def by_stages(operations: Sequence[Operation], wish: Wish, first: str = "", last: str = "") -> tuple[Draft, ...]:
    """A drawing as steps: thing after thing where there are many or few steps are stated, else its finest stages."""
    whole = groups(operations)
    few = len(whole) <= FEW and not wish.whole
    if len(whole) > 1 and (wish.high <= len(whole) if wish.high is not None else not few and not wish.low):
        return fit(tuple(map(Draft, whole)), wish.low, wish.high)
    finest = stages(operations, first, last)
    if len(finest) == 1 and wish.high != 1:
        finest = outlined(finest)
    return fit(tuple(Draft(joined(stage)) for stage in finest), wish.low, wish.high, extras=True)


def taught(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The steps in the words of a lesson."""
    found: list[Draft] = []
    later: tuple[Operation, ...] = ()
    for draft in reversed(drafts):
        told, name = teaching(draft.operations, later), heading(draft.operations, later)
        found.append(replace(draft, told=told, name=name))
        later = (*draft.operations, *later)
    return tuple(reversed(found))
