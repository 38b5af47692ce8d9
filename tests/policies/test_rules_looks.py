"""Characters keep their looks: within a run, and across runs as far as the memory knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stepweave.agents.notebook import Notebook
from stepweave.messages import Note, Recall
from tests.policies.planned import prompts, refusal, scene_after, steps

SEEN = Note(kind="canvas", step=2, text="A small black cat with green ears on the left, on a pink background.")


@pytest.mark.parametrize(
    "request_",
    [
        "draw the same cat again, now at the top",
        "Draw the cat from last time at the top.",
        "the same cat as before, but now at the top",
        "Draw the cat you drew yesterday at the top, please",
        "draw our cat again at the top",
        "Draw the same kitty once more at the top",
        "continue with the same cat at the top",
    ],
)
def test_a_thing_from_an_earlier_run_looks_as_it_did(request_: str) -> None:
    assert prompts(request_, notes=(SEEN,)) == ["A small black cat at the top with green ears."]


def test_a_lesson_can_be_about_a_thing_from_before() -> None:
    (cat,) = scene_after(steps("How do I draw the same cat again?", notes=(SEEN,))).items
    assert (cat.colour, dict(cat.part_colours)["ears"]) == ("black", "green")


def test_what_nobody_remembers_is_asked_for() -> None:
    refused = refusal("draw the same dog again", notes=(SEEN,))
    assert "no dog from before is remembered" in refused.reason
    assert 'say how it looks: "a black dog"' in refused.remedy


def test_the_cat_of_this_request_goes_before_the_one_of_an_earlier_run() -> None:
    planned = prompts("draw a red cat. then draw a new picture of the same cat with a tree", notes=(SEEN,))
    assert planned == ["A red cat.", "A red cat and a tree."]


def test_a_new_picture_shows_things_as_they_were_when_last_drawn() -> None:
    planned = steps("1. draw a cat 2. paint the ears blue 3. on a new page: the cat with a boat 4. make the cat bigger")
    assert planned[2].prompt == "An orange cat with blue ears and a boat."
    assert not planned[2].sources


def test_the_same_thing_in_the_same_picture_is_that_thing() -> None:
    assert prompts("draw a small red cat; add a boat; move the same cat to the left") == [
        "A small red cat.",
        "Add a boat.",
        "Move the cat to the left.",
    ]
    assert prompts("paint the same cat blue", inputs=1) == ["Paint the cat blue."]


def test_the_memory_of_a_real_run_is_enough(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "memory.sqlite")
    request = "draw the same cat again at the top"
    notebook.remember("r1", "remember-s1c1", [Note(kind="canvas", text="An orange cat, on a white background.")])
    notebook.remember("r2", "remember-s2c1", [SEEN, Note(kind="accepted", step=2, text="A small black cat.")])
    notes = notebook.recall("r3", Recall(text=request, kinds=("canvas", "cure")))
    assert prompts(request, notes=notes) == ["A small black cat at the top with green ears."]
    notebook.close()
