"""Pulling from a consumer: overlapping requests, never for more than there is room for, alive through outages.

The client's own fetch waits out its whole timeout after a restart of the server and may swallow a message when it is
cancelled. Here requests are plain messages: as many as there is room for, made again when the connection was lost, when
the server says that nobody is there, and when its heartbeats stop. Each round listens on an inbox of its own, so that
requests of an earlier round that the server still remembers bring nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from nats import errors as nats_errors
from nats.aio.subscription import Subscription

from stepweave.bus import headers
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.errors import BusError
from stepweave.bus.wire import publication
from stepweave.observability.counts import count

log = logging.getLogger("stepweave.bus")

EXPIRES = 30.0
"""Seconds for which the server keeps a request."""
HEARTBEAT = 1.0
"""Seconds between two signs of life of the server while a request is open. When a node of a cluster dies, nobody says
so to those whose consumer it led."""
SILENCE = 2.5 * HEARTBEAT
"""Seconds without a sign of life after which the requests are taken for lost."""
_PAUSES = (0.02, 0.05, 0.1, 0.25)
"""Seconds to wait before the consumer is looked for again, growing."""
_HEARTBEAT_STATUS = 100
_SPENT = frozenset({404, 408})
"""The request is over, and nothing is wrong."""


class Sink(Protocol):
    """Whoever takes what is pulled."""

    def take(self, raw: Raw, reply: str, attempt: int, serial: int) -> None:
        """A message came: where to answer, how often it was delivered, its number among this consumer's deliveries."""

    def room(self) -> int:
        """How many more messages it can hold, beside those asked for."""

    def failed(self, error: BusError) -> None:
        """There will be no more."""


class Puller:
    """Keeps a sink filled from a consumer.

    Args:
        connection: over which.
        stream: of the consumer.
        sink: takes the messages.
        prepare: makes the consumer, or makes sure of it, and gives its name; called at the start of every round.
        least: ask only when there is room for this many, so that requests stay few under load.
    """

    def __init__(
        self,
        connection: Connection,
        stream: str,
        sink: Sink,
        prepare: Callable[[], Awaitable[str]],
        least: int = 1,
    ) -> None:
        self._connection = connection
        self._stream = stream
        self._sink = sink
        self._prepare = prepare
        self._least = least
        self.pending = 0
        """How many messages waited behind the last one that came, for all who share the consumer."""
        self._wanted = 0
        self._inbox = ""
        self._consumer = ""
        self._subscription: Subscription | None = None
        self._heard = 0.0
        self._failures = 0
        self._round: asyncio.Task[None] | None = None
        self._closed = False
        self._loop = asyncio.get_running_loop()

    async def start(self) -> None:
        """Make the consumer, and ask for the first messages.

        Raises:
            BusError: the consumer cannot be made.
        """
        self._connection.members.append(self)
        self._round = self._loop.create_task(self._first())
        try:
            await self._round
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Ask for nothing more."""
        self._closed = True
        if self in self._connection.members:
            self._connection.members.remove(self)
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)
        subscription, self._subscription = self._subscription, None
        if subscription is not None:
            with contextlib.suppress(nats_errors.Error):
                await self._connection.client.hush(subscription)

    @property
    def wanted(self) -> int:
        """How many messages are asked for and have not come."""
        return self._wanted

    def more(self) -> None:
        """Ask for as many messages as there is room for, if that is worth a request."""
        room = self._sink.room() - self._wanted
        if room < self._least or not self._inbox or self._closed:
            return
        self._wanted += room
        request = b'{"batch":%d,"expires":%d,"idle_heartbeat":%d}' % (room, EXPIRES * 1e9, HEARTBEAT * 1e9)
        self._connection.client.send(publication(self._asked, self._inbox, None, request))

    @property
    def _asked(self) -> str:
        return f"{self._connection.settings.api}.CONSUMER.MSG.NEXT.{self._stream}.{self._consumer}"

    async def _first(self) -> None:
        try:
            await self._begin()
        except nats_errors.Error:
            await self._retry()

    async def _begin(self) -> None:
        """A new round: nothing asked for, a fresh inbox, a consumer that is there.

        The answer that the consumer is there comes behind all that was still on its way to the old inbox.
        """
        self._inbox, self._wanted = "", 0
        client, old, inbox = self._connection.client, self._subscription, self._connection.new_inbox()
        try:
            if old is not None:
                await client.mute(old)
            self._subscription = await client.listen(inbox, partial(self._on_message, inbox))
            self._consumer = await self._prepare()
        finally:
            if old is not None:
                client.forget(old)
        self._heard = self._loop.time()
        self._inbox = inbox
        self.more()

    def _again(self, why: str) -> None:
        """Begin a new round, soon."""
        self._inbox = ""
        if not self._closed and (self._round is None or self._round.done()):
            log.debug("Pulling from %s anew: %s", self._consumer, why)
            self._round = self._loop.create_task(self._retry())

    async def _retry(self) -> None:
        while not self._closed:
            await asyncio.sleep(_PAUSES[min(self._failures, len(_PAUSES) - 1)] if self._failures else 0)
            self._failures += 1
            try:
                return await self._begin()
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.warning("Pulling from %s fails, trying again: %s", self._stream, error)

    def _on_message(self, inbox: str, subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        """What the server says itself comes on the inbox, what it delivers on the message's own subject.

        So no message can pass for the server's word, whatever its headers say, and what somebody else sends to the
        inbox is no delivery.
        """
        try:
            if subject == inbox:
                self._on_status(_status(head), fresh=inbox == self._inbox)
                return
            attempt, sequence, serial, nanoseconds, self.pending = place(reply)
        except ValueError as error:
            count("no answer")
            log.debug("What came on %s is no delivery: %s", subject, error)
            return
        self._heard = self._loop.time()
        self._failures = 0
        self._wanted = max(0, self._wanted - 1)
        self._sink.take(Raw(subject, head, body, sequence, nanoseconds), reply, attempt, serial)

    def _on_status(self, status: headers.Status, *, fresh: bool) -> None:
        if not fresh:
            return
        self._heard = self._loop.time()
        if status.code == _HEARTBEAT_STATUS:
            return
        self._wanted = max(0, self._wanted - headers.number(status.headers.get("nats-pending-messages")))
        if status.code in _SPENT:
            self._failures = 0
            self.more()
        else:
            self._again(f"{status.code} {status.text}")

    def tick(self, now: float) -> None:
        """Begin anew when the server has gone silent on what was asked."""
        if self._inbox and self._wanted and now > self._heard + SILENCE:
            self._again("no heartbeat")

    def reconnected(self) -> None:
        """All requests are gone."""
        self._failures = 0
        self._again("reconnected")

    def refused(self, text: str, error: BusError) -> None:
        """Not to be had, if it is this."""
        if f'"{self._asked.lower()}"' in text:
            self.closed(error)

    def closed(self, error: BusError) -> None:
        """There will be no more."""
        self._closed = True
        self._sink.failed(error)


def _status(head: bytes | None) -> headers.Status:
    """The server's own word.

    Raises:
        ValueError: it is none.
    """
    status = headers.status_of(head)
    if status is None or not status.code:
        raise ValueError("no word of a server")
    return status


def place(reply: str) -> tuple[int, int, int, int, int]:
    """What the answer subject of a delivery tells.

    Deliveries so far, stream sequence, consumer sequence, time (ns), and how many messages wait behind it.

    Raises:
        ValueError: it is none.
    """
    parts = reply.split(".")
    at = 4 if len(parts) == _SHORT_FORM else 6
    if not reply.startswith(_ACKS) or len(parts) < at + 5:
        raise ValueError(f"not the answer subject of a delivery: {reply[:80]!r}")
    attempt, sequence, serial, nanoseconds, pending = (int(part) for part in parts[at : at + 5])
    return attempt, sequence, serial, nanoseconds, pending


_SHORT_FORM = 9
_ACKS = "$JS.ACK."
