"""The command line on models: a request becomes a storyboard over two servers, neither of which is ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.servers.chat import completion, vllm, words_of
from tests.servers.http import serving
from tests.servers.images import painter

PLAN = {
    "execution_plan": [
        {"step_number": 1, "step_name": "Wall", "instruction": "Paint it.", "prompt": "a red wall"},
        {"step_number": 2, "step_name": "Again", "instruction": "Paint it anew.", "prompt": "make the wall teal"},
    ]
}
NO = {
    "reason": "too dark",
    "previous_step_success": False,
    "refine_prompt": "a wall in olive",
    "semantics": 2,
    "quality": 9,
}
YES = {"reason": "as asked", "previous_step_success": True, "refine_prompt": None, "semantics": 9, "quality": 9}


def command(folder: Path, config: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "models.toml").write_text(config)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STEPWEAVE_", "OPENAI_"))}
    env = {**kept, "STEPWEAVE_HOME": str(folder / "home"), "STEPWEAVE_CONFIG": "models.toml", "MY_KEY": "sk-secret-99"}
    return subprocess.run(
        [sys.executable, "-m", "stepweave.app.cli", "run", *words],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("dialect", ["json", "tags"])
def test_a_story_over_two_servers(tmp_path: Path, dialect: str) -> None:
    verdicts = [NO, YES, YES]

    def answer(body: Any) -> Any:
        said = verdicts.pop(0) if "critic of a studio" in words_of(body) else PLAN
        text = json.dumps(said) if dialect == "json" else f"<think>Well.</think><answer>{said!r}</answer>"
        return completion(text)

    with serving(vllm(answer)) as chat, serving(painter()) as images:
        config = f"""
            [agents.chat]
            url = "{chat.url}/v1"
            key_env = "MY_KEY"
            dialect = "{dialect}"
            [agents."generator.images-api"]
            url = "{images.url}/v1"
            key_env = "MY_KEY"
            model = "painter"
        """
        words = ("--planner", "chat", "--critic", "chat", "--generator", "images-api", "--size", "256")
        done = command(
            tmp_path, config, "paint a wall", *words, "--memory", "off", "--out", "made", "--json", "--quiet"
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert {request.headers["authorization"] for request in images.requests} == {"Bearer sk-secret-99"}
        assert [request.path.rpartition("/")[2] for request in images.requests] == [
            "generations",
            "generations",
            "edits",
        ]
    result = json.loads(done.stdout)
    assert (result["status"], result["steps"], result["candidates"]) == ("completed", 2, 3)
    colours = [Image.open(tmp_path / "made" / "images" / f"step-0{n}.png").getpixel((9, 9)) for n in (1, 2)]
    assert colours == [(128, 128, 0), (0, 128, 128)]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"sk-secret-99" not in kept


def test_a_folder_must_not_choose_where_a_key_is_sent(tmp_path: Path) -> None:
    (tmp_path / "stepweave.toml").write_text('[agents.chat]\nurl = "http://127.0.0.1:9/v1"\n')
    done = command(tmp_path, "", "paint a wall", "--planner", "chat")
    assert done.returncode == 2
    assert "agents.chat.url may not be set in stepweave.toml" in done.stderr
