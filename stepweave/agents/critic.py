"""The critic that needs no model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from anyio import to_thread

from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.tempo import Tempo
from stepweave.images import decode
from stepweave.messages import Judge, Verdict
from stepweave.policies.pixels import judge

HANDS = 2
"""Pictures looked at at a time."""


@asynccontextmanager
async def pixels(host: Host) -> AsyncIterator[Agent]:
    """The critic that measures in pixels, at the tempo it is set to."""
    tempo = host.configuration("critic.pixels", Tempo)

    @agent("critic", capability="pixels", concurrency=tempo.slots or HANDS, costly=True)
    async def judging(ask: Judge, ctx: Context) -> Verdict:
        """Measures what was asked for in the pixels of the picture."""
        started = anyio.current_time()
        after = await ctx.blobs.get(ask.image)
        before = await ctx.blobs.get(ask.sources[0]) if ask.sources else None
        verdict = await to_thread.run_sync(_look, ask, before, after)
        await anyio.sleep(max(0.0, started + tempo.seconds - anyio.current_time()))
        return verdict

    yield judging


def _look(ask: Judge, before: bytes | None, after: bytes) -> Verdict:
    source = None if before is None else decode(before)
    return judge(ask.prompt, ask.drawn_prompt, source, decode(after), ask.notes, ask.story)
