"""Reading a stream directly, without a consumer: one message, or many in order."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from datetime import datetime

from stepweave.bus import headers
from stepweave.bus.connection import AGAIN_AFTER, Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import BusError, NoAnswer, Rejected

_MISSING = 404
_END = 204
_ABSENT = 503
_PAUSE = 0.05
SETTLE = 2.0
"""Seconds for which to look again for what is known to stand; a replica may lag behind."""
_PENDING = b"\r\nNats-Num-Pending: "
_ADDED = tuple(
    f"nats-{name}:".encode()
    for name in ("stream", "subject", "sequence", "time-stamp", "num-pending", "last-sequence", "upto-sequence")
)
"""Headers that a direct read adds to those of the message."""
_MOST = 32 * 1024 * 1024
"""Bytes of a batch, about: it ends with the message that goes beyond."""
_RECORD, _HEADED = 30, 4
"""Bytes around a message in a file of the server, and more where it has headers."""


class Reader:
    """Direct reads of one stream."""

    def __init__(self, connection: Connection, stream: str) -> None:
        self._connection = connection
        self._subject = f"{connection.settings.api}.DIRECT.GET.{stream}"

    async def last(self, subject: str, expect: int = 0) -> Raw | None:
        """The last message on a subject, of perhaps ``expect`` bytes; ``None``: there is none."""
        return await self._one(f"{self._subject}.{subject}", b"", expect)

    async def next(self, filter_: str, sequence: int) -> Raw | None:
        """The first message under a filter at or after a sequence; ``None``: there is none."""
        return await self._one(self._subject, _query(filter_, sequence))

    async def at(self, sequence: int) -> Raw | None:
        """The message at a sequence; ``None``: it is gone."""
        return await self._one(self._subject, json.dumps({"seq": sequence}).encode())

    async def _one(self, subject: str, body: bytes, expect: int = 0) -> Raw | None:
        found = (await self._connection.call(subject, body, expect=expect, read=_read)).answer
        if isinstance(found, Raw):
            return found
        if found.code == _MISSING:
            return None
        raise Rejected(f"the read from {subject}", found.code, found.text)

    async def all(self, filter_: str, after: int = 0) -> AsyncIterator[Raw]:
        """All messages under a filter after a sequence, in order, up to the last there is now.

        Raises:
            NoAnswer: the server went silent for longer than ``patience``.
        """
        more, due = True, False
        while more:
            batch = _Batch(self._connection, self._subject, filter_, after, due=due)
            try:
                async for raw in batch:
                    after = raw.sequence
                    yield raw
            finally:
                batch.end()
            more, due = batch.more, batch.due


class _Batch:
    """One batch of a long read: asked for again, from where it stands, when it breaks off."""

    def __init__(self, connection: Connection, subject: str, filter_: str, after: int, *, due: bool) -> None:
        self._connection = connection
        self._subject = subject
        self._filter = filter_
        self._after = after
        self._ready: deque[Raw] = deque()
        self._count = self._bytes = 0
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False
        self._error: BusError | None = None
        self.more = False
        self.due = due
        """Whether more is known to stand behind what was read; who says that it does not, lags behind."""
        self._loop = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._pause = AGAIN_AFTER
        self._deadline = self._heard + connection.settings.patience
        self._settled = self._heard + SETTLE
        self._name = ""
        connection.members.append(self)
        self._ask()

    def __aiter__(self) -> _Batch:
        return self

    async def __anext__(self) -> Raw:
        while not self._ready:
            if self._error is not None:
                raise self._error
            if self._ended:
                raise StopAsyncIteration
            self._waiter = self._loop.create_future()
            await self._waiter
        return self._ready.popleft()

    def end(self) -> None:
        """Take no more answers."""
        self._ended = True
        self._connection.forget(self._name)
        if self in self._connection.members:
            self._connection.members.remove(self)

    def _ask(self) -> None:
        self._connection.forget(self._name)
        self._count = self._bytes = 0
        query = _query(self._filter, self._after + 1, self._connection.settings.read_ahead)
        self._name = self._connection.ask_many(self._subject, query, self._take)
        self._heard = self._loop.time()

    def _take(self, subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        found = _read(head, body)
        self._heard = self._loop.time()
        self._pause = AGAIN_AFTER
        self._deadline = self._heard + self._connection.settings.patience
        if isinstance(found, Raw):
            self._after = found.sequence
            self._count += 1
            self._bytes += len(found.subject) + len(head or b"") + len(body)
            self.due = _is_followed(head or b"")
            self._settled = self._heard + SETTLE
            self._ready.append(found)
        elif found.code == _ABSENT or (found.code == _MISSING and self.due and self._heard < self._settled):
            self._loop.call_later(_PAUSE, self._again)
        elif found.code in (_END, _MISSING):
            self.due = found.code == _END and found.headers.get("nats-num-pending", "0") != "0"
            self.more = found.code == _END and (self.due or self._is_full())
            self._ended = True
        else:
            self._error = Rejected(f"the read from {self._subject}", found.code, found.text)
        self._wake()

    def _is_full(self) -> bool:
        """Whether a batch came to its bounds: then it may only seem to be the last.

        The server counts what is left by subject, and does not know those in which somebody wrote a DEL (0x7f).
        """
        return self._count >= self._connection.settings.read_ahead or self._bytes >= _MOST

    def _again(self) -> None:
        if not self._ended and self._error is None:
            self._ask()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def tick(self, now: float) -> None:
        """Ask again after a silence, each time a longer one: what answers the question before is not taken any more."""
        if self._ended or now < self._heard + self._pause:
            return
        if now > self._deadline:
            self.closed(NoAnswer(self._subject, self._connection.settings.patience))
        else:
            self._pause *= 2
            self._ask()

    def reconnected(self) -> None:
        """What was under way is gone: ask again from where it stands."""
        self._again()

    def refused(self, text: str, error: BusError) -> None:
        """Not to be had, if it is this."""
        if f'"{self._subject.lower()}"' in text:
            self.closed(error)

    def closed(self, error: BusError) -> None:
        """There will be no more."""
        self._error = error
        self._wake()


def direct(head: bytes | None, body: bytes) -> Raw:
    """A message as a direct read gives it: its place is among its headers, where the server's own come last.

    Raises:
        ValueError: it has no place, so it is no message of a stream.
    """
    fields = headers.read(head)
    subject, sequence = fields.get("nats-subject"), headers.number(fields.get("nats-sequence"))
    if not subject or not sequence:
        raise ValueError("a message without its place")
    return Raw(subject, head, body, sequence, _nanoseconds(fields.get("nats-time-stamp")))


def _is_followed(head: bytes) -> bool:
    """Whether more is left behind a message of a batch, by the server's header, which comes behind its writer's."""
    at = head.rfind(_PENDING)
    return at >= 0 and not head.startswith(b"0\r\n", at + len(_PENDING))


def _read(head: bytes | None, body: bytes) -> Raw | headers.Status:
    """What a direct read is answered with: a message, or the server's own word.

    Raises:
        ValueError: neither.
    """
    status = headers.status_of(head)
    if status is None:
        return direct(head, body)
    if not status.code:
        raise ValueError("a word that says nothing")
    return status


def stored_size(raw: Raw) -> int:
    """Bytes that a message takes in its stream, as the server counts them; ``raw`` as a direct read gives it."""
    own = [line for line in (raw.head or b"").split(b"\r\n")[1:] if line and not line.lower().startswith(_ADDED)]
    head = _HEADED + len(headers.LINE) + sum(len(line) + 2 for line in own) + 2 if own else 0
    return _RECORD + len(raw.subject) + head + len(raw.body)


def _nanoseconds(written: str | None) -> int:
    """Raises ValueError for what is no moment."""
    try:
        return int(datetime.fromisoformat(written).timestamp() * 1e9) if written else 0
    except OverflowError as error:
        raise ValueError(f"no moment of a server: {written}") from error


def _query(filter_: str, sequence: int, batch: int | None = None) -> bytes:
    query: dict[str, object] = {"seq": sequence, "next_by_subj": filter_}
    if batch is not None:
        query |= {"batch": batch, "max_bytes": _MOST}
    return json.dumps(query).encode()
