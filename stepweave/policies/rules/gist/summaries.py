"""What a request sums up before it tells it in order is told once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stepweave.policies.rules.gist.agents import Cut, is_agent
from stepweave.policies.rules.gist.moments import weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.pieces import COMMA
from stepweave.policies.rules.gist.skimming import scenery


def without_summary(cut: Cut) -> Cut:
    """The moments without a deed that is told before "first", if all it names is named again by what follows."""
    at = next((at for at, (moment, _) in enumerate(cut) if at and FIRST.match(moment.lead)), None)
    if at is None:
        return cut
    before = [one for _, said in cut[:at] for one in said]
    after = [one for _, said in cut[at:] for one in said]
    verbs = {one.value for one in before if isinstance(one, Mark) and one.kind == "verb"}
    nouns = [one for one in before if isinstance(one, Noun) and one.head != "people"]
    where = scenery(before)
    if where and not nouns and verbs <= {"draw"}:
        moment, said = cut[at]
        return [(moment, [*said, COMMA, *where]), *cut[at + 1 :]]
    if not nouns and not where and not verbs:
        return cut[at:]
    if verbs <= {"draw"} and (listed := _in_turn(before, cut[at:])):
        return listed
    wished = bool(nouns) and not verbs and all(one.plural and one.plain and not one.count for one in nouns)
    if not (verbs & SUMMED or wished) or not _named_again(before, after):
        return cut
    return cut[at:]


def _in_turn(before: Sequence[Piece], cut: Cut) -> Cut:
    """The things named before, each where it is named again alone: "a house with a tree: first the house, then ..."."""
    named = {one.name: one for one in before if isinstance(one, Noun)}
    plain = [weighty(said, "stop", "comma") for _, said in cut]
    turns = [said[0].name if len(said) == 1 and isinstance(said[0], Noun) else "" for said in plain]
    related = any(isinstance(one, Mark) and one.kind == "relation" for one in before)
    if related or sorted(turns) != sorted(named):
        return []
    return [(moment, [named[name]]) for (moment, _), name in zip(cut, turns, strict=True)]


FIRST = re.compile(
    r"(?:and\s+|so\s+|but\s+)*(?:at\s+)?first|to\s+(?:start|begin)|(?:in\s+)?step\s+(?:one|1)", re.IGNORECASE
)
SUMMED = frozenset("give put take drop pour hold swap open set remove".split())
"""Deeds that a request may sum up before it tells them in order."""


def _named_again(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether all things are named again, none of them as what is there by then."""
    for noun in before:
        if not isinstance(noun, Noun) or noun.head == "people":
            continue
        name = _thing_of(noun)
        again = next((one for one in after if isinstance(one, Noun) and _thing_of(one) == name), None)
        if again is None or (again.definite and not noun.definite) or again.colour not in (None, noun.colour):
            return False
    return True


def _thing_of(noun: Noun) -> str:
    """What a noun names; the arm is the robot arm."""
    return "robot arm" if is_agent(noun) and noun.head == "part" else noun.name
