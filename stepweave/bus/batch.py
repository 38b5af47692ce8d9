"""Many messages written as one: all of them stand, in a row and in order, or none does.

The server keeps what has come aside until the last message says that all are there. Each message is guarded by its
own cell being free, so a batch that meets anything that stands is refused as a whole. Whatever goes wrong on the way,
the batch is begun anew under another name; one that was stored after all then finds itself there.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from pydantic_core import from_json

from stepweave.bus import api
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import new_id
from stepweave.bus.errors import NoAnswer, NotStored, TooMany
from stepweave.bus.headers import LINE
from stepweave.bus.wire import publication

Sealed = tuple[str, str, bytes]
"""Subject, header block without its closing empty line, and body."""

BATCHED = b"Nats-Batch-Id"
"""Stands in the headers of what was written so."""
_INCOMPLETE = 10176
_TOO_LARGE = 10199
_STRIDE = 256
"""Messages between two that the server is asked to confirm."""
_STRIDE_BYTES = 4 * 1024 * 1024


async def make_sure_of_room(connection: Connection, subject: str, count: int) -> None:
    """Find out whether the server takes so many messages at once: the last of them, without those before it, tells.

    Raises:
        TooMany: it does not.
    """
    if count > 1:
        reply = await connection.call(subject, b"", f"{LINE}{_numbered(new_id(), count)}")
        _check_size(api.error_of(from_json(reply.body)), count)


async def commit(connection: Connection, stream: str, messages: Sequence[Sealed]) -> bool:
    """Write messages at once; False: something stands already where one of them belongs.

    Raises:
        TooMany: more than the server takes at once.
        NotStored: no confirmation within ``patience``; it may be stored or not.
        StoreFull, Rejected: the server refuses them.
    """
    patience = connection.settings.patience
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        try:
            error = await _attempt(connection, messages)
        except NoAnswer:
            raise NotStored(messages[0][0], patience) from None
        if error is None:
            return True
        code, status, text = error
        if code == api.WRONG_SEQUENCE:
            return False
        _check_size(error, len(messages))
        if code != _INCOMPLETE and not api.is_transient(code, status, text):
            raise api.as_error(connection, stream, code, status, text)
        if asyncio.get_running_loop().time() > deadline:
            raise NotStored(messages[0][0], patience, text)
        await asyncio.sleep(random.uniform(0.02, 0.1))


async def _attempt(connection: Connection, messages: Sequence[Sealed]) -> tuple[int, int, str] | None:
    """Send all of a batch; gives the error that ended it, or ``None``: it stands."""
    name, whole = new_id(), sum(len(head) + len(body) for _, head, body in messages)
    unconfirmed = 0
    for number, (subject, head, body) in enumerate(messages, 1):
        last = number == len(messages)
        commit = "Nats-Batch-Commit: 1\r\n" if last else ""
        head = f"{head}Nats-Expected-Last-Subject-Sequence: 0\r\n{_numbered(name, number)}{commit}"
        unconfirmed += len(body)
        if not last and number > 1 and number % _STRIDE and unconfirmed < _STRIDE_BYTES:
            connection.client.send(publication(subject, "", head, body))
            continue
        reply = await connection.call(subject, body, head, expect=whole if last else 0)
        unconfirmed = 0
        if reply.body and (error := api.error_of(from_json(reply.body))) is not None:
            return error
    return None


def _numbered(name: str, number: int) -> str:
    return f"{BATCHED.decode()}: {name}\r\nNats-Batch-Sequence: {number}\r\n"


def _check_size(error: tuple[int, int, str] | None, count: int) -> None:
    if error is not None and error[0] == _TOO_LARGE:
        raise TooMany(count, error[2].rpartition(":")[2].strip() or "fewer")
