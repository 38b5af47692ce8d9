"""That what is to hurt a system hurts it, and that how soon it goes on is measured from the log."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from benchmarks.chaos.checking import DECIDED, REQUESTED
from benchmarks.chaos.faults import Fault
from benchmarks.chaos.load import CANCELLED, ROUND, cancelled_after, wanted
from benchmarks.chaos.proxy import Trouble, Wire
from benchmarks.chaos.reading import Entry
from benchmarks.chaos.recovery import CONTROL, Times, percentile, recoveries
from benchmarks.page import replaced

BOUND = 15.0
SILENCE = 0.05
"""Seconds in which what is swallowed must not come; whatever is not swallowed comes in far less."""


class Echo:
    """A server that says what it hears, and keeps it."""

    def __init__(self) -> None:
        self.heard = b""
        self.came = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            self.heard += data
            self.came.set()
            writer.write(data)
        writer.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture
async def wire(echo: Echo) -> AsyncIterator[tuple[Wire, int]]:
    async with AsyncExitStack() as stack:
        server = await asyncio.start_server(echo.serve, "127.0.0.1", 0)
        stack.callback(server.close)
        wire = Wire([server.sockets[0].getsockname()[1]])
        (port,) = await wire.open()
        stack.push_async_callback(wire.aclose)
        yield wire, port


async def says(port: int, stack: AsyncExitStack) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection through the wire, over which one word was said and heard."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    stack.callback(writer.close)
    writer.write(b"one")
    async with asyncio.timeout(BOUND):
        assert await reader.readexactly(3) == b"one"
    return reader, writer


async def is_broken(reader: asyncio.StreamReader) -> bool:
    """Whether a connection ends."""
    async with asyncio.timeout(BOUND):
        try:
            return await reader.read(1) == b""
        except ConnectionError:
            return True


@pytest.mark.anyio
@pytest.mark.parametrize(("trouble", "arrives"), [(Trouble.DEAF, True), (Trouble.DUMB, False), (Trouble.DARK, False)])
async def test_a_wire_swallows_what_it_should(
    trouble: Trouble, arrives: bool, wire: tuple[Wire, int], echo: Echo
) -> None:
    whole, port = wire
    async with AsyncExitStack() as stack:
        reader, writer = await says(port, stack)
        echo.came.clear()
        whole.cut(trouble)
        writer.write(b"two")
        if arrives:
            async with asyncio.timeout(BOUND):
                await echo.came.wait()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SILENCE):
                await reader.read(1)
        assert echo.heard == (b"onetwo" if arrives else b"one")
        whole.mend()
        assert await is_broken(reader)
        await says(port, stack)


@pytest.mark.anyio
async def test_a_wire_refuses(wire: tuple[Wire, int]) -> None:
    whole, port = wire
    async with AsyncExitStack() as stack:
        reader, _ = await says(port, stack)
        whole.cut(Trouble.REFUSED)
        assert await is_broken(reader)
        again, writer = await asyncio.open_connection("127.0.0.1", port)
        stack.callback(writer.close)
        assert await is_broken(again)
        whole.mend()
        await says(port, stack)


def entry(place: str, time: float, type_: str = "") -> Entry:
    return Entry(f"chaos.run.r1.{place}", int(time), time, type_, "", {})


def times() -> Times:
    """A run from 10 s to 40 s, with tasks from 11 s to 20 s and from 12 s to 30 s."""
    found = Times()
    entries = [
        entry("ev.requested.0", 10, REQUESTED),
        entry("cmd.generator.sketch.a", 11),
        entry("cmd.generator.sketch.b", 12),
        entry("done.generator.sketch.a", 20),
        entry("ev.decided.10", 25, DECIDED),
        entry("done.generator.sketch.b", 30),
        entry("ev.finished.25", 40, DECIDED),
    ]
    found.add("r1", entries)
    return found


@pytest.mark.parametrize(
    ("at", "tasks", "runs"),
    [(9, None, None), (11, 9, 14), (15, 15, 10), (20, 10, 5), (26, 4, 14), (30, None, 10), (40, None, None)],
)
def test_recovery_ends_with_the_last_of_what_was_under_way(at: float, tasks: float | None, runs: float | None) -> None:
    assert times().of_tasks(at) == tasks
    assert times().of_runs(at) == runs


def test_recoveries_stand_beside_what_happens_without_a_fault() -> None:
    faults = [Fault("worker killed", "w", at, 0.0) for at in (11, 15, 50)] + [Fault(CONTROL, "", 26, 0.0)]
    control, killed = recoveries(faults, times())
    assert (control.kind, control.tasks, control.runs) == (CONTROL, [4], [14])
    assert (killed.tasks, killed.runs) == ([9, 15], [14, 10])


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile([3, 1, 2, 4], 50) == 2
    assert percentile([3, 1, 2, 4], 95) == 4
    assert percentile(range(1, 101), 95) == 95
    assert math.isnan(percentile([], 50))


def test_everything_is_asked_for_twice() -> None:
    first, again, new = (wanted(7, 3 + turn * ROUND) for turn in range(3))
    assert len({first.run, again.run, new.run}) == 3
    assert (first.text, first.options) == (again.text, again.options) != (new.text, new.options)
    assert wanted(7, 3) == first
    assert len({wanted(7, number).text for number in range(4 * ROUND)}) == 2 * ROUND


def test_a_few_runs_are_cancelled() -> None:
    cancelled = sum(cancelled_after(7, number) is not None for number in range(2000))
    assert 0.5 * CANCELLED < cancelled / 2000 < 2 * CANCELLED


def test_a_part_of_a_page_is_put_in_its_place() -> None:
    page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n"
    assert replaced(page, "x", "new") == "a\n<!-- x -->\nnew\n<!-- /x -->\nb\n"
    with pytest.raises(ValueError, match="<!-- y -->"):
        replaced(page, "y", "new")
