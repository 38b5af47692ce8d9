"""What people say to a run, and what it does about it."""

from __future__ import annotations

from stepweave.messages import (
    Approve,
    Branch,
    Control,
    Decided,
    Draw,
    Edit,
    FromStep,
    Heeded,
    Judge,
    Options,
    Origin,
    Pick,
    Plan,
    Preference,
    Redo,
    Reject,
    RevisePlan,
    Step,
)
from stepweave.policies.state import RunState
from tests.policies.simulated import Log, answers, chain, picture, verdict

YES = answers(chain(3), lambda ask: verdict(True, 9))
WAITING = answers(chain(3), lambda ask: verdict(ask.step != 3, 9 if ask.step != 3 else 2))


def say(log: Log, control: Control) -> Heeded:
    """Tell a run something and let it decide; what it says to that."""
    id_ = f"word{len(log.records)}"
    log.append("ctl", (id_,), control)
    while log.decide():
        pass
    decisions = [record.message for record in log.records if isinstance(record.message, Decided)]
    (heeded,) = [one for decision in decisions for one in decision.heeded if one.control == id_]
    return heeded


def preferences(log: Log) -> list[Preference]:
    return [p for record in log.records if isinstance(record.message, Decided) for p in record.message.preferences]


def draws(state: RunState, step: int) -> list[Draw]:
    return [state.commands[task].ask for task in state.draws.get(step, ())]  # type: ignore[misc]


def until(log: Log, task: str, policy_yes: bool = True) -> None:
    """Answer everything but one task."""
    for _ in range(100):
        while log.decide():
            pass
        open_ = [command for command in log.state.waiting() if command.task != task]
        if not open_:
            return
        log.answer(open_[0], YES(open_[0]))


def test_nothing_is_drawn_before_the_plan_is_approved() -> None:
    log = Log(Options(approval="plan", memory=None))
    log.run(YES)
    assert log.state.plan is not None
    assert not log.state.draws
    assert say(log, Approve()).refused == ""
    assert log.run(YES).outcome is not None
    assert log.state.accepted.keys() == {1, 2, 3}


def test_a_rejected_plan_is_made_anew_with_the_reason() -> None:
    other = (Step(number=1, prompt="something else"),)
    asked: list[RevisePlan] = []

    def revise(ask: RevisePlan) -> Plan:
        asked.append(ask)
        return Plan(steps=other)

    answering = answers(chain(3), lambda ask: verdict(True), revise)
    log = Log(Options(approval="plan", memory=None))
    log.run(answering)
    say(log, Reject(reason="too long"))
    log.run(answering)
    assert [(ask.failed, ask.reasons) for ask in asked] == [(1, ("too long",))]
    assert log.state.plan == other
    assert not log.state.draws, "the new one waits as well"
    say(log, Approve())
    assert log.run(answering).accepted.keys() == {1}


def test_a_picture_waits_for_approval_and_the_next_step_with_it() -> None:
    log = Log(Options(approval="steps", memory=None))
    log.run(YES)
    assert log.state.proposed[1].candidate == 1
    assert not log.state.accepted
    assert say(log, Approve(step=1)).refused == ""
    assert log.state.accepted[1].candidate == 1
    log.run(YES)
    assert log.state.proposed.keys() == {2}


def test_a_rejected_picture_is_drawn_again_and_is_a_preference() -> None:
    log = Log(Options(approval="steps", memory=None))
    log.run(YES)
    say(log, Reject(step=1, reason="ugly"))
    assert preferences(log) == [Preference(step=1, over=(picture("s1c1"),), reason="ugly")]
    log.run(YES)
    assert log.state.proposed[1].candidate == 2


def test_a_person_may_choose_what_the_critics_rejected() -> None:
    log = Log(Options(approval="steps", memory=None, policy="sequential(2)"))
    log.run(answers(chain(1), lambda ask: verdict(ask.candidate == 2, ask.candidate)))
    assert log.state.proposed[1].candidate == 2
    say(log, Approve(step=1, candidate=1))
    assert log.state.accepted[1].candidate == 1
    assert not log.state.accepted[1].flawed
    assert preferences(log) == [Preference(step=1, preferred=picture("s1c1"), over=(picture("s1c2"),))]


def test_another_choice_makes_what_was_drawn_from_the_first_invalid_and_nothing_else() -> None:
    plan = (
        Step(number=1, prompt="one"),
        Step(number=2, prompt="two", sources=(FromStep(step=1),)),
        Step(number=3, prompt="three"),
        Step(number=4, prompt="four", sources=(FromStep(step=2),)),
        Step(number=5, prompt="five"),
    )
    yes = answers(plan, lambda ask: verdict(True))
    log = Log(Options(memory=None, policy="parallel(2)"))
    for _ in range(60):
        while log.decide():
            pass
        open_ = [c for c in log.state.waiting() if not (isinstance(c.ask, Draw | Judge) and c.ask.step == 5)]
        if not open_:
            break
        log.answer(open_[-1], yes(open_[-1]))
    assert log.state.accepted.keys() == {1, 2, 3, 4}
    first, rest = log.state.accepted[1].candidate, dict(log.state.accepted)
    say(log, Branch(step=1))
    (beside,) = [ask for ask in draws(log.state, 1) if ask.beside]
    command = log.state.commands[f"s1c{beside.candidate}"]
    log.answer(command, yes(command))
    while log.decide():
        pass
    assert log.state.accepted[1].candidate == first, "it counts only when somebody says so"
    say(log, Approve(step=1, candidate=beside.candidate))
    assert log.state.accepted.keys() == {1, 3}
    assert log.state.accepted[3] == rest[3]
    assert draws(log.state, 2)[-1].sources == (picture(command.task),)
    say(log, Approve(step=1, candidate=first))
    assert log.state.accepted == rest, "the same pictures stand again, and so does what was drawn from them"


def test_redo_begins_a_step_anew_and_what_was_drawn_from_it() -> None:
    log = Log(Options(memory=None))
    until(log, "s3c1")
    assert log.state.accepted.keys() == {1, 2}
    say(log, Redo(step=2))
    assert log.state.accepted.keys() == {1}
    assert "s3c1" in log.state.abandoned
    assert [ask.candidate for ask in draws(log.state, 2)] == [1, 2]
    assert log.run(YES).accepted[2].candidate == 2


def test_edited_words_leave_pictures_and_edited_prompts_do_not() -> None:
    log = Log(Options(memory=None))
    until(log, "s3c1")
    before = dict(log.state.accepted)
    say(log, Edit(step=1, text="Once upon a time"))
    assert log.state.accepted == before
    assert log.state.step(1).text == "Once upon a time"
    say(log, Edit(step=2, prompt="otherwise"))
    assert log.state.accepted.keys() == {1}
    assert draws(log.state, 2)[-1].prompt == "otherwise"


def test_a_picked_picture_stands_and_the_rest_is_drawn_from_it() -> None:
    log = Log(Options(memory=None))
    until(log, "s3c1")
    origin = Origin(run="other", step=4, candidate=2)
    say(log, Pick(step=1, image=picture("there"), origin=origin))
    assert log.state.accepted.keys() == {1}
    assert log.state.accepted[1].taken == origin
    assert draws(log.state, 2)[-1].sources == (picture("there"),)
    assert log.run(YES).outcome is not None
    assert preferences(log)[0].preferred == picture("there")


def test_what_cannot_be_followed_is_refused_with_the_reason_and_changes_nothing() -> None:
    log = Log(Options(memory=None))
    until(log, "s2c1")
    before = (log.state.plan, log.state.accepted, log.state.commands, log.state.void)
    for control, why in (
        (Approve(), "no plan waits for approval"),
        (Approve(step=9), "there is no step 9; the plan has 3"),
        (Approve(step=2), "nothing of step 2 waits for approval"),
        (Approve(step=1, candidate=7), "no picture of candidate 7; drawn: 1"),
        (Reject(step=2), "has no picture that waits or was kept"),
        (Redo(step=9), "there is no step 9"),
        (Edit(step=1), "nothing is to be changed"),
        (Edit(step=1, prompt=" "), "step 1 has an empty prompt"),
        (Branch(step=3), "a picture that step 3 starts from has not been settled"),
    ):
        assert why in say(log, control).refused
    assert (log.state.plan, log.state.accepted, log.state.commands, log.state.void) == before


def test_the_same_word_said_twice_is_heeded_once() -> None:
    log = Log(Options(memory=None))
    until(log, "s2c1")
    for _ in range(2):
        log.append("ctl", ("word",), Redo(step=1))
        while log.decide():
            pass
    assert len(draws(log.state, 1)) == 2


def test_branches_keep_to_the_budget() -> None:
    log = Log(Options(memory=None, budget={"images": 3}))  # type: ignore[arg-type]
    until(log, "s2c1")
    assert say(log, Branch(step=1, count=2)).refused == "the budget is 3 pictures, and 2 are drawn"


def test_a_picked_picture_stands_whatever_becomes_of_the_steps_before_it() -> None:
    log = Log(Options(approval="steps", policy="parallel(2)", memory=None))
    log.run(YES)
    taken = Pick(step=3, image=picture("elsewhere"), origin=Origin(run="other", step=3, candidate=1))
    assert say(log, taken).refused == ""
    assert say(log, Approve(step=1)).refused == ""
    assert log.state.accepted[3].image == picture("elsewhere")
    log.run(YES)
    assert say(log, Redo(step=1)).refused == ""
    assert log.state.accepted.keys() == {3}


def test_what_waits_for_approval_is_not_exchanged_under_the_eyes_of_who_looks() -> None:
    log = Log(Options(approval="steps", policy="parallel(2)", memory=None))
    until(log, "s1c1")
    assert log.state.proposed[1].candidate == 2
    log.run(YES)
    assert log.state.candidates(1)[0].accepted
    assert log.state.proposed[1].candidate == 2
    assert say(log, Approve(step=1)).refused == ""
    assert log.state.accepted[1].candidate == 2


def test_what_waited_goes_with_the_picture_it_was_drawn_from() -> None:
    log = Log(Options(approval="steps", policy="parallel(2)", memory=None))
    log.run(YES)
    say(log, Approve(step=1))
    log.run(YES)
    assert log.state.proposed.keys() == {2}
    say(log, Redo(step=1))
    assert not log.state.proposed


def test_a_person_may_agree_with_what_was_kept_for_want_of_better() -> None:
    log = Log(Options(policy="sequential(2)", memory=None))
    no = answers(chain(3), lambda ask: verdict(ask.step != 1, 2.0))
    while 2 not in log.state.draws:
        log.decide()
        for command in log.state.waiting():
            log.answer(command, no(command))
        log.decide()
    assert log.state.accepted[1].flawed
    chosen = log.state.accepted[1].candidate
    assert say(log, Approve(step=1, candidate=chosen)).refused == ""
    assert not log.state.accepted[1].flawed
    outcome = log.run(no).outcome
    assert outcome is not None
    assert outcome.status == "completed"


def test_another_plan_that_nobody_needs_any_more_is_called_off() -> None:
    log = Log(Options(approval="plan", memory=None))
    log.run(YES)
    assert say(log, Reject()).refused == ""
    assert [command.task for command in log.state.waiting()] == ["revise-1"]
    assert "already" in say(log, Reject()).refused
    assert say(log, Approve()).refused == ""
    assert "revise-1" in log.state.abandoned
    outcome = log.run(YES).outcome
    assert outcome is not None
    assert outcome.status == "completed"
