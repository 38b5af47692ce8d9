"""Speculation: the next step is begun from pictures that nobody has judged yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from stepweave.messages import Blob, Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.search.moves import Drop, GiveUp, Keep, Move
from stepweave.policies.search.policy import MOST_CANDIDATES, checked, round_of
from stepweave.policies.search.tree import Place, Tree

Front = list[tuple[Blob | None, int]]
"""Pictures that a later step may start from, and how many guesses each rests upon; ``None``: what stands."""


@dataclass(frozen=True, slots=True)
class Speculative:
    """Rounds of ``n`` candidates, and the next step is begun before they are judged.

    From the first ``guesses`` candidates of a step that are drawn, ``n`` candidates of the next step are drawn while
    the critics still look. A guess that is rejected is called off with all that was drawn from it, and another takes
    its place. Of several accepted candidates the one is kept from which the next step was begun.

    With ``depth`` above 1 a guess may rest upon guesses, which is worth it where judging takes longer than drawing.
    """

    n: int = 4
    guesses: int = 2
    depth: int = 1
    rounds: int = 5

    def __post_init__(self) -> None:
        checked("n", self.n)
        checked("guesses", self.guesses, most=16)
        checked("depth", self.depth, most=16)
        checked("rounds", self.rounds, most=MOST_CANDIDATES // self.n)

    def moves(self, tree: Tree) -> Iterator[Move]:
        """Settle what is certain, draw what is promising, and call off what rests upon a wrong guess."""
        begun = _begun_from(tree)
        fronts: dict[int, Front] = {}
        for step in tree.steps:
            if tree.kept(step.number) is not None:
                fronts[step.number] = [(None, 0)]
                continue
            if any(number not in fronts for number in step.before):
                continue
            places = list(self._places(tree, step, fronts))
            settled = False
            for place, rests in places:
                found = self._certain(place, begun) if rests == 0 else list(round_of(place, self.n, self.rounds))
                yield from found
                settled = settled or any(isinstance(move, Keep | GiveUp) for move in found)
            if settled:  # what starts from it looks different then
                continue
            front: dict[Blob | None, int] = {}
            for place, rests in places:
                for candidate in self._guesses(place, begun):
                    if candidate.drawn is not None:
                        front.setdefault(candidate.drawn.image, rests + 1)
            fronts[step.number] = list(front.items())
            yield from _wrong(tree.candidates(step.number), [place for place, _ in places])

    def _places(self, tree: Tree, step: Step, fronts: dict[int, Front]) -> Iterator[tuple[Place, int]]:
        """Where candidates of a step may be drawn, each with the number of guesses it rests upon."""
        combined = product(*(fronts[number] for number in step.before))
        possible = ((chosen, max((rests for _, rests in chosen), default=0)) for chosen in combined)
        within = ((chosen, rests) for chosen, rests in possible if rests <= self.depth)
        for chosen, rests in islice(within, min(self.guesses**self.depth, MOST_CANDIDATES)):
            pictures = {number: blob for number, (blob, _) in zip(step.before, chosen, strict=True) if blob is not None}
            place = tree.place(step, pictures)
            if place is not None:
                yield place, rests

    def _guesses(self, place: Place, begun: frozenset[str]) -> list[Candidate]:
        """The candidates that the next step is begun from: those from which it was begun, then in their order."""
        promising = [candidate for candidate in place.candidates if candidate.promising]
        promising.sort(key=lambda c: (_image(c) not in begun, c.number))
        different: dict[str, Candidate] = {}
        for candidate in promising:
            different.setdefault(_image(candidate), candidate)
        return list(different.values())[: self.guesses]

    def _certain(self, place: Place, begun: frozenset[str]) -> Sequence[Move]:
        """What is to be done in a place whose sources stand."""
        if place.accepted:
            guessed = [
                candidate for candidate in place.candidates if candidate.promising and _image(candidate) in begun
            ]
            good = [candidate for candidate in guessed if candidate.accepted]
            if good or not guessed:
                return [Keep((good or place.accepted)[0])]
            return ()  # a guess that is right is ahead of a picture that is: wait for what the critics say of it
        orders: list[Move] = [*round_of(place, self.n, self.rounds)]
        return orders if orders or place.waiting else [GiveUp(place)]


def _begun_from(tree: Tree) -> frozenset[str]:
    """The pictures from which something was begun that was not called off."""
    return frozenset(
        blob.sha256
        for step in tree.steps
        if tree.kept(step.number) is None
        for candidate in tree.candidates(step.number)
        if not candidate.abandoned
        for blob in candidate.ask.sources
    )


def _wrong(candidates: Iterable[Candidate], places: Iterable[Place]) -> Iterator[Drop]:
    """What is under way in none of the places."""
    wanted = {candidate.task for place in places for candidate in place.candidates}
    return (Drop(candidate) for candidate in candidates if not candidate.settled and candidate.task not in wanted)


def _image(candidate: Candidate) -> str:
    return candidate.drawn.image.sha256 if candidate.drawn is not None else ""
