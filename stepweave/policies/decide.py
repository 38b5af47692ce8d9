"""What to do next: ``decide(state, now) -> decision``, a pure function.

A decision is built from small parts. Each part is enacted on a rehearsal of the state before the next one is looked
for, so one decision carries a run as far as it can go without hearing more: it accepts a picture, calls off what can
count no more, and already orders the next candidates.
"""

from __future__ import annotations

from datetime import datetime

from stepweave.messages import Decided, Options, Outcome, RunForked
from stepweave.policies.drawing import judging, searching, words
from stepweave.policies.heeding import heeding
from stepweave.policies.parts import NOTHING, end, merged, spent
from stepweave.policies.planning import approving, awaits_approval, planning
from stepweave.policies.plans import fault_of_fork
from stepweave.policies.standing import stale
from stepweave.policies.state import ENDLESS, RunState, enact, takes_back

MOST_PARTS = 10_000
"""Parts of one decision at most: each settles something, orders something or calls something off."""


class Endless(Exception):
    """A search policy has something new to say again and again."""

    def __init__(self, policy: str) -> None:
        self.reason = f"the search policy {policy} does not come to an end"
        super().__init__(self.reason)


def decide(state: RunState, now: datetime) -> Decided | None:
    """Everything that can be decided from what is known; ``None`` when there is nothing to do but wait.

    Raises:
        Endless: a search policy does not come to an end.
    """
    return decided(state, now)[0]


def decided(state: RunState, now: datetime) -> tuple[Decided | None, bool]:
    """The same, and whether there will be more to decide once that holds, without anything else being heard.

    Raises:
        Endless: see :func:`decide`.
    """
    whole = NOTHING
    for _ in range(MOST_PARTS):
        part = _next(state, now)
        if part is None or (takes_back(part) and whole != NOTHING):  # that is a decision of its own
            return None if whole == NOTHING else whole, part is not None
        whole, state = merged(whole, part), enact(state, part)
    assert state.requested is not None
    raise Endless(state.requested.options.policy)


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
    if isinstance(requested, RunForked):
        if fault := fault_of_fork(requested) if state.events == 1 else "":
            reason = f"it cannot go on from run {requested.parent.run}: {fault}"
            return end(state, Outcome(status="failed", reason=reason))
        if requested.replays:
            heeded = heeding(state, requested)
            return heeded or judging(state, requested) or _judged_again(state, requested.parent.run)
    if (answered := heeding(state, requested)) is not None:
        return answered
    if called_off := stale(state):
        return Decided(abandoned=called_off)
    if awaits_approval(state):
        return approving(state, requested)
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


def _judged_again(state: RunState, run: str) -> Decided | None:
    """The end of a replay, once all verdicts are there."""
    reason = f"the candidates of run {run} were judged again; nothing was drawn"
    return None if state.waiting() else end(state, Outcome(status="completed", reason=reason))


def _finish(state: RunState) -> Decided | None:
    if state.waiting() or any(step.number not in state.accepted for step in state.plan or ()):
        return None
    flawed = sorted(number for number, accepted in state.accepted.items() if accepted.flawed)
    if flawed:
        steps = ", ".join(map(str, flawed))
        reason = f"no candidate was accepted for step {steps}; the best-scored one is kept"
        return Decided(outcome=Outcome(status="flawed", reason=reason, remedy="allow more attempts with --policy"))
    return Decided(outcome=Outcome(status="completed"))
