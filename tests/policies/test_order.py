"""Policies whose pictures do not depend on who answers first, and storylines that cannot be joined."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import Answer, Command, Draw, Drawn, Failure, FromStep, Judge, Options, Step, Verdict
from stepweave.policies.state import RunState
from tests.policies.simulated import Log, answers, picture, verdict
from tests.policies.test_policies import plans
from tests.policies.test_search import started

SURE = (
    "sequential(3)",
    "parallel(3, rounds=2, keep='best')",
    "beam(2, 2)",
    "beam(3, 3)",
    "beam(2, 1, rounds=3)",
    "explore(3)",
)


def drawn(ask: Draw) -> Drawn:
    """A picture that its order alone decides; every third candidate is the same picture as the one before."""
    number = ask.candidate - (ask.candidate % 3 == 0)
    return Drawn(image=picture(f"{ask.step} {number} {[blob.sha256 for blob in ask.sources]}"))


def told(plan: tuple[Step, ...], seed: int, kind: float) -> Callable[[Command], Answer]:
    """Answers that the task alone decides, whenever it is answered."""

    def judge(ask: Judge) -> Verdict:
        luck = random.Random(f"{seed} {ask.image.sha256} {ask.opinion}").random()
        return verdict(luck < kind, round(10 * luck, 1), refined=f"{ask.drawn_prompt}!")

    usual = answers(plan, judge)

    def answer(command: Command) -> Answer:
        if not isinstance(command.ask, Draw):
            return usual(command)
        if random.Random(f"{seed} {command.task}").random() > 0.95:
            return Failure(kind="Broken", reason="broken", cause="transient")
        return drawn(command.ask)

    return answer


def ended(policy: str, answer: Callable[[Command], Answer], order: random.Random) -> RunState:
    log = Log(Options(policy=policy, memory=None))
    state = log.run(answer, pick=order.randrange)
    assert state.outcome is not None, f"{policy} waits for nothing"
    return state


@pytest.mark.parametrize("policy", SURE)
@given(plan=plans(), seed=st.integers(0, 10_000), kind=st.sampled_from([0.0, 0.3, 0.6, 0.9]))
@settings(max_examples=60, deadline=None)
def test_the_same_pictures_whoever_answers_first(policy: str, plan: tuple[Step, ...], seed: int, kind: float) -> None:
    answer = told(plan, seed, kind)
    found = [ended(policy, answer, random.Random(order)) for order in range(4)]
    kept = [{step: (end.candidate, end.image, end.flawed) for step, end in s.accepted.items()} for s in found]
    assert kept == [kept[0]] * len(kept)
    assert [state.outcome for state in found] == [found[0].outcome] * len(found)


DIAMOND = (
    Step(number=1, prompt="draw"),
    Step(number=2, prompt="left", sources=(FromStep(step=1),)),
    Step(number=3, prompt="right", sources=(FromStep(step=1),)),
    Step(number=4, prompt="both", sources=(FromStep(step=2), FromStep(step=3))),
)


@pytest.mark.parametrize("join", [DIAMOND, DIAMOND[:3]])
@pytest.mark.parametrize("policy", ["beam(2, 2)", "beam(3, 3)"])
def test_storylines_that_cannot_be_joined_are_drawn_anew_from_the_best(policy: str, join: tuple[Step, ...]) -> None:
    """The left is good from one picture, the right from another at first; then all goes on from one of them."""
    first, second = picture("s1c1"), picture("s1c2")

    def judge(ask: Judge) -> Verdict:
        if ask.step in (2, 3) and ask.sources[0] != {2: first, 3: second}[ask.step] and ask.candidate <= 9:
            return verdict(False, 1.0)
        return verdict(ask.step != 1 or ask.candidate <= 2, 9.0 - ask.candidate / 10)

    for order in range(5):
        state = ended(policy, answers(join, judge), random.Random(order))
        assert state.outcome is not None
        assert state.outcome.status == "completed"
        assert state.accepted[1].image in (first, second)


def test_a_beam_goes_on_from_different_pictures() -> None:
    """Three candidates are the same picture, the fourth is another: both are gone on from."""
    log = started("beam(2, 4)", steps=2)
    for number in range(1, 5):
        log.answer(log.state.commands[f"s1c{number}"], Drawn(image=picture("same" if number < 4 else "other")))
    log.decide()
    for command in log.state.waiting():
        log.answer(command, verdict(True, 8.0))
    log.decide()
    sources = [c.ask.sources[0] for c in log.state.waiting() if isinstance(c.ask, Draw)]
    assert sources == [picture("same")] * 4 + [picture("other")] * 4


def test_speculation_does_not_draw_twice_from_the_same_picture() -> None:
    log = started("speculative(3)", steps=2)
    for number in range(1, 4):
        log.answer(log.state.commands[f"s1c{number}"], Drawn(image=picture("same")))
    log.decide()
    assert [c.task for c in log.state.waiting() if c.role == "generator"] == ["s2c1", "s2c2", "s2c3"]


@pytest.mark.parametrize("policy", ["speculative(2)", "speculative(16, 16, 16)", "parallel(2)"])
def test_a_picture_that_waits_for_approval_holds_up_nothing_else(policy: str) -> None:
    both = (FromStep(step=1), FromStep(step=2))
    plan = (Step(number=1, prompt="one"), Step(number=2, prompt="two"), Step(number=3, prompt="both", sources=both))
    log = Log(Options(policy=policy, memory=None, approval="steps"))
    while log.decide():
        for command in log.state.waiting():
            if command.task != "s2c1":
                log.answer(command, answers(plan, lambda ask: verdict(ask.candidate > 1 or ask.step == 1))(command))
    assert {1} <= log.state.proposed.keys()
    log.answer(log.state.commands["s2c1"], Drawn(image=picture("s2c1")))
    state = log.run(answers(plan, lambda ask: verdict(ask.candidate > 1)))
    assert state.proposed.keys() >= {1, 2}
