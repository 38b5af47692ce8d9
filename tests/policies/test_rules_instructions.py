"""Instructions by rules: numbered, in bullets, in a row, and upon a picture that was given."""

from __future__ import annotations

import pytest

from stepweave.messages import FromInput, FromStep
from tests.policies.planned import prompts, refusal, scene_after, steps

THREE = ["A blue boat.", "Add a sun at the top right.", "Make the boat bigger."]


@pytest.mark.parametrize(
    "request_",
    [
        "draw a blue boat, then add a sun at the top right, then make the boat bigger",
        "1. draw a blue boat 2. add a sun at the top right 3. make the boat bigger",
        "1) Draw a blue boat.\n2) Add a sun in the top right corner.\n3) Make the boat bigger.",
        "(1) draw a blue boat (2) add a sun at the top right (3) make the boat bigger",
        "Step 1: draw a blue boat. Step 2: add a sun at the top right. Step 3: make the boat bigger.",
        "Step one: a blue boat. Step two: a sun at the top right. Step three: make the boat bigger.",
        "- draw a blue boat\n- add a sun at the top right\n- make the boat bigger",
        "First draw a blue boat. Next, add a sun at the top right. Finally make the boat bigger!",
        "Draw a blue boat. Add a sun at the top right. Make the boat bigger.",
        "draw a blue boat; add a sun at the top right; make the boat bigger",
        "a) draw a blue boat b) add a sun at the top right c) make the boat bigger",
        "1/ draw a blue boat 2/ add a sun at the top right 3/ make the boat bigger",
        "draw a blue boat -> add a sun at the top right -> make the boat bigger",
        "Draw a blue boat, add a sun at the top right and make the boat bigger.",
        "In exactly three steps: draw a blue boat, add a sun at the top right, make the boat bigger.",
        "Please could you draw a blue boat? Then add a sun at the top right. After that, enlarge the boat. Thanks!",
        "#1 draw a blue boat\n#2 add a sun at the top right\n#3 make the boat bigger",
        "I want a picture sequence: a blue boat; then a sun at the top right; then make the boat bigger",
    ],
)
def test_instructions_come_in_many_forms(request_: str) -> None:
    assert prompts(request_) == THREE


def test_it_is_what_the_step_before_was_about() -> None:
    assert prompts("1. Draw a cup. 2. Make it red. 3. Move it to the bottom left. 4. Add a heart above it.") == [
        "A cup.",
        "Paint the cup red.",
        "Move the cup to the bottom left.",
        "Add a heart above the cup.",
    ]


def test_both_are_the_last_two() -> None:
    planned = prompts("1. draw a circle 2. draw a square to its right 3. paint both of them green")
    assert planned[2] == "Paint the circle green. Paint the square green."


def test_what_comes_later_is_left_out_at_first() -> None:
    planned = steps("1. draw a house 2. add a red roof 3. move the house to the left")
    assert planned[0].prompt == "A house without a roof."
    assert planned[1].alt == "A yellow house in the middle, on a white background."


def test_readers_get_words_and_alternative_texts() -> None:
    first, second = steps("Could you draw a small red house on the left? Then paint the roof blue, thanks")
    assert (first.name, first.instruction) == ("A small red house", "Draw a small red house on the left.")
    assert second.instruction == "Paint the roof blue."
    assert second.alt == "A small red house with a blue roof on the left, on a white background."


@pytest.mark.parametrize("number", range(1, 10))
def test_instructions_are_split_and_merged_to_the_stated_number(number: int) -> None:
    planned = steps("draw a house, add a tree on the right, add a sun at the top left", number=number)
    assert len(planned) == number
    assert [item.thing for item in scene_after(planned).items] == ["house", "tree", "sun"]


def test_a_number_that_cannot_be_had_names_what_can() -> None:
    assert "1 to 21 steps are possible" in refusal("draw a house, a tree and a sun in 30 steps").remedy


def test_words_may_stand_between_pictures() -> None:
    planned = steps("1. draw a house 2. say: now we have a house 3. add a tree")
    assert [step.prompt is None for step in planned] == [False, True, False]
    assert planned[1].instruction == "Now we have a house."
    assert planned[2].sources == (FromStep(step=1),)


def test_pictures_of_their_own_start_from_nothing() -> None:
    for request in (
        "draw separately: a red circle; a blue square; a green triangle",
        "three pictures: a red circle, a blue square, a green triangle",
        "Draw a new picture of a red circle. Draw a new picture of a blue square. Another picture: a green triangle",
        "Independent pictures: a red circle, a blue square and a green triangle",
    ):
        planned = steps(request)
        assert [step.prompt for step in planned] == ["A red circle.", "A blue square.", "A green triangle."]
        assert all(not step.sources for step in planned)


def test_a_given_picture_is_edited_first() -> None:
    planned = steps("continue this picture: add a tree on the left, then paint the roof of the house blue", inputs=1)
    assert [step.prompt for step in planned] == ["Add a tree on the left.", "Paint the roof of the house blue."]
    assert [step.sources for step in planned] == [(FromInput(index=0),), (FromStep(step=1),)]
    assert "picture that was given" in planned[0].instruction


@pytest.mark.parametrize(
    "request_",
    [
        "Add a tree on the left, then add a sun.",
        "Please go on with this drawing. First add a tree on the left, then add a sun.",
        "Using this picture, add a tree on the left. Then add a sun.",
        "Here is my drawing. Add a tree on the left; add a sun",
        "The picture shows a house. Add a tree on the left. Finally add a sun.",
        "Starting from this picture, add a tree on the left and then add a sun in exactly 2 steps.",
        "Continue the sequence in two steps: add a tree on the left, add a sun",
        "Take the picture I gave you and add a tree on the left. Then add a sun.",
    ],
)
def test_a_picture_can_be_continued_in_many_words(request_: str) -> None:
    assert prompts(request_, inputs=1) == ["Add a tree on the left.", "Add a sun."]


def test_what_a_given_picture_is_said_to_show_is_meant() -> None:
    assert prompts("This is my unfinished snowman. Please add the eyes, then the hat.", inputs=1) == [
        "Add eyes to the snowman.",
        "Add a hat to the snowman.",
    ]


def test_without_a_picture_there_is_nothing_to_continue() -> None:
    assert "no picture was given" in refusal("continue this picture: add a tree").reason
