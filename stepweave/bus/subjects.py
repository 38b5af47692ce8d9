"""Subjects and names: where in the log a message stands, and nothing a message says can move it elsewhere.

Every token is checked before it becomes part of a subject, so that a name from outside never reaches beyond its
own place (no dots, no wildcards, no white space).
"""

from __future__ import annotations

import re
from functools import lru_cache

from stepweave.bus.errors import BadName, Unreadable

BRANCHES = {"ev": 2, "cmd": 3, "done": 3, "ctl": 1, "note": 2}
"""The families of a run's subjects - events, commands, answers, controls, notes - and how many tokens follow."""

REQUESTED = "requested"
"""Kind of the first event of every run."""
FINISHED = "finished"
"""Kind of the last event of a run."""

_ONE = r"[A-Za-z0-9_-]{1,64}"
_TOKEN = re.compile(_ONE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@lru_cache(maxsize=8192)
def token(what: str, name: str) -> str:
    """Check that a name can be a token of a subject, and give it back.

    Raises:
        BadName: it cannot.
    """
    if not is_token(name):
        raise BadName(what, name)
    return name


def is_token(name: str) -> bool:
    """Whether a name can be a token of a subject."""
    return _TOKEN.fullmatch(name) is not None


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
        self._shape = re.compile(
            rf"{re.escape(self._run)}({_ONE})\.(?:"
            + "|".join(rf"({branch})" + rf"\.({_ONE})" * count for branch, count in BRANCHES.items())
            + ")"
        )
        self._picture = re.compile(rf"{re.escape(self.namespace)}\.(blob|used|doomed)\.([0-9a-f]{{64}})(?:\.{_ONE})?")

    def event(self, run: str, kind: str, number: int) -> str:
        """Where the event of a run stands that has ``number`` events before it."""
        return f"{self._run}{token('Run', run)}.ev.{token('Kind', kind)}.{number:d}"

    def events(self, run: str) -> str:
        """All events of a run."""
        return f"{self._run}{token('Run', run)}.ev.>"

    def numbered(self, run: str, number: int) -> str:
        """The events of that number, of any kind: as long as there is none, one may be written."""
        return f"{self._run}{token('Run', run)}.ev.*.{number:d}"

    def command(self, run: str, role: str, capability: str, task: str) -> str:
        """The write-once cell of a command."""
        return f"{self._run}{token('Run', run)}.cmd.{_address(role, capability)}.{token('Task', task)}"

    def commands(self, role: str, capability: str) -> str:
        """All commands for a role and capability, of every run."""
        return f"{self._run}*.cmd.{_address(role, capability)}.*"

    def address_of(self, commands: str) -> tuple[str, str] | None:
        """Role and capability again from what :meth:`commands` makes of them; ``None``: it is something else."""
        parts = commands.removeprefix(self._run).split(".")
        match parts:
            case ["*", "cmd", role, capability, "*"] if commands.startswith(self._run):
                return role, capability
        return None

    def done(self, run: str, role: str, capability: str, task: str) -> str:
        """The write-once cell of an answer; the address is in it, so that a broker can say who may write it."""
        return f"{self._run}{token('Run', run)}.done.{_address(role, capability)}.{token('Task', task)}"

    def control(self, run: str, name: str) -> str:
        """Where a person or program outside speaks to a run."""
        return f"{self._run}{token('Run', run)}.ctl.{token('Control', name)}"

    def note(self, run: str, kind: str, name: str) -> str:
        """Where a late fact about a run goes."""
        return f"{self._run}{token('Run', run)}.note.{token('Kind', kind)}.{token('Note', name)}"

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
        return f"{self._run}*.ev.{token('Kind', kind)}.*"

    def blob(self, sha256: str) -> str:
        """The write-once cell of a picture."""
        return f"{self.namespace}.blob.{_hash(sha256)}"

    def copy(self, sha256: str, name: str) -> str:
        """The cell of another copy of a picture, put there when the first is about to be swept away."""
        return f"{self.blob(sha256)}.{token('Copy', name)}"

    def copies(self, sha256: str) -> str:
        """All further copies of a picture."""
        return f"{self.blob(sha256)}.*"

    def used(self, sha256: str, name: str) -> str:
        """The mark of somebody who wanted to put a picture and found it there."""
        return f"{self.namespace}.used.{_hash(sha256)}.{token('Mark', name)}"

    def uses(self, sha256: str | None = None) -> str:
        """The marks of a picture, or all."""
        return f"{self.namespace}.used.{'*' if sha256 is None else _hash(sha256)}.*"

    def doomed(self, sha256: str | None = None) -> str:
        """The cell of whoever is about to remove a picture, or all such cells."""
        return f"{self.namespace}.doomed.{'*' if sha256 is None else _hash(sha256)}"

    def fate(self, sha256: str) -> str:
        """The picture itself and whether it is doomed, under one filter, so that both are looked up at one moment."""
        return f"{self.namespace}.*.{_hash(sha256)}"

    def pictures(self) -> list[str]:
        """The shapes of all subjects of the store of pictures."""
        return [f"{self.namespace}.{shape}" for shape in ("blob.*", "blob.*.*", "used.*.*", "doomed.*")]

    def parse_picture(self, subject: str) -> tuple[str, str] | None:
        """Take a subject of the store of pictures apart: blob, used or doomed, and the hash; ``None``: it is none."""
        found = self._picture.fullmatch(subject)
        return None if found is None else (found[1], found[2])

    def letter(self, run: str, role: str, capability: str, task: str) -> str:
        """Where the dead letter of a command goes."""
        return f"{self.namespace}.dead.{_address(role, capability)}.{token('Run', run)}.{token('Task', task)}"

    def letters(self, run: str | None = None) -> str:
        """The dead letters of a run, or all."""
        return f"{self.namespace}.dead.*.*.{'*' if run is None else token('Run', run)}.*"

    def addressee(self, letter: str) -> str:
        """The run that a dead letter is about, from its subject."""
        return letter.split(".")[-2]

    def of(self, run: str, branch: str, tokens: tuple[str, ...]) -> str:
        """The subject again from what :meth:`parse` makes of it."""
        return ".".join((f"{self._run}{token('Run', run)}", branch, *(token("Token", part) for part in tokens)))

    def consumer(self, role: str, capability: str) -> str:
        """Name of the durable consumer that all workers of a role and capability share."""
        return f"{token('Role', role)}-{token('Capability', capability)}"

    def answers(self, role: str, capability: str) -> str:
        """The cells of all answers of a role and capability, of every run."""
        return f"{self._run}*.done.{_address(role, capability)}.*"

    def notes(self, kind: str) -> str:
        """All notes of a kind, of every run."""
        return f"{self._run}*.note.{token('Kind', kind)}.*"

    def own_letters(self, role: str, capability: str) -> str:
        """All dead letters of a role and capability."""
        return f"{self.namespace}.dead.{_address(role, capability)}.*.*"

    def every(self, branch: str) -> str:
        """The shape of all subjects of a branch, of every run."""
        return f"{self._run}*.{branch}{'.*' * BRANCHES[branch]}"

    def log(self) -> list[str]:
        """The shapes of all subjects of the log: what has another is not stored."""
        return [self.every(branch) for branch in BRANCHES]

    def live(self, run: str, task: str) -> str:
        """Where is said how far a task is; no stream listens there."""
        return f"{self.namespace}.live.{token('Run', run)}.{token('Task', task)}"

    def lives(self, run: str) -> str:
        """Where is said how far the tasks of a run are."""
        return f"{self.namespace}.live.{token('Run', run)}.*"

    def parse(self, subject: str) -> tuple[str, str, tuple[str, ...]]:
        """Take a subject of the log apart: run, branch, and what follows, every token checked.

        Raises:
            Unreadable: it is no subject of this namespace's log.
        """
        found = self._shape.fullmatch(subject)
        if found is None:
            raise Unreadable(subject, f"not a subject of the log of {self.namespace!r}")
        run, branch, *tokens = (part for part in found.groups() if part is not None)
        return run, branch, tuple(tokens)


def _hash(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise BadName("Hash", sha256)
    return sha256


def _address(role: str, capability: str) -> str:
    return f"{token('Role', role)}.{token('Capability', capability)}"
