"""What went wrong, in words for people: a message with its remedy, and the exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator

from stepweave.agents.client import BadRequest, UnknownRun
from stepweave.agents.registry import MissingExtra, UnknownAgent
from stepweave.app import exits
from stepweave.app.folder import OutputError
from stepweave.app.sources import SettingsError
from stepweave.bus import BusError
from stepweave.images import ImageError
from stepweave.policies.search import UnknownPolicy


class UsageError(ValueError):
    """Something on the command line that cannot be done; the text says what would be right."""


MISTAKES = (
    UsageError,
    BadRequest,
    UnknownRun,
    UnknownAgent,
    UnknownPolicy,
    MissingExtra,
    SettingsError,
    OutputError,
    ImageError,
)
"""What the person at the keyboard can put right."""


def report(error: BaseException) -> int:
    """Say on stderr what went wrong; gives the exit code."""
    if os.environ.get("STEPWEAVE_DEBUG"):
        traceback.print_exception(error)
    first = pick(error)
    code = exit_code(first)
    text = f"{type(first).__name__}: {first}" if code == exits.DEFECT else str(first)
    print(f"stepweave: {text}", file=sys.stderr)
    if code == exits.DEFECT:
        print("this is a defect of stepweave; STEPWEAVE_DEBUG=1 shows where it happened", file=sys.stderr)
    for note in getattr(first, "__notes__", []):
        print(note, file=sys.stderr)
    return code


def exit_code(error: BaseException) -> int:
    """The exit code of what went wrong; an error of the system (a full disk, no permission) is no defect of ours."""
    if isinstance(error, KeyboardInterrupt):
        return exits.INTERRUPTED
    if isinstance(error, MISTAKES):
        return exits.USAGE
    return exits.SERVER if isinstance(error, BusError | OSError) else exits.DEFECT


def pick(error: BaseException) -> BaseException:
    """The error to tell of: of several that came at once, the one a person can do most about."""
    order = [exits.USAGE, exits.SERVER, exits.INTERRUPTED, exits.DEFECT]
    return min(_leaves(error), key=lambda leaf: order.index(exit_code(leaf)))


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """Concurrent tasks fail in groups; what counts is inside."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error
