"""The benchmark of the log: its runs are what the policies make, and a small one of it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.log.history import history, records
from stepweave.messages import Decided
from stepweave.policies.decide import decide
from stepweave.policies.state import replay

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("length", [1, 10, 100, 1000])
def test_a_history_is_a_run_under_way(length: int) -> None:
    told = history(length)
    state = replay("r", records(told, "r"))
    assert len(told) == length
    assert state.requested is not None
    assert state.outcome is None
    assert not any(isinstance(each.message, Decided) and each.message.outcome for each in told)


def test_a_history_holds_what_would_be_decided() -> None:
    found = list(records(history(9), "r"))
    assert decide(replay("r", found[:7]), found[6].time) == found[7].message


def test_a_small_benchmark_tells_all_its_figures(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench-log -->\n<!-- /bench-log -->\nafter\n")
    words = ("--runs", "20", "--length", "30", "--folds", "2", "--page", str(page))
    subprocess.run(
        [sys.executable, "-m", "benchmarks.log", *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert "| unfinished runs in the log | 20 |" in page.read_text()
    assert "first decision about a new run" in page.read_text()
