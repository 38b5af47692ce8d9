"""The audit of what is pinned: what it finds, and that it stands in nobody's way without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "constraints" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(name: str, *holes: str, mended: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "version": "1", "vulns": [{"id": hole, "fix_versions": list(mended)} for hole in holes]}


SKIPPED = {"name": "odd", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "why", "status", "said"),
    [
        ({"dependencies": [package("a"), package("b")]}, "", 0, "no known hole in 2 packages"),
        ({"dependencies": [package("a"), SKIPPED]}, "", 0, "not known: odd"),
        ({"dependencies": [package("a", "X-1", mended=("2", "3"))]}, "", 1, "a 1: X-1, mended in 2, 3"),
        ({"dependencies": [package("a", "X-1"), SKIPPED]}, "", 1, "mended in no version yet"),
        ({"dependencies": [SKIPPED, SKIPPED]}, "", 0, "audit skipped: the advisories cannot be had (the package index"),
        (None, "no route to host", 0, "audit skipped: the advisories cannot be had (no route to host)"),
    ],
)
def test_what_is_known_decides(
    audit: ModuleType, answer: dict[str, Any] | None, why: str, status: int, said: str
) -> None:
    got, lines = audit.judge(answer, why)
    assert got == status
    assert said in "\n".join(lines)


def test_without_a_network_it_stands_in_nobodys_way(tmp_path: Path) -> None:
    pytest.importorskip("pip_audit")
    pins = tmp_path / "pins.txt"
    pins.write_text("idna==3.20\n")
    environ = {
        "PATH": "",
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "HOME": str(tmp_path),
    }
    done = subprocess.run([sys.executable, SCRIPT, pins], env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("audit skipped: the advisories cannot be had (")
