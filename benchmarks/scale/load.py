"""The load every contestant carries, and how it reports.

A *run* is a story of five steps: one plan, then per step a drawing and a critique. A critique accepts with chance 0.6,
and a candidate that is turned down is drawn again, five times at most; the fifth is kept whatever the critic says. All
runs are submitted at once. Planning and critique may go on for all of them at the same time, but at most eight drawings
may be under way in the whole process. The time a model would take is slept, so what is measured is scheduling and
transport.

A picture is really handed over: the generator makes its bytes, no two alike, and hashes them; the critic hashes what
arrives and compares; both do so in a thread, after the slot was let go, so that no drawing waits for a hash. The coin
that the critic throws depends on run, step and attempt alone, so every contestant draws exactly the same pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, NoReturn

STEPS = 5
ATTEMPTS = 5
"""Per step, at most."""
SLOTS = 8
"""Drawings under way at a time, of all runs together."""
PLAN, DRAW, CRITIQUE = 0.03, 0.1, 0.02
"""Seconds a model takes."""
ACCEPTED = 0.6
"""Chance that a critique accepts."""


class Candidate(NamedTuple):
    """Which drawing; step and attempt count from one."""

    run: int
    step: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the generator hands to the critic."""

    candidate: Candidate
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """What one contestant has to do in one round."""

    runs: int
    bytes: int
    """Size of a picture."""
    nats: str
    """URL of an empty NATS server, for those that use one."""
    folder: Path
    """An empty folder, for those that keep files."""
    variant: str = ""
    """Which way of doing the work, for those that know several."""


def kept(candidate: Candidate) -> bool:
    """Whether this candidate ends its step: the coin accepts it, or it is the last that may be drawn."""
    coin = int.from_bytes(sha256("/".join(map(str, candidate)).encode()).digest()[:8], "big") / 2**64
    return coin < ACCEPTED or candidate.attempt == ATTEMPTS


def hashed(data: bytes) -> str:
    return sha256(data).hexdigest()


def painted(candidate: Candidate, noise: bytes) -> Picture:
    """A picture that no other candidate has, as large as the noise."""
    stamp = "/".join(map(str, candidate)).encode()
    data = b"".join((stamp, memoryview(noise)[len(stamp) :]))
    return Picture(candidate, hashed(data), data)


def following(candidate: Candidate, keep: bool) -> Candidate | None:
    """What is drawn after this candidate was judged: another attempt, the next step, or nothing more."""
    if not keep:
        return candidate._replace(attempt=candidate.attempt + 1)
    return Candidate(candidate.run, candidate.step + 1, 1) if candidate.step < STEPS else None


def drawings(runs: int) -> int:
    """How many pictures all runs draw together."""
    count, todo = 0, [Candidate(run, 1, 1) for run in range(runs)]
    while todo:
        count += 1
        candidate = todo.pop()
        after = following(candidate, kept(candidate))
        todo += [after] if after else []
    return count


class Clock:
    """Does what the models do, sees that all of it is done in order and once, and stops when the last run has ended."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.noise = Random(0).randbytes(task.bytes)
        self.due: dict[int, Candidate] = {}
        """What a run has to draw next."""
        self.drawn: dict[Candidate, str] = {}
        """The hash of every picture."""
        self.judged: set[Candidate] = set()
        self.under_way = 0
        self.ended: set[int] = set()
        self.faults: list[str] = []
        self.begun = 0.0
        self.seconds = 0.0
        self.done = asyncio.Event()

    def start(self) -> None:
        """Everything is set up: from here on it counts."""
        self.begun = time.perf_counter()

    def fail(self, fault: str) -> NoReturn:
        """Something was done that must not be; it is kept for frameworks that go on after an exception."""
        self.faults.append(fault)
        self.done.set()
        raise RuntimeError(fault)

    async def plan(self, run: int) -> Candidate:
        """The planner: what the run has to draw first."""
        await asyncio.sleep(PLAN)
        if run in self.due or run in self.ended:
            self.fail(f"run {run} was planned twice")
        first = self.due[run] = Candidate(run, 1, 1)
        return first

    async def draw(self, candidate: Candidate) -> None:
        """The generator's model; call this with one of the slots in hand, and let go of it right after."""
        if self.due.get(candidate.run) != candidate or candidate in self.drawn:
            self.fail(f"{candidate} was drawn out of turn")
        self.drawn[candidate] = ""
        self.under_way += 1
        if self.under_way > SLOTS:
            self.fail(f"{self.under_way} drawings were under way at a time")
        await asyncio.sleep(DRAW)
        self.under_way -= 1

    async def picture(self, candidate: Candidate) -> Picture:
        """What the generator has drawn."""
        if self.drawn.get(candidate) != "":
            self.fail(f"the picture of {candidate} was asked for before it was drawn, or twice")
        picture = await asyncio.to_thread(painted, candidate, self.noise)
        self.drawn[candidate] = picture.sha256
        return picture

    async def critique(self, picture: Picture) -> bool:
        """The critic: whether the picture is kept."""
        await asyncio.sleep(CRITIQUE)
        candidate = picture.candidate
        if not picture.sha256 == await asyncio.to_thread(hashed, picture.data) == self.drawn.get(candidate):
            self.fail(f"the picture of {candidate} is not the one that was drawn")
        if candidate in self.judged:
            self.fail(f"{candidate} was judged twice")
        self.judged.add(candidate)
        keep = kept(candidate)
        after = following(candidate, keep)
        if after:
            self.due[candidate.run] = after
        else:
            del self.due[candidate.run]
        return keep

    def end(self, run: int) -> None:
        """The last picture of a run is kept."""
        if run in self.due or run in self.ended:
            self.fail(f"run {run} ended too early, or twice")
        self.ended.add(run)
        if len(self.ended) == self.task.runs:
            self.seconds = time.perf_counter() - self.begun
            self.done.set()

    def check(self) -> None:
        """Whether all was done, and nothing else.

        Raises:
            SystemExit: it was not.
        """
        if self.faults:
            raise SystemExit(self.faults[0])
        expected = drawings(self.task.runs)
        if not len(self.drawn) == len(self.judged) == expected or len(self.ended) != self.task.runs:
            raise SystemExit(
                f"{len(self.drawn)} drawings and {len(self.judged)} critiques of {expected} were done, "
                f"{len(self.ended)} runs of {self.task.runs} ended"
            )


def told(clock: Clock, runs: int) -> dict[str, Any]:
    """What a contestant reports; where it did fewer than all ``runs``, its time is scaled by the drawings."""
    ideal, whole = drawings(runs) * DRAW / SLOTS, clock.task.runs == runs
    seconds = clock.seconds if whole else clock.seconds * drawings(runs) / len(clock.drawn)
    return {
        "seconds": seconds,
        "runs": runs,
        "drawings": drawings(runs),
        "ideal": ideal,
        "over_ideal": seconds / ideal,
        "extrapolated": not whole,
    }


def main(contest: Callable[[Clock], Awaitable[None]], most: int | None = None) -> None:
    """Run one contestant in this process and print what it did as one line of JSON.

    With ``most`` it does no more than that many of the runs. The garbage collector is told to look less often, and not
    at what start-up made: for all contestants alike.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--bytes", type=int, default=1024)
    parser.add_argument("--nats", default="")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--variant", default="")
    given = vars(parser.parse_args())
    task = Task(**{**given, "runs": min(given["runs"], most or given["runs"])})

    async def measure() -> Clock:
        clock = Clock(task)
        await contest(clock)
        return clock

    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    clock = asyncio.run(measure())
    clock.check()
    json.dump(told(clock, given["runs"]), sys.stdout)
