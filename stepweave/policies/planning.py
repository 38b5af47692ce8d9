"""Decisions about the plan: asking the memory and the planner, adopting what the planner says, planning again."""

from __future__ import annotations

from stepweave.messages import Decided, Failure, MakePlan, Outcome, Plan, Recall, RevisePlan, RunRequested, Step
from stepweave.policies.parts import end, order
from stepweave.policies.plans import fault_of_plan, revised
from stepweave.policies.search import Place
from stepweave.policies.state import NOTES, RunState

RECALLED_BY = 20_000
"""Characters of the request by which the memory is asked."""


def planning(state: RunState, requested: RunRequested) -> Decided | None:
    """What is next for a run that has no plan."""
    options = requested.options
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
    command = state.commands.get(_task(state))
    if command is None:
        made = sum(isinstance(command.ask, RevisePlan) for command in state.commands.values())
        if made >= requested.options.revisions:
            return False
        return revise(state, requested, place.step.number, tuple(candidate.reason for candidate in place.candidates))
    steps = revision(state, requested)
    if steps is None:
        return command.task not in state.answers
    asked = isinstance(command.ask, RevisePlan) and command.ask.failed == place.step.number
    return Decided(plan=steps) if asked else False


def revise(state: RunState, requested: RunRequested, failed: int, reasons: tuple[str, ...]) -> Decided:
    """Ask the planner for another plan from a step on."""
    ask = RevisePlan(
        request=requested.request,
        inputs=requested.inputs,
        steps=requested.options.steps,
        plan=state.plan or (),
        failed=failed,
        reasons=reasons,
        notes=state.notes(),
    )
    return order(_task(state), "planner", requested.options.planner, ask)


def revision(state: RunState, requested: RunRequested) -> tuple[Step, ...] | None:
    """The plan that the planner made anew; ``None``: it has not yet, or made none that can be drawn."""
    command, answer = state.commands.get(_task(state)), state.answer(_task(state))
    if command is None or answer is None or not isinstance(command.ask, RevisePlan):
        return None
    steps = revised(state.plan or (), command.ask.failed, answer)
    sound = steps and not fault_of_plan(steps, inputs=len(requested.inputs), steps=requested.options.steps)
    return steps if sound else None


def approving(state: RunState, requested: RunRequested) -> Decided | None:
    """What is next while the plan waits for approval: another one, if a person rejected it."""
    command = state.commands.get(_task(state))
    if command is None or command.task not in state.answers:
        return None
    steps = revision(state, requested)
    if steps is None:
        reason = "the plan was rejected, and the planner made no other that can be drawn"
        return end(state, Outcome(status="failed", reason=reason, remedy="ask in other words, or choose --planner"))
    return Decided(plan=steps)


def awaits_approval(state: RunState) -> bool:
    """Whether nothing may be drawn before a person agrees with the plan."""
    requested = state.requested
    return requested is not None and requested.options.approval in ("plan", "all") and not state.approved


def _task(state: RunState) -> str:
    """The task in which the plan in force is made anew."""
    return f"revise-{state.revision + 1}"
