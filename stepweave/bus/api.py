"""Questions to JetStream, and its errors in our words."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

from pydantic_core import from_json

from stepweave.bus import headers
from stepweave.bus.connection import NOBODY, Connection, Read
from stepweave.bus.errors import BusError, NoJetStream, Rejected, StoreFull

WRONG_SEQUENCE = 10071
"""Somebody wrote there first, and it stands."""
STREAM_MISSING = 10059
STREAM_EXISTS = 10058
CONSUMER_MISSING = 10014
_NO_JETSTREAM = frozenset({10039, 10076})
_FULL = frozenset({10023, 10028, 10047, 10077})
_TRANSIENT_STATUS = frozenset({429, 503})
_UNDER_WAY = frozenset({10158, 10164})
"""A write to the same place, or of the same id, is under way in a cluster. It is lost should the leader change before
the others have it, so it says nothing about who was first."""
_ELECTING = frozenset({10004, 10008, 10009})
"""The cluster cannot say yet: it has no leader, or not heard from all."""
_LEAST = 0.1
"""Seconds that the last question has for its answer."""
_FULL_WORDS = ("maximum", "insufficient", "resource", "no space", "exceeded")


def read(head: bytes | None, body: bytes) -> dict[str, Any]:
    """An answer of the JetStream API; ours to read are those with a result or an error, nothing else is one.

    Raises:
        ValueError: it is none.
    """
    answer = from_json(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("error", {}), dict):
        raise ValueError("not an answer of JetStream")
    error_of(answer)
    return answer


def read_ack(head: bytes | None, body: bytes) -> dict[str, Any]:
    """The acknowledgement of a write: it tells where the message stands, or an error.

    Raises:
        ValueError: it is none.
    """
    answer = read(head, body)
    if not answer.get("error") and not isinstance(answer.get("seq"), int):
        raise ValueError("not an acknowledgement")
    return answer


def error_of(answer: dict[str, Any]) -> tuple[int, int, str] | None:
    """The error in an answer: its own code, its status, and its words.

    Raises:
        ValueError: its codes are no numbers.
    """
    error = answer.get("error")
    if not error:
        return None
    codes = error.get("err_code", 0), error.get("code", 0)
    if not all(isinstance(code, int) for code in codes):
        raise ValueError("an error without a code")
    return *codes, str(error.get("description", ""))


def is_full(code: int, text: str) -> bool:
    """Whether an error means that a store has reached a limit."""
    return code in _FULL and any(word in text for word in _FULL_WORDS)


def is_transient(code: int, status: int, text: str) -> bool:
    """Whether a write that is refused so may be tried again: no leader yet, too busy, another one under way."""
    return code in _UNDER_WAY or (status in _TRANSIENT_STATUS and not is_full(code, text))


async def ask(connection: Connection, what: str, payload: object = None, *, patience: float | None = None) -> Any:
    """Ask the JetStream API until ``patience`` (by default the setting) is used up; the answer is its JSON.

    While a cluster elects a leader it says that JetStream is unavailable, and is asked again.

    Raises:
        NoJetStream: there is none.
        StoreFull: a limit is reached.
        Rejected: the server refuses for another reason; ``code`` says which.
        NoAnswer: none came in time.
    """
    body = b"" if payload is None else json.dumps(payload).encode()
    patience = connection.settings.patience if patience is None else patience
    return await _ask(connection, what, body, patience, _read_named)


async def _ask(
    connection: Connection, what: str, body: bytes, patience: float, read: Read, *, absent_ok: bool = True
) -> Any:
    """The answer; ``None``: nobody is there, where that is not ``absent_ok``."""
    loop = asyncio.get_running_loop()
    subject, deadline = f"{connection.settings.api}.{what}", loop.time() + patience
    while True:
        left = max(_LEAST, deadline - loop.time())
        answer = (await connection.call(subject, body, absent_ok=absent_ok, patience=left, read=read)).answer
        error = None if answer is None else error_of(answer)
        if error is None:
            return answer
        if error[0] not in _ELECTING or loop.time() > deadline:
            raise as_error(connection, what, *error)
        await asyncio.sleep(random.uniform(0.05, 0.25))


async def standing(connection: Connection, stream: str, filter_: str) -> frozenset[str]:
    """The subjects under a filter that hold a message, at one moment, as the leader of the stream has them.

    A direct read may be answered by a replica that lags behind; this is for where order matters.
    """
    info = await ask(connection, f"STREAM.INFO.{stream}", {"subjects_filter": filter_})
    return frozenset(info["state"].get("subjects") or ())


def as_error(connection: Connection, what: str, code: int, status: int, text: str) -> BusError:
    """An error of the server as one of ours."""
    if code in _NO_JETSTREAM:
        return NoJetStream(connection.settings.display_url)
    if is_full(code, text):
        return StoreFull(what, text)
    return Rejected(what, code or status, text)


async def subjects_under(connection: Connection, stream: str, filter_: str) -> AsyncIterator[str]:
    """The subjects of a stream that hold a message, under a filter; the server tells them in pages."""
    offset, total = 0, 1
    while offset < total:
        info = await ask(connection, f"STREAM.INFO.{stream}", {"subjects_filter": filter_, "offset": offset})
        found = info["state"].get("subjects") or {}
        for subject in found:
            yield subject
        offset += len(found)
        total = int(info.get("total", 0)) if found else 0


async def check_jetstream(connection: Connection) -> None:
    """Make sure that the server, or another one of its cluster, keeps what it is told.

    Raises:
        NoJetStream: it does not.
    """
    starting = bool(connection.client._server_info.get("jetstream"))
    patience = connection.settings.connect_timeout
    if await _ask(connection, "INFO", b"", patience, _read_or_absent, absent_ok=starting) is None:
        raise NoJetStream(connection.settings.display_url)


def _read_named(head: bytes | None, body: bytes) -> dict[str, Any]:
    answer = read(head, body)
    if not str(answer.get("type", "")).startswith("io.nats.jetstream.api."):
        raise ValueError("not an answer of the JetStream API")
    return answer


def _read_or_absent(head: bytes | None, body: bytes) -> dict[str, Any] | None:
    status = headers.status_of(head)
    return None if status is not None and status.code == NOBODY else read(head, body)
