"""Subjects and names: where in the log a message stands, and nothing a message says can move it elsewhere.

Every token is checked before it becomes part of a subject, so that a name from outside never reaches beyond its
own place (no dots, no wildcards, no white space).
"""

from __future__ import annotations

import re
from functools import lru_cache

from stepweave.bus.errors import BadName, Unreadable

BRANCHES = ("ev", "cmd", "done", "ctl", "note")
"""The families of a run's subjects: events, commands, answers, controls, notes."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@lru_cache(maxsize=8192)
def token(what: str, name: str) -> str:
    """Check that a name can be a token of a subject, and give it back.

    Raises:
        BadName: it cannot.
    """
    if not _TOKEN.fullmatch(name):
        raise BadName(what, name)
    return name


class Subjects:
    """The subjects, streams and consumers of one namespace."""

    def __init__(self, namespace: str) -> None:
        self.namespace = token("Namespace", namespace)
        self.runs = f"{namespace}_RUNS"
        """Stream of the log."""
        self.blobs = f"{namespace}_BLOBS"
        """Stream of the pictures."""
        self.dead = f"{namespace}_DEAD"
        """Stream of the dead letters."""
        self._run = f"{namespace}.run."

    def event(self, run: str, kind: str) -> str:
        """Where an event of the orchestrator stands."""
        return f"{self._run}{token('Run', run)}.ev.{token('Kind', kind)}"

    def events(self, run: str) -> str:
        """All events of a run: their last sequence guards a decision."""
        return f"{self._run}{token('Run', run)}.ev.>"

    def command(self, run: str, role: str, capability: str, task: str) -> str:
        """The write-once cell of a command."""
        return f"{self._run}{token('Run', run)}.cmd.{_address(role, capability)}.{token('Task', task)}"

    def commands(self, role: str, capability: str) -> str:
        """All commands for a role and capability, of every run."""
        return f"{self._run}*.cmd.{_address(role, capability)}.*"

    def done(self, run: str, task: str) -> str:
        """The write-once cell of an answer."""
        return f"{self._run}{token('Run', run)}.done.{token('Task', task)}"

    def control(self, run: str, name: str) -> str:
        """Where a person or program outside speaks to a run."""
        return f"{self._run}{token('Run', run)}.ctl.{token('Control', name)}"

    def note(self, run: str, kind: str) -> str:
        """Where late facts about a run go."""
        return f"{self._run}{token('Run', run)}.note.{token('Kind', kind)}"

    def branch(self, run: str | None, branch: str) -> str:
        """One branch of a run, or of every run."""
        if branch not in BRANCHES:
            raise BadName("Branch", branch)
        return f"{self._run}{'*' if run is None else token('Run', run)}.{branch}.>"

    def everything(self, run: str | None = None) -> str:
        """All a run ever says, or all runs."""
        return f"{self._run}>" if run is None else f"{self._run}{token('Run', run)}.>"

    def every_event(self, kind: str) -> str:
        """The events of one kind, of every run."""
        return f"{self._run}*.ev.{token('Kind', kind)}"

    def blob(self, sha256: str) -> str:
        """The write-once cell of a picture."""
        if not _SHA256.fullmatch(sha256):
            raise BadName("Hash", sha256)
        return f"{self.namespace}.blob.{sha256}"

    def letter(self, run: str, task: str) -> str:
        """Where a dead letter goes."""
        return f"{self.namespace}.dead.{token('Run', run)}.{token('Task', task)}"

    def of(self, run: str, branch: str, tokens: tuple[str, ...]) -> str:
        """The subject again from what :meth:`parse` makes of it."""
        return ".".join((f"{self._run}{token('Run', run)}", branch, *(token("Token", part) for part in tokens)))

    def consumer(self, role: str, capability: str) -> str:
        """Name of the durable consumer that all workers of a role and capability share."""
        return f"{token('Role', role)}-{token('Capability', capability)}"

    def parse(self, subject: str) -> tuple[str, str, tuple[str, ...]]:
        """Take a subject of the log apart: run, branch, and what follows.

        Raises:
            Unreadable: it is no subject of this namespace's log.
        """
        parts = subject.split(".")
        if len(parts) < 5 or not subject.startswith(self._run):
            raise Unreadable(subject, f"not a subject of the log of {self.namespace!r}")
        return parts[2], parts[3], tuple(parts[4:])


def _address(role: str, capability: str) -> str:
    return f"{token('Role', role)}.{token('Capability', capability)}"
