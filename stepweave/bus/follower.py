"""The live broadcast of the log: every record once, in order, through outages.

The consumer behind it is a throw-away: after any disturbance a new one begins right behind the last record that was
handed out. Its own numbering tells whether a message was lost on the way.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from stepweave.bus import api
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw, Record, hear, new_id
from stepweave.bus.errors import BusError, Closed
from stepweave.bus.pull import Puller
from stepweave.bus.subjects import Subjects

_IDLE = 60 * 1_000_000_000
"""Nanoseconds after which the server forgets a consumer that nobody asks."""


class Follower:
    """An endless iterator over records; :meth:`aclose` ends it."""

    def __init__(self, connection: Connection, subjects: Subjects, filters: list[str], after: int | None) -> None:
        self._connection = connection
        self._subjects = subjects
        self._filters = filters
        self._after = after
        self._ready: deque[Raw] = deque()
        self._serial = 0
        self._consumer = ""
        self._waiter: asyncio.Future[None] | None = None
        self._error: BusError | None = None
        self._started = False
        self._loop = asyncio.get_running_loop()
        self._read_ahead = connection.settings.read_ahead
        self._puller = Puller(connection, subjects.runs, self, self._prepare, max(1, self._read_ahead // 2))

    def __aiter__(self) -> Follower:
        return self

    async def open(self) -> None:
        """Take position in the log; iteration does so by itself."""
        if self._started:
            return
        self._started = True
        if self._after is None:
            self._after = await last_sequence(self._connection, self._subjects.runs)
        await self._puller.start()

    async def aclose(self) -> None:
        """Follow no longer."""
        self._error = self._error or Closed()
        await self._puller.stop()
        self._wake()
        await self._drop()

    async def __anext__(self) -> Record:
        if not self._started:
            await self.open()
        record: Record | None = None
        while record is None:
            while not self._ready:
                if isinstance(self._error, Closed):
                    raise StopAsyncIteration
                if self._error is not None:
                    raise self._error
                self._waiter = self._loop.create_future()
                await self._waiter
            record = hear(self._ready.popleft(), self._subjects)
            self._puller.more()
        return record

    def take(self, raw: Raw, reply: str, attempt: int, serial: int) -> None:
        """A message came; one that does not follow the last shows that some were lost."""
        if serial != self._serial + 1:
            self._puller.reconnected()
            return
        self._serial = serial
        if self._after is not None and raw.sequence <= self._after:
            return
        self._after = raw.sequence
        self._ready.append(raw)
        self._wake()

    def room(self) -> int:
        """How many messages fit."""
        return self._read_ahead - len(self._ready)

    def failed(self, error: BusError) -> None:
        """The connection is over."""
        self._error = self._error or error
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _prepare(self) -> str:
        await self._drop()
        self._consumer, self._serial = new_id(), 0
        payload = {"stream_name": self._subjects.runs, "config": self._configuration(), "action": "create"}
        await api.ask(self._connection, f"CONSUMER.CREATE.{self._subjects.runs}.{self._consumer}", payload)
        return self._consumer

    async def _drop(self) -> None:
        """Have the server forget the consumer; it would do so by itself, later."""
        name, self._consumer = self._consumer, ""
        if name and self._connection.client.live:
            try:
                await api.ask(self._connection, f"CONSUMER.DELETE.{self._subjects.runs}.{name}", patience=1.0)
            except BusError:
                return

    def _configuration(self) -> dict[str, Any]:
        return {
            "name": self._consumer,
            "filter_subjects": self._filters,
            "ack_policy": "none",
            "deliver_policy": "by_start_sequence",
            "opt_start_seq": (self._after or 0) + 1,
            "inactive_threshold": _IDLE,
            "mem_storage": True,
            "num_replicas": 1,
        }


async def last_sequence(connection: Connection, stream: str) -> int:
    """Where a stream ends."""
    info = await api.ask(connection, f"STREAM.INFO.{stream}")
    return int(info["state"]["last_seq"])


async def identity(connection: Connection, stream: str) -> str:
    """A stream's name, and when it was made."""
    info = await api.ask(connection, f"STREAM.INFO.{stream}")
    return f"{stream} of {info['created']}"
