"""nats-py's client with a short way in and a short way out.

The client keeps what it is good at: addresses, TLS, log-in, reconnecting, pings. What it spends per message (a header
dictionary, a dataclass, a queue and a task wake-up on the way in; validation, futures and a flusher task on the way
out) is several times what an agent's work on a message costs, so messages of subscriptions made here go straight from
the parser to a plain function, and commands made here go straight to the socket, gathered once per turn of the loop.

The parser and the socket are not public parts of the client. Should a later version rename the parser, messages still
arrive, by the client's own callback; ``tests/bus/test_wire.py`` notices either.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from nats import errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.protocol.parser import PERMISSIONS_ERR, STALE_CONNECTION

from stepweave.bus import headers
from stepweave.bus.parser import Handler, Parser

log = logging.getLogger("stepweave.bus")

# The client turns to TLS in a way that asyncio remarks upon whenever a connection ends, and it means nothing.
logging.getLogger("asyncio").addFilter(lambda record: "eof_received() has no effect" not in str(record.msg))


class NoTLS(errors.Error):
    """The server does not ask for TLS."""


class LeanClient(Client):
    """A client whose hot paths are short."""

    def __init__(self) -> None:
        super().__init__()
        self.must_encrypt = False
        """Say nothing to a server without TLS."""
        self.live = False
        """Connected, with all subscriptions in place: what is sent now arrives or the connection breaks."""
        self._short: dict[bytes, Handler] = {}
        self._ps = Parser(self, self._short)  # type: ignore[assignment]
        self._out: list[bytes] = []
        self._later: list[bytes] = []

    async def listen(self, subject: str, handler: Handler) -> Subscription:
        """Have every message on a subject handed to a plain function; survives reconnects."""

        async def long_way(message: Msg) -> None:
            handler(message.subject, message.reply, _rebuilt(message.headers), message.data)

        subscription = await self.subscribe(subject, cb=long_way)
        self._short[b"%d" % subscription._id] = handler
        return subscription

    async def hush(self, subscription: Subscription) -> None:
        """End what :meth:`listen` began; what is on its way is still handed over."""
        try:
            await self.mute(subscription)
            if self.live:
                await self.flush(timeout=2)
        finally:
            self.forget(subscription)

    async def mute(self, subscription: Subscription) -> None:
        """Have the server send nothing more; what is on its way is handed over until :meth:`forget`."""
        if not self.is_closed and not self.is_draining:
            await subscription.unsubscribe()

    def forget(self, subscription: Subscription) -> None:
        """Hand over nothing more."""
        self._short.pop(b"%d" % subscription._id, None)

    def send(self, command: bytes, *, keep: bool = False) -> None:
        """Send one protocol command, soon and in order (also after a ``listen``), with others of this turn of the loop.

        While the connection is down it is dropped, for whoever waits for an answer sends it again; with ``keep`` it
        is sent after the reconnect.
        """
        if not self.live:
            if keep and len(self._later) < _KEPT:
                self._later.append(command)
            return
        if not self._out:
            asyncio.get_running_loop().call_soon(self._write_out)
        self._out.append(command)

    def resume(self) -> None:
        """The connection stands (again): send what was kept."""
        self.live = True
        kept, self._later = self._later, []
        for command in kept:
            self.send(command)

    def _connect_command(self) -> bytes:
        """The log-in, with all secrets. Somebody on the way may have taken TLS out of the server's greeting."""
        if self.must_encrypt and not self._is_encrypted():
            raise NoTLS
        return super()._connect_command()

    def _is_encrypted(self) -> bool:
        secure = self._current_server is not None and self._current_server.uri.scheme == "wss"
        return secure or bool(self._server_info.get("tls_required"))

    async def _process_err(self, err_msg: str) -> None:
        """Whatever the server ends a connection for, try again: the client would close for good."""
        if PERMISSIONS_ERR in err_msg or STALE_CONNECTION in err_msg:
            await super()._process_err(err_msg)
        else:
            await self._error_cb(errors.Error(f"nats: {err_msg}"))
            await self._process_op_err(errors.Error(f"nats: {err_msg}"))

    def _write_out(self) -> None:
        out, self._out = self._out, []
        if self.live and self._transport is not None:
            if self._pending:
                out[:0] = self._pending
                self._pending, self._pending_data_size = [], 0
            self._transport.write(b"".join(out))


_KEPT = 16 * 1024
"""Commands kept for after a reconnect: acknowledgements, whose loss costs no more than a second delivery."""


def publication(subject: str, reply: str, head: str | None, body: bytes) -> bytes:
    """A publish as protocol bytes; ``head`` is a header block without its closing empty line.

    Raises:
        UnicodeEncodeError: a header or a subject is not ASCII.
    """
    if head is None:
        return b"PUB %b %b %d\r\n%b\r\n" % (subject.encode("ascii"), reply.encode("ascii"), len(body), body)
    size = len(head) + 2
    return b"%b%b\r\n" % (f"HPUB {subject} {reply} {size} {size + len(body)}\r\n{head}\r\n".encode("ascii"), body)


def _rebuilt(fields: dict[str, Any] | None) -> bytes | None:
    """The header block again, from what the client made of it."""
    if not fields:
        return None
    status = f" {fields['Status']} {fields.get('Description', '')}".rstrip() if "Status" in fields else ""
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{headers.LINE[:-2]}{status}\r\n{lines}\r\n".encode()
