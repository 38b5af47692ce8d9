"""What to do next: ``decide(state, now) -> decision``, a pure function.

A decision is built from small parts. Each part is enacted on a rehearsal of the state before the next one is looked
for, so one decision carries a run as far as it can go without hearing more: it accepts a picture, calls off what can
count no more, and already orders the next candidates.
"""

from __future__ import annotations

from datetime import datetime

from stepweave.messages import Decided, Options, Outcome
from stepweave.policies.drawing import judging, searching, words
from stepweave.policies.parts import NOTHING, end, merged, spent
from stepweave.policies.planning import planning
from stepweave.policies.standing import stale
from stepweave.policies.state import ENDLESS, RunState, enact


def decide(state: RunState, now: datetime) -> Decided | None:
    """Everything that can be decided from what is known; ``None`` when there is nothing to do but wait."""
    whole = NOTHING
    while (part := _next(state, now)) is not None:
        whole, state = merged(whole, part), enact(state, part)
    return None if whole == NOTHING else whole


def kind(decision: Decided, state: RunState) -> str:
    """The subject token of a decision taken in ``state``: what a reader who only counts wants to know."""
    if decision.outcome is not None:
        return "finished"
    if decision.plan is not None:
        return "planned" if state.plan is None else "revised"
    return "decided"


def _next(state: RunState, now: datetime) -> Decided | None:
    requested = state.requested
    if requested is None or state.outcome is not None:
        return None
    if state.cancelled is not None:
        return end(state, Outcome(status="cancelled", reason=state.cancelled.reason))
    if (used_up := _overspent(state, requested.options, now)) is not None:
        return end(state, used_up)
    if state.chain.ending:
        return end(state, ENDLESS)
    if state.plan is None:
        return planning(state, requested)
    if called_off := stale(state):
        return Decided(abandoned=called_off)
    return words(state) or judging(state, requested) or searching(state, requested) or _finish(state)


def _overspent(state: RunState, options: Options, now: datetime) -> Outcome | None:
    budget = options.budget
    if budget.seconds is not None and state.requested_at is not None:
        elapsed = (now - state.requested_at).total_seconds()
        if elapsed >= budget.seconds:
            return spent(f"{budget.seconds:g} seconds", "--budget-seconds")
    if budget.tokens is not None and sum(answer.tokens for answer in state.answers.values()) >= budget.tokens:
        return spent(f"{budget.tokens} tokens", "--budget-tokens")
    return None


def _finish(state: RunState) -> Decided | None:
    if state.waiting() or any(step.number not in state.accepted for step in state.plan or ()):
        return None
    flawed = sorted(number for number, accepted in state.accepted.items() if accepted.flawed)
    if flawed:
        steps = ", ".join(map(str, flawed))
        reason = f"no candidate was accepted for step {steps}; the best-scored one is kept"
        return Decided(outcome=Outcome(status="flawed", reason=reason, remedy="allow more attempts with --policy"))
    return Decided(outcome=Outcome(status="completed"))
