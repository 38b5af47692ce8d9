"""stepweave: an orchestrator and three agents on JetStream; every request, decision, command and answer is on disk.

Everything is in one process, as with the others; the server is one of its own. The generator lets go of its slot when
the model has drawn, and makes and stores the picture after that, as every generator of the project does.
"""

from __future__ import annotations

import anyio
from anyio.abc import TaskGroup

from benchmarks.scale.load import ATTEMPTS, SLOTS, STEPS, Candidate, Clock, Picture, main
from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work
from stepweave.agents.orchestrator import orchestrator
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Draw, Drawn, FromStep, Judge, MakePlan, Options, Plan, Scores, Step, Verdict

CROWD = 512
"""Plans and critiques under way at a time, at most."""
OPTIONS = Options(planner="bench", generator="bench", critics=("bench",), memory=None, policy=f"sequential({ATTEMPTS})")


def crew(clock: Clock) -> tuple[Agent, ...]:
    """The agents, on the models of the clock."""
    steps = tuple(
        Step(number=number, prompt=f"step {number}", sources=(FromStep(step=number - 1),) if number > 1 else ())
        for number in range(1, STEPS + 1)
    )

    @agent("planner", capability="bench", concurrency=CROWD)
    async def planner(ask: MakePlan, ctx: Context) -> Plan:
        await clock.plan(int(ctx.run))
        return Plan(steps=steps)

    @agent("generator", capability="bench", concurrency=SLOTS, costly=True)
    async def generator(ask: Draw, ctx: Context) -> Drawn:
        candidate = Candidate(int(ctx.run), ask.step, ask.candidate)
        await clock.draw(candidate)
        ctx.release()
        picture = await clock.picture(candidate)
        return Drawn(image=await ctx.blobs.put(picture.data, "application/octet-stream", ask.width, ask.height))

    @agent("critic", capability="bench", concurrency=CROWD)
    async def critic(ask: Judge, ctx: Context) -> Verdict:
        candidate = Candidate(int(ctx.run), ask.step, ask.candidate)
        data = await ctx.blobs.get(ask.image)
        accepted = await clock.critique(Picture(candidate, ask.image.sha256, data))
        mark = 9.0 if accepted else 3.0
        return Verdict(accepted=accepted, scores=Scores(semantics=mark, quality=mark))

    return planner, generator, critic


async def contest(clock: Clock) -> None:
    settings = BusSettings(url=clock.task.nats, home=clock.task.folder)
    async with (
        connect(settings, name="bench") as bus,
        at_work(Host(bus, clock.task.folder), [orchestrator, *crew(clock)]),
        anyio.create_task_group() as group,
    ):
        group.start_soon(_hear, clock, bus)
        clock.start()
        await _submit(clock, Weave(bus), group)
        await clock.done.wait()
        group.cancel_scope.cancel()


async def _submit(clock: Clock, weave: Weave, group: TaskGroup) -> None:
    async def submit(run: int) -> None:
        await weave.submit("a story", options=OPTIONS, run=str(run))

    for run in range(clock.task.runs):
        group.start_soon(submit, run)


async def _hear(clock: Clock, bus: Bus) -> None:
    """Tell the clock of every run that ends."""
    async for record in bus.log.follow(branches=("ev",), after=0):
        if record.ends:
            clock.end(int(record.run))


if __name__ == "__main__":
    main(contest)
