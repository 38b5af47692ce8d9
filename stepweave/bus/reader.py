"""Reading a stream directly, without a consumer: one message, or many in order."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from datetime import datetime

from stepweave.bus import api, headers
from stepweave.bus.connection import AGAIN_AFTER, Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import BusError, NoAnswer, Rejected

_MISSING = 404
_END = 204
_ABSENT = 503
_PAUSE = 0.05


class Reader:
    """Direct reads of one stream."""

    def __init__(self, connection: Connection, stream: str) -> None:
        self._connection = connection
        self._subject = f"$JS.API.DIRECT.GET.{stream}"

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
        reply = await self._connection.call(subject, body, expect=expect)
        status = api.status_of(reply.head)
        if status is None:
            return direct(reply.head, reply.body)
        if status.code == _MISSING:
            return None
        raise Rejected(f"the read from {subject}", status.code, status.text)

    async def all(self, filter_: str, after: int = 0) -> AsyncIterator[Raw]:
        """All messages under a filter after a sequence, in order, up to the last there is now.

        Raises:
            NoAnswer: the server went silent for longer than ``patience``.
        """
        more = True
        while more:
            batch = _Batch(self._connection, self._subject, filter_, after)
            try:
                async for raw in batch:
                    after = raw.sequence
                    yield raw
            finally:
                batch.end()
            more = batch.more


class _Batch:
    """One batch of a long read: asked for again, from where it stands, when it breaks off."""

    def __init__(self, connection: Connection, subject: str, filter_: str, after: int) -> None:
        self._connection = connection
        self._subject = subject
        self._filter = filter_
        self._after = after
        self._ready: deque[Raw] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False
        self._error: BusError | None = None
        self.more = False
        self._loop = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._deadline = self._heard + connection.settings.patience
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
        query = _query(self._filter, self._after + 1, self._connection.settings.read_ahead)
        self._name = self._connection.ask_many(self._subject, query, self._take)
        self._heard = self._loop.time()

    def _take(self, subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        self._heard = self._loop.time()
        self._deadline = self._heard + self._connection.settings.patience
        status = api.status_of(head)
        if status is None:
            raw = direct(head, body)
            self._after = raw.sequence
            self._ready.append(raw)
        elif status.code == _ABSENT:
            self._loop.call_later(_PAUSE, self._again)
        elif status.code in (_END, _MISSING):
            self.more = status.code == _END and status.headers.get("nats-num-pending", "0") != "0"
            self._ended = True
        else:
            self._error = Rejected(f"the read from {self._subject}", status.code, status.text)
        self._wake()

    def _again(self) -> None:
        if not self._ended and self._error is None:
            self._ask()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def tick(self, now: float) -> None:
        """Ask again after a silence."""
        if self._ended or now < self._heard + AGAIN_AFTER:
            return
        if now > self._deadline:
            self.closed(NoAnswer(self._subject, self._connection.settings.patience))
        else:
            self._ask()

    def reconnected(self) -> None:
        """What was under way is gone: ask again from where it stands."""
        self._again()

    def closed(self, error: BusError) -> None:
        """There will be no more."""
        self._error = error
        self._wake()


def direct(head: bytes | None, body: bytes) -> Raw:
    """A message as a direct read gives it: its place is among its headers."""
    fields = headers.read(head)
    return Raw(
        fields.get("nats-subject", ""),
        head,
        body,
        int(fields.get("nats-sequence", "0")),
        _nanoseconds(fields.get("nats-time-stamp")),
    )


def _nanoseconds(written: str | None) -> int:
    return int(datetime.fromisoformat(written).timestamp() * 1e9) if written else 0


def _query(filter_: str, sequence: int, batch: int | None = None) -> bytes:
    query: dict[str, object] = {"seq": sequence, "next_by_subj": filter_}
    if batch is not None:
        query["batch"] = batch
    return json.dumps(query).encode()
