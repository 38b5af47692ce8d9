"""When to try again: how often, after which pause, and when to leave a thing alone that keeps failing.

An error has one of three causes (:data:`stepweave.messages.Cause`). What is *permanent* would come again with the very
same ask, so it is the answer. A *transient* error is of the agent's surroundings: a server that is down, a full queue.
A *bad answer* is the agent's own slip, as models make them; another try may well succeed. Both are tried again. Only
transient errors open the breaker: they say that the next ask would fare no better.
"""

from __future__ import annotations

import random
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from stepweave.bus import BusError, TooLarge
from stepweave.messages import Cause

JITTER = (0.5, 1.5)
"""A pause is multiplied by a number from this range, so that a crowd that failed together comes back scattered."""


class Retries(BaseModel):
    """How often and how soon."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    again: Annotated[int, Field(ge=0)] = 3
    """How often an ask is delivered again after an error that may pass."""
    deliveries: Annotated[int, Field(ge=1)] = 10
    """How often an ask is delivered at most; one that its workers keep dying of ends as a failure."""
    first_pause: Annotated[float, Field(ge=0)] = 0.5
    """Seconds before the second delivery; twice as many before each further one."""
    longest_pause: Annotated[float, Field(ge=0)] = 30.0
    """Seconds before a further delivery at most."""
    trips: Annotated[int, Field(ge=0)] = 5
    """Transient errors in a row after which the breaker opens; 0: never."""
    first_rest: Annotated[float, Field(gt=0)] = 1.0
    """Seconds for which the breaker is open at first; twice as many after each trial that failed."""
    longest_rest: Annotated[float, Field(gt=0)] = 60.0
    """Seconds for which it is open at most."""

    def pause(self, attempt: int) -> float:
        """Seconds before delivery ``attempt + 1``: doubling, bounded, jittered."""
        return min(self.longest_pause, self.first_pause * 2.0 ** min(attempt - 1, 60)) * random.uniform(*JITTER)


class Breaker:
    """Takes a capability out of service for a while when it fails again and again; times are the caller's, in seconds.

    Closed, all asks pass. After ``trips`` transient errors in a row it opens: none passes for a while. Then one passes
    for a trial; the breaker closes if that goes well, and else stays open for twice as long.
    """

    def __init__(self, retries: Retries) -> None:
        self._retries = retries
        self._errors = 0
        self._rest = retries.first_rest
        self._until: float | None = None
        self._trying = False

    @property
    def closed(self) -> bool:
        """Whether asks pass."""
        return self._until is None

    def rest(self, now: float) -> float:
        """Seconds until it is worth asking again; 0: the caller may go, and if the breaker is open, as its trial."""
        if self._until is None:
            return 0.0
        if self._trying:
            return self._retries.first_rest
        if now < self._until:
            return self._until - now
        self._trying = True
        return 0.0

    def release(self) -> None:
        """The trial came to nothing, as when its ask had been answered already: the next one may try."""
        self._trying = False

    def passed(self) -> None:
        """An ask got an answer, be it a refusal: the thing works."""
        self._errors, self._until, self._trying = 0, None, False
        self._rest = self._retries.first_rest

    def failed(self, now: float) -> bool:
        """An ask met a transient error; whether the breaker opened by it."""
        self._errors += 1
        if self._trying:
            self._rest = min(2 * self._rest, self._retries.longest_rest)
        elif self._until is not None or not self._retries.trips or self._errors < self._retries.trips:
            return False
        self._until, self._trying = now + self._rest, False
        return True


def cause_of(error: Exception) -> Cause:
    """Why an ask failed: as the error says itself; one with a remedy is an answer, one that nobody foresaw may pass."""
    told: Cause | None = getattr(error, "cause", None)
    if told is not None:
        return told
    if isinstance(error, BusError):
        return "permanent" if isinstance(error, TooLarge) else "transient"
    return "permanent" if hasattr(error, "remedy") else "transient"


def may_pass(error: Exception) -> bool:
    """Whether an ask that failed of this is worth another delivery."""
    return cause_of(error) != "permanent" and not getattr(error, "final", False)
