"""The whole thing as a newcomer meets it: one command, the embedded server and the embedded agents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stepweave.app import exits


def run(folder: Path, home: str, *words: str) -> dict[str, Any]:
    """Call ``stepweave run`` in a folder; gives its JSON with the story."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
    done = subprocess.run(
        [sys.executable, "-m", "stepweave.app.cli", "run", *words, "--json", "--quiet"],
        cwd=folder,
        env={**kept, "STEPWEAVE_HOME": str(folder / home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_pictures_in_words_and_alt_texts_too(tmp_path: Path) -> None:
    words = ("How do I draw a house, step by step?", "--seed", "7", "--fault-rate", "0.3")
    results = [run(tmp_path, name, *words, "--out", f"made-{name}") for name in ("one", "two")]
    assert all(result["status"] == "completed" and result["steps"] >= 3 for result in results)
    first, second = (_files(tmp_path / result["out"] / "images") for result in results)
    assert first == second
    story = json.loads((tmp_path / "made-one" / "story.json").read_text())
    for part in story["parts"]:
        if part["kind"] == "image":
            with Image.open(tmp_path / "made-one" / part["image"]["path"]) as image:
                assert part["image"]["alt"].encode() in image.info["xmp"]
                assert image.size == (part["image"]["width"], part["image"]["height"])


@pytest.mark.slow
def test_a_run_goes_on_from_a_picture_of_another(tmp_path: Path) -> None:
    made = run(tmp_path, "home", "draw a small red circle", "--fault-rate", "0", "--size", "256", "--out", "first")
    assert made["steps"] == 1
    picture = tmp_path / "first" / "images" / "step-01.png"
    words = ("make the circle blue", "--image", str(picture), "--fault-rate", "0", "--size", "256", "--out", "second")
    assert run(tmp_path, "home", *words)["status"] == "completed"
    before, after = (Image.open(path).convert("RGB") for path in (picture, tmp_path / "second/images/step-01.png"))
    middle = (128, 128)
    assert before.getpixel(middle)[0] > before.getpixel(middle)[2]
    assert after.getpixel(middle)[2] > after.getpixel(middle)[0]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("words", [("runs", "show", "last"), ("runs", "list")], ids=" ".join)
def test_output_that_nobody_reads_ends_a_command_quietly(tmp_path: Path, words: tuple[str, ...]) -> None:
    run(tmp_path, "home", "Draw a circle", "--seed", "3", "--out", "made")
    reading, writing = os.pipe()
    os.close(reading)
    code = "from stepweave.app.cli import main; raise SystemExit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "STEPWEAVE_HOME": str(tmp_path / "home")},
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (exits.INTERRUPTED, "")
