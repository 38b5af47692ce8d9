"""How throughput grows with worker processes, when models take no time.

    python -m benchmarks.scale.workers --page docs/performance.md

The orchestrator and whoever submits are one process; so many worker processes run a planner, a generator and a critic
each. Processor time is that of all of them and of the server, over the wall time: how many cores are busy.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median

import anyio

from benchmarks.bus.server import server_of, serving
from benchmarks.page import insert, measured
from benchmarks.scale.idle import ATTEMPTS, OPTIONS, crew
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, connect

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = (1, 2, 4, 8)
RUNS = 1_000
TASKS = 1 + 2 * sum(ATTEMPTS)
"""A plan, and for each picture a drawing and a critique."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sample:
    """One number of workers."""

    workers: int
    seconds: float
    orchestrating: float
    """Seconds of processor time of the process that decides."""
    working: float
    """Of all workers."""
    serving: float
    """Of the server."""


def spent(pid: int | str) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def work(url: str, folder: str) -> None:
    """A worker process."""
    anyio.run(_work, url, Path(folder))


async def _work(url: str, folder: Path) -> None:
    async with connect(BusSettings(url=url, home=folder), name="bench") as bus:
        await serve(Host(bus, folder), crew())


async def measure(url: str, folder: Path, pids: Sequence[int], runs: int) -> Sample:
    """Submit so many runs and wait until all have ended."""
    server = server_of(url)
    async with (
        connect(BusSettings(url=url, home=folder), name="bench") as bus,
        at_work(Host(bus, folder), [orchestrator]),
    ):
        while sum(found.instances for found in await bus.discover(0.5) if found.role == "critic") < len(pids):
            pass
        weave = Weave(bus)
        position = await bus.log.last_sequence()
        before, started = [spent("self"), sum(map(spent, pids)), spent(server)], time.perf_counter()
        async with anyio.create_task_group() as group:
            for run in range(runs):
                group.start_soon(partial(weave.submit, "a story", options=OPTIONS, run=str(run)))
            ended = 0
            async for record in bus.log.follow(branches=("ev",), after=position):
                ended += record.ends
                if ended == runs:
                    break
        seconds = time.perf_counter() - started
        after = [spent("self"), sum(map(spent, pids)), spent(server)]
    own, working, serving_ = (late - early for early, late in zip(before, after, strict=True))
    return Sample(len(pids), seconds, own, working, serving_)


def one(workers: int, runs: int) -> Sample:
    """One number of workers, on an empty server."""
    context = multiprocessing.get_context("spawn")
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        processes = [context.Process(target=work, args=(url, folder), daemon=True) for _ in range(workers)]
        for process in processes:
            process.start()
        try:
            return anyio.run(measure, url, Path(folder), [process.pid or 0 for process in processes], runs)
        finally:
            for process in processes:
                process.kill()
                process.join()


def table(samples: Sequence[Sample], runs: int) -> str:
    """A Markdown table: medians of the rounds."""
    rows = [
        "| worker processes | tasks a second | times one | cores busy | of that deciding | working | the server |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    first = 0.0
    for workers in sorted({sample.workers for sample in samples}):
        mine = [sample for sample in samples if sample.workers == workers]
        rate = runs * TASKS / median(sample.seconds for sample in mine)
        first = first or rate
        parts = [
            median(getattr(sample, name) / sample.seconds for sample in mine)
            for name in ("orchestrating", "working", "serving")
        ]
        cells = " | ".join(f"{part:.2f}" for part in (sum(parts), *parts))
        rows.append(f"| {workers} | {rate:,.0f} | {rate / first:.2f} | {cells} |")
    return "\n".join(rows)


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.workers", description="Worker processes.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default %(default)s)")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs at once (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(one(given.one, given.runs))))
        return
    load = os.getloadavg()[0]
    command = [sys.executable, "-m", "benchmarks.scale.workers", "--runs", str(given.runs), "--one"]
    samples = []
    for _ in range(given.rounds):
        for workers in WORKERS:
            done = subprocess.run([*command, str(workers)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
            samples.append(Sample(**json.loads(done.stdout)))
    found = table(samples, given.runs)
    print(found)
    if given.page:
        about = (
            f"{measured('make bench-scale', load)} {given.runs:,} runs at once of {TASKS} tasks, zero model time; "
            f"medians of {given.rounds} rounds."
        )
        insert(given.page, "bench-workers", f"{about}\n\n{found}")


if __name__ == "__main__":
    main()
