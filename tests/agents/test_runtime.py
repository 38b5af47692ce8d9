"""Workers on the real bus: errors, leases, late answers, batches, and being told to stop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import anyio
import pytest

from stepweave.agents.agent import Agent, AgentError, Context, Host, Participant, agent
from stepweave.agents.retries import Retries
from stepweave.agents.runtime import failure_of, serve
from stepweave.bus import BusError, BusSettings, NoAnswer, NotStored, Record, StoreFull, Unreachable, connect
from stepweave.messages import (
    Abandoned,
    Answer,
    Failure,
    Late,
    MakePlan,
    Plan,
    Recall,
    Recalled,
    Remember,
    Remembered,
    Step,
)

pytestmark = pytest.mark.anyio

PLAN = Plan(steps=(Step(number=1, prompt="draw"),))
ASK = MakePlan(request="x")


@asynccontextmanager
async def serving(host: Host, *agents: Participant, grace: float = 5.0) -> AsyncIterator[anyio.CancelScope]:
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, agents, grace=grace))
        yield group.cancel_scope
        group.cancel_scope.cancel()


async def ask(host: Host, worker: Agent, task: str = "t", message: MakePlan | Remember = ASK) -> None:
    await host.bus.log.command("r", worker.role, worker.capability, task, message, source="/test")


async def answer(host: Host, task: str = "t", bound: float = 20.0) -> Answer:
    """What stands in the cell, once something does."""
    with anyio.fail_after(bound):
        async for record in host.bus.log.follow(run="r", branches=("done",), after=0):
            if record.task == task:
                assert isinstance(record.message, Answer)
                return record.message
    raise AssertionError


async def test_an_answer_is_written_into_the_cell(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        assert await answer(host) == PLAN


async def test_an_error_with_a_remedy_is_an_answer(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        raise AgentError("no word known", "say it otherwise")

    async with serving(host, plan):
        await ask(host, plan)
        failure = await answer(host)
    assert failure == Failure(kind="AgentError", reason="no word known", remedy="say it otherwise", cause="permanent")


async def test_an_error_that_passes_is_tried_again(host: Host) -> None:
    attempts = []

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        attempts.append(ctx.attempt)
        if len(attempts) < 3:
            raise AgentError("busy", cause="transient")
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        assert await answer(host) == PLAN
    assert attempts == [1, 2, 3]


async def test_trouble_with_the_broker_is_nobodys_answer(host: Host) -> None:
    """However often it comes, it says nothing about the task."""
    troubles: list[BusError] = [Unreachable("nats://x", "down"), NoAnswer("x", 1.0), NotStored("x", 1.0)] * 2

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        if troubles:
            raise troubles.pop()
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        assert await answer(host) == PLAN


async def test_what_never_works_ends_as_failure_and_dead_letter(
    host: Host, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        raise ZeroDivisionError("boom")

    async with serving(host, plan):
        await ask(host, plan)
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.reason, failure.permanent) == ("ZeroDivisionError", "boom", False)
    letters = [letter async for letter in host.bus.dead.list()]
    assert [letter.reason for letter in letters] == ["ZeroDivisionError: boom"]


async def test_a_full_store_answers_nothing_and_ends_the_worker(tmp_path: Path) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        await ctx.blobs.put(bytes(50_000), "image/png", 1, 1)
        return PLAN

    small = BusSettings(home=tmp_path, lease=2.0, max_blob_bytes=20_000)
    async with connect(small, name="test") as bus:
        host = Host(bus, tmp_path, "/test")
        await ask(host, plan)
        with pytest.raises(BaseExceptionGroup) as caught, anyio.fail_after(10):
            async with serving(host, plan, grace=60):
                await answer(host, bound=60)
        assert caught.value.subgroup(StoreFull)
    async with connect(small.model_copy(update={"max_blob_bytes": 200_000}), name="test") as bus:
        host = Host(bus, tmp_path, "/test")
        async with serving(host, plan):
            assert await answer(host) == PLAN


async def test_what_is_too_large_is_not_tried_again(host: Host) -> None:
    attempts = []

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        attempts.append(ctx.attempt)
        await ctx.blobs.put(bytes(9 * 2**20), "image/png", 1, 1)
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.permanent, attempts) == ("TooLarge", True, [1])


async def test_one_bad_ask_does_not_stop_the_next(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        if ctx.task == "bad":
            raise AgentError("bad")
        return PLAN

    async with serving(host, plan):
        await ask(host, plan, "bad")
        await ask(host, plan, "good")
        assert await answer(host, "good") == PLAN


async def test_an_ask_of_another_kind_is_refused(host: Host) -> None:
    @agent("memory", capability="x")
    async def memory(ask: Recall, ctx: Context) -> Recalled:
        return Recalled()

    async with serving(host, memory):
        await ask(host, memory, message=Remember(notes=()))
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert "does not answer Remember, only Recall" in failure.reason


async def test_what_is_no_answer_ends_as_a_failure(host: Host) -> None:

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Recalled:
        return None if ctx.task == "none" else Recalled()  # type: ignore[return-value]

    async with serving(host, plan):
        await ask(host, plan, "none")
        await ask(host, plan, "other")
        reasons = [getattr(await answer(host, task), "reason", "") for task in ("none", "other")]
    assert reasons == [
        "planner:x gave NoneType to MakePlan, not Plan",
        "planner:x gave Recalled to MakePlan, not Plan",
    ]


async def test_a_batch_with_too_few_answers_fails_as_a_whole(host: Host) -> None:

    @agent("memory", capability="x", batch=2)
    async def memory(asks: Sequence[Remember], contexts: Sequence[Context]) -> Sequence[Answer]:
        return []

    async with serving(host, memory):
        await ask(host, memory, message=Remember(notes=()))
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert "0 answers to 1 asks" in failure.reason


async def test_an_ask_its_workers_die_of_is_given_up(host: Host) -> None:
    """Deliveries that nobody ends, as if their workers had been killed."""

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        raise AssertionError

    await ask(host, plan)
    async with host.bus.queue("planner", "x", concurrency=1) as queue:
        for _ in range(host.retries.deliveries):
            (await anext(queue)).retry(0)
    async with serving(host, plan):
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert "delivered 10 times" in failure.reason


async def test_an_answer_too_large_for_the_bus_is_a_failure(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        return Plan(steps=(Step(number=1, text="x" * (9 * 2**20)),))

    async with serving(host, plan):
        await ask(host, plan)
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert failure.kind == "TooLarge"


async def test_long_work_keeps_its_lease(host: Host) -> None:
    """Two leases long, and nobody else is given the work."""
    attempts = []

    @agent("planner", capability="x", lease=1.0, concurrency=2)
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        attempts.append(ctx.attempt)
        await anyio.sleep(2.2)
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        assert await answer(host) == PLAN
    assert attempts == [1]


async def test_late_work_is_noted_and_changes_nothing(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        await host.bus.log.answer("r", "planner", "x", "t", Abandoned(reason="called off"), source="/test")
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        with anyio.fail_after(10):
            late = await first_note(host)
    assert isinstance(late.message, Late)
    assert (late.message.task, late.message.answer_type) == ("t", Plan.TYPE)
    cell = await host.bus.log.cell("r", "planner", "x", "t")
    assert cell is not None
    assert cell.message == Abandoned(reason="called off")


async def test_an_answer_written_twice_by_the_same_worker_is_no_wasted_work(host: Host) -> None:
    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        if ctx.task == "t":  # as if the server had died between writing the answer and saying so
            await host.bus.log.answer("r", "planner", "x", "t", PLAN, source="/test/planner/x")
        return PLAN

    async with serving(host, plan):
        await ask(host, plan)
        await ask(host, plan, "next")
        await answer(host, "next")
        state = [record.branch async for record in host.bus.log.replay("r")]
    assert sorted(state) == ["cmd", "cmd", "done", "done"]


async def first_note(host: Host) -> Record:
    async for record in host.bus.log.follow(run="r", branches=("note",), after=0):
        return record
    raise AssertionError


async def test_costly_work_that_was_called_off_is_not_begun(host: Host) -> None:
    begun = []

    @agent("planner", capability="x", costly=True)
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        begun.append(ctx.task)
        return PLAN

    await ask(host, plan, "off")
    await host.bus.log.answer("r", "planner", "x", "off", Abandoned(), source="/test")
    await ask(host, plan, "on")
    async with serving(host, plan):
        assert await answer(host, "on") == PLAN
    assert begun == ["on"]


async def test_batches_are_handed_over_together(host: Host) -> None:
    sizes = []

    @agent("memory", capability="x", batch=4)
    async def memory(asks: Sequence[Remember], contexts: Sequence[Context]) -> Sequence[Answer | Exception]:
        sizes.append(len(asks))
        return [AgentError("bad") if c.task == "t2" else Remembered(count=1) for c in contexts]

    for n in range(4):
        await ask(host, memory, f"t{n}", Remember(notes=()))
    async with serving(host, memory):
        results = [await answer(host, f"t{n}") for n in range(4)]
    assert sum(sizes) == 4
    assert [isinstance(r, Failure) for r in results] == [False, False, True, False]


async def test_a_worker_told_to_stop_finishes_what_it_holds(host: Host) -> None:
    begun, go = anyio.Event(), anyio.Event()

    @agent("planner", capability="x")
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        begun.set()
        await go.wait()
        return PLAN

    async with serving(host, plan) as scope:
        await ask(host, plan)
        await begun.wait()
        scope.cancel()
        go.set()
    cell = await host.bus.log.cell("r", "planner", "x", "t")
    assert cell is not None
    assert cell.message == PLAN


async def test_what_is_not_finished_within_the_grace_is_handed_back(host: Host) -> None:
    begun = anyio.Event()

    @agent("planner", capability="x", lease=30.0)
    async def slow(ask: MakePlan, ctx: Context) -> Plan:
        begun.set()
        await anyio.sleep_forever()
        raise AssertionError

    @agent("planner", capability="x", lease=30.0)
    async def quick(ask: MakePlan, ctx: Context) -> Plan:
        return PLAN

    async with serving(host, slow, grace=0.1) as scope:
        await ask(host, slow)
        await begun.wait()
        scope.cancel()
    async with serving(host, quick):
        assert await answer(host, bound=10) == PLAN


def test_a_failure_keeps_reason_and_remedy() -> None:
    assert failure_of(AgentError("a", "b")) == Failure(kind="AgentError", reason="a", remedy="b", cause="permanent")
    assert failure_of(ValueError()) == Failure(kind="ValueError", reason="ValueError", cause="transient")


async def test_what_fails_again_and_again_is_left_alone_until_a_trial_succeeds(host: Host) -> None:
    """The surroundings are down for the first five tries, whichever ask they are; all asks are answered in the end."""
    tries: list[str] = []
    retries = Retries(again=3, trips=3, first_pause=0.01, first_rest=0.2)

    @agent("planner", capability="x", retries=retries)
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        tries.append(ctx.task)
        if len(tries) <= 5:
            raise ConnectionError("the model server is down")
        return PLAN

    for n in range(4):
        await ask(host, plan, f"t{n}")
    async with serving(host, plan):
        assert [await answer(host, f"t{n}") for n in range(4)] == [PLAN] * 4
    assert len(tries) == 5 + 4


async def test_an_answer_that_is_none_is_named_as_the_cause(host: Host) -> None:
    @agent("planner", capability="x", retries=Retries(again=0))
    async def plan(ask: MakePlan, ctx: Context) -> Plan:
        return Remembered(count=1)  # type: ignore[return-value]

    async with serving(host, plan):
        await ask(host, plan)
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert failure.cause == "bad_answer"
