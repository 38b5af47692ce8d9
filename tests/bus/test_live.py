"""Remarks on work that goes on: heard by whoever listens, kept by nobody."""

from __future__ import annotations

import anyio
import pytest

from stepweave.bus import Bus, BusSettings, connect
from stepweave.bus.wire import publication
from stepweave.messages import Progress

pytestmark = pytest.mark.anyio

HALF = Progress(step=2, steps=4, preview="aGFsZg==")


async def until(found: list[tuple[str, Progress]], count: int) -> None:
    with anyio.fail_after(10):
        while len(found) < count:
            await anyio.sleep(0.01)


async def test_who_listens_hears_what_is_said_of_that_run(bus: Bus, settings: BusSettings) -> None:
    found: list[tuple[str, Progress]] = []
    async with connect(settings, name="two") as two, two.live.listening("r1", lambda *said: found.append(said)):
        bus.live.say("r2", "s1c1", HALF)
        bus.live.say("r1", "s1c1", Progress(step=1))
        bus.live.say("r1", "s2c1", HALF)
        await until(found, 2)
    assert found == [("s1c1", Progress(step=1)), ("s2c1", HALF)]


async def test_nobody_hears_what_was_said_before_or_after(bus: Bus) -> None:
    found: list[tuple[str, Progress]] = []
    bus.live.say("r1", "s1c1", Progress(step=1))
    await bus.log.runs()  # it is said by now
    async with bus.live.listening("r1", lambda *said: found.append(said)):
        bus.live.say("r1", "s1c1", Progress(step=2))
        await until(found, 1)
    bus.live.say("r1", "s1c1", Progress(step=3))
    await bus.log.runs()
    assert found == [("s1c1", Progress(step=2))]


async def test_nothing_of_it_is_in_the_log(bus: Bus) -> None:
    bus.live.say("r1", "s1c1", HALF)
    assert await bus.log.runs() == []
    assert [record async for record in bus.log.replay("r1")] == []


@pytest.mark.parametrize("body", [b"", b"{", b'{"step": -1}', b"[" * 100, b" " * 100_000])
async def test_what_is_no_remark_is_passed_over(bus: Bus, body: bytes) -> None:
    found: list[tuple[str, Progress]] = []
    async with bus.live.listening("r1", lambda *said: found.append(said)):
        bus._connection.client.send(publication(bus._subjects.live("r1", "s1c1"), "", None, body))
        bus.live.say("r1", "s1c1", HALF)
        await until(found, 1)
    assert found == [("s1c1", HALF)]


async def test_with_few_rights_nothing_is_said_and_nothing_heard(bus: Bus, settings: BusSettings) -> None:
    found: list[tuple[str, Progress]] = []
    few = settings.model_copy(update={"provision": False})
    async with (
        connect(few, name="few") as modest,
        modest.live.listening("r1", lambda *said: found.append(said)),
        bus.live.listening("r1", lambda *said: found.append(said)),
    ):
        modest.live.say("r1", "s1c1", Progress(step=1))
        await modest.log.count("r1")
        bus.live.say("r1", "s1c1", HALF)
        await until(found, 1)
    assert found == [("s1c1", HALF)]
