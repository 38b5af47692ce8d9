"""Data sets out of a real log: in one go or in many, killed and started again, they are the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work
from stepweave.agents.orchestrator import orchestrator
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Late
from stepweave.training import dataset
from stepweave.training.building import build, differences
from stepweave.training.errors import DataSetError
from stepweave.training.trajectories import Projection
from tests.agents.crew import CREW, OPTIONS

pytestmark = pytest.mark.anyio
RUNS = 5


@pytest.fixture
async def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bus]:
    """A log with some runs that went on at the same time, and a file for every forty messages."""
    monkeypatch.setattr(dataset, "PART", 40)
    async with connect(BusSettings(home=tmp_path / "home"), name="test") as bus:
        weave = Weave(bus)
        async with at_work(Host(bus, tmp_path / "home", "/test"), [*CREW, orchestrator]):
            runs = [await weave.submit("3", options=OPTIONS) for _ in range(RUNS)]
            for run in runs:
                async for _ in weave.watch(run):
                    pass
        await bus.log.note(runs[0], "late", Late(task="s1c1", seconds=1.0, answer_type=""))
        yield bus


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


async def test_many_builds_make_what_one_makes(bus: Bus, tmp_path: Path) -> None:
    end = await bus.log.last_sequence()
    assert end > 3 * dataset.PART
    whole = await build(bus, tmp_path / "whole")
    for upto in (1, 7, 39, 40, 41, 79, 100, end):
        await build(bus, tmp_path / "bits", upto=upto)
    again = await build(bus, tmp_path / "bits")
    assert contents(tmp_path / "bits") == contents(tmp_path / "whole")
    assert (whole.read, again.read) == (end, 0)
    assert whole.pictures > 0
    assert whole.missing == 0


async def test_a_second_build_reads_only_what_is_new(bus: Bus, tmp_path: Path) -> None:
    end = await bus.log.last_sequence()
    await build(bus, tmp_path / "data", upto=end - 1)
    again = await build(bus, tmp_path / "data")
    assert again.read == end % dataset.PART or dataset.PART


@pytest.mark.parametrize("at", [10, 60, 100])
async def test_killed_in_the_middle_and_started_again_it_is_the_same(bus: Bus, tmp_path: Path, at: int) -> None:
    from stepweave.training import building

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "GROUP", 2)
        with anyio.CancelScope() as scope:

            def told(sequence: int, _: int) -> None:
                if sequence >= at:
                    scope.cancel()

            await build(bus, tmp_path / "killed", told=told)
        assert scope.cancelled_caught
        await build(bus, tmp_path / "whole")
        (tmp_path / "killed" / dataset.LINES).mkdir(exist_ok=True)
        (tmp_path / "killed" / dataset.LINES / "000000000041.parquet.half").write_bytes(b"half")
        (tmp_path / "killed" / f"{dataset.MANIFEST}.half").write_bytes(b"half")
        await build(bus, tmp_path / "killed")
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


async def test_the_lines_are_those_of_the_log(bus: Bus, tmp_path: Path) -> None:
    built = await build(bus, tmp_path / "data")
    projection = Projection()
    wanted = [line async for record in bus.log.everything(0, built.manifest.upto) for line in projection.heard(record)]
    assert list(dataset.lines(tmp_path / "data", built.manifest)) == wanted
    assert {line.line for line in wanted} == {"run", "task", "outcome", "note"}
    assert projection.memory == {}, "of runs that have ended nothing is remembered"


async def test_pictures_stand_beside_the_lines_under_their_hashes(bus: Bus, tmp_path: Path) -> None:
    built = await build(bus, tmp_path / "data")
    drawn = {
        json.loads(line.body)["image"]["sha256"]
        for line in dataset.lines(tmp_path / "data", built.manifest)
        if line.role == "generator"
    }
    for sha256 in drawn:
        data = dataset.picture_path(tmp_path / "data", sha256).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256
    assert len(list((tmp_path / "data" / dataset.PICTURES).rglob("*.png"))) == built.pictures == len(drawn)


async def test_built_again_it_is_the_same_and_what_is_not_is_told(bus: Bus, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    built = await build(bus, folder)
    assert await differences(bus, folder) == []
    first, second, *_ = (folder / part.file for part in built.manifest.parts)
    first.write_bytes(first.read_bytes() + b"x")
    second.unlink()
    assert await differences(bus, folder) == [
        f"{dataset.LINES}/{first.name} was changed since it was built",
        f"{dataset.LINES}/{second.name} is not there",
    ]


async def test_a_run_that_was_removed_is_missed(bus: Bus, tmp_path: Path) -> None:
    await build(bus, tmp_path / "data")
    gone = (await bus.log.runs())[0].run
    await bus.runs.remove(gone, await bus.log.last_sequence())
    assert any("comes out otherwise now" in each for each in await differences(bus, tmp_path / "data"))


async def test_what_a_folder_cannot_be_is_said(bus: Bus, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(DataSetError, match="other things in it; choose an empty folder"):
        await build(bus, taken)
    folder = tmp_path / "data"
    built = await build(bus, folder)
    with pytest.raises(DataSetError, match=rf"up to sequence {built.manifest.upto} already, and 3 is wanted"):
        await build(bus, folder, upto=3)
    with pytest.raises(DataSetError, match="somebody else builds there"), dataset.alone(folder):
        await build(bus, folder)
    async with connect(BusSettings(home=tmp_path / "another"), name="test") as other:
        with pytest.raises(DataSetError, match="trajectories of another log"):
            await build(other, folder)
    with pytest.raises(DataSetError, match="there is no data set"):
        await differences(bus, tmp_path / "nothing")
    (folder / dataset.MANIFEST).write_text('{"format": "stepweave-trajectories", "version": 99, "log": "x"}')
    with pytest.raises(DataSetError, match="version 99, this is 1"):
        await build(bus, folder)
    (folder / dataset.MANIFEST).write_text("nonsense")
    with pytest.raises(DataSetError, match=r"dataset\.json is none of ours"):
        await build(bus, folder)
