"""The planner that needs no model: plans what it knows, and says plainly what it cannot plan."""

from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.planning import plan
from stepweave.policies.rules.revising import revise

__all__ = ["CannotPlan", "plan", "revise"]
