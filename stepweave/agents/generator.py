"""The generator: puts an image tool on the bus.

It fetches the source pictures, has the studio draw, writes what was drawn as a PNG with its provenance and stores it
under its hash. Everything about drawing itself is the tool's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import anyio
from anyio import to_thread
from pydantic import BaseModel

from stepweave.agents.agent import Agent, Context, Host, agent, configuration
from stepweave.agents.studio import Finished, Studio
from stepweave.agents.tempo import Tempo
from stepweave.images import decode, encode
from stepweave.messages import Draw, Drawn
from stepweave.tools.protocol import ImageTool, Order
from stepweave.tools.signing import signed
from stepweave.tools.sketch import Sketch

AHEAD = 2
"""Times as many orders as fit into a batch are held: one batch is fetched while another is drawn."""

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Usage:
    """How a tool is used."""

    concurrency: int = 1
    """Orders at a time, for a tool that draws one by one."""
    wait: float = 0.0
    """Seconds that an order waits for others, for a tool that draws several in one go."""
    least: float = 0.0
    """Seconds that a picture takes at least."""


@dataclass(frozen=True, slots=True)
class Generator(Generic[S]):
    """A tool that is made of settings, and who uses it: the factory of an agent, and what a server draws with.

    The settings are ``generator.<capability>``.
    """

    capability: str
    """What it is found by."""
    settings: type[S]
    """What can be set."""
    make: Callable[[S], ImageTool]
    """Makes the tool; what it has of a method ``close`` is called when it is no longer used. Both may take their time:
    they are called in a thread."""
    usage: Callable[[S], Usage]
    """How the tool is used, as it is set up."""

    @asynccontextmanager
    async def __call__(self, host: Host) -> AsyncIterator[Agent]:
        """The agent that answers ``Draw`` with the tool."""
        async with (
            self.opened(host.settings) as (tool, usage),
            generator_of(
                self.capability, tool, concurrency=usage.concurrency, least=usage.least, wait=usage.wait
            ) as drawing,
        ):
            yield drawing

    @asynccontextmanager
    async def opened(self, settings: Mapping[str, Any]) -> AsyncIterator[tuple[ImageTool, Usage]]:
        """The tool itself, without a bus, while the context lasts.

        Args:
            settings: those of all agents, by ``role.capability``.

        Raises:
            BadSetting: one is unknown, or not what it should be.
        """
        given = configuration(settings, f"generator.{self.capability}", self.settings)
        tool = await to_thread.run_sync(self.make, given)
        try:
            yield tool, self.usage(given)
        finally:
            close: Callable[[], None] | None = getattr(tool, "close", None)
            if close is not None:
                with anyio.CancelScope(shield=True):
                    await to_thread.run_sync(close)


def generator(capability: str, make: Callable[[], ImageTool], *, concurrency: int = 1) -> Generator[Tempo]:
    """A generator with a tool that needs no settings; it may be slowed down, to try policies out."""
    return Generator(
        capability,
        Tempo,
        lambda tempo: make(),
        lambda tempo: Usage(tempo.slots or concurrency, least=tempo.seconds),
    )


@asynccontextmanager
async def generator_of(
    capability: str, tool: ImageTool, *, concurrency: int = 1, least: float = 0.0, wait: float = 0.0
) -> AsyncIterator[Agent]:
    """The agent that answers ``Draw`` with a tool.

    Args:
        capability: what it is found by.
        tool: what draws.
        concurrency: orders at a time, for a tool that draws one by one.
        least: seconds that a picture takes at least.
        wait: seconds that an order waits for others, for a tool that draws several in one go.
    """
    batch = tool.abilities.batch
    hands = concurrency if batch == 1 else AHEAD * batch

    async with Studio(tool, wait=wait) as studio:

        @agent("generator", capability=capability, concurrency=hands, costly=True)
        async def drawing(ask: Draw, ctx: Context) -> Drawn:
            """Draws with a tool."""
            order = await _order(ask, ctx)
            finished = await studio.draw(order)
            seconds = max(least, finished.seconds)
            await anyio.sleep(max(0.0, least - finished.seconds))
            ctx.release()  # the tool is free: it may draw the next while this one is written and stored
            data = await to_thread.run_sync(_encoded, tool, order, finished, ask.alt)
            image = await ctx.blobs.put(data, media_type="image/png", width=ask.width, height=ask.height)
            return Drawn(image=image, tool=tool.name, seconds=round(seconds, 6), made=finished.picture.made)

        yield replace(drawing, description=f"draws with {tool.name}")


async def _order(ask: Draw, ctx: Context) -> Order:
    blobs = [await ctx.blobs.get(source) for source in ask.sources]
    sources = await to_thread.run_sync(lambda: tuple(decode(data) for data in blobs)) if blobs else ()
    return Order(ask.prompt, ask.seed, ask.width, ask.height, sources, ask.parameters, ctx.wanted, ctx.tell)


def _encoded(tool: ImageTool, order: Order, finished: Finished, alt: str) -> bytes:
    picture = finished.picture
    return encode(picture.image, picture.chunks, signed(tool, order, picture, alt))


sketch = generator("sketch", Sketch, concurrency=2)
"""Draws the embedded world."""
