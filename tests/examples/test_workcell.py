"""The example of a robot that is guided by pictures, as its reader would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

SCRIPT = Path(__file__).parents[2] / "examples" / "workcell" / "workcell.py"


def _run(folder: Path, *options: str) -> list[str]:
    command = [sys.executable, str(SCRIPT), str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_without_failures_every_step_is_done_at_once(tmp_path: Path) -> None:
    told = _run(tmp_path, "--failure-rate", "0")
    assert [line for line in told if "try" in line] == ["   try 1: done"] * 5
    assert len(list(tmp_path.glob("step*-goal.png"))) == 5


@pytest.mark.parametrize("seed", ["1", "2"])
def test_what_failed_is_tried_again_until_it_is_done(tmp_path: Path, seed: str) -> None:
    told = _run(tmp_path, "--failure-rate", "0.5", "--seed", seed)
    tries = [line for line in told if "try" in line]
    assert len(tries) > 5
    assert sum(line.endswith("done") for line in tries) == 5
    with Image.open(tmp_path / "step5-goal.png") as goal, Image.open(tmp_path / "step5-try1.png") as frame:
        assert goal.size == frame.size
