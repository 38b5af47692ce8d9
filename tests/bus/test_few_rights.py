"""Those who may not make streams and queues find what stands, and are told what they may not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import pytest

from stepweave.bus import Bus, BusSettings, NotAllowed, QueueNotMade, api, connect
from stepweave.messages import Cancel, RunRequested
from tests.bus.conftest import DRAW, Broker, drawn, until

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="x")


def few(settings: BusSettings) -> BusSettings:
    return settings.model_copy(update={"provision": False, "poll": 0.05})


@pytest.fixture
async def modest(bus: Bus, settings: BusSettings) -> AsyncIterator[Bus]:
    """A bus with few rights in the namespace of ``bus``."""
    async with connect(few(settings), name="modest") as modest:
        yield modest


async def test_nothing_is_made(settings: BusSettings) -> None:
    async with connect(few(settings), name="modest"):
        pass
    async with connect(few(settings), name="modest") as modest:
        names = await api.ask(modest._connection, "STREAM.NAMES", {"subject": f"{settings.namespace}.>"})
    assert not names["streams"]


async def test_the_log_is_followed_in_order_and_without_gaps(bus: Bus, modest: Bus) -> None:
    await bus.log.request("r1", WANTED)
    found: list[tuple[str, str]] = []

    async def follow() -> None:
        async for record in modest.log.follow(branches=("ev", "ctl"), after=0):
            found.append((record.run, record.branch))  # noqa: PERF401 - it never ends

    task = asyncio.create_task(follow())
    await until(lambda: found == [("r1", "ev")])
    for number in range(2, 40):
        await bus.log.request(f"r{number}", WANTED)
        await bus.log.answer(f"r{number}", "generator", "sketch", "t", drawn(1), source="/x")
        await bus.log.control(f"r{number}", Cancel(reason="x"))
    await until(lambda: len(found) == 1 + 38 * 2)
    assert found[1:] == [(f"r{number}", branch) for number in range(2, 40) for branch in ("ev", "ctl")]
    task.cancel()


async def test_one_run_is_followed_from_where_the_log_ends(bus: Bus, modest: Bus) -> None:
    await bus.log.request("r1", WANTED)
    follower = modest.log.follow(run="r1", branches=("done",), after=await modest.log.last_sequence())
    coming = asyncio.ensure_future(anext(follower))
    for run in ("r2", "r1"):
        await bus.log.answer(run, "generator", "sketch", "t", drawn(1), source="/x")
    async with asyncio.timeout(5):
        assert (await coming).run == "r1"
    await follower.aclose()


async def test_following_goes_on_after_the_server_was_gone(
    broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("stepweave"), "propagate", True)
    settings = BusSettings(url=broker.url, patience=1.0, poll=0.05)
    async with connect(settings, name="all") as bus, connect(few(settings), name="modest") as modest:
        follower = modest.log.follow(after=0)
        await bus.log.request("r1", WANTED)
        assert (await anext(follower)).run == "r1"
        coming = asyncio.ensure_future(anext(follower))
        await asyncio.to_thread(broker.kill)
        await until(lambda: "The log cannot be read" in caplog.text)  # its patience is over
        await asyncio.to_thread(broker.up)
        async with connect(settings, name="another") as another:
            await another.log.request("r2", WANTED)
        async with asyncio.timeout(10):
            assert (await coming).run == "r2"
        await follower.aclose()


async def test_following_ends_with_the_bus(bus: Bus, settings: BusSettings) -> None:
    async with connect(few(settings), name="modest") as modest:
        follower = modest.log.follow(after=0)
        coming = asyncio.ensure_future(anext(follower))
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        with pytest.raises(StopAsyncIteration):
            await coming


async def test_a_queue_that_was_made_is_found_with_its_lease(bus: Bus, modest: Bus) -> None:
    made = await bus.make_queue("generator", "sketch", lease=7.0)
    assert (made.name, made.lease) == ("generator:sketch", 7.0)
    await bus.log.command("r1", "generator", "sketch", "t", DRAW, source="/x")
    async with modest.queue("generator", "sketch", lease=300.0, concurrency=1) as queue:
        assert queue.lease == 7.0
        delivery = await anext(queue)
        delivery.ack()
        assert delivery.record.task == "t"


async def test_a_queue_that_was_not_made_is_asked_for(modest: Bus) -> None:
    with pytest.raises(QueueNotMade, match=r"generator:sketch .*`stepweave queues make generator:sketch`"):
        async with modest.queue("generator", "sketch", concurrency=1):
            pass


async def test_a_queue_of_other_commands_is_none(bus: Bus, modest: Bus) -> None:
    await bus.make_queue("a-b", "c")
    with pytest.raises(QueueNotMade, match="takes other commands"):
        async with modest.queue("a", "b-c", concurrency=1):
            pass


async def test_a_queue_is_made_again_as_it_was(bus: Bus) -> None:
    await bus.make_queue("generator", "sketch", lease=7.0)
    await bus.set_cap("generator", "sketch", 3)
    again = await bus.make_queue("generator", "sketch", lease=9.0)
    assert (again.cap, again.lease) == (3, 9.0)


async def forbidden(make_broker: Callable[..., Broker], *subjects: str) -> BusSettings:
    """Settings of a user who may publish everything but this."""
    rights = {"publish": {"deny": list(subjects)}}
    users = [{"user": "all", "password": "x"}, {"user": "few", "password": "x", "permissions": rights}]
    broker = await asyncio.to_thread(lambda: make_broker(authorization={"users": users}))
    host = broker.url.partition("@")[2]
    async with connect(BusSettings(url=f"nats://all:x@{host}"), name="all") as bus:
        await bus.make_queue("generator", "sketch")
    return few(BusSettings(url=f"nats://few:x@{host}"))


async def test_a_read_that_is_forbidden_fails_at_once(make_broker: Callable[..., Broker]) -> None:
    settings = await forbidden(make_broker, "$JS.API.DIRECT.GET.>")
    async with connect(settings, name="few") as bus, asyncio.timeout(5):
        with pytest.raises(NotAllowed, match="permissions violation"):
            await bus.log.runs()


async def test_a_pull_that_is_forbidden_fails_at_once(make_broker: Callable[..., Broker]) -> None:
    settings = await forbidden(make_broker, "$JS.API.CONSUMER.MSG.NEXT.>")
    async with connect(settings, name="few") as bus, asyncio.timeout(5):
        queue = bus.queue("generator", "sketch", concurrency=1)
        with pytest.raises(NotAllowed, match="permissions violation"):
            await anext(queue)
        await queue.aclose()
