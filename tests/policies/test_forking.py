"""Time travel: what a run takes over from another one."""

from __future__ import annotations

import pytest

from stepweave.messages import Draw, FromStep, Judge, Options, Origin, Parent, Pick, Step, Verdict
from stepweave.policies.forking import CannotFork, forked, judged_again, picked, source_of
from stepweave.policies.plans import fault_of_fork
from stepweave.policies.state import RunState
from tests.policies.simulated import Log, answers, chain, picture, verdict

PLAN = (
    Step(number=1, prompt="one"),
    Step(number=2, prompt="two", sources=(FromStep(step=1),)),
    Step(number=3, text="words"),
    Step(number=4, prompt="four"),
    Step(number=5, prompt="five", sources=(FromStep(step=2),)),
)
YES = answers(PLAN, lambda ask: verdict(True, 9))


def ended(options: Options | None = None) -> RunState:
    return Log(options or Options(memory=None)).run(YES)


def child(state: RunState, *args: object, **how: object) -> Log:
    """A run that was forked, as it begins."""
    log = Log.__new__(Log)
    log.records, log.state = [], RunState("child")
    log.append("ev", ("requested", "0"), forked(state, *args, **how))  # type: ignore[arg-type]
    return log


def drawn(state: RunState) -> list[int]:
    return sorted({c.ask.step for c in state.commands.values() if isinstance(c.ask, Draw)})


def test_a_fork_has_what_was_before_and_draws_the_rest() -> None:
    parent = ended()
    log = child(parent, 4, prompt="another", options=Options(memory=None, policy="parallel(2)"))
    state = log.run(YES)
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert drawn(state) == [4, 5]
    assert [state.accepted[n].image for n in (1, 2)] == [picture("s1c1"), picture("s2c1")]
    assert state.accepted[2].taken == Origin(run="r", step=2, candidate=1)
    assert "plan" not in state.commands
    assert {c.ask.prompt for c in state.commands.values() if isinstance(c.ask, Draw) and c.ask.step == 4} == {"another"}


def test_a_fork_of_a_fork_says_where_a_picture_is_really_from() -> None:
    first = child(ended(), 5).run(YES)
    again = forked(first, 5)
    assert again.parent == Parent(run="child", how="fork", step=5)
    assert again.accepted[0].taken == Origin(run="r", step=1, candidate=1)
    assert again.accepted[2].image is None


def test_what_had_not_ended_in_the_parent_is_drawn_in_the_child() -> None:
    log = Log(Options(memory=None))
    for _ in range(4):
        while log.decide():
            pass
        command = log.state.waiting()[0]
        log.answer(command, YES(command))
    assert len(log.state.accepted) < 4
    assert drawn(child(log.state, 5).run(YES))[-1] == 5


def test_a_picked_step_makes_only_what_was_drawn_from_it_be_drawn_anew() -> None:
    fork = picked(ended(), 2, picture("there"), Origin(run="other", step=2))
    assert [end.step for end in fork.accepted] == [1, 3, 4, 2]
    assert fault_of_fork(fork) == ""
    log = child(ended(), 1)
    log.records, log.state = [], RunState("child")
    log.append("ev", ("requested", "0"), fork)
    assert drawn(log.run(YES)) == [5]


def test_a_replay_judges_every_candidate_again_and_draws_nothing() -> None:
    log = Log(Options(memory=None, critics=("first",)))
    before = log.run(answers(chain(2), lambda ask: verdict(ask.candidate == 2, ask.candidate)))
    fork = judged_again(before, ("second", "third"))
    again = Log.__new__(Log)
    again.records, again.state = [], RunState("again")
    again.append("ev", ("requested", "0"), fork)
    asked: list[str] = []

    def judge(ask: Judge) -> Verdict:
        asked.append(f"s{ask.step}c{ask.candidate}")
        return verdict(True, 8)

    state = again.run(answers(chain(2), judge))
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert sorted(asked) == sorted(["s1c1", "s1c2", "s2c1", "s2c2"] * 2)
    assert not any(record.branch == "cmd" for record in again.records)
    assert [c.score for c in state.attempts(1)] == [8, 8]
    assert not state.accepted


def test_where_a_picture_is_from() -> None:
    state = ended()
    assert source_of(state, 2) == (picture("s2c1"), Origin(run="r", step=2, candidate=1))
    assert source_of(state, 2, 1)[0] == picture("s2c1")
    for step, candidate, why in ((3, None, "has no picture"), (2, 9, "no picture of candidate 9"), (9, None, "step 9")):
        with pytest.raises(CannotFork, match=why):
            source_of(state, step, candidate)


def test_what_cannot_be_forked_says_why() -> None:
    state = ended()
    with pytest.raises(CannotFork, match="has no step 6; choose 1 to 5"):
        forked(state, 6)
    with pytest.raises(CannotFork, match="step 3 of run r is of words only"):
        forked(state, 3, prompt="draw it")
    with pytest.raises(CannotFork, match="step 4 has an empty prompt"):
        forked(state, 4, prompt=" ")
    with pytest.raises(CannotFork, match="has no plan yet"):
        forked(Log(Options(memory=None)).state, 1)
    with pytest.raises(CannotFork, match="name a critic"):
        judged_again(state, ())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"plan": chain(2)}, "step 3 is settled, but not planned"),
        ({"plan": tuple(s.model_copy(update={"prompt": "x"}) for s in PLAN)}, "step 3 is settled without a picture"),
        ({"attempted": judged_again(ended(), ("x",)).attempted[-1:], "plan": PLAN[:4]}, "is none of the plan"),
    ],
)
def test_a_fork_that_somebody_made_up_ends_with_the_reason(change: dict[str, object], why: str) -> None:
    fork = forked(ended(), 5).model_copy(update=change)
    if "attempted" in change:
        fork = fork.model_copy(update={"accepted": ()})
    assert why in fault_of_fork(fork)
    log = child(ended(), 5)
    log.records, log.state = [], RunState("child")
    log.append("ev", ("requested", "0"), fork)
    state = log.run(YES)
    assert state.outcome is not None
    assert why in state.outcome.reason


def test_a_replay_of_a_fork_judges_what_was_drawn_from_what_it_took_over() -> None:
    state = child(ended(), 5).run(YES)
    assert state.draws.keys() == {5}
    log = Log.__new__(Log)
    log.records, log.state = [], RunState("again")
    log.append("ev", ("requested", "0"), judged_again(state, ("other",)))
    again = log.run(YES)
    assert {c.ask.step for c in again.commands.values() if isinstance(c.ask, Judge)} == {5}


def test_a_run_into_which_a_picture_was_picked_early_can_be_forked() -> None:
    log = Log(Options(approval="steps", memory=None))
    log.run(YES)
    log.append("ctl", ("pick",), Pick(step=5, image=picture("x"), origin=Origin(run="other", step=4, candidate=1)))
    log.run(YES)
    assert 2 not in log.state.accepted
    state = child(log.state, 4, options=Options(memory=None)).run(YES)
    assert drawn(state) == [1, 2, 4, 5]
    early = picked(log.state, 4, picture("y"), Origin(run="other", step=4, candidate=1))
    assert [end.step for end in early.accepted] == [3, 5, 4]
    assert fault_of_fork(early) == ""
