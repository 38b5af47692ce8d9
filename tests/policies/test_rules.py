"""Plans by rules: what people ask for, exact numbers of steps, plain refusals, and planning again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import Blob, FromInput, FromStep, MakePlan, Note, RevisePlan, Step
from stepweave.policies.plans import fault_of_plan
from stepweave.policies.rules import CannotPlan, plan, revise
from stepweave.world import vocabulary
from stepweave.world.adding import BEGUN
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Scene

PICTURE = Blob(sha256="0" * 64, width=64, height=64, size=10)
THING = st.sampled_from(sorted(vocabulary.THINGS))
COLOUR = st.sampled_from(sorted(vocabulary.COLOURS))


def steps(
    request: str, *, number: int | None = None, inputs: int = 0, notes: tuple[Note, ...] = ()
) -> tuple[Step, ...]:
    ask = MakePlan(request=request, steps=number, inputs=(PICTURE,) * inputs, notes=notes)
    planned = plan(ask).steps
    assert fault_of_plan(planned, inputs=inputs, steps=number) == ""
    return planned


def prompts(request: str, **how: object) -> list[str | None]:
    return [step.prompt for step in steps(request, **how)]  # type: ignore[arg-type]


def refusal(request: str, **how: object) -> CannotPlan:
    with pytest.raises(CannotPlan) as caught:
        steps(request, **how)  # type: ignore[arg-type]
    return caught.value


def refused_or_none(request: str, **how: object) -> CannotPlan | None:
    try:
        steps(request, **how)  # type: ignore[arg-type]
    except CannotPlan as refused:
        return refused
    return None


def scene_after(planned: tuple[Step, ...]) -> Scene:
    scene = Scene()
    for step in planned:
        scene = apply_all(scene, parse(step.prompt or "").operations)
    return scene


# --------------------------------------------------------------------------------------------- lessons


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
    assert "--planner chat" in refused.remedy


# ---------------------------------------------------------------------------------------- instructions

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
    assert "1 to 22 steps are possible" in refusal("draw a house, a tree and a sun in 30 steps").remedy


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


# ---------------------------------------------------------------------------------------- continuation


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


# ------------------------------------------------------------------------------------ words and stories


def test_questions_about_the_vocabulary_are_answered_in_words() -> None:
    (answer,) = steps("What parts does a cat have?")
    assert answer.prompt is None
    assert "whiskers" in answer.instruction


@pytest.mark.parametrize(
    "request_",
    [
        "explain in words only how to draw a cup",
        "Without pictures, tell me how to draw a cup.",
        "Only tell me in words how to draw a cup, no pictures",
    ],
)
def test_words_only_draws_nothing(request_: str) -> None:
    planned = steps(request_)
    assert len(planned) == 4
    assert all(step.prompt is None and step.instruction for step in planned)


@settings(deadline=None)
@given(st.lists(THING, min_size=1, max_size=3, unique=True), st.integers(1, 12))
def test_a_story_has_its_pictures_and_its_people(cast: list[str], number: int) -> None:
    planned = steps(f"a story about {' and '.join(f'a {thing}' for thing in cast)} in {number} pictures")
    assert len(planned) == number
    assert set(cast) <= {item.thing for item in scene_after(planned).items}


def test_different_words_tell_different_stories() -> None:
    told = {tuple(prompts(f"a story about a {colour} cat and a boat in 6 pictures")) for colour in vocabulary.COLOURS}
    assert len({tuple(prompt for prompt in story if "cat" not in (prompt or "")) for story in told}) > 3


def test_a_story_needs_somebody() -> None:
    assert "nobody" in refusal("tell me a story").reason
    assert "dragon" in refusal("a story about a dragon").reason


# -------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        ("draw a dragon", "dragon"),
        ("Draw a horse and a house", "horse"),
        ("", "empty"),
        (" \n ", "empty"),
        ("?!", "empty"),
        ("\x00\x01\x02", "no text"),
        ("hello", "nothing is asked for"),
        ("draw a house " * 400, "characters"),
        ("make the roof red", "no house"),
        ("draw a cat, then remove the tree", "no tree"),
        ("draw a cat with a hat", "no hat"),
        ("draw 50 stars", "50"),
        ("Solve x^2 = 4", "solve"),
        ('write "Привет" at the top', "letters"),
        ("draw a house in 0 steps", "0"),
        ("Zeichne ein Haus", "zeichne"),
        ("draw", "draw"),
    ],
)
def test_what_cannot_be_planned_is_refused_plainly(request_: str, named: str) -> None:
    refused = refusal(request_)
    assert named in refused.reason
    assert "--planner chat" in refused.remedy


@given(st.text(max_size=200))
def test_any_text_is_planned_or_refused(text: str) -> None:
    refused = refused_or_none(text)
    assert refused is None or (refused.reason and refused.remedy)


SOUP = """
    draw add remove move paint make the a red blue house cat roof tail left top right corner of in on
    next to and then with without three stars it bigger . , ; 1. 2. step picture story about how do I
    exactly 4 steps
"""
WORDS = st.sampled_from(SOUP.split())


@given(st.lists(WORDS, max_size=25))
def test_any_words_are_planned_or_refused(words: list[str]) -> None:
    request = " ".join(words)
    refused = refused_or_none(request)
    assert refused is None or (refused.reason and refused.remedy)
    if refused is None:
        assert steps(request) == steps(request)


# ------------------------------------------------------------------------------ notes and planning again


def test_known_cures_make_prompts_precise_from_the_start() -> None:
    cure = Note(kind="cure", subject="roof", aspect="colour", text="Add a pure red roof to the house.")
    assert prompts("How do I draw a house in 2 steps?", notes=(cure,))[0] == "The walls and the roof of a yellow house."
    assert prompts("How do I draw a house?", notes=(cure,))[1] == "Add a pure red roof to the house."
    assert prompts("draw a circle at the top", notes=(Note(kind="cure", subject="circle", aspect="place"),)) == [
        "A circle exactly at the top."
    ]


def revision(request: str, failed: int, *reasons: str, number: int | None = None, inputs: int = 0) -> tuple[Step, ...]:
    planned = steps(request, number=number, inputs=inputs)
    pictures = (PICTURE,) * inputs
    ask = RevisePlan(request=request, plan=planned, failed=failed, reasons=reasons, steps=number, inputs=pictures)
    changed = (*planned[: failed - 1], *revise(ask).steps)
    assert fault_of_plan(changed, inputs=inputs, steps=number) == ""
    return changed


def test_a_failed_step_is_worded_more_precisely() -> None:
    reason = "the star is blue, but it should be red"
    changed = revision("draw a cat. add three red stars at the top. add a sun", 2, reason)
    assert [step.prompt for step in changed] == ["A cat.", "Add three pure red stars at the top.", "Add a sun."]


def test_a_failed_step_that_does_two_things_becomes_two_steps() -> None:
    changed = revision("1. draw a house and a cat 2. add a sun 3. remove the cat", 1, "the cat is missing")
    assert [step.prompt for step in changed] == [
        "A house.",
        "Be sure to add a cat.",
        "Add a sun.",
        "Remove the cat.",
    ]
    assert [step.sources for step in changed] == [(), *((FromStep(step=number),) for number in (1, 2, 3))]


def test_a_stated_number_stands_in_a_revision() -> None:
    changed = revision("draw a house and a cat. add a sun", 1, "the colour is wrong", number=2)
    assert len(changed) == 2


def test_a_revision_starts_from_the_picture_that_was_given() -> None:
    changed = revision("add a red circle on the left and a blue square", 1, "the circle is at the top", inputs=1)
    assert [step.sources for step in changed] == [(FromInput(index=0),), (FromStep(step=1),)]


def test_only_its_own_prompts_are_revised() -> None:
    alien = (Step(number=1, prompt="A castle in the clouds, oil on canvas"),)
    with pytest.raises(CannotPlan, match="was not made by rules"):
        revise(RevisePlan(request="a castle", plan=alien, failed=1))


@given(THING, st.integers(1, 5), st.sampled_from(["colour", "missing", "place", "nonsense"]))
def test_a_revised_plan_draws_the_same(thing: str, failed: int, reason: str) -> None:
    request = f"1. draw a {thing} and a star 2. paint the star green 3. add two hearts 4. remove the star 5. add a cup"
    changed = revision(request, failed, f"the {reason} is wrong")
    assert {item.thing for item in scene_after(changed).items} == {thing, "heart", "cup"}
