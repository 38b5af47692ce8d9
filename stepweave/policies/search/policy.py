"""What a search policy is, and the usual way to write one: place by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from stepweave.policies.search.moves import Move, Try
from stepweave.policies.search.tree import Place, Tree

MOST_CANDIDATES = 1000
"""Candidates per step at most, whatever a policy says."""


class SearchPolicy(Protocol):
    """Decides what to try next in a run. A value: it holds its settings and nothing else."""

    def moves(self, tree: Tree) -> Iterable[Move]:
        """Everything that can be done now; asked again once that is decided, until it says nothing."""
        ...


class PlaceByPlace:
    """A policy that looks at one place at a time: at a step once the pictures it starts from are accepted."""

    __slots__ = ()

    def moves(self, tree: Tree) -> Iterator[Move]:
        """What is to be done in every place whose sources stand."""
        for place in tree.open():
            yield from self.at(place)

    def at(self, place: Place) -> Iterable[Move]:
        """What is to be done in a place; nothing: wait for what is being drawn or judged."""
        raise NotImplementedError


def round_of(place: Place, size: int, rounds: int) -> Iterator[Try]:
    """The candidates that are still to be drawn in the round that is under way, or in the next one.

    All of a round are ordered together. The first round draws the prompt as planned; each further one takes the
    prompts that the critics refined after the round before, the best-scored candidate's first, in turn.

    Args:
        place: where.
        size: candidates of a round.
        rounds: how many rounds there are at most.
    """
    begun, within = divmod(len(place.candidates), size)
    if begun >= rounds or (within == 0 and (place.waiting or place.hopeless)):
        return
    refinements = place.refinements(size) if begun else ()
    for index in range(within, size):
        if not refinements:
            yield Try(place, place.prompt)
            continue
        opinion = refinements[index % len(refinements)]
        yield Try(place, opinion.verdict.refined_prompt or place.prompt, opinion)


def checked(name: str, value: object, least: int = 1, most: int = MOST_CANDIDATES) -> None:
    """Refuse a setting of a policy that is no whole number in a range.

    Raises:
        ValueError: naming it and what can be chosen.
    """
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name} is {value!r}, choose {least} to {most}")
