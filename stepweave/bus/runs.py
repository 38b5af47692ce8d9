"""A run as a whole: read as lines, written at once, removed at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from stepweave.bus import api, batch, lines
from stepweave.bus.blobs import HEADROOM, NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import NoRun, RunStands, TooLarge
from stepweave.bus.follower import last_sequence
from stepweave.bus.lines import Line
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import SETTLE, Reader, stored_size
from stepweave.bus.subjects import REQUESTED, Subjects
from stepweave.chain import BEGINNING
from stepweave.messages import Blob


@dataclass(frozen=True, slots=True)
class Removed:
    """What there was of a run."""

    messages: int
    """In the log."""
    letters: int
    """Dead letters."""
    bytes: int
    """Of both, as the server counts them."""


class Runs:
    """The runs of one namespace."""

    def __init__(self, connection: Connection, subjects: Subjects, blobs: NatsBlobStore) -> None:
        self.pictures = blobs
        """Where the pictures of runs are."""
        self._connection = connection
        self._subjects = subjects
        self._reader = Reader(connection, subjects.runs)
        self._letters = Reader(connection, subjects.dead)
        self._publisher = Publisher(connection, subjects.runs, self._reader)

    async def lines(self, run: str) -> AsyncIterator[Line]:
        """Everything a run has said up to now, its request first.

        A word that stands before the request, about an earlier run of that name, comes right after it: it means the
        same there, for an answer counts once its command is decided.

        Raises:
            NoRun: there is none of that name, or it was removed meanwhile.
        """
        first = await self._request(run)
        async for line in self._lines(run):
            yield line
        last = await self._request(run)
        if first is None or last is None or last.sequence != first.sequence:
            raise NoRun(run)

    async def _lines(self, run: str) -> AsyncIterator[Line]:
        chain, events = BEGINNING, 0
        async for raw in self._raws(run):
            line = lines.line_of(raw, self._subjects, events)
            if line is not None and line.branch == "ev":
                chain, counts = chain.heard(raw.subject.rpartition(".")[2], raw.sequence)
                if not counts:
                    continue  # renumbered, it would count
                events += 1
            if line is not None:
                yield line

    async def _raws(self, run: str) -> AsyncIterator[Raw]:
        if (first := await self._request(run)) is None:
            return
        yield first
        async for raw in self._reader.all(self._subjects.everything(run)):
            if raw.sequence != first.sequence:
                yield raw

    async def check(self, run: str, found: Sequence[Line], pictures: Sequence[Blob] = ()) -> None:
        """Make sure that lines are a run that can be written, with these pictures.

        Raises:
            BadName, BadLine: they are none.
            TooLarge, TooMany: the server does not take them.
            RunStands: another run of that name is there.
        """
        lines.check(found, run, self._subjects)
        limit = self._connection.max_payload - HEADROOM
        for line in found:
            subject, head, body = lines.placed(line, run, self._subjects)
            if len(head) + len(body) > limit:
                raise TooLarge(f"The message {subject}", len(head) + len(body), limit)
        for blob in pictures:
            if blob.size > limit:
                raise TooLarge(f"The picture {blob.sha256}", blob.size, limit)
        subject, _, _ = lines.placed(found[0], run, self._subjects)
        await batch.make_sure_of_room(self._connection, subject, len(found))
        if await self.stands(run):
            await self._missing(run, found)

    async def write(self, run: str, found: Sequence[Line]) -> int:
        """Write a whole run, or what is missing of it, and nothing if another stands; gives how many messages.

        All of it appears at once, so nobody ever decides about a part of it. Where the very same run stands, words
        and answers that it has not heard yet are added; its events are not, for they were decided elsewhere.

        Args:
            run: its name.
            found: lines that :meth:`check` has seen.

        Raises:
            RunStands: another run of that name is there.
        """
        messages = [lines.placed(line, run, self._subjects) for line in found]
        if not await self.stands(run):
            await self._remove_leftovers(run)
            if await batch.commit(self._connection, self._subjects.runs, messages):
                return len(messages)
        written = 0
        for line in await self._missing(run, found):
            subject, head, body = lines.placed(line, run, self._subjects)
            written += await self._publisher.keep(subject, head, body)
        return written

    async def _missing(self, run: str, found: Sequence[Line]) -> list[Line]:
        """What of a run that stands does not stand yet; read anew while a replica that lags behind shows too little."""
        deadline = asyncio.get_running_loop().time() + SETTLE
        while True:
            count = len(await api.standing(self._connection, self._subjects.runs, self._subjects.everything(run)))
            standing = {line.cell: line async for line in self._lines(run)}
            if len(standing) >= count or asyncio.get_running_loop().time() > deadline:
                return _missing(run, found, standing)
            await asyncio.sleep(0.02)

    async def stands(self, run: str) -> bool:
        """Whether there is a run of that name, as the leader of the log knows it."""
        subject = self._subjects.event(run, REQUESTED, 0)
        return subject in await api.standing(self._connection, self._subjects.runs, subject)

    async def measure(self, run: str, up_to: int) -> Removed:
        """How much there is of a run up to a sequence of the log, its dead letters included."""
        return (await self._measure(run, up_to))[0]

    async def remove(self, run: str, up_to: int) -> Removed:
        """Forget a run for ever: what it has said up to a sequence, and its dead letters.

        What is said of it later is left, be it a late word or a new run of the same name; so take the sequence before
        finding out which run it is that is to go.
        """
        found, last = await self._measure(run, up_to)
        if last:
            what = {"filter": self._subjects.letters(run), "seq": last + 1}
            await api.ask(self._connection, f"STREAM.PURGE.{self._subjects.dead}", what)
        await self._purge(run, up_to)
        return found

    async def _measure(self, run: str, up_to: int) -> tuple[Removed, int]:
        """How much there is, and the number of its last dead letter; 0: it has none."""
        said = [
            stored_size(raw) async for raw in self._reader.all(self._subjects.everything(run)) if raw.sequence <= up_to
        ]
        letters = [(stored_size(raw), raw.sequence) async for raw in self._letters.all(self._subjects.letters(run))]
        size = sum(said) + sum(size for size, _ in letters)
        return Removed(len(said), len(letters), size), max((sequence for _, sequence in letters), default=0)

    async def _purge(self, run: str, up_to: int) -> None:
        what = {"filter": self._subjects.everything(run), "seq": up_to + 1}
        await api.ask(self._connection, f"STREAM.PURGE.{self._subjects.runs}", what)

    async def _remove_leftovers(self, run: str) -> None:
        """Remove what is said of a run that is not there: it would stand in the way of its answers."""
        position = await last_sequence(self._connection, self._subjects.runs)
        words = await api.standing(self._connection, self._subjects.runs, self._subjects.everything(run))
        if words and self._subjects.event(run, REQUESTED, 0) not in words:
            await self._purge(run, position)

    async def _request(self, run: str) -> Raw | None:
        return await self._reader.last(self._subjects.event(run, REQUESTED, 0))


def _missing(run: str, found: Sequence[Line], standing: Mapping[tuple[str, ...], Line]) -> list[Line]:
    """What of a run does not stand yet, if all else that is there is the same.

    Raises:
        RunStands: it is not.
    """
    missing: list[Line] = []
    for line in found:
        there = standing.get(line.cell)
        if there is None and line.branch != "ev":
            missing.append(line)
        elif there is None:
            raise RunStands(run, f"it has no event {'.'.join(line.tokens)}")
        elif there != line:
            raise RunStands(run, f"{'.'.join(line.cell)} is another message")
    return missing
