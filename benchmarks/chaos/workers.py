"""Worker processes as users start them, each behind a wire of its own, and a supervisor that starts them again."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.brokers import Broker
from benchmarks.chaos.processes import Process
from benchmarks.chaos.proxy import Wire

NAMESPACE = "chaos"
ROOT = Path(__file__).parents[2]
READY = "ready at"
"""How a worker says that it is at work."""
PAUSE = (0.2, 1.0)
"""Seconds between the end of a worker and its next start."""
PLANNERS = ("planner", "critic", "memory")
DRAWERS = (("generator",), ("generator", "critic"))


@dataclass(frozen=True, slots=True)
class Ending:
    """A worker that ended by itself."""

    worker: str
    code: int
    last_words: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all workers of a storm share."""

    broker: Broker
    folder: Path
    lease: float
    """Seconds of the setting ``bus.lease``."""
    endings: list[Ending] = field(default_factory=list)
    """Of workers that were not killed by us."""


class Worker:
    """One ``stepweave worker``."""

    def __init__(self, name: str, roles: Sequence[str], around: Surroundings) -> None:
        self.name = name
        self.roles = roles
        self.wire = Wire(around.broker.ports)
        self.troubled = False
        """A fault is under way here, or it has not come back from one."""
        self.ready = asyncio.Event()
        self.starts = 0
        self._around = around
        self._process: Process | None = None
        self._expected = False

    @property
    def decides(self) -> bool:
        """Whether it is an orchestrator."""
        return "orchestrator" in self.roles

    @property
    def process(self) -> Process:
        assert self._process is not None
        return self._process

    async def look_after(self) -> None:
        """Start it, and again whenever it ends, until cancelled."""
        ports = await self.wire.open()
        command = [sys.executable, "-m", "stepweave.app.cli", "worker", *self.roles]
        log = self._around.folder / f"{self.name}.log"
        self._process = Process(command, self._environment(ports), log)
        try:
            while True:
                self.starts += 1
                await self._process.start(self._hear)
                code = await self._process.ended()
                self.ready.clear()
                if not self._expected:
                    self._around.endings.append(Ending(self.name, code, self._process.last_words))
                self._expected = False
                await asyncio.sleep(random.uniform(*PAUSE))
        finally:
            await self._process.aclose()
            await self.wire.aclose()

    def kill(self) -> None:
        """End it at once; whoever looks after it starts it again."""
        self._expected = True
        self.ready.clear()
        self.process.kill()

    def _hear(self, line: str) -> None:
        if line.startswith(READY):
            self.ready.set()

    def _environment(self, ports: Sequence[int]) -> dict[str, str]:
        around = self._around
        path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        replicas = len(around.broker.nodes)
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")},
            "PYTHONPATH": os.pathsep.join(path),
            "STEPWEAVE_HOME": str(around.folder / "home"),
            "STEPWEAVE_BUS__URL": around.broker.url(ports),
            "STEPWEAVE_BUS__NAMESPACE": NAMESPACE,
            "STEPWEAVE_BUS__LEASE": f"{around.lease:g}",
            **({"STEPWEAVE_BUS__REPLICAS": str(replicas)} if replicas > 1 else {}),
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        }


def crew(count: int, around: Surroundings) -> list[Worker]:
    """Two orchestrators, two that plan, judge and remember, and generators, every second of which judges too.

    Raises:
        ValueError: that takes at least five processes.
    """
    if count < 5:
        raise ValueError(f"{count} workers are too few: two orchestrators, two planners and a generator make five")
    two = [Worker(f"orchestrator-{n}", ("orchestrator",), around) for n in (1, 2)]
    planners = [Worker(f"planner-{n}", PLANNERS, around) for n in (1, 2)]
    drawers = [Worker(f"generator-{n}", DRAWERS[n % 2], around) for n in range(1, count - 3)]
    return [*two, *planners, *drawers]
