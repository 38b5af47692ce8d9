"""Forks on a real bus: no picture is copied, the parent stays as it is, and may go."""

from __future__ import annotations

import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, team
from stepweave.bus import Record
from stepweave.messages import Drawn, Options
from tests.agents.crew import until_ended

pytestmark = pytest.mark.anyio

STEPS = 12
OPTIONS = Options(
    planner="simulated", generator="simulated", critics=("simulated",), memory=None, width=64, height=64, steps=STEPS
)


async def said(host: Host, run: str) -> list[Record]:
    return [record async for record in host.bus.log.replay(run)]


async def pictures(host: Host) -> int:
    swept = await host.bus.sweeper.sweep(dry_run=True)
    return swept.kept + swept.pictures


async def test_a_fork_of_a_fork_adds_no_picture_and_outlives_its_parents(host: Host) -> None:
    weave = Weave(host.bus)
    async with at_work(host, team(OPTIONS)):
        run = await weave.submit("a story", options=OPTIONS)
        await until_ended(weave, run)
    before, stored = await said(host, run), await pictures(host)
    child = await weave.fork(run, STEPS)
    grandchild = await weave.fork(child, STEPS - 1, options=OPTIONS.model_copy(update={"seed": 9}))
    assert await pictures(host) == stored
    assert await said(host, run) == before
    async with at_work(host, team(OPTIONS)):
        await until_ended(weave, child)
        state = await until_ended(weave, grandchild)
    assert {answer for answer in state.answers if isinstance(state.answers[answer], Drawn)} <= {
        task for step in (STEPS - 1, STEPS) for task in state.draws.get(step, ())
    }
    position = await host.bus.log.last_sequence()
    for parent in (run, child):
        await host.bus.runs.remove(parent, position)
    host.bus.sweeper._grace = 0
    await host.bus.sweeper.sweep()
    for end in state.accepted.values():
        assert end.image is not None
        assert await host.bus.blobs.get(end.image)
    first = state.accepted[1].taken
    assert first is not None
    assert first.run == run, "the origin of a picture is the run that drew it"


async def test_several_orchestrators_agree_on_runs_that_speculate(host: Host) -> None:
    options = OPTIONS.model_copy(update={"policy": "speculative(3)", "steps": 4})
    weave = Weave(host.bus)
    async with at_work(host, [*team(options), "orchestrator", "orchestrator"]):
        runs = [await weave.submit("a story", options=options.model_copy(update={"seed": n})) for n in range(4)]
        for run in runs:
            state = await until_ended(weave, run)
            assert state.outcome is not None
            assert state.outcome.status in ("completed", "flawed")
            assert len(state.accepted) == 4
