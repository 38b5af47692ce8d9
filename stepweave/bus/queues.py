"""The queues of a namespace, seen from outside: what waits, what is under way, and how much may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stepweave.bus import api
from stepweave.bus.connection import Connection
from stepweave.bus.errors import BusError, Rejected
from stepweave.bus.subjects import Subjects


class NoQueue(BusError):
    """Nobody has ever worked under this role and capability."""

    def __init__(self, name: str, known: list[str]) -> None:
        listed = ", ".join(known) or "none yet"
        super().__init__(
            f"There is no queue {name!r}; there are: {listed}.", "A queue is made when its first worker starts."
        )


@dataclass(frozen=True, slots=True)
class QueueInfo:
    """One queue now."""

    role: str
    capability: str
    waiting: int
    """Commands that no worker has yet."""
    under_way: int
    """Commands that a worker holds, or that wait to be delivered again."""
    redelivered: int
    """Those of them that were delivered before."""
    cap: int
    """How many may be under way at a time, over all workers."""
    idle: int
    """Workers that wait for a command; one that takes several at a time counts once."""
    lease: float
    """Seconds that a worker has for a delivery, unless it asks for more."""

    @property
    def name(self) -> str:
        """``role:capability``."""
        return f"{self.role}:{self.capability}"


async def queues(connection: Connection, subjects: Subjects) -> list[QueueInfo]:
    """All queues, by name."""
    found: list[QueueInfo] = []
    seen, total = 0, 1
    while seen < total:
        page = await api.ask(connection, f"CONSUMER.LIST.{subjects.runs}", {"offset": seen})
        consumers = page.get("consumers") or []
        found += [info for one in consumers if (info := _info(one, subjects)) is not None]
        seen += len(consumers)
        total = int(page["total"]) if consumers else 0
    return sorted(found, key=lambda info: info.name)


async def set_cap(connection: Connection, subjects: Subjects, role: str, capability: str, cap: int) -> QueueInfo:
    """Change how many commands may be under way at a time, over all workers; holds at once, and until it is changed.

    Raises:
        NoQueue: there is no such queue.
        ValueError: less than one.
    """
    if cap < 1:
        raise ValueError(f"a cap must be at least 1, not {cap}")
    name, stream = subjects.consumer(role, capability), subjects.runs
    standing = await _told(connection, subjects, role, capability)
    if standing is None:
        raise NoQueue(f"{role}:{capability}", [q.name for q in await queues(connection, subjects)])
    payload = {"stream_name": stream, "config": standing["config"] | {"max_ack_pending": cap}, "action": "update"}
    await api.ask(connection, f"CONSUMER.CREATE.{stream}.{name}", payload)  # tells what was there before
    info = await queue(connection, subjects, role, capability)
    assert info is not None
    return info


async def queue(connection: Connection, subjects: Subjects, role: str, capability: str) -> QueueInfo | None:
    """One queue; ``None``: nobody has ever worked there."""
    told = await _told(connection, subjects, role, capability)
    return None if told is None else _info(told, subjects)


async def _told(connection: Connection, subjects: Subjects, role: str, capability: str) -> dict[str, Any] | None:
    """What the server tells of the consumer behind a queue, if it is there."""
    name = subjects.consumer(role, capability)
    try:
        told: dict[str, Any] = await api.ask(connection, f"CONSUMER.INFO.{subjects.runs}.{name}")
    except Rejected as error:
        if error.code != api.CONSUMER_MISSING:
            raise
        return None
    return told


def _info(told: dict[str, Any], subjects: Subjects) -> QueueInfo | None:
    """A queue from what the server tells of a consumer; ``None``: it is another kind of consumer."""
    config = told["config"]
    address = subjects.address_of(config.get("filter_subject") or "")
    if address is None:
        return None
    return QueueInfo(
        *address,
        waiting=told["num_pending"],
        under_way=told["num_ack_pending"],
        redelivered=told["num_redelivered"],
        cap=config["max_ack_pending"],
        idle=told["num_waiting"],
        lease=config["ack_wait"] / 1e9,
    )
