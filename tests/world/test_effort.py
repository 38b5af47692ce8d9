"""Work on one request is bounded, and counted rather than timed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PIL import Image

from stepweave.messages import MakePlan, RevisePlan, Step
from stepweave.policies.pixels import judge, verdict
from stepweave.policies.rules import CannotPlan, bounds, plan, revise
from stepweave.tools import sketch
from stepweave.tools.protocol import Order, Picture, Refused
from stepweave.tools.sketch import Sketch
from stepweave.world.effort import TooMuchWork, effort, spend
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Scene

MANY = "add a cat. " * 60


def test_without_a_budget_nothing_is_counted() -> None:
    spend(10**12)


def test_a_budget_is_used_up_and_then_gone() -> None:
    with effort(10):
        spend(10)
        with pytest.raises(TooMuchWork):
            spend(1)
    spend(100)


def test_a_budget_within_another_is_no_new_one() -> None:
    with effort(10), effort(1000), pytest.raises(TooMuchWork):
        spend(11)


def test_what_is_read_and_placed_costs_the_same_every_time() -> None:
    def cost() -> int:
        low, high = 1, 10**7
        while high - low > 1:
            middle = (low + high) // 2
            try:
                with effort(middle):
                    apply_all(Scene(), parse("add a cat, a dog and two trees").operations)
                high = middle
            except TooMuchWork:
                low = middle
        return high

    assert cost() == cost() > 100


def test_a_plan_that_takes_too_much_work_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "EFFORT", 100_000)
    assert len(plan(MakePlan(request="Draw a red boat, then add a sun")).steps) == 2
    with pytest.raises(CannotPlan, match="ask for fewer things"):
        plan(MakePlan(request=MANY))
    monkeypatch.setattr(bounds, "EFFORT", 1_000)
    with pytest.raises(CannotPlan, match="ask for fewer things"):
        revise(RevisePlan(request="add a cat", plan=(Step(number=1, prompt=MANY),), failed=1))


def test_a_picture_that_takes_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "EFFORT", 10_000)
    drawn, refused = Sketch().draw([Order(prompt, 1, 64, 64) for prompt in ("a red boat", MANY)])
    assert isinstance(drawn, Picture)
    assert isinstance(refused, Refused)
    assert refused.cause == "permanent"


def test_a_judgement_that_takes_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "EFFORT", 10_000)
    paper = Image.new("RGB", (64, 64), "white")
    assert not judge("add a red boat", "add a red boat", None, paper).accepted
    with pytest.raises(verdict.CannotJudge, match="fewer things"):
        judge(MANY, MANY, None, paper)


@pytest.mark.parametrize("repeated", [", black) te", ", black, red", " a small and", " of the red"])
def test_words_that_lead_nowhere_are_not_read_twice_for_each(repeated: str) -> None:
    """Each might be short for what the last one names; to look from each at all others again would take for ever."""
    with effort(400_000), suppress(CannotPlan):
        plan(MakePlan(request=f"a word (white{repeated * 24} there"))


def test_what_is_nested_deeper_than_python_goes_is_too_much_work_in_every_block() -> None:
    def deeper() -> None:
        deeper()

    with effort(1000), pytest.raises(TooMuchWork), effort(1000):
        deeper()
    with pytest.raises(TooMuchWork), effort(1000), effort(1000):
        deeper()
