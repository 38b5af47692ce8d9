"""The paper's loop and its settings, decided without a broker."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stepweave.messages import (
    Answer,
    Budget,
    Cancel,
    Command,
    Draw,
    Drawn,
    Failure,
    FromInput,
    FromStep,
    Judge,
    Options,
    Plan,
    Remember,
    RevisePlan,
    RunRequested,
    Step,
    Unknown,
)
from stepweave.policies.candidates import seed_of
from stepweave.policies.decide import decide
from stepweave.policies.plans import MOST_STEPS
from stepweave.policies.state import RunState
from tests.policies.simulated import START, Log, answers, chain, picture, verdict

YES = answers(chain(3), lambda ask: verdict(True, 9))


def draws(state: RunState) -> list[Draw]:
    return [c.ask for c in state.commands.values() if isinstance(c.ask, Draw)]


def test_every_step_is_drawn_once_when_all_is_well() -> None:
    state = Log().run(YES)
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [(d.step, d.candidate) for d in draws(state)] == [(1, 1), (2, 1), (3, 1)]
    assert [a.candidate for a in state.accepted.values()] == [1, 1, 1]


def test_a_later_step_starts_from_the_accepted_picture() -> None:
    state = Log().run(answers(chain(2), lambda ask: verdict(ask.candidate == 3, refined=f"better {ask.candidate}")))
    assert {d.sources for d in draws(state) if d.step == 2} == {(picture("s1c3"),)}


def test_each_candidate_has_its_own_seed_and_the_refined_prompt() -> None:
    state = Log().run(answers(chain(1), lambda ask: verdict(False, refined=f"take {ask.candidate + 1}")))
    assert [d.prompt for d in draws(state)] == ["draw 1", "take 2", "take 3", "take 4", "take 5"]
    assert len({d.seed for d in draws(state)}) == 5


def test_without_refinement_the_planned_prompt_is_tried_again() -> None:
    options = Options(refine=False, policy="sequential(3)")
    state = Log(options).run(answers(chain(1), lambda ask: verdict(False, refined=f"take {ask.candidate + 1}")))
    assert [d.prompt for d in draws(state)] == ["draw 1"] * 3
    assert len({d.seed for d in draws(state)}) == 3


def test_the_best_scored_candidate_is_kept_when_all_fail() -> None:
    scores = {1: 2.0, 2: 7.0, 3: 4.0, 4: 7.0, 5: 1.0}
    state = Log().run(answers(chain(1), lambda ask: verdict(False, scores[ask.candidate])))
    assert state.accepted[1].candidate == 2
    assert state.accepted[1].flawed
    assert state.outcome is not None
    assert state.outcome.status == "flawed"


def test_stop_ends_the_run_with_the_reason() -> None:
    state = Log(Options(exhausted="stop", policy="sequential(2)")).run(answers(chain(2), lambda ask: verdict(False)))
    assert state.outcome is not None
    assert state.outcome.status == "failed"
    assert "all 2 attempts" in state.outcome.reason
    assert "wrong colour" in state.outcome.reason


def test_replan_draws_the_revised_steps_and_keeps_the_accepted_ones() -> None:
    def judge(ask: Judge) -> object:
        return verdict(ask.prompt != "edit 2")

    def revise(ask: RevisePlan) -> Plan:
        assert ask.failed == 2
        return Plan(steps=(Step(number=2, prompt="other way", sources=(FromStep(step=1),)),))

    options = Options(exhausted="replan", policy="sequential(2)")
    state = Log(options).run(answers(chain(2), judge, revise))  # type: ignore[arg-type]
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [d.prompt for d in draws(state)] == ["draw 1", "edit 2", "edit 2", "other way"]
    assert state.accepted[1].candidate == 1
    assert state.accepted[2].candidate == 3


def test_a_useless_revision_keeps_the_best() -> None:
    options = Options(exhausted="replan", policy="sequential(1)")
    state = Log(options).run(
        answers(chain(1), lambda ask: verdict(False), lambda ask: Failure(kind="CannotPlan", reason="no idea"))
    )
    assert state.accepted[1].flawed


def test_every_step_that_fails_may_have_a_revision() -> None:
    """The first is of no use; the second is asked for another step."""
    asked: list[int] = []

    def revise(ask: RevisePlan) -> Answer:
        asked.append(ask.failed)
        if ask.failed == 1:
            return Failure(kind="CannotPlan", reason="no idea")
        return Plan(steps=(Step(number=2, prompt="other way", sources=(FromStep(step=1),)),))

    options = Options(exhausted="replan", policy="sequential(1)", revisions=2)
    state = Log(options).run(answers(chain(2), lambda ask: verdict(ask.prompt == "other way"), revise))
    assert asked == [1, 2]
    assert state.accepted[1].flawed
    assert not state.accepted[2].flawed


def test_a_step_that_fails_waits_for_the_plan_that_is_made_for_another() -> None:
    plan = (Step(number=1, prompt="one"), Step(number=2, prompt="two"))
    log = Log(Options(exhausted="replan", policy="sequential(1)", revisions=2, memory=None))
    revised: list[int] = []

    def revise(ask: RevisePlan) -> Plan:
        revised.append(ask.failed)
        return Plan(steps=tuple(s.model_copy(update={"prompt": f"better {s.number}"}) for s in plan[ask.failed - 1 :]))

    answering = answers(plan, lambda ask: verdict(ask.prompt.startswith("better")), revise)
    log.run(answering, pick=lambda count: count - 1)
    assert revised == [2, 1]
    assert log.state.outcome is not None
    assert log.state.outcome.status == "completed"


def test_a_plan_that_is_made_as_it_was_does_no_harm() -> None:
    options = Options(exhausted="replan", policy="sequential(1)", revisions=3)
    state = Log(options).run(answers(chain(1), lambda ask: verdict(False), lambda ask: Plan(steps=chain(1))))
    assert state.revision == 3
    assert state.accepted[1].flawed


def test_a_critic_named_twice_is_asked_once() -> None:
    state = Log(Options(critics=("pixels", "pixels"))).run(answers(chain(1), lambda ask: verdict(True)))
    assert state.outcome is not None
    assert state.outcome.status == "completed"


def test_text_only_steps_draw_nothing() -> None:
    plan = (Step(number=1, text="Fold it."), Step(number=2, prompt="draw 2"))
    state = Log().run(answers(plan, lambda ask: verdict(True)))
    assert [d.step for d in draws(state)] == [2]
    assert state.accepted[1].candidate is None


def test_independent_steps_are_ordered_together() -> None:
    plan = tuple(Step(number=n, prompt=f"draw {n}") for n in (1, 2, 3))
    log = Log(Options(memory=None))
    while log.decide():
        pass
    command = log.state.commands["plan"]
    log.answer(command, Plan(steps=plan))
    log.decide()
    assert [c.task for c in log.state.waiting()] == ["s1c1", "s2c1", "s3c1"]


def test_given_pictures_are_continued() -> None:
    plan = (Step(number=1, prompt="add a sun", sources=(FromInput(index=0),)),)
    log = Log()
    log.state = RunState("r")
    log.records.clear()
    log.append("ev", ("requested", str(log.state.events)), RunRequested(request="go on", inputs=(picture("given"),)))
    state = log.run(answers(plan, lambda ask: verdict(True)))
    assert draws(state)[0].sources == (picture("given"),)


def test_a_plan_without_end_is_not_drawn() -> None:
    state = Log().run(answers(chain(MOST_STEPS + 1), lambda ask: verdict(True)))
    assert state.outcome is not None
    assert (state.outcome.status, state.plan) == ("failed", None)
    assert f"at most {MOST_STEPS} are drawn" in state.outcome.reason
    most = Log().run(answers(chain(MOST_STEPS), lambda ask: verdict(True)))
    assert most.outcome is not None
    assert most.outcome.status == "completed"


def test_a_stated_number_of_steps_is_enforced() -> None:
    state = Log(Options(steps=4)).run(YES)
    assert state.outcome is not None
    assert state.outcome.status == "failed"
    assert "3 steps where 4" in state.outcome.reason


def test_without_critics_every_picture_is_accepted() -> None:
    state = Log(Options(critics=())).run(YES)
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert not any(isinstance(c.ask, Judge) for c in state.commands.values())


def test_two_critics_must_agree_unless_any_will_do() -> None:
    def judge(command: Command) -> object:
        return verdict(command.capability == "kind")

    def run(agreement: str) -> RunState:
        options = Options(critics=("kind", "strict"), agreement=agreement, policy="sequential(2)")  # type: ignore[arg-type]
        usual = answers(chain(1), lambda ask: verdict(True))
        return Log(options).run(lambda c: judge(c) if c.role == "critic" else usual(c))  # type: ignore[arg-type, return-value]

    assert run("all").accepted[1].flawed
    assert not run("any").accepted[1].flawed


def test_a_planner_failure_ends_the_run_with_its_remedy() -> None:
    failure = Failure(kind="CannotPlan", reason="no word known", remedy="say it otherwise")
    state = Log(Options(memory=None)).run(lambda command: failure)
    assert state.outcome is not None
    assert (state.outcome.status, state.outcome.remedy) == ("failed", "say it otherwise")


def test_a_refusal_is_not_repeated() -> None:
    usual = answers(chain(1), lambda ask: verdict(True))
    refusal = Failure(kind="Refused", reason="unknown parameter x", remedy="leave it out")
    state = Log().run(lambda c: refusal if isinstance(c.ask, Draw) else usual(c))
    assert len(draws(state)) == 1
    assert state.outcome is not None
    assert "unknown parameter x" in state.outcome.reason


def test_answers_that_do_not_fit_end_a_step_at_once() -> None:
    """An agent in another language may answer anything; the run must still end."""
    usual = answers(chain(1), lambda ask: verdict(True))
    for role in ("generator", "critic"):
        state = Log(Options(policy="sequential(2)")).run(
            lambda c, role=role: Plan(steps=chain(1)) if c.role == role else usual(c)
        )
        assert state.outcome is not None
        assert len(draws(state)) == 1


def test_an_answer_nobody_can_read_ends_the_plan() -> None:
    log = Log(Options(memory=None))
    log.decide()
    log.append("done", ("planner", "rules", "plan"), Unknown(type="stepweave.plan.made.v9", body={}))
    state = log.run(YES)
    assert state.outcome is not None
    assert "stepweave.plan.made.v9" in state.outcome.reason


def test_an_image_budget_ends_the_run_cleanly() -> None:
    options = Options(budget=Budget(images=2))
    state = Log(options).run(answers(chain(3), lambda ask: verdict(False)))
    assert len(draws(state)) == 2
    assert state.outcome is not None
    assert "2 pictures" in state.outcome.reason


def test_a_time_budget_ends_the_run_and_calls_off_what_waits() -> None:
    log = Log(Options(budget=Budget(seconds=60), memory=None))
    log.decide()
    assert decide(log.state, START + timedelta(seconds=30)) is None
    ending = decide(log.state, START + timedelta(seconds=62))
    assert ending is not None
    assert ending.abandoned == ("plan",)
    assert ending.outcome is not None


def test_a_token_budget_counts_all_answers_and_ends_the_run_once() -> None:
    log = Log(Options(budget=Budget(tokens=1000), memory=None))
    log.decide()
    log.answer(log.state.commands["plan"], Plan(steps=chain(2), tokens=600))
    assert log.decide()
    assert log.state.outcome is None
    drawing = log.state.commands["s1c1"]
    log.answer(drawing, Drawn(image=picture("one"), tokens=400))
    assert log.decide()
    assert log.state.outcome is not None
    assert "1000 tokens" in log.state.outcome.reason
    assert not log.decide()


def test_cancel_keeps_what_is_accepted() -> None:
    log = Log()
    log.run(YES, most=4)
    log.append("ctl", ("x",), Cancel(reason="enough"))
    state = log.run(YES)
    assert state.outcome is not None
    assert (state.outcome.status, state.outcome.reason) == ("cancelled", "enough")
    assert not state.waiting()


def test_what_cured_a_fault_is_remembered() -> None:
    state = Log().run(answers(chain(1), lambda ask: verdict(ask.candidate == 2, refined="a pure red cat")))
    (command,) = [c for c in state.commands.values() if isinstance(c.ask, Remember)]
    assert isinstance(command.ask, Remember)
    cure = next(n for n in command.ask.notes if n.kind == "cure")
    assert (cure.before, cure.text, cure.subject, cure.aspect) == ("draw 1", "a pure red cat", "cat", "colour")


@given(st.integers(0, 2**32 - 1), st.integers(1, 50), st.integers(1, 50))
def test_seeds_are_in_range_and_differ_from_their_neighbours(seed: int, step: int, candidate: int) -> None:
    here = seed_of(seed, step, candidate)
    assert 0 <= here < 2**32
    assert here == seed_of(seed, step, candidate)
    assert here != seed_of(seed, step, candidate + 1)
