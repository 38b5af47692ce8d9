"""Everybody agrees on which events count, in whatever order he comes to know of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from stepweave.chain import BEGINNING, MOST_EVENTS, Chain

LOG = list[int]
"""Numbers of the events of a run in the order of the log: the one at index 0 has sequence 1."""


@dataclass
class Decider:
    """Who decides: he knows at once what he has written, and hears of everything else in order, but later."""

    chain: Chain = BEGINNING
    heard: int = 0
    counted: list[int] = field(default_factory=list)
    """Sequences of what counted for him."""

    def hear(self, log: LOG, until: int, begin: int | None = None) -> None:
        for sequence in range((self.heard if begin is None else begin) + 1, until + 1):
            self.chain, counts = self.chain.heard(str(log[sequence - 1]), sequence)
            if counts:
                self.counted.append(sequence)
        self.heard = max(self.heard, until)

    def decide(self, log: LOG) -> bool:
        """Write the next event, unless there is one of its number: then read all from the beginning."""
        if self.chain.events in log:
            self.hear(log, len(log), 0)
            return False
        log.append(self.chain.events)
        self.chain = self.chain.grown(len(log))
        self.counted.append(len(log))
        return True


@pytest.mark.parametrize("seed", range(300))
def test_who_decides_counts_what_who_reads_in_order_counts(seed: int) -> None:
    dice, log, honest = random.Random(seed), LOG([0]), [1]
    deciders = [Decider(), Decider()]
    for one in deciders:
        one.hear(log, 1)
    for _ in range(dice.randrange(4, 30)):
        one = dice.choice(deciders)
        match dice.randrange(4):
            case 0:
                log.append(dice.randrange(9))  # a stranger
            case 1:
                one.hear(log, dice.randint(one.heard, len(log)))
            case _:
                if one.decide(log):
                    honest.append(len(log))
    reader = Decider()
    reader.hear(log, len(log))
    for one in deciders:
        one.hear(log, len(log))
        assert (one.chain.events, one.chain.head) == (reader.chain.events, reader.chain.head)
        assert sorted(one.counted) == reader.counted
    assert set(honest) <= set(reader.counted), "no decision is lost"


def test_numbers_are_written_in_one_way_only() -> None:
    for odd in ("00", "007", "-1", "x", "", "\u0660", "1.0", "9" * 60, str(MOST_EVENTS)):
        assert BEGINNING.heard(odd, 5)[0] is BEGINNING


def test_what_was_taken_is_forgotten_once_it_is_passed() -> None:
    chain = BEGINNING
    for number in (*range(1, 40), 60):
        chain, _ = chain.heard(str(number), number)
    chain, _ = chain.heard("0", 100)
    assert (chain.events, chain.head, dict(chain.taken)) == (40, 100, {60: 60})


def test_there_is_an_end_to_it() -> None:
    chain = Chain(MOST_EVENTS - 1, 7)
    assert (chain.ending, chain.full) == (True, False)
    chain, _ = chain.heard(str(MOST_EVENTS - 1), 8)
    assert (chain.ending, chain.full) == (True, True)
