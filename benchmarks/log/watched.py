"""An orchestrator in a process of its own, which tells again and again how many runs it holds in how much memory."""

from __future__ import annotations

import json
import sys
import time

import anyio

from stepweave.agents.orchestrator import Orchestrator
from stepweave.bus import Bus, BusSettings, connect

LOOK = 0.25
"""Seconds between two lines."""


class Watched(Orchestrator):
    """Counts the runs that it has taken up."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus, "/watched/orchestrator")
        self.taken_up: set[str] = set()

    async def _take_up(self, run: str) -> None:
        await super()._take_up(run)
        self.taken_up.add(run)


async def main(url: str) -> None:
    started = time.monotonic()
    async with connect(BusSettings(url=url), name="watched") as bus, anyio.create_task_group() as group:
        orchestrator = Watched(bus)
        group.start_soon(orchestrator.run)
        while True:
            seconds = time.monotonic() - started
            print(json.dumps({"seconds": seconds, "runs": len(orchestrator.taken_up), "bytes": resident()}), flush=True)
            await anyio.sleep(LOOK)


def resident() -> int:
    """Bytes of memory this process holds."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


if __name__ == "__main__":
    anyio.run(main, sys.argv[1])
