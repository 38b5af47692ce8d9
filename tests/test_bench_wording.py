"""How freely worded requests are graded, and that what is planned as it is meant stays so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.wording.__main__ import SETS, main, read
from benchmarks.wording.grading import Worded, faults, unreadable

LEAST = 88
"""How many of a set of a hundred must be planned as they are meant, now that the planner was mended for them."""


def worded(request: str, **meant: object) -> Worded:
    return Worded.read({"request": request, **meant})


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (worded("a cat, then a dog next to it", meant=["A cat.", "Add a dog next to the cat."]), ""),
        (worded("a cat, then a dog next to it", meant=["A dog.", "Add a cat next to the dog."]), "picture 1"),
        (worded("a cat, then a dog next to it", meant=["A cat and a dog next to the cat."]), "2 pictures, not 1"),
        (worded("a cat, then a dog next to it", meant=["A bee."], alternatives=[["A cat.", "Add a dog."]]), ""),
        (worded("separate pictures: a cat, a dog", meant=["A cat.", "new: A dog."]), ""),
        (worded("separate pictures: a cat, a dog", meant=["A cat.", "Add a dog."]), "picture 2"),
        (worded("a cat, then a dog", meant=["A cat.", "new: A dog."]), "picture 2"),
        (worded("a red cat", meant=["A cat."]), "picture 1"),
        (worded("a giraffe", meant=["A cat."]), "refused"),
        (worded("how do I draw a red boat?", lesson="a red boat"), ""),
        (worded("how do I draw a red boat?", lesson="a blue boat"), "in the end"),
        (worded("how do I draw a red boat?", lesson="a red boat", pictures=3), "4 steps, not 3"),
        (worded("draw a boat", lesson="a boat"), "no lesson"),
        (worded("a story about a cat in 3 pictures", story=["cat"], pictures=3), ""),
        (worded("a story about a cat in 3 pictures", story=["train"], pictures=3), "there is never a train"),
        (worded("a story about a cat in 3 pictures", story=["cat"], pictures=4), "3 pictures, not 4"),
        (worded("what can you draw?", answer=True), ""),
        (worded("draw a cat", answer=True), "pictures where words are wanted"),
    ],
    ids=lambda value: value.request if isinstance(value, Worded) else value or "right",
)
def test_a_plan_is_held_against_what_is_meant(one: Worded, fault: str) -> None:
    found = faults(one)
    assert found.startswith(fault) if fault else found == ""


@pytest.mark.parametrize("line", [{}, {"meant": ["A cat."], "answer": True}, {"story": []}])
def test_a_line_must_tell_one_thing_that_is_meant(line: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="say either meant, lesson, story or answer"):
        worded("a cat", **line)


@pytest.mark.parametrize("meant", [["A giraffe."], ["A cat.", "Move the dog to the left."]])
def test_what_is_meant_must_be_drawable(meant: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert unreadable(worded("an animal", meant=meant))
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"request": "an animal", "meant": meant}), encoding="utf-8")
    assert main(["--check", str(path)]) == 1
    assert "a: 0 of 1" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_most_of_every_set_is_planned_as_it_is_meant(path: Path) -> None:
    found = read(path)
    wrong = [f"{one.request}: {why}" for one in found if (why := faults(one))]
    assert len(found) - len(wrong) >= LEAST, "\n".join(wrong)
