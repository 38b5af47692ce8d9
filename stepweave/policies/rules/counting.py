"""Answers how many there are, after all that is told of them."""

from __future__ import annotations

import re

from stepweave.policies.rules.gist import nouns_and_marks, things
from stepweave.policies.rules.gist.nouns import Noun
from stepweave.world.language.lexicon import plural
from stepweave.world.language.naming import NUMBERS

ASKED = re.compile(r"\bhow\s+many\b|\bwhat\s+number\b", re.IGNORECASE)
ALL = re.compile(
    r"\b(?:things|animals|shapes|objects|fruits?|altogether|in\s+all|in\s+total|all\s+together)\b", re.IGNORECASE
)
CLAUSE = re.compile(r"[,.;]\s*|\s+(?:and|but|then|plus|while)\s+|\s+(?=minus\b)", re.IGNORECASE)
LESS = re.compile(
    r"\b(?:tak(?:es?|en)|took|eat(?:s|en)?|ate|remov\w*|los(?:es?|t)|leav(?:es?|ing)|(?<!the )left(?! of| side)|away"
    r"|off|gone|disappear\w*|vanish\w*|melt\w*|br(?:eaks?|oken?)|pops?|giv(?:es?|en)|gave|s(?:ells?|old)|minus|less|fewer|subtract\w*|steals?|stole|stolen|burst\w*"
    r"|go(?:es)?\s+out|went\s+out|without)\b",
    re.IGNORECASE,
)
"""Words for what makes them fewer."""


def counted(told: str, asked: str) -> str:
    """The answer to how many there are; empty if that is not asked, or nothing is counted."""
    if not ASKED.search(asked):
        return ""
    wanted = [one for one in things(nouns_and_marks(asked)) if not one.count]
    kind = wanted[0].name if wanted else ""
    colour = wanted[0].colour if wanted else None
    every = ALL.search(asked) is not None
    total, first = 0, True
    for clause in CLAUSE.split(told):
        sign = -1 if not first and LESS.search(clause) else 1
        for noun in nouns_and_marks(clause):
            number = _number(noun) if isinstance(noun, Noun) else 0
            if not number or not isinstance(noun, Noun):
                continue
            if noun.head == "thing" and not kind and not every:
                kind = noun.name
            same = noun.head == "one" or every or noun.name == kind
            if same and (colour in (None, noun.colour) or noun.head == "one"):
                total += sign * number
                first = False
    if first or total < 0:
        return ""
    what = kind or "thing"
    word = NUMBERS[total] if 0 < total < len(NUMBERS) else str(total) if total else "no"
    colours = f"{colour} " if colour else ""
    named = "thing" if every else f"{colours}{what}"
    return f"There is {word} {named}." if total == 1 else f"There are {word} {plural(named)}."


def _number(noun: Noun) -> int:
    """How many a noun speaks of, where it tells so."""
    if noun.head not in ("thing", "one") or noun.definite:
        return 0
    return noun.count or (1 if noun.indefinite or noun.another else 0)
