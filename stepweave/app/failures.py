"""What went wrong, in words for people: a message with its remedy, and the exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator

from stepweave.agents.agent import BadSetting
from stepweave.agents.client import BadRequest, UnknownRun
from stepweave.agents.notebook import NotebookUnusable
from stepweave.agents.registry import MissingExtra, UnknownAgent
from stepweave.app import exits
from stepweave.app.archive import ArchiveError
from stepweave.app.folder import OutputError
from stepweave.app.sources import SettingsError
from stepweave.app.stderr import say
from stepweave.bus import BadName, BusError, NoRun, RunStands
from stepweave.images import ImageError
from stepweave.models.errors import KeyMissing
from stepweave.policies.forking import CannotFork
from stepweave.policies.language.prompt import BadPrompt
from stepweave.policies.search import UnknownPolicy
from stepweave.tools.protocol import BadSetup
from stepweave.training.errors import DataSetError


class UsageError(ValueError):
    """Something on the command line that cannot be done; the text says what would be right."""


class NotHeeded(Exception):
    """A run was told something and has not taken note of it; it may yet."""

    def __init__(self, run: str, why: str) -> None:
        super().__init__(
            f"run {run} was told, but has not taken note yet: {why}; what was said stands in its log, "
            f"see `stepweave runs show {run}`"
        )


MISTAKES = (
    BadSetup,
    BadPrompt,
    BadSetting,
    CannotFork,
    DataSetError,
    KeyMissing,
    NotebookUnusable,
    UsageError,
    BadRequest,
    UnknownRun,
    UnknownAgent,
    UnknownPolicy,
    MissingExtra,
    SettingsError,
    OutputError,
    ImageError,
    ArchiveError,
    BadName,
    NoRun,
    RunStands,
)
"""What the person at the keyboard can put right."""


def report(error: BaseException) -> int:
    """Say on stderr what went wrong; gives the exit code."""
    if os.environ.get("STEPWEAVE_DEBUG"):
        say("".join(traceback.format_exception(error)).rstrip())
    first = pick(error)
    code = exit_code(first)
    say(f"stepweave: {_told(first, code)}")
    if code == exits.DEFECT:
        say("this is a defect of stepweave; STEPWEAVE_DEBUG=1 shows where it happened")
    for note in getattr(first, "__notes__", []):
        say(note)
    return code


def _told(error: BaseException, code: int) -> str:
    if code == exits.DEFECT:
        return f"{type(error).__name__}: {error}"
    if isinstance(error, ConnectionError):
        return f"the connection to the NATS server broke ({error}); see whether it runs"
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}; make room on the disk or correct the permissions, and try again"
    text, remedy = str(error), getattr(error, "remedy", "")
    return text if remedy in text else f"{text}; {remedy}"


def exit_code(error: BaseException) -> int:
    """The exit code of what went wrong; an error of the system (a full disk, no permission) is no defect of ours."""
    if isinstance(error, KeyboardInterrupt):
        return exits.INTERRUPTED
    if isinstance(error, MISTAKES):
        return exits.USAGE
    if isinstance(error, NotHeeded):
        return exits.FAILED
    return exits.SERVER if isinstance(error, BusError | OSError) else exits.DEFECT


def pick(error: BaseException) -> BaseException:
    """The error to tell of: of several that came at once, the one a person can do most about."""
    order = [exits.USAGE, exits.FAILED, exits.SERVER, exits.INTERRUPTED, exits.DEFECT]
    return min(_leaves(error), key=lambda leaf: order.index(exit_code(leaf)))


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """Concurrent tasks fail in groups; what counts is inside."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error
