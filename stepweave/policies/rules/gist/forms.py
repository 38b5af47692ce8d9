"""The forms of words: which words may be passed over, and what a verb is in its plain form."""

from __future__ import annotations

from functools import cache
from importlib import resources

from stepweave.policies.rules.gist import everyday
from stepweave.world.language.deeds import participle, third

_DOUBLING = frozenset(
    "plan beg bet fit get let put run set shut sit stop swap chat cut grab grip drop flip hop nap pop skip "
    "spin step tip drag slip stir trot hug wrap snap permit submit prefer refer grin hum sob spot nod wag "
    "rip zip dig swim win trim jog rob tap clap".split()
)


def inflected(verb: str) -> tuple[str, ...]:
    """All forms of a verb, its first word inflected: "pick up", "picks up", "picked up", "picking up"."""
    first, blank, rest = verb.partition(" ")
    doubled = f"{first}{first[-1]}" if first in _DOUBLING else first
    ing = f"{first[:-2]}ying" if first.endswith("ie") else participle(first) if doubled == first else f"{doubled}ing"
    past = _irregular().get(first) or (_past(doubled if doubled != first else first),)
    return tuple(dict.fromkeys(f"{form}{blank}{rest}" for form in (first, third(first), *past, ing)))


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    verbs = (line.split() for line in everyday.IRREGULAR.replace("\n", "|").split("|") if line)
    return {plain: tuple(others) or (plain,) for plain, *others in verbs}


@cache
def passed_over() -> frozenset[str]:
    """All words that ask for nothing that could be seen, in all their forms."""
    verbs = {form for verb in (*everyday.VERBS, *everyday.SPOKEN) for form in inflected(verb)}
    words = (*everyday.PRONOUNS, *everyday.ABSTRACT, *everyday.TIME, *everyday.CONNECTORS, *everyday.EVALUATIONS)
    plain = {word.replace("'", "") for word in words if "-" not in word}
    adverbs = {f"{word}ly" for word in everyday.EVALUATIONS if word.isalpha()}
    return frozenset(verbs | plain | adverbs | _unseen())


def _unseen() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("unseen.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def people() -> frozenset[str]:
    """Those for whom a picture is meant."""
    return frozenset(everyday.PEOPLE)


@cache
def occasions() -> frozenset[str]:
    """What a picture is for."""
    return frozenset(everyday.OCCASIONS)


@cache
def idle() -> frozenset[str]:
    """What is named and cannot be seen, so that nothing can be in it."""
    seen = {"object", "objects", "item", "items", "group", "pair", "page", "point", "position", "step", "kind", "cup"}
    return frozenset({*everyday.ABSTRACT, *everyday.TIME} - seen - set(everyday.EVALUATIONS))
