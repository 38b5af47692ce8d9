"""Agents that take no time: what is left is the bus and the orchestrator."""

from __future__ import annotations

from stepweave.agents.agent import Agent, Context, agent
from stepweave.messages import Draw, Drawn, FromStep, Judge, MakePlan, Options, Plan, Scores, Step, Verdict

STEPS = 5
OPTIONS = Options(planner="idle", generator="idle", critics=("idle",), memory=None, policy="sequential(5)")
HANDS = 64
"""Asks each agent works on at a time."""
ATTEMPTS = (1, 2, 1, 3, 1)
"""Candidates of each step: eight pictures a run."""
PLAN = Plan(
    steps=tuple(
        Step(number=number, prompt=f"step {number}", sources=(FromStep(step=number - 1),) if number > 1 else ())
        for number in range(1, STEPS + 1)
    )
)


def crew() -> tuple[Agent, ...]:
    """A planner, a generator that stores a line of text, and a critic."""

    @agent("planner", capability="idle", concurrency=HANDS)
    async def planner(ask: MakePlan, ctx: Context) -> Plan:
        return PLAN

    @agent("generator", capability="idle", concurrency=HANDS)
    async def generator(ask: Draw, ctx: Context) -> Drawn:
        data = f"{ctx.run}/{ctx.task}".encode()
        return Drawn(image=await ctx.blobs.put(data, "text/plain", ask.width, ask.height))

    @agent("critic", capability="idle", concurrency=HANDS)
    async def critic(ask: Judge, ctx: Context) -> Verdict:
        good = ask.candidate == ATTEMPTS[ask.step - 1]
        mark = 9.0 if good else 3.0
        return Verdict(accepted=good, scores=Scores(semantics=mark, quality=mark), refined_prompt=f"{ask.prompt}!")

    return planner, generator, critic
