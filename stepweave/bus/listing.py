"""What is in a stream, without the bodies: subject, size, place and time of every message, page by page.

A picture may have megabytes, and a direct read gives all of them. A throw-away consumer gives the headers only; each
page has one of its own that begins behind the page before, so a page that breaks off is simply asked for again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from stepweave.bus import api, headers
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import new_id
from stepweave.bus.errors import NoAnswer
from stepweave.bus.pull import place
from stepweave.bus.wire import publication

PAGE = 1000
"""Messages of a page."""
_IDLE = 30 * 1_000_000_000
"""Nanoseconds after which the server forgets the consumer of a page that nobody deleted."""
_SILENCE = 3.0
"""Seconds in which the server gives a page."""


class Entry(NamedTuple):
    """A message, without its body."""

    subject: str
    sequence: int
    nanoseconds: int
    """When the server stored it, since 1970."""
    size: int
    """Bytes of its body."""


async def entries(connection: Connection, stream: str) -> AsyncIterator[Entry]:
    """Every message of a stream, in order, up to the last there is now.

    Raises:
        NoAnswer: the server went silent for longer than ``patience``.
    """
    after = 0
    while page := await _page(connection, stream, after):
        for entry in page:
            yield entry
        after = page[-1].sequence


async def _page(connection: Connection, stream: str, after: int) -> list[Entry]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + connection.settings.patience
    while loop.time() < deadline:
        found = await _try_page(connection, stream, after)
        if found is not None:
            return found
    raise NoAnswer(stream, connection.settings.patience)


async def _try_page(connection: Connection, stream: str, after: int) -> list[Entry] | None:
    """The messages behind a sequence, at most a page; ``None``: the server fell silent before it had given any."""
    name = new_id()
    payload = {"stream_name": stream, "config": _configuration(name, after), "action": "create"}
    made = await api.ask(connection, f"CONSUMER.CREATE.{stream}.{name}", payload)
    wanted = min(PAGE, int(made["num_pending"]))
    if not wanted:
        return []
    found: list[Entry] = []
    over = asyncio.Event()

    def take(subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        delivered = subject != inbox
        if delivered:
            _, sequence, _, nanoseconds = place(reply)
            size = headers.read(head).get("nats-msg-size", "0")
            found.append(Entry(subject, sequence, nanoseconds, int(size)))
        if not delivered or len(found) == wanted:
            over.set()  # by the server's own word: what was counted is gone by now

    inbox = connection.new_inbox()
    subscription = await connection.client.listen(inbox, take)
    request = b'{"batch":%d,"expires":%d}' % (wanted, _SILENCE * 1e9)
    connection.client.send(publication(f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name}", inbox, None, request))
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2 * _SILENCE):
                await over.wait()
    finally:
        await connection.client.hush(subscription)
    await api.ask(connection, f"CONSUMER.DELETE.{stream}.{name}")
    return found or None


def _configuration(name: str, after: int) -> dict[str, Any]:
    return {
        "name": name,
        "ack_policy": "none",
        "deliver_policy": "by_start_sequence",
        "opt_start_seq": after + 1,
        "headers_only": True,
        "inactive_threshold": _IDLE,
        "mem_storage": True,
        "num_replicas": 1,
    }
