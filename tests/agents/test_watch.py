"""Work that is called off is stopped, and what was spent on it is in the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import anyio
import pytest
from anyio import to_thread

from stepweave.agents import watch
from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.runtime import serve
from stepweave.bus import Record
from stepweave.messages import Abandoned, Draw, Drawn, Late, Message
from tests.policies.simulated import picture

pytestmark = pytest.mark.anyio

ASK = Draw(step=1, candidate=1, prompt="a cat", seed=1, width=8, height=8)


@asynccontextmanager
async def serving(host: Host, *agents: Agent) -> AsyncIterator[None]:
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, agents, grace=0.5))
        yield
        group.cancel_scope.cancel()


def sleeper(begun: anyio.Event, seconds: float) -> Agent:
    """A generator that says when it begins, and takes so long."""

    @agent("generator", capability="slow", costly=True)
    async def slow(ask: Draw, ctx: Context) -> Drawn:
        begun.set()
        await anyio.sleep(seconds)
        return Drawn(image=picture(ctx.task))

    return slow


async def order(host: Host, task: str, run: str = "r") -> None:
    await host.bus.log.command(run, "generator", "slow", task, ASK, source="/test")


async def call_off(host: Host, task: str, run: str = "r") -> None:
    await host.bus.log.answer(run, "generator", "slow", task, Abandoned(), source="/test")


async def notes(host: Host, count: int) -> list[Late]:
    """The first notes about wasted work."""
    found: list[Message] = []
    with anyio.fail_after(10):
        async for record in host.bus.log.follow(run="r", branches=("note",), after=0):
            found.append(record.message)
            if len(found) == count:
                break
    return [note for note in found if isinstance(note, Late)]


async def test_running_work_is_stopped_and_its_seconds_are_noted(host: Host) -> None:
    begun, stopped = anyio.Event(), anyio.Event()

    @agent("generator", capability="slow", costly=True)
    async def slow(ask: Draw, ctx: Context) -> Drawn:
        begun.set()
        try:
            await anyio.sleep(60)
        except anyio.get_cancelled_exc_class():
            stopped.set()
            raise
        return Drawn(image=picture("late"))

    async with serving(host, slow):
        await order(host, "s1c1")
        await begun.wait()
        await anyio.sleep(0.1)
        with anyio.fail_after(1):
            await call_off(host, "s1c1")
            await stopped.wait()
        (late,) = await notes(host, 1)
        assert (late.task, late.answer_type) == ("s1c1", "")
        assert 0.1 <= late.seconds < 10
        await order(host, "s1c2")  # the hand is free for the next


async def test_queued_work_that_was_called_off_is_never_started(host: Host) -> None:
    begun: list[str] = []

    @agent("generator", capability="slow", costly=True)
    async def slow(ask: Draw, ctx: Context) -> Drawn:
        begun.append(ctx.task)
        await anyio.sleep(0.2)
        return Drawn(image=picture(ctx.task))

    async with serving(host, slow):
        for task in ("s1c1", "s1c2", "s1c3"):
            await order(host, task)
        await call_off(host, "s1c2")
        with anyio.fail_after(10):
            while await host.bus.log.cell("r", "generator", "slow", "s1c3") is None:
                await anyio.sleep(0.05)
    assert begun == ["s1c1", "s1c3"]


async def test_work_in_a_thread_can_look_whether_it_is_wanted(host: Host) -> None:
    begun, gave_up = anyio.Event(), anyio.Event()

    @agent("generator", capability="slow", costly=True)
    async def slow(ask: Draw, ctx: Context) -> Drawn:
        def denoise() -> None:
            while ctx.wanted():
                pass

        begun.set()
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(denoise)
        gave_up.set()
        return Drawn(image=picture("late"))

    async with serving(host, slow):
        await order(host, "s1c1")
        await begun.wait()
        with anyio.fail_after(5):
            await call_off(host, "s1c1")
            await gave_up.wait()


async def test_of_a_batch_only_the_whole_is_stopped(host: Host) -> None:
    seen: list[list[bool]] = []
    begun, go_on = anyio.Event(), anyio.Event()

    @agent("generator", capability="slow", batch=2, costly=True)
    async def slow(asks: Sequence[Draw], contexts: Sequence[Context]) -> Sequence[Drawn]:
        begun.set()
        await go_on.wait()
        seen.append([ctx.wanted() for ctx in contexts])
        return [Drawn(image=picture(ctx.task)) for ctx in contexts]

    await host.bus.queue("generator", "slow", concurrency=1).make()
    await order(host, "s1c1")
    await order(host, "s1c2")
    async with serving(host, slow):
        await begun.wait()
        await call_off(host, "s1c1")
        await anyio.sleep(0.3)
        go_on.set()
        with anyio.fail_after(10):
            while (standing := await host.bus.log.cell("r", "generator", "slow", "s1c2")) is None:
                await anyio.sleep(0.05)
    assert seen in ([[False, True]], [[True], [True]], [[True]])
    assert isinstance(standing, Record)
    assert isinstance(standing.message, Drawn)


async def test_who_gets_no_hints_looks_by_itself(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def none(*about: object) -> AsyncIterator[bool]:
        yield False

    monkeypatch.setattr(host.bus, "hints", none)
    monkeypatch.setattr(watch, "LOOK", 0.05)
    begun = anyio.Event()
    async with serving(host, sleeper(begun, 60)):
        await order(host, "s1c1")
        await begun.wait()
        await call_off(host, "s1c1")
        (late,) = await notes(host, 1)
        assert late.answer_type == ""


async def test_a_false_hint_stops_nothing(host: Host) -> None:
    """Anybody may say anything; the cell tells."""
    begun = anyio.Event()
    async with serving(host, sleeper(begun, 0.5)):
        await order(host, "s1c1")
        await begun.wait()
        client = host.bus._connection.client
        await client.publish("stepweave.run.r.done.generator.slow.s1c9", b"{}")
        await client.publish("stepweave.run.r.done.generator.slow.s1c1", b"{}", headers={"Nats-Expected-Stream": "no"})
        with anyio.fail_after(10):
            while (standing := await host.bus.log.cell("r", "generator", "slow", "s1c1")) is None:
                await anyio.sleep(0.05)
    assert isinstance(standing.message, Drawn)
