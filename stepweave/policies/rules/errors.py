"""What the planner that needs no model says when it cannot plan."""

from __future__ import annotations

MODEL = "or choose a planner with a model: --planner chat"
"""The remedy that always remains."""


class CannotPlan(Exception):
    """The request cannot be planned by rules; nothing was planned."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason = reason
        self.remedy = f"{remedy}; {MODEL}" if remedy else MODEL.removeprefix("or ")
        super().__init__(f"{self.reason}; {self.remedy}")
