"""Logs of a process: standard logging on stderr, one line a fact, out of the way of what a command prints."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class _Stderr(logging.StreamHandler[TextIO]):
    """Looks stderr up whenever a line is written, so that a live view that stands in its place keeps lines apart."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """The stderr of this moment."""
        return sys.stderr


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
        handler.setFormatter(logging.Formatter(FORMAT))
        logger.addHandler(handler)
    logger.propagate = False
