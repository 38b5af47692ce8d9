"""stepweave: the agent base and the durable log, as every agent of the project uses them.

An agent under ``@agent``, served by ``serve``; asks are written as commands, answers are followed in the log. Every ask
and every answer is a write-once cell in a stream on disk, acknowledged by the server.

Two variants of the same work. ``ask``: a hop is an ask that the agent answers, as with remote calls; two messages are
stored per hop. ``chain``: whoever turns the answer into the next ask, as the orchestrator does, is an agent like the
other, so a hop is a message that one of the two receives and answers; one message is stored per hop.
"""

from __future__ import annotations

import asyncio

import anyio

from benchmarks.bus.work import Clock, draw, first, following, main
from stepweave.agents.agent import Context, Host, agent
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, connect
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
        waiting: dict[str, asyncio.Future[Drawn]] = {}

        async def chain(run: int) -> None:
            ask, name = first(run), str(run)
            while True:
                answered = waiting[name] = asyncio.get_running_loop().create_future()
                await bus.log.command(name, "generator", "bench", f"s1c{ask.candidate}", ask, source="/bench")
                answer = await answered
                if clock.task.variant == "chain":
                    clock.hops += 1
                    answer = draw(following(ask, answer))
                if answer.image.size > clock.task.hops:
                    break
                ask = following(ask, answer)
            clock.end(run, answer)

        async def hear() -> None:
            async for record in bus.log.follow(branches=("done",), after=0):
                assert isinstance(record.message, Drawn)
                waiting.pop(record.run).set_result(record.message)

        group.start_soon(hear)
        clock.start()
        for run in range(clock.task.runs):
            group.start_soon(chain, run)
        await clock.done.wait()
        group.cancel_scope.cancel()


if __name__ == "__main__":
    main(contest)
