"""From one run at a time to ten thousand at once: time and memory of each.

    python -m benchmarks.scale.crowd --page docs/performance.md

All runs are submitted together, to one process with an orchestrator and agents that take no time. Each number of runs
is measured in a process of its own, on an empty server. Memory is what the process needs at most beyond what it needed
before the first run; the server is a process of its own, whose memory is told beside it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import anyio

from benchmarks.bus.server import server_of, serving
from benchmarks.page import insert, measured
from benchmarks.scale.idle import OPTIONS, crew
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work
from stepweave.agents.orchestrator import orchestrator
from stepweave.bus import BusSettings, connect

ROOT = Path(__file__).resolve().parent.parent.parent
CROWDS = (1, 10, 100, 1_000, 10_000)
SUBMITTED = 256
"""Requests under way at a time."""
LOOK = 0.1
"""Seconds between two looks at the memory."""
KIB = 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One crowd."""

    runs: int
    seconds: float
    memory: int
    """Bytes of the process beyond those before the first run, at most."""
    server: int
    """The same of the server."""


def resident(pid: int | str = "self") -> int:
    """Bytes of memory that a process holds now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def measure(url: str, folder: Path, runs: int) -> Sample:
    """Submit so many runs and wait until all have ended."""
    server = server_of(url)
    async with (
        connect(BusSettings(url=url, home=folder), name="bench") as bus,
        at_work(Host(bus, folder), [orchestrator, *crew()]),
        anyio.create_task_group() as group,
    ):
        weave, done = Weave(bus), anyio.Event()
        group.start_soon(_count, weave, runs, done)
        await anyio.sleep(0.5)
        gc.collect()
        before, before_server = resident(), resident(server)
        most, most_server = before, before_server
        started = time.perf_counter()
        group.start_soon(_submit, weave, runs)
        while not done.is_set():
            with anyio.move_on_after(LOOK):
                await done.wait()
            most, most_server = max(most, resident()), max(most_server, resident(server))
        seconds = time.perf_counter() - started
        group.cancel_scope.cancel()
    return Sample(runs, seconds, most - before, most_server - before_server)


async def _submit(weave: Weave, runs: int) -> None:
    limiter = anyio.CapacityLimiter(SUBMITTED)

    async def submit(run: int) -> None:
        async with limiter:
            await weave.submit("a story", options=OPTIONS, run=str(run))

    async with anyio.create_task_group() as group:
        for run in range(runs):
            group.start_soon(submit, run)


async def _count(weave: Weave, runs: int, done: anyio.Event) -> None:
    ended = 0
    async for record in weave.bus.log.follow(branches=("ev",), after=0):
        ended += record.ends
        if ended == runs:
            done.set()


def crowd(runs: int) -> Sample:
    """One crowd, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scale.crowd", "--one", str(runs)]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Sample(**json.loads(said))


def table(samples: Sequence[Sample]) -> str:
    """A Markdown table: medians of the rounds."""
    rows = [
        "| runs at once | seconds | microseconds a run | KiB a run | server, KiB a run |",
        "|---:|---:|---:|---:|---:|",
    ]
    for runs in sorted({sample.runs for sample in samples}):
        mine = [sample for sample in samples if sample.runs == runs]
        seconds, memory = median(one.seconds for one in mine), median(one.memory for one in mine)
        server = median(one.server for one in mine)
        rows.append(
            f"| {runs:,} | {seconds:.2f} | {1e6 * seconds / runs:,.0f} | {memory / runs / KIB:,.0f} | "
            f"{server / runs / KIB:,.0f} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.crowd", description="Runs at once.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default %(default)s)")
    parser.add_argument("--most", type=int, default=CROWDS[-1], help="runs at once, at most (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with serving() as url, tempfile.TemporaryDirectory() as folder:
            gc.set_threshold(10_000, 20, 20)  # as our own workers have it
            print(json.dumps(asdict(anyio.run(measure, url, Path(folder), given.one))))
        return
    load = os.getloadavg()[0]
    found = table([crowd(runs) for _ in range(given.rounds) for runs in CROWDS if runs <= given.most])
    print(found)
    if given.page:
        about = f"{measured('make bench-scale', load)} Medians of {given.rounds} rounds."
        insert(given.page, "bench-crowd", f"{about}\n\n{found}")


if __name__ == "__main__":
    main()
