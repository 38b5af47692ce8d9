"""autogen-core: one runtime in the process, an agent that answers direct messages. Nothing is kept."""

from __future__ import annotations

import asyncio

from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, rpc

from benchmarks.bus.work import Clock, draw, first, following, main
from stepweave.messages import Draw, Drawn


class Generator(RoutedAgent):
    def __init__(self, clock: Clock) -> None:
        super().__init__("draws")
        self.clock = clock

    @rpc
    async def draw(self, message: Draw, ctx: MessageContext) -> Drawn:
        self.clock.hops += 1
        return draw(message)


async def contest(clock: Clock) -> None:
    runtime = SingleThreadedAgentRuntime(ignore_unhandled_exceptions=False)
    await Generator.register(runtime, "generator", lambda: Generator(clock))
    runtime.start()

    async def chain(run: int) -> None:
        agent, ask = AgentId("generator", "default"), first(run)
        for _ in range(clock.task.hops):
            answer = await runtime.send_message(ask, agent)
            ask = following(ask, answer)
        clock.end(run, answer)

    clock.start()
    await asyncio.gather(*(chain(run) for run in range(clock.task.runs)))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    main(contest)
