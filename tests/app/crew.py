"""Small real agents for tests of the command line: two steps with pictures and one of words; the second fails once."""

from __future__ import annotations

from collections.abc import Callable

import anyio
from PIL import Image

from stepweave.agents.agent import Context, Participant, agent
from stepweave.agents.orchestrator import orchestrator
from stepweave.images import Provenance, encode
from stepweave.messages import Draw, Drawn, FromStep, Judge, MakePlan, Plan, Scores, Step, Verdict

NAMES = ("--planner", "crew", "--generator", "crew", "--critic", "crew", "--memory", "off", "--agents", "elsewhere")
STEPS = (
    Step(number=1, name="Red", instruction="Paint it red.", prompt="red", alt="a red square"),
    Step(number=2, instruction="Now make it blue.", prompt="blue", alt="a blue square", sources=(FromStep(step=1),)),
    Step(number=3, instruction="Let it dry."),
)


def crew(gate: Callable[[], anyio.Event]) -> tuple[Participant, ...]:
    """The agents; nothing is drawn before the gate is open."""

    @agent("planner", capability="crew")
    async def planner(ask: MakePlan, ctx: Context) -> Plan:
        """Plans the same three steps for everyone."""
        return Plan(steps=STEPS)

    @agent("generator", capability="crew", concurrency=2)
    async def generator(ask: Draw, ctx: Context) -> Drawn:
        """Draws one colour; the first candidate of blue comes out green."""
        await gate().wait()
        name = "green" if ask.step == 2 and ask.candidate == 1 else ask.prompt.split()[-1]
        made = Provenance("crew 1", ask.prompt, "algorithmicMedia", ask.alt)
        data = encode(Image.new("RGB", (ask.width, ask.height), name), {}, made)
        return Drawn(image=await ctx.blobs.put(data, "image/png", ask.width, ask.height), tool="crew 1")

    @agent("critic", capability="crew", concurrency=2)
    async def critic(ask: Judge, ctx: Context) -> Verdict:
        """Wants blue to be blue."""
        good = ask.step == 1 or ask.candidate > 1
        scores = Scores(semantics=9 if good else 2, quality=9)
        reason = "" if good else "it is green, not blue"
        return Verdict(accepted=good, scores=scores, reason=reason, refined_prompt=None if good else "truly blue")

    return planner, generator, critic, orchestrator
