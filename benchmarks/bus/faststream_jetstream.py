"""faststream on NATS JetStream: durable pull subscribers, file storage, every publish acknowledged by the server.

Two variants. ``ask``: an agent answers, and whoever asked makes the next ask from the answer, as in stepweave; two
messages are stored per hop. ``chain``: agents hand on to each other and nobody looks on; one message is stored per hop.
Pull with batches was quicker than push, and one task group per batch quicker than a pool of workers. (Publishing
without the server's acknowledgement is quicker still, but then a message can be lost without anybody noticing.)
"""

from __future__ import annotations

from typing import Any

from faststream.nats import JStream, NatsBroker, PullSub
from nats.js.api import ConsumerConfig, StorageType

from benchmarks.bus.work import Clock, draw, first, following, main
from stepweave.messages import Draw, Drawn

BATCH = 50
STREAM = JStream("hops", subjects=["ask", "answer"], storage=StorageType.FILE)


class Ask(Draw):
    run: int


class Answer(Drawn):
    run: int


def ask_of(run: int, draw: Draw) -> Ask:
    return Ask.model_construct(**{**dict(draw), "run": run})


def pull(durable: str) -> dict[str, Any]:
    """How to subscribe."""
    return {
        "stream": STREAM,
        "durable": durable,
        "pull_sub": PullSub(batch_size=BATCH, timeout=1.0),
        "config": ConsumerConfig(ack_wait=60, max_ack_pending=5000),
    }


def ask_and_answer(broker: NatsBroker, clock: Clock) -> None:
    """Agents answer; the one who asked goes on from the answer."""

    @broker.subscriber("ask", **pull("generator"))
    @broker.publisher("answer", stream=STREAM, timeout=30)
    async def generator(ask: Ask) -> Answer:
        clock.hops += 1
        return Answer.model_construct(run=ask.run, **dict(draw(ask)))

    asks = broker.publisher("ask", stream=STREAM, timeout=30)

    @broker.subscriber("answer", **pull("asker"))
    async def asker(answer: Answer) -> None:
        if answer.image.size > clock.task.hops:
            clock.end(answer.run, answer)
        else:
            await asks.publish(ask_of(answer.run, following(first(answer.run), answer)))


def hand_on(broker: NatsBroker, clock: Clock) -> None:
    """Every agent hands on to the next one."""
    asks = broker.publisher("ask", stream=STREAM, timeout=30)

    @broker.subscriber("ask", **pull("generator"))
    async def generator(ask: Ask) -> None:
        clock.hops += 1
        answer = draw(ask)
        if answer.image.size > clock.task.hops:
            clock.end(ask.run, answer)
        else:
            await asks.publish(ask_of(ask.run, following(ask, answer)))


async def contest(clock: Clock) -> None:
    broker = NatsBroker(clock.task.nats, logger=None)
    {"ask": ask_and_answer, "chain": hand_on}[clock.task.variant](broker, clock)
    async with broker:
        await broker.start()
        clock.start()
        for run in range(clock.task.runs):
            await broker.publish(ask_of(run, first(run)), "ask", stream=STREAM.name, timeout=30)
        await clock.done.wait()


if __name__ == "__main__":
    main(contest)
