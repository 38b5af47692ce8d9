"""Removing one picture, while others may want it at this very moment.

First it is doomed: a cell of its own says so. Then its marks are looked at: whoever wanted it before that is seen, and
whoever wants it later sees that it is doomed and puts a copy (blobs.py). Only then it is deleted, by its place in the
stream, so that nothing put meanwhile goes with it. Last the doom is lifted.

Who dies on the way leaves a doomed picture behind. He may only be asleep, and delete it as he wakes; so whoever lifts
another's doom puts a copy first, which that one does not know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from stepweave.bus import api
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import new_id
from stepweave.bus.errors import BlobCorrupt, BlobMissing, Rejected
from stepweave.bus.headers import LINE
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import SETTLE, Reader
from stepweave.bus.subjects import Subjects

_NOT_FOUND = 10043


class Removal:
    """Removes pictures of one namespace."""

    def __init__(self, connection: Connection, subjects: Subjects, blobs: NatsBlobStore) -> None:
        self._connection = connection
        self._subjects = subjects
        self._blobs = blobs
        self._reader = Reader(connection, subjects.blobs)
        self._publisher = Publisher(connection, subjects.blobs, self._reader)

    async def remove(self, sha256: str, places: Sequence[int]) -> bool:
        """Delete a picture unless somebody wants it; False: somebody does, or is about to delete it himself.

        Args:
            sha256: its hash; marks that do not count any more are gone already.
            places: sequences of its copies, all of which are older than any of its marks would be.
        """
        doom = await self._doom(sha256)
        if not doom:
            return False
        wanted = await api.standing(self._connection, self._subjects.blobs, self._subjects.uses(sha256))
        for place in () if wanted else places:
            await self._delete(place)
        await self._delete(doom)
        return not wanted

    async def lift(self, sha256: str, doom: int) -> None:
        """Free a picture that somebody doomed and did not delete; ``doom`` is the sequence of his word."""
        try:
            blob, data = await self._blobs.describe(sha256)
        except (BlobMissing, BlobCorrupt):
            pass  # there is nothing that could get lost
        else:
            await self._blobs.copy(data, blob)
        await self._delete(doom)

    async def _doom(self, sha256: str) -> int:
        """Say that a picture is about to be deleted; 0: another says so."""
        id_ = new_id()
        stored = await self._publisher.first(self._subjects.doomed(sha256), f"{LINE}ce-id: {id_}\r\n", b"", id_)
        return stored.sequence

    async def _delete(self, sequence: int) -> None:
        """Delete a message by its place; one that is gone is fine."""
        what = {"seq": sequence, "no_erase": True}
        try:
            await api.ask(self._connection, f"STREAM.MSG.DELETE.{self._subjects.blobs}", what)
        except Rejected as error:
            if error.code != _NOT_FOUND and await self._is_there(sequence):
                raise

    async def _is_there(self, sequence: int) -> bool:
        """Whether a message still stands; a replica that lags behind gets a moment."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SETTLE
        while await self._reader.at(sequence) is not None:
            if loop.time() > deadline:
                return True
            await asyncio.sleep(0.02)
        return False
