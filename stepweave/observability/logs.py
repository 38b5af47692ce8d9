"""Logs of a process: standard logging on stderr, one line a fact, out of the way of what a command prints."""

from __future__ import annotations

import logging
import sys

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def configure(level: str = "WARNING") -> None:
    """Send the logs of this package to stderr.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.

    Raises:
        ValueError: no such level.
    """
    logger = logging.getLogger("stepweave")
    logger.setLevel(level.upper())
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter(FORMAT))
        logger.addHandler(handler)
    logger.propagate = False
