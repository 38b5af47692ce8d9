"""What anybody may say about runs: orchestrators count it, and every run goes on as if it had not been said."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import Orchestrator, orchestrator
from stepweave.agents.runtime import serve
from stepweave.messages import Abandoned, Cancel, Decided, Failure, MakePlan, Outcome, Plan, RunRequested, Step
from stepweave.observability.counts import PROCESS
from stepweave.policies.state import EARLY
from tests.agents.crew import CREW, OPTIONS, critic, generator, until_ended

pytestmark = pytest.mark.anyio


def counted(name: str) -> int:
    return PROCESS.all().get(name, 0)


async def send(host: Host, subject: str, body: bytes = b"nonsense") -> None:
    """Write something into the log, as any client could."""
    await host.bus._connection.call(f"{host.bus.settings.namespace}.run.{subject}", body)


async def test_words_about_runs_nobody_asked_for_are_counted_and_nothing_is_read(host: Host) -> None:
    one, before = Orchestrator(host.bus, "/one"), counted("stray{branch=done}")
    async with anyio.create_task_group() as group:
        group.start_soon(one.run)
        while one._group is None:
            await anyio.sleep(0.01)
        for n in range(50):
            await host.bus.log.answer(f"nobody-{n}", "planner", "plain", "plan", Abandoned(), source="/stray")
            await send(host, f"nobody-{n}.ev.requested.0")
        with anyio.fail_after(10):
            while counted("stray{branch=done}") < before + 50:
                assert not one._busy
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    assert [len(one._open), len(one._unsure), len(one._unread), len(one._states)] == [0] * 4


async def test_a_run_goes_its_way_whatever_stands_between_its_words(host: Host) -> None:
    weave, end = Weave(host.bus), Decided(outcome=Outcome(status="cancelled"))
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        run = await weave.submit("3", options=OPTIONS)
        await host.bus.log.decide(run, "finished", end, expected=5000, source="/stray")
        for n in range(40):
            await send(host, f"{run}.ev.finished.{1000 + n}")
            await send(host, f"{run}.ctl.c{n}")
            await send(host, f"{run}.done.generator.plain.x{n}")
            await host.bus.log.answer(run, "memory", "none", f"m{n}", Failure(kind="x", reason="x"), source="/stray")
        await host.bus.log.control(run, end, source="/stray")
        state = await until_ended(weave, run)
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [end.candidate for end in state.accepted.values()] == [2, 2, 2]
    *_, last = [record.message async for record in weave.watch(run)]
    assert isinstance(last, Decided)
    assert last.outcome == state.outcome, "who watches is not sent away by a forged end either"


async def test_numbers_that_somebody_took_in_advance_are_passed_over(host: Host) -> None:
    weave = Weave(host.bus)
    run = await weave.submit("2", options=OPTIONS)
    for number in (7, 5, 3, 2, 1, 4, 9_999_999, 12):
        await send(host, f"{run}.ev.decided.{number}")
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        state = await until_ended(weave, run, 20)
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [end.candidate for end in state.accepted.values()] == [2, 2]


async def test_what_stands_in_the_place_of_a_request_is_looked_at_once(host: Host) -> None:
    await send(host, "squatted.ev.requested.0")
    one = Orchestrator(host.bus, "/one")
    async with anyio.create_task_group() as group:
        group.start_soon(one.run)
        with anyio.fail_after(10):
            while one._group is None or one._open or one._busy:
                await anyio.sleep(0.01)
        before = counted("stray{branch=done}")
        await host.bus.log.answer("squatted", "planner", "plain", "plan", Abandoned(), source="/stray")
        with anyio.fail_after(10):
            while counted("stray{branch=done}") == before:
                assert not one._busy
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()


async def test_an_answer_that_stood_there_first_counts_however_many_others_did(host: Host) -> None:
    weave, run = Weave(host.bus), "crowded"
    for n in range(EARLY + 10):
        await host.bus.log.answer(run, "x", "y", f"t{n}", Abandoned(), source="/stray")
    plan = Plan(steps=(Step(number=1, prompt="words of another"),))
    await host.bus.log.answer(run, "planner", "plain", "plan", plan, source="/stray")
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [generator, critic, orchestrator]))
        await weave.submit("1", options=OPTIONS, run=run)
        with anyio.fail_after(10):
            async for record in weave.watch(run):
                if isinstance(record.message, Decided) and record.message.plan:
                    break
        group.cancel_scope.cancel()
    assert record.message.plan == plan.steps


@agent("planner", capability="plain")
async def wordy(ask: MakePlan, ctx: Context) -> Plan:
    """Plans one step with five million words."""
    return Plan(steps=(Step(number=1, prompt="a " * 2_500_000),))


async def test_a_decision_too_large_for_a_message_ends_its_run_and_harms_no_other(host: Host) -> None:
    weave = Weave(host.bus)
    large: Agent = wordy
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [large, generator, critic, orchestrator]))
        state = await until_ended(weave, await weave.submit("1", options=OPTIONS))
        again = await until_ended(weave, await weave.submit("1", options=OPTIONS))
        group.cancel_scope.cancel()
    for each in (state, again):
        assert each.outcome is not None
        assert each.outcome.status == "failed"
        assert "at most" in each.outcome.reason


async def test_a_run_that_somebody_made_to_seem_ended_is_taken_up(host: Host) -> None:
    weave = Weave(host.bus)
    run = await weave.submit("1", options=OPTIONS)
    await send(host, f"{run}.ev.finished.7")
    await host.bus.log.request("real", RunRequested(request="1", options=OPTIONS))
    await host.bus.log.control("real", Cancel())
    assert await host.bus.log.unfinished() == ["real"]
    assert await host.bus.log.unended() == [run]
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        state = await until_ended(weave, run)
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"
