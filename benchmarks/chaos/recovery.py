"""How long it takes until what a fault met has gone on: one fault at a time, on a system under steady load.

For every fault and every control, at which nothing is done, two figures:

- *tasks*: seconds from the fault until every task that was commanded and unanswered at that moment is answered;
- *runs*: seconds from the fault until every run that was under way at that moment has decided something again.

Both are taken from the times at which the server stored the messages. The moment of the fault comes from the harness;
all of them run on one machine, so there is one clock.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from benchmarks.chaos.checking import Cell
from benchmarks.chaos.faults import Fault, kinds, strike
from benchmarks.chaos.processes import until
from benchmarks.chaos.reading import Entry
from benchmarks.chaos.storm import Town, drain, keep_busy, say

CONTROL = "no fault"
SETTLE = (3.0, 5.0)
"""Seconds between the end of one fault and the next."""
WAIT = 30.0
"""Seconds to wait for a victim."""


@dataclass(slots=True)
class Times:
    """When things of the runs were stored: seconds since 1970."""

    tasks: list[tuple[float, float]] = field(default_factory=list)
    """Of each task the command and the answer."""
    events: dict[str, list[float]] = field(default_factory=dict)
    """The events of each run, in order."""

    def add(self, run: str, entries: Sequence[Entry]) -> None:
        """Take up a run."""
        began: dict[Cell, float] = {}
        for entry in entries:
            branch, *tokens = entry.tokens
            cell: Cell = (tokens[0], tokens[1], tokens[2]) if branch in ("cmd", "done") else ("", "", "")
            if branch == "cmd":
                began.setdefault(cell, entry.time)
            elif branch == "done" and cell in began:
                self.tasks.append((began.pop(cell), entry.time))
            elif branch == "ev":
                self.events.setdefault(run, []).append(entry.time)

    def of_tasks(self, at: float) -> float | None:
        """Seconds until all tasks under way at a moment were answered; ``None``: there was none."""
        ends = [done for began, done in self.tasks if began <= at < done]
        return max(ends) - at if ends else None

    def of_runs(self, at: float) -> float | None:
        """Seconds until all runs under way at a moment had an event; ``None``: there was none."""
        later = [next(t for t in times if t > at) for times in self.events.values() if times[0] <= at < times[-1]]
        return max(later) - at if later else None


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was measured of one kind of fault."""

    kind: str
    lasting: float
    """Seconds that the fault itself lasted, in the middle of all."""
    tasks: Sequence[float]
    runs: Sequence[float]


async def disturb(place: Town, rounds: int) -> None:
    """Under steady load, strike with every kind of fault and with none, in an order by chance, in every round."""
    over = False
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_busy(place, lambda: not over))
        chance = random.Random(f"recovery {place.weather.seed}")
        await asyncio.sleep(max(SETTLE))
        for number in range(rounds):
            names = [CONTROL, *kinds(place.weather.nodes)]
            for kind in chance.sample(names, len(names)):
                await _one(place, chance, kind)
            say(f"round {number + 1} of {rounds} is over; {len(place.happenings.finished)} runs have ended")
        over = True
    await drain(place)


async def _one(place: Town, chance: random.Random, kind: str) -> None:
    faults = place.happenings.faults
    if kind == CONTROL:
        faults.append(Fault(CONTROL, "", time.time(), 0.0))
    else:
        if not await until(partial(_can_be_hurt, place), WAIT) or not (
            struck := await strike(place.scene, chance, kind)
        ):
            say(f"no victim for: {kind}")
            return
        fault, harm = struck
        faults.append(fault)
        await harm()
    await asyncio.sleep(chance.uniform(*SETTLE))


async def _can_be_hurt(place: Town) -> bool:
    everybody = all(worker.ready.is_set() for worker in place.scene.workers)
    return everybody and await place.scene.broker.is_whole()


def recoveries(faults: Sequence[Fault], times: Times) -> list[Recovery]:
    """The figures, by kind, the control first."""
    by_kind: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_kind[fault.kind].append(fault)
    names = sorted(by_kind, key=lambda kind: (kind != CONTROL, kind))
    return [_of(kind, by_kind[kind], times) for kind in names]


def _of(kind: str, faults: Sequence[Fault], times: Times) -> Recovery:
    tasks = [seconds for fault in faults if (seconds := times.of_tasks(fault.at)) is not None]
    runs = [seconds for fault in faults if (seconds := times.of_runs(fault.at)) is not None]
    return Recovery(kind, percentile([fault.seconds for fault in faults], 50), tasks, runs)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` per cent of all do not exceed (nearest rank); NaN: there is none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 100))
    return ordered[int(rank) - 1]
