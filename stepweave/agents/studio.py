"""The studio: one image tool, and all who want pictures of it.

A tool that likes to draw several pictures in one go gets them so: orders of many runs that fit into one batch are
gathered, and one batch is drawn at a time, for there is one device below. Any other tool gets every order by itself, in
a thread of its own.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Self

from anyio import to_thread

from stepweave.agents.gathering import Gatherer
from stepweave.tools.protocol import BrokenTool, ImageTool, Order, Picture, ToolError, check, likeness


@dataclass(frozen=True, slots=True)
class Finished:
    """A picture, and how long its tool took for the batch it was in."""

    picture: Picture
    seconds: float


class Studio:
    """Has a tool draw; use it as an async context."""

    def __init__(self, tool: ImageTool, *, wait: float = 0.0) -> None:
        """The tool, and the seconds that an order waits for others to be drawn with it."""
        self.tool = tool
        self._stack = AsyncExitStack()
        self._gatherer: Gatherer[Order, Finished] | None = None
        if tool.abilities.batch > 1:
            self._gatherer = Gatherer(self._batch, key=likeness, most=tool.abilities.batch, wait=wait)

    async def __aenter__(self) -> Self:
        if self._gatherer is not None:
            await self._stack.enter_async_context(self._gatherer)
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def draw(self, order: Order) -> Finished:
        """Have an order drawn.

        Raises:
            ToolError: it cannot be; the error of the tool.
        """
        check(order, self.tool.abilities)
        if self._gatherer is not None:
            return await self._gatherer(order)
        (found,) = await self._batch([order])
        if isinstance(found, Exception):
            raise found
        return found

    async def _batch(self, orders: Sequence[Order]) -> Sequence[Finished | Exception]:
        drawn, seconds = await to_thread.run_sync(self._drawn, orders)
        return [each if isinstance(each, ToolError) else Finished(each, seconds) for each in drawn]

    def _drawn(self, orders: Sequence[Order]) -> tuple[Sequence[Picture | ToolError], float]:
        started = time.perf_counter()
        drawn = self.tool.draw(orders)
        seconds = time.perf_counter() - started
        if len(drawn) != len(orders):
            raise BrokenTool(f"{self.tool.name} drew {len(drawn)} pictures for {len(orders)} orders")
        return drawn, seconds
