"""Samples out of runs: questions as models are asked, replies as they would have to say them, and what came of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stepweave.messages import Call, Judge, Options, Said, Scores, Verdict
from stepweave.policies.language.dialects import JSON
from stepweave.policies.language.reading import read
from stepweave.policies.language.wire import WirePlan, WireVerdict
from stepweave.training.episodes import Episode, episodes
from stepweave.training.rewards import gain, step_reward
from stepweave.training.samples import Composer, Left, Sample
from stepweave.training.trajectories import Projection
from tests.policies.simulated import Log, answers, chain, commanded, verdict

EXPLORE = Options(memory=None, policy="explore(3, 1)")


def episode(options: Options = EXPLORE, *, right: int = 3) -> Episode:
    """A run in which candidate ``right`` of every step is accepted, and every candidate is a little better."""

    def judged(ask: Judge) -> Verdict:
        given = verdict(ask.candidate >= right, refined=f"better {ask.opinion}")
        marks = given.scores.model_copy(update={"semantics": min(10.0, 2.0 * ask.candidate)})
        return given.model_copy(update={"scores": marks, "reason": f"reason {ask.opinion}"})

    log = Log(options)
    log.run(answers(chain(2), judged))
    projection = Projection()
    found = list(episodes(line for record in commanded(log.records) for line in projection.heard(record)))
    assert len(found) == 1
    return found[0]


def test_a_run_is_told_by_its_attempts() -> None:
    found = episode()
    assert (found.status, set(found.accepted)) == ("completed", {"1", "2"})
    attempts = [each for each in found.attempts() if each.ask.step == 1]
    assert [each.ask.candidate for each in attempts] == [1, 2, 3, 4]
    assert [each.accepted for each in attempts] == [False, False, True, True]
    assert [len(each.opinions) for each in attempts] == [3, 1, 1, 1]
    assert [each.scores.semantics for each in attempts] == [2, 4, 6, 8]


def test_a_group_holds_every_opinion_with_what_came_of_it() -> None:
    (first, second) = Composer().groups(episode())
    assert [member.task.startswith("s1c1") for member in first.members] == [True] * 3
    assert [member.reward for member in first.members] == [
        pytest.approx(step_reward(marks(2), marks(after))) for after in (4, 6, 8)
    ]
    assert (first.fault, second.fault) == ("", "")
    assert len({member.said for member in first.members}) == 1, "they answer the same question"
    assert len({member.reply for member in first.members}) == 3


def marks(semantics: float) -> Scores:
    return Scores(semantics=semantics, quality=5.0)


def test_a_group_from_which_nothing_can_be_learnt_says_why() -> None:
    tasks = episode().tasks
    early = Episode("r", episode().requested, [task for task in tasks if not task.task.startswith("s1c3")])
    early.tasks = [task for task in early.tasks if not task.task.startswith("s1c4")]
    faults = [group.fault for group in Composer().groups(early)]
    assert faults[0] == "fewer than two members have a reward"


def test_plans_are_samples_if_their_run_was_completed() -> None:
    found = episode()
    (plan,) = Composer(dialect=JSON).plans(found)
    assert isinstance(plan, Sample)
    assert len(read(plan.reply, "stop", WirePlan).value.execution_plan) == 2
    found.status = "flawed"
    (left,) = Composer().plans(found)
    assert left == Left("r", "plan", "the run ended flawed")


def test_what_a_model_really_said_is_what_is_learnt() -> None:
    found = episode(Options(memory=None))
    said = (Said(role="user", parts=("What do you think?",)),)
    calls = (Call(model="m", said=said, text="hm", fault="Unreadable"), Call(model="m", said=said, text="Fine."))
    tasks = [
        replace(task, answer=task.answer.model_copy(update={"calls": calls})) if isinstance(task.ask, Judge) else task
        for task in found.tasks
    ]
    found.tasks = tasks
    samples = list(Composer().critiques(found))
    assert samples
    assert {(sample.said, sample.reply) for sample in samples} == {(said, "Fine.")}


def test_where_no_model_was_asked_a_reply_is_put_together_that_means_the_same() -> None:
    for sample in Composer().critiques(episode()):
        assert sample.verdict is not None
        value = read(sample.reply, "stop", WireVerdict).value
        assert value.previous_step_success == sample.verdict.accepted
        assert sample.pictures, "a critic sees pictures"


def test_a_gain_is_between_none_and_all() -> None:
    assert (gain(0, 10), gain(10, 0), gain(7, 7)) == (1.0, 0.0, 0.5)
    assert step_reward(marks(2), marks(7)) == pytest.approx((0.6 * 0.75 + 0.2 * 0.5) / 0.8)
