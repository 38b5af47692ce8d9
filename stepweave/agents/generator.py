"""The generator: puts an image tool on the bus.

It fetches the source pictures, gives the tool a thread, writes what was drawn as a PNG with its provenance and
stores it under its hash. Everything about drawing itself is the tool's.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio
from anyio import to_thread

from stepweave.agents.agent import Agent, Context, Host
from stepweave.agents.tempo import Tempo
from stepweave.images import Provenance, SourceType, decode, encode
from stepweave.messages import Answer, Draw, Drawn
from stepweave.tools.protocol import Abilities, ImageTool, Order, Picture, ToolError, check
from stepweave.tools.sketch import Sketch


class BrokenTool(ToolError):
    """The tool broke its promise: it gave too few pictures, or one of another size."""


def generator(
    capability: str, make: Callable[[], ImageTool], *, concurrency: int = 1
) -> Callable[[Host], AbstractAsyncContextManager[Agent]]:
    """A factory of the agent that puts a tool on the bus; the tool is made when the agent starts."""

    @asynccontextmanager
    async def factory(host: Host) -> AsyncIterator[Agent]:
        tempo = host.configuration(f"generator.{capability}", Tempo)
        tool = await to_thread.run_sync(make)
        yield generator_of(capability, tool, concurrency=tempo.slots or concurrency, least=tempo.seconds)

    return factory


def generator_of(capability: str, tool: ImageTool, *, concurrency: int = 1, least: float = 0.0) -> Agent:
    """The agent that answers ``Draw`` with this tool, and takes ``least`` seconds for it."""

    async def draw(asks: Sequence[Draw], contexts: Sequence[Context]) -> Sequence[Answer | Exception]:
        orders = [await _order(ask, ctx) for ask, ctx in zip(asks, contexts, strict=True)]
        results, seconds = await to_thread.run_sync(_draw, tool, orders)
        await anyio.sleep(max(0.0, least - seconds))
        contexts[0].release()  # the tool is free: it may draw the next while these are written and stored
        files = await to_thread.run_sync(_encoded, tool, asks, results)
        return [
            file if isinstance(file, Exception) else await _store(file, ask, ctx, tool.name, max(seconds, least))
            for file, ask, ctx in zip(files, asks, contexts, strict=True)
        ]

    async def draw_one(ask: Draw, ctx: Context) -> Answer:
        (answer,) = await draw([ask], [ctx])
        if isinstance(answer, Exception):
            raise answer
        return answer

    batch = tool.abilities.batch
    function = draw_one if batch == 1 else draw
    return Agent("generator", capability, function, (Draw,), f"draws with {tool.name}", concurrency, batch, costly=True)


async def _order(ask: Draw, ctx: Context) -> Order:
    blobs = [await ctx.blobs.get(source) for source in ask.sources]
    sources = await to_thread.run_sync(lambda: tuple(decode(data) for data in blobs))
    return Order(ask.prompt, ask.seed, ask.width, ask.height, sources, ask.parameters, ctx.wanted)


def _draw(tool: ImageTool, orders: Sequence[Order]) -> tuple[list[Picture | ToolError], float]:
    """Draw what the tool can honour; a refusal stands in its order's place. Seconds are those of the drawing."""
    refusals = [_refusal(order, tool.abilities) for order in orders]
    possible = [order for order, refusal in zip(orders, refusals, strict=True) if refusal is None]
    started = time.perf_counter()
    drawn = list(tool.draw(possible)) if possible else []
    seconds = time.perf_counter() - started
    if len(drawn) != len(possible):
        raise BrokenTool(f"{tool.name} drew {len(drawn)} pictures for {len(possible)} orders")
    pictures = iter(drawn)
    return [refusal or next(pictures) for refusal in refusals], seconds


def _encoded(tool: ImageTool, asks: Sequence[Draw], drawn: Sequence[Picture | ToolError]) -> list[bytes | Exception]:
    return [_encode(tool, ask, result) for ask, result in zip(asks, drawn, strict=True)]


def _refusal(order: Order, abilities: Abilities) -> ToolError | None:
    try:
        check(order, abilities)
    except ToolError as error:
        return error
    return None


def _encode(tool: ImageTool, ask: Draw, result: Picture | ToolError) -> bytes | Exception:
    if isinstance(result, ToolError):
        return result
    if result.image.size != (ask.width, ask.height):
        width, height = result.image.size
        return BrokenTool(f"{tool.name} drew {width}x{height} where {ask.width}x{ask.height} was ordered")
    provenance = Provenance(tool.name, ask.prompt, _origin(tool, ask), ask.alt)
    return encode(result.image, result.chunks, provenance)


def _origin(tool: ImageTool, ask: Draw) -> SourceType:
    """IPTC digital source type: an edit of a given picture is a composite."""
    if not ask.sources:
        return tool.abilities.origin
    trained = tool.abilities.origin == "trainedAlgorithmicMedia"
    return "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"


async def _store(data: bytes, ask: Draw, ctx: Context, tool: str, seconds: float) -> Drawn:
    blob = await ctx.blobs.put(data, media_type="image/png", width=ask.width, height=ask.height)
    return Drawn(image=blob, tool=tool, seconds=round(seconds, 6))


sketch = generator("sketch", Sketch, concurrency=2)
"""Draws the embedded world."""
