"""Decisions about the plan: asking the memory and the planner, adopting what the planner says, planning again."""

from __future__ import annotations

from stepweave.messages import Decided, Failure, MakePlan, Outcome, Plan, Recall, RevisePlan, RunRequested
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
    step, task = place.step, f"revise-{state.revision + 1}"
    if task not in state.commands:
        ask = RevisePlan(
            request=requested.request,
            inputs=requested.inputs,
            steps=requested.options.steps,
            plan=state.plan or (),
            failed=step.number,
            reasons=tuple(candidate.reason for candidate in place.candidates),
            notes=state.notes(),
        )
        return order(task, "planner", requested.options.planner, ask)
    answer, command = state.answer(task), state.commands[task]
    if answer is None or not isinstance(command.ask, RevisePlan):
        return True
    if command.ask.failed != step.number:
        return False
    steps = revised(state.plan or (), step.number, answer)
    if steps is None or fault_of_plan(steps, inputs=len(requested.inputs), steps=requested.options.steps):
        return False
    return Decided(plan=steps)
