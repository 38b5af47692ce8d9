"""faststream on NATS JetStream: planner, generator and critic as durable pull subscribers, every publish acknowledged.

Agents hand on to each other, the critic to the generator again or to nobody. A small picture travels as the body of its
message with the rest in headers, which was as quick as base64 in JSON and as the object store; a picture that is larger
than what a server takes as one message goes into the object store.

The generator has more workers than slots, for with eight of each a slot waits while its picture is sent: 1.14 instead
of 1.03 of the ideal with pictures of 1 MB. Messages are pulled one by one; with batches a message may wait for others.
Also tried and not better: no pool of workers for the critic, larger chunks in the object store.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from faststream import Header
from faststream.nats import JStream, NatsBroker, PullSub
from nats.js.api import ConsumerConfig, StorageType
from nats.js.object_store import ObjectStore
from pydantic import BaseModel

from benchmarks.scale.load import SLOTS, Candidate, Clock, Picture, following, main

PAYLOAD = 1_000_000
"""Bytes that fit into one message."""
WORKERS = 2 * SLOTS
MANY = 200
"""Workers of agents that know no limit."""
STREAM = JStream("stories", subjects=["plan", "draw", "judge"], storage=StorageType.FILE)


class Plan(BaseModel):
    run: int


class Draw(BaseModel):
    candidate: Candidate


class Album:
    """Large pictures, in the object store; a body that stands for one of them is empty."""

    store: ObjectStore

    async def put(self, picture: Picture) -> bytes:
        if len(picture.data) <= PAYLOAD:
            return picture.data
        await self.store.put(name_of(picture.candidate), picture.data)
        return b""

    async def get(self, candidate: Candidate, body: bytes) -> bytes:
        return body or (await self.store.get(name_of(candidate))).data


def name_of(candidate: Candidate) -> str:
    return "-".join(map(str, candidate))


def pull(durable: str, workers: int, batch: int = 1) -> dict[str, Any]:
    """How to subscribe."""
    return {
        "stream": STREAM,
        "durable": durable,
        "max_workers": workers,
        "pull_sub": PullSub(batch_size=batch, timeout=1.0),
        "config": ConsumerConfig(ack_wait=60, max_ack_pending=5000),
    }


def agents(broker: NatsBroker, clock: Clock, album: Album) -> None:
    slots = asyncio.Semaphore(SLOTS)
    draws = broker.publisher("draw", stream=STREAM, timeout=30)
    judges = broker.publisher("judge", stream=STREAM, timeout=30)

    @broker.subscriber("plan", **pull("planner", MANY, batch=50))
    async def planner(ask: Plan) -> None:
        await draws.publish(Draw(candidate=await clock.plan(ask.run)))

    @broker.subscriber("draw", **pull("generator", WORKERS))
    async def generator(ask: Draw) -> None:
        async with slots:
            await clock.draw(ask.candidate)
        picture = await clock.picture(ask.candidate)
        headers = {"candidate": name_of(picture.candidate), "sha256": picture.sha256}
        await judges.publish(await album.put(picture), headers=headers)

    @broker.subscriber("judge", **pull("critic", MANY))
    async def critic(body: bytes, candidate: Annotated[str, Header()], sha256: Annotated[str, Header()]) -> None:
        asked = Candidate(*map(int, candidate.split("-")))
        picture = Picture(asked, sha256, await album.get(asked, body))
        after = following(asked, await clock.critique(picture))
        if after:
            await draws.publish(Draw(candidate=after))
        else:
            clock.end(asked.run)


async def contest(clock: Clock) -> None:
    broker, album = NatsBroker(clock.task.nats, logger=None), Album()
    agents(broker, clock, album)
    async with broker:
        await broker.start()
        album.store = await broker.object_storage("pictures")
        clock.start()
        for run in range(clock.task.runs):
            await broker.publish(Plan(run=run), "plan", stream=STREAM.name, timeout=30)
        await clock.done.wait()


if __name__ == "__main__":
    main(contest)
