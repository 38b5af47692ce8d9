"""Work queues: the commands for one role and capability, shared by all its workers.

A delivery is leased. Whoever takes it acknowledges it when its answer stands, sends it back to be tried later, gives
it up, or asks for more time; if the worker dies, the lease runs out and another worker gets it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from stepweave.bus import api
from stepweave.bus.batch import BATCHED
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw, Record, open_
from stepweave.bus.errors import BusError, Closed, QueueNotMade, Rejected, Unreadable
from stepweave.bus.pull import Puller
from stepweave.bus.subjects import Subjects
from stepweave.bus.wire import publication
from stepweave.messages import Failure
from stepweave.observability.counts import count

if TYPE_CHECKING:
    from stepweave.bus.dead import DeadLetters
    from stepweave.bus.log import Log

log = logging.getLogger("stepweave.bus")

MAX_ACK_PENDING = 100_000
"""Deliveries of one consumer that may be under way at a time, over all workers."""
MAX_WAITING = 4096
"""Requests of all workers of one consumer that may wait at a time."""
_FEW = 32
"""Up to so many at a time each one is asked for as soon as there is room: it is dear work, and must not wait."""
_SHARE = 8
"""One of so many that wait is fetched ahead, up to as many as there are hands."""
_STALE = 0.9
"""Part of the lease after which a delivery that nobody has taken yet is left to the next one."""

_LONGEST_PAUSE = 60.0
"""Seconds between two attempts to bury what cannot be read; they grow from 2."""
_STEADY = 10
"""Attempts from which the pause grows no more."""

ACK, DROP, EXTEND = b"+ACK", b"+TERM", b"+WPI"


class Delivery:
    """One command, leased to us. One of :meth:`ack`, :meth:`retry` and :meth:`drop` ends it; all return at once."""

    __slots__ = ("_copied", "_open", "_queue", "_reply", "_room", "attempt", "record")

    def __init__(self, queue: Queue, record: Record, reply: str, attempt: int, *, copied: bool = False) -> None:
        self.record = record
        self.attempt = attempt
        """How often it was delivered, this time included."""
        self._queue = queue
        self._reply = reply
        self._copied = copied
        self._open = True
        self._room = True

    @property
    def doubtful(self) -> bool:
        """Whether it may have been answered already: look at its cell before working.

        True for what was delivered before, for what was imported with its run, and for what is older than a lease: a
        consumer that was deleted and made again begins with the first command there ever was.
        """
        age = datetime.now(UTC) - self.record.time
        return self.attempt > 1 or self._copied or age.total_seconds() > self._queue.lease

    def ack(self) -> None:
        """It is done: its answer stands."""
        self._end(ACK)

    def retry(self, delay: float) -> None:
        """Deliver it again, to anyone, after ``delay`` seconds."""
        self._end(b'-NAK {"delay":%d}' % int(max(0.0, delay) * 1e9))

    def drop(self) -> None:
        """Never deliver it again."""
        self._end(DROP)

    def release(self) -> None:
        """What is scarce about its work is done: the queue may hand out another one."""
        if self._open and self._room:
            self._room = False
            self._queue._finished()

    def extend(self) -> None:
        """Work goes on: start the lease anew."""
        if self._open:
            self._queue._say(self._reply, EXTEND)

    def __del__(self) -> None:
        """Forgotten before it ended: its room is free again, and the lease brings it back."""
        if self._open:
            self._open = False
            if self._room:
                self._queue._forgotten()

    def _end(self, word: bytes) -> None:
        if self._open:
            self._open = False
            self._queue._say(self._reply, word, keep=True)
            if self._room:
                self._queue._finished()


class Queue:
    """An endless iterator over deliveries: ``async for delivery in queue``.

    No more than ``concurrency`` deliveries are out at a time; iteration waits for one of them to end. Any number of
    tasks may iterate; each delivery goes to one of them. A body that cannot be read never comes out: it is kept as a
    dead letter, answered with a failure, and dropped.
    """

    def __init__(
        self,
        connection: Connection,
        subjects: Subjects,
        address: tuple[str, str],
        *,
        lease: float,
        concurrency: int,
        log: Log,
        dead: DeadLetters,
    ) -> None:
        if concurrency < 1:
            raise ValueError(f"concurrency must be at least 1, not {concurrency}")
        self.role, self.capability = address
        self.lease = lease
        self.concurrency = concurrency
        self._connection = connection
        self._subjects = subjects
        self._log = log
        self._dead = dead
        self._ready: deque[tuple[Raw, str, int, float]] = deque()
        self._held = 0
        self._waiters: deque[asyncio.Future[None]] = deque()
        self._error: BusError | None = None
        self._poison: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        least = 1 if concurrency <= _FEW else concurrency // 4
        self._puller = Puller(connection, subjects.runs, self, self._prepare, least)
        self._started = False
        self._consumer = subjects.consumer(*address)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    async def open(self) -> None:
        """Make the consumer and begin to pull; iteration does so by itself."""
        if not self._started:
            self._started = True
            await self._puller.start()

    async def aclose(self) -> None:
        """Take nothing more; what was pulled but not taken goes back at once. Deliveries that are out may still end."""
        self._error = self._error or Closed()
        await self._puller.stop()
        while self._ready:
            _, reply, _, _ = self._ready.popleft()
            self._say(reply, b"-NAK", keep=True)
        self._wake()
        await asyncio.gather(*self._poison, return_exceptions=True)

    def __aiter__(self) -> AsyncIterator[Delivery]:
        return self

    async def __anext__(self) -> Delivery:
        if not self._started:
            await self.open()
        while True:
            delivery = self._next()
            if delivery is not None:
                return delivery
            if isinstance(self._error, Closed):
                raise StopAsyncIteration
            if self._error is not None:
                raise self._error
            await self._wait()

    async def _wait(self) -> None:
        """Wait to be woken; a wake-up that comes too late for a cancelled task goes to the next."""
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._wake()
            raise

    def at_hand(self, most: int) -> list[Delivery]:
        """Up to ``most`` further deliveries that have come already; for work that is done in batches."""
        taken: list[Delivery] = []
        while len(taken) < most and (delivery := self._next()) is not None:
            taken.append(delivery)
        return taken

    def _next(self) -> Delivery | None:
        while self._ready and self._held < self.concurrency:
            raw, reply, attempt, came = self._ready.popleft()
            if self._loop.time() - came > self.lease * _STALE:
                self._puller.more()
                continue
            self._held += 1
            try:
                copied = BATCHED in (raw.head or b"")
                return Delivery(self, open_(raw, self._subjects), reply, attempt, copied=copied)
            except Unreadable as error:
                self._bury(raw, reply, attempt, error)
        return None

    def take(self, raw: Raw, reply: str, attempt: int, serial: int) -> None:
        """A delivery came."""
        self._ready.append((raw, reply, attempt, self._loop.time()))
        self._wake()

    def room(self) -> int:
        """How many deliveries fit beside those that are out or wait to be taken.

        Where plenty waits for everybody some is fetched ahead, so that nobody stands idle while the next one is on its
        way; where little waits nothing is, for another worker may have a hand free.
        """
        ahead = min(self.concurrency, self._puller.pending // _SHARE)
        return self.concurrency + ahead - self._held - len(self._ready)

    def failed(self, error: BusError) -> None:
        """The connection is over."""
        self._error = self._error or error
        self._wake()

    def _finished(self) -> None:
        self._held -= 1
        if self._ready:
            self._wake()
        self._puller.more()

    def _forgotten(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._finished)

    def _wake(self) -> None:
        """Wake one task that waits; all of them when there will be nothing more."""
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                if self._error is None:
                    return

    def _say(self, reply: str, word: bytes, *, keep: bool = False) -> None:
        self._connection.client.send(publication(reply, "", None, word), keep=keep)

    def _bury(self, raw: Raw, reply: str, attempt: int, error: Unreadable) -> None:
        task = self._loop.create_task(self._bury_now(raw, reply, min(attempt, _STEADY), error))
        self._poison.add(task)
        task.add_done_callback(self._poison.discard)

    async def _bury_now(self, raw: Raw, reply: str, attempt: int, error: Unreadable) -> None:
        """Keep it, answer it, drop it, in this order: if we die in between, it only happens again."""
        try:
            run, _, (role, capability, task) = self._subjects.parse(raw.subject)
        except Unreadable as problem:  # nobody can wait for an answer to it
            count("foreign", branch="cmd")
            log.info("%s It is dropped.", problem)
            self._end_poison(reply, DROP)
            return
        failure = Failure(
            kind="Unreadable",
            reason=f"The command could not be read: {error.detail}.",
            remedy="Use the same version of stepweave everywhere; the message is kept among the dead letters.",
        )
        try:
            await self._dead.put_raw(raw, reason=str(error))
            await self._log.answer(run, role, capability, task, failure, source=f"/{role}/{capability}")
        except Exception as problem:  # whatever it is: it must not take up room for ever
            log.error("A message that cannot be read stays in the queue, for it cannot be buried: %s", problem)
            self._end_poison(reply, b'-NAK {"delay":%d}' % int(min(_LONGEST_PAUSE, 2.0**attempt) * 1e9))
        else:
            count("unreadable", branch="cmd", agent=f"{self.role}:{self.capability}")
            log.info("%s It is kept among the dead letters.", error)
            self._end_poison(reply, DROP)

    def _end_poison(self, reply: str, word: bytes) -> None:
        self._say(reply, word, keep=True)
        self._finished()

    async def _prepare(self) -> str:
        """Make sure of the shared consumer, or see that it stands if others make it."""
        return await (self.make() if self._connection.settings.provision else self._look())

    async def _look(self) -> str:
        """Find the consumer that an administrator made, and take its lease for ours.

        Raises:
            QueueNotMade: it does not stand, or takes other commands.
        """
        try:
            standing = await self._standing()
        except Rejected as error:
            if error.code not in (api.CONSUMER_MISSING, api.STREAM_MISSING):
                raise
            raise QueueNotMade(self.role, self.capability, error.detail) from None
        if standing.get("filter_subject") != self._configuration()["filter_subject"]:
            raise QueueNotMade(self.role, self.capability, f"{self._consumer} takes other commands")
        self.lease = standing["ack_wait"] / 1e9
        return self._consumer

    async def _standing(self) -> dict[str, Any]:
        info = await api.ask(self._connection, f"CONSUMER.INFO.{self._subjects.runs}.{self._consumer}")
        config: dict[str, Any] = info["config"]
        return config

    async def make(self) -> str:
        """Make the shared consumer; one that stands may have another lease, never other commands. Gives its name."""
        name = self._consumer
        wanted = self._configuration()
        payload = {"stream_name": self._subjects.runs, "config": wanted, "action": "create"}
        try:
            await api.ask(self._connection, f"CONSUMER.CREATE.{self._subjects.runs}.{name}", payload)
        except Rejected as error:
            if error.code != _CONSUMER_EXISTS:
                raise
            await self._adapt(wanted)
        return name

    async def _adapt(self, wanted: dict[str, Any]) -> None:
        name, stream = self._consumer, self._subjects.runs
        standing = await self._standing()
        if standing.get("filter_subject") != wanted["filter_subject"]:
            raise Rejected(f"the consumer {name}", _CONSUMER_EXISTS, "it stands and takes other commands") from None
        if standing.get("ack_wait") != wanted["ack_wait"]:
            config = standing | {"ack_wait": wanted["ack_wait"]}
            payload = {"stream_name": stream, "config": config, "action": "update"}
            await api.ask(self._connection, f"CONSUMER.CREATE.{stream}.{name}", payload)

    def _configuration(self) -> dict[str, Any]:
        return {
            "durable_name": self._consumer,
            "filter_subject": self._subjects.commands(self.role, self.capability),
            "ack_policy": "explicit",
            "ack_wait": int(self.lease * 1e9),
            "deliver_policy": "all",
            "max_ack_pending": MAX_ACK_PENDING,
            "max_waiting": MAX_WAITING,
            "max_deliver": -1,
        }


_CONSUMER_EXISTS = 10148
