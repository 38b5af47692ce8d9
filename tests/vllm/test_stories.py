"""Whole stories: planner and critic on real vLLM, pictures by a tiny real pipeline, in both dialects."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stepweave.images import decode
from tests.pipelines import tiny

pytestmark = pytest.mark.vllm

ROOT = Path(__file__).parents[2]
WHO = ("--generator", "diffusers", "--memory", "none", "--size", "64", "--json", "--quiet")


def config(who: str, dialect: str, klein: Path, extra: str) -> str:
    call = ", ".join(f"{name} = {json.dumps(value)}" for name, value in tiny.KLEIN_CALL.items())
    return f"""
        [agents.{who}]
        dialect = "{dialect}"
        temperature = 0.0
        record = "all"
        {extra}

        [agents."generator.diffusers"]
        model = "{klein}"
        steps = 2
        call = {{ {call} }}
    """


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STEPWEAVE_", "OPENAI_"))}
    own = {"STEPWEAVE_HOME": str(folder / "home"), "STEPWEAVE_CONFIG": str(folder / "models.toml")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "stepweave.app.cli", *words],
        cwd=ROOT,
        env={**kept, **own},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.saved("klein", tmp_path_factory.mktemp("klein"))


@pytest.mark.parametrize("dialect", ["json", "tags"])
@pytest.mark.parametrize("who", ["chat", "vllm"])
def test_a_story(who: str, dialect: str, tmp_path: Path, klein: Path, request: Any, taught: Path) -> None:
    if who == "chat":
        extra = f'url = "{request.getfixturevalue("server")}"'
    else:
        extra = f'model = "{taught}"\ndtype = "float32"\ncontext = 8192\nengine = {{ enforce_eager = true }}'
    (tmp_path / "models.toml").write_text(config(who, dialect, klein, extra))
    out = tmp_path / "story"
    agents = ("--planner", who, "--critic", who, *WHO, "--out", str(out))
    done = run(tmp_path, "run", "A robot stacks two cups", *agents)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout)
    assert (told["status"], told["steps"], told["candidates"]) == ("completed", 2, 2)
    drawn = sorted(out.glob("images/step-0?.png"))
    assert [decode(path.read_bytes()).size for path in drawn] == [(64, 64), (64, 64)]
    log = run(tmp_path, "runs", "watch", "last", "--json")
    assert log.returncode == 0, log.stderr
    calls = [call for line in log.stdout.splitlines() for call in _calls(json.loads(line))]
    assert len(calls) == 3, "a plan and two verdicts"
    assert all(len(call["ids"]) == len(call["logprobs"]) == call["completion_tokens"] for call in calls)
    assert all(call["version"].startswith("vLLM") and not call.get("fault") for call in calls)


def _calls(line: Any) -> list[Any]:
    """All calls anywhere in a line of the log."""
    if isinstance(line, dict):
        own = line.get("calls") if isinstance(line.get("calls"), list) else []
        return [*own, *(call for key, value in line.items() if key != "calls" for call in _calls(value))]
    return [call for value in line for call in _calls(value)] if isinstance(line, list) else []
