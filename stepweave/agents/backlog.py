"""The backlog of an orchestrator: runs to be looked after when what is heard leaves time for it."""

from __future__ import annotations

from collections import OrderedDict

import anyio


class Backlog:
    """Runs, each once, in the order they came."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, None] = OrderedDict()
        self._came = anyio.Event()

    def put(self, run: str) -> None:
        """Add a run, unless it waits already."""
        self._runs.setdefault(run)
        self._came.set()

    async def take(self) -> str:
        """The run that has waited longest, as soon as there is one."""
        while not self._runs:
            self._came = anyio.Event()
            await self._came.wait()
        return self._runs.popitem(last=False)[0]
