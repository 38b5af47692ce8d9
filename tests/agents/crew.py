"""Small real agents for tests of the runtime: they plan as many steps as asked, draw bytes, and accept by rule."""

from __future__ import annotations

import anyio

from stepweave.agents.agent import Context, agent
from stepweave.agents.client import Weave
from stepweave.messages import Draw, Drawn, FromStep, Judge, MakePlan, Options, Plan, Scores, Step, Verdict
from stepweave.policies.state import RunState

OPTIONS = Options(planner="plain", generator="plain", critics=("plain",), memory=None)


@agent("planner", capability="plain", concurrency=8)
async def planner(ask: MakePlan, ctx: Context) -> Plan:
    """Plans as many steps as the request says, each an edit of the one before."""
    steps = [
        Step(number=n, prompt=f"step {n}", sources=(FromStep(step=n - 1),) if n > 1 else ())
        for n in range(1, int(ask.request) + 1)
    ]
    return Plan(steps=tuple(steps))


@agent("generator", capability="plain", concurrency=8)
async def generator(ask: Draw, ctx: Context) -> Drawn:
    """Stores the prompt and the seed as a picture."""
    data = f"{ask.prompt} {ask.seed} {ctx.task}".encode()
    return Drawn(image=await ctx.blobs.put(data, media_type="image/png", width=1, height=1))


@agent("critic", capability="plain", concurrency=8)
async def critic(ask: Judge, ctx: Context) -> Verdict:
    """Accepts every second candidate."""
    good = ask.candidate % 2 == 0
    score = 9.0 if good else 3.0
    return Verdict(accepted=good, scores=Scores(semantics=score, quality=score), refined_prompt=f"{ask.prompt} better")


CREW = (planner, generator, critic)


async def until_ended(weave: Weave, run: str, bound: float = 30.0) -> RunState:
    """The state of a run once it has ended."""
    with anyio.fail_after(bound):
        async for _ in weave.watch(run):
            pass
        return await weave.state(run)
