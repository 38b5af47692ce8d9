"""Pictures: content-addressed, written once, checked on every read."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Protocol

from stepweave.bus.connection import Connection
from stepweave.bus.errors import BlobCorrupt, BlobMissing, TooLarge
from stepweave.bus.headers import write
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import Reader
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import Subjects
from stepweave.messages import Blob
from stepweave.observability.counts import count

_HASH_IN_THREAD = 256 * 1024
"""Bytes from which hashing goes to a thread, so that the loop goes on."""
_HEADROOM = 1024
"""Bytes of a payload kept for headers."""


class BlobStore(Protocol):
    """Where pictures are kept."""

    async def put(self, data: bytes, media_type: str, width: int, height: int) -> Blob:
        """Keep a picture; the same picture twice is kept once.

        Raises:
            TooLarge: beyond what the store takes.
            StoreFull: the store has reached a limit.
            BlobCorrupt: something else stands under its hash.
        """

    async def get(self, blob: Blob | str) -> bytes:
        """A picture by its blob or hash.

        Raises:
            BlobMissing: there is none.
            BlobCorrupt: what is stored has another hash.
        """


class NatsBlobStore:
    """Pictures as messages of their own stream, over a connection of their own, so that they hold up nothing else."""

    def __init__(self, settings: BusSettings, subjects: Subjects, name: str) -> None:
        self._settings = settings
        self._subjects = subjects
        self._name = name
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()

    async def put(self, data: bytes, media_type: str, width: int, height: int) -> Blob:
        """Keep a picture; see :class:`BlobStore`."""
        connection = await self._open()
        sha256 = await _hash(data)
        blob = Blob(sha256=sha256, media_type=media_type, width=width, height=height, size=len(data))
        limit = connection.max_payload - _HEADROOM
        if len(data) > limit:
            raise TooLarge(f"The {media_type} picture of {width}x{height}", len(data), limit)
        head = write({"content-type": media_type, "Stepweave-Width": str(width), "Stepweave-Height": str(height)})
        publisher, subject = self._publisher(connection), self._subjects.blob(sha256)
        if not await publisher.keep(subject, head, data):  # its place is taken: by the same picture, or somebody lies
            standing = await publisher.standing(subject)
            if standing is not None:
                await _check(sha256, standing.body)
        return blob

    async def get(self, blob: Blob | str) -> bytes:
        """A picture; see :class:`BlobStore`."""
        connection = await self._open()
        sha256, size = (blob, connection.max_payload) if isinstance(blob, str) else (blob.sha256, blob.size)
        raw = await self._reader(connection).last(self._subjects.blob(sha256), size)
        if raw is None:
            raise BlobMissing(sha256)
        await _check(sha256, raw.body)
        return raw.body

    async def aclose(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.aclose()

    async def _open(self) -> Connection:
        """The connection, made when it is first needed."""
        if self._connection is None:
            async with self._opening:
                if self._connection is None:
                    self._connection = await Connection.open(self._settings, name=f"{self._name} blobs")
        return self._connection

    def _reader(self, connection: Connection) -> Reader:
        return Reader(connection, self._subjects.blobs)

    def _publisher(self, connection: Connection) -> Publisher:
        return Publisher(connection, self._subjects.blobs, self._reader(connection))


async def _check(sha256: str, data: bytes) -> None:
    """Raises BlobCorrupt if this is not what the hash says."""
    found = await _hash(data)
    if found != sha256:
        count("corrupt blob")
        raise BlobCorrupt(sha256, found)


async def _hash(data: bytes) -> str:
    if len(data) < _HASH_IN_THREAD:
        return hashlib.sha256(data).hexdigest()
    return await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
