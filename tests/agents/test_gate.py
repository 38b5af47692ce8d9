"""Interactive runs go before background ones, whatever was asked for first."""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.client import Weave
from stepweave.agents.gate import Gate
from stepweave.agents.orchestrator import Orchestrator, orchestrator
from stepweave.agents.runtime import serve
from stepweave.messages import Draw, Drawn
from tests.agents.crew import CREW, OPTIONS, critic, generator, planner, until_ended

pytestmark = pytest.mark.anyio
BACKGROUND = OPTIONS.model_copy(update={"priority": "background"})


async def test_a_background_run_ends_like_any_other(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [orchestrator, *CREW]))
        state = await until_ended(weave, await weave.submit("3", options=BACKGROUND))
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"


def slow(began: list[str], busy: anyio.Event, go: anyio.Event) -> Agent:
    """One hand that tells what it begins with, and waits to be let on."""

    @agent("generator", capability="plain")
    async def draw(ask: Draw, ctx: Context) -> Drawn:
        began.append(ctx.run)
        busy.set()
        await go.wait()
        answer = await generator(ask, ctx)
        assert isinstance(answer, Drawn)
        return answer

    return draw


async def test_an_interactive_run_waits_for_one_background_task_at_the_most(host: Host) -> None:
    weave, began, busy, go = Weave(host.bus), list[str](), anyio.Event(), anyio.Event()
    async with anyio.create_task_group() as group:
        watched = Orchestrator(host.bus, "/watched")
        group.start_soon(watched.run)
        await group.start(partial(serve, host, [planner, critic, slow(began, busy, go)]))
        early = [await weave.submit("1", options=BACKGROUND, run=f"background-{n}") for n in range(6)]
        with anyio.fail_after(20):
            await busy.wait()
            while len(watched._orders._gate) < len(early) - 1:
                await anyio.sleep(0.01)
        late = [await weave.submit("1", options=OPTIONS, run=f"interactive-{n}") for n in range(3)]
        with anyio.fail_after(20):
            while (queue := await host.bus.queue_info("generator", "plain")) is None or queue.waiting < len(late):
                await anyio.sleep(0.01)
        go.set()
        for run in (*late, *early):
            await until_ended(weave, run)
        group.cancel_scope.cancel()
    first = [run.partition("-")[0] for run in began]
    assert first[:4] == ["background", *["interactive"] * 3]
    assert first.count("background") == 2 * len(early)


async def test_what_is_called_off_waits_no_longer(host: Host) -> None:
    gate, admitted = Gate(host.bus), list[str]()

    async def admit() -> None:
        admitted.append("x")

    gate.put(("generator", "plain"), ("r", "t"), admit)
    gate.put(("generator", "plain"), ("r", "t"), admit)
    assert len(gate) == 1
    gate.drop(("generator", "plain"), ("r", "t"))
    gate.drop(("generator", "other"), ("r", "t"))
    assert len(gate) == 0


async def test_a_background_run_that_is_cancelled_before_the_gate_ends(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, [orchestrator]))
        run = await weave.submit("1", options=BACKGROUND)
        await weave.cancel(run)
        state = await until_ended(weave, run)
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "cancelled"
    assert [r.branch async for r in host.bus.log.replay(run)].count("cmd") == 0
