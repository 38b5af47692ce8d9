"""The embedded critic: judges candidates by their pixels alone."""

from stepweave.policies.pixels.verdict import CannotJudge, judge

__all__ = ["CannotJudge", "judge"]
