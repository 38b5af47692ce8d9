"""An independent reader of the log: plain nats-py, raw JetStream requests and JSON, and nothing of stepweave's own.

What stepweave writes about a run is judged by what stands on the broker, read in another way than stepweave reads it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError, TimeoutError
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.client import JetStreamContext
from nats.js.errors import NotFoundError, ServiceUnavailableError

PATIENCE = 10.0
"""Seconds for an answer of the broker."""
_BATCH = 500
_SOON = 0.05
_FORGOTTEN = 30.0
"""Seconds after which the broker drops a consumer of ours that nobody asks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of the log."""

    subject: str
    sequence: int
    time: float
    """When the server stored it: seconds since 1970."""
    type: str
    """The header ``ce-type``; empty: there is none."""
    source: str
    """The header ``ce-source``."""
    body: Any
    """The JSON object; ``None``: it is none."""

    @property
    def tokens(self) -> list[str]:
        """What stands in the subject behind the run: ``["ev", "decided", "17"]``."""
        return self.subject.split(".")[3:]


@dataclass(frozen=True, slots=True)
class Store:
    """A stream at a glance."""

    first: int
    last: int
    messages: int
    leader: str
    """The node that leads it; empty: there is only one."""


@dataclass(frozen=True, slots=True)
class Consumer:
    """A work queue at a glance."""

    name: str
    deliveries: int
    """Of whatever message, how often."""
    waiting: int
    """Messages that were never delivered."""
    unacknowledged: int


class Reader:
    """Reads one namespace; made by :func:`reading`."""

    def __init__(self, client: Client, namespace: str) -> None:
        self._client = client
        self._namespace = namespace
        self._js = client.jetstream(timeout=PATIENCE)

    async def subjects(self, branch: str) -> dict[str, int]:
        """How many messages every subject of a branch of the log has; ``branch`` is what follows the run."""
        found: dict[str, int] = {}
        wanted = {"subjects_filter": f"{self._namespace}.run.*.{branch}"}
        while True:
            info = await self._ask(f"STREAM.INFO.{self._namespace}_RUNS", wanted | {"offset": len(found)})
            part = info["state"].get("subjects") or {}
            found |= part
            if not part or len(found) >= info.get("total", 0):
                return found

    async def runs(self, kind: str) -> set[str]:
        """The runs that have an event of a kind."""
        return {subject.split(".")[2] for subject in await self.subjects(f"ev.{kind}.*")}

    async def run(self, run: str) -> list[Entry]:
        """All that a run ever said, in the order in which it was stored."""
        settings = ConsumerConfig(ack_policy=AckPolicy.NONE, inactive_threshold=_FORGOTTEN)
        subscription = await self._js.pull_subscribe(
            f"{self._namespace}.run.{run}.>", stream=f"{self._namespace}_RUNS", config=settings
        )
        entries: list[Entry] = []
        found = await subscription.consumer_info()
        try:
            left = found.num_pending or 0
            while left:
                messages = await _fetched(subscription, min(_BATCH, left))
                left = messages[-1].metadata.num_pending
                entries += [_entry(message) for message in messages]
        finally:
            await subscription.unsubscribe()
            await self._js.delete_consumer(found.stream_name, found.name)  # a stream takes only so many
        return entries

    async def hash_of(self, sha256: str) -> str | None:
        """What the picture that is stored under a hash really hashes to; ``None``: there is none."""
        stream, subject = f"{self._namespace}_BLOBS", f"{self._namespace}.blob.{sha256}"
        try:
            message = await self._js.get_last_msg(stream, subject)
        except NotFoundError:
            return None
        return hashlib.sha256(message.data or b"").hexdigest()

    async def store(self, name: str) -> Store:
        """A stream, by the last part of its name: RUNS, BLOBS, DEAD."""
        info = await self._ask(f"STREAM.INFO.{self._namespace}_{name}")
        state = info["state"]
        leader = (info.get("cluster") or {}).get("leader") or ""
        return Store(state["first_seq"], state["last_seq"], state["messages"], leader)

    async def consumers(self) -> list[Consumer]:
        """The work queues: all consumers that have a name for good."""
        found: list[dict[str, Any]] = []
        while True:
            page = await self._ask(f"CONSUMER.LIST.{self._namespace}_RUNS", {"offset": len(found)})
            found += page["consumers"] or []
            if not page["consumers"] or len(found) >= page["total"]:
                break
        return [
            Consumer(one["name"], one["delivered"]["consumer_seq"], one["num_pending"], one["num_ack_pending"])
            for one in found
            if one["config"].get("durable_name")
        ]

    async def _ask(self, what: str, wanted: object = None) -> Any:
        reply = await self._client.request(f"$JS.API.{what}", json.dumps(wanted).encode(), timeout=PATIENCE)
        answer = json.loads(reply.data)
        if "error" in answer:
            raise Unanswered(f"{what}: {answer['error'].get('description')}")
        return answer


class Unanswered(RuntimeError):
    """The broker answers with an error; during a storm that may pass."""


PASSING = (Unanswered, TimeoutError, NoRespondersError, ServiceUnavailableError)
"""What a question may end in while the broker is hurt."""


@asynccontextmanager
async def reading(urls: Sequence[str], namespace: str) -> AsyncIterator[Reader]:
    """A reader with a connection of its own, which outlives outages."""

    async def quiet(error: Exception) -> None:
        return

    client = await nats.connect(
        list(urls), max_reconnect_attempts=-1, reconnect_time_wait=0.25, ping_interval=5, error_cb=quiet
    )
    try:
        yield Reader(client, namespace)
    finally:
        await client.close()


async def _fetched(subscription: JetStreamContext.PullSubscription, most: int) -> list[Msg]:
    """The next messages; in a cluster it may take a moment until a new consumer is known everywhere."""
    for _ in range(int(PATIENCE / _SOON)):
        try:
            return await subscription.fetch(most, timeout=PATIENCE)
        except ServiceUnavailableError:
            await asyncio.sleep(_SOON)
    return await subscription.fetch(most, timeout=PATIENCE)


def _entry(message: Msg) -> Entry:
    headers = message.headers or {}
    place = message.metadata
    try:
        body = json.loads(message.data)
    except ValueError:
        body = None
    body = body if isinstance(body, dict) else None
    return Entry(
        message.subject,
        place.sequence.stream,
        place.timestamp.timestamp(),
        headers.get("ce-type", ""),
        headers.get("ce-source", ""),
        body,
    )
