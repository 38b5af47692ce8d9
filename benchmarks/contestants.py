"""Running a contestant of a comparison: in a process of its own, with an empty server and an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.bus.server import serving

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600.0
"""Seconds after which a contestant counts as stuck."""


def told(name: str, module: str, python: str, words: Sequence[str], *, nats: bool) -> dict[str, Any]:
    """What a contestant reports.

    Args:
        name: for errors.
        module: to be run.
        python: the interpreter that has what it needs.
        words: its arguments, besides the address of the server and its folder.
        nats: whether it uses a server.

    Raises:
        RuntimeError: it failed; the text is what it said.
    """
    server = serving() if nats else nullcontext("")
    with server as url, tempfile.TemporaryDirectory() as folder:
        command = [python, "-m", module, *words, "--nats", url, "--folder", folder]
        environment = {**os.environ, "AUTOGEN_DISABLE_RUNTIME_TRACING": "true", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said
