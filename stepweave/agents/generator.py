"""The generator: puts an image tool on the bus.

It fetches the source pictures, has the studio draw, writes what was drawn as a PNG with its provenance and stores it
under its hash. Everything about drawing itself is the tool's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import anyio
from anyio import to_thread

from stepweave.agents.agent import Agent, Context, Host, agent
from stepweave.agents.studio import Finished, Studio
from stepweave.agents.tempo import Tempo
from stepweave.images import Provenance, SourceType, decode, encode
from stepweave.messages import Draw, Drawn
from stepweave.tools.protocol import BrokenTool, ImageTool, Order
from stepweave.tools.sketch import Sketch

AHEAD = 2
"""Times as many orders as fit into a batch are held: one batch is fetched while another is drawn."""


def generator(
    capability: str, make: Callable[[], ImageTool], *, concurrency: int = 1
) -> Callable[[Host], AbstractAsyncContextManager[Agent]]:
    """A factory of the agent that puts a tool on the bus; the tool is made when the agent starts."""

    @asynccontextmanager
    async def factory(host: Host) -> AsyncIterator[Agent]:
        tempo = host.configuration(f"generator.{capability}", Tempo)
        tool = await to_thread.run_sync(make)
        concurrent = tempo.slots or concurrency
        async with generator_of(capability, tool, concurrency=concurrent, least=tempo.seconds) as drawing:
            yield drawing

    return factory


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
            finished = await studio.draw(await _order(ask, ctx))
            seconds = max(least, finished.seconds)
            await anyio.sleep(max(0.0, least - finished.seconds))
            ctx.release()  # the tool is free: it may draw the next while this one is written and stored
            data = await to_thread.run_sync(_encoded, tool, ask, finished)
            image = await ctx.blobs.put(data, media_type="image/png", width=ask.width, height=ask.height)
            return Drawn(image=image, tool=tool.name, seconds=round(seconds, 6), made=finished.picture.made)

        yield replace(drawing, description=f"draws with {tool.name}")


async def _order(ask: Draw, ctx: Context) -> Order:
    blobs = [await ctx.blobs.get(source) for source in ask.sources]
    sources = await to_thread.run_sync(lambda: tuple(decode(data) for data in blobs)) if blobs else ()
    return Order(ask.prompt, ask.seed, ask.width, ask.height, sources, ask.parameters, ctx.wanted, ctx.tell)


def _encoded(tool: ImageTool, ask: Draw, finished: Finished) -> bytes:
    picture = finished.picture
    if picture.image.size != (ask.width, ask.height):
        width, height = picture.image.size
        raise BrokenTool(f"{tool.name} drew {width}x{height} where {ask.width}x{ask.height} was ordered")
    provenance = Provenance(tool.name, ask.prompt, _origin(tool, ask), ask.alt)
    return encode(picture.image, picture.chunks, provenance)


def _origin(tool: ImageTool, ask: Draw) -> SourceType:
    """IPTC digital source type: an edit of a given picture is a composite."""
    if not ask.sources:
        return tool.abilities.origin
    trained = tool.abilities.origin == "trainedAlgorithmicMedia"
    return "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"


sketch = generator("sketch", Sketch, concurrency=2)
"""Draws the embedded world."""
