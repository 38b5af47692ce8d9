"""The small parts that decisions are put together from."""

from __future__ import annotations

from stepweave.messages import AnyAsk, Command, Decided, Outcome
from stepweave.policies.state import RunState

NOTHING = Decided()

LONGEST_REASON = 1000
"""Characters of the reason why a run was given up: it may quote what nobody can read."""


def order(task: str, role: str, capability: str, ask: AnyAsk) -> Decided:
    """One command."""
    return Decided(commands=(Command(task=task, role=role, capability=capability, ask=ask),))


def end(state: RunState, outcome: Outcome) -> Decided:
    """The end of a run; what is under way is called off."""
    return Decided(abandoned=tuple(command.task for command in state.waiting()), outcome=outcome)


def given_up(state: RunState, error: Exception) -> Decided:
    """The end of a run that cannot go on, with the reason."""
    reason = (getattr(error, "reason", "") or str(error) or type(error).__name__)[:LONGEST_REASON]
    return end(state, Outcome(status="failed", reason=reason))


def spent(what: str, option: str) -> Outcome:
    """How a run ends whose budget is used up."""
    return Outcome(
        status="failed", reason=f"the budget of {what} is used up", remedy=f"ask again with a larger {option}"
    )


def merged(one: Decided, other: Decided) -> Decided:
    """Two decisions as one, the second taken after the first."""
    return Decided(
        plan=other.plan if other.plan is not None else one.plan,
        approved=one.approved or other.approved,
        reopened=one.reopened + other.reopened,
        redone=one.redone + other.redone,
        rejected=one.rejected + other.rejected,
        proposed=one.proposed + other.proposed,
        accepted=one.accepted + other.accepted,
        abandoned=one.abandoned + other.abandoned,
        commands=one.commands + other.commands,
        heeded=one.heeded + other.heeded,
        preferences=one.preferences + other.preferences,
        outcome=other.outcome or one.outcome,
    )
