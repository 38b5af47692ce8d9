"""The recorder on the real bus: live, and catching up after it was away."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import anyio
import pytest

from stepweave.agents.agent import BadSetting, Host
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, connect
from stepweave.messages import Decided, Outcome
from stepweave.training import dataset
from stepweave.training.recorder import FOLDER, recorder
from stepweave.training.trajectories import Line
from tests.agents.crew import CREW, OPTIONS, until_ended

pytestmark = pytest.mark.anyio
QUICK = {"recorder": {"every": 0.05}}


def recorded(folder: Path, run: str) -> list[Line]:
    manifest = dataset.opened(folder)
    return [] if manifest is None else [line for line in dataset.lines(folder, manifest) if line.run == run]


async def until_ended_in(folder: Path, run: str) -> list[Line]:
    with anyio.fail_after(10):
        while True:
            found = recorded(folder, run)
            if any(line.line == "outcome" for line in found):
                return found
            await anyio.sleep(0.01)


@pytest.mark.parametrize("present", [True, False], ids=["live", "catching up"])
async def test_an_ended_run_goes_into_the_data_set(tmp_path: Path, present: bool) -> None:
    async with connect(BusSettings(home=tmp_path), name="test") as bus, anyio.create_task_group() as group:
        host = Host(bus, tmp_path, "/test", settings=QUICK)
        crew = [*CREW, orchestrator, recorder] if present else [*CREW, orchestrator]
        await group.start(partial(serve, host, crew))
        run = await Weave(bus).submit("2", options=OPTIONS)
        await until_ended(Weave(bus), run)
        if not present:
            await group.start(partial(serve, host, [recorder]))
        lines = await until_ended_in(tmp_path / FOLDER, run)
        group.cancel_scope.cancel()
    assert json.loads(lines[0].body)["request"] == "2"
    assert json.loads(lines[-1].body)["status"] == "completed"
    assert not (tmp_path / FOLDER / dataset.PICTURES).exists(), "a recorder has no rights to pictures"


async def test_what_is_no_end_of_a_run_ends_none(tmp_path: Path) -> None:
    async with connect(BusSettings(home=tmp_path), name="test") as bus, anyio.create_task_group() as group:
        host = Host(bus, tmp_path, "/test", settings=QUICK)
        await group.start(partial(serve, host, [*CREW, orchestrator, recorder]))
        run = await Weave(bus).submit("2", options=OPTIONS)
        for n in range(20):
            await bus._connection.call(f"stepweave.run.nobody-{n}.ev.finished.0", b"nonsense")
            await bus._connection.call(f"stepweave.run.{run}.ev.finished.{900 + n}", b"nonsense")
        await bus.log.decide("forged", "finished", Decided(outcome=Outcome(status="failed")), expected=0, source="/x")
        await until_ended(Weave(bus), run)
        lines = await until_ended_in(tmp_path / FOLDER, run)
        group.cancel_scope.cancel()
    assert [line.line for line in lines].count("outcome") == 1
    assert recorded(tmp_path / FOLDER, "forged") == []


async def test_a_folder_of_something_else_is_left_alone_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "mine.txt").write_text("mine")
    async with connect(BusSettings(home=tmp_path), name="test") as bus, anyio.create_task_group() as group:
        await group.start(partial(serve, Host(bus, tmp_path, "/test"), [recorder]))
        with anyio.fail_after(10):
            while "there are other things in it" not in caplog.text:
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} <= {"mine.txt", dataset.LOCK}


async def test_a_setting_that_is_none_is_refused(host: Host) -> None:
    with pytest.raises(BadSetting, match=r"recorder.*every"):
        await recorder.run(replace(host, settings={"recorder": {"every": -1}}))
