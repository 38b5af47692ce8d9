"""The generator on a tool that draws several pictures in one go: orders of many runs become batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import partial

import anyio
import pytest
from PIL import Image

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.generator import generator_of
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.runtime import serve
from stepweave.agents.studio import Finished, Studio
from stepweave.messages import Drawn, Failure, Made
from stepweave.tools.knobs import COMMON
from stepweave.tools.protocol import Abilities, BrokenTool, Order, Picture, Refused, ToolError
from tests.agents.crew import OPTIONS, critic, planner, until_ended

pytestmark = pytest.mark.anyio


class Press:
    """Draws batches; one whose prompt says so breaks it, or is refused."""

    name = "press 1"

    def __init__(self, batch: int = 4, slow: float = 0.0) -> None:
        self.abilities = Abilities(edit=True, references=3, parameters={"steps": COMMON["steps"]}, batch=batch)
        self.batches: list[list[str]] = []
        self._slow = slow
        self._lock = threading.Lock()

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        assert self._lock.acquire(blocking=False), "two batches at a time"
        try:
            self.batches.append([order.prompt for order in orders])
            time.sleep(self._slow)
            if any(order.prompt == "break" for order in orders):
                raise RuntimeError("the device is gone")
            return [self._drawn(order, len(orders)) for order in orders]
        finally:
            self._lock.release()

    def _drawn(self, order: Order, count: int) -> Picture | ToolError:
        if order.prompt == "refuse":
            return Refused("not this")
        image = Image.new("RGB", (order.width, order.height), (order.seed % 256, 0, 0))
        return Picture(image, made=Made(model="press", batch=count))


def order(prompt: str, *, size: int = 64, **parameters: int) -> Order:
    return Order(prompt, 1, size, size, parameters=parameters)


async def drawn(studio: Studio, orders: Sequence[Order]) -> list[Finished | Exception]:
    found: dict[int, Finished | Exception] = {}

    async def draw(place: int, each: Order) -> None:
        try:
            found[place] = await studio.draw(each)
        except Exception as error:
            found[place] = error

    async with anyio.create_task_group() as group:
        for place, each in enumerate(orders):
            group.start_soon(draw, place, each)
    return [found[place] for place in range(len(orders))]


async def test_orders_that_fit_together_are_drawn_together() -> None:
    press = Press()
    async with Studio(press, wait=0.05) as studio:
        orders = [order("a"), order("b"), order("c", size=128), order("d", steps=4), order("e"), order("f", steps=4)]
        found = await drawn(studio, orders)
    assert all(isinstance(each, Finished) for each in found)
    assert sorted(press.batches) == [["a", "b", "e"], ["c"], ["d", "f"]]


async def test_sources_of_other_sizes_do_not_fit_together() -> None:
    press = Press()
    small, large = Image.new("RGB", (8, 8)), Image.new("RGB", (16, 8))
    async with Studio(press, wait=0.05) as studio:
        await drawn(
            studio,
            [Order(name, 1, 64, 64, (source,)) for name, source in zip("abc", (small, large, small), strict=True)],
        )
    assert sorted(press.batches) == [["a", "c"], ["b"]]


async def test_a_batch_that_breaks_is_drawn_one_by_one() -> None:
    press = Press()
    async with Studio(press, wait=0.05) as studio:
        first, broken, refused, last = await drawn(studio, [order(name) for name in ("a", "break", "refuse", "b")])
    assert isinstance(first, Finished)
    assert isinstance(last, Finished)
    assert isinstance(broken, RuntimeError)
    assert isinstance(refused, Refused)
    assert press.batches == [["a", "break", "refuse", "b"], ["a"], ["break"], ["refuse"], ["b"]]


async def test_what_the_tool_cannot_do_is_not_asked_of_it() -> None:
    press = Press()
    async with Studio(press) as studio:
        with pytest.raises(Refused, match="unknown parameter speed"):
            await studio.draw(order("a", speed=9))
    assert press.batches == []


async def test_too_few_pictures_are_a_broken_promise() -> None:
    class Lazy(Press):
        def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
            return []

    async with Studio(Lazy(1)) as studio:
        with pytest.raises(BrokenTool, match="drew 0 pictures for 1 orders"):
            await studio.draw(order("a"))


async def test_many_runs_share_the_batches_of_one_generator(host: Host) -> None:
    press, weave = Press(batch=8, slow=0.02), Weave(host.bus)
    options = OPTIONS.model_copy(update={"width": 64, "height": 64})
    async with generator_of("plain", press, wait=0.02) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        runs = [await weave.submit("2", options=options) for _ in range(8)]
        states = [await until_ended(weave, run) for run in runs]
        group.cancel_scope.cancel()
    assert all(state.outcome is not None and state.outcome.status == "completed" for state in states)
    pictures = [answer for state in states for answer in state.answers.values() if isinstance(answer, Drawn)]
    assert len(pictures) == 8 * 4
    assert sum(map(len, press.batches)) == 8 * 4
    assert len(press.batches) < 8 * 4 / 2
    assert max(answer.made.batch for answer in pictures if answer.made) > 1
    assert {answer.tool for answer in pictures} == {"press 1"}


async def test_a_refusal_is_a_failure_of_its_run_alone(host: Host) -> None:
    press, weave = Press(batch=4), Weave(host.bus)
    async with generator_of("plain", press) as generator, anyio.create_task_group() as group:
        await group.start(partial(serve, host, [planner, critic, generator, orchestrator]))
        good = await weave.submit("1", options=OPTIONS)
        bad = await weave.submit("1", options=OPTIONS.model_copy(update={"parameters": {"speed": 9}}))
        states = [await until_ended(weave, run) for run in (good, bad)]
        group.cancel_scope.cancel()
    assert [state.outcome.status for state in states if state.outcome] == ["completed", "failed"]
    failures = [answer for answer in states[1].answers.values() if isinstance(answer, Failure)]
    assert {failure.kind for failure in failures} == {"Refused"}
