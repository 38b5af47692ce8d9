"""The prompts so far: which of them lead to a picture, what they foretell of it, and what happens if it is not so."""

from __future__ import annotations

import pytest
from PIL import Image

from stepweave.messages import FromInput, FromStep, Step
from stepweave.policies.pixels import judge
from stepweave.policies.pixels.foretold import as_foretold, foretold
from stepweave.policies.pixels.sight import sheet_of
from stepweave.policies.plans import story
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.render import render
from stepweave.world.scene import Scene

FIRST = "Draw a red house on the left, in a garden."
SECOND = "Add a sleeping cat to the right of the house."
THIRD = "Paint the cat blue."


def picture(*prompts: str, side: int = 256) -> Image.Image:
    scene = Scene()
    for prompt in prompts:
        scene = apply_all(scene, parse(prompt).operations)
    return render(scene, side, side)


def test_the_story_of_a_step_is_that_of_its_source() -> None:
    one = Step(number=1, prompt="one")
    two = Step(number=2, prompt="two", sources=(FromStep(step=1),))
    aside = Step(number=3, prompt="aside")
    last = Step(number=4, prompt="last", sources=(FromStep(step=2), FromStep(step=3)))
    plan = (one, two, aside, last)
    assert [story(plan, step) for step in plan] == [(), ("one",), (), ("one", "two")]


def test_nobody_knows_how_a_given_picture_came_about() -> None:
    one = Step(number=1, prompt="one", sources=(FromInput(index=0),))
    two = Step(number=2, prompt="two", sources=(FromStep(step=1),))
    assert story((one, two), one) == story((one, two), two) == ()


@pytest.mark.parametrize("prompts", [(), ("Do something strange.",), ("Paint the cat blue.",)])
def test_what_leads_nowhere_foretells_nothing(prompts: tuple[str, ...]) -> None:
    assert foretold(prompts, 1.0) is None


def test_a_picture_that_is_as_foretold_is_known_to_the_last_part() -> None:
    found = as_foretold(sheet_of(picture(FIRST, SECOND)), (FIRST, SECOND))
    assert found is not None
    assert found.scene == foretold((FIRST, SECOND), 1.0)


@pytest.mark.parametrize("told", [(FIRST,), (FIRST, THIRD), (SECOND,)])
def test_a_picture_that_is_not_as_foretold_is_not_known(told: tuple[str, ...]) -> None:
    assert as_foretold(sheet_of(picture(FIRST, SECOND)), told) is None


@pytest.mark.parametrize("told", [(), (FIRST, SECOND), (SECOND,)])
def test_a_verdict_is_right_whatever_it_was_told(told: tuple[str, ...]) -> None:
    before = picture(FIRST, SECOND)
    right = judge(THIRD, THIRD, before, picture(FIRST, SECOND, THIRD), story=told)
    wrong = judge(THIRD, THIRD, before, picture(FIRST, SECOND, "Paint the cat green."), story=told)
    assert right.accepted
    assert [fault.aspect for fault in wrong.faults] == ["colour"]
