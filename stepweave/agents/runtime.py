"""Runs agents: takes asks from their queues, hands them over, and writes each answer into its cell once.

A worker holds at most ``concurrency`` asks (times the batch size). While it works, one task renews the leases of all
it holds. An error that may pass sends the ask back with a growing, jittered pause; one that will not, or did not,
becomes a ``Failure`` in the cell. Told to stop, a worker takes nothing more, finishes what it holds within a grace,
and hands back the rest.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import cast

import anyio
from anyio.abc import TaskGroup
from pydantic_core import PydanticSerializationError

from stepweave import __version__
from stepweave.agents.agent import (
    Agent,
    Batched,
    Context,
    Host,
    Observer,
    Participant,
    Single,
    configured,
)
from stepweave.agents.faults import NotAnAnswer, NotMine, Undeliverable, failure_of, unforeseen
from stepweave.agents.registry import participant
from stepweave.agents.retries import Breaker, cause_of, may_pass
from stepweave.agents.slots import SPARE, Slot
from stepweave.agents.telling import Teller
from stepweave.agents.watch import CalledOff, Wanted, Watch
from stepweave.bus import (
    BlobCorrupt,
    BlobMissing,
    BusError,
    Closed,
    Delivery,
    NoAnswer,
    NotAllowed,
    NotStored,
    Queue,
    Record,
    StoreFull,
    TooLarge,
    Unreachable,
)
from stepweave.messages import ANSWERED_BY, Answer, Ask, Failure, Late
from stepweave.observability.counts import count
from stepweave.observability.trace import traceparent

logger = logging.getLogger("stepweave.agents")


async def serve(
    host: Host,
    specs: Sequence[str | Participant],
    *,
    concurrency: int | None = None,
    grace: float = 10.0,
    task_status: anyio.abc.TaskStatus[None] = anyio.TASK_STATUS_IGNORED,
) -> None:
    """Run agents and observers until cancelled.

    Args:
        host: the process they run in.
        specs: what to run, by name (``generator:sketch``) or as it is.
        concurrency: asks each agent works on at a time, instead of its own setting.
        grace: seconds that held work may still take when cancelled; what is not done by then is handed back.
        task_status: told once every agent is ready to be asked.

    Raises:
        UnknownAgent, MissingExtra: before anything runs.
    """
    async with AsyncExitStack() as stack:
        ready = [await _open(stack, spec, host) for spec in specs]
        participants = [configured(p, concurrency) for p in ready]
        async with anyio.create_task_group() as group:
            for each in participants:
                if isinstance(each, Observer):
                    group.start_soon(each.run, host, name=each.name)
                else:
                    await _start(group, Worker(each, host), grace)
                role, capability = address(each.name)
                await host.bus.advertise(role, capability, __version__, {"description": each.description})
            task_status.started()


async def _open(stack: AsyncExitStack, spec: str | Participant, host: Host) -> Participant:
    if isinstance(spec, str):
        return await stack.enter_async_context(participant(spec, host))
    return spec


async def _start(group: TaskGroup, worker: Worker, grace: float) -> None:
    agent = worker.agent
    held = agent.concurrency * agent.batch
    queue = worker.host.bus.queue(agent.role, agent.capability, lease=agent.lease, concurrency=held)
    await queue.open()
    group.start_soon(worker.run, queue, grace, name=agent.name)


def address(name: str) -> tuple[str, str]:
    """Role and capability under which a participant is found; an observer is its own capability."""
    role, _, capability = name.partition(":")
    return role, capability or role


class Worker:
    """One agent at work on one queue."""

    def __init__(self, agent: Agent, host: Host) -> None:
        """The agent to run, and the process it runs in."""
        self.agent = agent
        self.host = host
        self._source = f"{host.source}/{agent.role}/{agent.capability}"
        self._retries = agent.retries or host.retries
        self._breaker = Breaker(self._retries)
        self._hands = anyio.CancelScope(shield=True)
        self._held: set[Delivery] = set()
        self._watch = Watch(host.bus, (agent.role, agent.capability)) if agent.costly else None
        self._slots = anyio.Semaphore(agent.concurrency) if agent.costly else None

    async def run(self, queue: Queue, grace: float) -> None:
        """Answer asks until cancelled; then finish what is held, or hand it back after ``grace`` seconds."""
        async with anyio.create_task_group() as group:
            done = anyio.Event()
            group.start_soon(self._work, queue, done)
            try:
                await done.wait()
            finally:
                with anyio.move_on_after(grace, shield=True):
                    await queue.aclose()
                    await done.wait()
                self._hands.cancel()

    async def _work(self, queue: Queue, done: anyio.Event) -> None:
        """Hand out work until the queue is closed; shielded, for to be told to stop is not to drop everything."""
        try:
            with self._hands:
                async with anyio.create_task_group() as beating:
                    beating.start_soon(self._heartbeat, queue.lease / 3)
                    if self._watch is not None:
                        beating.start_soon(self._watch.run)
                    async with anyio.create_task_group() as hands:
                        for _ in range(self.agent.concurrency * (SPARE if self.agent.costly else 1)):
                            hands.start_soon(self._hand, queue)
                    beating.cancel_scope.cancel()
        finally:
            done.set()

    async def _hand(self, queue: Queue) -> None:
        """Answer one batch after the other. A fixed number of hands costs less than a task for every ask."""
        while True:
            slot = await Slot.taken(self._slots)
            try:
                await self._rest()
                delivery = await anext(queue, None)
                if delivery is None:
                    return
                slot.deliveries = [delivery, *queue.at_hand(self.agent.batch - 1)]
                await self._take(slot)
            finally:
                slot.release()

    async def _take(self, slot: Slot) -> None:
        """Answer what was taken; if that is not to be, hand it back."""
        self._held.update(slot.deliveries)
        try:
            await self._handle(slot)
        except anyio.get_cancelled_exc_class():
            for unanswered in self._held.intersection(slot.deliveries):
                unanswered.retry(0)
            raise
        finally:
            self._held.difference_update(slot.deliveries)
            self._breaker.release()

    async def _rest(self) -> None:
        """Take nothing while the breaker is open: what waits in the queue loses no try, and others may have it."""
        seconds = self._breaker.rest(anyio.current_time())
        while seconds > 0:
            await anyio.sleep(seconds)
            seconds = self._breaker.rest(anyio.current_time())

    def _learn(self, answers: Sequence[Answer | Exception]) -> None:
        """Have the breaker know how asks went."""
        for answer in answers:
            if isinstance(answer, BlobMissing | BlobCorrupt | CalledOff):
                continue  # it is this ask that names a picture which is not there: the next one may fare better
            if not isinstance(answer, Exception) or cause_of(answer) != "transient":
                self._breaker.passed()
            elif self._breaker.failed(anyio.current_time()):
                rest = self._breaker.rest(anyio.current_time())
                logger.error(
                    "%s takes nothing for %.0f s, for it fails again and again: %s", self.agent.name, rest, answer
                )

    async def _heartbeat(self, seconds: float) -> None:
        """Renew every held lease, so that long work stays ours for as long as this process lives."""
        while True:
            await anyio.sleep(seconds)
            for delivery in self._held:
                delivery.extend()

    async def _handle(self, slot: Slot) -> None:
        """Answer a batch. What an agent does wrong is data; only a bus that takes no answers at all ends a worker."""
        try:
            wanted = [delivery for delivery in slot.deliveries if await self._is_wanted(delivery)]
            started = time.monotonic()
            answers = await self._answers(wanted, slot) if wanted else ()
            seconds = time.monotonic() - started
            for delivery, answer in zip(wanted, answers, strict=True):
                await self._settle(delivery, answer, seconds)
                self._held.discard(delivery)
        except (StoreFull, NotAllowed):
            for delivery in self._held.intersection(slot.deliveries):
                delivery.retry(0)
            raise
        except BusError as error:
            for delivery in self._held.intersection(slot.deliveries):
                logger.error("%s: no answer written to %s: %s", self.agent.name, delivery.record.task, error)
                delivery.retry(self._retries.pause(delivery.attempt))

    async def _is_wanted(self, delivery: Delivery) -> bool:
        """Whether the ask still has no answer; looked up where it may have one, or where an answer is dear."""
        record = delivery.record
        if self._watch is not None and not delivery.doubtful:
            wanted = await self._watch.wanted(record)
        elif delivery.doubtful:
            role, capability, task = record.tokens
            wanted = await self.host.bus.log.cell(record.run, role, capability, task) is None
        else:
            wanted = True
        if not wanted:
            delivery.ack()
            self._held.discard(delivery)
        return wanted

    async def _answers(self, deliveries: Sequence[Delivery], slot: Slot) -> Sequence[Answer | Exception]:
        """One answer or error each, in their order; asks that must not reach the agent get theirs here."""
        refusals = [self._refusal(delivery) for delivery in deliveries]
        asked = [d for d, refusal in zip(deliveries, refusals, strict=True) if refusal is None]
        given = iter(await self._ask(asked, slot) if asked else ())
        return [refusal or next(given) for refusal in refusals]

    def _refusal(self, delivery: Delivery) -> Exception | None:
        ask = delivery.record.message
        if not isinstance(ask, self.agent.asks):
            return NotMine(self.agent, ask)
        return Undeliverable(delivery.attempt) if delivery.attempt > self._retries.deliveries else None

    async def _ask(self, deliveries: Sequence[Delivery], slot: Slot) -> Sequence[Answer | Exception]:
        """What the agent says, checked: whatever it does wrong becomes an error in its answer's place."""
        asks = [cast("Ask", delivery.record.message) for delivery in deliveries]
        try:
            answers = await self._asked(asks, deliveries, slot)
        except Exception as error:
            self._learn([error])
            return [error] * len(asks)
        self._learn(answers)
        if len(answers) != len(asks):
            return [NotAnAnswer(self.agent, f"{len(answers)} answers to {len(asks)} asks")] * len(asks)
        return [self._checked(ask, answer) for ask, answer in zip(asks, answers, strict=True)]

    async def _asked(
        self, asks: Sequence[Ask], deliveries: Sequence[Delivery], slot: Slot
    ) -> Sequence[Answer | Exception]:
        """What the agent says; what is called off meanwhile is stopped."""
        wanted = [Wanted() for _ in deliveries]
        contexts = [self._context(delivery, each, slot) for delivery, each in zip(deliveries, wanted, strict=True)]
        if self._watch is None:
            return await self._call(asks, contexts)
        answers: Sequence[Answer | Exception] | None = None
        with self._watch.over(deliveries, wanted):
            answers = await self._call(asks, contexts)
        return [CalledOff()] * len(asks) if answers is None else answers

    def _context(self, delivery: Delivery, wanted: Wanted, slot: Slot) -> Context:
        run, task = delivery.record.run, delivery.record.task
        tell = Teller(self.host.bus, run, task)
        return Context(run, task, delivery.attempt, self.host, wanted, tell, slot.release)

    async def _call(self, asks: Sequence[Ask], contexts: Sequence[Context]) -> Sequence[Answer | Exception]:
        if self.agent.batch > 1:
            return list(await cast("Batched", self.agent.answer)(asks, contexts))
        return [await cast("Single", self.agent.answer)(asks[0], contexts[0])]

    def _checked(self, ask: Ask, answer: Answer | Exception) -> Answer | Exception:
        expected = ANSWERED_BY.get(type(ask), Answer)
        if isinstance(answer, expected | Exception | Failure):
            return answer
        return NotAnAnswer(self.agent, f"{type(answer).__name__} to {type(ask).__name__}, not {expected.__name__}")

    async def _settle(self, delivery: Delivery, answer: Answer | Exception, seconds: float) -> None:
        """Write an answer into its cell; send the ask back instead if its error may pass."""
        if isinstance(answer, CalledOff):
            await self._late(delivery.record, "", seconds)
            delivery.ack()
            return
        if isinstance(answer, StoreFull | NotAllowed | NotStored | NoAnswer | Unreachable | Closed):
            raise answer  # trouble of the bus is nobody's answer
        if isinstance(answer, Exception):
            if may_pass(answer) and delivery.attempt <= self._retries.again:
                logger.warning("%s: %s failed, to be tried again: %s", self.agent.name, delivery.record.task, answer)
                delivery.retry(max(self._retries.pause(delivery.attempt), getattr(answer, "after", 0.0)))
                return
            answer = await self._failed(delivery, answer)
        try:
            standing = await self._write(delivery.record, answer)
        except TooLarge as error:
            answer = self._failure(error)
            standing = await self._write(delivery.record, answer)
        except PydanticSerializationError as error:  # such as half a surrogate pair in a text
            answer = self._failure(NotAnAnswer(self.agent, f"what cannot be written ({error})"))
            standing = await self._write(delivery.record, answer)
        if standing is not None and not self._is_mine(standing, answer):
            await self._late(delivery.record, answer.TYPE, seconds)
        delivery.ack()

    async def _write(self, record: Record, answer: Answer) -> Record | None:
        role, capability, task = record.tokens
        return await self.host.bus.log.answer(
            record.run, role, capability, task, answer, source=self._source, traceparent=record.traceparent
        )

    def _is_mine(self, standing: Record, answer: Answer) -> bool:
        """Whether an answer that stands is this very one: it was written, but the server died before it said so."""
        return standing.source == self._source and standing.message == answer

    async def _failed(self, delivery: Delivery, error: Exception) -> Failure:
        """The failure that answers an ask; what is not an answer to the asker is kept as a dead letter too."""
        if cause_of(error) != "permanent":
            what, where = f"{self.agent.name}: {delivery.record.task}", unforeseen(error)
            logger.error("%s failed for good: %s", what, error, exc_info=where)
            await self.host.bus.dead.put(delivery.record, f"{type(error).__name__}: {error}")
        return self._failure(error)

    def _failure(self, error: Exception) -> Failure:
        """The failure that an error is, counted."""
        count("failure", agent=self.agent.name, kind=type(error).__name__)
        return failure_of(error)

    async def _late(self, record: Record, answer_type: str, seconds: float) -> None:
        """Note work that was wasted, because the cell was taken meanwhile; without a type it was stopped."""
        count("late answer" if answer_type else "called off", agent=self.agent.name)
        late = Late(task=record.task, seconds=round(seconds, 6), answer_type=answer_type)
        await self.host.bus.log.note(
            record.run, "late", late, source=self._source, traceparent=traceparent(record.run, record.task)
        )
