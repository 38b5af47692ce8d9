"""Export, import, prune and sweep as people call them, on a real server."""

from __future__ import annotations

import io
import json
import zipfile
from argparse import Namespace
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from anyio import to_thread

from stepweave.app.cli import main
from stepweave.app.commands.prune import choose
from stepweave.bus import Conflict
from stepweave.bus.sweep import Sweeper
from stepweave.messages import Decided, Outcome, RunRequested, Unknown
from tests.app.crew import NAMES
from tests.app.place import Done, Place
from tests.app.test_commands import first_drawing
from tests.bus.conftest import entries

pytestmark = pytest.mark.anyio


@dataclass
class Desk:
    """Where commands are called: in this process, for that is quicker, on the same server and in the same folder."""

    place: Place

    async def call(self, *words: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        nats = ("--nats", self.place.weave.bus.settings.url or "")
        with redirect_stdout(out), redirect_stderr(err):
            code = await to_thread.run_sync(self._call, ("runs", *words, *nats))
        return Done(code, out.getvalue(), err.getvalue())

    def _call(self, words: tuple[str, ...]) -> int:
        try:
            return main(words)
        except SystemExit as error:  # how argparse leaves
            return int(str(error.code))


@pytest.fixture
def desk(place: Place, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("STEPWEAVE_HOME", str(place.folder / "home"))
    return Desk(place)


async def painted(place: Place) -> str:
    return str(json.loads((await place.call("run", "paint", *NAMES, "--json", "--quiet", "--size", "8")).out)["run"])


async def listed(desk: Desk) -> dict[str, str]:
    return {each["run"]: each["status"] for each in json.loads((await desk.call("list", "--json")).out)}


async def ended(place: Place, run: str, *, status: str = "completed") -> None:
    """A run that ended as soon as it was requested."""
    log, number = place.weave.bus.log, 1
    await log.request(run, RunRequested(request="x"))
    over = Decided(outcome=Outcome.model_validate({"status": status}))
    while True:
        try:
            await log.decide(run, "finished", over, expected=number, source="/x")
        except Conflict:  # the orchestrator was quicker
            number += 1
        else:
            return


async def test_a_run_goes_out_and_comes_back(place: Place, desk: Desk) -> None:
    run = await painted(place)
    out = await desk.call("export", "last", "--out", "run.zip")
    assert (out.code, out.out) == (0, "run.zip\n"), out.err
    assert "messages, 3 pictures" in out.err
    told = await desk.call("show", run)
    pruned = await desk.call("prune", run[-6:])
    assert pruned.out.startswith(f"{run}\n1 run removed, with "), pruned.err
    assert await listed(desk) == {}
    back = await desk.call("import", "run.zip")
    assert (back.code, back.out) == (0, f"{run}\n"), back.err
    assert (await desk.call("show", run)).out == told.out
    again = await desk.call("import", "run.zip", "--json")
    assert json.loads(again.out)["added"] == 0
    named = await desk.call("import", "run.zip", "--as", "copy")
    assert named.out == "copy\n"
    assert await listed(desk) == {run: "completed", "copy": "completed"}
    assert (await place.call("runs", "resume", "copy", "--out", "story")).out == "story/story.html\n"


async def test_an_unfinished_run_comes_back_and_is_resumed(place: Place, desk: Desk) -> None:
    place.gate = anyio.Event()
    async with place.start("run", "paint", *NAMES, "--quiet") as process:
        run = await first_drawing(place.weave)
        out = await desk.call("export", run, "--json")
        process.terminate()
        await process.wait()
    assert json.loads(out.out) | {"bytes": 0, "messages": 0} == {
        "run": run, "out": f"stepweave-{run}.zip", "messages": 0, "pictures": 0, "bytes": 0, "missing": [],
    }  # fmt: skip
    back = await desk.call("import", f"stepweave-{run}.zip", "--as", "copy")
    assert "stepweave runs resume copy" in back.err
    place.gate.set()
    resumed = await place.call("runs", "resume", "copy", "--agents", "elsewhere", "--out", "made")
    assert (resumed.code, resumed.out) == (0, "made/story.html\n"), resumed.err


async def test_a_missing_picture_is_told_and_has_its_own_exit_code(place: Place, desk: Desk) -> None:
    await painted(place)
    bus = place.weave.bus
    await bus._connection.call(f"$JS.API.STREAM.PURGE.{bus._subjects.blobs}")
    done = await desk.call("export", "last", "--json")
    assert done.code == 1
    assert len(json.loads(done.out)["missing"]) == 3
    assert "is missing or damaged, so the archive is without it" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export"], "RUN"),
        (["export", "nothing"], "run 'nothing' is not in the log; see them with `stepweave runs list`"),
        (["export", "r1", "--out", "letter.txt"], "letter.txt: something else is there, which is left alone"),
        (["export", "r1", "--out", "none/run.zip"], "none/run.zip: cannot be written"),
        (["import", "nothing.zip"], "nothing.zip: cannot be read (No such file or directory); check the path"),
        (["import", "."], ".: this is no file"),
        (["import", "letter.txt"], "letter.txt: it is no zip file"),
        (["import", "foreign.zip"], "foreign.zip: it is a zip file, but no run"),
        (["import", "half.zip"], "half.zip: it is no zip file, or it is truncated or damaged"),
        (["import", "half.zip", "--as", "../evil"], "--as '../evil' can be no name of a run; use 1 to 64 letters"),
        (["import", "run.zip", "--as", ""], "--as '' can be no name of a run"),
        (["import", "run.zip", "--as", "last"], "--as 'last' is how commands call the newest run"),
        (["import", "run.zip", "--as", "r2"], "A run r2 stands already, and it is not the same"),
        (["prune"], "say which runs: name them, or give --older-than or --state; --older-than 0d means all"),
        (["prune", "--force", "--state", "failed"], "--force is for runs that are named"),
        (["prune", "nothing"], "run 'nothing' is not in the log"),
        (["prune", "going"], "run going has not ended; wait for it, or let --force cancel it first"),
        (["prune", "--older-than", "soon"], "'soon' is no span of time; write it as 30d, 12h or 45m"),
        (["prune", "--older-than", "-1d"], "--older-than"),
        (["prune", "--older-than", "99999999999d"], "is no span of time"),
        (["prune", "--state", "complete"], "runs do not end 'complete'; did you mean completed?"),
        (["prune", "--state", "x"], "runs do not end 'x'; choose from completed, flawed, failed, cancelled"),
        (["sweep", "all"], "unrecognized arguments: all"),
    ],
)
async def test_nonsense_is_named_and_changes_nothing(place: Place, desk: Desk, words: list[str], said: str) -> None:
    for run in ("r1", "r2"):
        await ended(place, run)
    await place.weave.bus.log.request("going", RunRequested(request="x"))
    await desk.call("export", "r1", "--out", "run.zip")
    (place.folder / "letter.txt").write_text("dear")
    (place.folder / "half.zip").write_bytes((place.folder / "run.zip").read_bytes()[:-30])
    with zipfile.ZipFile(place.folder / "foreign.zip", "w") as file:
        file.writestr("hello.txt", "hello")
    before = sorted(path.name for path in place.folder.iterdir()), await place.weave.bus.log.last_sequence()
    done = await desk.call(*words)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert (sorted(path.name for path in place.folder.iterdir()), await place.weave.bus.log.last_sequence()) == before


# ---------------------------------------------------------------------------------------------- prune and sweep


async def test_runs_are_chosen_by_age_and_outcome(place: Place, desk: Desk) -> None:
    for status in ("completed", "flawed", "failed", "cancelled"):
        await ended(place, status, status=status)
    await place.weave.bus.log.request("going", RunRequested(request="x"))
    dry = json.loads((await desk.call("prune", "--older-than", "0d", "--dry-run", "--json")).out)
    assert sorted(dry["runs"]) == ["cancelled", "completed", "failed", "flawed"]
    assert (dry["dry_run"], dry["messages"]) == (True, 8)
    assert len(await listed(desk)) == 5
    young = json.loads((await desk.call("prune", "--older-than", "1h", "--json")).out)
    assert young["runs"] == []
    some = json.loads((await desk.call("prune", "--state", "failed,flawed", "--json")).out)
    assert sorted(some["runs"]) == ["failed", "flawed"]
    both = json.loads((await desk.call("prune", "completed", "cancelled", "--state", "failed", "--json")).out)
    assert both["runs"] == []
    rest = await desk.call("prune", "--older-than", "0s")
    assert "2 runs removed, with 4 messages" in rest.out
    assert list(await listed(desk)) == ["going"]


async def test_a_run_that_goes_on_is_removed_only_by_force(place: Place, desk: Desk) -> None:
    place.gate = anyio.Event()
    async with place.start("run", "paint", *NAMES, "--json", "--quiet") as process:
        run = await first_drawing(place.weave)
        await ended(place, "other")
        dry = await desk.call("prune", run, "--force", "--dry-run")
        assert f"{run}\n1 run would be removed" in dry.out
        forced = await desk.call("prune", run, "--force")
        assert (forced.code, forced.out.splitlines()[0]) == (0, run), forced.err
        await process.wait()
    assert list(await listed(desk)) == ["other"]
    place.gate.set()


async def test_pictures_go_with_their_runs_once_the_grace_is_over(place: Place, desk: Desk) -> None:
    run = await painted(place)
    bus = place.weave.bus
    pruned = json.loads((await desk.call("prune", run, "--json")).out)
    assert (pruned["pictures"], pruned["kept"]) == (0, 3)
    swept = await desk.call("sweep", "--dry-run")
    assert swept.out == "0 pictures would be removed that no run refers to, 3 stay\n0.0 MB would be freed\n"
    await Sweeper(bus._connection, bus._subjects, bus._blobs, 0).sweep()
    assert await entries(bus) == []
    assert json.loads((await desk.call("sweep", "--json")).out) == {
        "dry_run": False, "pictures": 0, "bytes": 0, "kept": 0, "words": 0, "damaged": [],
    }  # fmt: skip


async def test_damage_is_told_and_has_its_own_exit_code(place: Place, desk: Desk) -> None:
    bus = place.weave.bus
    await bus._connection.call(bus._subjects.blob("ab" * 32), b"wrong")
    assert (await desk.call("sweep")).code == 0
    done = await desk.call("sweep", "--verify", "--json")
    assert (done.code, json.loads(done.out)["damaged"]) == (1, ["ab" * 32])
    assert f"the picture {'ab' * 32} is damaged; import an archive of its run to mend it" in done.err


async def test_a_run_of_a_later_version_is_listed_and_the_others_too(place: Place, desk: Desk) -> None:
    bus = place.weave.bus
    later = Unknown(type="stepweave.run.requested.v2", body={"wish": "a film"})
    await bus.log.request("later", later)
    await ended(place, "r1")
    assert await listed(desk) == {"later": "unknown", "r1": "completed"}
    assert (await desk.call("export", "later", "--out", "later.zip")).code == 0
    assert (await desk.call("prune", "later", "--force")).code == 0
    assert (await desk.call("import", "later.zip")).out == "later\n"
    assert await listed(desk) == {"later": "unknown", "r1": "completed"}


async def test_age_is_counted_from_the_end_of_a_run(place: Place, desk: Desk) -> None:
    await ended(place, "r1")
    runs = await place.weave.runs()
    given = Namespace(runs=[], older_than=3600.0, state=None, force=False)
    assert choose(runs, given, datetime.now(UTC)) == []
    assert choose(runs, given, datetime.now(UTC) + timedelta(seconds=3601)) == runs
