"""The protocol as it comes in: messages to plain functions, everything else to the client.

Takes the place of the client's own parser, which spends two regular expressions, a dictionary and a coroutine on every
message. A chunk is taken apart where it stands; only what is incomplete is kept, and a large message is put together
once, when it is all there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, Protocol

from nats.errors import ProtocolError

from stepweave.observability.counts import count

log = logging.getLogger("stepweave.bus")

Handler = Callable[[str, str, bytes | None, bytes], None]
"""Takes subject, reply subject, header block and body of a message; must neither block nor wait."""

_LONGEST_LINE = 64 * 1024
_LONGEST_MESSAGE = 2**30
"""Bytes; more than any server takes. What says that it is longer is no message."""
_M, _H, _P, _I, _PLUS, _MINUS = b"MHPI+-"
_MESSAGES = (b"MSG", b"HMSG")
_MSG, _HMSG = 5, 6
"""Words of a message's first line, if it has a reply subject."""


class Client(Protocol):
    """What the parser needs of the client."""

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: Any) -> None: ...
    async def _process_ping(self) -> None: ...
    async def _process_pong(self) -> None: ...
    async def _process_err(self, err_msg: str) -> None: ...
    async def _process_info(self, info: dict[str, Any]) -> None: ...


class Parser:
    """Takes the bytes of one connection apart.

    Args:
        client: gets all that is not for a handler.
        handlers: by the number of their subscription.
    """

    def __init__(self, client: Client, handlers: dict[bytes, Handler]) -> None:
        self._client = client
        self._handlers = handlers
        self._kept = bytearray()
        self._needed = 0

    def reset(self) -> None:
        """Forget what is incomplete: another connection begins."""
        self._kept = bytearray()
        self._needed = 0

    async def parse(self, data: bytes = b"") -> None:
        """Take in the next bytes.

        Raises:
            ProtocolError: they are not NATS.
        """
        if self._kept:
            self._kept += data
            if len(self._kept) < self._needed:
                return
            data, self._kept = bytes(self._kept), bytearray()
        self._needed = 0
        try:
            at = await self._take(data)
        except ProtocolError:
            raise
        except Exception as error:  # whatever it is: the client makes a new connection for this error only
            raise ProtocolError from error
        self._kept += data[at:]

    async def _take(self, data: bytes) -> int:
        """Hand on all that is complete; gives where the rest begins."""
        at = 0
        while (end := data.find(b"\r\n", at)) >= 0:
            kind = data[at]
            if kind != _M and kind != _H:
                await self._other(kind, data[at:end])
                at = end + 2
                continue
            parts = data[at:end].split()
            if parts[0] not in _MESSAGES:
                raise ProtocolError
            start = end + 2
            size = int(parts[-1])
            if not 0 <= size <= _LONGEST_MESSAGE:
                raise ProtocolError
            past = start + size + 2
            if past > len(data):
                self._needed = past - at
                return at
            if kind == _H:
                middle = start + int(parts[-2])
                if not start <= middle <= past - 2:
                    raise ProtocolError
                head, body, full = data[start:middle], data[middle : past - 2], _HMSG
            else:
                head, body, full = None, data[start : past - 2], _MSG
            reply = parts[3] if len(parts) == full else b""
            handler = self._handlers.get(parts[2])
            if handler is None:
                await self._pass_on(int(parts[2]), parts[1], reply, body, head)
            else:
                _deliver(handler, _text(parts[1]), _text(reply), head, body)
            at = past
        if len(data) - at > _LONGEST_LINE:
            raise ProtocolError
        return at

    async def _pass_on(self, number: int, subject: bytes, reply: bytes, body: bytes, head: bytes | None) -> None:
        """A message for the client itself, which may stumble over what anybody can send."""
        try:
            await self._client._process_msg(number, subject, reply, body, head)
        except Exception as error:
            count("undeliverable")
            log.debug("The client cannot take a message on %r: %s", subject, error)

    async def _other(self, kind: int, line: bytes) -> None:
        if kind == _P:
            await (self._client._process_ping() if line[1:2] == b"I" else self._client._process_pong())
        elif kind == _MINUS:
            await self._client._process_err(line[len(b"-ERR ") :].decode("utf-8", "replace").lower())
        elif kind == _I:
            info = json.loads(line[len(b"INFO ") :])
            if not isinstance(info, dict):
                raise ProtocolError
            await self._client._process_info(info)
        elif kind != _PLUS:
            raise ProtocolError


def _deliver(handler: Handler, subject: str, reply: str, head: bytes | None, body: bytes) -> None:
    try:
        handler(subject, reply, head, body)
    except Exception:
        count("undeliverable")
        log.exception("A message on %s broke its handler", subject)


def _text(subject: bytes) -> str:
    """A subject as text: the server takes any bytes, and one that is no text must not end the connection."""
    return subject.decode("utf-8", "replace")
