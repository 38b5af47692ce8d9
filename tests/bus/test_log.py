"""The log: guarded events, write-once cells, order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from stepweave.bus import BadName, Bus, BusSettings, Conflict, NotStored, Raw, Record, connect
from stepweave.messages import Abandoned, Cancel, Decided, Late, Outcome, RunRequested, Unknown
from tests.bus.conftest import DRAW, Proxy, drawn, until

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="how to fold a paper boat")
SOURCE = "/orchestrator/test"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def records(bus: Bus, run: str, after: int = 0) -> list[Record]:
    return [record async for record in bus.log.replay(run, after=after)]


async def test_a_record_tells_all_that_was_written(bus: Bus) -> None:
    sequence = await bus.log.request("r1", WANTED, source="/cli/me", traceparent=TRACE)
    (record,) = await records(bus, "r1")
    assert record.message == WANTED
    assert (record.run, record.branch, record.tokens, record.task) == ("r1", "ev", ("requested", "0"), "0")
    assert (record.sequence, record.source, record.traceparent) == (sequence, "/cli/me", TRACE)
    assert len(record.id) == 32
    assert record.time.tzinfo is not None


async def test_a_run_begins_once(bus: Bus) -> None:
    await bus.log.request("r1", WANTED)
    with pytest.raises(Conflict, match="r1"):
        await bus.log.request("r1", WANTED)


async def test_of_fifty_racing_decisions_one_is_taken(bus: Bus) -> None:
    sequence = await bus.log.request("r1", WANTED)

    async def decide() -> int | None:
        try:
            return await bus.log.decide("r1", "decided", Decided(), expected=sequence, source=SOURCE)
        except Conflict:
            return None

    taken = [found for found in await asyncio.gather(*(decide() for _ in range(50))) if found]
    assert len(taken) == 1
    assert [record.sequence for record in await records(bus, "r1")] == [sequence, *taken]


async def test_what_follows_no_event_stands_in_nobodys_way(bus: Bus) -> None:
    first = await bus.log.request("r1", WANTED)
    for n in range(5):
        await bus._connection.call(f"{bus.settings.namespace}.run.r1.ev.x.{90 + n}", b"nonsense")
    assert await bus.log.decide("r1", "decided", Decided(), expected=first, source=SOURCE) > first
    with pytest.raises(Conflict, match="r1"):
        await bus.log.decide("r1", "finished", Decided(), expected=first, source=SOURCE)


async def test_decisions_follow_each_other_though_other_branches_move(bus: Bus) -> None:
    first = await bus.log.request("r1", WANTED)
    await bus.log.answer("r1", "generator", "sketch", "s1c1", drawn(1), source="/x")
    second = await bus.log.decide("r1", "decided", Decided(), expected=first, source=SOURCE)
    assert await bus.log.decide("r1", "finished", Decided(), expected=second, source=SOURCE) > second


async def test_runs_do_not_guard_each_other(bus: Bus) -> None:
    await bus.log.request("r1", WANTED)
    await bus.log.request("r2", WANTED)
    assert [record.run for record in await records(bus, "r2")] == ["r2"]


async def test_a_command_is_put_once(bus: Bus) -> None:
    assert await bus.log.command("r1", "generator", "sketch", "s1c1", DRAW, source=SOURCE)
    assert not await bus.log.command("r1", "generator", "sketch", "s1c1", DRAW, source=SOURCE)


async def test_of_fifty_racing_answers_one_stands_and_all_others_see_it(bus: Bus) -> None:
    answers = [
        bus.log.answer("r1", "generator", "sketch", "s1c1", drawn(n), source=f"/generator/{n}") for n in range(50)
    ]
    found = await asyncio.gather(*answers)
    standing = await bus.log.cell("r1", "generator", "sketch", "s1c1")
    assert standing is not None
    assert found.count(None) == 1
    assert {record.id for record in found if record} == {standing.id}
    assert standing.source == f"/generator/{found.index(None)}"


async def test_calling_off_takes_the_cell(bus: Bus) -> None:
    assert (
        await bus.log.answer("r1", "generator", "sketch", "s1c1", Abandoned(reason="sibling won"), source=SOURCE)
        is None
    )
    late = await bus.log.answer("r1", "generator", "sketch", "s1c1", drawn(3), source="/generator/slow")
    assert late is not None
    assert late.message == Abandoned(reason="sibling won")


async def test_an_empty_cell_is_none(bus: Bus) -> None:
    assert await bus.log.cell("r1", "generator", "sketch", "s1c1") is None


async def test_a_control_said_twice_is_said_once(bus: Bus) -> None:
    first = await bus.log.control("r1", Cancel(reason="enough"), id="c1")
    assert await bus.log.control("r1", Cancel(reason="really"), id="c1") == first
    (record,) = await records(bus, "r1")
    assert record.message == Cancel(reason="enough")


async def test_notes_add_up(bus: Bus) -> None:
    late = Late(task="s1c1", seconds=3, answer_type="x")
    assert await bus.log.note("r1", "late", late) < await bus.log.note("r1", "late", late)


async def test_replay_gives_everything_in_order_and_from_anywhere(bus: Bus) -> None:
    await bus.log.request("r1", WANTED)
    for n in range(1200):
        assert await bus.log.command("r1", "generator", "sketch", f"t{n}", DRAW, source=SOURCE)
    found = await records(bus, "r1")
    assert [record.task for record in found] == ["0", *(f"t{n}" for n in range(1200))]
    assert [record.task for record in await records(bus, "r1", after=found[1100].sequence)] == [
        f"t{n}" for n in range(1100, 1200)
    ]


async def test_a_message_of_an_unknown_type_is_carried(bus: Bus) -> None:
    message = Unknown(type="acme.gripper.closed.v1", body={"force": 3.5})
    await bus.log.note("r1", "gripper", message)
    (record,) = await records(bus, "r1")
    assert record.message == message


async def test_runs_are_listed_with_their_state(bus: Bus) -> None:
    first = await bus.log.request("r1", WANTED)
    await bus.log.request("r2", WANTED)
    end = Decided(outcome=Outcome(status="completed"))
    await bus.log.decide("r1", "finished", end, expected=first, source=SOURCE)
    runs = await bus.log.runs()
    assert [(run.run, run.finished) for run in runs] == [("r1", True), ("r2", False)]
    assert runs[0].request.message == WANTED


@pytest.mark.parametrize("name", ["", "a.b", "*", ">", "a b", "a\r\nPUB x 0", "ä", "x" * 65])
async def test_a_name_cannot_leave_its_place(bus: Bus, name: str) -> None:
    with pytest.raises(BadName):
        await bus.log.answer("r1", "generator", "sketch", name, drawn(1), source=SOURCE)
    assert await bus.log.last_sequence() == 0


@pytest.mark.parametrize("write", ["decide", "command", "answer", "note", "control"])
async def test_a_write_whose_acknowledgement_is_lost_knows_itself_again(
    bus: Bus, far: Bus, proxy: Proxy, write: str
) -> None:
    writes: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
        "decide": lambda: far.log.decide("r1", "decided", Decided(), expected=0, source=SOURCE),
        "command": lambda: far.log.command("r1", "generator", "sketch", "t1", DRAW, source=SOURCE),
        "answer": lambda: far.log.answer("r1", "generator", "sketch", "t1", drawn(1), source=SOURCE),
        "note": lambda: far.log.note("r1", "late", Cancel()),
        "control": lambda: far.log.control("r1", Cancel()),
    }
    proxy.deaf = True
    task = asyncio.create_task(writes[write]())
    await until(bus.log.last_sequence)
    proxy.cut()
    assert await task == {"command": True, "answer": None}.get(write, 1)
    assert await bus.log.last_sequence() == 1


async def test_a_write_knows_itself_again_though_the_first_read_meets_a_replica_that_lags(
    bus: Bus, far: Bus, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, reads = far.log._publisher._reader, list[int]()
    whole = reader.next

    async def late(filter_: str, sequence: int) -> Raw | None:
        reads.append(sequence)
        return None if len(reads) == 1 else await whole(filter_, sequence)

    monkeypatch.setattr(reader, "next", late)
    proxy.deaf = True
    task = asyncio.create_task(far.log.request("r1", WANTED))
    await until(bus.log.last_sequence)
    proxy.cut()
    assert await task == 1
    assert reads == [1, 1]


async def test_a_lost_acknowledgement_and_a_later_decision_are_not_confused(bus: Bus, far: Bus, proxy: Proxy) -> None:
    proxy.deaf = True
    task = asyncio.create_task(far.log.request("r1", WANTED))
    follower = bus.log.follow(after=0)
    record = await anext(follower)
    await follower.aclose()
    await bus.log.decide("r1", "decided", Decided(), expected=record.sequence, source=SOURCE)
    proxy.cut()
    assert await task == record.sequence


async def test_a_sent_again_decision_that_really_lost_is_a_conflict(bus: Bus, far: Bus, proxy: Proxy) -> None:
    proxy.dumb = True
    task = asyncio.create_task(far.log.request("r1", WANTED))
    await bus.log.request("r1", WANTED)
    proxy.cut()
    with pytest.raises(Conflict):
        await task


async def test_what_is_never_confirmed_fails_with_a_remedy(settings: BusSettings, proxy: Proxy) -> None:
    impatient = proxy.settings(settings).model_copy(update={"patience": 0.5})
    async with connect(impatient, name="impatient") as far:
        proxy.dumb = True
        with pytest.raises(NotStored, match=r"within 0.5 s.*patience"):
            await far.log.request("r1", WANTED)


async def test_more_writes_than_the_window_holds_all_arrive(settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"window": 8}), name="narrow") as bus:
        done = await asyncio.gather(
            *(bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") for n in range(500))
        )
        assert done == [None] * 500
        assert await bus.log.last_sequence() == 500


async def test_writes_called_off_in_the_window_leave_room(settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"window": 2}), name="narrow") as bus:
        tasks = [
            asyncio.create_task(bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x"))
            for n in range(40)
        ]
        await until(lambda: tasks[0].done())
        for task in tasks[1::2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await bus.log.answer("r1", "generator", "sketch", "last", drawn(1), source="/x") is None


async def test_the_server_itself_keeps_a_cell_from_being_written_twice(bus: Bus) -> None:
    await bus.log.answer("r1", "generator", "sketch", "s1c1", drawn(1), source="/generator/1")
    subject = bus._subjects.done("r1", "generator", "sketch", "s1c1")
    answer = json.loads((await bus._connection.call(subject, b"no guard")).body)
    assert "maximum messages per subject" in answer["error"]["description"]
    assert len(await records(bus, "r1")) == 1


async def test_subjects_of_another_shape_are_not_stored(bus: Bus) -> None:
    client = bus._connection.client
    for tail in ("ev.requested", "done.s1c1", "other.a.b", "cmd.a.b.c.d"):
        await client.publish(f"{bus.settings.namespace}.run.r1.{tail}", b"{}")
    await client.flush()
    assert await bus.log.last_sequence() == 0
