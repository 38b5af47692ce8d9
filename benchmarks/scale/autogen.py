"""autogen-core: one runtime in the process, three agents that answer direct messages. Nothing is kept.

The picture goes by reference, inside an object of its own that does not show its bytes, as ``autogen_core.Image`` does.
With the bytes as a field of the message the runtime writes all of them into its log texts, and with pictures of 1 MB
takes more than half as long again. Agents that hand on to each other by topics were as quick as direct messages.
"""

from __future__ import annotations

import asyncio

from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, rpc
from pydantic import BaseModel

from benchmarks.scale.load import SLOTS, Candidate, Clock, Picture, following, main


class Plan(BaseModel):
    run: int


class Draw(BaseModel):
    candidate: Candidate


class Drawn(BaseModel):
    picture: Picture


class Judged(BaseModel):
    candidate: Candidate
    keep: bool


class Planner(RoutedAgent):
    def __init__(self, clock: Clock) -> None:
        super().__init__("plans")
        self.clock = clock

    @rpc
    async def plan(self, message: Plan, ctx: MessageContext) -> Draw:
        return Draw(candidate=await self.clock.plan(message.run))


class Generator(RoutedAgent):
    def __init__(self, clock: Clock) -> None:
        super().__init__("draws")
        self.clock = clock
        self.slots = asyncio.Semaphore(SLOTS)

    @rpc
    async def draw(self, message: Draw, ctx: MessageContext) -> Drawn:
        async with self.slots:
            await self.clock.draw(message.candidate)
        return Drawn(picture=await self.clock.picture(message.candidate))


class Critic(RoutedAgent):
    def __init__(self, clock: Clock) -> None:
        super().__init__("judges")
        self.clock = clock

    @rpc
    async def judge(self, message: Drawn, ctx: MessageContext) -> Judged:
        return Judged(candidate=message.picture.candidate, keep=await self.clock.critique(message.picture))


async def contest(clock: Clock) -> None:
    runtime = SingleThreadedAgentRuntime(ignore_unhandled_exceptions=False)
    await Planner.register(runtime, "planner", lambda: Planner(clock))
    await Generator.register(runtime, "generator", lambda: Generator(clock))
    await Critic.register(runtime, "critic", lambda: Critic(clock))
    planner, generator, critic = (AgentId(name, "default") for name in ("planner", "generator", "critic"))
    runtime.start()

    async def story(run: int) -> None:
        ask: Draw | None = await runtime.send_message(Plan(run=run), planner)
        while ask:
            drawn = await runtime.send_message(ask, generator)
            judged = await runtime.send_message(drawn, critic)
            candidate = following(judged.candidate, judged.keep)
            ask = Draw(candidate=candidate) if candidate else None
        clock.end(run)

    clock.start()
    await asyncio.gather(*(story(run) for run in range(clock.task.runs)))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    main(contest)
