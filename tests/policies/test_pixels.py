"""The embedded critic, case by case: what is accepted, what is named as wrong, and in which words."""

from __future__ import annotations

import pytest

from stepweave.messages import Fault, Note
from stepweave.policies.pixels import CannotJudge, judge
from stepweave.world.language import insist, parse
from stepweave.world.scene import Scene
from tests.policies.pictures import aspects, drawn, picture, verdict

RIGHT = [
    ("a red house on the left", ""),
    ("three small yellow stars at the top", ""),
    ("a blue square and a tiny pink heart inside the square", ""),
    ("the walls of a house", ""),
    ('write "Hello" at the bottom', ""),
    ("add a red roof to the house", "the walls of a blue house"),
    ("move the cat to the top left", "an orange cat in the middle and a tree on the right"),
    ("remove the tree", "an orange cat on the left and a tree on the right"),
    ("make the circle bigger", "a small red circle in the middle"),
    ("paint the sail of the boat green", "a boat in the middle"),
    ("make the background blue", "a boat in the middle"),
    ('paint the text "Hello" red', 'write "Hello" at the top'),
]


@pytest.mark.parametrize(("prompt", "first"), RIGHT)
@pytest.mark.parametrize("size", [(512, 512), (640, 384), (256, 256)])
def test_what_was_asked_for_is_accepted(prompt: str, first: str, size: tuple[int, int]) -> None:
    judged = verdict(prompt, prompt, first, size)
    assert judged.accepted, judged.reason
    assert judged.scores.overall == 10
    assert judged.refined_prompt is None


WRONG = [
    ("a red house on the left", "a blue house on the left", "", "colour"),
    ("a red house on the left", "a red house on the right", "", "place"),
    ("a small red circle", "a large red circle", "", "size"),
    ("three yellow stars", "four yellow stars", "", "count"),
    ("three yellow stars", "two yellow stars", "", "count"),
    ("a tree and a red circle", "a tree", "", "missing"),
    ("a tree", "a tree and a red circle", "", "extra"),
    ("a red circle on a blue background", "a red circle on a green background", "", "colour"),
    ("a star to the left of the tree", "a star to the right of the tree", "a tree in the middle", "place"),
    ("add a red roof to the house", "add a green roof to the house", "the walls of a house", "colour"),
    ("add a red roof to the house", "add a door to the house", "the walls of a house", "missing"),
    ("move the cat to the top left", "move the cat to the bottom", "a small cat", "place"),
    ("make the circle bigger", "make the circle tiny", "a small red circle", "size"),
    ("add a star at the top", "add a star at the top. remove the cat", "a small cat at the bottom", "damaged"),
    ("add a star at the top", "add a star at the top. paint the cat blue", "a small cat at the bottom", "damaged"),
    ("remove the cat", "add a star at the top", "a small cat at the bottom", "extra"),
    ('write "Hello" at the top in red', 'write "Hello" at the top in green', "", "colour"),
]


@pytest.mark.parametrize(("prompt", "instead", "first", "aspect"), WRONG)
def test_what_went_wrong_is_named(prompt: str, instead: str, first: str, aspect: str) -> None:
    judged = verdict(prompt, instead, first)
    assert not judged.accepted
    assert aspect in aspects(judged), judged.faults
    assert judged.scores.overall < 10


def test_a_fault_names_what_was_expected_and_what_was_found() -> None:
    judged = verdict("a red house on the left", "a blue house on the left")
    assert judged.faults == (Fault(aspect="colour", subject="house", expected="red", found="blue"),)
    assert judged.reason == "The house is blue, but it should be red."


def test_a_refinement_insists_on_what_was_wrong_and_keeps_what_was_insisted_on() -> None:
    prompt, wrong = "a red house on the left", picture(drawn("a blue house on the left"))
    first = judge(prompt, prompt, None, wrong)
    assert first.refined_prompt is not None
    (operation,) = parse(first.refined_prompt).operations
    assert operation.precise == ("colour",)
    second = judge(prompt, first.refined_prompt, None, picture(drawn("a red house on the right")))
    assert second.refined_prompt is not None
    (operation,) = parse(second.refined_prompt).operations
    assert operation.precise == ("colour", "place")


def test_a_known_cure_is_used() -> None:
    prompt = "a red house on the left"
    cure = insist(insist("Add a tree and a blue house exactly on the left.", "colour", "house"), "colour", "house")
    note = Note(kind="cure", aspect="colour", subject="house", before="a blue house", text=cure)
    judged = judge(prompt, prompt, None, picture(drawn("a blue house on the left")), (note,))
    assert judged.refined_prompt is not None
    (operation,) = parse(judged.refined_prompt).operations
    assert operation.precise == ("colour", "colour")


def test_what_the_words_leave_open_is_not_judged() -> None:
    assert verdict("a house", "a tiny green house at the bottom right").accepted


def test_what_was_seen_is_told() -> None:
    seen = verdict("a red house on the left", "a red house on the left").seen
    assert "house" in seen
    assert "red" in seen


def test_another_language_is_refused_with_a_remedy() -> None:
    with pytest.raises(CannotJudge, match="critic"):
        judge("A cinematic shot of an astronaut riding a horse", "", None, picture(Scene()))
