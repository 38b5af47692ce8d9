"""A client of nobody's: sends any bytes as fast as they are taken, and listens where others are answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_BATCH = 256 * 1024
"""Bytes sent at a time."""


class Cannon:
    """One connection to a server."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._inboxes: set[bytes] = set()
        self._pong = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._url.hostname, self._url.port)
        login = {"verbose": False, "pedantic": False, "headers": True, "auth_token": self._url.username}
        self._writer.write(b"CONNECT %b\r\n" % json.dumps(login).encode())
        self._reading = asyncio.create_task(self._read())
        await self.sync()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reading.cancel()
        self._writer.close()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def fire(self, frames: Iterable[bytes]) -> None:
        """Send protocol bytes; done when the server has taken them all."""
        batch: list[bytes] = []
        size = 0
        for frame in frames:
            batch.append(frame)
            size += len(frame)
            if size > _BATCH:
                await self._send(b"".join(batch))
                batch, size = [], 0
        await self._send(b"".join(batch))
        await self.sync()

    async def listen(self, *subjects: bytes) -> None:
        """Hear what is said on subjects, to learn where the answers go."""
        for number, subject in enumerate(subjects, 1):
            self._writer.write(b"SUB %b %d\r\n" % (subject, number))
        await self.sync()

    @property
    def inboxes(self) -> list[bytes]:
        """Where answers were waited for, as far as it was heard."""
        return sorted(self._inboxes)

    async def sync(self) -> None:
        """Wait until the server has taken all that was sent."""
        self._pong.clear()
        self._writer.write(b"PING\r\n")
        await asyncio.wait_for(self._pong.wait(), 60)

    async def _send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def _read(self) -> None:
        while line := await self._reader.readline():
            words = line.split()
            if words[:1] == [b"PING"]:
                self._writer.write(b"PONG\r\n")
            elif words[:1] == [b"PONG"]:
                self._pong.set()
            elif words[:1] == [b"-ERR"]:
                raise RuntimeError(line.decode("utf-8", "replace"))
            elif words[:1] in ([b"MSG"], [b"HMSG"]):
                self._note(words)
                await self._reader.readexactly(int(words[-1]) + 2)

    def _note(self, words: list[bytes]) -> None:
        replied = len(words) == (5 if words[0] == b"MSG" else 6)
        if replied and len(self._inboxes) < 1000:
            self._inboxes.add(words[3])
