"""The orchestrator: hears the log, folds it, and writes down what is decided.

Every orchestrator hears every run, so any of them can carry any run on. The guard on a run's events lets one decision
through; the others fold it and decide anew. To share the work and not to race all the time, they leave runs to each
other (courtesy.py). A run that has been silent for a while is looked after: it is read again and its unanswered
commands are published again, in case their author died in between; their cells are write-once, so that costs nothing.

What is heard comes first: the unfinished runs of an old log, and those to be looked after, are taken up behind it, a
few at a time. States are held for the runs heard of last (held.py); any other is read again when it speaks.

A run is read where we have not heard all of it. In a cluster a read may be answered by a replica that lags behind. So
what was read never takes the place of what was heard but is folded together with it, an event counts only in its turn
(chain.py), and every run that was read is looked after once.

Anybody may say anything about any run. What says nothing new, or is about a run that nobody asked for or that has
ended, is counted and costs nothing else.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex

import anyio
from anyio.abc import TaskGroup

from stepweave.agents.agent import Host, observer
from stepweave.agents.backlog import Backlog
from stepweave.agents.courtesy import Courtesy
from stepweave.agents.held import Held
from stepweave.agents.orders import Orders
from stepweave.agents.pace import Pace
from stepweave.bus import REQUESTED, Bus, Conflict, Record, TooLarge, fault_of
from stepweave.messages import Decided, RunRequested
from stepweave.observability.counts import count
from stepweave.observability.trace import traceparent
from stepweave.policies.decide import decided, kind
from stepweave.policies.parts import given_up
from stepweave.policies.state import EARLY, RunState, cell, enact, fold, grown, knows

logger = logging.getLogger("stepweave.agents.orchestrator")

LAG = 0.1
"""Seconds to wait for a replica that does not show yet what a decision ran into."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a run is to be looked after."""

    since: float
    """When it was heard of last."""
    read: bool = False
    """Whether it was read since it was looked after."""


@observer("orchestrator")
async def orchestrator(host: Host) -> None:
    """Folds the log of every run and decides what is next."""
    await Orchestrator(host.bus, f"{host.source}/orchestrator/{token_hex(4)}", host.pace).run()


class Orchestrator:
    """The states of unfinished runs, and the tasks that carry them on."""

    def __init__(self, bus: Bus, source: str, pace: Pace | None = None) -> None:
        """The bus to listen to, who we are in the log, and how to go about it."""
        self._bus = bus
        self._source = source
        self._pace = pace = pace or Pace()
        self._busy: set[str] = set()
        self._states = Held(pace.held, self._busy)
        self._unsure: dict[str, Doubt] = {}
        """Runs to be looked after when they are silent."""
        self._due: dict[str, float] = {}
        """When the time budget of a run is used up (seconds since 1970)."""
        self._carried: dict[str, int] = {}
        """The place in the log of the last decision that we carried out, by run."""
        self._open: set[str] = set()
        """The names of all unfinished runs: a word about any other is no reason to read it."""
        self._unread: dict[str, list[Record]] = {}
        """What was heard of runs that are being read."""
        self._reading = anyio.Semaphore(pace.reading)
        self._beginning = anyio.Semaphore(pace.beginning)
        self._backlog = Backlog()
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._orders = Orders(bus, source, lambda run: run not in self._ended)
        self._courtesy = Courtesy(source, pace)
        self._group: TaskGroup | None = None

    async def run(self) -> None:
        """Follow the log until cancelled, and take up every unfinished run."""
        position = await self._bus.log.last_sequence()
        unfinished = await self._bus.log.unfinished()
        self._open.update(unfinished)
        async with anyio.create_task_group() as self._group:
            self._group.start_soon(self._take_up_all, unfinished)
            self._group.start_soon(self._tick)
            self._group.start_soon(self._orders.run)
            for _ in range(self._pace.reading):
                self._group.start_soon(self._work_off)
            async for record in self._bus.log.follow(branches=("ev", "done", "ctl"), after=position):
                self._hear(record)

    # ------------------------------------------------------------------------------------------ hearing

    def _hear(self, record: Record) -> None:
        run = record.run
        if isinstance(record.message, Decided):
            self._courtesy.heard_of(record.source)
        begins = isinstance(record.message, RunRequested) and record.tokens == (REQUESTED, "0")
        if begins:
            self._requested(run, record.sequence)
        if run in self._ended:
            return
        if run not in self._open:
            _stray(record)
        elif run in self._unread:
            self._doubt(run)
            self._unread[run].append(record)
        elif run in self._courtesy and run not in self._busy:
            if self._courtesy.hear(record):
                self._end(run)
        elif (state := self._states.get(run)) is None:
            if begins and self._courtesy.falls_to_another(record):
                return
            self._doubt(run)
            self._unread[run] = [record]
            self._spawn(run, partial(self._begin if begins else self._meet, run))
        else:
            self._take(state, record)

    def _requested(self, run: str, sequence: int) -> None:
        """A run was asked for; one of that name that we know was removed, so it is to be read anew."""
        self._open.add(run)
        self._ended.pop(run, None)
        if (state := self._states.get(run)) is not None and state.head < sequence:
            self._forget(run)
        self._courtesy.begins(run, sequence)

    def _take(self, state: RunState, record: Record) -> None:
        """Fold what was heard, and carry the run on if that is news."""
        run, folded = state.run, fold(state, record)
        if folded is not state or (record.branch == "ev" and record.source == self._source):
            self._hold(folded, len(record.body))  # our own events are enacted before we hear them
        if folded is not state and not _only_kept(state, folded):
            if run not in self._busy and self._leave(folded, owed=record.branch != "ev"):
                return
            self._doubt(run)
            self._spawn(run, partial(self._advance, run))
        elif not knows(state, record):
            _stray(record)
            if record.branch == "ev" and run not in self._unsure:
                self._doubt(run)  # or it is none, but we missed the one before it

    def _doubt(self, run: str, *, read: bool = False) -> None:
        """Something happened to a run: look after it when nothing more does."""
        before = self._unsure.get(run)
        self._unsure[run] = Doubt(anyio.current_time(), read or (before is not None and before.read))

    def _hold(self, state: RunState, size: int = 0) -> None:
        """Keep a state of whose run so many bytes more are known, and keep in mind when its time is up."""
        self._states.put(state, size)
        requested = state.requested
        if requested is not None and state.requested_at is not None and requested.options.budget.seconds is not None:
            self._due[state.run] = state.requested_at.timestamp() + requested.options.budget.seconds

    def _spawn(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        """Carry a run on in a task of its own; one that is being carried on looks again by itself."""
        if run not in self._busy and self._group is not None:
            self._busy.add(run)
            self._group.start_soon(self._carry, run, work)

    async def _carry(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do work that ends by advancing the run: what is heard until then finds it busy and starts no other."""
        try:
            await work()
        finally:
            self._busy.discard(run)

    async def _take_up_all(self, unfinished: Iterable[str]) -> None:
        """Have all that was begun before we came be taken up, and then what somebody made to seem ended."""
        for run in unfinished:
            self._backlog.put(run)
        for run in await self._bus.log.unended():
            self._open.add(run)
            self._backlog.put(run)

    async def _work_off(self) -> None:
        """Look after one run of the backlog after the other."""
        while True:
            run = await self._backlog.take()
            if run not in self._busy and run not in self._ended and self._courtesy.look(run):
                self._busy.add(run)
                await self._carry(run, partial(self._look_after, run))

    async def _look_after(self, run: str) -> None:
        """Take a run up once more; nothing of it is missing then, unless it spoke meanwhile or was removed."""
        if not await self._bus.runs.stands(run):
            self._forget(run)
            self._open.discard(run)
            return
        doubt = self._unsure.get(run)
        await self._take_up(run)
        if doubt is not None and run in self._unsure and self._unsure[run].since == doubt.since:
            del self._unsure[run]

    async def _begin(self, run: str) -> None:
        """Take up a new run when its turn comes: work that is under way is not to wait for all that is new."""
        async with self._beginning:
            await self._meet(run)

    async def _meet(self, run: str) -> None:
        """Take up a run that we have just heard of; it is read, unless nothing was said in it but what we heard."""
        said, heard = await self._bus.log.count(run), self._unread.get(run, [])
        state = RunState(run)
        for record in heard:
            state = fold(state, record)
        if state.requested is None or said > len(heard):
            await self._take_up(run)
            return
        del self._unread[run]
        self._hold(state, sum(len(record.body) for record in heard))
        await self._advance(run)

    async def _take_up(self, run: str) -> None:
        """Fold a run of which we know nothing, or not all, and see to it that its commands are out."""
        await self._read(run)
        if run not in self._unsure and run in self._states:
            self._doubt(run, read=True)
        if (state := self._states.get(run)) is not None:
            await self._orders.carry_out_again(state)
        await self._advance(run)

    async def _read(self, run: str) -> None:
        """Fold a run from the log together with what is known and what is heard meanwhile."""
        heard, size = self._unread.setdefault(run, []), 0
        async with self._reading:
            try:
                state = self._states.get(run) or RunState(run)
                async for record in self._bus.log.replay(run):
                    state = fold(state, record)
                    size += len(record.body) if record.branch != "cmd" else 0
                for record in heard:
                    state = fold(state, record)
            finally:
                del self._unread[run]
        if state.requested is None:  # a word about a run that nobody asked for
            self._forget(run)
            if state.head:  # and that nobody can ask for: something else stands in the place of the request
                self._open.discard(run)
            return
        self._states.drop(run)
        self._hold(state, size)
        self._forget_if_ended(run)

    def _leave(self, state: RunState, *, owed: bool) -> bool:
        """Leave a run to its owner, if that is somebody else; gives whether it was left."""
        if state.outcome is not None or not self._courtesy.belongs_to_another(state.owner):
            return False
        self._courtesy.leave(state.run, state.owner, state.chain, owed=owed)
        self._states.drop(state.run)
        self._unsure.pop(state.run, None)
        self._carried.pop(state.run, None)
        return True

    def _forget(self, run: str) -> None:
        self._states.drop(run)
        self._unsure.pop(run, None)
        self._due.pop(run, None)
        self._carried.pop(run, None)
        self._courtesy.forget(run)

    def _forget_if_ended(self, run: str) -> None:
        if (state := self._states.get(run)) is not None and state.outcome is not None:
            self._end(run)

    def _end(self, run: str) -> None:
        self._forget(run)
        self._open.discard(run)
        self._ended[run] = None
        if len(self._ended) > self._pace.ended:
            self._ended.popitem(last=False)

    # ------------------------------------------------------------------------------------------ deciding

    async def _advance(self, run: str) -> None:
        """Decide until there is nothing left to decide."""
        settled: RunState | None = None
        while (state := self._states.get(run)) is not None and state.outcome is None:
            decision, more = (None, False) if state is settled else self._decision(state)
            if decision is None:
                doubt = self._unsure.get(run)
                if self._leave(state, owed=False):
                    return
                if doubt is not None and not doubt.read and self._carried.get(run) == state.head:
                    del self._unsure[run]  # all that was decided, we have carried out
                break
            if wait := self._courtesy.patience(run, state.owner):
                if self._courtesy.knows(state.owner) and self._leave(state, owed=True):
                    return
                await anyio.sleep(wait)
                continue
            if self._courtesy.belongs_to_another(state.owner):
                await self._orders.carry_out_again(state)
            after = await self._commit(state, decision)
            settled = None if more else after
        self._forget_if_ended(run)

    def _decision(self, state: RunState) -> tuple[Decided | None, bool]:
        """What the policies decide, and whether there is more; a run they cannot decide for ends with the reason, and
        does no harm to others."""
        try:
            return decided(state, datetime.now(UTC))
        except Exception as error:
            logger.exception("no decision for run %s", state.run)
            return given_up(state, error), False

    async def _commit(self, state: RunState, decision: Decided) -> RunState | None:
        """Write a decision down and then carry it out; if another one was first, read that instead.

        Gives the state with the decision, if nothing else was heard meanwhile that may lead to another one.
        What the last decision of a run calls off is called off before it: nobody looks after a run that has ended.
        """
        run = state.run
        off = decision.abandoned if decision.outcome is None else ()
        if off != decision.abandoned:
            await self._orders.carry_out(state, (), state.commands.keys() & decision.abandoned)
            off = tuple(task for task in decision.abandoned if task not in state.commands)
        try:
            sequence = await self._bus.log.decide(
                run,
                kind(decision, state),
                decision,
                expected=state.events,
                source=self._source,
                traceparent=traceparent(run),
            )
        except Conflict:
            await self._read(run)
            if (found := self._states.get(run)) is not None and found.head == state.head:
                await anyio.sleep(LAG)
            return None
        except TooLarge as error:
            return await self._commit(state, given_up(state, error))
        latest = self._states.get(run) or state
        alone = latest is state
        if latest.head < sequence:
            latest = grown(replace(enact(latest, decision), owner=self._source), sequence)
            self._hold(latest)
        self._courtesy.forget(run)
        await self._orders.carry_out(latest, decision.commands, off)
        self._carried[run] = sequence
        if len(latest.early) >= EARLY:
            await self._look(latest)
        return latest if alone and not latest.chain.ending else None

    async def _look(self, state: RunState) -> None:
        """Take the answers that came before they were asked for from their cells: there were too many to keep them."""
        for command in state.waiting():
            record = await self._bus.log.cell(state.run, *cell(command))
            if record is not None and (latest := self._states.get(state.run)) is not None:
                self._hold(fold(latest, record))

    async def _tick(self) -> None:
        """Have runs looked after that nothing is heard of, and those carried on whose time is up."""
        while True:
            await anyio.sleep(min(1.0, self._pace.silence, self._pace.takeover or 1.0))
            now = anyio.current_time()
            for run, doubt in self._unsure.items():
                if now - doubt.since > self._pace.silence:
                    self._backlog.put(run)
            for run in self._courtesy.due():
                self._backlog.put(run)
            for run, due in list(self._due.items()):
                if datetime.now(UTC).timestamp() >= due:
                    del self._due[run]
                    if not self._courtesy.owes(run):
                        self._backlog.put(run)


def _only_kept(before: RunState, after: RunState) -> bool:
    """Whether a record was only kept in mind, because it came before its time or was never to come."""
    return len(after.early) > len(before.early) or len(after.chain.taken) > len(before.chain.taken)


def _stray(record: Record) -> None:
    """Count a word that changes nothing; what is wrong with it by itself was counted when it was heard."""
    if not fault_of(record):
        count("stray", branch=record.branch)
