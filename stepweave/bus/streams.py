"""The three streams: the log, the pictures, the dead letters. Made when missing, corrected when they do not fit."""

from __future__ import annotations

import asyncio
from typing import Any

from stepweave.bus import api
from stepweave.bus.connection import Connection
from stepweave.bus.errors import OtherLayout, Rejected
from stepweave.bus.settings import BusSettings
from stepweave.bus.subjects import Subjects

_FIXED = (
    "subjects", "retention", "allow_direct", "allow_atomic", "discard", "max_msgs_per_subject",
    "discard_new_per_subject",
)  # fmt: skip
"""What must be as we need it; all else an operator may change on the server."""


async def ensure(connection: Connection, subjects: Subjects) -> None:
    """Make the streams of a namespace, or correct those that stand.

    Raises:
        Rejected: a stream of that name stands and cannot be made to fit.
        OtherLayout: one stands whose messages an earlier or another program wrote under other subjects.
    """
    await asyncio.gather(*(_ensure(connection, wanted) for wanted in configurations(subjects, connection.settings)))


def configurations(subjects: Subjects, settings: BusSettings) -> list[dict[str, Any]]:
    """What the streams should be.

    In the log and among the pictures each subject takes one message and keeps it: the server itself refuses a second,
    whoever sends it, and refuses more when the store is full. The log takes many messages at once, so that a run can
    be imported as one. Of the dead letters the oldest go.
    """
    once = {"discard": "new", "max_msgs_per_subject": 1, "discard_new_per_subject": True}
    return [
        _stream(subjects.runs, subjects.log(), settings.max_bytes, settings) | once | {"allow_atomic": True},
        _stream(subjects.blobs, subjects.pictures(), settings.max_blob_bytes, settings) | once,
        _stream(subjects.dead, [subjects.letters()], settings.max_dead_bytes, settings) | {"discard": "old"},
    ]


def _stream(name: str, shapes: list[str], limit: int | None, settings: BusSettings) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "name": name,
        "subjects": shapes,
        "retention": "limits",
        "storage": "file",
        "allow_direct": True,
    }
    if limit is not None:
        wanted["max_bytes"] = limit
    if settings.replicas is not None:
        wanted["num_replicas"] = settings.replicas
    return wanted


async def _ensure(connection: Connection, wanted: dict[str, Any]) -> None:
    name = wanted["name"]
    try:
        info = await api.ask(connection, f"STREAM.INFO.{name}")
    except Rejected as error:
        if error.code != api.STREAM_MISSING:
            raise
        info = await _create(connection, wanted)
    standing = info["config"]
    if "max_msgs_per_subject" in wanted and standing.get("max_msgs_per_subject") != 1 and info["state"]["messages"]:
        raise OtherLayout(name)
    settable = (*_FIXED, "max_bytes", "num_replicas")
    if any(standing.get(key) != wanted[key] for key in settable if key in wanted):
        await api.ask(connection, f"STREAM.UPDATE.{name}", standing | wanted)


async def _create(connection: Connection, wanted: dict[str, Any]) -> Any:
    """Make a stream; if another process just did so with other limits, take what stands."""
    name = wanted["name"]
    try:
        return await api.ask(connection, f"STREAM.CREATE.{name}", {"num_replicas": 1} | wanted)
    except Rejected as error:
        if error.code != api.STREAM_EXISTS:
            raise
        return await api.ask(connection, f"STREAM.INFO.{name}")
