"""Acknowledged writes: guarded, pipelined, tried again through an outage, and never mistaken about who wrote.

A write that was sent twice may find itself already there, and the server then says "wrong sequence" as if somebody
else had been first. So whenever a write was sent more than once, what stands is read back and its ``ce-id`` compared.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from stepweave.bus import api, headers
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import NoAnswer, NotStored, StoreFull
from stepweave.bus.headers import LINE
from stepweave.bus.reader import SETTLE, Reader

_GUARD = "Nats-Expected-Last-Subject-Sequence"


class Stored(NamedTuple):
    """What came of a write."""

    sequence: int
    """Where it stands; 0 if it was refused because of its guard."""
    attempts: int
    """How often it was sent."""


class Publisher:
    """Writes to one stream."""

    def __init__(self, connection: Connection, stream: str, reader: Reader) -> None:
        self._connection = connection
        self._stream = stream
        self._reader = reader

    async def append(self, subject: str, head: str, body: bytes, id_: str) -> int:
        """Write a message unless one stands on its subject; gives the sequence of what stands there then.

        The subject tells, and not an id: ids are shared by all who write to a stream, so that one could take another's.
        """
        stored = await self.first(subject, head, body, id_)
        if stored.sequence:
            return stored.sequence
        standing = await self.standing(subject)
        return 0 if standing is None else standing.sequence

    async def first(self, subject: str, head: str, body: bytes, id_: str) -> Stored:
        """Write a cell unless it is taken: the sequence is 0 if somebody else's message stands there."""
        stored = await self._put(subject, f"{head}{_GUARD}: 0\r\n", body)
        if stored.sequence or stored.attempts == 1:
            return stored
        standing = await self.standing(subject)
        return Stored(standing.sequence if standing is not None and _id(standing) == id_ else 0, stored.attempts)

    async def keep(self, subject: str, head: str, body: bytes) -> bool:
        """Write a cell whose name tells its content.

        False: something stands there, which should be the same, or a write that was sent twice found itself.
        """
        return (await self._put(subject, f"{head}{_GUARD}: 0\r\n", body)).sequence > 0

    async def unless(self, subject: str, other: str) -> bool:
        """Write an empty message unless one stands on another subject; False: one does."""
        try:
            return (await self._put(subject, f"{LINE}{_GUARD}: 0\r\n{_GUARD}-Subject: {other}\r\n", b"")).sequence > 0
        except StoreFull:
            if await self.standing(subject) is None:
                raise
            return True  # it was written, and only the word of it was lost

    async def guarded(self, subject: str, head: str, body: bytes, id_: str, guard: tuple[str, int]) -> Stored:
        """Write if the last message under a filter has a given sequence: 0 says that it has not.

        Args:
            subject: where to.
            head: header block without its closing empty line.
            body: the message.
            id_: its ``ce-id``.
            guard: the filter, and the sequence expected of the last message under it.
        """
        filter_, expected = guard
        stored = await self._put(subject, f"{head}{_GUARD}: {expected}\r\n{_GUARD}-Subject: {filter_}\r\n", body)
        if stored.sequence or stored.attempts == 1:
            return stored
        after = await _soon(partial(self._reader.next, filter_, expected + 1))
        return Stored(after.sequence if after is not None and _id(after) == id_ else 0, stored.attempts)

    async def standing(self, subject: str) -> Raw | None:
        """What stands in a cell that is known to be taken."""
        return await _soon(partial(self._reader.last, subject))

    async def _put(self, subject: str, head: str, body: bytes) -> Stored:
        """Write, and read the acknowledgement; what passes by itself is tried again.

        Raises:
            NotStored: no acknowledgement within ``patience``.
            StoreFull: the store has reached a limit.
            Rejected: the server refuses the message.
        """
        patience = self._connection.settings.patience
        deadline = asyncio.get_running_loop().time() + patience
        attempts = 0
        while True:
            try:
                reply = await self._connection.call(subject, body, head, read=api.read_ack)
            except NoAnswer:
                raise NotStored(subject, patience) from None
            attempts += reply.attempts
            error = api.error_of(reply.answer)
            if error is None:
                return Stored(reply.answer["seq"], attempts)
            code, status, text = error
            if code == api.WRONG_SEQUENCE:
                return Stored(0, attempts)
            if not api.is_transient(code, status, text):
                raise api.as_error(self._connection, self._stream, code, status, text)
            if asyncio.get_running_loop().time() > deadline:
                raise NotStored(subject, patience, text)
            await asyncio.sleep(random.uniform(0.02, 0.1))


async def _soon(read: Callable[[], Awaitable[Raw | None]]) -> Raw | None:
    """Read what is known to be there; a replica that lags behind may show it a little later."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + SETTLE
    while True:
        found = await read()
        if found is not None or loop.time() > deadline:
            return found
        await asyncio.sleep(0.02)


def _id(raw: Raw) -> str | None:
    return headers.read(raw.head).get("ce-id")
