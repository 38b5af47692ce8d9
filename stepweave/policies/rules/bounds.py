"""How much work is spent on planning one request, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stepweave.policies.rules.errors import CannotPlan
from stepweave.world.effort import TooMuchWork, effort

EFFORT = 10_000_000
"""Units, see ``stepweave.world.effort``. Of 1,600 requests that people worded freely the dearest takes 80,000."""


@contextmanager
def within_effort() -> Iterator[None]:
    """Plan in the block.

    Raises:
        CannotPlan: it takes more work than is spent on one request.
    """
    try:
        with effort(EFFORT):
            yield
    except TooMuchWork as error:
        why = "to plan this takes more work than is spent on one request"
        raise CannotPlan(why, "ask for fewer things, fewer steps, or in fewer words") from error
