"""The desk: takes orders for one tool, as many as it can remember, and knows whether the tool works."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import anyio
from PIL import Image

from stepweave.agents.generator import Generator, Usage
from stepweave.agents.studio import Studio
from stepweave.app.images_server.health import Health
from stepweave.app.images_server.parameters import Offer, fitted
from stepweave.app.images_server.replies import Problem, is_own, told
from stepweave.app.settings import ServeSettings
from stepweave.tools.protocol import ImageTool, Order, Picture, Unwanted

logger = logging.getLogger(__name__)

PROBE = "a red circle"
"""The first picture; every tool understands it."""


@dataclass(frozen=True, slots=True)
class _Room:
    """Where pictures are drawn."""

    tool: ImageTool
    usage: Usage
    studio: Studio
    hands: anyio.CapacityLimiter
    """Of a tool that draws one by one; of any other as many as may be open."""


class Desk:
    """Takes orders; :meth:`run` does what goes on beside."""

    def __init__(
        self, generator: Generator[Any], agents: Mapping[str, Any], settings: ServeSettings, model: str = ""
    ) -> None:
        """Nothing is loaded yet.

        Args:
            generator: what draws.
            agents: settings of all agents.
            settings: how much is taken.
            model: what to call it for clients; empty: as the tool calls itself.
        """
        self.health = Health()
        self._generator = generator
        self._agents = agents
        self._settings = settings
        self._model = model
        self._room: _Room | None = None
        self._ending = False
        self._reading = 0
        self._open = 0
        self._scopes: set[anyio.CancelScope] = set()
        self._left = anyio.Event()

    @property
    def tool(self) -> ImageTool:
        """What draws.

        Raises:
            Problem: it is not loaded.
        """
        return self._there().tool

    @property
    def offer(self) -> Offer:
        """What is served.

        Raises:
            Problem: it is not loaded.
        """
        tool = self._there().tool
        return Offer(self._model or tool.name, tool.abilities, self._settings.pixels)

    async def run(self) -> None:
        """Load the tool, draw a first picture, and draw further ones as long as none can be had; until cancelled.

        At the end orders under way are brought to theirs, for so long as the settings say; the rest is called off.
        """
        async with (
            self._generator.opened(self._agents) as (tool, usage),
            Studio(tool, wait=usage.wait) as studio,
        ):
            alone = tool.abilities.batch == 1
            hands = anyio.CapacityLimiter(usage.concurrency if alone else self._settings.waiting)
            self._room = _Room(tool, usage, studio, hands)
            self.health.opened = True
            try:
                while True:
                    if self.health.state != "ready":
                        await self._probe()
                    await anyio.sleep(self._settings.pause)
            finally:
                await self._ended()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Beside others, read what is ordered; requests that are read take memory, so there are not too many.

        Raises:
            Problem: too many come in already, or nothing can be ordered.
        """
        self._there()
        if max(self._reading, self._open) >= self._settings.waiting:
            raise self._full()
        self._reading += 1
        try:
            yield
        finally:
            self._reading -= 1

    async def draw(self, orders: Sequence[Order], left: Callable[[], Awaitable[None]]) -> list[Picture]:
        """Have orders drawn, all or none.

        Args:
            orders: what is wanted.
            left: returns when nobody waits for them any more.

        Raises:
            Problem: too many wait, or this is the end.
            Exception: one could not be drawn; the error of the tool.
        """
        room = self._there()
        if self._open + len(orders) > self._settings.waiting:
            raise self._full()
        self._open += len(orders)
        try:
            return await self._drawn(room, orders, left)
        finally:
            self._open -= len(orders)

    async def _drawn(self, room: _Room, orders: Sequence[Order], left: Callable[[], Awaitable[None]]) -> list[Picture]:
        gone = threading.Event()
        found: dict[int, Picture] = {}
        failed: list[Exception] = []

        async def attend() -> None:
            try:
                await left()
                group.cancel_scope.cancel()
            finally:
                gone.set()  # whatever ends this: a thread that draws cannot be cancelled, it has to look

        async def one(place: int, order: Order) -> None:
            try:
                found[place] = await self._one(room, order)
            except Exception as error:
                if not isinstance(error, Unwanted):  # that only says that this has ended already
                    failed.append(error)
                group.cancel_scope.cancel()
            if len(found) == len(orders):
                group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            self._scopes.add(group.cancel_scope)
            group.start_soon(attend)
            for place, order in enumerate(orders):
                group.start_soon(one, place, replace(order, wanted=lambda: not gone.is_set()))
        self._scopes.discard(group.cancel_scope)
        self._left.set()
        self._left = anyio.Event()
        if failed:
            raise failed[0]
        if len(found) < len(orders):
            raise Problem(503, "the server is ending, or nobody waits any more; ask again", "called_off")
        return [found[place] for place in range(len(orders))]

    async def _one(self, room: _Room, order: Order) -> Picture:
        async with room.hands:
            try:
                finished = await room.studio.draw(order)
            except Exception as error:
                if is_own(error):
                    logger.warning("%s failed: %s", room.tool.name, told(error))
                    self.health.failed(told(error))
                raise
            self.health.drew()
            await anyio.sleep(max(0.0, room.usage.least - finished.seconds))
            return finished.picture

    async def _probe(self) -> None:
        """Draw a picture for nobody; what comes of it stands in ``health``."""
        offer = self.offer
        width, height = fitted(offer.size, offer.abilities)
        sources = () if offer.abilities.generate else (Image.new("RGB", (width, height), "white"),)
        try:
            await self.draw([Order(PROBE, 0, width, height, sources)], anyio.sleep_forever)
        except Problem:
            return  # there is so much to do that it will be known without
        except Exception as error:
            if not is_own(error):  # refuses what every tool can do
                self.health.failed(told(error))

    async def _ended(self) -> None:
        self._ending = True
        with anyio.CancelScope(shield=True):
            with anyio.move_on_after(self._settings.grace):
                await self._empty()
            for scope in list(self._scopes):
                scope.cancel()
            await self._empty()
        self._room = None

    async def _empty(self) -> None:
        while self._scopes:
            await self._left.wait()

    def _there(self) -> _Room:
        if self._room is None or self._ending:
            why = "the server is ending" if self._ending else self.health.reason
            raise Problem(503, f"{why}; ask again", "unavailable")
        return self._room

    def _full(self) -> Problem:
        most = self._settings.waiting
        return Problem(
            429, f"{most} pictures wait already; ask again later, or raise serve.waiting", "too_many_waiting"
        )
