"""One connection to the server, and every question asked over it.

All answers come through one subscription, told apart by the last token of their subject. A question stays under way
until its answer is there: it is sent again after a reconnect, when the server says that nobody is there yet, and
after a while without a word, until the setting ``patience`` is used up. So whoever asks must be able to bear that the
server hears a question twice; every write of this package can. What cannot be read as an answer is none: anybody may
send anything to a subject, so it is counted, and the question stays under way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import anyio
from nats.nuid import NUID

from stepweave.bus import headers
from stepweave.bus.dial import dial
from stepweave.bus.errors import BusError, Closed, NoAnswer, NotAllowed, TooLarge
from stepweave.bus.parser import Handler
from stepweave.bus.settings import BusSettings
from stepweave.bus.wire import LeanClient, publication
from stepweave.observability.counts import count

log = logging.getLogger("stepweave.bus")

TICK = 0.25
"""Seconds between two looks at what is overdue."""
AGAIN_AFTER = 1.0
"""Seconds without a word after which a question is sent again; twice as many after every time, up to ``SELDOM``."""
SELDOM = 4.0
"""Seconds at most between two times that a question is sent: it may take a while until a cluster has a leader again."""
SLOWEST = 256 * 1024
"""Bytes per second of the slowest wire on which a question is not sent again while it is still being answered."""
ABSENT_PAUSE = 0.05
"""Seconds to wait when the server says that nobody is there yet (it is starting, or electing)."""
NOBODY = 503


class Reply(NamedTuple):
    """An answer, and how often it was asked for."""

    head: bytes | None
    body: bytes
    attempts: int
    answer: Any
    """What the asker's reader made of it."""


Read = Callable[[bytes | None, bytes], Any]
"""Reads an answer from its header block and body; raises ValueError for what is none."""


def _as_it_is(head: bytes | None, body: bytes) -> None:
    """Any answer will do."""


class Member(Protocol):
    """Something that lives on a connection and must know what becomes of it."""

    def tick(self, now: float) -> None:
        """A moment has passed."""

    def reconnected(self) -> None:
        """The connection was lost and stands again; whatever was under way is gone."""

    def refused(self, text: str, error: BusError) -> None:
        """The server forbids a subject, which stands in the text, in lower case and in quotes."""

    def closed(self, error: BusError) -> None:
        """The connection is over for good."""


@dataclass(slots=True)
class _Call:
    subject: str
    command: bytes
    future: asyncio.Future[Reply]
    pause: float
    """How long to wait until it is sent again."""
    again: float
    """When that is."""
    deadline: float
    patience: float
    absent_ok: bool
    read: Read
    attempts: int = 1


@dataclass(slots=True)
class _Window:
    """How much may be under way at a time."""

    calls: int
    bytes: int
    used: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Connection:
    """A connection that survives outages; made by :meth:`open`, ended by :meth:`aclose`."""

    def __init__(self, settings: BusSettings) -> None:
        self.settings = settings
        self.client = LeanClient()
        self.members: list[Member] = []
        self.reconnects = 0
        self._loop = asyncio.get_running_loop()
        self._prefix = f"{settings.inbox}.{NUID().next().decode()}."
        self._count = 0
        self._calls: dict[str, _Call] = {}
        self._many: dict[str, Handler] = {}
        self._window = _Window(settings.window, settings.window_bytes)
        self._ticker: asyncio.TimerHandle | None = None
        self._error: BusError | None = None
        self._closing = False

    @classmethod
    async def open(cls, settings: BusSettings, *, name: str) -> Connection:
        """Connect.

        Raises:
            Unreachable, NotAllowed, TooOld: see :func:`~stepweave.bus.dial.dial`.
        """
        self = cls(settings)
        await dial(
            self.client,
            settings,
            name=name,
            on_error=self._on_error,
            disconnected_cb=self._on_disconnect,
            reconnected_cb=self._on_reconnect,
            closed_cb=self._on_close,
        )
        try:
            await self.client.listen(f"{self._prefix}*", self._on_reply)
            await self.client.flush()
            if self._error is not None:
                raise self._error
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self.aclose()
            raise
        self.client.resume()
        self._ticker = self._loop.call_later(TICK, self._tick)
        return self

    async def aclose(self) -> None:
        """Send what is still to be sent, and close. What is under way fails with :class:`Closed`."""
        if self._closing:
            return
        self._closing = True
        self._fail(Closed())
        if self.client.is_connected:
            try:
                await self.client.flush(timeout=1)
            except Exception as error:
                log.debug("Closing without a flush: %s", error)
        self.client.live = False
        with contextlib.suppress(OSError):
            await self.client.close()

    @property
    def max_payload(self) -> int:
        """Bytes of the largest message the server takes."""
        return self.client.max_payload

    async def call(
        self,
        subject: str,
        body: bytes = b"",
        head: str | None = None,
        *,
        patience: float | None = None,
        absent_ok: bool = True,
        expect: int = 0,
        read: Read = _as_it_is,
    ) -> Reply:
        """Ask, and wait for the answer.

        Args:
            subject: whom.
            body: what.
            head: header block without its closing empty line.
            patience: seconds until it is given up; by default the setting.
            absent_ok: go on asking when nobody is there; else the 503 is the answer.
            expect: bytes that the answer may have.
            read: what reads the answer.

        Raises:
            NoAnswer: none that can be read came in time.
            NotAllowed: the server forbids the subject.
            TooLarge: beyond the server's largest payload.
            Closed: the bus was closed.
        """
        if self._error is not None:
            raise self._error
        size = len(body) + len(head or "")
        if size > self.client.max_payload:
            raise TooLarge(f"The message to {subject}", size, self.client.max_payload)
        now = self._loop.time()
        if self._window.waiting or len(self._calls) >= self._window.calls or self._window.used > self._window.bytes:
            await self._room()
        self._count += 1
        name = str(self._count)
        pause = AGAIN_AFTER + (size + min(expect, self.client.max_payload)) / SLOWEST
        seconds = self.settings.patience if patience is None else patience
        command, future = publication(subject, self._prefix + name, head, body), self._loop.create_future()
        call = _Call(subject, command, future, pause, now + pause, now + seconds, seconds, absent_ok, read)
        self._calls[name] = call
        self._window.used += size
        self.client.send(call.command)
        if self._window.waiting:
            self._let_in()
        try:
            return await call.future
        finally:
            del self._calls[name]
            self._window.used -= size
            if self._window.waiting:
                self._let_in()

    def ask_many(self, subject: str, body: bytes, handler: Handler) -> str:
        """Ask for many answers, each handed to a function; gives the name by which :meth:`forget` ends it.

        The function raises ValueError for what is no answer; it is counted, and changes nothing.
        """
        self._count += 1
        name = str(self._count)
        self._many[name] = handler
        self.client.send(publication(subject, self._prefix + name, None, body))
        return name

    def forget(self, name: str) -> None:
        """Take no more answers to what :meth:`ask_many` asked."""
        self._many.pop(name, None)

    def new_inbox(self) -> str:
        """A subject of our own for :meth:`LeanClient.listen`."""
        return f"{self.settings.inbox}.{NUID().next().decode()}"

    async def _room(self) -> None:
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._window.waiting.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._let_in()
            raise
        if self._error is not None:
            raise self._error

    def _let_in(self) -> None:
        waiting = self._window.waiting
        while waiting and len(self._calls) < self._window.calls and self._window.used <= self._window.bytes:
            waiter = waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return

    def _on_reply(self, subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        name = subject[len(self._prefix) :]
        call = self._calls.get(name)
        try:
            if call is None:
                handler = self._many.get(name)
                if handler is not None:
                    handler(subject, reply, head, body)
            elif not call.future.done():
                self._answered(name, call, head, body)
        except ValueError as error:
            count("no answer")
            log.debug("What came on %s is no answer: %s", subject, error)

    def _answered(self, name: str, call: _Call, head: bytes | None, body: bytes) -> None:
        """Take an answer.

        Raises:
            ValueError: it is none.
        """
        if call.absent_ok and (status := headers.status_of(head)) is not None and status.code == NOBODY:
            self._loop.call_later(ABSENT_PAUSE, self._again, name)
            return
        call.future.set_result(Reply(head, body, call.attempts, call.read(head, body)))

    def _again(self, name: str) -> None:
        call = self._calls.get(name)
        if call is not None and not call.future.done() and self.client.live:
            call.attempts += 1
            call.pause = max(call.pause, min(2 * call.pause, SELDOM))
            call.again = self._loop.time() + call.pause
            self.client.send(call.command)

    def _tick(self) -> None:
        if self._error is not None:
            return
        self._ticker = self._loop.call_later(TICK, self._tick)
        now = self._loop.time()
        for name, call in list(self._calls.items()):
            if now > call.deadline and not call.future.done():
                call.future.set_exception(NoAnswer(call.subject, call.patience))
            elif now > call.again:
                self._again(name)
        for member in list(self.members):
            member.tick(now)

    async def _on_error(self, error: Exception) -> None:
        text = str(error) or type(error).__name__
        log.warning("NATS: %s", text)
        if "permissions violation" in text.lower():
            self._refuse(text.lower(), NotAllowed("a subject", text))

    def _refuse(self, text: str, error: NotAllowed) -> None:
        """Fail what the server forbids; without our inbox nothing is ever answered."""
        if self._prefix.lower() in text:
            self._fail(error)
        for call in list(self._calls.values()):
            if f'"{call.subject.lower()}"' in text and not call.future.done():
                call.future.set_exception(error)
        for member in list(self.members):
            member.refused(text, error)

    async def _on_disconnect(self) -> None:
        was_live, self.client.live = self.client.live, False
        if self._error is None and was_live:
            log.warning("The connection to %s is lost; trying again", self.settings.display_url)

    async def _on_reconnect(self) -> None:
        log.info("Connected to %s again", self.settings.display_url)
        self.reconnects += 1
        self.client.resume()
        for name in list(self._calls):
            self._again(name)
        for member in list(self.members):
            member.reconnected()

    async def _on_close(self) -> None:
        self.client.live = False
        self._fail(Closed(str(self.client.last_error or "")))

    def _fail(self, error: BusError) -> None:
        if self._error is not None:
            return
        self._error = error
        if self._ticker is not None:
            self._ticker.cancel()
        for call in list(self._calls.values()):
            if not call.future.done():
                call.future.set_exception(error)
        for waiter in self._window.waiting:
            if not waiter.done():
                waiter.set_result(None)
        for member in list(self.members):
            member.closed(error)
