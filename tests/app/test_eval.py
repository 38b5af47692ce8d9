"""``stepweave eval``: figures from runs through the real framework."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from stepweave.app.cli import main


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "stepweave.app.cli", "eval", "sketchbook", *words]


def evaluate(folder: Path, *words: str) -> dict[str, Any]:
    """Call ``stepweave eval`` with small pictures; gives its JSON."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
    done = subprocess.run(
        command(*words, "--size", "192", "--json", "--quiet"),
        cwd=folder,
        env={**kept, "STEPWEAVE_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (folder / "home").exists()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_without_faults_lessons_and_stories_are_right(tmp_path: Path) -> None:
    found = evaluate(tmp_path, "--n", "16", "--seed", "3", "--fault-rate", "0", "--critic", "none", "--memory", "off")
    assert found["n"] == 16
    assert found["kinds"]["lessons"] == found["kinds"]["stories"] == {"n": 2, "sequences_right": 1.0}
    assert found["attempts_per_step"] == 1
    assert found["critic"]["precision"] is None
    assert found["settings"]["critics"] == []
    assert {failure["index"] for failure in found["failures"]} <= set(range(16))
    assert len(found["failures"]) == round(16 * (1 - found["sequences_right"]))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures_with_any_number_of_workers(tmp_path: Path) -> None:
    words = ("--n", "12", "--seed", "4", "--attempts", "3", "--memory", "on")
    one, two = (evaluate(tmp_path, *words, "--workers", workers) for workers in ("1", "2"))
    for found in (one, two):
        del found["seconds"], found["generator_seconds"], found["settings"]["workers"]
    assert one == two
    assert one["settings"]["policy"] == "sequential(3)"
    assert one["critic"]["judged"] == one["generator_calls"] > 12


@pytest.mark.slow
def test_it_can_be_interrupted(tmp_path: Path) -> None:
    home = {**os.environ, "STEPWEAVE_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command("--n", "300"), env=home, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        while not list(tmp_path.glob("stepweave-eval-*/nats/server.pid")):
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
        assert running.wait() == 130
    assert said.splitlines()[-1] == "stepweave: interrupted"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sketchboook"], "did you mean sketchbook?"),
        (["sketchbook", "--n", "0"], "'0' is not a number from 1"),
        (["sketchbook", "--n", "1000000"], "--n 1000000 is not possible; choose 1 to 100000"),
        (["sketchbook", "--split", "tset"], "did you mean test?"),
        (["sketchbook", "--attempts", "3", "--policy", "sequential(2)"], "--attempts goes with no --policy"),
        (["sketchbook", "--attempts", "2000"], "choose 1 to 1000"),
        (["sketchbook", "--fault-rate", "2"], "--fault-rate 2 is not between 0 and 1"),
        (["sketchbook", "--size", "big"], "run.size = 'big' (command line)"),
    ],
)
def test_mistakes_are_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["eval", *words])
    except SystemExit as error:
        code = error.code
    assert code == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
