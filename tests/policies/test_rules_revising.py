"""Planning again by rules, and what the memory is good for in a plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import FromInput, FromStep, Note, RevisePlan, Step
from stepweave.policies.plans import fault_of_plan
from stepweave.policies.rules import CannotPlan, revise
from tests.policies.planned import PICTURE, THING, prompts, scene_after, steps


def test_known_cures_make_prompts_precise_from_the_start() -> None:
    cure = Note(kind="cure", subject="roof", aspect="colour", text="Add a pure red roof to the house.")
    assert prompts("draw a cat and a green house", notes=(cure,)) == ["A cat and a pure green house."]
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


@settings(deadline=None)
@given(THING, st.integers(1, 5), st.sampled_from(["colour", "missing", "place", "nonsense"]))
def test_a_revised_plan_draws_the_same(thing: str, failed: int, reason: str) -> None:
    request = f"1. draw a {thing} and a star 2. paint the star green 3. add two hearts 4. remove the star 5. add a cup"
    changed = revision(request, failed, f"the {reason} is wrong")
    assert {item.thing for item in scene_after(changed).items} == {thing, "heart", "cup"}
