"""Beam search: several storylines at once, the best one wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from stepweave.messages import Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.search.moves import GiveUp, Keep, Move, Try
from stepweave.policies.search.policy import MOST_CANDIDATES, checked, round_of
from stepweave.policies.search.tree import Place, Tree


@dataclass(frozen=True, slots=True)
class Line:
    """A storyline: a candidate for each of some steps, each drawn from those before it."""

    candidates: Mapping[int, Candidate] = field(default_factory=dict)
    """By step; steps that have ended are left out, for they are the same in all lines."""

    @property
    def score(self) -> float:
        """The sum of the candidates' scores."""
        return sum(candidate.score for candidate in self.candidates.values())

    @property
    def rank(self) -> tuple[float, tuple[int, ...]]:
        """For sorting, the best first; of equal ones the one with earlier candidates."""
        return -self.score, tuple(candidate.number for _, candidate in sorted(self.candidates.items()))

    def agrees(self, other: Line) -> bool:
        """Whether both have the same candidate for every step that is in both."""
        shared = self.candidates.keys() & other.candidates.keys()
        return all(self.candidates[step].task == other.candidates[step].task for step in shared)

    def joined(self, other: Line) -> Line:
        """Both together."""
        return Line({**self.candidates, **other.candidates})


Lines = dict[int, list[Line]]
"""The best storylines up to each step that is complete."""


@dataclass(frozen=True, slots=True)
class Beam:
    """Several storylines at once: from each of the best ``width`` pictures of a step ``n`` of the next are drawn.

    A step is complete when all that was drawn for it is judged and something is accepted; where nothing is, another
    round is drawn with refined prompts, ``rounds`` at most. The storyline with the highest sum of scores wins; before
    that, a picture is kept from which all the next steps' are drawn. Nothing depends on who answers first.
    """

    width: int = 2
    n: int = 2
    rounds: int = 5

    def __post_init__(self) -> None:
        checked("width", self.width, most=16)
        checked("n", self.n)
        checked("rounds", self.rounds, most=MOST_CANDIDATES // (self.n * self.width))

    def moves(self, tree: Tree) -> Iterator[Move]:
        """Draw what is missing for the steps that can be drawn; keep what is no longer in doubt."""
        lines: Lines = {}
        stuck: list[Move] = []
        quiet = True
        for step in tree.steps:
            if tree.kept(step.number) is not None:
                lines[step.number] = [Line()]
                continue
            if any(number not in lines for number in step.before):
                continue
            places = _places(tree, step, lines, self.width)
            yield from (orders := self._orders([place for place, _ in places]))
            if orders or any(place.waiting for place, _ in places):
                quiet = False
            elif found := [line.joined(Line({step.number: c})) for place, line in places for c in place.accepted]:
                lines[step.number] = _best(found, step.number, self.width)
            else:
                moves = _failed(places) if places else _settled(lines, step.before)
                if not stuck or isinstance(moves[0], GiveUp):  # two storylines might not agree
                    stuck += moves
        yield from _certain(tree, lines)
        if quiet:  # so that it does not matter which step came to its end first
            yield from stuck

    def _orders(self, places: Sequence[Place]) -> list[Try]:
        """Another round in every place, if the last one is judged and nothing was accepted."""
        if any(place.waiting or place.accepted for place in places):
            return []
        return [order for place in places for order in round_of(place, self.n, self.rounds)]


def _best(lines: Sequence[Line], step: int, width: int) -> list[Line]:
    """The best storylines, each with another picture of a step: two candidates may well be the same picture."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: line.rank):
        drawn = line.candidates[step].drawn
        found.setdefault(drawn.image.sha256 if drawn is not None else "", line)
    return list(found.values())[:width]


def _places(tree: Tree, step: Step, lines: Lines, width: int) -> list[tuple[Place, Line]]:
    """Where a step is drawn, and the storyline that leads there; none: no storyline has all that it starts from."""
    found = [line for chosen in product(*(lines[n] for n in step.before)) if (line := _joined(chosen)) is not None]
    places: list[tuple[Place, Line]] = []
    for line in sorted(found, key=lambda line: line.rank):
        pictures = {n: c.drawn.image for n, c in line.candidates.items() if c.drawn is not None}
        place = tree.place(step, pictures)
        if place is not None and all(place.sources != other.sources for other, _ in places):
            places.append((place, line))
    return places[:width]


def _joined(lines: Sequence[Line]) -> Line | None:
    """Several storylines as one; ``None``: they do not agree."""
    whole = Line()
    for line in lines:
        if not whole.agrees(line):
            return None
        whole = whole.joined(line)
    return whole


def _failed(places: Sequence[tuple[Place, Line]]) -> list[Move]:
    """Nothing was accepted in any place: settle on the storyline of the best attempt, and then give up there."""
    place, line = max(places, key=lambda pair: pair[0].best.score if pair[0].best else -1.0)
    return _kept(line) or [GiveUp(place)]


def _settled(lines: Lines, steps: Iterable[int]) -> list[Move]:
    """No storyline has all these steps: settle on the best one that has some, and draw the others anew from there."""
    return _kept(min((line for step in steps for line in lines[step] if line.candidates), key=lambda line: line.rank))


def _kept(line: Line) -> list[Move]:
    return [Keep(candidate) for _, candidate in sorted(line.candidates.items())]


def _certain(tree: Tree, lines: Lines) -> Iterator[Move]:
    """What is kept: once all steps are complete the best storyline, before that what all that go on have in common."""
    if all(step.number in lines for step in tree.steps):
        best = Line()
        for step in reversed(tree.steps):
            agreeing = [line for line in lines[step.number] if line.agrees(best)]
            if step.number not in best.candidates and agreeing:
                best = best.joined(min(agreeing, key=lambda line: line.rank))
        yield from _kept(best)
        return
    for step in tree.steps:
        stand = all(tree.kept(number) is not None for number in step.before)
        if stand and tree.kept(step.number) is None and step.number in lines:
            left = _left(step.number, tree, lines)
            if len(left) == 1:
                yield Keep(left[0])


def _left(number: int, tree: Tree, lines: Lines) -> list[Candidate]:
    """The candidates of a complete step that later steps are drawn from, or may be as long as one is not complete."""
    later = [step.number for step in tree.steps if number in step.before and tree.kept(step.number) is None]
    complete = bool(later) and all(step in lines for step in later)
    found = {
        line.candidates[number].task: line.candidates[number]
        for step in (later if complete else (number,))
        for line in lines[step]
    }
    return list(found.values())
