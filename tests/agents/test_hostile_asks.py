"""What an agent can be asked and can answer, and its worker goes on."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from pydantic import ValidationError

from stepweave.agents.agent import Context, Host, agent
from stepweave.agents.faults import LONGEST_REASON
from stepweave.agents.retries import Retries
from stepweave.bus import BusSettings, connect
from stepweave.messages import Draw, Drawn, Failure, MakePlan, Plan, Recall, Step
from stepweave.observability.counts import PROCESS
from tests.agents.test_runtime import PLAN, answer, ask, serving

pytestmark = pytest.mark.anyio

HALF = "\ud83d"
"""Half of a surrogate pair, as it is left of an emoji that was cut in two: no text that can be written."""


@agent("planner", capability="x")
async def odd(ask: MakePlan, ctx: Context) -> Plan:
    """Answers or fails with what cannot be written, and then plans as it should."""
    if ask.request == "answer":
        return Plan(steps=(Step(number=1, prompt=f"cut {HALF}"),))
    if ask.request == "reason":
        raise OSError(f"cannot open {HALF}" + "x" * 10_000_000)
    return PLAN


@pytest.mark.parametrize(("request_", "kind"), [("answer", "NotAnAnswer"), ("reason", "OSError")])
async def test_what_cannot_be_written_becomes_a_failure_and_the_worker_goes_on(
    host: Host, request_: str, kind: str
) -> None:
    name = f"failure{{agent=planner:x,kind={kind}}}"
    before = PROCESS.all().get(name, 0)
    async with serving(host, odd):
        await ask(host, odd, "bad", MakePlan(request=request_))
        failure = await answer(host, "bad")
        await ask(host, odd, "good")
        assert await answer(host, "good") == PLAN
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert len(failure.reason) <= LONGEST_REASON
    assert PROCESS.all()[name] == before + 1


async def test_asks_about_pictures_that_are_not_there_do_not_rest_an_agent(tmp_path: Path) -> None:
    """Five errors of its surroundings in a row do; that a picture is missing is a matter of the ask."""

    @agent("generator", capability="x")
    async def draw(ask: Draw, ctx: Context) -> Drawn:
        await ctx.blobs.get(ask.prompt)
        raise AssertionError

    retries = Retries(first_pause=0, longest_pause=0, again=2, trips=2, first_rest=60, longest_rest=60)
    async with connect(BusSettings(home=tmp_path, lease=2.0), name="test") as bus:
        host = Host(bus, tmp_path, "/test", retries=retries)
        async with serving(host, draw):
            wanted = Draw(step=1, candidate=1, prompt="ab" * 32, seed=1, width=1, height=1)
            for n in range(3):
                await bus.log.command("r", "generator", "x", f"t{n}", wanted, source="/test")
            with anyio.fail_after(10):
                failures = [await answer(host, f"t{n}") for n in range(3)]
    assert [failure.kind for failure in failures if isinstance(failure, Failure)] == ["BlobMissing"] * 3


async def test_a_command_of_another_kind_is_refused(host: Host) -> None:
    async with serving(host, odd):
        await host.bus.log.command("r", "planner", "x", "t", Recall(text="x"), source="/test")
        failure = await answer(host)
    assert isinstance(failure, Failure)
    assert failure.kind == "NotMine"


def test_a_number_that_is_none_is_no_answer() -> None:
    with pytest.raises(ValidationError):
        Drawn.model_validate({"image": {"sha256": "a" * 64, "width": 1, "height": 1, "size": 1}, "seconds": "nan"})
