"""Logs of earlier versions: imported into a real server, they are what they were when they were made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stepweave.agents.client import Weave
from stepweave.app.settings import ArchiveSettings
from stepweave.app.transfer import export_run, import_run
from stepweave.bus import Bus, BusSettings, Line, Record, connect
from stepweave.images import Limits
from stepweave.messages import Unknown
from stepweave.policies.state import replay
from stepweave.training.trajectories import trajectory
from tests.golden.make import CASES, LOGS, expected

pytestmark = pytest.mark.anyio
MELTED = Unknown(type="stepweave.run.melted.v2", body={"warm": True})
FOUND = sorted(LOGS.glob("*.zip"))


@pytest.fixture
async def bus(tmp_path: Path) -> AsyncIterator[Bus]:
    async with connect(BusSettings(home=tmp_path), name="golden") as bus:
        yield bus


async def imported(bus: Bus, path: Path) -> list[Record]:
    done = await import_run(bus.runs, path, None, ArchiveSettings(), Limits(), 3600)
    return [record async for record in bus.log.replay(done.run)]


def differences(old: Any, new: Any, at: str = "") -> list[str]:
    """Where what was known is not so any more; what a later version knows beside is no difference."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [each for key in old for each in differences(old[key], new.get(key, "nothing"), f"{at}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [each for number, pair in pairs for each in differences(*pair, f"{at}.{number}")]
    return [] if old == new else [f"{at}: {old!r} is now {new!r}"]


def test_there_are_logs_of_every_kind() -> None:
    assert {path.stem.partition("-")[2] for path in FOUND} >= {case.name for case in CASES}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
async def test_an_old_log_is_read_as_it_was(bus: Bus, path: Path, tmp_path: Path) -> None:
    about = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == about.pop("sha256"), "a golden log is never changed"
    records = await imported(bus, path)
    assert differences(about, json.loads(json.dumps(expected(records)))) == []
    state = await Weave(bus).state(records[0].run)
    assert state == replay(state.run, records)
    for accepted in state.accepted.values():
        if accepted.image is not None:
            await bus.blobs.get(accepted.image)
    await export_run(bus.runs, state.run, tmp_path / "again.zip")
    again = [record.body for record in await imported(bus, tmp_path / "again.zip")]
    assert again == [record.body for record in records]


def test_differences_are_found_and_additions_are_none() -> None:
    old = {"a": [1, {"b": 2}], "c": None}
    assert differences(old, {"a": [1, {"b": 2, "new": 3}], "c": None, "new": 4}) == []
    assert differences(old, {"a": [1, {"b": 3}], "c": None}) == [".a.1.b: 2 is now 3"]
    assert differences(old, {"a": [1], "c": None}) == [".a: [1, {'b': 2}] is now [1]"]
    assert differences(old, {"a": [1, {}]}) == [".a.1.b: 2 is now 'nothing'", ".c: None is now 'nothing'"]


# ---------------------------------------------------------------------------------------------- what is not known yet


@pytest.fixture
async def later(bus: Bus) -> str:
    """A run as a later version might leave it: known messages with new fields, and messages of new types."""
    (path,) = (path for path in FOUND if path.stem.endswith("-completed"))
    lines = [line async for line in _lines(bus, path)]
    changed = [_with_new_fields(line) for line in lines]
    await bus.runs.write("later", changed)
    events = len([record async for record in bus.log.replay("later") if record.branch == "ev"])
    film, ask = (
        Unknown(type="stepweave.film.made.v1", body={"film": 1}),
        Unknown(type="stepweave.film.asked.v1", body={}),
    )
    await bus.log.command("later", "director", "film", "f1", ask, source="/new")  # type: ignore[arg-type]
    await bus.log.answer("later", "director", "film", "f1", film, source="/new")  # type: ignore[arg-type]
    await bus.log.decide("later", "melted", MELTED, expected=events, source="/new")
    await bus.log.note("later", "reward", Unknown(type="stepweave.reward.v1", body={"points": 3}))
    await bus.log.control("later", Unknown(type="stepweave.run.pause.v1", body={}))
    return "later"


async def _lines(bus: Bus, path: Path) -> AsyncIterator[Line]:
    records = await imported(bus, path)
    async for line in bus.runs.lines(records[0].run):
        yield line


def _with_new_fields(line: Any) -> Any:

    return replace(
        line, body=json.dumps({**json.loads(line.body), "later": {"x": [1]}}, separators=(",", ":")).encode()
    )


async def test_what_is_not_known_changes_nothing_that_is(bus: Bus, later: str) -> None:
    (path,) = (path for path in FOUND if path.stem.endswith("-completed"))
    about = json.loads(path.with_suffix(".json").read_text("utf-8"))
    about["story"]["run"] = "later"
    about["trajectory"][0]["run"] = "later"
    records = [record async for record in bus.log.replay(later)]
    now = json.loads(json.dumps(expected(records)))
    about["state"]["early"] = 1  # the answer to what nobody here commanded
    assert differences({part: about[part] for part in ("state", "story")}, now) == []
    lines = about["trajectory"]
    assert differences(lines, now["trajectory"][: len(lines)]) == []


async def test_what_is_not_known_is_carried_everywhere(bus: Bus, later: str, tmp_path: Path) -> None:
    records = [record async for record in bus.log.replay(later)]
    await export_run(bus.runs, later, tmp_path / "later.zip")
    await bus.runs.remove(later, await bus.log.last_sequence())
    again = await imported(bus, tmp_path / "later.zip")
    assert [(r.type, r.body) for r in again] == [(r.type, r.body) for r in records]
    types = {record.type for record in again}
    assert types >= {"stepweave.film.asked.v1", "stepweave.film.made.v1", "stepweave.run.melted.v2"}
    assert types >= {"stepweave.reward.v1", "stepweave.run.pause.v1"}
    lines = trajectory(again)
    assert all(line["later"] == {"x": [1]} for line in lines if line["line"] == "run")
    known = [line for line in lines if line["line"] == "task" and line["role"] != "director"]
    assert all(line["ask"]["later"] == line["answer"]["later"] == {"x": [1]} for line in known)
    (film,) = (line for line in lines if line.get("role") == "director")
    assert (film["ask_type"], film["answer_type"]) == ("stepweave.film.asked.v1", "stepweave.film.made.v1")
    assert film["answer"] == {"film": 1}
    (melted,) = (record for record in again if record.type == MELTED.type)
    assert [line for line in lines if line["line"] == "unknown"] == [
        {
            "line": "unknown",
            "time": melted.time.isoformat(),
            "kind": "melted",
            "type": "stepweave.run.melted.v2",
            "event": {"warm": True},
        }
    ]
