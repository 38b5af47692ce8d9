"""The critic that needs no model."""

from __future__ import annotations

from anyio import to_thread

from stepweave.agents.agent import Context, agent
from stepweave.images import decode
from stepweave.messages import Judge, Verdict
from stepweave.policies.pixels import judge


@agent("critic", capability="pixels", concurrency=2, costly=True)
async def pixels(ask: Judge, ctx: Context) -> Verdict:
    """Measures what was asked for in the pixels of the picture."""
    after = await ctx.blobs.get(ask.image)
    before = await ctx.blobs.get(ask.sources[0]) if ask.sources else None
    return await to_thread.run_sync(_look, ask, before, after)


def _look(ask: Judge, before: bytes | None, after: bytes) -> Verdict:
    source = None if before is None else decode(before)
    return judge(ask.prompt, ask.drawn_prompt, source, decode(after), ask.notes, ask.story)
