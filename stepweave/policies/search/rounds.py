"""Policies that settle one step after the other: the paper's loop, rounds of several candidates, and exploration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stepweave.policies.candidates import Candidate
from stepweave.policies.search.moves import Consult, GiveUp, Keep, Move, Try
from stepweave.policies.search.policy import MOST_CANDIDATES, PlaceByPlace, checked, round_of
from stepweave.policies.search.tree import Place


@dataclass(frozen=True, slots=True)
class Sequential(PlaceByPlace):
    """The paper's loop: one candidate at a time, each with the prompt its predecessor's critic refined.

    Source: InterleaveThinker, section "The loop": at most ``attempts`` (T_max) candidates per step.
    """

    attempts: int = 5

    def __post_init__(self) -> None:
        checked("attempts", self.attempts)

    def at(self, place: Place) -> Iterable[Move]:
        """Keep the first accepted candidate, else refine the last one's prompt and try again."""
        return first_good(place, 1, self.attempts)


@dataclass(frozen=True, slots=True)
class Parallel(PlaceByPlace):
    """Rounds of ``n`` candidates drawn at the same time; the next round takes the prompts refined after the last.

    ``keep="first"`` ends a step with the first candidate that is accepted and calls its siblings off: quickest.
    ``keep="best"`` waits for the whole round and keeps the best-scored of those accepted; which picture that is does
    not depend on who answers first.
    """

    n: int = 4
    rounds: int = 5
    keep: str = "first"

    def __post_init__(self) -> None:
        checked("n", self.n)
        checked("rounds", self.rounds, most=MOST_CANDIDATES // self.n)
        if self.keep not in ("first", "best"):
            raise ValueError(f"keep is {self.keep!r}, choose 'first' or 'best'")

    def at(self, place: Place) -> Iterable[Move]:
        """Keep what is good, else draw another round."""
        if self.keep == "best" and place.waiting:
            return round_of(place, self.n, self.rounds)
        return first_good(place, self.n, self.rounds, best=self.keep == "best")


@dataclass(frozen=True, slots=True)
class Explore(PlaceByPlace):
    """Groups for learning: of every rejected candidate ``group`` critiques are sampled, and each one's prompt is drawn.

    So the log holds complete groups of answers to the same question, each with what came of it, as GRPO needs them
    (Shao et al., DeepSeekMath, 2024, section 4.1). A group is drawn and judged to its end, and nobody is called off.
    The best-scored candidate of a group that is accepted is kept; if none is, the best-scored one of which there is no
    group yet is where the next group begins, ``rounds`` times at most.
    """

    group: int = 4
    rounds: int = 2

    def __post_init__(self) -> None:
        checked("group", self.group, least=2)
        checked("rounds", self.rounds, most=MOST_CANDIDATES // self.group)

    def at(self, place: Place) -> Iterator[Move]:
        """Keep what is good, else sample critiques of the best candidate, and draw after each of them."""
        if place.waiting:
            return
        if place.accepted and place.best is not None:
            yield Keep(place.best)
            return
        explored = [candidate for candidate in place.candidates if candidate.asked >= self.group]
        tried = {candidate.ask.after for candidate in place.candidates}
        orders = [
            Try(place, opinion.verdict.refined_prompt or place.prompt, opinion)
            for root in explored
            for opinion in root.opinions
            if opinion.critic == root.opinions[0].critic and opinion.task not in tried
        ]
        yield from orders
        if not orders:
            yield self._further(place, explored)

    def _further(self, place: Place, explored: Sequence[Candidate]) -> Move:
        """Another group, or a first candidate."""
        if len(explored) >= self.rounds or place.hopeless or len(place.candidates) > self.group * self.rounds:
            return GiveUp(place)
        rejected = [candidate for candidate in place.candidates if candidate.judged and candidate not in explored]
        if not rejected:
            return Try(place, place.prompt)
        return Consult(max(rejected, key=lambda c: (c.score, -c.number)), self.group)


def first_good(place: Place, size: int, rounds: int, *, best: bool = False) -> Iterator[Move]:
    """Keep the first accepted candidate, or the best-scored; else the next round; else give up."""
    if place.accepted:
        kept = place.best if best else place.accepted[0]
        assert kept is not None
        yield Keep(kept)
        return
    orders = list(round_of(place, size, rounds))
    yield from orders
    if not orders and not place.waiting:
        yield GiveUp(place)
