"""``stepweave trajectories``: data sets as people make them."""

from __future__ import annotations

import json

import pytest

from stepweave.app.commands import trajectories
from stepweave.app.failures import UsageError
from stepweave.app.parser import build
from tests.app.crew import NAMES
from tests.app.place import Place

pytestmark = pytest.mark.anyio


@pytest.fixture
async def run(place: Place) -> str:
    """A run that has ended."""
    done = await place.call("run", "paint", *NAMES, "--quiet", "--json", "--size", "64")
    assert done.code == 0, done.err
    name: str = json.loads(done.out)["run"]
    return name


async def test_a_data_set_is_built_brought_up_to_date_and_verified(place: Place, run: str) -> None:
    first = await place.call("trajectories", "build", "--out", "data", "--json")
    assert first.code == 0, first.err
    built = json.loads(first.out)
    assert built["lines"] > 3
    assert built["pictures"] > 0
    again = await place.call("trajectories", "build", "--out", "data")
    assert (again.code, again.out) == (0, "data\n")
    assert "0 messages read, 0 pictures added" in again.err
    verified = await place.call("trajectories", "build", "--out", "data", "--verify", "--quiet")
    assert (verified.code, verified.out) == (0, "")
    assert verified.err == "built again from the log, it is the same, bit for bit\n"
    (part,) = (place.folder / "data" / "lines").iterdir()
    part.write_bytes(b"nonsense")
    broken = await place.call("trajectories", "build", "--out", "data", "--verify", "--quiet", "--json")
    assert broken.code == 1
    assert json.loads(broken.out)["differences"] == [f"lines/{part.name} was changed since it was built"]


async def test_what_is_in_a_data_set_is_told(place: Place, run: str) -> None:
    await place.call("trajectories", "build", "--out", "data", "--quiet", "--without-pictures")
    assert not (place.folder / "data" / "pictures").exists()
    done = await place.call("trajectories", "stats", "data", "--json")
    stats = json.loads(done.out)
    assert (stats["runs"], stats["outcomes"]) == (1, {"completed": 1})
    assert stats["drawn"] >= stats["judged"] >= stats["accepted"] > 0
    shown = await place.call("trajectories", "stats", "data")
    assert "outcomes     completed 1\n" in shown.out


async def test_a_run_is_shown_line_by_line_out_of_the_log(place: Place, run: str) -> None:
    done = await place.call("trajectories", "show", "last")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert (lines[0]["line"], lines[0]["run"], lines[-1]["line"]) == ("run", run, "outcome")


async def test_mistakes_are_told_with_what_to_do(place: Place) -> None:
    done = await place.call("trajectories", "stats", "nothing")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "stepweave: nothing: there is no data set; build one with `stepweave trajectories build --out DIR`\n"
    )
    (place.folder / "mine").mkdir()
    (place.folder / "mine" / "thesis.tex").write_text("mine")
    done = await place.call("trajectories", "build", "--out", "mine")
    assert (done.code, done.err) == (
        2,
        "stepweave: mine: there are other things in it; choose an empty folder with --out\n",
    )
    (place.folder / "a file").write_text("mine")
    done = await place.call("trajectories", "build", "--out", "a file")
    assert (done.code, done.err) == (2, "stepweave: a file: it is no folder; choose another name with --out\n")
    assert [path.name for path in (place.folder / "mine").iterdir()] == ["thesis.tex"]


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trajectories, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'stepweave\[data\]'"):
        trajectories.main(build().parse_args(["trajectories", "stats", "x"]))
