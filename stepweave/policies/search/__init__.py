"""Search policies: what to try next in a run. Values of one type, chosen per run and written as ``parallel(4)``.

A policy sees a :class:`Tree` and answers with moves; it knows no bus, no clock and no model. docs/policies.md tells
how to choose one and how to write one.
"""

from stepweave.policies.candidates import Candidate, Opinion
from stepweave.policies.search.beam import Beam
from stepweave.policies.search.moves import Consult, Drop, GiveUp, Keep, Move, Try
from stepweave.policies.search.policy import MOST_CANDIDATES, PlaceByPlace, SearchPolicy, round_of
from stepweave.policies.search.rounds import Explore, Parallel, Sequential
from stepweave.policies.search.speculative import Speculative
from stepweave.policies.search.spelling import UnknownPolicy, parse_policy
from stepweave.policies.search.tree import Place, Tree

__all__ = [
    "MOST_CANDIDATES",
    "Beam",
    "Candidate",
    "Consult",
    "Drop",
    "Explore",
    "GiveUp",
    "Keep",
    "Move",
    "Opinion",
    "Parallel",
    "Place",
    "PlaceByPlace",
    "SearchPolicy",
    "Sequential",
    "Speculative",
    "Tree",
    "Try",
    "UnknownPolicy",
    "parse_policy",
    "round_of",
]
