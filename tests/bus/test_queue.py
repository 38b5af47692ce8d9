"""Work queues: competing, leased, with flow control, and never stopped by a message that cannot be read."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter

import pytest

from stepweave.bus import Bus, BusSettings, Delivery, Queue, Rejected, api, connect, pull
from stepweave.messages import Failure
from tests.bus.conftest import DRAW, Proxy, drawn, until

pytestmark = pytest.mark.anyio
SOURCE = "/orchestrator/test"


async def put(bus: Bus, *tasks: str, run: str = "r1") -> None:
    for task in tasks:
        assert await bus.log.command(run, "generator", "sketch", task, DRAW, source=SOURCE)


async def take(queue: Queue, count: int) -> list[Delivery]:
    async with asyncio.timeout(10):
        return [await anext(queue) for _ in range(count)]


async def nothing_comes(queue: Queue) -> bool:
    waiting = asyncio.ensure_future(anext(queue))
    done, _ = await asyncio.wait({waiting}, timeout=0.15)
    waiting.cancel()
    return not done


async def settled(bus: Bus) -> None:
    """Wait until the server knows that every delivery of the queue has ended."""

    async def idle() -> bool:
        info = await api.ask(bus._connection, f"CONSUMER.INFO.{bus._subjects.runs}.generator-sketch")
        return not info["num_ack_pending"] and not info["num_pending"]

    await until(idle)


async def test_a_command_comes_with_all_it_says(bus: Bus) -> None:
    await put(bus, "s2c3", run="r7")
    async with bus.queue("generator", "sketch", concurrency=1) as queue:
        (delivery,) = await take(queue, 1)
    assert delivery.record.message == DRAW
    assert (delivery.record.run, delivery.record.task, delivery.attempt) == ("r7", "s2c3", 1)
    assert delivery.record.tokens == ("generator", "sketch", "s2c3")
    assert delivery.record.sequence == 1


async def test_other_capabilities_are_not_disturbed(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "diffusers", concurrency=1) as queue:
        assert await nothing_comes(queue)


async def test_two_workers_share_the_work(bus: Bus) -> None:
    await put(bus, *(f"t{n}" for n in range(40)))
    seen: Counter[str] = Counter()

    async def work(queue: Queue) -> None:
        async for delivery in queue:
            seen[delivery.record.task] += 1
            delivery.ack()
            await asyncio.sleep(0)

    async with (
        bus.queue("generator", "sketch", concurrency=2) as one,
        bus.queue("generator", "sketch", concurrency=2) as two,
    ):
        workers = [asyncio.create_task(work(queue)) for queue in (one, two)]
        await until(lambda: seen.total() == 40)
        await settled(bus)
    await asyncio.gather(*workers)
    assert seen == Counter({f"t{n}": 1 for n in range(40)})


async def test_no_more_deliveries_are_out_than_allowed(bus: Bus) -> None:
    await put(bus, *(f"t{n}" for n in range(10)))
    async with (
        bus.queue("generator", "sketch", concurrency=3) as queue,
        bus.queue("generator", "sketch", concurrency=10) as other,
    ):
        held = await take(queue, 3)
        assert await nothing_comes(queue)
        assert len(await take(other, 7)) == 7, "what the first queue has no room for is left to others"
        await other.aclose()
        held[0].ack()
        await put(bus, "late")
        assert [delivery.record.task for delivery in await take(queue, 1)] == ["late"]


async def test_a_finished_delivery_makes_room_for_one(bus: Bus) -> None:
    await put(bus, "t1", "t2", "t3")
    async with bus.queue("generator", "sketch", concurrency=1) as queue:
        for task in ("t1", "t2", "t3"):
            (delivery,) = await take(queue, 1)
            assert delivery.record.task == task
            assert await nothing_comes(queue)
            delivery.ack()
            delivery.ack()


async def test_what_is_acknowledged_does_not_come_back(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=2) as queue:
        (delivery,) = await take(queue, 1)
        delivery.ack()
        await settled(bus)


async def test_a_lease_that_runs_out_gives_it_to_another(bus: Bus) -> None:
    await put(bus, "t1")
    async with (
        bus.queue("generator", "sketch", lease=1.0, concurrency=1) as dead,
        bus.queue("generator", "sketch", lease=1.0, concurrency=1) as alive,
    ):
        (first,) = await take(dead, 1)
        (second,) = await take(alive, 1)
        assert (first.attempt, second.attempt) == (1, 2)
        assert first.record == second.record


async def test_a_lease_is_kept_by_extending_it(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=2) as queue:
        (delivery,) = await take(queue, 1)
        for _ in range(6):
            await asyncio.sleep(0.25)
            delivery.extend()
        assert await nothing_comes(queue)


async def test_a_retry_comes_after_its_delay_though_the_lease_is_longer(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=30.0, concurrency=1) as queue:
        (delivery,) = await take(queue, 1)
        began = time.monotonic()
        delivery.retry(0.3)
        (again,) = await take(queue, 1)
        assert 0.25 < time.monotonic() - began < 5
        assert again.attempt == 2


async def test_what_is_dropped_does_not_come_back(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=2) as queue:
        (delivery,) = await take(queue, 1)
        delivery.drop()
        await settled(bus)


async def test_a_cancelled_wait_swallows_nothing(bus: Bus) -> None:
    async with bus.queue("generator", "sketch", concurrency=1) as queue:
        for n in range(5):
            waiting = asyncio.ensure_future(anext(queue))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await put(bus, f"t{n}")
            (delivery,) = await take(queue, 1)
            assert (delivery.record.task, delivery.attempt) == (f"t{n}", 1)
            delivery.ack()


async def test_closing_gives_back_at_once_what_was_not_taken(bus: Bus) -> None:
    await put(bus, *(f"t{n}" for n in range(4)))
    async with bus.queue("generator", "sketch", concurrency=4) as first:
        await take(first, 1)
        await until(lambda: len(first._ready) == 3)
    async with bus.queue("generator", "sketch", concurrency=4) as second:
        assert {delivery.record.task for delivery in await take(second, 3)} == {"t1", "t2", "t3"}


async def test_closing_ends_the_iteration(bus: Bus) -> None:
    queue = bus.queue("generator", "sketch", concurrency=1)

    async def work() -> str:
        async for _ in queue:
            pass
        return "ended"

    task = asyncio.create_task(work())
    await until(lambda: queue._puller.wanted)
    await queue.aclose()
    assert await task == "ended"


async def test_a_delivery_can_end_after_its_queue_is_closed(bus: Bus) -> None:
    await put(bus, "t1")
    queue = bus.queue("generator", "sketch", lease=1.0, concurrency=1)
    (delivery,) = await take(queue, 1)
    await queue.aclose()
    delivery.ack()
    await settled(bus)


async def publish_raw(bus: Bus, subject: str, body: bytes, headers: dict[str, str] | None = None) -> None:
    client = bus._connection.client
    await client.publish(f"{bus.settings.namespace}.run.{subject}", body, headers=headers)
    await client.flush()


READABLE = {"ce-specversion": "1.0", "ce-type": DRAW.TYPE, "ce-source": "/me", "ce-id": "1"}


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"no json", READABLE, "JSON"),
        (b'{"step": "x"}', READABLE, "step"),
        (b"\xff\xfe", READABLE, "body"),
        (b"{}", None, "ce-specversion"),
        (b"{}", {**READABLE, "ce-specversion": "2.0"}, r"CloudEvents 2\.0"),
    ],
)
async def test_what_cannot_be_read_is_buried_and_answered(
    bus: Bus, body: bytes, headers: dict[str, str] | None, reason: str
) -> None:
    await publish_raw(bus, "r1.cmd.generator.sketch.bad", body, headers)
    await put(bus, "good")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=1) as queue:
        (delivery,) = await take(queue, 1)
        assert delivery.record.task == "good"
        delivery.ack()
        await settled(bus)
    answer = await bus.log.cell("r1", "generator", "sketch", "bad")
    assert answer is not None
    assert isinstance(answer.message, Failure)
    (letter,) = [letter async for letter in bus.dead.list()]
    assert letter.body == body
    assert letter.subject.endswith("r1.cmd.generator.sketch.bad")
    assert re.search(reason, letter.reason)


async def test_a_consumer_deleted_under_its_workers_is_made_again(bus: Bus) -> None:
    async with bus.queue("generator", "sketch", concurrency=1) as queue:
        await api.ask(bus._connection, f"CONSUMER.DELETE.{bus._subjects.runs}.generator-sketch")
        await put(bus, "t1")
        (delivery,) = await take(queue, 1)
        assert delivery.record.task == "t1"


async def test_a_request_that_got_lost_is_made_again(
    settings: BusSettings, bus: Bus, far: Bus, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "HEARTBEAT", 0.2)
    monkeypatch.setattr(pull, "SILENCE", 0.6)
    async with far.queue("generator", "sketch", concurrency=1) as queue:
        await put(bus, "t1")
        (delivery,) = await take(queue, 1)
        proxy.dumb = True
        delivery.ack()
        await until(lambda: queue._puller.wanted)
        proxy.dumb = False
        await put(bus, "t2")
        (delivery,) = await take(queue, 1)
        assert delivery.record.task == "t2"


async def test_a_lease_can_be_changed_by_the_next_worker(bus: Bus) -> None:
    async with bus.queue("generator", "sketch", lease=30.0, concurrency=1):
        pass
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=2) as queue:
        assert [delivery.attempt for delivery in await take(queue, 2)] == [1, 2]


async def test_a_queue_never_takes_over_the_commands_of_another(bus: Bus) -> None:
    async with bus.queue("a-b", "c", concurrency=1):
        with pytest.raises(Rejected, match="other commands"):
            await bus.queue("a", "b-c", concurrency=1).open()


async def test_every_attempt_after_an_outage_meets_the_same_cell(settings: BusSettings) -> None:
    async with connect(settings, name="one") as one, connect(settings, name="two") as two:
        await put(one, "t1")
        first, second = (bus.queue("generator", "sketch", lease=1.0, concurrency=1) for bus in (one, two))
        async with first, second:
            await take(first, 1)
            await take(second, 1)
            assert await two.log.answer("r1", "generator", "sketch", "t1", drawn(2), source="/two") is None
            late = await one.log.answer("r1", "generator", "sketch", "t1", drawn(1), source="/one")
            assert late is not None
            assert late.source == "/two"


async def test_a_batch_takes_what_is_at_hand(bus: Bus) -> None:
    await put(bus, *(f"t{n}" for n in range(5)))
    async with bus.queue("generator", "sketch", concurrency=4) as queue:
        await until(lambda: len(queue._ready) == 4)
        await take(queue, 1)
        assert [delivery.record.task for delivery in queue.at_hand(2)] == ["t1", "t2"]
        assert len(queue.at_hand(9)) == 1


async def test_several_tasks_may_iterate_and_leave(bus: Bus) -> None:
    seen: list[str] = []
    async with bus.queue("generator", "sketch", concurrency=8) as queue:

        async def work() -> None:
            async for delivery in queue:
                seen.append(delivery.record.task)
                delivery.ack()

        workers = [asyncio.create_task(work()) for _ in range(5)]
        await until(lambda: len(queue._waiters) == 5)
        for worker in workers[::2]:
            worker.cancel()
        await put(bus, *(f"t{n}" for n in range(20)))
        await settled(bus)
    await asyncio.gather(*workers, return_exceptions=True)
    assert sorted(seen) == sorted(f"t{n}" for n in range(20))


async def test_a_delivery_that_is_forgotten_makes_room_and_comes_back(bus: Bus) -> None:
    await put(bus, "t1")
    async with bus.queue("generator", "sketch", lease=1.0, concurrency=1) as queue:
        assert [delivery.attempt for delivery in await take(queue, 1)] == [1]
        assert [delivery.attempt for delivery in await take(queue, 1)] == [2]


async def test_concurrency_must_be_positive(bus: Bus) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        bus.queue("generator", "sketch", concurrency=0)
