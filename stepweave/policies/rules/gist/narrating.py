"""Hears stories: those that are told picture by picture, and what is said of those that shall be made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from stepweave.policies.rules.gist.hearing import ASIDE, Heard, Spoken, heard, last_picture
from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.policies.rules.gist.skimming import nouns_and_marks, things
from stepweave.world import vocabulary
from stepweave.world.scene import Act, Add, Move, Operation, Recolour, Reference, Relation

ASKED = re.compile(
    r"^\W*the\s+(?:\w+\s+)?\w+\s+(?:who|that)\s+(?:wanted|could(?:n't)?|can't|lost|found|met|went|had|did|dreamt|dreamed|forgot|tried|loved)\b|"
    r"\b(?:story|stories|tale|tales|fairy\s*tale|storyboard|comic|bedtime|picture\s+book|adventures?|once\s+upon|romance|day\s+in\s+the\s+life|what\s+if|narrate|storytime"
    r"|what\s+happen(?:s|ed)|tell\s+(?:me|us|them|my\s+\w+|the\s+\w+)?\s*(?:about|of|how|what|why|a\b|it\s+in|in\b)|make\s+(?:something\s+)?up"
    r"|invent\s+something|hear\s+(?:about|what|how)|the\s+day\s+(?:when|that|an?|the|my|our)|write\s+(?:and\s+draw\s+)?(?:me\s+)?(?:something|anything)\s+about)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|came|found|met|saw|lost|went|fell|slept|sang|ran|flew|helped|danced|lived|wanted|had|cried|smiled|became|took|gave)\b",
    re.IGNORECASE,
)
"""Words in which stories are told."""
PRESENT = re.compile(
    r"\b(?:cries|helps|wins|plays|searches|rescues|saves|looks\s+for|loses|builds|dreams|shares|celebrates|falls\s+in\s+love)\b",
    re.IGNORECASE,
)
"""What happens in stories only."""
HEAD = re.compile(
    r"^[^.!?:]*?\b(?:story|tale|storyboard|comic|adventure|wrote\s+this|goes\s+like\s+this|story\s+time)\b[^.!?:]{0,24}[:.!]\s+(?=\S)"
    r"|^\W*(?:once\s+upon\s+a\s+time|once)\b,?\s*(?:there\s+(?:was|were|lived)\s+)?",
    re.IGNORECASE,
)
"""What comes before a story that is told."""
ABOUT = re.compile(
    r"(?P<lead>^|(?<=[.!?])\s+)[^.!?]*?(?:\b(?:story|tale|storyboard|comic|adventures?)\b(?:\s+strip)?[\s,]*"
    r"(?:\bfor\s+(?:my|our|the|little)?\s*\w+\s*)?(?:\b(?:of|about|with|where|in\s+which|starring|featuring|on)\b|[:,-])"
    r"|\b(?:tell|show|narrate|hear|know)\b(?:\s+(?:me|us|them))?\s+(?:the\s+story\s+)?(?:how|why|about|of|what\s+happens?\s+when)\b"
    r"|\bwhat\s+happen(?:s|ed)\s+(?:when|if)\b)\s*",
    re.IGNORECASE,
)
"""What asks for a story, up to where it is said what it is about."""
FORM = re.compile(
    r",?\s*\b(?:(?:and\s+)?(?:each\s+)?with\s+(?:an?\s+|one\s+|some\s+|short\s+)*(?:(?:line|sentence|bit|piece)s?\s+of\s+)?"
    r"(?:text|captions?|words|sentences?)(?:\s+(?:each|below|under\s+each|in\s+each))?"
    r"|for\s+the\s+(?:very\s+)?(?:first|second|last)\s+time|(?:and\s+)?nothing\s+(?:scary|sad|too\s+\w+)|not\s+(?:too\s+)?(?:scary|sad|long)"
    r"|(?:very\s+|quite\s+|rather\s+)?short(?=\s*(?:[,.!]|$))|(?:told|shown|drawn)\s+in(?=\s*(?:[,.!]|$)))\b",
    re.IGNORECASE,
)
"""What is said of how it shall be told."""
AGENTS = re.compile(
    r"\b(?:becomes?|became|is|was|(?:wants?|wanted)\s+to\s+be(?:come)?)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}?"
    r"(?P<verb>sing|danc|runn|jump|fly|fli|sleep)er\b",
    re.IGNORECASE,
)
"""Somebody who is good at what can be drawn."""
DONE = {"danc": "dances", "runn": "runs", "fli": "flies", "fly": "flies"}
WEATHER = (
    (r"\b(?:on\s+)?(?:an?\s+|one\s+)?(?:rainy|stormy|windy)\s+(?:day|night|morning|afternoon|evening)\b", " "),
    (r"\b(?:it\s+)(?:rains|rained|starts\s+to\s+rain|began\s+to\s+rain|(?:is|was)\s+raining)\b", "a grey cloud comes"),
    (r"\b(?:in|during|through)\s+(?:an?|the)\s+(?:\w+\s+)?(?:thunder)?storm\b", "with a grey cloud above"),
    (r"\b(?:an?|the|one)\s+(?:(?:big|terrible|heavy|great|huge)\s+)?(?:(?:thunder)?storm|rain)\b", "a grey cloud"),
)
"""Weather, and how it is drawn: rain and storms are dark clouds."""
TAIL = re.compile(
    r"[.!?,;]\s*(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+)?(?:tell|draw|show|illustrate|make|write|paint)\s+(?:it|this|that)\b[^.!?]*[.!?]*\s*$"
    r"|[.!?,;\s]+(?:i\s+(?:want|need|would\s+like)\s+(?:it|this))\b[^.!?]*[.!?]*\s*$"
    r"|,?\s*(?:each\s+)?with\s+(?:a|one|some)\s+(?:(?:line|sentence|bit|piece)s?\s+of\s+)?text\b(?:\s+each)?"
    r"|,?\s*(?:and\s+|with\s+)?(?:an?\s+)?happy\s+end(?:ing)?\b[.!]*|[.…]*\s*go\s+on\b[\s,]*",
    re.IGNORECASE,
)
LEAST = 3
"""Fewest moments that make a story by themselves where no number is stated."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What is said of a story that shall be made up."""

    cast: tuple[tuple[Add, tuple[Recolour, ...]], ...]
    setting: str | None
    ending: tuple[Operation, ...] = ()
    """How it stands with them in the end."""


def asks_for_story(text: str) -> bool:
    """Whether a story is asked for or told."""
    return ASKED.search(text) is not None or len(PAST.findall(text)) > 1 or len(PRESENT.findall(text)) > 1


def told_story(text: str, spoken: Spoken, wanted: int | None) -> tuple[Heard, ...]:
    """What a request tells of a story, moment by moment.

    Raises:
        LanguageError: a moment is not understood.
    """
    return heard(_body(text), spoken, wanted=wanted, story=True)


def is_whole(told: Sequence[Heard], wanted: int | None) -> bool:
    """Whether that is a whole story, with as many pictures as are wanted."""
    enough = len(told) == wanted if wanted else len(told) >= LEAST
    return enough and len(told) > 1


def premise(text: str, spoken: Spoken) -> Premise:
    """Who is in a story, where it plays, and how it ends.

    Raises:
        LanguageError: those in it are not known.
    """
    picture = last_picture(_body(text), spoken)
    first: dict[str, Known] = {}
    ghosts = [one for one in picture.recent if one not in picture.things and not one.there and one.count]
    ghosts = [one for one in ghosts if ASIDE not in one.said or not picture.things]
    cast = [one for one in (*picture.things, *ghosts) if one.thing != vocabulary.TEXT and one.count]
    for one in cast:
        alike = first.setdefault(f"{one.thing} {one.colour}", one)
        if alike is not one and one in picture.things and alike in picture.things:
            alike.count += one.count  # a boy and a girl are two people
    members = tuple(_member(one) for one in first.values())
    return Premise(members, picture.background, tuple(_ending(picture, list(first.values()))))


def _body(text: str) -> str:
    text = text.strip()
    asked = ABOUT.search(text)
    if asked is not None and re.search(r"\w", text[asked.end() :]) and not _things(asked[0], beside="person"):
        text = f"{text[: asked.start()]}{asked['lead']}{text[asked.end() :]}"
    head = HEAD.match(text)
    if head is not None and not _things(head[0]):
        text = text[head.end() :]
    told = AGENTS.sub(lambda match: DONE.get(match["verb"].lower(), f"{match['verb']}s"), FORM.sub(" ", text))
    for pattern, instead in WEATHER:
        told = re.sub(pattern, instead, told, flags=re.IGNORECASE)
    return TAIL.sub(".", told)


def _things(text: str, beside: str = "") -> bool:
    return any(one.name != beside for one in things(nouns_and_marks(text, story=True)))


def _member(one: Known) -> tuple[Add, tuple[Recolour, ...]]:
    target = Reference(one.thing, every=one.count > 1)
    colours = tuple(Recolour(target, colour, part) for part, colour in one.parts.items())
    return Add(one.thing, one.count, one.colour, one.size), colours


def _ending(picture: Picture, cast: Sequence[Known]) -> list[Operation]:
    """How those in a story are and where, after all that was told of them."""
    found: list[Operation] = []
    for one in cast:
        if not one.there or one not in picture.things:
            continue
        target = Reference(one.thing, every=one.count > 1)
        if (
            one.relation is not None
            and one.relation[0] in ("on", "inside", "held by", "below", "behind")
            and one.relation[1] in cast
        ):
            kind, to, _ = one.relation
            found.append(Move(target, None, Relation(kind, Reference(to.thing, every=to.count > 1))))
        if one.action is not None:
            found.append(Act(target, one.action))
    return deepcopy(found)
