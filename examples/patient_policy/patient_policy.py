"""A search policy of one's own: takes its time, and settles for less the longer a step takes.

It draws one candidate after the other. A candidate that the critics accepted with a high score ends the step at once;
with every attempt that did not, the score that is good enough falls by a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stepweave.policies.search import GiveUp, Keep, Move, Place, PlaceByPlace, round_of


@dataclass(frozen=True, slots=True)
class Patient(PlaceByPlace):
    """Written ``patient(9)`` or ``patient(score=9, attempts=6)``."""

    score: float = 9.0
    attempts: int = 6

    def at(self, place: Place) -> Iterator[Move]:
        """One more candidate, or the best if it is good enough by now."""
        if place.waiting:
            return
        best, wanted = place.best, self.score - len(place.candidates)
        orders = list(round_of(place, 1, self.attempts))
        if best is not None and best.accepted and (best.score >= wanted or not orders):
            yield Keep(best)
        else:
            yield from orders or [GiveUp(place)]
