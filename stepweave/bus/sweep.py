"""Sweeping: pictures that no run refers to are removed, and what is said of runs that are not there.

A picture is put before the message that refers to it is written; the *grace* is the time that may lie between the
two. So what was put, or wanted again (blobs.py), within the grace is left alone, and so is all that the log names
anywhere, in messages of whatever type. What remains is removed, each with care (removal.py).

Of the store only the names are listed; what no run refers to is read once, for its age and its size. A consumer that
gives headers alone would tell both for less, but it takes the server down when somebody wrote a header of one byte
(nats-server 2.15).

What a worker still says of a run that was removed, it says of a run that is not there; it goes after the grace too.
Every age is told by the server's clock. Of the log nothing is kept in memory but names of runs and hashes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from stepweave.bus import api
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import BlobCorrupt, BlobMissing, Unreadable
from stepweave.bus.lines import REQUEST, hashes
from stepweave.bus.reader import Reader
from stepweave.bus.removal import Removal
from stepweave.bus.subjects import Subjects

_AT_A_TIME = 4
"""Pictures that are removed, or read, at a time."""
_SECOND = 1_000_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed, or would remove, and what it found."""

    pictures: int
    """Removed, for nothing refers to them."""
    bytes: int
    """Of those."""
    kept: int
    """Pictures that stay."""
    words: int
    """Messages and dead letters removed, for they are about runs that are not there."""
    damaged: tuple[str, ...] = ()
    """Pictures whose bytes have another hash; only looked for when asked to."""


@dataclass(slots=True)
class _Shelf:
    """What is in the store of pictures."""

    idle: set[str] = field(default_factory=set)
    """Pictures that nothing has been found to refer to so far, nor anybody to want within the grace."""
    kept: int = 0
    """How many others there are."""
    doomed: dict[str, Raw] = field(default_factory=dict)
    marks_end: int = 1
    """Marks before this sequence are older than the grace."""

    def keep(self, sha256: str) -> None:
        """Take a picture off that is referred to or wanted."""
        if sha256 in self.idle:
            self.idle.remove(sha256)
            self.kept += 1


@dataclass(slots=True)
class _Words:
    """What is said of runs that are not there: up to which sequence it is old, and how much of it, by run."""

    said: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, run: str, sequence: int) -> None:
        self.said[run] = (sequence, self.said.get(run, (0, 0))[1] + 1)

    @property
    def count(self) -> int:
        return sum(count for _, count in self.said.values())


class Sweeper:
    """Sweeps one namespace."""

    def __init__(self, connection: Connection, subjects: Subjects, blobs: NatsBlobStore, grace: float) -> None:
        """``grace`` in seconds."""
        self._connection = connection
        self._subjects = subjects
        self._blobs = blobs
        self._grace = grace
        self._reader = Reader(connection, subjects.blobs)
        self._removal = Removal(connection, subjects, blobs)

    async def sweep(self, *, without: Collection[str] = (), dry_run: bool = False, verify: bool = False) -> Swept:
        """Look at everything, and remove what nobody needs.

        Args:
            without: runs to take for removed.
            dry_run: remove nothing, and say what would be.
            verify: read every picture, and report those that are damaged; none is removed for that.
        """
        limit = await self._now() - int(self._grace * _SECOND)
        shelf = await self._look()
        everything = sorted(shelf.idle) if verify else []
        await self._read_marks(shelf, limit)
        letters = await self._letters(limit)
        words = await self._read_log(shelf, letters, limit, without)
        damaged = tuple([sha256 async for sha256 in self._damaged(everything)])
        if not dry_run:
            await self._drop(words, letters)
        pictures, size = await self._clear(shelf, limit, dry_run=dry_run)
        return Swept(pictures, size, shelf.kept, words.count + letters.count, damaged)

    async def _now(self) -> int:
        """The server's clock, in nanoseconds since 1970."""
        info = await api.ask(self._connection, f"STREAM.INFO.{self._subjects.blobs}")
        return int(datetime.fromisoformat(info["ts"]).timestamp() * _SECOND)

    async def _look(self) -> _Shelf:
        """Every picture there is, and what others are about to remove."""
        shelf, stream = _Shelf(), self._subjects.blobs
        for filter_ in self._subjects.pictures()[:2]:
            async for subject in api.subjects_under(self._connection, stream, filter_):
                if (found := self._subjects.parse_picture(subject)) is not None:
                    shelf.idle.add(found[1])
        async for raw in self._reader.all(self._subjects.doomed()):
            if (found := self._subjects.parse_picture(raw.subject)) is not None:
                shelf.doomed[found[1]] = raw
        return shelf

    async def _read_marks(self, shelf: _Shelf, limit: int) -> None:
        """Take from the shelf what is wanted; behind a young mark none is old, should the clock have stepped back."""
        young = False
        async for raw in self._reader.all(self._subjects.uses()):
            if (found := self._subjects.parse_picture(raw.subject)) is not None and raw.nanoseconds > limit:
                shelf.keep(found[1])
                young = True
            elif not young:
                shelf.marks_end = raw.sequence + 1

    async def _letters(self, limit: int) -> _Words:
        """The old dead letters of all runs. They are read before the log, so that no run is younger than its letter."""
        letters = _Words()
        async for raw in Reader(self._connection, self._subjects.dead).all(self._subjects.letters()):
            if raw.nanoseconds <= limit:
                letters.add(self._subjects.addressee(raw.subject), raw.sequence)
        return letters

    async def _read_log(self, shelf: _Shelf, letters: _Words, limit: int, without: Collection[str]) -> _Words:
        """Take from the shelf what the log refers to, and from the letters those of runs that are there."""
        words, there = _Words(), set[str]()
        async for raw in Reader(self._connection, self._subjects.runs).all(self._subjects.everything()):
            try:
                run, branch, tokens = self._subjects.parse(raw.subject)
            except Unreadable:
                continue
            if run in without:
                continue
            for sha256 in hashes(raw.body) | hashes(raw.head or b""):
                shelf.keep(sha256)
            if (branch, *tokens) == REQUEST:
                there.add(run)
                words.said.pop(run, None)
            elif run not in there and raw.nanoseconds <= limit:
                words.add(run, raw.sequence)
        for run in there.union(without):
            letters.said.pop(run, None)
        return words

    async def _damaged(self, hashes: Iterable[str]) -> AsyncIterator[str]:
        """Those of which no sound copy is there."""
        for some in _batched(hashes):
            for sha256, sound in zip(some, await asyncio.gather(*map(self._is_sound, some)), strict=True):
                if not sound:
                    yield sha256

    async def _is_sound(self, sha256: str) -> bool:
        try:
            await self._blobs.get(sha256)
        except BlobCorrupt:
            return False
        except BlobMissing:
            return True  # removed meanwhile
        return True

    async def _drop(self, words: _Words, letters: _Words) -> None:
        for run, (last, _) in words.said.items():
            await self._purge(self._subjects.runs, self._subjects.everything(run), last + 1)
        for run, (last, _) in letters.said.items():
            await self._purge(self._subjects.dead, self._subjects.letters(run), last + 1)

    async def _clear(self, shelf: _Shelf, limit: int, *, dry_run: bool) -> tuple[int, int]:
        """Remove what is left on the shelf, or find out what would be; gives how many pictures, and their bytes."""
        if not dry_run:  # marks that are old go first, so that any that stands then counts
            await self._purge(self._subjects.blobs, self._subjects.uses(), shelf.marks_end)
        for sha256, raw in shelf.doomed.items():
            shelf.keep(sha256)
            if not dry_run and raw.nanoseconds <= limit:
                await self._removal.lift(sha256, raw.sequence)
        pictures = size = 0
        for some in _batched(shelf.idle):
            for removed in await asyncio.gather(*(self._remove(sha256, limit, dry_run=dry_run) for sha256 in some)):
                pictures += removed is not None
                size += removed or 0
        shelf.kept += len(shelf.idle) - pictures
        return pictures, size

    async def _remove(self, sha256: str, limit: int, *, dry_run: bool) -> int | None:
        """Remove a picture that was not put within the grace; gives its bytes. ``None``: it stays."""
        copies: list[tuple[int, int]] = []
        async for raw in self._copies(sha256):
            if raw.nanoseconds > limit:
                return None
            copies.append((raw.sequence, len(raw.body)))
        if not copies or not (dry_run or await self._removal.remove(sha256, [sequence for sequence, _ in copies])):
            return None
        return sum(size for _, size in copies)

    async def _copies(self, sha256: str) -> AsyncIterator[Raw]:
        if (first := await self._reader.last(self._subjects.blob(sha256), self._connection.max_payload)) is not None:
            yield first
        async for raw in self._reader.all(self._subjects.copies(sha256)):
            yield raw

    async def _purge(self, stream: str, filter_: str, end: int) -> None:
        """Remove what stands under a filter before a sequence."""
        if end > 1:
            await api.ask(self._connection, f"STREAM.PURGE.{stream}", {"filter": filter_, "seq": end})


def _batched(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, _AT_A_TIME)):
        yield some
