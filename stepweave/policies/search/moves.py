"""What a search policy can do next."""

from __future__ import annotations

from dataclasses import dataclass

from stepweave.policies.candidates import Candidate, Opinion
from stepweave.policies.search.tree import Place


@dataclass(frozen=True, slots=True)
class Try:
    """Draw one more candidate in a place."""

    place: Place
    prompt: str
    after: Opinion | None = None
    """The opinion whose refined prompt it is, if it is one."""


@dataclass(frozen=True, slots=True)
class Consult:
    """Have the first critic give so many opinions of a candidate, those it has given included."""

    candidate: Candidate
    opinions: int


@dataclass(frozen=True, slots=True)
class Keep:
    """The step of a candidate ends with it; what can count no more is called off."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Drop:
    """Call a candidate off that is being drawn or judged."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Everything was tried in a place whose sources stand, and nothing was accepted: the run's rule for that holds."""

    place: Place


Move = Try | Consult | Keep | Drop | GiveUp
