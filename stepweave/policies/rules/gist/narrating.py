"""Hears stories: those that are told picture by picture, and what is said of those that shall be made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from stepweave.policies.rules.gist.asides import apart
from stepweave.policies.rules.gist.hearing import Heard, Spoken, heard, last_picture
from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.policies.rules.gist.nouns import Noun, pieces
from stepweave.policies.rules.gist.terms import terms
from stepweave.world import vocabulary
from stepweave.world.scene import Act, Add, Move, Operation, Recolour, Reference, Relation

ASKED = re.compile(
    r"\b(?:story|stories|tale|tales|fairy\s*tale|storyboard|comic|bedtime|picture\s+book|adventures?|once\s+upon|narrate|storytime"
    r"|what\s+happen(?:s|ed)|tell\s+(?:me|us|them|my\s+\w+|the\s+\w+)?\s*(?:about|of|how|what|why|a\b|it\s+in)|make\s+(?:something\s+)?up"
    r"|invent\s+something|hear\s+(?:about|what|how)|the\s+day\s+(?:when|that))\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|came|found|met|saw|lost|went|fell|slept|sang|ran|flew|helped|danced|lived|wanted|had|cried|smiled|became|took|gave)\b",
    re.IGNORECASE,
)
"""Words in which stories are told."""
HEAD = re.compile(
    r"^[^.!?:]*?\b(?:story|tale|storyboard|comic|adventure|wrote\s+this|goes\s+like\s+this|story\s+time)\b[^.!?:]{0,24}[:.!]\s+(?=\S)"
    r"|^\W*(?:once\s+upon\s+a\s+time|once)\b,?\s*(?:there\s+(?:was|were|lived)\s+)?",
    re.IGNORECASE,
)
"""What comes before a story that is told."""
TAIL = re.compile(
    r"[.!?,;]\s*(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+)?(?:tell|draw|show|illustrate|make|write|paint)\s+(?:it|this|that)\b[^.!?]*[.!?]*\s*$"
    r"|[.!?,;\s]+(?:i\s+(?:want|need|would\s+like)\s+(?:it|this))\b[^.!?]*[.!?]*\s*$"
    r"|,?\s*(?:each\s+)?with\s+(?:a|one|some)\s+(?:(?:line|sentence|bit|piece)s?\s+of\s+)?text\b(?:\s+each)?"
    r"|,?\s*(?:and\s+|with\s+)?(?:an?\s+)?happy\s+end(?:ing)?\b[.!]*|[.…]*\s*go\s+on\b[\s,]*",
    re.IGNORECASE,
)
END = re.compile(r"\b(?:end|finally|last|until)\b", re.IGNORECASE)
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
    return ASKED.search(text) is not None or len(PAST.findall(text)) > 1


def told_story(text: str, spoken: Spoken, wanted: int | None) -> tuple[Heard, ...] | None:
    """The pictures of a story that is told moment by moment; ``None`` if it is only asked for.

    Raises:
        LanguageError: a moment is not understood.
    """
    body = _body(text)
    found = heard(body, spoken, wanted=wanted, story=True)
    enough = len(found) == wanted if wanted else len(found) >= LEAST
    return found if enough and len(found) > 1 else None


def premise(text: str, spoken: Spoken) -> Premise:
    """Who is in a story, where it plays, and how it ends.

    Raises:
        LanguageError: those in it are not known.
    """
    picture = last_picture(_body(text), spoken)
    first: dict[str, Known] = {}
    ghosts = [one for one in picture.recent if one not in picture.things and not one.there and one.count]
    cast = [one for one in (*picture.things, *ghosts) if one.thing != vocabulary.TEXT and one.count]
    for one in cast:
        first.setdefault(f"{one.thing} {one.colour}", one)
    members = tuple(_member(one) for one in first.values())
    return Premise(members, picture.background, tuple(_ending(picture, list(first.values()))))


def _body(text: str) -> str:
    text = text.strip()
    head = HEAD.match(text)
    if head is not None and not _things(head[0]):
        text = text[head.end() :]
    told, _ = apart(text)
    return TAIL.sub(".", told)


def _things(text: str) -> bool:
    return any(isinstance(one, Noun) and one.head == "thing" for one in pieces(terms(text, story=True, lenient=True)))


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
