"""A run as a whole: read, written at once or not at all, removed for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from stepweave.bus import BadLine, Bus, BusSettings, Line, NoRun, RunStands, TooLarge, TooMany, batch, connect
from stepweave.bus.api import ask
from stepweave.bus.envelope import new_id
from stepweave.messages import Cancel, Decided, Outcome, Plan, RunRequested, Step, Unknown
from tests.bus.conftest import BOUND, DRAW, Broker, Proxy, drawn

pytestmark = pytest.mark.anyio
SOURCE = "/x"


async def make_run(bus: Bus, run: str = "r1", tasks: int = 3) -> list[Line]:
    """A run with every kind of message, among others' messages."""
    await bus.log.request(run, RunRequested(request="a boat"))
    await bus.log.request(f"{run}-other", RunRequested(request="a house"))
    await bus.log.decide(run, "planned", Decided(plan=(Step(number=1),)), expected=1, source=SOURCE)
    for number in range(tasks):
        task = f"s1c{number}"
        await bus.log.command(
            run, "generator", "sketch", task, DRAW, source=SOURCE, traceparent=f"00-{1:032x}-{2:016x}-01"
        )
        await bus.log.answer(run, "generator", "sketch", task, drawn(number), source=SOURCE)
        await bus.log.decide(run, "decided", Decided(), expected=number + 2, source=SOURCE)
    await bus.log.control(run, Cancel(reason="enough"), id="stop")
    await bus.log.note(run, "new", Unknown(type="later.v9", body={"a": [1.5, "ä"]}))
    torn = "NATS/1.0\r\nce-time: 2026-01-01T00:00:00Z\r\n"
    await bus._connection.call(bus._subjects.done(run, "critic", "odd", "torn"), b"{no json", torn)
    end = Decided(outcome=Outcome(status="cancelled"))
    await bus.log.decide(run, "finished", end, expected=tasks + 2, source=SOURCE)
    return await lines(bus, run)


async def lines(bus: Bus, run: str = "r1") -> list[Line]:
    return [line async for line in bus.runs.lines(run)]


async def size(bus: Bus) -> int:
    info = await ask(bus._connection, f"STREAM.INFO.{bus._subjects.runs}")
    return int(info["state"]["bytes"])


@pytest.fixture
async def elsewhere(settings: BusSettings) -> AsyncIterator[Bus]:
    """Another namespace, in which other things were said before."""
    async with connect(settings.model_copy(update={"namespace": f"t{new_id()[:12]}"}), name="elsewhere") as bus:
        for number in range(5):
            await bus.log.request(f"before-{number}", RunRequested(request="x"))
        yield bus


async def test_a_run_written_elsewhere_is_the_same_run(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus)
    assert [line.branch for line in found] == [*("ev", "ev"), *("cmd", "done", "ev") * 3, "ctl", "note", "done", "ev"]
    await elsewhere.runs.check("r1", found)
    assert await elsewhere.runs.write("r1", found) == len(found)
    assert await lines(elsewhere) == found
    here, there = [[r async for r in each.log.replay("r1")] for each in (bus, elsewhere)]
    assert [replace(r, sequence=0, tokens=r.tokens[:1]) for r in there] == [
        replace(r, sequence=0, tokens=r.tokens[:1]) for r in here
    ]
    assert [r.body for r in there] == [r.body for r in here]
    assert [summary.finished for summary in await elsewhere.log.runs()] == [False] * 5 + [True]


async def test_a_written_run_goes_on_like_any_other(bus: Bus, elsewhere: Bus) -> None:
    found = (await make_run(bus))[:-1]
    await elsewhere.runs.write("r1", found)
    assert await elsewhere.log.decide("r1", "decided", Decided(), expected=5, source=SOURCE)
    assert [line.tokens for line in await lines(elsewhere) if line.branch == "ev"][-1] == ("decided", "5")
    again = await lines(elsewhere)
    await bus.runs.remove("r1", await bus.log.last_sequence())
    assert await bus.runs.write("r1", again) == len(again)
    assert await lines(bus) == again


async def test_an_event_that_does_not_count_is_not_made_one_that_does(bus: Bus) -> None:
    forged = Decided(outcome=Outcome(status="cancelled", reason="forged"))
    for number in (2, 99):
        await bus.log.decide("r1", "finished", forged, expected=number, source="/stranger")
    await bus.log.request("r1", RunRequested(request="a boat"))
    await bus.log.decide("r1", "planned", Decided(plan=(Step(number=1),)), expected=1, source=SOURCE)
    await bus.log.decide("r1", "decided", Decided(), expected=3, source=SOURCE)
    found = [line.tokens for line in await lines(bus)]
    assert found == [("requested", "0"), ("planned", "1"), ("decided", "2")]


async def test_to_write_again_adds_only_words_that_are_new(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus)
    await elsewhere.runs.write("r1", found)
    assert await elsewhere.runs.write("r1", found) == 0
    await bus.log.note("r1", "reward", Cancel())
    assert await elsewhere.runs.write("r1", await lines(bus)) == 1
    assert await lines(elsewhere) == await lines(bus)


async def test_another_run_of_that_name_stays_as_it_is(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus)
    await elsewhere.log.request("r1", RunRequested(request="another"))
    with pytest.raises(RunStands, match=r"r1 stands already.*ev\.requested\.0 is another message"):
        await elsewhere.runs.write("r1", found)
    assert len(await lines(elsewhere)) == 1


async def test_a_run_that_went_on_elsewhere_is_not_mixed_with_what_stands(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus)
    await elsewhere.runs.write("r1", found[:-1])
    with pytest.raises(RunStands, match=r"no event finished\.5"):
        await elsewhere.runs.write("r1", found)
    assert await lines(elsewhere) == found[:-1]


async def test_late_words_of_a_removed_run_do_not_stand_in_its_way(bus: Bus) -> None:
    found = await make_run(bus)
    await bus.runs.remove("r1", await bus.log.last_sequence())
    await bus.log.answer("r1", "generator", "sketch", "s1c0", drawn(9), source="/late")
    await bus.log.answer("r1", "generator", "sketch", "s9c9", drawn(9), source="/late")
    assert await bus.runs.write("r1", found) == len(found)
    assert await lines(bus) == found


async def test_two_who_write_the_same_run_at_once_write_it_once(
    settings: BusSettings, bus: Bus, elsewhere: Bus
) -> None:
    found = await make_run(bus)
    async with connect(elsewhere.settings, name="second") as second:
        written = await asyncio.gather(*(each.runs.write("r1", found) for each in (elsewhere, second)))
    assert sorted(written) == [0, len(found)]
    assert await lines(elsewhere) == found


async def test_a_word_before_the_request_comes_right_after_it(bus: Bus) -> None:
    await bus.log.answer("r1", "planner", "rules", "plan", Plan(steps=(Step(number=1),)), source="/early")
    await bus.log.request("r1", RunRequested(request="a boat"))
    await bus.log.note("r1", "x", Cancel())
    assert [line.branch for line in await lines(bus)] == ["ev", "done", "note"]


async def test_what_cannot_be_written_is_refused_before(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus)
    with pytest.raises(BadLine, match="Line 2"):
        await elsewhere.runs.check("r1", [found[0], found[0]])
    huge = replace(found[-1], branch="note", tokens=("a", "b"), body=b'{"a":"%b"}' % (b"x" * 8 * 1024 * 1024))
    with pytest.raises(TooLarge, match="max_payload"):
        await elsewhere.runs.check("r1", [*found, huge])


async def test_more_messages_than_the_server_takes_at_once_are_refused_before(
    bus: Bus, make_broker: Callable[..., Broker]
) -> None:
    found = await make_run(bus)

    def small() -> Broker:
        broker = make_broker()
        store = {"store_dir": str(broker.log.parent / "store"), "limits": {"batch": {"max_msgs": len(found) - 1}}}
        broker.stop()
        broker.extra = {"jetstream": store}
        broker.up()
        return broker

    broker = await asyncio.to_thread(small)
    async with connect(BusSettings(url=broker.url), name="small") as narrow:
        for refuse in (narrow.runs.check, narrow.runs.write):
            with pytest.raises(TooMany, match=rf"{len(found)} messages, the server takes {len(found) - 1}.*max_msgs"):
                await refuse("r1", found)
        assert await narrow.log.last_sequence() == 0
        await narrow.runs.check("r1", found[:-1])
        assert await narrow.runs.write("r1", found[:-1]) == len(found) - 1


async def test_a_large_run_is_written_at_once(bus: Bus, elsewhere: Bus) -> None:
    found = await make_run(bus, tasks=700)
    assert len(found) > 2000
    await elsewhere.runs.check("r1", found)
    assert await elsewhere.runs.write("r1", found) == len(found)
    assert await lines(elsewhere) == found


# ---------------------------------------------------------------------------------------------- interruptions


async def test_who_dies_while_writing_leaves_nothing(bus: Bus, elsewhere: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_STRIDE", 1)
    found = await make_run(bus)
    for steps in range(1, len(found)):
        await interrupted(elsewhere, elsewhere.runs.write("r1", found), steps)
        assert not [r async for r in elsewhere.log.replay("r1")]
    assert await elsewhere.runs.write("r1", found) == len(found)
    assert await lines(elsewhere) == found


async def interrupted(bus: Bus, work: Awaitable[Any], steps: int) -> None:
    """Cancel work once it has sent so many messages of a batch."""
    call, sent = bus._connection.call, 0
    task = asyncio.ensure_future(work)

    async def counted(*words: Any, **options: Any) -> Any:
        nonlocal sent
        answer = await call(*words, **options)
        sent += "Nats-Batch-Id" in str(words)
        if sent == steps:
            task.cancel()
            await asyncio.sleep(0)  # which is where it takes effect
        return answer

    bus._connection.call = counted  # type: ignore[method-assign]
    with pytest.raises(asyncio.CancelledError):
        await task
    bus._connection.call = call  # type: ignore[method-assign]


async def test_a_server_that_is_killed_meanwhile_has_all_or_nothing(
    bus: Bus, frail: Bus, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_STRIDE", 1)
    found = await make_run(bus)
    call, sent = frail._connection.call, 0

    async def killing(*words: Any, **options: Any) -> Any:
        nonlocal sent
        sent += "Nats-Batch-Id" in str(words)
        if sent in {5, len(found) + 5 + len(found) // 2}:
            sent += 1
            await asyncio.to_thread(broker.kill)
            await asyncio.to_thread(broker.up)
        return await call(*words, **options)

    monkeypatch.setattr(frail._connection, "call", killing)
    async with asyncio.timeout(4 * BOUND):
        assert await frail.runs.write("r1", found) in {0, len(found)}
    assert await lines(frail) == found


async def test_a_lost_confirmation_is_no_failure(bus: Bus, far: Bus, proxy: Proxy) -> None:
    found = await make_run(bus)
    await bus.runs.remove("r1", await bus.log.last_sequence())
    call = far._connection.call

    async def deaf_at_the_end(*words: Any, **options: Any) -> Any:
        if "Nats-Batch-Commit" in str(words):
            far._connection.call = call  # type: ignore[method-assign]
            proxy.deaf = True
            asked = asyncio.ensure_future(call(*words, **options))
            async for _ in bus.log.follow(run="r1", branches=("ev",), after=0):
                break
            proxy.cut()
            return await asked
        return await call(*words, **options)

    far._connection.call = deaf_at_the_end  # type: ignore[method-assign]
    assert await far.runs.write("r1", found) == 0
    assert await lines(bus) == found


# ---------------------------------------------------------------------------------------------- removing


async def test_a_removed_run_is_gone_and_its_bytes_are_free(bus: Bus) -> None:
    await make_run(bus)
    record = await anext(bus.log.follow(run="r1", branches=("cmd",), after=0))
    await bus.dead.put(record, "why")
    before, last = await size(bus), await bus.log.last_sequence()
    measured = await bus.runs.measure("r1", last)
    removed = await bus.runs.remove("r1", last)
    assert removed == measured
    assert (removed.messages, removed.letters) == (15, 1)
    assert before - await size(bus) < removed.bytes
    assert removed.bytes - (before - await size(bus)) < 1000  # of the dead letter
    assert not [r async for r in bus.log.replay("r1")]
    assert not [letter async for letter in bus.dead.list()]
    assert [summary.run for summary in await bus.log.runs()] == ["r1-other"]
    with pytest.raises(NoRun, match="runs list"):
        await lines(bus)


async def test_bytes_are_told_as_the_server_counts_them(bus: Bus) -> None:
    await make_run(bus)
    for run in ("r1", "r1-other"):
        before = await size(bus)
        removed = await bus.runs.remove(run, await bus.log.last_sequence())
        assert removed.bytes == before - await size(bus)
    assert await size(bus) == 0


async def test_what_is_said_after_the_look_stays(bus: Bus) -> None:
    await make_run(bus)
    last = await bus.log.last_sequence()
    await bus.runs.remove("r1", last)
    await bus.log.request("r1", RunRequested(request="a new one"))
    assert (await bus.runs.remove("r1", last)).messages == 0
    assert len(await lines(bus)) == 1


async def test_a_run_removed_while_it_is_read_is_no_run(bus: Bus) -> None:
    await make_run(bus)
    reading = bus.runs.lines("r1")
    await anext(reading)
    await bus.runs.remove("r1", await bus.log.last_sequence())
    with pytest.raises(NoRun):
        async for _ in reading:
            pass
