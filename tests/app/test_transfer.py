"""Runs out of one log and into another: nothing is lost, nothing is done by halves, damage is mended."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from PIL import Image

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work
from stepweave.app.archive import ArchiveError, open_archive
from stepweave.app.settings import ArchiveSettings
from stepweave.app.story import tell
from stepweave.app.storyboard import storyboard
from stepweave.app.transfer import Exported, Imported, export_run, import_run
from stepweave.bus import BlobCorrupt, Bus, BusSettings, NoRun, RunStands, connect
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.envelope import new_id
from stepweave.bus.sweep import Sweeper
from stepweave.images import Limits, encode
from stepweave.messages import Blob, Cancel, Options, RunRequested, Unknown
from tests.app.crew import crew
from tests.bus.conftest import entries

pytestmark = pytest.mark.anyio
OPTIONS = Options(planner="crew", generator="crew", critics=("crew",), memory=None, width=16, height=8)


@pytest.fixture
async def bus(tmp_path: Path) -> AsyncIterator[Bus]:
    async with connect(BusSettings(home=tmp_path), name="here") as bus:
        yield bus


@pytest.fixture
async def elsewhere(bus: Bus) -> AsyncIterator[Bus]:
    async with connect(bus.settings.model_copy(update={"namespace": f"t{new_id()[:12]}"}), name="elsewhere") as other:
        yield other


async def painted(bus: Bus, folder: Path, run: str = "r1") -> str:
    """A run of the crew that went to its end."""
    gate, weave = anyio.Event(), Weave(bus)
    gate.set()
    async with at_work(Host(bus, folder), crew(lambda: gate)):
        await weave.submit("paint", options=OPTIONS, run=run)
        async for _ in weave.watch(run):
            pass
    return run


async def brought(bus: Bus, path: Path, name: str | None = None, grace: float = 3600) -> Imported:
    return await import_run(bus.runs, path, name, ArchiveSettings(), Limits(), grace)


async def said(bus: Bus, run: str) -> list[Any]:
    return [line async for line in bus.runs.lines(run)]


async def stored(bus: Bus) -> list[str]:
    """Everything that is stored: places in the log and in the store of pictures."""
    return [e.subject for s in (bus._subjects.runs, bus._subjects.blobs) for e in await entries(bus, s)]


def png(colour: str = "red") -> bytes:
    return encode(Image.new("RGB", (8, 4), colour), {})


async def put(bus: Bus, data: bytes) -> Blob:
    return await bus.blobs.put(data, "image/png", 8, 4)


async def test_a_run_tells_the_same_story_elsewhere(bus: Bus, elsewhere: Bus, tmp_path: Path) -> None:
    await painted(bus, tmp_path)
    done = await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert done == Exported(done.contents, (tmp_path / "run.zip").stat().st_size)
    assert (len(done.contents.pictures), done.contents.missing) == (3, ())
    assert await brought(elsewhere, tmp_path / "run.zip") == Imported("r1", done.contents, done.contents.messages)
    books = []
    for each in (bus, elsewhere):
        state = await Weave(each).state("r1")
        books.append(storyboard(state, {p.sha256: await each.blobs.get(p.sha256) for p in tell(state).pictures}))
    assert books[0] == books[1]
    await export_run(elsewhere.runs, "r1", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "run.zip").read_bytes()


async def test_another_name_makes_it_another_run(bus: Bus, tmp_path: Path) -> None:
    await painted(bus, tmp_path)
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert (await brought(bus, tmp_path / "run.zip", "r2")).run == "r2"
    await export_run(bus.runs, "r2", tmp_path / "r2.zip")
    await bus.runs.remove("r1", await bus.log.last_sequence())
    await brought(bus, tmp_path / "r2.zip", "r1")
    await export_run(bus.runs, "r1", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "run.zip").read_bytes()


async def test_what_nobody_here_knows_is_carried_with_its_pictures(bus: Bus, elsewhere: Bus, tmp_path: Path) -> None:
    given, film = await put(bus, png()), await bus.blobs.put(b"film", "video/later", 1, 1)
    head = await bus.log.request("r1", RunRequested(request="x", inputs=(given,)))
    later = {"kept": {"sha256": film.sha256}, "only looks so": "ab" * 32, "n": [1, 2.5, None]}
    await bus.log.decide("r1", "melted", Unknown(type="later.v2", body=later), expected=head, source="/x")
    odd = json.dumps({**json.loads(RunRequested(request="y").model_dump_json()), "later": 1}, indent=1).encode()
    head_of_odd = (
        "NATS/1.0\r\nce-specversion: 1.0\r\nce-type: later.v3\r\nce-source: /%C3%A4\r\nce-id: 1\r\nx-odd: 1\r\n"
    )
    await bus._connection.call(bus._subjects.note("r1", "odd", "n"), odd, head_of_odd)
    await bus._connection.call(bus._subjects.note("r1", "odd", "torn"), b"\xff\x00")
    done = await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert {blob.sha256: blob for blob in done.contents.pictures} == {each.sha256: each for each in (given, film)}
    await brought(elsewhere, tmp_path / "run.zip")
    assert await said(elsewhere, "r1") == await said(bus, "r1")
    assert [record.body async for record in elsewhere.log.replay("r1")][2:] == [odd, b"\xff\x00"]
    assert await elsewhere.blobs.get(film) == b"film"


async def test_an_unfinished_run_can_be_exported_and_goes_on(bus: Bus, elsewhere: Bus, tmp_path: Path) -> None:
    await painted(bus, tmp_path)
    original = await Weave(bus).state("r1")
    lines = await said(bus, "r1")
    await bus.runs.write("half", lines[: len(lines) // 2])
    await export_run(bus.runs, "half", tmp_path / "half.zip")
    await brought(elsewhere, tmp_path / "half.zip", "r1")
    gate, weave = anyio.Event(), Weave(elsewhere)
    gate.set()
    async with at_work(Host(elsewhere, tmp_path), crew(lambda: gate)):
        async for _ in weave.watch("r1"):
            pass
    state = await weave.state("r1")
    assert (state.accepted, state.outcome) == (original.accepted, original.outcome)
    for accepted in state.accepted.values():
        if accepted.image is not None:
            await elsewhere.blobs.get(accepted.image)


async def test_what_is_missing_or_damaged_is_told_and_the_rest_is_kept(
    bus: Bus, elsewhere: Bus, tmp_path: Path
) -> None:
    good, lost = await put(bus, png()), Blob(sha256="ab" * 32, width=1, height=1, size=1)
    damaged = Blob(sha256=hashlib.sha256(png("blue")).hexdigest(), width=8, height=4, size=len(png("blue")))
    await bus._connection.call(bus._subjects.blob(damaged.sha256), b"wrong")
    await bus.log.request("r1", RunRequested(request="x", inputs=(good, lost, damaged)))
    done = await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert done.contents.pictures == (good,)
    assert set(done.contents.missing) == {lost.sha256, damaged.sha256}
    await brought(elsewhere, tmp_path / "run.zip")
    assert await said(elsewhere, "r1") == await said(bus, "r1")


async def test_an_import_mends_a_damaged_picture(bus: Bus, tmp_path: Path) -> None:
    good = await put(bus, png())
    await bus.log.request("r1", RunRequested(request="x", inputs=(good,)))
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    await bus._connection.call(f"$JS.API.STREAM.PURGE.{bus._subjects.blobs}")
    await bus._connection.call(bus._subjects.blob(good.sha256), b"wrong")
    with pytest.raises(BlobCorrupt):
        await bus.blobs.get(good)
    assert (await brought(bus, tmp_path / "run.zip")).added == 0
    assert await bus.blobs.get(good) == png()


# ---------------------------------------------------------------------------------------------- refusals


async def test_what_is_refused_leaves_nothing(bus: Bus, elsewhere: Bus, tmp_path: Path) -> None:
    await painted(bus, tmp_path)
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    await elsewhere.log.request("r1", RunRequested(request="another"))
    with pytest.raises(RunStands, match="r1 stands already"):
        await brought(elsewhere, tmp_path / "run.zip")
    with pytest.raises(ValueError, match=r"'a\.b' cannot be part of a subject"):
        await brought(elsewhere, tmp_path / "run.zip", "a.b")
    assert len(await stored(elsewhere)) == 1


def without_inputs(text: str) -> str:
    line = json.loads(text)
    line["body"]["inputs"] = []
    return json.dumps(line) + "\n"


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("run.json", lambda text: text.replace('"missing"', '"mis"'), "it lacks the picture abab"),
        ("log.jsonl", without_inputs, "it holds the picture .*, which its run does not know"),
        ("log.jsonl", lambda text: text.replace("ce-id", "id"), "Line 1 of the log cannot be taken: no CloudEvent"),
    ],
)
async def test_an_archive_that_does_not_fit_together_is_refused(
    bus: Bus, tmp_path: Path, name: str, change: Callable[[str], str], why: str
) -> None:
    lost = Blob(sha256="ab" * 32, width=1, height=1, size=1)
    await bus.log.request("r1", RunRequested(request="x", inputs=(lost, await put(bus, png()))))
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as file:
        files = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(tmp_path / "run.zip", "w") as file:
        for each, data in files.items():
            file.writestr(each, change(data.decode()) if each == name else data)
    before = await stored(bus)
    with pytest.raises(ArchiveError, match=why):
        await brought(bus, tmp_path / "run.zip", "r2")
    assert await stored(bus) == before


async def test_a_run_that_is_not_there_leaves_no_file(bus: Bus, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NoRun):
        await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert sorted(tmp_path.iterdir()) == before


# ---------------------------------------------------------------------------------------------- interruptions


async def test_an_import_that_was_broken_off_can_be_done_again(
    bus: Bus, elsewhere: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await painted(bus, tmp_path)
    done = await export_run(bus.runs, "r1", tmp_path / "run.zip")
    restore = NatsBlobStore.restore
    for steps in range(len(done.contents.pictures)):
        left = steps

        async def dying(self: NatsBlobStore, data: bytes, blob: Blob) -> None:
            nonlocal left
            if left == 0:
                raise anyio.get_cancelled_exc_class()
            left -= 1
            await restore(self, data, blob)

        monkeypatch.setattr(NatsBlobStore, "restore", dying)
        with pytest.raises(anyio.get_cancelled_exc_class()):
            await brought(elsewhere, tmp_path / "run.zip")
        assert await Weave(elsewhere).runs() == []
    monkeypatch.setattr(NatsBlobStore, "restore", restore)
    assert (await brought(elsewhere, tmp_path / "run.zip")).added == done.contents.messages
    assert (await brought(elsewhere, tmp_path / "run.zip")).added == 0


async def test_a_sweep_during_a_slow_import_takes_no_picture_from_it(
    bus: Bus, elsewhere: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pictures were put so long ago that they are swept away before the log is written."""
    await painted(bus, tmp_path)
    done = await export_run(bus.runs, "r1", tmp_path / "run.zip")
    restore, left = NatsBlobStore.restore, len(done.contents.pictures)
    sweeper = Sweeper(elsewhere._connection, elsewhere._subjects, elsewhere._blobs, 0)

    async def sweeping(self: NatsBlobStore, data: bytes, blob: Blob) -> None:
        nonlocal left
        await restore(self, data, blob)
        left -= 1
        if left == 0:
            assert (await sweeper.sweep()).pictures == len(done.contents.pictures)

    monkeypatch.setattr(NatsBlobStore, "restore", sweeping)
    await brought(elsewhere, tmp_path / "run.zip", grace=0)
    for blob in done.contents.pictures:
        await elsewhere.blobs.get(blob)
    assert (await sweeper.sweep()).pictures == 0


async def test_words_that_came_later_are_added(bus: Bus, elsewhere: Bus, tmp_path: Path) -> None:
    await painted(bus, tmp_path)
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    await brought(elsewhere, tmp_path / "run.zip")
    await bus.log.note("r1", "reward", Cancel())
    await export_run(bus.runs, "r1", tmp_path / "run.zip")
    assert (await brought(elsewhere, tmp_path / "run.zip")).added == 1
    with open_archive(tmp_path / "run.zip", ArchiveSettings()) as archive:
        assert await said(elsewhere, "r1") == archive.lines()
