"""The generator on a real pipeline: whole runs, batches of many, calling off, and what is heard meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest

from stepweave.agents.agent import BadSetting, Context, Host
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.pipelines import diffusers
from stepweave.agents.runtime import serve
from stepweave.images import decode
from stepweave.messages import Draw, Drawn, Failure, Progress
from stepweave.policies.state import RunState
from stepweave.tools.pipelines.errors import NotAModel
from tests.agents.crew import OPTIONS, critic, planner, until_ended
from tests.pipelines.tiny import KLEIN_CALL

pytestmark = [pytest.mark.models, pytest.mark.anyio]

Model = Callable[[str], Path]
SMALL = OPTIONS.model_copy(update={"width": 64, "height": 64, "generator": "diffusers"})


@pytest.fixture
def painting(host: Host, model: Model) -> Callable[..., Host]:
    """The host, with a tiny klein as its generator."""

    def configured(**settings: Any) -> Host:
        given = {"model": str(model("klein")), "steps": 2, "call": KLEIN_CALL, **settings}
        return replace(host, settings={"generator.diffusers": given})

    return configured


def pictures(states: list[RunState]) -> list[Drawn]:
    return [answer for state in states for answer in state.answers.values() if isinstance(answer, Drawn)]


async def test_runs_of_many_share_the_batches_of_one_pipeline(painting: Callable[..., Host]) -> None:
    host = painting(batch=8, wait=0.05)
    weave = Weave(host.bus)
    async with diffusers(host) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        runs = [await weave.submit("2", options=SMALL) for _ in range(6)]
        states = [await until_ended(weave, run) for run in runs]
        group.cancel_scope.cancel()
    assert {state.outcome.status for state in states if state.outcome} == {"completed"}
    drawn = pictures(states)
    assert len(drawn) == 6 * 4, "every second candidate is accepted"
    assert max(each.made.batch for each in drawn if each.made) > 2
    made = drawn[0].made
    assert made is not None
    assert (made.licence, made.device, made.used["steps"]) == ("apache-2.0", "cpu", 2)
    assert decode(await host.bus.blobs.get(drawn[0].image)).size == (64, 64)


async def test_what_is_drawn_can_be_watched(painting: Callable[..., Host]) -> None:
    host = painting(preview=1e-9)
    weave, told = Weave(host.bus), dict[str, list[Progress]]()
    async with diffusers(host) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        async with weave.progress("watched", lambda task, said: told.setdefault(task, []).append(said)):
            await weave.submit("1", options=SMALL, run="watched")
            state = await until_ended(weave, "watched")
        group.cancel_scope.cancel()
    tasks = {task for task, answer in state.answers.items() if isinstance(answer, Drawn)}
    assert set(told) == tasks
    assert all(said[0].step == 1 and said[0].steps == 2 and said[0].preview for said in told.values())


async def test_a_run_that_is_cancelled_stops_its_picture(painting: Callable[..., Host]) -> None:
    host = painting(steps=1000)
    weave = Weave(host.bus)
    async with diffusers(host) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        begun = anyio.Event()
        async with weave.progress("long", lambda task, said: begun.set()):
            await weave.submit("1", options=SMALL, run="long")
            with anyio.fail_after(20):
                await begun.wait()
        await weave.cancel("long")
        assert (await until_ended(weave, "long")).outcome is not None
        quick = SMALL.model_copy(update={"parameters": {"steps": 1}})
        run = await weave.submit("1", options=quick)
        state = await until_ended(weave, run, bound=15)
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"


async def test_a_picture_that_takes_longer_than_a_lease_is_drawn_once(painting: Callable[..., Host]) -> None:
    host = painting(steps=400)
    weave = Weave(host.bus)
    async with diffusers(host) as generator, anyio.create_task_group() as group:
        asked: list[str] = []

        async def answer(ask: Draw, ctx: Context) -> Drawn:
            asked.append(ctx.task)
            drawn: Drawn = await generator.answer(ask, ctx)  # type: ignore[arg-type, assignment]
            return drawn

        slow = replace(generator, answer=answer, lease=1.0)
        await group.start(partial(serve, host, [planner, critic, slow, orchestrator]))
        state = await until_ended(weave, await weave.submit("1", options=SMALL))
        group.cancel_scope.cancel()
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert max(each.seconds for each in pictures([state])) > 1.0, "or this shows nothing"
    assert len(asked) == len(set(asked)) == 2


async def test_a_parameter_that_the_model_has_not_is_the_failure_of_its_run(painting: Callable[..., Host]) -> None:
    host = painting()
    weave = Weave(host.bus)
    options = SMALL.model_copy(update={"parameters": {"guidance": 4.0}})
    async with diffusers(host) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        state = await until_ended(weave, await weave.submit("1", options=options))
        group.cancel_scope.cancel()
    failures = {answer.kind for answer in state.answers.values() if isinstance(answer, Failure)}
    assert failures == {"Refused"}


async def test_a_model_that_cannot_be_loaded_is_told_before_anything_is_taken(
    painting: Callable[..., Host], tmp_path: Path
) -> None:
    empty, unknown = diffusers(painting(model=str(tmp_path))), diffusers(painting(speed=9))
    with pytest.raises(NotAModel, match=r"no model_index\.json"):
        await empty.__aenter__()
    with pytest.raises(BadSetting, match="speed"):
        await unknown.__aenter__()
