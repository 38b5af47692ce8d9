"""A storm: runs are kept under way while something is hurt every other second, then everything must end."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.chaos.brokers import Broker
from benchmarks.chaos.faults import Fault, Scene, kinds, strike
from benchmarks.chaos.load import Wanted, wanted
from benchmarks.chaos.processes import until
from benchmarks.chaos.reading import PASSING, Reader, reading
from benchmarks.chaos.workers import NAMESPACE, Ending, Surroundings, Worker, crew
from stepweave.bus import Bus, BusError, BusSettings, connect
from stepweave.messages import Cancel, RunRequested

STARTUP = 120.0
"""Seconds for all workers to be at work."""
LOOK = 0.5
"""Seconds between two looks at which runs have ended."""
TELL = 10.0
"""Seconds between two words on how it goes."""
SOURCE = "/chaos"


@dataclass(frozen=True, slots=True)
class Weather:
    """How hard, how long, how much."""

    nodes: int = 1
    """Of the broker: 1 or 3."""
    runs: int = 50
    """Under way at a time."""
    workers: int = 8
    seconds: float = 1800.0
    """For which there are faults."""
    every: float = 2.0
    """Seconds from one fault to the next."""
    drain: float = 600.0
    """Seconds in which everything must end afterwards."""
    lease: float = 2.0
    """Seconds of the setting ``bus.lease``."""
    seed: int = 0
    background: bool = True
    """Whether some of the runs are background runs."""


@dataclass(slots=True)
class Happenings:
    """What happened, from outside the log."""

    faults: list[Fault] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)
    """The runs that were asked for, and whether the broker acknowledged it."""
    finished: set[str] = field(default_factory=set)
    endings: Sequence[Ending] = ()
    """Workers that ended by themselves."""
    starts: int = 0
    """Of workers."""
    stormed: float = 0.0
    """Seconds with faults."""
    drained: float = 0.0
    """Seconds from the last fault's end until everything had ended."""
    calm: bool = False
    """Whether everything ended in time."""

    @property
    def counts(self) -> Counter[str]:
        return Counter(fault.kind for fault in self.faults)


@dataclass(slots=True)
class Town:
    """Broker, workers, and those who look at them."""

    weather: Weather
    scene: Scene
    bus: Bus
    reader: Reader
    group: asyncio.TaskGroup
    around: Surroundings
    happenings: Happenings = field(default_factory=Happenings)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    """What goes on beside: cancelled at the end."""


@asynccontextmanager
async def town(weather: Weather, folder: Path) -> AsyncIterator[Town]:
    """Start everything; at the end all of it is killed, whatever happens.

    Raises:
        RuntimeError: the broker or the workers do not come up.
    """
    async with AsyncExitStack() as stack:
        broker = Broker(folder, weather.nodes)
        stack.push_async_callback(broker.aclose)
        await broker.start()
        settings = BusSettings(
            url=broker.url(),
            namespace=NAMESPACE,
            replicas=weather.nodes if weather.nodes > 1 else None,
            connect_timeout=STARTUP,
        )
        bus = await stack.enter_async_context(connect(settings, name="chaos"))
        reader = await stack.enter_async_context(reading(broker.url().split(","), NAMESPACE))
        around = Surroundings(broker, folder, weather.lease)
        workers = crew(weather.workers, around)
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = [group.create_task(worker.look_after()) for worker in workers]
        try:
            await _all_ready(workers)
            scene = Scene(broker, workers, weather.lease, partial(_leader, reader))
            yield Town(weather, scene, bus, reader, group, around, tasks=tasks)
        finally:
            for task in tasks:
                task.cancel()


async def _all_ready(workers: Sequence[Worker]) -> None:
    try:
        async with asyncio.timeout(STARTUP):
            for worker in workers:
                await worker.ready.wait()
    except TimeoutError:
        late = ", ".join(worker.name for worker in workers if not worker.ready.is_set())
        raise RuntimeError(f"{late} not at work within {STARTUP:g} s") from None


async def _leader(reader: Reader) -> str:
    try:
        return (await reader.store("RUNS")).leader
    except PASSING:
        return ""


# ---------------------------------------------------------------------------------------------- runs


async def keep_busy(place: Town, goes_on: Callable[[], bool]) -> None:
    """Have as many runs under way as are wanted, as long as it goes on."""
    happened, number = place.happenings, 0
    while goes_on():
        await look(place)
        while goes_on() and len(happened.asked) - len(happened.finished) < place.weather.runs:
            await ask(place, wanted(place.weather.seed, number, background=place.weather.background))
            number += 1
        await asyncio.sleep(LOOK)


async def ask(place: Town, run: Wanted) -> None:
    """Ask for a run; should the broker not say that it has it, it may have it or not."""
    message = RunRequested(request=run.text, options=run.options)
    place.happenings.asked[run.run] = False
    try:
        await place.bus.log.request(run.run, message, source=SOURCE)
        place.happenings.asked[run.run] = True
    except BusError as error:
        say(f"{run.run} is in doubt: {error}")
        return
    if run.cancelled_after is not None:
        place.tasks.append(place.group.create_task(_cancel(place.bus, run.run, run.cancelled_after)))


async def _cancel(bus: Bus, run: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    try:
        await bus.log.control(run, Cancel(reason="somebody changed their mind"), source=SOURCE)
    except BusError as error:
        say(f"{run} could not be cancelled: {error}")


async def look(place: Town) -> None:
    """See which runs have ended; while the broker is hurt, see it later."""
    try:
        place.happenings.finished = await place.reader.runs("finished")
    except PASSING:
        return


# ---------------------------------------------------------------------------------------------- storm


async def storm(place: Town) -> None:
    """Hurt something every few seconds until the time is up, and wait until all is mended and all has ended."""
    weather, happened, began = place.weather, place.happenings, time.monotonic()

    def goes_on() -> bool:
        return time.monotonic() - began < weather.seconds

    async with _telling(place), asyncio.TaskGroup() as group:
        group.create_task(keep_busy(place, goes_on))
        group.create_task(_strike_again(place, goes_on, group))
    happened.stormed = time.monotonic() - began
    say(f"no more faults; {len(happened.asked) - len(happened.finished)} runs are under way")
    async with _telling(place):
        await drain(place)


async def _strike_again(place: Town, goes_on: Callable[[], bool], group: asyncio.TaskGroup) -> None:
    """Every few seconds one fault. The kinds come like cards from a shuffled deck, so none is long without its turn."""
    chance = random.Random(f"faults {place.weather.seed}")
    names, deck = sorted(kinds(place.weather.nodes)), list[str]()
    while goes_on():
        await asyncio.sleep(place.weather.every)
        if len(deck) < len(names):
            deck += chance.sample(names, len(names))
        for kind in deck:
            if (struck := await strike(place.scene, chance, kind)) is not None:
                deck.remove(kind)
                fault, harm = struck
                place.happenings.faults.append(fault)
                group.create_task(harm())
                break


async def drain(place: Town) -> None:
    """Wait until every run has ended and no command is under way."""
    began = time.monotonic()
    place.happenings.calm = await until(partial(is_over, place), place.weather.drain, LOOK)
    place.happenings.drained = time.monotonic() - began
    place.happenings.endings = place.around.endings
    place.happenings.starts = sum(worker.starts for worker in place.scene.workers)


async def is_over(place: Town) -> bool:
    """Whether every run that is in the log has ended, and no queue has anything left."""
    try:
        requested = await place.reader.runs("requested")
        place.happenings.finished = await place.reader.runs("finished")
        queues = await place.reader.consumers()
    except PASSING:
        return False
    idle = not any(queue.waiting or queue.unacknowledged for queue in queues)
    return idle and requested <= place.happenings.finished and await place.scene.broker.is_whole()


@asynccontextmanager
async def _telling(place: Town) -> AsyncIterator[None]:
    """Say how it goes, every few seconds."""
    task = asyncio.create_task(_tell(place, time.monotonic()))
    try:
        yield
    finally:
        task.cancel()


async def _tell(place: Town, began: float) -> None:
    while True:
        await asyncio.sleep(TELL)
        happened = place.happenings
        under_way = len(happened.asked) - len(happened.finished)
        say(
            f"{time.monotonic() - began:5.0f} s: {len(happened.finished)} runs ended, {under_way} under way, "
            f"{len(happened.faults)} faults, {len(place.around.endings)} workers ended by themselves"
        )


def say(text: str) -> None:
    """A word on how it goes."""
    print(text, file=sys.stderr, flush=True)
