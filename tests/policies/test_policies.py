"""What holds for every search policy, whatever is answered, in whatever order, however often."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import (
    Answer,
    Approve,
    Branch,
    Budget,
    Cancel,
    Command,
    Control,
    Decided,
    Draw,
    Drawn,
    Edit,
    Failure,
    FromStep,
    Judge,
    Options,
    Origin,
    Pick,
    Plan,
    Redo,
    Reject,
    RevisePlan,
    Step,
)
from stepweave.policies.candidates import draw_task
from stepweave.policies.decide import decide, kind
from stepweave.policies.planning import awaits_approval
from stepweave.policies.state import RunState, cell, fold
from tests.policies.simulated import START, Log, answers, picture, verdict

POLICIES = (
    "sequential(3)",
    "parallel(3)",
    "parallel(2, rounds=2, keep='best')",
    "speculative(2)",
    "speculative(3, guesses=1, rounds=2)",
    "speculative(1, guesses=2, depth=3)",
    "beam(2, 2)",
    "beam(3, 1, rounds=2)",
    "beam(3, 3, rounds=2)",
    "speculative(2, guesses=3, depth=2)",
    "explore(3)",
    "explore(2, rounds=1)",
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Step, ...]:
    """Plans of up to five steps that start from any of the pictures before them, or from none."""
    steps: list[Step] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        pictures = [step.number for step in steps if step.prompt is not None]
        sources = draw(st.lists(st.sampled_from(pictures), max_size=2, unique=True)) if pictures else []
        if draw(st.integers(0, 9)) == 0:
            steps.append(Step(number=number, text="words"))
        else:
            from_steps = tuple(FromStep(step=source) for source in sources)
            steps.append(Step(number=number, prompt=f"draw {number}", sources=from_steps))
    return tuple(steps)


@dataclass(frozen=True)
class World:
    """What the agents of a run do, by chance."""

    plan: tuple[Step, ...]
    chance: st.DataObject
    kind: float
    """How often a candidate is accepted."""
    twins: float = 0.0
    """How often it is the very picture of another one."""

    def answer(self, command: Command) -> Answer:
        if isinstance(command.ask, RevisePlan):
            steps = self.plan[command.ask.failed - 1 :]
            changed = tuple(s.model_copy(update={"prompt": s.prompt and f"{s.prompt} otherwise"}) for s in steps)
            return Plan(steps=changed)
        luck = self.chance.draw(st.floats(0, 1))
        if isinstance(command.ask, Draw | Judge) and luck > 0.93:
            return Failure(kind="Broken", reason="broken", cause="permanent" if luck > 0.98 else "transient")
        if isinstance(command.ask, Draw) and luck < self.twins:
            return Drawn(image=picture(f"{command.ask.step} {[blob.sha256 for blob in command.ask.sources]}"))
        return answers(self.plan, lambda ask: verdict(luck < self.kind, 10 * luck, refined=f"{ask.prompt}!"))(command)


def words() -> st.SearchStrategy[Control]:
    """What people may say, whether it makes sense or not."""
    step, candidate = st.integers(1, 6), st.none() | st.integers(1, 4)
    origin = Origin(run="other", step=1, candidate=1)
    return st.one_of(
        st.builds(Approve, step=st.none() | step, candidate=candidate),
        st.builds(Reject, step=st.none() | step, candidate=candidate, reason=st.just("ugly")),
        st.builds(Redo, step=step),
        st.builds(
            Edit, step=step, prompt=st.none() | st.sampled_from(["draw it", "draw that", ""]), text=st.just("so")
        ),
        st.builds(Branch, step=step, count=st.integers(1, 2)),
        st.builds(Pick, step=step, image=st.sampled_from([picture("x"), picture("y")]), origin=st.just(origin)),
    )


def asked(state: RunState) -> bool:
    """Whether the run waits for a person."""
    return awaits_approval(state) or bool(state.proposed)


def answers_of_a_person(state: RunState) -> st.SearchStrategy[Control]:
    step = None if awaits_approval(state) else min(state.proposed)
    return st.one_of(*[st.just(Approve(step=step))] * 3, st.just(Reject(step=step, reason="no")))


def run(log: Log, world: World, most: int = 3000, *, talk: bool = False) -> RunState:
    """Answer what waits in any order, say some answers twice, decide now and then, until the run ends."""
    chance = world.chance
    for _ in range(most):
        if chance.draw(st.integers(0, 3)):
            log.decide()
            while log.decide():
                pass
            if not awaits_approval(log.state):
                nothing_in_vain(log.state)
        waiting = log.state.waiting()
        if log.state.outcome is not None:
            return log.state
        if not waiting and not log.decide():
            assert asked(log.state), "nothing is under way, and nobody is asked"
            log.append("ctl", (f"answer{len(log.records)}",), chance.draw(answers_of_a_person(log.state)))
        if waiting:
            command = waiting[chance.draw(st.integers(0, len(waiting) - 1))]
            answer = world.answer(command)
            for _ in range(1 + (chance.draw(st.integers(0, 9)) == 0)):
                log.answer(command, answer)
        if talk and log.state.outcome is None and chance.draw(st.integers(0, 19)) == 0:
            word = chance.draw(words())
            for _ in range(1 + (chance.draw(st.integers(0, 9)) == 0)):
                log.append("ctl", (f"word{len(log.records) % 50}",), word)
        if chance.draw(st.integers(0, 199)) == 0:
            log.append("ctl", ("stop",), Cancel(reason="enough"))
    raise AssertionError("the run does not end")


def nothing_in_vain(state: RunState) -> None:
    """Once all is decided, nothing is under way for a step that has ended, or drawn from what did not come to stand."""
    for command in state.waiting():
        if isinstance(command.ask, Draw | Judge):
            drawing = state.commands[draw_task(command.ask.step, command.ask.candidate)].ask
            assert isinstance(drawing, Draw)
            assert drawing.beside or command.ask.step not in state.accepted
            pairs = zip(state.step(command.ask.step).sources, command.ask.sources, strict=True)
            for source, blob in pairs:
                end = state.accepted.get(source.step) if isinstance(source, FromStep) else None
                assert end is None or end.image == blob


def check(log: Log, options: Options) -> None:
    """A run that has ended keeps every promise."""
    state = log.state
    assert state.outcome is not None
    assert not state.waiting()
    if state.outcome.status in ("completed", "flawed"):
        assert not state.unheeded()
    decisions = [record.message for record in log.records if isinstance(record.message, Decided)]
    one_for_each_step(decisions)
    draws = [c.ask for d in decisions for c in d.commands if isinstance(c.ask, Draw)]
    assert len({(ask.step, ask.candidate) for ask in draws}) == len(draws)
    if options.budget.images is not None:
        assert len(draws) <= options.budget.images
    approved = {(c.step, c.candidate) for c in state.controls.values() if isinstance(c, Approve)}
    for step in state.plan or ():  # what stands was drawn from what stands
        end = state.accepted.get(step.number)
        if end is None or end.candidate is None:
            continue
        kept = next(c for c in state.candidates(step.number) if c.number == end.candidate)
        assert kept.drawn is not None
        assert kept.drawn.image == end.image
        assert list(kept.ask.sources) == [state.accepted[s.step].image for s in step.sources if isinstance(s, FromStep)]
        assert kept.accepted or end.flawed or approved & {(step.number, end.candidate), (step.number, None)}
    if state.outcome.status in ("completed", "flawed"):
        assert state.accepted.keys() == {step.number for step in state.plan or ()}


def one_for_each_step(decisions: list[Decided]) -> None:
    """A step ends once, unless the plan is changed."""
    ended: set[int] = set()
    for decision in decisions:
        if decision.plan is not None:
            ended.clear()
        ended -= set(decision.reopened)
        for accepted in decision.accepted:
            assert accepted.step not in ended
            ended.add(accepted.step)


@pytest.mark.parametrize("policy", POLICIES)
@given(plan=plans(), chance=st.data(), kind_=st.sampled_from([0.0, 0.3, 0.6, 1.0]))
@settings(max_examples=25, deadline=None)
def test_a_run_ends_and_keeps_its_promises(
    policy: str, plan: tuple[Step, ...], chance: st.DataObject, kind_: float
) -> None:
    options = Options(
        policy=policy,
        memory=None,
        exhausted=chance.draw(st.sampled_from(["best", "replan", "stop"])),
        budget=Budget(images=chance.draw(st.none() | st.integers(1, 20))),
        approval=chance.draw(st.sampled_from(["none", "none", "plan", "steps", "all"])),
    )
    log = Log(options)
    run(log, World(plan, chance, kind_, chance.draw(st.sampled_from([0.0, 0.5]))), talk=chance.draw(st.booleans()))
    check(log, options)


@pytest.mark.parametrize("policy", POLICIES)
@given(plan=plans(), chance=st.data())
@settings(max_examples=8, deadline=None)
def test_the_same_answers_in_the_same_order_give_the_same_decisions(
    policy: str, plan: tuple[Step, ...], chance: st.DataObject
) -> None:
    log = Log(Options(policy=policy, memory=None))
    run(log, World(plan, chance, 0.5), talk=True)
    state = RunState("r")
    for record in log.records:
        if isinstance(record.message, Decided):
            decision = decide(state, START)
            assert decision == record.message
            assert record.tokens == (kind(decision, state), str(state.events))
        state = fold(state, record)
    assert state.outcome == log.state.outcome


@pytest.mark.parametrize("policy", POLICIES)
def test_when_all_is_well_no_picture_is_drawn_in_vain_by_chance(policy: str) -> None:
    """Answers in the order of the asks, everything accepted: every step ends with a good picture."""
    plan = tuple(
        Step(number=n, prompt=f"draw {n}", sources=(FromStep(step=n - 1),) if n > 1 else ()) for n in range(1, 5)
    )
    log = Log(Options(policy=policy, memory=None))
    state = log.run(answers(plan, lambda ask: verdict(True, 9.0)))
    check(log, Options())
    assert state.outcome is not None
    assert state.outcome.status == "completed"


def test_cells_are_known_by_task() -> None:
    """The names that the fold goes by are those of the commands."""
    log = Log(Options(policy="speculative(2)", memory=None))
    log.decide()
    (command,) = log.state.waiting()
    assert cell(command) == ("planner", "rules", "plan")
