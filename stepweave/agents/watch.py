"""Whether anybody still wants what a worker is at: work that is called off is stopped, not finished in vain.

Whoever calls a task off writes its answer first, so a task is wanted for as long as its cell is empty. The bus gives a
hint when something is said to be an answer; a worker that gets no hints looks at the cells of what it holds from time
to time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from stepweave.bus import Bus, BusError, Delivery, Record

LOOK = 1.0
"""Seconds between two looks at the cells of what is held, for those who get no hints."""
MOST_HINTS = 100_000
"""Tasks remembered as answered."""
SELDOM = 10.0
"""The same for those who do: a hint may be lost with a connection."""

Key = tuple[str, str]
"""Run and task."""


class CalledOff(Exception):
    """A task was answered, or called off, before its work was done."""


@dataclass(slots=True)
class Wanted:
    """Whether a task is wanted; for work in threads, which nobody else can stop."""

    still: bool = True

    def __call__(self) -> bool:
        """Whether it still is."""
        return self.still


@dataclass(slots=True, eq=False)
class Job:
    """What a worker is at: one ask, or a batch."""

    wanted: dict[Key, Wanted]
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)

    def call_off(self, key: Key) -> None:
        """A task is wanted no longer; when none is, stop."""
        self.wanted[key].still = False
        if not any(wanted.still for wanted in self.wanted.values()):
            self.scope.cancel()


@dataclass(frozen=True, slots=True)
class Hints:
    """Which tasks were said to be answered, for commands behind a place in the log, on an unbroken connection."""

    since: int
    """Log sequence."""
    reconnects: int
    """How often the connection had been lost before."""
    answered: set[Key] = field(default_factory=set)


class Watch:
    """Looks after the jobs of one agent."""

    def __init__(self, bus: Bus, address: tuple[str, str]) -> None:
        """Where, and of which role and capability."""
        self._bus = bus
        self._address = address
        self._jobs: dict[Key, Job] = {}
        self._group: TaskGroup | None = None
        self._hints: Hints | None = None

    async def wanted(self, record: Record) -> bool:
        """Whether a command that was delivered has no answer yet; the cell is read only where hints do not tell."""
        hints, key = self._hints, (record.run, record.task)
        if hints is None or hints.reconnects != self._bus.reconnects or record.sequence <= hints.since:
            return await self._is_open(key)
        return key not in hints.answered or await self._is_open(key)

    async def _is_open(self, key: Key) -> bool:
        return await self._bus.log.cell(key[0], *self._address, key[1]) is None

    @contextmanager
    def over(self, deliveries: Sequence[Delivery], wanted: Iterable[Wanted]) -> Iterator[None]:
        """Watch over the tasks of a job; its work is cancelled within the context once nobody wants any of them."""
        keys = [(delivery.record.run, delivery.record.task) for delivery in deliveries]
        job = Job(dict(zip(keys, wanted, strict=True)))
        self._jobs.update(dict.fromkeys(keys, job))
        try:
            with job.scope:
                yield
        finally:
            for key in keys:
                self._jobs.pop(key, None)

    async def run(self) -> None:
        """Hear hints and look at cells until cancelled."""
        async with (
            anyio.create_task_group() as self._group,
            self._bus.hints(*self._address, self._heard) as hinted,
        ):
            while True:
                if hinted and (self._hints is None or self._hints.reconnects != self._bus.reconnects):
                    self._hints = await self._begun()
                await anyio.sleep(SELDOM if hinted else LOOK)
                for key in list(self._jobs):
                    await self._look(key)

    async def _begun(self) -> Hints | None:
        """From now on hints are complete; ``None``: that could not be found out."""
        reconnects = self._bus.reconnects
        try:
            return Hints(await self._bus.log.last_sequence(), reconnects)
        except BusError:
            return None

    def _heard(self, run: str, task: str) -> None:
        if self._hints is not None:
            self._hints.answered.add((run, task))
            if len(self._hints.answered) > MOST_HINTS:
                self._hints = None  # cells are read until they are collected anew
        if (run, task) in self._jobs and self._group is not None:
            self._group.start_soon(self._look, (run, task))

    async def _look(self, key: Key) -> None:
        """Look at a cell; what cannot be read now is looked at again later."""
        try:
            wanted = await self._is_open(key)
        except BusError:
            return
        job = self._jobs.get(key)
        if not wanted and job is not None:
            job.call_off(key)
