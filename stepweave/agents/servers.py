"""Generators behind servers of somebody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from typing import Protocol, TypeVar

from pydantic import BaseModel

from stepweave.agents.agent import Agent, Host
from stepweave.agents.generator import generator_of
from stepweave.tools.images_api import ImagesApi, ImagesSettings
from stepweave.tools.interleave_edit import InterleaveEdit, InterleaveEditSettings
from stepweave.tools.protocol import ImageTool


class _Client(ImageTool, Protocol):
    """A tool that holds connections."""

    def close(self) -> None: ...


S = TypeVar("S", bound=BaseModel)


def _generator(
    capability: str, settings: type[S], tool: Callable[[S], _Client], slots: Callable[[S], int]
) -> Callable[[Host], AbstractAsyncContextManager[Agent]]:
    """A factory of the agent with this tool; its settings are ``generator.<capability>``."""

    @asynccontextmanager
    async def factory(host: Host) -> AsyncIterator[Agent]:
        given = host.configuration(f"generator.{capability}", settings)
        with closing(tool(given)) as client:
            async with generator_of(capability, client, concurrency=slots(given)) as agent:
                yield agent

    return factory


images_api = _generator("images-api", ImagesSettings, ImagesApi, lambda given: given.slots)
"""Draws behind the OpenAI Images API."""

interleave_edit = _generator("interleave-edit", InterleaveEditSettings, InterleaveEdit, lambda given: given.slots)
"""Draws behind the edit server of the InterleaveThinker repository."""
