"""The log: everything a run ever says, written with guards and read in order.

Events are guarded by the last event of the run, commands and answers are write-once cells. Every write may be repeated:
a write that finds itself already there has succeeded.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import anyio

from stepweave.bus.api import standing, subjects_under
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import UNREADABLE, Record, new_id, open_anyway, seal
from stepweave.bus.errors import Conflict, Unreadable
from stepweave.bus.follower import Follower, identity, last_sequence
from stepweave.bus.publisher import Publisher
from stepweave.bus.reader import Reader
from stepweave.bus.subjects import FINISHED, REQUESTED, Subjects
from stepweave.bus.tail import tail
from stepweave.messages import Answer, Ask, Message, RunRequested, Unknown, encode

OUTSIDE = "/outside"
"""Source of what people and programs outside write, unless they say who they are."""
_FAREWELL = 3.0
"""Seconds to tell the server that nobody follows any more; it would notice by itself, later."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run at a glance."""

    run: str
    requested: datetime
    """When it was asked for (UTC)."""
    request: Record
    """The request itself."""
    end: Record | None
    """Its last decision, if that was taken."""

    @property
    def finished(self) -> bool:
        """Whether its last decision was taken."""
        return self.end is not None


class Log:
    """The log of one namespace."""

    def __init__(self, connection: Connection, subjects: Subjects) -> None:
        self._connection = connection
        self._subjects = subjects
        self._reader = Reader(connection, subjects.runs)
        self._publisher = Publisher(connection, subjects.runs, self._reader)

    async def request(
        self, run: str, message: Message, *, source: str = OUTSIDE, traceparent: str | None = None
    ) -> int:
        """Begin a run; gives the sequence of its first event.

        Raises:
            Conflict: there is a run of that name.
        """
        return await self.decide(run, REQUESTED, message, expected=0, source=source, traceparent=traceparent)

    async def decide(
        self, run: str, kind: str, message: Message, *, expected: int, source: str, traceparent: str | None = None
    ) -> int:
        """Write an event, if the run has no event of the number ``expected`` yet; gives its sequence.

        Events are numbered from 0, the request. What somebody writes among them under another number stands in
        nobody's way, for whoever reads takes them by their numbers.

        Raises:
            Conflict: another decision was first.
        """
        subject, guard = self._subjects.event(run, kind, expected), (self._subjects.numbered(run, expected), 0)
        id_ = new_id()
        head = seal(message, source=source, about=run, id_=id_, traceparent=traceparent)
        stored = await self._publisher.guarded(subject, head, encode(message), id_, guard)
        if not stored.sequence:
            raise Conflict(run, expected)
        return stored.sequence

    async def command(
        self,
        run: str,
        role: str,
        capability: str,
        task: str,
        ask: Ask,
        *,
        source: str,
        traceparent: str | None = None,
    ) -> bool:
        """Put a task to a role and capability, once; False: it was there already."""
        subject = self._subjects.command(run, role, capability, task)
        id_ = new_id()
        head = seal(ask, source=source, about=f"{run}/{task}", id_=id_, traceparent=traceparent)
        return (await self._publisher.first(subject, head, encode(ask), id_)).sequence > 0

    async def answer(
        self,
        run: str,
        role: str,
        capability: str,
        task: str,
        answer: Answer,
        *,
        source: str,
        traceparent: str | None = None,
    ) -> Record | None:
        """Answer a task, once: ``None`` if this answer stands now, else the record that stood there before."""
        subject = self._subjects.done(run, role, capability, task)
        id_ = new_id()
        head = seal(answer, source=source, about=f"{run}/{task}", id_=id_, traceparent=traceparent)
        stored = await self._publisher.first(subject, head, encode(answer), id_)
        if stored.sequence:
            return None
        there = await self._publisher.standing(subject)
        return None if there is None else open_anyway(there, self._subjects)

    async def control(
        self,
        run: str,
        message: Message,
        *,
        id: str | None = None,
        source: str = OUTSIDE,
        traceparent: str | None = None,
    ) -> int:
        """Speak to a run from outside, once for every ``id``: the first word stands. Gives its sequence."""
        id_ = id or new_id()
        head = seal(message, source=source, about=run, id_=id_, traceparent=traceparent)
        subject = self._subjects.control(run, id_)
        stored = await self._publisher.first(subject, head, encode(message), id_)
        if stored.sequence:
            return stored.sequence
        there = await self._publisher.standing(subject)
        return 0 if there is None else there.sequence

    async def note(
        self, run: str, kind: str, message: Message, *, source: str = OUTSIDE, traceparent: str | None = None
    ) -> int:
        """Add a late fact about a run; gives its sequence."""
        id_ = new_id()
        head = seal(message, source=source, about=run, id_=id_, traceparent=traceparent)
        return (await self._publisher.first(self._subjects.note(run, kind, id_), head, encode(message), id_)).sequence

    async def cell(self, run: str, role: str, capability: str, task: str) -> Record | None:
        """The answer of a task, if there is one."""
        raw = await self._reader.last(self._subjects.done(run, role, capability, task))
        return None if raw is None else open_anyway(raw, self._subjects)

    async def replay(self, run: str, *, after: int = 0, branch: str | None = None) -> AsyncIterator[Record]:
        """Everything a run said after a sequence, in order, up to now; or what it said in one family of subjects."""
        filter_ = self._subjects.everything(run) if branch is None else self._subjects.branch(run, branch)
        async for raw in self._reader.all(filter_, after):
            if (record := open_anyway(raw, self._subjects)) is not None:
                yield record

    async def everything(self, after: int, upto: int) -> AsyncGenerator[Record, None]:
        """What all runs said behind a sequence and no later than another one, in order."""
        async for raw in self._reader.all(self._subjects.everything(), after):
            if raw.sequence > upto:
                return
            if (record := open_anyway(raw, self._subjects)) is not None:
                yield record

    async def identity(self) -> str:
        """Which log this is: its stream, and when that was made; sequences of another one mean other messages."""
        return await identity(self._connection, self._subjects.runs)

    async def follow(
        self, *, run: str | None = None, branches: Sequence[str] = ("ev", "done", "ctl"), after: int | None = None
    ) -> AsyncGenerator[Record, None]:
        """The log as it grows, in order, without gaps or doubles, through outages; endless.

        Args:
            run: only this run; ``None``: all.
            branches: which families of subjects.
            after: begin behind this sequence; ``None``: with what comes from the first iteration on. Take
                :meth:`last_sequence` first to be exact.
        """
        filters = [self._subjects.branch(run, branch) for branch in branches]
        if not self._connection.settings.provision:
            async with aclosing(tail(self._connection, self._subjects, run, branches, after)) as records:
                async for record in records:
                    yield record
            return
        follower = Follower(self._connection, self._subjects, filters, after)
        try:
            async for record in follower:
                yield record
        finally:
            with anyio.move_on_after(_FAREWELL, shield=True):
                await follower.aclose()

    async def count(self, run: str) -> int:
        """How many messages a run has, as the leader of the log knows it; costs little, for it reads none."""
        return len(await standing(self._connection, self._subjects.runs, self._subjects.everything(run)))

    async def last_sequence(self) -> int:
        """Where the log ends; 0: it is empty."""
        return await last_sequence(self._connection, self._subjects.runs)

    async def unfinished(self) -> list[str]:
        """The names of all runs that have not ended, in their order; costs little, for it reads no message."""
        requested = {run async for run in self._named(REQUESTED)}
        return sorted(requested.difference([run async for run in self._named(FINISHED)]))

    async def unended(self) -> list[str]:
        """The names of runs that only seem to have ended, for what stands in the place of their end is none.

        Reads the last event of every ended run, so it takes a while in a long log.
        """
        ended: dict[bool, set[str]] = {True: set(), False: set()}
        async for record in self._events(FINISHED):
            ended[record.ends].add(record.run)
        return sorted(ended[False] - ended[True])

    async def _named(self, kind: str) -> AsyncIterator[str]:
        """The runs that have an event of a kind."""
        async for subject in subjects_under(self._connection, self._subjects.runs, self._subjects.every_event(kind)):
            with contextlib.suppress(Unreadable):
                yield self._subjects.parse(subject)[0]

    async def runs(self) -> list[RunSummary]:
        """All runs, oldest first: what is no request begins none, and what is no outcome ends none.

        A request of a later version is one, too.
        """
        ends = {record.run: record async for record in self._events(FINISHED) if record.ends}
        return [
            RunSummary(one.run, one.time, one, ends.get(one.run))
            async for one in self._events(REQUESTED)
            if _is_first(one)
        ]

    async def _events(self, kind: str) -> AsyncIterator[Record]:
        """The events of a kind, of all runs."""
        async for raw in self._reader.all(self._subjects.every_event(kind)):
            if (record := open_anyway(raw, self._subjects)) is not None:
                yield record


def _is_first(record: Record) -> bool:
    message = record.message
    later = isinstance(message, Unknown) and message.type != UNREADABLE
    return record.tokens[1] == "0" and (later or isinstance(message, RunRequested))
