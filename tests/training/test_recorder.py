"""The recorder on the real bus: live, and catching up after it was away."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import anyio
import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, connect
from stepweave.messages import Decided, Outcome
from stepweave.training.recorder import FOLDER, record_run, recorder
from tests.agents.crew import CREW, OPTIONS, until_ended

pytestmark = pytest.mark.anyio


async def until_there(path: Path) -> list[dict[str, object]]:
    with anyio.fail_after(10):
        while not path.exists():
            await anyio.sleep(0.01)
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("present", [True, False], ids=["live", "catching up"])
async def test_an_ended_run_becomes_a_file(tmp_path: Path, present: bool) -> None:
    async with connect(BusSettings(home=tmp_path), name="test") as bus, anyio.create_task_group() as group:
        host = Host(bus, tmp_path, "/test")
        crew = [*CREW, orchestrator, recorder] if present else [*CREW, orchestrator]
        await group.start(partial(serve, host, crew))
        run = await Weave(bus).submit("2", options=OPTIONS)
        await until_ended(Weave(bus), run)
        if not present:
            await group.start(partial(serve, host, [recorder]))
        lines = await until_there(tmp_path / FOLDER / f"{run}.jsonl")
        group.cancel_scope.cancel()
    assert lines[0]["request"] == "2"
    assert lines[-1]["status"] == "completed"


async def test_what_is_no_end_of_a_run_becomes_no_file(tmp_path: Path) -> None:
    async with connect(BusSettings(home=tmp_path), name="test") as bus, anyio.create_task_group() as group:
        await group.start(partial(serve, Host(bus, tmp_path, "/test"), [*CREW, orchestrator, recorder]))
        run = await Weave(bus).submit("2", options=OPTIONS)
        for n in range(20):
            await bus._connection.call(f"stepweave.run.nobody-{n}.ev.finished.0", b"nonsense")
            await bus._connection.call(f"stepweave.run.{run}.ev.finished.{900 + n}", b"nonsense")
        await bus.log.decide("forged", "finished", Decided(outcome=Outcome(status="failed")), expected=0, source="/x")
        await until_ended(Weave(bus), run)
        lines = await until_there(tmp_path / FOLDER / f"{run}.jsonl")
        group.cancel_scope.cancel()
    assert [path.stem for path in (tmp_path / FOLDER).iterdir()] == [run]
    assert [line["line"] for line in lines].count("outcome") == 1


async def test_a_run_that_somebody_says_has_ended_is_written_when_it_has(tmp_path: Path) -> None:
    end = Decided(outcome=Outcome(status="completed"))
    async with connect(BusSettings(home=tmp_path), name="test") as bus:
        run = await Weave(bus).submit("2", options=OPTIONS)
        await bus.log.decide(run, "finished", end, expected=99, source="/x")
        assert await record_run(bus, run, tmp_path) is None
        await bus.log.decide(run, "finished", end, expected=1, source="/x")
        assert await record_run(bus, run, tmp_path) == tmp_path / f"{run}.jsonl"
