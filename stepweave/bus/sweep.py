"""Sweeping: pictures that no run refers to are removed, and what is said of runs that are not there.

A picture is put before the message that refers to it is written; the *grace* is the time that may lie between the
two. So what was put, or wanted again (blobs.py), within the grace is left alone, and of the rest all that the log
names anywhere, in messages of whatever type. What remains is removed, each with care (removal.py).

What a worker still says of a run that was removed, it says of a run that is not there; it goes after the grace too.
Every age is told by the server's clock. Of the log nothing is kept in memory but names of runs and hashes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from stepweave.bus import api
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.errors import BlobCorrupt, BlobMissing, Unreadable
from stepweave.bus.lines import REQUEST, hashes
from stepweave.bus.listing import Entry, entries
from stepweave.bus.reader import Reader
from stepweave.bus.removal import Removal
from stepweave.bus.subjects import Subjects

_AT_A_TIME = 8
"""Pictures that are removed, or read, at a time."""
_SECOND = 1_000_000_000

T = TypeVar("T")
Places = dict[str, tuple[tuple[int, int], ...]]
"""Sequences and sizes of the copies of pictures, by hash."""


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

    old: Places = field(default_factory=dict)
    """Neither put nor wanted within the grace."""
    young: set[str] = field(default_factory=set)
    doomed: dict[str, Entry] = field(default_factory=dict)
    marks_end: int = 1
    """Marks before this sequence are older than the grace."""
    young_mark: bool = False
    """One that is not was seen: none behind it is taken for old, should the server's clock have stepped back."""


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
        self._removal = Removal(connection, subjects, blobs)

    async def sweep(self, *, without: Collection[str] = (), dry_run: bool = False, verify: bool = False) -> Swept:
        """Look at everything, and remove what nobody needs.

        Args:
            without: runs to take for removed.
            dry_run: remove nothing, and say what would be.
            verify: read every picture, and report those that are damaged; none is removed for that.
        """
        limit = await self._now() - int(self._grace * _SECOND)
        shelf = await self._look(limit)
        everything = sorted({*shelf.old, *shelf.young}) if verify else []
        letters = await self._letters(limit)
        words = await self._read_log(shelf, letters, limit, without)
        found = Swept(
            pictures=len(shelf.old),
            bytes=sum(size for copies in shelf.old.values() for _, size in copies),
            kept=len(shelf.young),
            words=words.count + letters.count,
            damaged=tuple([sha256 async for sha256 in self._damaged(everything)]),
        )
        if dry_run:
            return found
        await self._drop(words, letters)
        return await self._clear(shelf, limit, found)

    async def _now(self) -> int:
        """The server's clock, in nanoseconds since 1970."""
        info = await api.ask(self._connection, f"STREAM.INFO.{self._subjects.blobs}")
        return int(datetime.fromisoformat(info["ts"]).timestamp() * _SECOND)

    async def _look(self, limit: int) -> _Shelf:
        """Everything in the store of pictures, told apart by age."""
        shelf = _Shelf()
        async for entry in entries(self._connection, self._subjects.blobs):
            found = self._subjects.parse_picture(entry.subject)
            if found is None:
                continue
            family, sha256 = found
            if family == "doomed":
                shelf.doomed[sha256] = entry
            elif entry.nanoseconds > limit:
                shelf.young.add(sha256)
                shelf.young_mark |= family == "used"
            elif family == "used":
                shelf.marks_end = shelf.marks_end if shelf.young_mark else entry.sequence + 1
            else:
                shelf.old[sha256] = (*shelf.old.get(sha256, ()), (entry.sequence, entry.size))
        for sha256 in shelf.young:
            shelf.old.pop(sha256, None)
        return shelf

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
                if shelf.old.pop(sha256, None) is not None:
                    shelf.young.add(sha256)
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

    async def _clear(self, shelf: _Shelf, limit: int, found: Swept) -> Swept:
        """Remove what is left on the shelf; marks that are old go first, so that any that stands then counts."""
        await self._purge(self._subjects.blobs, self._subjects.uses(), shelf.marks_end)
        for sha256, entry in shelf.doomed.items():
            shelf.old.pop(sha256, None)
            if entry.nanoseconds <= limit:
                await self._removal.lift(sha256, entry.sequence)
        pictures = size = 0
        for some in _batched(shelf.old.items()):
            gone = await asyncio.gather(*(self._removal.remove(sha, [at for at, _ in where]) for sha, where in some))
            for (_, where), removed in zip(some, gone, strict=True):
                pictures += removed
                size += removed * sum(size for _, size in where)
        return replace(found, pictures=pictures, bytes=size, kept=found.kept + found.pictures - pictures)

    async def _purge(self, stream: str, filter_: str, end: int) -> None:
        """Remove what stands under a filter before a sequence."""
        if end > 1:
            await api.ask(self._connection, f"STREAM.PURGE.{stream}", {"filter": filter_, "seq": end})


def _batched(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, _AT_A_TIME)):
        yield some
