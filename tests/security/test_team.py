"""The embedded team at work on a server where each may only do its own part: real processes, real credentials."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.security.certificates import made
from tests.security.guarded import WORKERS, Guarded

STARTUP = 60.0
"""Seconds for seven processes to come up on a busy machine."""


def stepweave(server: Guarded, role: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(*words), env=_environ(server, role), capture_output=True, text=True, check=False)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "stepweave.app.cli", *words]


def _environ(server: Guarded, role: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
    return kept | server.environ(role)


@contextmanager
def working(server: Guarded, role: str, log: Path) -> Iterator[None]:
    """A worker, from when it is ready until it was told to stop; it has nothing to complain about."""
    with log.open("w") as out:
        process = subprocess.Popen(_command("worker", role), env=_environ(server, role), stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + STARTUP
        while "ready at" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait()
    assert process.returncode == 0, log.read_text()
    assert [line for line in log.read_text().splitlines() if not line.startswith(("ready at", "stopped"))] == []


@pytest.mark.slow
def test_the_team_completes_a_run_by_keys_and_tls(make_guarded: Callable[..., Guarded], tmp_path: Path) -> None:
    """By passwords it does so in test_docs.py."""
    pytest.importorskip("nkeys")
    own = made(tmp_path / "certificates")
    words = ("--nkeys", "--tls", str(own.server), str(own.server_key), str(own.authority))
    server = make_guarded(*words)
    assert stepweave(server, "admin", "queues", "make", *WORKERS).returncode == 0
    with ExitStack() as stack:
        for role in (*WORKERS, "orchestrator", "recorder"):
            stack.enter_context(working(server, role, tmp_path / f"{role}.log"))
        asked = ("run", "How do I draw a house, step by step?", "--seed", "2", "--json", "--quiet")
        done = stepweave(server, "client", *asked, "--size", "256", "--out", str(tmp_path / "out"))
        assert (done.returncode, done.stderr) == (0, "")
        result = json.loads(done.stdout)
        assert (result["status"], result["steps"]) == ("completed", 5)
        asked = ("run", "draw a red circle", "--priority", "background", "--json", "--quiet", "--size", "64")
        done = stepweave(server, "client", *asked, "--out", str(tmp_path / "circle"))
        assert (done.returncode, done.stderr) == (0, "")
        listed = json.loads(stepweave(server, "client", "runs", "list", "--json").stdout)
        assert [run["status"] for run in listed] == ["completed"] * 2
        checked = json.loads(stepweave(server, "client", "doctor", "--json").stdout)
        (found,) = [check["found"] for check in checked["checks"] if check["name"] == "workers"]
        assert all(role in found for role in (*WORKERS, "orchestrator", "recorder"))
        trajectories = server.folder / "home" / "recorder" / "trajectories"
        deadline = time.monotonic() + STARTUP
        while not (trajectories / "dataset.json").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_a_worker_without_a_queue_is_told_who_makes_it(make_guarded: Callable[..., Guarded]) -> None:
    server = make_guarded()
    done = stepweave(server, "generator:sketch", "worker", "generator")
    assert done.returncode == 4
    assert "There is no queue for generator:sketch" in done.stderr
    assert "`stepweave queues make generator:sketch`" in done.stderr


def test_with_the_credentials_of_another_role_nobody_works(make_guarded: Callable[..., Guarded]) -> None:
    server = make_guarded()
    assert stepweave(server, "admin", "queues", "make", *WORKERS).returncode == 0
    done = stepweave(server, "generator:sketch", "worker", "critic")
    assert done.returncode == 4
    assert "The NATS server refuses a subject" in done.stderr


@pytest.mark.parametrize("agents", ["here", "auto"])
def test_a_client_runs_no_agents(make_guarded: Callable[..., Guarded], tmp_path: Path, agents: str) -> None:
    server = make_guarded()
    assert stepweave(server, "admin", "queues", "make", *WORKERS).returncode == 0
    done = stepweave(server, "client", "run", "a sun", "--agents", agents, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "these settings may not run planner:rules" in done.stderr
    assert json.loads(stepweave(server, "client", "runs", "list", "--json").stdout) == []


def test_doctor_knows_that_a_worker_may_not_read_the_log(make_guarded: Callable[..., Guarded]) -> None:
    server = make_guarded()
    assert stepweave(server, "admin", "queues", "make", *WORKERS).returncode == 0
    done = stepweave(server, "generator:sketch", "doctor", "--json")
    assert done.returncode == 0
    assert "may not read the log" in done.stdout
