"""Gathering asks that come one by one into batches: as many as fit, but none waits longer than it must.

A model draws eight pictures hardly slower than one, and samples eight opinions on a picture for the price of reading it
once. Who asks does not know of the others; what comes of one does not touch them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Self, TypeVar

import anyio
from anyio.abc import TaskGroup

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T, R]):
    """Something that was brought, and what came of it."""

    item: T
    since: float
    done: anyio.Event = field(default_factory=anyio.Event)
    outcome: R | Exception | None = None
    left: bool = False
    """Whoever brought it has gone."""


class Gatherer(Generic[T, R]):
    """Work in batches, for callers who bring one thing each: ``result = await gatherer(item)``."""

    def __init__(
        self,
        work: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]],
        *,
        key: Callable[[T], Hashable],
        most: int,
        wait: float,
        lanes: int = 1,
    ) -> None:
        """Nothing is done until it is entered.

        Args:
            work: does a batch; gives a result or an error for each, in their order. If it raises, each is tried once
                more by itself, so that one that cannot be done does not take the others with it.
            key: things of the same key fit into one batch.
            most: things in a batch.
            wait: seconds that a thing waits for others while a lane is free; while none is, it waits anyway.
            lanes: batches that are worked on at a time.
        """
        self._work = work
        self._key = key
        self._most = most
        self._wait = wait
        self._lanes = lanes
        self._queues: dict[Hashable, deque[_Waiting[T, R]]] = {}
        self._news = anyio.Event()
        self._group: TaskGroup | None = None

    async def __aenter__(self) -> Self:
        self._group = anyio.create_task_group()
        await self._group.__aenter__()
        for _ in range(self._lanes):
            self._group.start_soon(self._lane)
        return self

    async def __aexit__(self, *exception: object) -> None:
        assert self._group is not None
        self._group.cancel_scope.cancel()
        await self._group.__aexit__(None, None, None)

    async def __call__(self, item: T) -> R:
        """Have something done together with others like it.

        Raises:
            Exception: what went wrong with it.
        """
        waiting: _Waiting[T, R] = _Waiting(item, anyio.current_time())
        self._queues.setdefault(self._key(item), deque()).append(waiting)
        self._news.set()
        self._news = anyio.Event()
        try:
            await waiting.done.wait()
        except anyio.get_cancelled_exc_class():
            waiting.left = True
            raise
        if isinstance(waiting.outcome, Exception):
            raise waiting.outcome
        assert waiting.outcome is not None
        return waiting.outcome

    async def _lane(self) -> None:
        while True:
            batch = await self._next()
            outcomes = await self._done([each.item for each in batch])
            for each, outcome in zip(batch, outcomes, strict=True):
                each.outcome = outcome
                each.done.set()

    async def _next(self) -> list[_Waiting[T, R]]:
        """The next batch: of those that are full or have waited long enough, the one whose first has waited longest."""
        while True:
            news, due = self._news, self._due()
            if due is not None and due[0] <= anyio.current_time():
                return self._taken(due[1])
            with anyio.move_on_at(due[0]) if due is not None else anyio.CancelScope():
                await news.wait()

    def _due(self) -> tuple[float, Hashable] | None:
        """When the next batch may begin, and its key."""
        found: list[tuple[float, float, Hashable]] = []
        for key, queue in list(self._queues.items()):
            while queue and queue[0].left:
                queue.popleft()
            if not queue:
                del self._queues[key]
                continue
            first = queue[0].since
            full = len(queue) >= self._most
            found.append((first if full else first + self._wait, first, key))
        if not found:
            return None
        now = anyio.current_time()
        ready = [each for each in found if each[0] <= now]
        at, _, key = min(ready, key=lambda each: each[1]) if ready else min(found, key=lambda each: each[0])
        return at, key

    def _taken(self, key: Hashable) -> list[_Waiting[T, R]]:
        queue, batch = self._queues[key], list[_Waiting[T, R]]()
        while queue and len(batch) < self._most:
            waiting = queue.popleft()
            if not waiting.left:
                batch.append(waiting)
        if not queue:
            del self._queues[key]
        return batch

    async def _done(self, items: Sequence[T]) -> Sequence[R | Exception]:
        outcome = await self._tried(items)
        if not isinstance(outcome, Exception):
            return outcome
        if len(items) == 1:
            return [outcome]
        alone = [await self._tried([item]) for item in items]
        return [each if isinstance(each, Exception) else each[0] for each in alone]

    async def _tried(self, items: Sequence[T]) -> Sequence[R | Exception] | Exception:
        try:
            outcomes = await self._work(items)
        except Exception as error:
            return error
        if len(outcomes) != len(items):
            return RuntimeError(f"{len(outcomes)} results for {len(items)} things")
        return outcomes
