"""The commands of docs/security.md, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stepweave.bus.program import find_program
from tests.security.guarded import free_port

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


def program(folder: Path, name: str, command: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    (folder / name).chmod(0o755)


@pytest.mark.slow
def test_the_commands_lead_to_a_storyboard(tmp_path: Path) -> None:
    block = re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)[0]
    *begin, last = block.strip().splitlines()
    assert last.endswith('stepweave run "How do I draw a house, step by step?"')
    begin[0] += f" --port {free_port()}"  # 4222 may be another's
    program(tmp_path / "bin", "stepweave", f"{sys.executable} -m stepweave.app.cli")
    program(tmp_path / "bin", "nats-server", str(find_program()))
    ready = (
        "until STEPWEAVE_CONFIG=keys/client.toml stepweave doctor | grep -q 'planner:rules x1, recorder x1'; do :; done"
    )
    lines = ["set -e", "trap 'kill $(jobs -p)' EXIT", *begin, ready, last]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
    environ = kept | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "STEPWEAVE_HOME": str(tmp_path / "home")}
    with (tmp_path / "told").open("w") as told:
        done = subprocess.run(["bash", "-c", "\n".join(lines)], cwd=tmp_path, env=environ, stdout=told, stderr=told)
    assert done.returncode == 0, (tmp_path / "told").read_text()
    assert (tmp_path / "told").read_text().rstrip().count("story.html") == 1
