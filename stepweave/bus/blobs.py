"""Pictures: content-addressed, written once, checked on every read.

Pictures that no run refers to are swept away (sweep.py), and whoever puts a picture that stands already must be sure
that it stays. So he says that he uses it - a mark of his own - and only then looks whether the picture stands and
whether a sweep has doomed it; a sweep dooms a picture first and then looks at its marks. Whoever comes second sees
the other: a sweep that sees a mark leaves the picture alone, and he who finds it doomed puts a further copy, which no
sweep removes that did not see it. So neither needs to wait for the other, and either may die at any point.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import Protocol

from stepweave.bus import api
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw, new_id
from stepweave.bus.errors import BlobCorrupt, BlobMissing, TooLarge
from stepweave.bus.headers import read, write
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import Reader
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import Subjects
from stepweave.messages import Blob
from stepweave.observability.counts import count

_HASH_IN_THREAD = 256 * 1024
"""Bytes from which hashing goes to a thread, so that the loop goes on."""
HEADROOM = 1024
"""Bytes of a payload kept for headers."""
_TYPE, _WIDTH, _HEIGHT = "content-type", "Stepweave-Width", "Stepweave-Height"


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
        limit = connection.max_payload - HEADROOM
        if len(data) > limit:
            raise TooLarge(f"The {media_type} picture of {width}x{height}", len(data), limit)
        await self.restore(data, blob)
        return blob

    async def get(self, blob: Blob | str) -> bytes:
        """A picture; see :class:`BlobStore`."""
        sha256, size = (blob, 0) if isinstance(blob, str) else (blob.sha256, blob.size)
        return (await self._sound(await self._open(), sha256, size)).body

    async def describe(self, sha256: str) -> tuple[Blob, bytes]:
        """A picture by its hash, and what was said about it when it was put.

        Raises:
            BlobMissing, BlobCorrupt: as :meth:`get`.
        """
        raw = await self._sound(await self._open(), sha256)
        fields = read(raw.head)
        width, height = (_pixels(fields.get(name.lower(), "")) for name in (_WIDTH, _HEIGHT))
        type_ = fields.get(_TYPE) or "application/octet-stream"
        return Blob(sha256=sha256, media_type=type_, width=width, height=height, size=len(raw.body)), raw.body

    async def restore(self, data: bytes, blob: Blob) -> None:
        """Keep a picture as :meth:`put` does; one that stands but is damaged gets a sound copy beside it."""
        connection = await self._open()
        head = _described(blob)
        if await self._keep(connection, blob.sha256, head, data):
            return
        try:
            await self._sound(connection, blob.sha256, len(data))
        except BlobCorrupt:  # somebody lies
            await self.copy(data, blob)

    async def hold(self, sha256: str) -> bool:
        """Say that a picture is wanted, as if it were put again; False: it must be, for it may be gone."""
        connection, subjects = await self._open(), self._subjects
        if not await self._mark(self._publisher(connection), sha256):
            return False
        return bool(await api.standing(connection, subjects.blobs, subjects.blob(sha256)))

    async def copy(self, data: bytes, blob: Blob) -> None:
        """Put a further copy of a picture beside what stands."""
        publisher = self._publisher(await self._open())
        await publisher.keep(self._subjects.copy(blob.sha256, new_id()), _described(blob), data)

    async def _keep(self, connection: Connection, sha256: str, head: str, data: bytes) -> bool:
        """Write a picture, or make sure that the one that stands will stay; False: one stood.

        Writes alone tell what stands, for a read may be answered by a replica that lags behind.
        """
        publisher, subjects = self._publisher(connection), self._subjects
        if await publisher.keep(subjects.blob(sha256), head, data):
            return True
        if await self._mark(publisher, sha256):
            return await publisher.keep(subjects.blob(sha256), head, data)
        return await publisher.keep(subjects.copy(sha256, new_id()), head, data)

    async def _mark(self, publisher: Publisher, sha256: str) -> bool:
        """Say that a picture is wanted, before anybody is about to remove it; False: somebody is."""
        subjects = self._subjects
        return await publisher.unless(subjects.used(sha256, new_id()), subjects.doomed(sha256))

    async def _sound(self, connection: Connection, sha256: str, size: int = 0) -> Raw:
        """The first copy that is what its name says; who has few rights looks at the first one only."""
        reader, found = self._reader(connection), ""
        places = (self._subjects.blob(sha256), self._subjects.copies(sha256))
        for subject in places if self._settings.provision else places[:1]:
            raw = await reader.last(subject, size or connection.max_payload)
            if raw is not None:
                found = await _hash(raw.body)
                if found == sha256:
                    return raw
                count("corrupt blob")
        raise BlobCorrupt(sha256, found) if found else BlobMissing(sha256)

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


def _described(blob: Blob) -> str:
    return write({_TYPE: blob.media_type, _WIDTH: str(blob.width), _HEIGHT: str(blob.height)})


def _pixels(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() else 1


async def _hash(data: bytes) -> str:
    if len(data) < _HASH_IN_THREAD:
        return hashlib.sha256(data).hexdigest()
    return await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
