"""How much work may be spent on one request: counted, not timed, so that the same request is answered the same way on
every machine, busy or not.

Reading words and finding room for things takes time that grows with the square or the cube of how much is said, and
anybody may say anything. So whoever takes words from outside opens a budget, the inner loops below take from it, and
when it is used up everything stops at once. A unit is about a microsecond of one of today's processors.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class TooMuchWork(Exception):
    """The budget is used up. No error of the language or the layout: what is tried next would find nothing left."""


class _Budget:
    __slots__ = ("left",)

    def __init__(self, units: int) -> None:
        self.left = units


_budget: ContextVar[_Budget | None] = ContextVar("effort", default=None)


@contextmanager
def effort(units: int) -> Iterator[None]:
    """Spend at most so much in the block; a block within another one spends from the outer budget.

    Raises:
        TooMuchWork: from wherever it is used up; also for what is nested deeper than Python goes.
    """
    token = _budget.set(_Budget(units)) if _budget.get() is None else None
    try:
        yield
    except RecursionError as error:
        raise TooMuchWork from error
    finally:
        if token is not None:
            _budget.reset(token)


def spend(units: int) -> None:
    """Take from the budget, if there is one.

    Raises:
        TooMuchWork: it is used up.
    """
    budget = _budget.get()
    if budget is not None:
        budget.left -= units
        if budget.left < 0:
            raise TooMuchWork
