"""The orchestrator: hears the log, folds it, and writes down what is decided.

Every orchestrator hears every run, so any of them can carry any run on. The guard on a run's events lets one decision
through; the others fold it and decide anew. To keep them from racing all the time, a run belongs by courtesy to whoever
decided last: the others wait ``takeover`` seconds before they step in. A run that has been silent for long gets its
unanswered commands published again, in case their author died in between; their cells are write-once, so that costs
nothing.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import anyio
from anyio.abc import TaskGroup

from stepweave.agents.agent import Host, observer
from stepweave.bus import REQUESTED, Bus, Conflict, Record
from stepweave.messages import Abandoned, Command, Decided, Outcome
from stepweave.observability.trace import traceparent
from stepweave.policies.decide import decide, kind
from stepweave.policies.state import RunState, enact, fold

logger = logging.getLogger("stepweave.agents.orchestrator")

TAKEOVER = 0.5
"""Seconds of courtesy before deciding for a run that somebody else decided for last."""

SILENCE = 5.0
"""Seconds without a word from a run after which its unanswered commands are published again."""

REMEMBERED = 10_000
"""How many ended runs are remembered as ended, so that a late answer does not make us read them again."""


@observer("orchestrator")
async def orchestrator(host: Host) -> None:
    """Folds the log of every run and decides what is next."""
    await Orchestrator(host.bus, f"{host.source}/orchestrator").run()


class Orchestrator:
    """The states of all unfinished runs, and the tasks that carry them on."""

    def __init__(self, bus: Bus, source: str, *, takeover: float = TAKEOVER, silence: float = SILENCE) -> None:
        """See the module for ``takeover`` and ``silence``, both in seconds."""
        self._bus = bus
        self._source = source
        self._takeover = takeover
        self._silence = silence
        self._states: dict[str, RunState] = {}
        self._heard: dict[str, float] = {}
        self._busy: set[str] = set()
        self._unread: dict[str, list[Record]] = {}
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._group: TaskGroup | None = None

    async def run(self) -> None:
        """Take up every unfinished run, then follow the log until cancelled."""
        position = await self._bus.log.last_sequence()
        async with anyio.create_task_group() as self._group:
            for summary in await self._bus.log.runs():
                if not summary.finished:
                    self._spawn(summary.run, partial(self._take_up, summary.run))
            self._group.start_soon(self._tick)
            async for record in self._bus.log.follow(branches=("ev", "done", "ctl"), after=position):
                self._hear(record)

    # ------------------------------------------------------------------------------------------ hearing

    def _hear(self, record: Record) -> None:
        run = record.run
        if run in self._ended:
            return
        if run in self._unread:
            self._unread[run].append(record)
            return
        state = self._states.get(run)
        if state is None and record.tokens[0] != REQUESTED:
            self._spawn(run, partial(self._take_up, run))
            return
        self._heard[run] = anyio.current_time()
        self._states[run] = fold(state or RunState(run), record)
        self._spawn(run, partial(self._advance, run))

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

    async def _take_up(self, run: str) -> None:
        """Fold a run we know nothing of, and see to it that its commands are out."""
        await self._read(run)
        await self._publish_again(run)
        await self._advance(run)

    async def _read(self, run: str) -> None:
        """Fold a run from the log; what is heard meanwhile is folded on top."""
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
            self._states.pop(run, None)
            self._heard.pop(run, None)
            return
        self._states[run] = state
        self._heard[run] = anyio.current_time()
        self._forget_if_ended(run)

    def _forget_if_ended(self, run: str) -> None:
        if (state := self._states.get(run)) is None or state.outcome is None:
            return
        del self._states[run]
        self._heard.pop(run, None)
        self._ended[run] = None
        if len(self._ended) > REMEMBERED:
            self._ended.popitem(last=False)

    # ------------------------------------------------------------------------------------------ deciding

    async def _advance(self, run: str) -> None:
        """Decide until there is nothing left to decide."""
        while (state := self._states.get(run)) is not None and state.outcome is None:
            decision = self._decision(state)
            if decision is None:
                break
            if state.owner not in ("", self._source):
                await anyio.sleep(self._takeover)
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
        latest = self._states[run]
        if latest.head < sequence:
            self._states[run] = replace(enact(latest, decision), head=sequence, owner=self._source)
        await self._carry_out(self._states[run], decision)

    async def _carry_out(self, state: RunState, decision: Decided) -> None:
        """Publish what a decision commands and calls off."""
        work = [partial(self._command, state.run, c) for c in decision.commands]
        work += [partial(self._call_off, state.run, state.commands[task]) for task in decision.abandoned]
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

    async def _call_off(self, run: str, command: Command) -> None:
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
            await self._carry_out(state, Decided(commands=state.waiting(), abandoned=called_off))

    async def _tick(self) -> None:
        """Look after runs that nothing is heard of, and those whose time may be up."""
        while True:
            await anyio.sleep(1.0)
            now = anyio.current_time()
            for run, state in list(self._states.items()):
                if state.requested is not None and state.requested.options.budget.seconds is not None:
                    self._spawn(run, partial(self._advance, run))
                if now - self._heard[run] > self._silence:
                    self._heard[run] = now
                    self._spawn(run, partial(self._publish_again, run))
