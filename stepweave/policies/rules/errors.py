"""What the planner that needs no model says when it cannot plan."""

from __future__ import annotations


class CannotPlan(Exception):
    """The request cannot be planned by rules; nothing was planned.

    Args:
        reason: what stands against it.
        remedy: what to say instead.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{self.reason}; {self.remedy}")
