"""The live broadcast: in order, without gaps or doubles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio
import pytest

from stepweave.bus import Bus, BusSettings, Raw, Record, api, connect
from stepweave.bus.envelope import UNREADABLE
from stepweave.bus.follower import Follower
from stepweave.messages import Cancel, RunRequested, Unknown
from tests.bus.conftest import DRAW, Proxy, drawn, until

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="x")


def following(bus: Bus, after: int | None = 0) -> Follower:
    """What stands behind ``follow``."""
    return Follower(bus._connection, bus._subjects, [f"{bus.settings.namespace}.run.*.>"], after)


async def take(follower: AsyncIterator[Record], count: int) -> list[Record]:
    async with asyncio.timeout(10):
        return [await anext(follower) for _ in range(count)]


async def test_the_past_then_the_present(bus: Bus) -> None:
    await bus.log.request("r1", WANTED)
    follower = bus.log.follow(after=0)
    assert [record.task for record in await take(follower, 1)] == ["0"]
    await bus.log.answer("r1", "generator", "sketch", "s1", drawn(1), source="/x")
    assert [record.task for record in await take(follower, 1)] == ["s1"]
    await follower.aclose()


async def test_from_now_on(bus: Bus) -> None:
    await bus.log.request("old", WANTED)
    follower = following(bus, None)
    await follower.open()
    await bus.log.request("new", WANTED)
    assert [record.run for record in await take(follower, 1)] == ["new"]
    await follower.aclose()


async def test_only_the_run_and_branches_asked_for(bus: Bus) -> None:
    await bus.log.request("other", WANTED)
    await bus.log.command("r1", "generator", "sketch", "s1", DRAW, source="/x")
    await bus.log.control("r1", Cancel(), id="c1")
    await bus.log.note("r1", "late", Cancel())
    await bus.log.answer("r1", "generator", "sketch", "s1", drawn(1), source="/x")
    one = bus.log.follow(run="r1", branches=("ctl", "done"), after=0)
    assert [record.branch for record in await take(one, 2)] == ["ctl", "done"]
    everything = bus.log.follow(branches=("ev", "cmd", "ctl", "note", "done"), after=0)
    assert [record.branch for record in await take(everything, 5)] == ["ev", "cmd", "ctl", "note", "done"]
    await one.aclose()
    await everything.aclose()


async def test_thousands_in_order(bus: Bus) -> None:
    follower = bus.log.follow(after=0)
    writing = asyncio.gather(
        *(bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") for n in range(3000))
    )
    found = await take(follower, 3000)
    await writing
    assert [record.sequence for record in found] == list(range(1, 3001))
    await follower.aclose()


async def test_a_slow_follower_holds_only_so_many(settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"read_ahead": 16}), name="slow") as bus:
        await asyncio.gather(
            *(bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") for n in range(200))
        )
        follower = following(bus)
        await take(follower, 1)
        await until(lambda: len(follower._ready) >= 15)
        await bus.log.last_sequence()
        assert len(follower._ready) <= 16
        assert [record.sequence for record in await take(follower, 199)] == list(range(2, 201))
        await follower.aclose()


async def test_a_broken_connection_leaves_no_gap_and_no_double(bus: Bus, far: Bus, proxy: Proxy) -> None:
    follower = far.log.follow(after=0)
    found: list[int] = []

    async def read() -> None:
        async for record in follower:
            found.append(record.sequence)  # noqa: PERF401 - looked at as it grows

    reading = asyncio.create_task(read())
    for round_ in range(5):
        await asyncio.gather(
            *(bus.log.answer("r1", "generator", "sketch", f"t{round_}-{n}", drawn(n), source="/x") for n in range(100))
        )
        proxy.cut()
    await until(lambda: len(found) >= 500)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert found == list(range(1, 501))


async def test_its_consumer_may_be_deleted_under_it(bus: Bus) -> None:
    follower = following(bus)
    await bus.log.request("r1", WANTED)
    await take(follower, 1)
    await api.ask(bus._connection, f"CONSUMER.DELETE.{bus._subjects.runs}.{follower._consumer}")
    await bus.log.request("r2", WANTED)
    assert [record.run for record in await take(follower, 1)] == ["r2"]
    await follower.aclose()


async def test_a_message_lost_on_the_way_is_fetched(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = following(bus)
    await follower.open()
    take_in = follower.take
    lost: list[int] = []

    def leaky(raw: Raw, reply: str, attempt: int, serial: int) -> None:
        if raw.sequence == 5 and not lost:
            lost.append(raw.sequence)
        else:
            take_in(raw, reply, attempt, serial)

    monkeypatch.setattr(follower, "take", leaky)
    for n in range(10):
        await bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x")
    assert [record.sequence for record in await take(follower, 10)] == list(range(1, 11))
    assert lost == [5]
    await follower.aclose()


async def test_what_cannot_be_read_is_told_and_passed(bus: Bus) -> None:
    client = bus._connection.client
    await client.publish(f"{bus.settings.namespace}.run.r1.done.generator.sketch.s1", b"rubbish")
    await client.publish(f"{bus.settings.namespace}.run.r1/../x.ctl.a", b"never ours")
    await client.flush()
    await bus.log.answer("r1", "generator", "sketch", "s2", drawn(1), source="/x")
    follower = bus.log.follow(after=0)
    bad, good = await take(follower, 2)
    assert isinstance(bad.message, Unknown)
    assert bad.message.type == UNREADABLE
    assert "ce-specversion" in bad.message.body["reason"]
    assert good.task == "s2"
    await follower.aclose()


async def test_who_breaks_off_leaves_nothing_behind(bus: Bus) -> None:
    await bus.log.request("r1", WANTED)
    async for _ in bus.log.follow(after=0):
        break
    await until(lambda: not bus._connection.members)
    info = await api.ask(bus._connection, f"STREAM.INFO.{bus._subjects.runs}")
    assert info["state"]["consumer_count"] == 0


async def test_who_is_cancelled_leaves_nothing_behind(bus: Bus) -> None:
    with anyio.move_on_after(0.1):
        async for _ in bus.log.follow(after=0):
            pytest.fail("the log is empty")
    assert bus._connection.members == []
    info = await api.ask(bus._connection, f"STREAM.INFO.{bus._subjects.runs}")
    assert info["state"]["consumer_count"] == 0


async def test_closing_ends_the_iteration_and_the_consumer(bus: Bus) -> None:
    follower = following(bus)
    reading = asyncio.create_task(take_all(follower))
    await until(lambda: follower._puller.wanted)
    await follower.aclose()
    assert await reading == []
    info = await api.ask(bus._connection, f"STREAM.INFO.{bus._subjects.runs}")
    assert info["state"]["consumer_count"] == 0


async def take_all(follower: Follower) -> list[Record]:
    return [record async for record in follower]
