"""Storms as `make chaos` has them, only shorter."""

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

from benchmarks.chaos.checking import RULES
from benchmarks.chaos.faults import kinds
from benchmarks.chaos.judging import rule_name

ROOT = Path(__file__).parents[2]
BOUND = 60.0
"""Seconds any test waits for processes to come or go."""


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.chaos", "--keep", str(folder), *words]


def stormed(folder: Path, *words: str) -> dict[str, Any]:
    """What came of a storm; fails with all that was said if not everything held."""
    figures = folder / "figures.json"
    done = subprocess.run(
        command(folder, "--json", str(figures), *words), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    (found,) = json.loads(figures.read_text())
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("broker", "nodes", "minutes"), [("single", 1, "0.35"), ("cluster", 3, "0.3")])
def test_runs_survive_anything(broker: str, nodes: int, minutes: str, tmp_path: Path) -> None:
    words = ("--broker", broker, "--minutes", minutes, "--every", "0.8", "--runs", "12", "--drain", "300")
    found = stormed(tmp_path, *words)
    assert found["offences"] == []
    assert found["calm"]
    assert set(found["faults"]) <= set(kinds(nodes))
    assert set(found["faults"]) >= {kind for kind in kinds(nodes) if kind.startswith(("worker", "orchestrator"))}
    assert any(kind.startswith(("server", "node", "leader")) for kind in found["faults"])
    assert found["redelivered"] > 0
    assert sum(found["outcomes"].values()) == found["runs"] >= 12
    assert {rule_name(rule) for rule in RULES} <= set(found["checked"])


def processes_of(folder: Path) -> set[int]:
    """Every process that has to do with a folder, by its command line or its environment."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in known:
            found.add(int(process.name))
    return found


def wait_until_empty(folder: Path) -> None:
    deadline = time.monotonic() + BOUND
    while left := processes_of(folder):
        assert time.monotonic() < deadline, f"{left} are still there"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL], ids=lambda sign: sign.name)
def test_nothing_outlives_a_storm(sign: signal.Signals, tmp_path: Path) -> None:
    log = tmp_path / "single" / "generator-1.log"
    with subprocess.Popen(command(tmp_path, "--broker", "single"), cwd=ROOT, stderr=subprocess.DEVNULL) as storm:
        deadline = time.monotonic() + BOUND
        while not (log.exists() and "ready at" in log.read_text()):
            assert time.monotonic() < deadline, "it does not begin"
            time.sleep(0.05)
        assert len(processes_of(tmp_path)) >= 10
        storm.send_signal(sign)
    wait_until_empty(tmp_path)
