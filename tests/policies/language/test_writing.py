"""What is written for a model to learn from is read back as what it means."""

from __future__ import annotations

import pytest

from stepweave.messages import (
    Blob,
    Fault,
    FromInput,
    FromStep,
    Judge,
    MakePlan,
    Plan,
    RevisePlan,
    Scores,
    Step,
    Verdict,
)
from stepweave.policies.language.dialects import DIALECTS, JSON, TAGS, Dialect
from stepweave.policies.language.plans import plan_of
from stepweave.policies.language.reading import read
from stepweave.policies.language.verdicts import verdict_of
from stepweave.policies.language.wire import WirePlan, WireVerdict
from stepweave.policies.language.writing import Unspeakable, written_plan, written_verdict

PICTURE = Blob(sha256="a" * 64, width=64, height=64, size=9)
ASK = Judge(step=1, candidate=1, image=PICTURE, prompt='a "red" cup', drawn_prompt='a "red" cup, please')
REJECTED = Verdict(
    accepted=False,
    scores=Scores(semantics=3, quality=9),
    reason='it is "blue"\nand {small}',
    faults=(Fault(aspect="colour", subject="cup", expected="red", found="blue"),),
    refined_prompt="a cup, as red as a poppy: 100%",
    seen="a cup",
)
ACCEPTED = Verdict(accepted=True, scores=Scores(semantics=9, quality=8), seen="a red cup")


def verdict_read(text: str) -> Verdict:
    found = read(text, "stop", WireVerdict)
    return verdict_of(found.value, ASK, thought=found.thought)


@pytest.mark.parametrize("verdict", [REJECTED, ACCEPTED])
def test_a_verdict_is_read_back_whole_from_json(verdict: Verdict) -> None:
    assert verdict_read(written_verdict(verdict, ASK, JSON)) == verdict


@pytest.mark.parametrize("verdict", [REJECTED, ACCEPTED])
def test_a_verdict_is_read_back_from_tags_as_far_as_they_say_it(verdict: Verdict) -> None:
    found = verdict_read(written_verdict(verdict, ASK, TAGS))
    assert (found.accepted, found.refined_prompt) == (verdict.accepted, verdict.refined_prompt)
    assert found.reason == (verdict.reason or verdict.seen)


CHAIN = (
    Step(number=1, name="Cup", instruction="Draw it.", prompt="a cup", alt="a cup"),
    Step(number=2, name="Wait", instruction="Wait.", text="A minute."),
    Step(number=3, name="Tea", instruction="Pour.", prompt="pour tea", sources=(FromStep(step=1),), alt="tea"),
)
BRANCHED = (
    *CHAIN,
    Step(number=4, name="Two", prompt="side by side", sources=(FromStep(step=1), FromStep(step=3), FromInput(index=0))),
    Step(number=5, name="Anew", prompt="a garden"),
)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=str)
def test_a_plan_is_read_back(dialect: Dialect) -> None:
    ask, plan = MakePlan(request="tea"), Plan(steps=CHAIN)
    found = plan_of(read(written_plan(plan, ask, dialect), "stop", WirePlan).value, ask)
    alts = [step.alt if dialect.constrained else "" for step in CHAIN]
    assert found.steps == tuple(step.model_copy(update={"alt": alt}) for step, alt in zip(CHAIN, alts, strict=True))


def test_json_says_what_every_step_starts_from() -> None:
    ask, plan = MakePlan(request="tea", inputs=(PICTURE,)), Plan(steps=BRANCHED)
    assert plan_of(read(written_plan(plan, ask, JSON), "stop", WirePlan).value, ask) == plan


def test_tags_have_no_words_for_another_source_than_the_last_picture() -> None:
    with pytest.raises(Unspeakable, match="step 1 starts from nothing, not from the last picture alone"):
        written_plan(Plan(steps=BRANCHED), MakePlan(request="tea", inputs=(PICTURE,)), TAGS)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=str)
def test_a_revision_goes_on_where_the_plan_stands(dialect: Dialect) -> None:
    ask = RevisePlan(request="tea", plan=CHAIN, failed=3)
    plan = Plan(steps=(Step(number=3, name="Pot", prompt="a pot instead", sources=(FromStep(step=1),)),))
    assert plan_of(read(written_plan(plan, ask, dialect), "stop", WirePlan).value, ask) == plan
