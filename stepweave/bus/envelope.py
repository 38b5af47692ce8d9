"""The envelope: CloudEvents 1.0 in binary mode, from and to records.

Attributes are ``ce-*`` headers, the W3C ``traceparent`` stands beside them, the body is the JSON of one model. The
constant part of the headers is made once per type and source; time and id are cheap, because every message has them.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from pydantic import ValidationError
from pydantic_core import from_json

from stepweave.bus import headers
from stepweave.bus.errors import BusError, Unreadable
from stepweave.bus.subjects import BRANCHES, Subjects
from stepweave.messages import ANSWERS, ASIDES, ASKS, EVENTS, Decided, Message, Unknown, decode
from stepweave.observability.counts import count

UNREADABLE = "stepweave.unreadable"
"""Type of the :class:`~stepweave.messages.Unknown` that stands in for a message nobody can read."""

_EPOCH = datetime.fromtimestamp(0, UTC)
_LONGEST_VALUE = 256
"""Characters of an attribute; what is longer is not read, for it would be kept and passed on again and again."""
_LONGEST_REASON = 500
"""Characters of the reason why a body cannot be read: it quotes the body, which may be as long as a message."""
_MANY_FAULTS = 100
_VALUE = re.compile(rf"[!-~]{{1,{_LONGEST_VALUE}}}")
_REQUIRED = ("ce-specversion", "ce-type", "ce-source", "ce-id")
_OURS = re.compile(
    r"NATS/1\.0\r\nce-specversion: 1\.0\r\ncontent-type: application/json\r\n"
    r"ce-type: ([!-~]{1,256})\r\nce-source: ([!-$&-~]{1,256})\r\nce-subject: [!-~]*\r\nce-id: ([!-~]{1,256})\r\n"
    r"ce-time: ([!-~]+)\r\n"
    r"(?:traceparent: ([!-~]+)\r\n)?"
)
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """One message as it stands in the log.

    A message of a type this version does not know is an :class:`~stepweave.messages.Unknown`; one that cannot be read
    at all is an ``Unknown`` of type ``stepweave.unreadable`` whose body gives the reason, so that a reader of the log
    never stumbles over it.
    """

    message: Message
    run: str
    branch: str
    """ev, cmd, done, ctl or note."""
    tokens: tuple[str, ...]
    """What follows in the subject: ``("requested",)``, ``("generator", "sketch", "s2c3")``, ``("s2c3",)``."""
    sequence: int
    """Place in the log; 0 if it was not read from there."""
    time: datetime
    """When it was written, by the writer's clock (UTC)."""
    source: str
    """Who wrote it, e.g. ``/generator/sketch/<instance>``."""
    id: str
    traceparent: str | None = None
    body: bytes = field(default=b"", repr=False, compare=False)
    """The message as it was written, with what this version does not know of it; empty if it was not read."""

    @property
    def task(self) -> str:
        """The last token: of a command or an answer, the task."""
        return self.tokens[-1]

    @property
    def type(self) -> str:
        """The CloudEvents type of the message, also of one that this version does not know."""
        return self.message.type if isinstance(self.message, Unknown) else self.message.TYPE

    @property
    def ends(self) -> bool:
        """Whether it says that its run has ended; whether that counts, the fold knows."""
        return isinstance(self.message, Decided) and self.message.outcome is not None

    @property
    def data(self) -> dict[str, Any]:
        """The message as it was written; for one that cannot be read, why."""
        if self.body and self.type != UNREADABLE:
            found: dict[str, Any] = from_json(self.body)
            return found
        return self.message.body if isinstance(self.message, Unknown) else self.message.model_dump(mode="json")


class Raw(NamedTuple):
    """A message as it came: subject, header block, body, and where in the log it stands (0: unknown)."""

    subject: str
    head: bytes | None
    body: bytes
    sequence: int = 0
    nanoseconds: int = 0
    """When the server stored it, since 1970; 0: unknown."""


_random = random.Random()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_random.seed)


def new_id() -> str:
    """An id that nobody else has: 128 random bits in hex, from a generator that nobody else seeds."""
    return f"{_random.getrandbits(128):032x}"


def now() -> str:
    """This moment in RFC 3339, UTC, to the microsecond."""
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return f"{_second(seconds)}.{nanoseconds // 1000:06d}Z"


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


@lru_cache(maxsize=1024)
def _constant(type_: str, source: str) -> str:
    for what, value in (("type", type_), ("source", source)):
        if not _VALUE.fullmatch(value):
            raise BusError(f"The {what} {value!r} cannot be a header.", "Use 1 to 256 printable ASCII characters.")
    return (
        f"{headers.LINE}ce-specversion: 1.0\r\ncontent-type: application/json\r\n"
        f"ce-type: {type_}\r\nce-source: {source}\r\n"
    )


def seal(message: Message, *, source: str, about: str, id_: str, traceparent: str | None) -> str:
    """The header block of a message, without the closing empty line, so that a guard can be added.

    Args:
        message: what is sent.
        source: who sends it, as a URI reference (``/role/capability/instance``).
        about: what it is about: run and task, ``<run>/<task>``.
        id_: unique for this source.
        traceparent: W3C trace context; one that is malformed is left out, it must never stop a message.

    Raises:
        BusError: the source cannot be a header.
    """
    type_ = message.type if isinstance(message, Unknown) else message.TYPE
    head = f"{_constant(type_, source)}ce-subject: {about}\r\nce-id: {id_}\r\nce-time: {now()}\r\n"
    if traceparent and _TRACEPARENT.fullmatch(traceparent):
        return f"{head}traceparent: {traceparent}\r\n"
    return head


def open_(raw: Raw, subjects: Subjects) -> Record:
    """Read a message of the log.

    Raises:
        Unreadable: it is no CloudEvent, or its body is not what its type promises.
    """
    run, branch, tokens = subjects.parse(raw.subject)
    type_, source, id_, written, traceparent = _attributes(raw)
    try:
        message = decode(type_, raw.body)
    except ValidationError as error:
        raise Unreadable(raw.subject, _short(error)) from None
    return Record(message, run, branch, tokens, raw.sequence, _moment(written, raw), source, id_, traceparent, raw.body)


def _attributes(raw: Raw) -> tuple[str, str, str, str | None, str | None]:
    """Type, source, id, time and trace context: at a glance from headers as :func:`seal` writes them, else one by one.

    Raises:
        Unreadable: one that must be there is missing.
    """
    if raw.head is not None:
        ours = _OURS.match(raw.head.decode("utf-8", "replace"))
        if ours is not None:
            return ours.group(1, 2, 3, 4, 5)  # type: ignore[return-value]
    fields = headers.read(raw.head)
    for name in _REQUIRED:
        if not fields.get(name):
            raise Unreadable(raw.subject, f"no CloudEvent, the header {name} is missing")
        if len(fields[name]) > _LONGEST_VALUE:
            size = len(fields[name])
            raise Unreadable(raw.subject, f"the header {name} has {size} characters, at most {_LONGEST_VALUE} are read")
    if not fields["ce-specversion"].startswith("1."):
        raise Unreadable(raw.subject, f"CloudEvents {fields['ce-specversion']} is not known")
    source = unquote(fields["ce-source"])
    return fields["ce-type"], source, fields["ce-id"], fields.get("ce-time"), fields.get("traceparent")


def open_anyway(raw: Raw, subjects: Subjects) -> Record | None:
    """Read a message of the log; what cannot be read comes as an ``Unknown`` that says why.

    ``None``: its subject is none that we would ever write to, so it belongs to no run.
    """
    try:
        return open_(raw, subjects)
    except Unreadable as error:
        return _unreadable(raw, subjects, error)


def hear(raw: Raw, subjects: Subjects, branches: Collection[str] = tuple(BRANCHES)) -> Record | None:
    """Read a message of some branches that is heard for the first time, and count what is wrong with it.

    ``None``: it is of another branch, or has a subject that is none of ours.
    """
    record = open_anyway(raw, subjects)
    if record is None:
        branch = raw.subject.removeprefix(f"{subjects.namespace}.run.").split(".")[1:2]
        if branch and branch[0] in branches:
            count("foreign", branch=branch[0])
        return None
    if record.branch not in branches:
        return None
    if fault := fault_of(record):
        count(fault, branch=record.branch)
    return record


def fault_of(record: Record) -> str:
    """What is wrong with a record: unreadable, of an unknown type (``unknown``), or ``misplaced`` on its branch.

    Empty for one that may say what it says where it stands.
    """
    if isinstance(record.message, Unknown):
        return "unreadable" if record.message.type == UNREADABLE else "unknown"
    return "" if isinstance(record.message, _BELONGS[record.branch]) else "misplaced"


_BELONGS: dict[str, tuple[type[Message], ...]] = {
    "ev": EVENTS, "cmd": ASKS, "done": ANSWERS, "ctl": ASIDES, "note": ASIDES,
}  # fmt: skip


def _unreadable(raw: Raw, subjects: Subjects, error: Unreadable) -> Record | None:
    try:
        run, branch, tokens = subjects.parse(raw.subject)
    except Unreadable:
        return None
    fields = {name: value[:_LONGEST_VALUE] for name, value in headers.read(raw.head).items()}
    body = {"reason": error.detail, "type": fields.get("ce-type", ""), "size": len(raw.body)}
    return Record(
        Unknown(type=UNREADABLE, body=body),
        run,
        branch,
        tokens,
        raw.sequence,
        _moment(fields.get("ce-time"), raw),
        fields.get("ce-source", ""),
        fields.get("ce-id", ""),
        fields.get("traceparent"),
        raw.body,
    )


def _moment(written: str | None, raw: Raw) -> datetime:
    """The writer's time, else the server's."""
    if written:
        try:
            moment = datetime.fromisoformat(written)
            return moment if moment.tzinfo is UTC else _utc(moment)
        except (ValueError, OverflowError):  # no time, or one before the year 1 or after 9999 once it is in UTC
            pass
    return datetime.fromtimestamp(raw.nanoseconds / 1e9, UTC) if raw.nanoseconds else _EPOCH


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _short(error: ValidationError) -> str:
    """The first few faults of a body, in one line; a body that is all faults is not taken apart for that."""
    if error.error_count() > _MANY_FAULTS:
        return f"{error.error_count()} faults"
    found = error.errors(include_url=False, include_context=False, include_input=False)[:3]
    faults = [f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in found]
    return "; ".join(faults)[:_LONGEST_REASON]
