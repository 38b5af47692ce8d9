"""The generator on pipelines of diffusers, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from stepweave.agents.agent import Agent, Host
from stepweave.agents.generator import generator_of
from stepweave.tools.pipelines.settings import PipelineSettings
from stepweave.tools.pipelines.tool import Diffusers


@asynccontextmanager
async def diffusers(host: Host) -> AsyncIterator[Agent]:
    """Draws with pipelines; the settings are ``generator.diffusers``.

    Raises:
        BadSetup: no model can be loaded as it is set up.
    """
    settings = host.configuration("generator.diffusers", PipelineSettings)
    tool = await to_thread.run_sync(Diffusers, settings)
    try:
        async with generator_of("diffusers", tool, wait=settings.wait) as agent:
            yield agent
    finally:
        await to_thread.run_sync(tool.close)
