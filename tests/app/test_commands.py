"""The commands as people call them: real processes on a real server, with a crew of small agents."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path

import anyio
import pytest

from stepweave.agents.client import Weave
from stepweave.app import session
from stepweave.app.failures import pick
from stepweave.app.sources import load
from stepweave.messages import Decided, Draw, Outcome, RunRequested
from tests.app.crew import NAMES
from tests.app.place import Done, Place

pytestmark = pytest.mark.anyio


async def finished(process: anyio.abc.Process) -> Done:
    """The rest of what a process says, once it has ended."""
    said: dict[str, bytes] = {"out": b"", "err": b""}

    async def read(name: str, stream: anyio.abc.ByteReceiveStream) -> None:
        async for data in stream:
            said[name] += data

    with anyio.fail_after(60):
        async with anyio.create_task_group() as group:
            assert process.stdout
            assert process.stderr
            group.start_soon(read, "out", process.stdout)
            group.start_soon(read, "err", process.stderr)
        return Done(await process.wait(), said["out"].decode(), said["err"].decode())


async def test_a_run_leaves_a_storyboard_and_prints_only_where(place: Place) -> None:
    done = await place.call("run", "paint", *NAMES, "--out", "made", "--size", "64x32", "--seed", "5")
    assert (done.code, done.out) == (0, "made/story.html\n"), done.err
    assert "step 2: candidate 1 rejected (2 of 10): it is green, not blue" in done.err
    assert "step 2: candidate 2 accepted (9 of 10)" in done.err
    assert "\x1b" not in done.err
    story = json.loads((place.folder / "made" / "story.json").read_text())
    assert [len(step["attempts"]) for step in story["steps"]] == [1, 2, 0]
    assert (story["parts"][1]["image"]["width"], story["parts"][1]["image"]["height"]) == (64, 32)
    assert sorted(path.name for path in (place.folder / "made").iterdir()) == [
        "images", "story.html", "story.json", "story.md",
    ]  # fmt: skip


async def test_json_is_all_that_is_printed(place: Place) -> None:
    done = await place.call("run", "-", *NAMES, "--json", "--quiet", stdin=b"paint\n")
    result = json.loads(done.out)
    assert list(result) == ["run", "status", "steps", "candidates", "seconds", "out"]
    assert (result["status"], result["steps"], result["candidates"]) == ("completed", 3, 3)
    assert done.err == ""
    assert result["out"] == f"stepweave-{result['run']}"
    assert (place.folder / result["out"] / "story.html").is_file()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_an_interrupted_run_is_kept_and_can_be_resumed(place: Place, told: signal.Signals) -> None:
    place.gate = anyio.Event()
    async with place.start("run", "paint", *NAMES, "--out", "made") as process:
        run = await first_drawing(place.weave)
        process.send_signal(told)
        done = await finished(process)
    assert done.code == 130
    assert f"stepweave runs resume {run}" in done.err
    assert "Traceback" not in done.err
    assert not (place.folder / "made").exists()
    place.gate.set()
    resumed = await place.call("runs", "resume", run[:-2], "--agents", "elsewhere", "--out", "made")
    assert (resumed.code, resumed.out) == (0, "made/story.html\n"), resumed.err


async def test_a_disk_that_fills_up_ends_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load({}, {"STEPWEAVE_HOME": str(tmp_path / "home")}, tmp_path).settings

    async def work() -> None:
        async with session.opened(settings, "test"):
            monkeypatch.setattr(session, "ROOM", 2**62)
            await anyio.sleep_forever()

    with pytest.raises(BaseExceptionGroup) as caught, anyio.fail_after(30):
        await work()
    assert isinstance(pick(caught.value), session.DiskFull)


async def test_a_run_can_be_cancelled_while_it_goes(place: Place) -> None:
    place.gate = anyio.Event()
    async with place.start("run", "paint", *NAMES, "--json") as process:
        run = await first_drawing(place.weave)
        cancelled = await place.call("runs", "cancel", "last", "--reason", "seen enough", "--json")
        done = await finished(process)
    place.gate.set()
    assert json.loads(cancelled.out) == {"run": run, "status": "cancelled"}
    assert done.code == 1
    assert json.loads(done.out)["status"] == "cancelled"
    assert json.loads(done.out)["out"] is None
    assert "seen enough" in done.err


async def first_drawing(weave: Weave) -> str:
    """The run that first asks for a picture."""
    with anyio.fail_after(30):
        async for record in weave.bus.log.follow(branches=("cmd",), after=0):
            if isinstance(record.message, Draw):
                return record.run
    raise AssertionError


async def test_what_is_in_the_log_can_be_read(place: Place) -> None:
    run = json.loads((await place.call("run", "paint", *NAMES, "--json", "--quiet")).out)["run"]
    listed = json.loads((await place.call("runs", "list", "--json")).out)
    assert [(each["run"], each["status"], each["request"]) for each in listed] == [(run, "completed", "paint")]
    assert run in (await place.call("runs", "list")).out
    shown = await place.call("runs", "show", run[-6:], "--json")
    assert json.loads(shown.out)["run"] == run
    told = await place.call("runs", "show", "last", "--out", "again")
    assert "candidate 1, 2 of 10, not accepted: it is green, not blue" in told.out
    assert (place.folder / "again" / "images" / "step-02.png").is_file()
    watched = [json.loads(line) for line in (await place.call("runs", "watch", run, "--json")).out.splitlines()]
    assert [watched[0]["type"], watched[-1]["type"]] == ["stepweave.run.requested.v1", "stepweave.run.decided.v1"]
    assert [each["sequence"] for each in watched] == sorted(each["sequence"] for each in watched)


async def test_cancelling_a_run_that_has_ended_changes_nothing(place: Place) -> None:
    run = json.loads((await place.call("run", "paint", *NAMES, "--json", "--quiet")).out)["run"]
    done = await place.call("runs", "cancel", run, "--json")
    assert json.loads(done.out) == {"run": run, "status": "completed"}
    assert done.err == f"{run} had ended before; nothing was cancelled\n"


async def test_runs_that_do_not_exist_are_named(place: Place) -> None:
    done = await place.call("runs", "show", "nothing")
    assert done.code == 2
    assert "'nothing'" in done.err
    assert "runs list" in done.err


async def test_nobody_to_do_the_work_is_said_before_the_run_begins(place: Place) -> None:
    words = [word if word != "crew" else "nobody" for word in NAMES]
    done = await place.call("run", "paint", *words)
    assert done.code == 2
    assert "stepweave worker planner:nobody generator:nobody critic:nobody" in done.err
    assert json.loads((await place.call("runs", "list", "--json")).out) == []


async def test_the_doctor_sees_who_works(place: Place) -> None:
    done = await place.call("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert checks["embedded server"]["state"] == "ok"
    assert "planner:crew x1" in checks["workers"]["found"]
    assert checks["home"]["state"] == "ok"


async def test_a_worker_says_when_it_is_ready_and_stops_when_told(place: Place) -> None:
    async with place.start("worker", "orchestrator", "recorder") as process:
        assert process.stderr
        first = ""
        with anyio.fail_after(30):
            while not first.endswith("\n"):
                first += (await process.stderr.receive()).decode()
        assert re.fullmatch(r"ready at nats://\S+: orchestrator, recorder\n", first)
        process.send_signal(signal.SIGTERM)
        done = await finished(process)
    assert (done.code, done.err) == (0, "stopped\n")


async def test_a_worker_counts_what_it_met_and_says_so_when_it_stops(place: Place) -> None:
    bus = place.weave.bus
    (place.folder / "home" / "config.toml").write_text("[agents.recorder]\nevery = 0\n")
    written = place.folder / "home" / "trajectories" / "dataset.json"
    async with place.start("worker", "recorder") as process:
        assert process.stderr
        said = ""
        with anyio.fail_after(30):
            while "ready at" not in said:
                said += (await process.stderr.receive()).decode()
            for n in range(40):
                await bus._connection.call(f"stepweave.run.r{n}.ev.x.0", b"nonsense")
            await bus.log.request("real", RunRequested(request="x"))
            end = Decided(outcome=Outcome(status="completed"))
            await bus.log.decide("real", "finished", end, expected=1, source="/test")
            while not written.exists() or json.loads(written.read_text())["upto"] < await bus.log.last_sequence():
                await anyio.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        done = await finished(process)
    assert "counted" not in said
    assert (done.code, done.err.splitlines()[-2:]) == (0, ["counted: unreadable{branch=ev} 40", "stopped"])
