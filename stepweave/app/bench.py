"""Running many requests through the real framework, on a bus of their own, and grading what comes of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import anyio
from anyio import to_thread

from stepweave.agents.agent import Agent, Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, source, team
from stepweave.agents.registry import participant
from stepweave.app.crew import crew, single_threaded
from stepweave.app.settings import Settings
from stepweave.bus import Bus
from stepweave.images import decode
from stepweave.messages import Late, Options
from stepweave.policies.candidates import seed_of
from stepweave.policies.state import RunState, fold
from stepweave.tools import canvas
from stepweave.training.sketchbook.grading import Grade, drift, grade, last_picture, pictures
from stepweave.training.sketchbook.requests import Request
from stepweave.training.sketchbook.waves import WAVE, Waves
from stepweave.world.scene import Scene

BUSY = ("generator:sketch", "critic:pixels")
"""Agents that keep a processor busy: they run in worker processes, all others in this one."""
UNDER_WAY = 24
"""Runs under way at a time, unless something else is said."""
SETTLED = 1.0
"""Seconds after the last run in which the last words about what was called off come in."""

Told = Callable[[int], None]
"""Is told how many runs have ended."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and how requests are run."""

    settings: Settings
    """Its home is a folder of its own: no memory but what these runs learn."""
    options: Options
    """Of every run, but for its seed."""
    workers: int
    """Processes for generators and critics."""
    hands: int = 1
    """Asks that each of those works on at a time."""
    under_way: int = UNDER_WAY
    """Runs under way at a time where they do not depend on each other."""


async def measure(bench: Bench, bus: Bus, requests: Sequence[Request], told: Told) -> list[Grade]:
    """Run every request and grade it, in their order.

    With memory on, they are run in waves of ``WAVE``: what is learnt in one is known in the next.

    Raises:
        BusError: the broker or a worker will not do.
        UnknownAgent, MissingExtra: an agent is not there.
    """
    async with _at_work(bench, bus) as waves:
        size = WAVE if waves is not None else len(requests)
        runs = _Runs(Weave(bus, f"{source()}/eval"), bench, told)
        for start in range(0, len(requests), max(1, size)):
            await runs.wave(start, requests[start : start + size])
            if waves is not None:
                await waves.flow()
        return runs.graded(len(requests))


@asynccontextmanager
async def _at_work(bench: Bench, bus: Bus) -> AsyncIterator[Waves | None]:
    """Everybody at work that the runs need; gives the memory, if there is one."""
    settings, wanted = bench.settings, team(bench.options)
    busy = [spec for spec in wanted if spec in BUSY]
    here = [spec for spec in wanted if spec not in BUSY and not spec.startswith("memory:")]
    host = Host(bus, settings.home, source(), settings.agents)
    single_threaded()  # there is a process for every processor
    async with (
        _memory(host, bench.options) as waves,
        crew([settings] * (bench.workers if busy else 0), busy, hands=bench.hands),
        at_work(host, [*here, *([] if waves is None else [waves.agent()])]),
    ):
        await _present(bus, busy, bench.workers)
        yield waves


@asynccontextmanager
async def _memory(host: Host, options: Options) -> AsyncIterator[Waves | None]:
    if options.memory is None:
        yield None
        return
    async with participant(f"memory:{options.memory}", host) as memory:
        assert isinstance(memory, Agent)
        yield Waves(memory)


async def _present(bus: Bus, specs: Sequence[str], workers: int) -> None:
    """Wait until every worker process offers its agents, so that their start is not measured."""
    while specs:
        there = {f"{info.role}:{info.capability}": info.instances for info in await bus.discover(0.2)}
        if all(there.get(spec, 0) >= workers for spec in specs):
            return


class _Runs:
    """Submits runs, folds what the log says of them, and grades those that have ended."""

    def __init__(self, weave: Weave, bench: Bench, told: Told) -> None:
        self.grades: dict[int, Grade] = {}
        self._weave = weave
        self._options = bench.options
        self._under_way = bench.under_way
        self._told = told
        self._ended: dict[str, anyio.Event] = {}
        self._states: dict[str, RunState] = {}
        self._wasted: dict[str, float] = {}
        """Seconds that generators drew for a run in vain."""

    async def wave(self, first: int, requests: Sequence[Request]) -> None:
        """Run some requests, and return when all of them are graded."""
        limiter = anyio.CapacityLimiter(self._under_way)
        position = await self._weave.bus.log.last_sequence()
        async with anyio.create_task_group() as following:
            following.start_soon(self._follow, position)
            async with anyio.create_task_group() as running:
                for index, request in enumerate(requests, start=first):
                    running.start_soon(self._run, limiter, index, request)
            if self._wasted:
                await anyio.sleep(SETTLED)
            following.cancel_scope.cancel()

    def graded(self, count: int) -> list[Grade]:
        """The grades of the first so many runs, with what generators did for them in vain."""
        found = [self.grades[index] for index in range(count)]
        return [
            replace(grade, drawing=grade.drawing + self._wasted.get(_name(index), 0.0))
            for index, grade in enumerate(found)
        ]

    async def _follow(self, position: int) -> None:
        async for record in self._weave.bus.log.follow(branches=("ev", "done", "note"), after=position):
            if isinstance(record.message, Late):
                drawn = record.message.seconds if "/generator/" in record.source else 0.0
                self._wasted[record.run] = self._wasted.get(record.run, 0.0) + drawn
                continue
            state = fold(self._states.get(record.run) or RunState(record.run), record)
            self._states[record.run] = state
            if state.outcome is not None:
                self._event(record.run).set()

    def _event(self, run: str) -> anyio.Event:
        return self._ended.setdefault(run, anyio.Event())

    async def _run(self, limiter: anyio.CapacityLimiter, index: int, request: Request) -> None:
        run = _name(index)
        options = self._options.model_copy(update={"seed": seed_of(self._options.seed, 0, index)})
        async with limiter:
            await self._weave.submit(request.text, options=options, run=run)
            await self._event(run).wait()
        self.grades[index] = await self._graded(request, self._states.pop(run))
        self._told(len(self.grades))

    async def _graded(self, request: Request, state: RunState) -> Grade:
        blobs = {name: await self._weave.blobs.get(name) for name in pictures(state)}
        return await to_thread.run_sync(_look, request, state, blobs)


def _name(index: int) -> str:
    return f"eval-{index:06d}"


def _look(request: Request, state: RunState, blobs: dict[str, bytes]) -> Grade:
    """Grade a run by the scenes inside its pictures."""
    images = {name: decode(data) for name, data in blobs.items()}
    scenes: dict[str, Scene] = {name: canvas.read(image).scene for name, image in images.items()}
    last = last_picture(state)
    return grade(request, state, scenes, drift(images[last], scenes[last]) if last is not None else 0.0)
