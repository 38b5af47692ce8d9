"""Drawing lessons by rules: part after part, in as many steps as are stated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import FromStep
from stepweave.world import vocabulary
from stepweave.world.adding import BEGUN
from tests.policies.planned import COLOUR, THING, prompts, refusal, refused_or_none, scene_after, steps


def test_a_lesson_draws_part_after_part() -> None:
    assert prompts("How do I draw a house, step by step?") == [
        "The walls of a yellow house.",
        "Add a red roof to the house.",
        "Add a brown door to the house.",
        "Add a blue window to the house.",
        "Add a brown chimney to the house.",
    ]


def test_each_step_edits_the_picture_before() -> None:
    planned = steps("teach me to draw a cat in exactly 4 steps")
    assert [step.sources for step in planned] == [(), *((FromStep(step=number),) for number in (1, 2, 3))]


def test_colours_are_as_said() -> None:
    planned = steps("Show me how to draw a red boat with a green sail, on a pink background")
    (boat,) = scene_after(planned).items
    assert boat.colour == "red"
    assert dict(boat.part_colours)["sail"] == "green"
    assert scene_after(planned).background == "pink"


@pytest.mark.parametrize(
    "request_",
    [
        "How do I draw a tree?",
        "how to draw a tree",
        "Teach my daughter how to draw a tree, please!",
        "I want to learn how to draw a tree.",
        "Walk me through drawing a tree",
        "Can I get a tutorial on drawing a tree?",
        "drawing lesson: a tree",
        "How is a tree drawn?",
        "hey can u show me how 2 draw a tree",
        "Draw a tree step by step",
        "I need to explain to a child how to draw a tree. Keep it to three steps.",
        "3 step drawing of a tree",
        "I am a beginner. How do I draw a tree? Please use exactly 3 steps.",
        "Draw a tree. I want to see it in exactly three steps.",
        '"How do I draw a tree?"',
    ],
)
def test_a_lesson_can_be_asked_for_in_many_ways(request_: str) -> None:
    assert prompts(request_) == [
        "The trunk of a tree.",
        "Add green leaves to the tree.",
        "Add red apples to the tree.",
    ]


@settings(deadline=None)
@given(THING, st.integers(1, 20), st.sampled_from(["setting", "words", "both"]))
def test_a_stated_number_of_steps_is_obeyed_or_refused(thing: str, number: int, where: str) -> None:
    said = f"How do I draw a {thing}" + (f" in exactly {number} steps?" if where != "setting" else "?")
    stated = None if where == "words" else number
    if number > len(vocabulary.THINGS[thing].names) + 1 and (refused := refused_or_none(said, number=stated)):
        assert "steps are possible" in refused.remedy
        return
    planned = steps(said, number=stated)
    assert len(planned) == number
    assert {item.thing for item in scene_after(planned).items} == {thing}


@settings(deadline=None)
@given(THING, COLOUR, st.integers(1, 4))
def test_however_many_steps_the_drawing_is_the_same(thing: str, colour: str, number: int) -> None:
    whole = scene_after(steps(f"draw a {colour} {thing}"))
    (item,) = scene_after(steps(f"How do I draw a {colour} {thing}?", number=number)).items
    parts = vocabulary.THINGS[thing].names
    assert item.parts is None or item.parts == parts
    assert (item.x, item.y) == (whole.items[0].x, whole.items[0].y)
    assert item.extent in (whole.items[0].extent, BEGUN)


def test_two_numbers_contradict_each_other() -> None:
    assert "states 3 steps" in refusal("How do I draw a house in 3 steps?", number=4).reason
    assert "different numbers" in refusal("In 2 steps draw a house, in 3 pictures").reason


def test_bounds_are_kept() -> None:
    assert len(steps("How do I draw a house in at most 3 steps?")) == 3
    assert len(steps("How do I draw a sun in at least 4 steps?")) == 4
    assert len(steps("How do I draw a cat in 3 to 5 steps?")) == 5


def test_other_lessons_are_refused() -> None:
    refused = refusal("How do I bake a cake?")
    assert "bake a cake" in refused.reason
    assert "draw" in refused.remedy


@pytest.mark.parametrize(
    ("request_", "drawn"),
    [
        ("Instructions, bicycle: two wheels, frame, seat, handlebar", ["wheels", "tubes", "saddle", "handlebars"]),
        ("sketching a sailboat: hull, mast, sail, in that order", ["hull", "mast", "sail"]),
        ("Help me practise mushrooms: stem, red top, three white circles on the top", ["stem", "cap", "spots"]),
        ("I want to learn ice cream cones. Triangle, then one pink scoop on it", ["cone", "scoop"]),
        ("First the trunk, then the leaves, then the apples: teach me the tree.", ["trunk", "leaves", "apples"]),
        ("Show how to build a car from basic shapes: the rectangle, then the wheels", ["body", "wheels"]),
    ],
)
def test_parts_come_as_they_are_told(request_: str, drawn: list[str]) -> None:
    planned = steps(request_)
    assert len(planned) == len(drawn)
    assert all(part in (step.prompt or "") for part, step in zip(drawn, planned, strict=True))


@pytest.mark.parametrize(
    ("request_", "first", "last"),
    [
        ("Let's draw a penguin together, start with the belly", "belly", "beak"),
        ("teach me bunny drawing, tail last", "body", "tail"),
        ("For the art club: owl, from the eyes to the feet", "eyes", "feet"),
        ("step by step flower, last step colour it red", "stem", "red"),
        ("Show me the stages when you draw a train, and put it in the snow at the end", "boiler", "snow"),
        ("How do I draw a dog that sleeps? Take me through each step.", "body", "sleep"),
    ],
)
def test_a_lesson_begins_and_ends_as_it_is_told(request_: str, first: str, last: str) -> None:
    planned = prompts(request_)
    assert first in (planned[0] or "")
    assert last in (planned[-1] or "")


@pytest.mark.parametrize(
    ("request_", "thing", "number"),
    [
        ("In 4 moves, from blank page to pig", "pig", 4),
        ("Could you explain drawing a dog in small bits? Maybe 6 of them", "dog", 6),
        ("5 pictures teaching kids the snail. shell in brown", "snail", 5),
        ("How would a child draw a car? At most four steps.", "car", 4),
        ("Break down a bus for me into four parts", "bus", 4),
        ("My six year old is mad about frogs. Could you show him how one is drawn, in five little steps?", "frog", 5),
    ],
)
def test_how_and_whom_to_teach_is_left_out(request_: str, thing: str, number: int) -> None:
    planned = steps(request_)
    assert len(planned) == number
    (item,) = scene_after(planned).items
    assert item.thing == thing
    assert item.action is None


def test_a_face_is_drawn_alone() -> None:
    (face,) = scene_after(steps("What is the simplest way to draw a pig's face?")).items
    assert face.parts == ("head", "ears", "snout", "eyes")


def test_what_is_left_out_of_a_lesson_is_not_drawn() -> None:
    (bee,) = scene_after(steps("Give a lesson about how a bee is drawn without its sting")).items
    assert "sting" not in (bee.parts or ("sting",))


def test_a_size_of_a_part_is_refused() -> None:
    assert "eye" in refusal("draw along with me: a fish, big eye first").reason


@pytest.mark.parametrize(
    ("request_", "lacking"),
    [
        ("Give me a how-to for a snail without antennae", "antennae"),
        ("Tutorial for making a cup with steam, but no saucer", "saucer"),
    ],
)
def test_parts_that_shall_not_be_there_are_not_drawn(request_: str, lacking: str) -> None:
    assert not any(lacking in (prompt or "").removesuffix(f"without {lacking}.") for prompt in prompts(request_))


def test_what_is_coloured_at_the_end_is_white_before() -> None:
    planned = steps("My students want to learn an umbrella drawing. Please colour it purple at the end.")
    assert "white umbrella" in (planned[0].prompt or "")
    assert "purple" in (planned[-1].prompt or "")


def test_what_is_said_of_the_whole_is_so() -> None:
    (fish,) = scene_after(steps("3 quick steps for a fish, it must be blue")).items
    assert fish.colour == "blue"


def test_instructions_for_a_robot_are_no_lesson() -> None:
    planned = prompts("Instruction for my manipulator: lift the jug, then set it down next to the bowl")
    assert "robot arm" in (planned[0] or "")
    assert not any("the base of" in (prompt or "").lower() for prompt in planned)
