"""The memory of one machine: what a run has on its canvas, and what cured which fault in earlier runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.notebook import Notebook
from stepweave.messages import Recall, Recalled, Remember, Remembered


@asynccontextmanager
async def local(host: Host) -> AsyncIterator[Agent]:
    """The memory kept in a SQLite file of this host's home."""
    notebook = await to_thread.run_sync(Notebook, host.home / "memory.sqlite")
    try:
        yield memory_of(notebook)
    finally:
        notebook.close()


def memory_of(notebook: Notebook) -> Agent:
    """The agent that answers from a notebook; one ask at a time, for SQLite writes one at a time."""

    @agent("memory", capability="local")
    async def remembering(ask: Recall | Remember, ctx: Context) -> Recalled | Remembered:
        """Keeps notes in SQLite and finds them by full text."""
        if isinstance(ask, Remember):
            return Remembered(count=await to_thread.run_sync(notebook.remember, ctx.run, ctx.task, ask.notes))
        return Recalled(notes=await to_thread.run_sync(notebook.recall, ctx.run, ask))

    return remembering
