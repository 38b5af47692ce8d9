"""The command line on a real pipeline, with planner and critic on a chat server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepweave.images import decode
from tests.pipelines.tiny import KLEIN_CALL
from tests.servers.chat import completion, vllm, words_of
from tests.servers.http import serving

pytestmark = pytest.mark.models

PROGRAM = [sys.executable, "-W", "ignore", "-m", "stepweave.app.cli"]
ROOT = Path(__file__).parents[2]
PATHS = os.pathsep.join((str(ROOT), str(Path(__file__).parent / "site")))
PLAN = {
    "execution_plan": [
        {"step_number": 1, "step_name": "Wall", "instruction": "Paint it.", "prompt": "a red wall"},
        {"step_number": 2, "step_name": "Again", "instruction": "Paint it anew.", "prompt": "make the wall teal"},
        {"step_number": 3, "step_name": "Words", "instruction": "Let it dry.", "prompt": None},
    ]
}
NO = {
    "reason": "dark",
    "previous_step_success": False,
    "refine_prompt": "a wall in olive",
    "semantics": 2,
    "quality": 9,
}
YES = {"reason": "as asked", "previous_step_success": True, "refine_prompt": None, "semantics": 9, "quality": 9}


def environment(folder: Path, **env: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STEPWEAVE_", "OPENAI_"))}
    own = {
        "PYTHONPATH": PATHS,
        "STEPWEAVE_HOME": str(folder / "home"),
        "STEPWEAVE_CONFIG": str(folder / "models.toml"),
        **env,
    }
    return {**kept, **own}


def run(folder: Path, config: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    (folder / "models.toml").write_text(config)
    return subprocess.run(
        [*PROGRAM, "run", *words],
        cwd=ROOT,
        env=environment(folder, **env),
        capture_output=True,
        text=True,
        check=False,
    )


def config_of(url: str, folder: Path, dialect: str) -> str:
    call = ", ".join(f"{name} = {json.dumps(value)}" for name, value in KLEIN_CALL.items())
    return f"""
        [agents.chat]
        url = "{url}/v1"
        dialect = "{dialect}"

        [agents."generator.diffusers"]
        model = "{folder}"
        steps = 2
        call = {{ {call} }}
    """


@pytest.mark.parametrize("dialect", ["json", "tags"])
def test_a_story_from_a_language_model_and_a_pipeline(
    dialect: str, tmp_path: Path, model: Callable[[str], Path]
) -> None:
    verdicts = [NO, YES, YES]

    def answer(body: Any) -> Any:
        said = verdicts.pop(0) if "critic of a studio" in words_of(body) else PLAN
        return completion(json.dumps(said) if dialect == "json" else f"<think>Well.</think><answer>{said!r}</answer>")

    with serving(vllm(answer)) as chat:
        out = tmp_path / "story"
        who = ("--planner", "chat", "--critic", "chat", "--generator", "diffusers", "--memory", "none")
        done = run(
            tmp_path,
            config_of(chat.url, model("klein"), dialect),
            *("A wall in two pictures", *who, "--size", "64", "--out", str(out), "--json", "--quiet"),
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "completed"
    assert done.stderr == "", "nothing but the story is told"
    drawn = sorted(out.glob("**/*.png"))
    assert len({path.read_bytes() for path in drawn}) >= 2
    assert all(decode(path.read_bytes()).size == (64, 64) for path in drawn)
    assert b"FLUX" not in drawn[0].read_bytes(), "it says what really drew it"
    assert b"trainedAlgorithmicMedia" in drawn[0].read_bytes()


def test_a_process_on_each_device(tmp_path: Path, model: Callable[[str], Path]) -> None:
    (tmp_path / "models.toml").write_text(config_of("http://127.0.0.1:1", model("klein"), "json"))
    env = environment(tmp_path)
    command = [*PROGRAM, "worker", "generator:diffusers", "--devices", "cpu,cpu:0"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stderr is not None
        try:
            ready = worker.stderr.readline()
            assert "generator:diffusers on each of cpu, cpu:0" in ready
            seen = subprocess.run([*PROGRAM, "doctor"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
            assert "generator:diffusers x2" in seen.stdout
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0


@pytest.mark.parametrize(
    ("roles", "devices", "said"),
    [
        (["generator:sketch"], "cpu", "run generator:sketch in a worker of their own"),
        (["generator:diffusers"], "cpu,,cpu:0", "different devices"),
        (["generator:diffusers"], "cpu,cpu", "different devices"),
        (["generator:diffusers"], "tpu:3", "there is no device 'tpu:3'"),
    ],
)
def test_devices_that_cannot_be(roles: list[str], devices: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text("")
    done = subprocess.run(
        [*PROGRAM, "worker", *roles, "--devices", devices],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (2, 4)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(
        tmp_path, config_of("http://127.0.0.1:1", tmp_path / "empty", "json"), "A wall", "--generator", "diffusers"
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("stepweave: ")
    assert "there is no model_index.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_of_the_hub_without_a_network(tmp_path: Path) -> None:
    done = run(tmp_path, "", "A wall", "--generator", "diffusers", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path / "hub"))
    assert done.returncode == 2
    assert "'black-forest-labs/FLUX.2-klein-4B' is not on this disk" in done.stderr
    assert "Traceback" not in done.stderr
