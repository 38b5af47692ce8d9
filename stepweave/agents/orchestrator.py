"""The orchestrator: hears the log, folds it, and writes down what is decided.

Every orchestrator hears every run, so any of them can carry any run on. The guard on a run's events lets one decision
through; the others fold it and decide anew. To keep them from racing all the time, a run belongs by courtesy to whoever
decided last: the others wait ``takeover`` seconds before they step in. A run that has been silent for a while is read
again, and its unanswered commands are published again, in case their author died in between; their cells are
write-once, so that costs nothing, and once it is done nothing can be missing until the run speaks again.

What is heard comes first: the unfinished runs of an old log are taken up behind it, a few at a time. States are held
for the runs heard of last (held.py); any other is read again when it speaks.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import anyio
from anyio.abc import TaskGroup

from stepweave.agents.agent import Host, observer
from stepweave.agents.gate import Gate
from stepweave.agents.held import Held
from stepweave.agents.pace import Pace
from stepweave.bus import Bus, Conflict, Record
from stepweave.messages import Abandoned, Command, Decided, Outcome
from stepweave.observability.trace import traceparent
from stepweave.policies.decide import decide, kind
from stepweave.policies.state import RunState, enact, fold

logger = logging.getLogger("stepweave.agents.orchestrator")


@observer("orchestrator")
async def orchestrator(host: Host) -> None:
    """Folds the log of every run and decides what is next."""
    await Orchestrator(host.bus, f"{host.source}/orchestrator", host.pace).run()


class Orchestrator:
    """The states of unfinished runs, and the tasks that carry them on."""

    def __init__(self, bus: Bus, source: str, pace: Pace | None = None) -> None:
        """The bus to listen to, who we are in the log, and how to go about it."""
        self._bus = bus
        self._source = source
        self._pace = pace = pace or Pace()
        self._busy: set[str] = set()
        self._states = Held(pace.held, self._busy)
        self._unsure: dict[str, float] = {}
        """Runs whose last decision may not have been carried out, and when they were heard of."""
        self._due: dict[str, float] = {}
        """When the time budget of a run is used up (seconds since 1970)."""
        self._unread: dict[str, list[Record]] = {}
        self._reading = anyio.Semaphore(pace.reading)
        self._gate = Gate(bus)
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._group: TaskGroup | None = None

    async def run(self) -> None:
        """Follow the log until cancelled, and take up every unfinished run."""
        position = await self._bus.log.last_sequence()
        async with anyio.create_task_group() as self._group:
            self._group.start_soon(self._take_up_all)
            self._group.start_soon(self._tick)
            self._group.start_soon(self._gate.run)
            async for record in self._bus.log.follow(branches=("ev", "done", "ctl"), after=position):
                self._hear(record)

    # ------------------------------------------------------------------------------------------ hearing

    def _hear(self, record: Record) -> None:
        run = record.run
        if run in self._ended:
            return
        self._unsure[run] = anyio.current_time()
        if run in self._unread:
            self._unread[run].append(record)
            return
        state = self._states.get(run)
        if state is None:  # read a new run as well: somebody may have spoken before its request
            self._spawn(run, partial(self._take_up, run))
            return
        self._hold(fold(state, record))
        self._spawn(run, partial(self._advance, run))

    def _hold(self, state: RunState) -> None:
        """Keep a state, and in mind when its time is up."""
        self._states.put(state)
        requested = state.requested
        if requested is not None and state.requested_at is not None and requested.options.budget.seconds is not None:
            self._due[state.run] = state.requested_at.timestamp() + requested.options.budget.seconds

    def _spawn(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        """Carry a run on in a task of its own; one that is being carried on looks again by itself."""
        if run not in self._busy and self._group is not None:
            self._busy.add(run)
            self._group.start_soon(self._carry, run, work)

    async def _carry(self, run: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            await self._advance(run)  # for what was heard meanwhile found the run busy
        finally:
            self._busy.discard(run)

    async def _take_up_all(self) -> None:
        """Take up what was begun before we came, a few runs at a time."""
        runs = iter(await self._bus.log.unfinished())
        async with anyio.create_task_group() as group:
            for _ in range(self._pace.reading):
                group.start_soon(self._take_up_each, runs)

    async def _take_up_each(self, runs: Iterator[str]) -> None:
        for run in runs:
            if run not in self._busy and run not in self._states and run not in self._ended:
                self._busy.add(run)
                await self._carry(run, partial(self._take_up, run))

    async def _take_up(self, run: str) -> None:
        """Fold a run anew, and see to it that its commands are out."""
        await self._read(run)
        await self._publish_again(run)
        await self._advance(run)

    async def _read(self, run: str) -> None:
        """Fold a run from the log; what is heard meanwhile is folded on top."""
        async with self._reading:
            self._unread[run] = []
            try:
                state = RunState(run)
                async for record in self._bus.log.replay(run):
                    state = fold(state, record)
                for record in self._unread[run]:
                    state = fold(state, record)
            finally:
                del self._unread[run]
        if state.requested is None:  # a word about a run that nobody asked for
            self._forget(run)
            return
        self._hold(state)
        self._forget_if_ended(run)

    def _forget(self, run: str) -> None:
        self._states.drop(run)
        self._unsure.pop(run, None)
        self._due.pop(run, None)

    def _forget_if_ended(self, run: str) -> None:
        if (state := self._states.get(run)) is None or state.outcome is None:
            return
        self._forget(run)
        self._ended[run] = None
        if len(self._ended) > self._pace.ended:
            self._ended.popitem(last=False)

    # ------------------------------------------------------------------------------------------ deciding

    async def _advance(self, run: str) -> None:
        """Decide until there is nothing left to decide."""
        while (state := self._states.get(run)) is not None and state.outcome is None:
            decision = self._decision(state)
            if decision is None:
                if state.owner == self._source:  # all that it decided, we have carried out
                    self._unsure.pop(run, None)
                break
            if state.owner not in ("", self._source):
                await anyio.sleep(self._pace.takeover)
                if self._states.get(run) is not state:
                    continue
                await self._publish_again(run)
            await self._commit(state, decision)
        self._forget_if_ended(run)

    def _decision(self, state: RunState) -> Decided | None:
        """What the policies decide; a run they cannot decide for ends with the reason, and does no harm to others."""
        try:
            return decide(state, datetime.now(UTC))
        except Exception as error:
            logger.exception("no decision for run %s", state.run)
            outcome = Outcome(status="failed", reason=str(error) or type(error).__name__)
            return Decided(abandoned=tuple(c.task for c in state.waiting()), outcome=outcome)

    async def _commit(self, state: RunState, decision: Decided) -> None:
        """Write a decision down and then carry it out; if another one was first, read that instead."""
        run = state.run
        try:
            sequence = await self._bus.log.decide(
                run,
                kind(decision, state),
                decision,
                expected=state.head,
                source=self._source,
                traceparent=traceparent(run),
            )
        except Conflict:
            await self._read(run)
            return
        latest = self._states.get(run) or state
        if latest.head < sequence:
            latest = replace(enact(latest, decision), head=sequence, owner=self._source)
            self._hold(latest)
        await self._carry_out(latest, decision)

    async def _carry_out(self, state: RunState, decision: Decided) -> None:
        """Publish what a decision commands and calls off."""
        work = [partial(self._call_off, state.run, state.commands[task]) for task in decision.abandoned]
        if state.requested is not None and state.requested.options.priority == "background":
            for command in decision.commands:
                self._gate.put(_queue(command), (state.run, command.task), partial(self._admit, state.run, command))
        else:
            work += [partial(self._command, state.run, command) for command in decision.commands]
        if len(work) == 1:
            await work[0]()
            return
        async with anyio.create_task_group() as group:
            for each in work:
                group.start_soon(each)

    async def _command(self, run: str, command: Command) -> None:
        await self._bus.log.command(
            run,
            command.role,
            command.capability,
            command.task,
            command.ask,
            source=self._source,
            traceparent=traceparent(run, command.task),
        )

    async def _admit(self, run: str, command: Command) -> None:
        """Publish what waited before the gate, unless its run has ended meanwhile."""
        if run not in self._ended:
            await self._command(run, command)

    async def _call_off(self, run: str, command: Command) -> None:
        self._gate.drop(_queue(command), (run, command.task))
        await self._bus.log.answer(
            run,
            command.role,
            command.capability,
            command.task,
            Abandoned(),
            source=self._source,
            traceparent=traceparent(run, command.task),
        )

    async def _publish_again(self, run: str) -> None:
        """Publish what was decided and may not have been carried out; what was, is left as it is."""
        if (state := self._states.get(run)) is not None:
            called_off = tuple(sorted(state.abandoned - state.answers.keys()))
            heard = self._unsure.get(run)
            await self._carry_out(state, Decided(commands=state.waiting(), abandoned=called_off))
            if self._unsure.get(run) == heard:
                self._unsure.pop(run, None)

    async def _tick(self) -> None:
        """Look after runs that nothing is heard of, and those whose time is up."""
        while True:
            await anyio.sleep(1.0)
            now = anyio.current_time()
            for run, heard in list(self._unsure.items()):
                if now - heard > self._pace.silence:
                    self._spawn(run, partial(self._take_up, run))
            for run, due in list(self._due.items()):
                if datetime.now(UTC).timestamp() >= due:
                    del self._due[run]
                    self._spawn(run, partial(self._take_up, run))


def _queue(command: Command) -> tuple[str, str]:
    """Which queue a command goes to."""
    return command.role, command.capability
