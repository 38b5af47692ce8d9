"""The gate before the queues: commands of background runs wait here until a worker has nothing else to do.

What is in a queue comes in the order in which it was put there, so what may wait must not be put there early. A
background command is let in only when no other waits in its queue and a worker is idle, so an interactive run waits for
one background task to end at the most. The gate forgets everything when its process ends; whoever takes up the runs
puts their unanswered commands before a gate again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial

import anyio

from stepweave.bus import Bus

LOOK = 0.05
"""Seconds between two looks at a queue before which commands wait."""

Address = tuple[str, str]
"""Role and capability."""
Name = tuple[str, str]
"""Run and task."""
Admit = Callable[[], Awaitable[None]]
"""Puts a command into its queue."""


class Gate:
    """Commands before the gate, by the queue they are for, in the order they came."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._waiting: dict[Address, OrderedDict[Name, Admit]] = {}
        self._came = anyio.Event()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def put(self, address: Address, name: Name, admit: Admit) -> None:
        """Have a command wait; one of the same name that waits already keeps its place."""
        self._waiting.setdefault(address, OrderedDict()).setdefault(name, admit)
        self._came.set()

    def drop(self, address: Address, name: Name) -> None:
        """Have a command wait no longer, if it does."""
        self._waiting.get(address, OrderedDict()).pop(name, None)

    async def run(self) -> None:
        """Let commands in until cancelled."""
        while True:
            if not self._waiting:
                self._came = anyio.Event()
                await self._came.wait()
            async with anyio.create_task_group() as group:
                for address in list(self._waiting):
                    group.start_soon(partial(self._let_in, address))
            if self._waiting:
                await anyio.sleep(LOOK)

    async def _let_in(self, address: Address) -> None:
        queue = await self._bus.queue_info(*address)
        waiting = self._waiting[address]
        for _ in range(queue.idle if queue is not None and not queue.waiting else 0):
            if waiting:
                _, admit = waiting.popitem(last=False)
                await admit()
        if not waiting:
            self._waiting.pop(address, None)
