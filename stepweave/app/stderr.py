"""Words for the person at the keyboard. That nobody can read them any more is no reason to fail."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(text: str) -> None:
    """Print a line on stderr; a closed terminal, a broken pipe or a full disk swallows it."""
    with suppress(OSError, ValueError):
        print(printable(text), file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """Text as it may go to a terminal: lines stay lines, and nothing that others wrote can steer it."""
    return "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)
