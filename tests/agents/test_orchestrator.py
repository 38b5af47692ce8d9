"""Runs on the real bus: from request to outcome, with orchestrators that come, go and compete."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import anyio
import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import Orchestrator, orchestrator
from stepweave.agents.pace import Pace
from stepweave.agents.runtime import serve
from stepweave.bus import Log, Record
from stepweave.messages import Abandoned, Budget, Command, Decided, Draw, MakePlan, Outcome, Plan, RunRequested, Step
from stepweave.policies.decide import decide
from stepweave.policies.state import RunState, fold
from tests.agents.crew import CREW, OPTIONS, until_ended

pytestmark = pytest.mark.anyio


async def drawn(host: Host, run: str) -> list[str]:
    """Tasks of all drawing commands in the log, in order."""
    return [r.task async for r in host.bus.log.replay(run) if isinstance(r.message, Draw)]


async def test_a_run_goes_from_request_to_outcome(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        state = await until_ended(weave, await weave.submit("3", options=OPTIONS))
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [a.candidate for a in state.accepted.values()] == [2, 2, 2]
    assert await drawn(host, state.run) == ["s1c1", "s1c2", "s2c1", "s2c2", "s3c1", "s3c2"]


async def test_a_run_requested_before_anyone_listens_is_taken_up(host: Host) -> None:
    weave = Weave(host.bus)
    run = await weave.submit("1", options=OPTIONS)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        state = await until_ended(weave, run)
        group.cancel_scope.cancel()
    assert state.outcome is not None


async def test_two_orchestrators_decide_as_one(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, CREW))
        for name in ("/one", "/two"):
            group.start_soon(Orchestrator(host.bus, name, Pace(takeover=0)).run)
        runs = [await weave.submit("3", options=OPTIONS) for _ in range(10)]
        states = [await until_ended(weave, run) for run in runs]
        group.cancel_scope.cancel()
    for state in states:
        assert state.outcome is not None
        assert state.outcome.status == "completed"
        assert await drawn(host, state.run) == ["s1c1", "s1c2", "s2c1", "s2c2", "s3c1", "s3c2"]


async def test_commands_lost_with_their_orchestrator_are_published_by_the_next(host: Host) -> None:
    """The first half of a decision is in the log, its author died before the second half."""
    weave = Weave(host.bus)
    run = await weave.submit("1", options=OPTIONS)
    state = RunState(run)
    async for record in host.bus.log.replay(run):
        state = fold(state, record)
    assert state.requested_at is not None
    decision = decide(state, state.requested_at)
    assert decision is not None
    await host.bus.log.decide(run, "decided", decision, expected=state.events, source="/dead")
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        ended = await until_ended(weave, run)
        group.cancel_scope.cancel()
    assert ended.outcome is not None
    assert ended.outcome.status == "completed"


async def test_a_run_whose_orchestrator_went_silent_is_carried_on_by_another(host: Host) -> None:
    """The survivor hears a decision of somebody who then never publishes its command."""
    weave = Weave(host.bus)
    survivor = Orchestrator(host.bus, "/survivor", Pace(takeover=60, silence=0.2))
    async with anyio.create_task_group() as group:
        group.start_soon(survivor.run)
        run = await weave.submit("1", options=OPTIONS)
        await until_asked(host, run, "plan")
        state = await weave.state(run)
        extra = Command(task="extra", role="planner", capability="plain", ask=MakePlan(request="1"))
        dead = Decided(commands=(extra,))
        await host.bus.log.decide(run, "decided", dead, expected=state.events, source="/dead")
        await until_asked(host, run, "extra")
        group.cancel_scope.cancel()


async def until_asked(host: Host, run: str, task: str) -> None:
    """Wait until a command is in the log."""
    with anyio.fail_after(10):
        async for record in host.bus.log.follow(run=run, branches=("cmd",), after=0):
            if record.task == task:
                return


async def test_an_answer_is_not_lost_that_comes_while_a_silent_run_is_looked_after(host: Host) -> None:
    weave, looked, busy = Weave(host.bus), anyio.Event(), Orchestrator(host.bus, "/busy")
    async with anyio.create_task_group() as group:
        group.start_soon(busy.run)
        run = await weave.submit("1", options=OPTIONS)
        with anyio.fail_after(10):
            while run in busy._busy or "plan" not in (busy._states.get(run) or RunState(run)).commands:
                await anyio.sleep(0.01)
            busy._spawn(run, looked.wait)
            await host.bus.log.answer(run, "planner", "plain", "plan", PLANNED, source="/late")
            while "plan" not in (busy._states.get(run) or RunState(run)).answers:
                await anyio.sleep(0.01)
            looked.set()
            while not await drawn(host, run):
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()


def lag(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next look at every run miss its answers, as a read does that a lagging replica answers."""
    replay, looked = log.replay, set[str]()

    async def replay_late(run: str, *, after: int = 0) -> AsyncIterator[Record]:
        first = run not in looked
        looked.add(run)
        async for record in replay(run, after=after):
            if not (first and record.branch == "done"):
                yield record

    monkeypatch.setattr(log, "replay", replay_late)


PLANNED = Plan(steps=(Step(number=1, prompt="a cat"),))


async def test_what_a_lagging_replica_did_not_show_is_found_later(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    run = await Weave(host.bus).submit("1", options=OPTIONS)
    async with anyio.create_task_group() as group:
        group.start_soon(Orchestrator(host.bus, "/first").run)
        await until_asked(host, run, "plan")
        group.cancel_scope.cancel()
    await host.bus.log.answer(run, "planner", "plain", "plan", PLANNED, source="/planner")
    lag(host.bus.log, monkeypatch)
    async with anyio.create_task_group() as group:
        group.start_soon(Orchestrator(host.bus, "/second", Pace(silence=0.2)).run)
        await until_asked(host, run, "s1c1")
        group.cancel_scope.cancel()


async def test_what_was_heard_is_not_forgotten_for_what_a_lagging_replica_shows(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    weave, orchestrator = Weave(host.bus), Orchestrator(host.bus, "/one")
    async with anyio.create_task_group() as group:
        group.start_soon(orchestrator.run)
        run = await weave.submit("1", options=OPTIONS)
        await until_asked(host, run, "plan")
        await host.bus.log.answer(run, "planner", "plain", "plan", PLANNED, source="/planner")
        await until_asked(host, run, "s1c1")
        group.cancel_scope.cancel()
    lag(host.bus.log, monkeypatch)
    await orchestrator._read(run)
    state = orchestrator._states.get(run)
    assert state is not None
    assert state.answers["plan"] == PLANNED


async def test_cancel_ends_a_run_nobody_works_on(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [orchestrator]))
        run = await weave.submit("2", options=OPTIONS)
        await until_asked(host, run, "plan")
        await weave.cancel(run, "enough")
        state = await until_ended(weave, run)
        with anyio.fail_after(5):
            while await host.bus.log.cell(run, "planner", "plain", "plan") is None:
                await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert (state.outcome.status, state.outcome.reason) == ("cancelled", "enough")


async def test_a_time_budget_ends_a_run_nobody_works_on(host: Host) -> None:
    weave = Weave(host.bus)
    options = OPTIONS.model_copy(update={"budget": Budget(seconds=0.2)})
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [orchestrator]))
        state = await until_ended(weave, await weave.submit("2", options=options))
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert "0.2 seconds" in state.outcome.reason


async def test_a_run_that_cannot_be_decided_ends_with_the_reason_and_harms_no_other(host: Host) -> None:
    """A request from elsewhere may carry a policy this version does not know."""
    weave = Weave(host.bus)
    bad = RunRequested(request="1", options=OPTIONS.model_copy(update={"policy": "magic(3)"}))
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [*CREW, orchestrator]))
        await host.bus.log.request("bad", bad)
        failed = await until_ended(weave, "bad")
        good = await until_ended(weave, await weave.submit("1", options=OPTIONS))
        group.cancel_scope.cancel()
    assert failed.outcome is not None
    assert "magic" in failed.outcome.reason
    assert good.outcome is not None
    assert good.outcome.status == "completed"


async def test_runs_whose_states_are_not_held_go_on_as_well(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        group.start_soon(Orchestrator(host.bus, "/small", Pace(held=1)).run)
        await group.start(partial(serve, host, CREW))
        runs = [await weave.submit("3", options=OPTIONS) for _ in range(8)]
        states = [await until_ended(weave, run) for run in runs]
        group.cancel_scope.cancel()
    assert {state.outcome.status for state in states if state.outcome} == {"completed"}


async def test_words_about_a_run_nobody_asked_for_are_forgotten(host: Host) -> None:
    weave, one = Weave(host.bus), Orchestrator(host.bus, "/one")
    async with anyio.create_task_group() as group:
        group.start_soon(one.run)
        await group.start(partial(serve, host, CREW))
        for n in range(20):
            await host.bus.log.answer(f"nobody-{n}", "planner", "plain", "plan", Abandoned(), source="/stray")
        await until_ended(weave, await weave.submit("1", options=OPTIONS))
        with anyio.fail_after(10):
            while one._unsure or one._busy or one._unread:
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    assert len(one._states) == 0


async def test_the_unfinished_runs_of_a_log_are_known_by_their_names(host: Host) -> None:
    weave = Weave(host.bus)
    ended, begun = await weave.submit("1", options=OPTIONS), await weave.submit("2", options=OPTIONS)
    state = await weave.state(ended)
    end = Decided(outcome=Outcome(status="cancelled"))
    await host.bus.log.decide(ended, "finished", end, expected=state.events, source="/test")
    assert await host.bus.log.unfinished() == [begun]


async def test_an_answer_that_stands_before_its_run_was_asked_for_counts(host: Host) -> None:
    weave, plan = Weave(host.bus), Plan(steps=(Step(number=1, text="words"),))
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [orchestrator]))
        await host.bus.log.answer("early", "planner", "plain", "plan", plan, source="/stray")
        state = await until_ended(weave, await weave.submit("1", options=OPTIONS, run="early"))
        group.cancel_scope.cancel()
    assert state.plan == plan.steps


async def test_runs_under_way_do_not_wait_until_all_that_are_new_have_begun(host: Host) -> None:
    weave, count = Weave(host.bus), 100
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, CREW))
        group.start_soon(Orchestrator(host.bus, "/one", Pace(beginning=1)).run)
        await host.bus.log.request("first", RunRequested(request="1", options=OPTIONS))
        await until_ended(weave, "first")  # it listens
        for number in range(count):
            group.start_soon(partial(weave.submit, "1", options=OPTIONS, run=f"r{number}"))
        for number in range(count):
            await until_ended(weave, f"r{number}")
        group.cancel_scope.cancel()
    plans, pictures = list[int](), list[int]()
    for number in range(count):
        async for record in host.bus.log.replay(f"r{number}"):
            if isinstance(record.message, MakePlan):
                plans.append(record.sequence)
            elif isinstance(record.message, Draw):
                pictures.append(record.sequence)
    assert len(plans) == count
    assert min(pictures) < max(plans)
