"""Dead letters: what could not be worked on, with the reason, as it came."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from pydantic import ValidationError

from stepweave.bus import api, headers
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw, Record, new_id, seal
from stepweave.bus.errors import Rejected, StoreFull, TooLarge
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import Reader
from stepweave.bus.subjects import Subjects
from stepweave.messages import Message, Unknown, decode, encode
from stepweave.observability.counts import count

_REASON = "Stepweave-Reason"
_SUBJECT = "Stepweave-Subject"
_SEQUENCE = "Stepweave-Sequence"
_OURS = ("stepweave-", "nats-")
_CUT = "Stepweave-Cut"
"""How many bytes the body had that was left out."""
_LONGEST_REASON = 1000
_LONGEST_FIELD = 256
_MOST_FIELDS = 32
"""Headers that are kept of a message: what anybody sends may have any number of them."""


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
    """Empty if it was too large to be kept with the reason: the log has it."""
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
        return await self._put(subject, head_of(record), encode(record.message), record.sequence, reason)

    async def put_raw(self, raw: Raw, reason: str) -> int:
        """Keep a command as it came; gives its number."""
        return await self._put(raw.subject, head_as_it_came(raw), raw.body, raw.sequence, reason)

    async def _put(self, subject: str, head: str, body: bytes, sequence: int, reason: str) -> int:
        run, _, (role, capability, task) = self._subjects.parse(subject)
        facts = {_REASON: _ascii(reason[:_LONGEST_REASON]), _SUBJECT: subject, _SEQUENCE: str(sequence)}
        letter = self._subjects.letter(run, role, capability, task)
        id_ = f"{subject}-{sequence}" if sequence else new_id()
        try:
            number = await self._publisher.append(letter, _with(head, facts), body, id_)
        except (TooLarge, StoreFull, Rejected):  # what counts is that it was there, and why it failed
            number = await self._publisher.append(letter, _with(head, facts | {_CUT: str(len(body))}), b"", id_)
        count("dead letter", agent=f"{role}:{capability}")
        return number

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


def head_of(record: Record) -> str:
    """The headers of a message again, whatever words its writer used in them."""
    message = record.message
    if isinstance(message, Unknown):
        message = Unknown(type=_token(message.type), body=message.body)
    return seal(
        message,
        source=quote(record.source, safe="/:@,;=+$!*'()~")[:_LONGEST_FIELD] or "/",
        about=f"{record.run}/{record.task}",
        id_=_token(record.id),
        traceparent=record.traceparent,
    )


def head_as_it_came(raw: Raw) -> str:
    """The headers of a message that nobody can read, as far as they can be kept."""
    fields = {_token(name): _ascii(value)[:_LONGEST_FIELD] for name, value in headers.read(raw.head).items()}
    theirs = [(name, value) for name, value in fields.items() if not name.startswith(_OURS)]
    return headers.write(dict(theirs[:_MOST_FIELDS]))


def _letter(raw: Raw) -> DeadLetter:
    fields = headers.read(raw.head)
    role, capability, run, task = raw.subject.split(".")[-4:]
    return DeadLetter(
        raw.sequence,
        fields.get(_SUBJECT.lower(), ""),
        headers.number(fields.get(_SEQUENCE.lower())),
        fields.get(_REASON.lower(), ""),
        datetime.fromtimestamp(raw.nanoseconds / 1e9, UTC),
        {name: value for name, value in fields.items() if not name.startswith(_OURS)},
        raw.body,
        (role, capability, run, task),
    )


def _with(head: str, facts: dict[str, str]) -> str:
    """A header block with more of them."""
    return head + headers.write(facts).removeprefix(headers.LINE)


def _token(text: str) -> str:
    """Text as one printable ASCII word, such as can be the name of a header, a type or an id."""
    return "".join(char if "!" <= char <= "~" and char != ":" else "?" for char in text[:_LONGEST_FIELD]) or "?"


def _ascii(text: str) -> str:
    """Text as one line of printable ASCII."""
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in " ".join(text.split()))
