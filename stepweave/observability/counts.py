"""Counts of what was met and should not have been, for the whole process: by name, and by labels.

Whoever meets a message that cannot be read, an answer that came too late or a picture with another hash counts it here
and goes on. A line of the log for each would fill a disk as fast as somebody can send, so one line sums up what was
counted since the last, at most every ``EVERY`` seconds; a worker says all of it when it stops.

A label's value comes from a small closed set (a branch, an agent, the class of an error), never from what a message
says, so that no sender can make the table grow.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping

logger = logging.getLogger("stepweave.counts")

EVERY = 30.0
"""Seconds at least between two lines of the log."""


class Counts:
    """A table of counts, and when it was last told of."""

    def __init__(self, every: float = EVERY, clock: Callable[[], float] = time.monotonic) -> None:
        """``every``: see :data:`EVERY`; ``clock``: gives seconds."""
        self._every = every
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._due = clock()
        self._lock = threading.Lock()

    def count(self, name: str, /, **labels: str) -> None:
        """One more of these; may be called from any thread."""
        key = name + "{" + ",".join(f"{key}={value}" for key, value in sorted(labels.items())) + "}" if labels else name
        with self._lock:
            self._counts[key] += 1
            now = self._clock()
            if now < self._due:
                return
            self._due = now + self._every
            fresh, self._told = self._counts - self._told, self._counts.copy()
        logger.info("counted: %s", told(fresh))

    def all(self) -> dict[str, int]:
        """Everything counted so far, as ``name`` or ``name{label=value}``, sorted."""
        with self._lock:
            return dict(sorted(self._counts.items()))


def told(counts: Mapping[str, int]) -> str:
    """Counts for reading, in one line."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


PROCESS = Counts()
"""The table of this process."""
count = PROCESS.count
