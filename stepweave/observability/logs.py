"""Logs of a process: standard logging on stderr, one line a fact, out of the way of what a command prints.

What is said again and again (the same words about other values) is said ``MOST`` times in ``WINDOW`` seconds, so that
nobody who sends nonsense can fill a disk with complaints about it; how often it was left out stands in its next line.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from typing import TextIO

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"

MOST = 20
"""Lines of the same words in a window."""
WINDOW = 60.0
"""Seconds."""


class _Stderr(logging.StreamHandler[TextIO]):
    """Looks stderr up whenever a line is written, so that a live view that stands in its place keeps lines apart."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """The stderr of this moment."""
        return sys.stderr


class Scarce(logging.Filter):
    """Lets through so many lines of the same words in each window of time; words are those before values are put in."""

    def __init__(self, most: int = MOST, window: float = WINDOW, clock: Callable[[], float] = time.monotonic) -> None:
        """See the module for ``most`` and ``window`` (seconds); ``clock`` gives seconds."""
        super().__init__()
        self._most = most
        self._window = window
        self._clock = clock
        self._said: dict[tuple[str, str], tuple[float, int]] = {}
        """When a window of some words began, and how often they were said in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is to be written; the first of a new window tells of those that were not."""
        key, now = (record.name, str(record.msg)), self._clock()
        began, said = self._said.get(key, (now, 0))
        if now - began >= self._window:
            if said > self._most:
                left_out = f" ({said - self._most:,} lines like this were left out before it)"
                record.msg = record.getMessage() + left_out
                record.args = ()
            began, said = now, 0
        self._said[key] = began, said + 1
        return said < self._most


class _Lines(logging.Formatter):
    """What others wrote may be part of a line; it must not steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it where an error happened."""
        text = super().format(record)
        return "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)


def configure(level: str = "WARNING") -> None:
    """Send the logs of this package to stderr.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.

    Raises:
        ValueError: no such level.
    """
    logger = logging.getLogger("stepweave")
    logger.setLevel(level.upper())
    if not any(isinstance(handler, _Stderr) for handler in logger.handlers):
        handler = _Stderr()
        handler.setFormatter(_Lines(FORMAT))
        handler.addFilter(Scarce())
        logger.addHandler(handler)
    logger.propagate = False
