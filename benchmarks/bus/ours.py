"""stepweave: the agent base and the durable log, as every agent of the project uses them.

An agent under ``@agent``, served by ``serve``; asks are written as commands, answers are followed in the log. Every ask
and every answer is a write-once cell in a stream on disk, acknowledged by the server.
"""

from __future__ import annotations

import anyio

from benchmarks.bus.work import Clock, draw, first, following, main
from stepweave.agents.agent import Context, Host, agent
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, Record, connect
from stepweave.messages import Draw, Drawn

CONCURRENCY = 256
"""Asks the agent works on at a time."""


async def contest(clock: Clock) -> None:
    @agent("generator", capability="bench", concurrency=CONCURRENCY)
    async def generator(ask: Draw, ctx: Context) -> Drawn:
        clock.hops += 1
        return draw(ask)

    settings = BusSettings(url=clock.task.nats, home=clock.task.folder)
    async with connect(settings, name="bench") as bus, anyio.create_task_group() as group:
        await group.start(serve, Host(bus, clock.task.folder), [generator])
        asks = [first(run) for run in range(clock.task.runs)]

        async def put(run: int) -> None:
            ask = asks[run]
            task = f"s{ask.step}c{ask.candidate}"
            await bus.log.command(str(run), "generator", "bench", task, ask, source="/bench")

        def go_on(record: Record) -> None:
            run, answer = int(record.run), record.message
            assert isinstance(answer, Drawn)
            if answer.image.size > clock.task.hops:
                clock.end(run, answer)
            else:
                asks[run] = following(asks[run], answer)
                group.start_soon(put, run)

        answers = bus.log.follow(branches=("done",), after=0)
        clock.start()
        for run in range(clock.task.runs):
            group.start_soon(put, run)
        async for record in answers:
            go_on(record)
            if clock.done.is_set():
                break
        group.cancel_scope.cancel()


if __name__ == "__main__":
    main(contest)
