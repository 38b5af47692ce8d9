"""Runs that come from elsewhere and runs that are removed, while orchestrators and workers are at work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import anyio
import pytest

from stepweave.agents.agent import Host, Participant
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import Orchestrator
from stepweave.agents.pace import Pace
from stepweave.agents.runtime import serve
from stepweave.bus import Line, batch, connect
from stepweave.bus.lines import renamed
from stepweave.messages import Draw, Drawn, Unknown
from stepweave.policies.state import RunState
from tests.agents.crew import CREW, OPTIONS, critic, planner, until_ended

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def at_work(host: Host, crew: tuple[Participant, ...] = CREW) -> AsyncIterator[list[Orchestrator]]:
    """Workers, and two orchestrators without manners."""
    orchestrators = [Orchestrator(host.bus, name, Pace(takeover=0, silence=0.2)) for name in ("/one", "/two")]
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, crew))
        for each in orchestrators:
            group.start_soon(each.run)
        yield orchestrators
        group.cancel_scope.cancel()


async def whole_run(host: Host, request: str = "2") -> list[Line]:
    """The lines of a run that went to its end, with nobody at work any more."""
    weave = Weave(host.bus)
    async with at_work(host):
        run = await weave.submit(request, options=OPTIONS, run="original")
        await until_ended(weave, run)
    return await lines(host, run)


async def lines(host: Host, run: str) -> list[Line]:
    return [line async for line in host.bus.runs.lines(run)]


async def until(condition: Callable[[], object]) -> None:
    with anyio.fail_after(15):
        while not condition():
            await anyio.sleep(0.005)


def pictures(state: RunState) -> dict[int, str]:
    return {step: a.image.sha256 for step, a in state.accepted.items() if a.image is not None}


async def test_a_finished_run_that_appears_is_left_as_it_is(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slowly it is written, and though others than those who worked on it are asked again."""
    monkeypatch.setattr(batch, "_STRIDE", 1)
    found = await whole_run(host, "1")
    weave = Weave(host.bus)
    async with at_work(replace(host, source="/others")) as orchestrators, connect(host.bus.settings, name="x") as slow:
        call = slow._connection.call

        async def call_and_let_others_work(*words: Any, **options: Any) -> Any:
            answer = await call(*words, **options)
            await until_ended(weave, await weave.submit("1", options=OPTIONS))
            return answer

        slow._connection.call = call_and_let_others_work  # type: ignore[method-assign]
        await slow.runs.write("copy", [renamed(line, "original", "copy") for line in found])
        await until(lambda: all("copy" in each._ended for each in orchestrators))
        await until_ended(weave, await weave.submit("1", options=OPTIONS))
    assert await lines(host, "copy") == [renamed(line, "original", "copy") for line in found]


async def test_a_run_cut_off_after_any_message_ends_with_the_same_pictures(host: Host) -> None:
    found = await whole_run(host)
    original = await Weave(host.bus).state("original")
    assert len(pictures(original)) == 2
    async with at_work(host):
        for count in range(1, len(found)):
            name = f"cut-{count}"
            await host.bus.runs.write(name, [renamed(line, "original", name) for line in found[:count]])
        for count in range(1, len(found)):
            state = await until_ended(Weave(host.bus), f"cut-{count}")
            assert (pictures(state), state.outcome) == (pictures(original), original.outcome), count
            begun = await lines(host, f"cut-{count}")
            kept = [renamed(line, "original", f"cut-{count}") for line in found[:count]]
            assert begun[:count] == kept


async def test_a_removed_run_comes_back_under_orchestrators_that_know_it_as_ended(host: Host) -> None:
    found = await whole_run(host)
    original = await Weave(host.bus).state("original")
    await host.bus.runs.remove("original", await host.bus.log.last_sequence())
    async with at_work(host) as orchestrators:
        await host.bus.runs.write("original", found)
        await until(lambda: all("original" in each._ended for each in orchestrators))
        await host.bus.runs.remove("original", await host.bus.log.last_sequence())
        await host.bus.runs.write("original", found[: len(found) // 2])
        state = await until_ended(Weave(host.bus), "original")
    assert pictures(state) == pictures(original)


def is_ordered(orchestrator: Orchestrator, task: str) -> bool:
    state = orchestrator._states.get("gone")
    return state is not None and task in state.commands


async def test_a_late_answer_to_a_removed_run_does_no_harm(host: Host) -> None:
    weave = Weave(host.bus)
    async with at_work(host, (planner, critic)) as orchestrators:
        await weave.submit("1", options=OPTIONS, run="gone")
        await until(lambda: all(is_ordered(each, "s1c1") for each in orchestrators))
        await weave.cancel("gone")
        await until(lambda: all("gone" in each._ended for each in orchestrators))
        await host.bus.runs.remove("gone", await host.bus.log.last_sequence())
        blob = await host.bus.blobs.put(b"late", "image/png", 1, 1)
        await host.bus.log.answer("gone", "generator", "plain", "s1c1", Drawn(image=blob), source="/late")
        await until(lambda: not any(each._states for each in orchestrators))
        assert [record.branch async for record in host.bus.log.replay("gone")] == ["done"]
        assert await weave.runs() == []


async def test_an_answer_of_an_unknown_type_ends_a_run_in_plain_words(host: Host) -> None:
    weave = Weave(host.bus)
    options = OPTIONS.model_copy(update={"policy": "sequential(1)", "exhausted": "stop"})
    new = Unknown(type="stepweave.candidate.drawn.v9", body={"film": "ab" * 32})
    async with at_work(host, (planner, critic)):
        run = await weave.submit("1", options=options)
        with anyio.fail_after(15):
            async for record in host.bus.log.follow(run=run, branches=("cmd",), after=0):
                if isinstance(record.message, Draw):
                    break
        assert await host.bus.log.answer(run, "generator", "plain", "s1c1", new, source="/new") is None  # type: ignore[arg-type]
        state = await until_ended(weave, run)
    assert state.outcome is not None
    assert state.outcome.status == "failed"
    assert "it was answered with a stepweave.candidate.drawn.v9, which this version cannot read" in state.outcome.reason
    assert state.outcome.remedy == "run the same version of stepweave everywhere"
