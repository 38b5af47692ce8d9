"""Which events of a run count: the one rule by which everybody who reads a log takes them. Pure.

An event says in its subject how many were before it, and whoever decides writes it only if there is none of that
number. A stranger may write under any number, too. What comes in its turn counts. But whoever decides has read the
event before; so what stood in the log before that one, under a number whose turn comes only with it, is no decision:
it does not count, and its number is passed over, or the run would be blocked for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MOST_EVENTS = 10_000
"""Events of a run at most; one of a hundred steps with five attempts at each has about a thousand."""
_NUMBERS = {str(number): number for number in range(MOST_EVENTS)}
"""What can be the number of an event, as it is written."""


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the events of a run have come."""

    events: int = 0
    """How many there are: the number of the next one, which guards it."""
    head: int = 0
    """Log sequence of the last one."""
    taken: Mapping[int, int] = field(default_factory=dict)
    """Numbers of later events under which something stands already, and its log sequence."""

    def heard(self, number: str, sequence: int) -> tuple[Chain, bool]:
        """After what stands at a sequence under a number (itself, if that is no news), and whether that counts.

        What is earlier than the head and comes late only moves the number on: who reads in order passes it over.
        """
        if number == str(self.events):
            return self.grown(sequence), sequence > self.head
        later = _NUMBERS.get(number, -1)
        if later < self.events or later in self.taken:
            return self, False
        return replace(self, taken={**self.taken, later: sequence}), False

    def grown(self, sequence: int) -> Chain:
        """With the next event, which stands at a sequence."""
        head, events = max(self.head, sequence), self.events + 1  # our own is known before we hear what was earlier
        while self.taken.get(events, head) < head:
            events += 1
        taken = {number: at for number, at in self.taken.items() if number > events} if self.taken else self.taken
        return Chain(events, head, taken)

    @property
    def ending(self) -> bool:
        """Whether there can be one further event at most."""
        return self.events >= MOST_EVENTS - 1

    @property
    def full(self) -> bool:
        """Whether there can be no further event."""
        return self.events >= MOST_EVENTS


BEGINNING = Chain()
"""No event yet."""
