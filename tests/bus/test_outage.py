"""The broker is killed while everything is under way: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from stepweave.bus import Bus, BusSettings, Closed, NotStored, connect
from stepweave.messages import RunRequested
from tests.bus.conftest import DRAW, Broker, Proxy, drawn, until

pytestmark = pytest.mark.anyio
SOURCE = "/orchestrator/test"


async def crash(broker: Broker) -> None:
    """kill -9, and up again at the same address."""
    await asyncio.to_thread(broker.kill)
    await asyncio.to_thread(broker.up)


async def test_writes_go_on_through_a_crash(frail: Bus, broker: Broker) -> None:
    async def write(n: int) -> bool:
        return await frail.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") is None

    writing = asyncio.gather(*(write(n) for n in range(3000)))
    await until(frail.log.last_sequence)
    await crash(broker)
    assert all(await writing)
    records = [record.task async for record in frail.log.replay("r1")]
    assert Counter(records) == Counter(f"t{n}" for n in range(3000))


async def test_a_cell_stays_taken_after_a_crash(frail: Bus, broker: Broker) -> None:
    await frail.log.answer("r1", "generator", "sketch", "t1", drawn(1), source="/first")
    await crash(broker)
    standing = await frail.log.answer("r1", "generator", "sketch", "t1", drawn(2), source="/second")
    assert standing is not None
    assert standing.source == "/first"


async def test_a_waiting_worker_gets_the_first_command_after_a_crash(frail: Bus, broker: Broker) -> None:
    async with frail.queue("generator", "sketch", concurrency=1) as queue:
        waiting = asyncio.ensure_future(anext(queue))
        await crash(broker)
        await frail.log.command("r1", "generator", "sketch", "t1", DRAW, source=SOURCE)
        async with asyncio.timeout(3):
            assert (await waiting).record.task == "t1"


async def test_work_goes_on_through_crashes_and_every_task_is_answered_once(frail: Bus, broker: Broker) -> None:
    count = 400
    for n in range(count):
        await frail.log.command("r1", "generator", "sketch", f"t{n}", DRAW, source=SOURCE)
    written: Counter[str] = Counter()

    def at_least(part: int) -> bool:
        return len(written) >= part

    async def work() -> None:
        async with frail.queue("generator", "sketch", concurrency=8) as queue:
            async for delivery in queue:
                task = delivery.record.task
                if await frail.log.answer("r1", "generator", "sketch", task, drawn(1), source="/x") is None:
                    written[task] += 1
                delivery.ack()

    working = asyncio.create_task(work())
    for part in (50, 200):
        await until(partial(at_least, part))
        await crash(broker)
    await until(lambda: len(written) == count)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert set(written.values()) == {1}


async def test_a_follower_goes_on_through_a_crash(frail: Bus, broker: Broker) -> None:
    follower = frail.log.follow(after=0)
    found: list[str] = []

    async def read() -> None:
        async for record in follower:
            found.append(record.task)  # noqa: PERF401 - looked at as it grows

    reading = asyncio.create_task(read())
    for part in range(3):
        for n in range(50):
            await frail.log.answer("r1", "generator", "sketch", f"t{part}-{n}", drawn(n), source="/x")
        await crash(broker)
    await until(lambda: len(found) == 150)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert found == [f"t{part}-{n}" for part in range(3) for n in range(50)]


async def test_a_replay_goes_on_through_a_crash(frail: Bus, broker: Broker) -> None:
    await asyncio.gather(
        *(frail.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") for n in range(2000))
    )
    found: list[int] = []
    async for record in frail.log.replay("r1"):
        found.append(record.sequence)
        if len(found) == 700:
            await crash(broker)
    assert found == list(range(1, 2001))


async def test_an_acknowledgement_said_during_an_outage_is_said_after_it(bus: Bus, far: Bus, proxy: Proxy) -> None:
    await bus.log.command("r1", "generator", "sketch", "t1", DRAW, source=SOURCE)
    async with far.queue("generator", "sketch", lease=30.0, concurrency=1) as queue:
        delivery = await anext(queue)
        proxy.cut()
        await until(lambda: not far._connection.client.live)
        delivery.retry(0.0)
        async with asyncio.timeout(5):
            assert (await anext(queue)).attempt == 2


async def test_pictures_survive_a_crash(frail: Bus, broker: Broker) -> None:
    blob = await frail.blobs.put(b"picture" * 1000, "image/png", 8, 8)
    await crash(broker)
    assert await frail.blobs.get(blob) == b"picture" * 1000


async def test_an_outage_beyond_patience_is_an_error(broker: Broker) -> None:
    async with connect(BusSettings(url=broker.url, patience=0.5), name="impatient") as bus:
        await asyncio.to_thread(broker.kill)
        with pytest.raises(NotStored):
            await bus.log.request("r1", RunRequested(request="x"))


async def test_closing_during_an_outage_ends_what_waits(broker: Broker) -> None:
    async with connect(BusSettings(url=broker.url), name="closing") as bus:
        queue = bus.queue("generator", "sketch", concurrency=1)
        taking = asyncio.ensure_future(anext(queue))
        await until(lambda: queue._puller.wanted)
        await asyncio.to_thread(broker.kill)
        writing = asyncio.create_task(bus.log.request("r1", RunRequested(request="x")))
        await until(lambda: not bus._connection.client.live)
    with pytest.raises(Closed):
        await writing
    with pytest.raises(StopAsyncIteration):
        await taking
    await queue.aclose()


async def test_nothing_depends_on_flow_control_that_the_client_misreads(make_broker: Callable[..., Broker]) -> None:
    """With this planned default the client's ordered consumers break their connection."""
    broker = await asyncio.to_thread(lambda: make_broker(feature_flags={"js_ack_fc_v2": True}))
    async with connect(BusSettings(url=broker.url), name="v2") as bus:
        follower, queue = bus.log.follow(after=0), bus.queue("generator", "sketch", concurrency=4)
        for n in range(20):
            await bus.log.command("r1", "generator", "sketch", f"t{n}", DRAW, source=SOURCE)
        for _ in range(20):
            delivery = await anext(queue)
            assert (
                await bus.log.answer("r1", "generator", "sketch", delivery.record.task, drawn(1), source="/x") is None
            )
            delivery.ack()
        assert {(await anext(follower)).task for _ in range(20)} == {f"t{n}" for n in range(20)}
        blob = await bus.blobs.put(b"x" * 100_000, "image/png", 1, 1)
        assert len(await bus.blobs.get(blob)) == 100_000
        assert bus._connection.reconnects == 0
        await follower.aclose()
        await queue.aclose()
