"""Decisions about the plan: asking the memory and the planner, adopting what the planner says, planning again."""

from __future__ import annotations

from stepweave.messages import (
    Command,
    Decided,
    Failure,
    MakePlan,
    Outcome,
    Plan,
    Recall,
    RevisePlan,
    RunRequested,
    Step,
)
from stepweave.policies.parts import end, order
from stepweave.policies.plans import MOST_STEPS, fault_of_plan, revised
from stepweave.policies.search import Place
from stepweave.policies.standing import replans
from stepweave.policies.state import NOTES, RunState

RECALLED_BY = 20_000
"""Characters of the request by which the memory is asked."""


def planning(state: RunState, requested: RunRequested) -> Decided | None:
    """What is next for a run that has no plan."""
    options = requested.options
    if options.steps is not None and options.steps > MOST_STEPS:
        reason = f"{options.steps} steps are asked for, at most {MOST_STEPS} are drawn"
        return end(state, Outcome(status="failed", reason=reason, remedy="ask again with fewer --steps"))
    if options.memory is not None and "recall" not in state.commands:
        wanted = Recall(text=requested.request[:RECALLED_BY], kinds=("canvas", "cure"), limit=NOTES)
        return order("recall", "memory", options.memory, wanted)
    if "plan" not in state.commands:
        if options.memory is not None and "recall" not in state.answers:
            return None
        ask = MakePlan(request=requested.request, inputs=requested.inputs, steps=options.steps, notes=state.notes())
        return order("plan", "planner", options.planner, ask)
    answer = state.answer("plan")
    if answer is None:
        return None
    if isinstance(answer, Failure):
        return end(state, Outcome(status="failed", reason=answer.reason, remedy=answer.remedy))
    if not isinstance(answer, Plan):
        return end(state, Outcome(status="failed", reason=f"planner {options.planner} gave no plan"))
    if fault := fault_of_plan(answer.steps, inputs=len(requested.inputs), steps=options.steps):
        reason = f"planner {options.planner} made a plan that cannot be drawn: {fault}"
        return end(state, Outcome(status="failed", reason=reason, remedy="ask in other words, or choose --planner"))
    return Decided(plan=answer.steps)


def revising(state: RunState, requested: RunRequested, place: Place) -> Decided | bool:
    """Plan again from a step at which every attempt failed.

    Returns:
        What is next, or whether to wait; if neither, no other plan is to be had.
    """
    asked = [command for command in _revisions(state) if not _ask(command).rejected]
    wanted = [command for command in asked if replans(state, _ask(command))]
    own = next((command for command in reversed(wanted) if _ask(command).failed == place.step.number), None)
    if own is not None:
        steps = _revision(state, requested, own)
        return Decided(plan=steps) if steps is not None else own.task not in state.answers
    if any(other.task not in state.answers or _revision(state, requested, other) for other in wanted):
        return True  # there will be another plan, in which this step may not fail
    if len(asked) >= requested.options.revisions:
        return False
    return revise(state, requested, place.step.number, tuple(candidate.reason for candidate in place.candidates))


def revise(
    state: RunState, requested: RunRequested, failed: int, reasons: tuple[str, ...], *, rejected: bool = False
) -> Decided:
    """Ask the planner for another plan from a step on."""
    ask = RevisePlan(
        request=requested.request,
        inputs=requested.inputs,
        steps=requested.options.steps,
        plan=state.plan or (),
        revision=state.revision,
        failed=failed,
        reasons=reasons,
        rejected=rejected,
        notes=state.notes(),
    )
    number = sum(isinstance(command.ask, RevisePlan) for command in state.commands.values()) + 1
    return order(f"revise-{number}", "planner", requested.options.planner, ask)


def approving(state: RunState, requested: RunRequested) -> Decided | None:
    """What is next while the plan waits for approval: another one, if a person rejected it."""
    asked = [command for command in _revisions(state) if _ask(command).rejected and replans(state, _ask(command))]
    if not asked or asked[-1].task not in state.answers:
        return None
    steps = _revision(state, requested, asked[-1])
    if steps is None:
        reason = "the plan was rejected, and the planner made no other that can be drawn"
        return end(state, Outcome(status="failed", reason=reason, remedy="ask in other words, or choose --planner"))
    return Decided(plan=steps)


def _revisions(state: RunState) -> list[Command]:
    """The commands to plan again that were not called off."""
    found = (command for command in state.commands.values() if isinstance(command.ask, RevisePlan))
    return [command for command in found if command.task not in state.abandoned]


def _ask(command: Command) -> RevisePlan:
    assert isinstance(command.ask, RevisePlan)
    return command.ask


def _revision(state: RunState, requested: RunRequested, command: Command) -> tuple[Step, ...] | None:
    """The plan that the planner made anew; ``None``: it has not yet, or made none that can be drawn."""
    answer = state.answer(command.task)
    if answer is None:
        return None
    steps = revised(state.plan or (), _ask(command).failed, answer)
    sound = steps and not fault_of_plan(steps, inputs=len(requested.inputs), steps=requested.options.steps)
    return steps if sound else None


def awaits_approval(state: RunState) -> bool:
    """Whether nothing may be drawn before a person agrees with the plan."""
    requested = state.requested
    return requested is not None and requested.options.approval in ("plan", "all") and not state.approved
