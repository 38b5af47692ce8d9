"""Questions to JetStream, and its errors in our words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from pydantic_core import from_json

from stepweave.bus import headers
from stepweave.bus.connection import NOBODY, Connection
from stepweave.bus.errors import BusError, NoJetStream, Rejected, StoreFull

WRONG_SEQUENCE = frozenset({10071, 10164})
"""Somebody wrote there first (10164: on a replicated stream)."""
STREAM_MISSING = 10059
STREAM_EXISTS = 10058
CONSUMER_MISSING = 10014
_NO_JETSTREAM = frozenset({10039, 10076})
_FULL = frozenset({10023, 10028, 10047, 10077})
_TRANSIENT_STATUS = frozenset({429, 503})
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
    """Whether an error passes by itself: no leader yet, too busy."""
    return status in _TRANSIENT_STATUS and not is_full(code, text)


async def ask(connection: Connection, what: str, payload: object = None, *, patience: float | None = None) -> Any:
    """Ask the JetStream API; the answer is its JSON.

    Raises:
        NoJetStream: there is none.
        StoreFull: a limit is reached.
        Rejected: the server refuses for another reason; ``code`` says which.
    """
    body = b"" if payload is None else json.dumps(payload).encode()
    answer = (await connection.call(f"$JS.API.{what}", body, patience=patience, read=_read_named)).answer
    error = error_of(answer)
    if error is not None:
        raise as_error(connection, what, *error)
    return answer


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
    reply = await connection.call("$JS.API.INFO", absent_ok=starting, patience=patience, read=_read_or_absent)
    if reply.answer is None:
        raise NoJetStream(connection.settings.display_url)
    error = error_of(reply.answer)
    if error is not None:
        raise as_error(connection, "INFO", *error)


def _read_named(head: bytes | None, body: bytes) -> dict[str, Any]:
    answer = read(head, body)
    if not str(answer.get("type", "")).startswith("io.nats.jetstream.api."):
        raise ValueError("not an answer of the JetStream API")
    return answer


def _read_or_absent(head: bytes | None, body: bytes) -> dict[str, Any] | None:
    status = headers.status_of(head)
    return None if status is not None and status.code == NOBODY else read(head, body)
