"""Dead letters: what could not be worked on, with the reason, as it came."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from stepweave.bus import api, headers
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw, Record, new_id, seal
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import Reader
from stepweave.bus.subjects import Subjects
from stepweave.messages import Message, decode, encode

_REASON = "Stepweave-Reason"
_SUBJECT = "Stepweave-Subject"
_SEQUENCE = "Stepweave-Sequence"
_OURS = ("stepweave-", "nats-")
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that failed for good."""

    sequence: int
    """Its number among the dead letters."""
    subject: str
    """Where it stood in the log."""
    log_sequence: int
    """Its place in the log; 0: it never stood there."""
    reason: str
    time: datetime
    """When it was put here (UTC)."""
    headers: dict[str, str]
    """The headers of the message, by lower-case name."""
    body: bytes
    address: tuple[str, str, str, str]
    """Role, capability, run and task."""

    @property
    def message(self) -> Message | None:
        """The message itself; ``None``: it cannot be read."""
        try:
            return decode(self.headers.get("ce-type", ""), self.body)
        except ValidationError:
            return None


class DeadLetters:
    """The dead letters of one namespace."""

    def __init__(self, connection: Connection, subjects: Subjects) -> None:
        self._connection = connection
        self._subjects = subjects
        self._reader = Reader(connection, subjects.dead)
        self._publisher = Publisher(connection, subjects.dead, self._reader)

    async def put(self, record: Record, reason: str) -> int:
        """Keep a command that was read but cannot be worked on; gives its number."""
        subject = self._subjects.of(record.run, record.branch, record.tokens)
        head = seal(
            record.message,
            source=record.source,
            about=f"{record.run}/{record.task}",
            id_=record.id,
            traceparent=record.traceparent,
        )
        return await self._put(subject, head, encode(record.message), record.sequence, reason)

    async def put_raw(self, raw: Raw, reason: str) -> int:
        """Keep a command as it came; gives its number."""
        fields = {name: value for name, value in headers.read(raw.head).items() if not name.startswith(_OURS)}
        head = headers.write({name: _ascii(value) for name, value in fields.items()})
        return await self._put(raw.subject, head, raw.body, raw.sequence, reason)

    async def _put(self, subject: str, head: str, body: bytes, sequence: int, reason: str) -> int:
        run, _, (role, capability, task) = self._subjects.parse(subject)
        facts = {_REASON: _ascii(reason[:_LONGEST_REASON]), _SUBJECT: subject, _SEQUENCE: str(sequence)}
        head += headers.write(facts).removeprefix(headers.LINE)
        id_ = f"{subject}-{sequence}" if sequence else new_id()
        return await self._publisher.append(self._subjects.letter(run, role, capability, task), head, body, id_)

    async def list(self, run: str | None = None, *, after: int = 0) -> AsyncIterator[DeadLetter]:
        """The dead letters of a run, or all, oldest first."""
        async for raw in self._reader.all(self._subjects.letters(run), after):
            yield _letter(raw)

    async def get(self, sequence: int) -> DeadLetter | None:
        """The dead letter of a number; ``None``: there is none."""
        raw = await self._reader.at(sequence)
        return None if raw is None else _letter(raw)

    async def delete(self, sequence: int) -> None:
        """Forget a dead letter: it was dealt with."""
        await api.ask(self._connection, f"STREAM.MSG.DELETE.{self._subjects.dead}", {"seq": sequence})


def _letter(raw: Raw) -> DeadLetter:
    fields = headers.read(raw.head)
    number = fields.get(_SEQUENCE.lower(), "")
    role, capability, run, task = raw.subject.split(".")[-4:]
    return DeadLetter(
        raw.sequence,
        fields.get(_SUBJECT.lower(), ""),
        int(number) if number.isdecimal() else 0,
        fields.get(_REASON.lower(), ""),
        datetime.fromtimestamp(raw.nanoseconds / 1e9, UTC),
        {name: value for name, value in fields.items() if not name.startswith(_OURS)},
        raw.body,
        (role, capability, run, task),
    )


def _ascii(text: str) -> str:
    """Text as one line of printable ASCII."""
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in " ".join(text.split()))
