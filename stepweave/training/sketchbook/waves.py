"""Memory in waves: what the runs of one wave learn is known to those of the next, and not before.

So what a run recalls does not depend on how fast others are, and the same seed gives the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stepweave.agents.agent import Agent, Context
from stepweave.messages import Recall, Recalled, Remember, Remembered

WAVE = 10
"""Runs of one wave, where memory is on."""


@dataclass(slots=True)
class Waves:
    """A memory agent that keeps what it is told until the wave is over."""

    memory: Agent
    """The memory that is asked and told."""
    held: list[tuple[Remember, Context]] = field(default_factory=list)

    def agent(self) -> Agent:
        """The agent that answers in its place."""

        async def remembering(ask: Recall | Remember, ctx: Context) -> Recalled | Remembered:
            if isinstance(ask, Remember):
                self.held.append((ask, ctx))
                return Remembered(count=len(ask.notes))
            return await self._told(ask, ctx)

        return Agent("memory", self.memory.capability, remembering, (Recall, Remember), "remembers in waves")

    async def _told(self, ask: Recall, ctx: Context) -> Recalled:
        answer = await self.memory(ask, ctx)
        assert isinstance(answer, Recalled)
        return answer

    async def flow(self) -> None:
        """Hand over what was held, in the order of runs and tasks."""
        held, self.held = self.held, []
        for ask, ctx in sorted(held, key=lambda one: (one[1].run, one[1].task)):
            await self.memory(ask, ctx)
