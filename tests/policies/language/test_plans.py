"""From what a planner model wrote to a plan that can be drawn."""

from __future__ import annotations

from typing import Any

import pytest

from stepweave.messages import Blob, FromInput, FromStep, MakePlan, RevisePlan, Step
from stepweave.policies.language.plans import BadPlan, plan_of
from stepweave.policies.language.wire import WirePlan

BLOB = Blob(sha256="0" * 64, width=1, height=1, size=1)


def step(number: int, prompt: str | None = "draw it", **further: Any) -> dict[str, Any]:
    return {"step_number": number, "prompt": prompt, **further}


def planned(*steps: dict[str, Any], inputs: int = 0, count: int | None = None) -> tuple[Step, ...]:
    ask = MakePlan(request="x", inputs=(BLOB,) * inputs, steps=count)
    return plan_of(WirePlan.model_validate({"execution_plan": steps}), ask).steps


def starts(*steps: dict[str, Any], inputs: int = 0) -> list[tuple[Any, ...]]:
    return [each.sources for each in planned(*steps, inputs=inputs)]


def test_every_step_starts_from_the_one_before() -> None:
    assert starts(step(1), step(2), step(3)) == [(), (FromStep(step=1),), (FromStep(step=2),)]


def test_the_first_step_starts_from_the_last_picture_given() -> None:
    assert starts(step(1), step(2), inputs=2) == [(FromInput(index=1),), (FromStep(step=1),)]


def test_a_step_of_words_has_no_picture_to_start_from() -> None:
    found = planned(step(1), step(2, None, auxiliary_text=" Now wait. "), step(3))
    assert [each.sources for each in found] == [(), (), (FromStep(step=1),)]
    assert (found[1].prompt, found[1].text) == (None, "Now wait.")


def test_an_answer_in_words_is_a_plan() -> None:
    (only,) = planned(step(1, None, instruction=None, auxiliary_text="There are four."), inputs=3)
    assert (only.prompt, only.text, only.sources) == (None, "There are four.", ())


def test_a_continued_sequence_is_counted_anew() -> None:
    found = planned(step(4), step(5, starts_from=4), step(6, starts_from="step 4"), inputs=3)
    assert [each.number for each in found] == [1, 2, 3]
    assert [each.sources for each in found] == [(FromInput(index=2),), (FromStep(step=1),), (FromStep(step=1),)]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("nothing", ()),
        ("None", ()),
        ("scratch", ()),
        ("previous", (FromStep(step=2),)),
        ("the previous step", (FromStep(step=2),)),
        (1, (FromStep(step=1),)),
        ("1", (FromStep(step=1),)),
        ("Step 1", (FromStep(step=1),)),
        ("the picture of step 1", (FromStep(step=1),)),
        ("input 1", (FromInput(index=0),)),
        ("Input image 2", (FromInput(index=1),)),
        ("the given picture", (FromInput(index=0),)),
    ],
)
def test_a_source_may_be_named_in_many_ways(place: Any, source: tuple[Any, ...]) -> None:
    assert starts(step(1), step(2), step(3, starts_from=place), inputs=2)[2] == source


def test_references_stand_behind_the_source_each_once() -> None:
    found = starts(step(1), step(2), step(3, starts_from=2, references=[1, "input 1", 2, "1"]), inputs=1)
    assert found[2] == (FromStep(step=2), FromStep(step=1), FromInput(index=0))


def test_step_numbers_do_not_get_into_prompts() -> None:
    (found,) = planned(step(1, "Step 3: add ears", step_name="**Step 3** - Ears", instruction="3 cups stand here."))
    assert (found.prompt, found.name, found.instruction) == ("add ears", "Ears", "3 cups stand here.")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([step(1, starts_from="the moon")], "step 1 starts from 'the moon', which is no picture"),
        ([step(1, starts_from="step 9")], "step 1 starts from 'step 9'"),
        ([step(1, starts_from=2), step(2)], "step 1 starts from step 2, which has no picture before it"),
        ([step(1, starts_from="input 1")], "input picture 1, but 0 were given"),
        ([step(1, None)], "step 1 has neither a prompt nor a text"),
        ([step(1, "Step 1:")], "step 1 has an empty prompt"),
    ],
)
def test_what_cannot_be_carried_out_is_named(steps: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(BadPlan) as caught:
        planned(*steps)
    assert said in str(caught.value)


def test_the_stated_number_of_steps_is_held() -> None:
    with pytest.raises(BadPlan, match="it has 1 steps where 2 were asked for"):
        planned(step(1), count=2)


STANDING = (
    Step(number=1, prompt="a cup"),
    Step(number=2, prompt="a lid", sources=(FromStep(step=1),)),
    Step(number=3, prompt="steam", sources=(FromStep(step=2),)),
)


def revision(*steps: dict[str, Any], failed: int = 3, count: int | None = None) -> tuple[Step, ...]:
    ask = RevisePlan(request="x", plan=STANDING, failed=failed, steps=count)
    return plan_of(WirePlan.model_validate({"execution_plan": steps}), ask).steps


@pytest.mark.parametrize("first", [3, 1])
def test_a_revision_goes_on_where_the_plan_failed(first: int) -> None:
    found = revision(step(first), step(first + 1, starts_from=first))
    assert [(each.number, each.sources) for each in found] == [(3, (FromStep(step=2),)), (4, (FromStep(step=3),))]


def test_a_revision_may_start_from_what_stands() -> None:
    assert revision(step(3, starts_from=1))[0].sources == (FromStep(step=1),)


def test_a_revision_holds_the_stated_number_of_the_whole() -> None:
    assert len(revision(step(3), step(4), count=4)) == 2
    with pytest.raises(BadPlan, match="it has 3 steps where 4 were asked for"):
        revision(step(3), count=4)
