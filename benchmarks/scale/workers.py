"""How throughput grows with worker processes, when models take no time.

    python -m benchmarks.scale.workers --page docs/performance.md

So many processes run an orchestrator each, so many a planner, a generator and a critic each; one more submits the runs
and hears how they end. Processor time is that of all of them and of the server, over the wall time: how many cores are
busy.
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
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from statistics import median

import anyio

from benchmarks.bus.server import server_of, serving
from benchmarks.page import insert, measured
from benchmarks.scale.idle import ATTEMPTS, OPTIONS, crew
from stepweave.agents.agent import Host, Participant
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, source
from stepweave.agents.orchestrator import orchestrator
from stepweave.bus import Bus, BusSettings, connect

ROOT = Path(__file__).resolve().parent.parent.parent
CREWS = ((1, 1), (1, 2), (1, 4), (1, 8), (2, 2), (2, 4))
"""Processes that decide, and processes that work."""
WARM = 40
"""Runs before the time is taken: orchestrators get to know each other by them."""
RUNS = 1_000
TASKS = 1 + 2 * sum(ATTEMPTS)
"""A plan, and for each picture a drawing and a critique."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sample:
    """One number of processes."""

    deciders: int
    workers: int
    seconds: float
    deciding: float
    """Seconds of processor time of all orchestrators."""
    working: float
    """Of all workers."""
    serving: float
    """Of the server."""
    asking: float
    """Of the process that submits the runs and hears their ends."""


def spent(pid: int | str) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def decide(url: str, folder: str, ready: Semaphore) -> None:
    """A process with an orchestrator."""
    anyio.run(_serve, url, Path(folder), ready, [orchestrator])


def work(url: str, folder: str, ready: Semaphore) -> None:
    """A process with workers."""
    anyio.run(_serve, url, Path(folder), ready, crew())


async def _serve(url: str, folder: Path, ready: Semaphore, specs: Sequence[Participant]) -> None:
    async with (
        connect(BusSettings(url=url, home=folder), name="bench") as bus,
        at_work(Host(bus, folder, source()), specs),
    ):
        ready.release()
        await anyio.sleep_forever()


async def _through(bus: Bus, names: Sequence[str]) -> None:
    """Submit runs of these names, and wait until all have ended."""
    weave, position = Weave(bus), await bus.log.last_sequence()
    async with anyio.create_task_group() as group:
        for name in names:
            group.start_soon(partial(weave.submit, "a story", options=OPTIONS, run=name))
        left = set(names)
        async for record in bus.log.follow(branches=("ev",), after=position):
            if record.ends:
                left.discard(record.run)
            if not left:
                break


async def measure(url: str, folder: Path, deciders: Sequence[int], workers: Sequence[int], runs: int) -> Sample:
    """Submit so many runs, given the numbers of the processes, and wait until all have ended."""
    server = server_of(url)

    def used() -> tuple[float, ...]:
        return sum(map(spent, deciders)), sum(map(spent, workers)), spent(server), spent("self")

    async with connect(BusSettings(url=url, home=folder), name="bench") as bus:
        await _through(bus, [f"warm-{run}" for run in range(WARM)])
        before, started = used(), time.perf_counter()
        await _through(bus, [str(run) for run in range(runs)])
        seconds = time.perf_counter() - started
    parts = (late - early for early, late in zip(before, used(), strict=True))
    return Sample(len(deciders), len(workers), seconds, *parts)


def one(deciders: int, workers: int, runs: int) -> Sample:
    """One number of processes, on an empty server."""
    context = multiprocessing.get_context("spawn")
    ready = context.Semaphore(0)
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        targets = [decide] * deciders + [work] * workers
        processes = [context.Process(target=each, args=(url, folder, ready), daemon=True) for each in targets]
        for process in processes:
            process.start()
        try:
            for _ in processes:
                ready.acquire()
            pids = [process.pid or 0 for process in processes]
            return anyio.run(measure, url, Path(folder), pids[:deciders], pids[deciders:], runs)
        finally:
            for process in processes:
                process.kill()
                process.join()


def table(samples: Sequence[Sample], runs: int) -> str:
    """A Markdown table: medians of the rounds."""
    rows = [
        "| orchestrators | worker processes | tasks a second | times the first | cores busy | of that deciding "
        "| working | the server | asking |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    first = 0.0
    for numbers in dict.fromkeys((sample.deciders, sample.workers) for sample in samples):
        mine = [sample for sample in samples if (sample.deciders, sample.workers) == numbers]
        rate = runs * TASKS / median(sample.seconds for sample in mine)
        first = first or rate
        parts = [
            median(getattr(sample, name) / sample.seconds for sample in mine)
            for name in ("deciding", "working", "serving", "asking")
        ]
        cells = " | ".join(f"{part:.2f}" for part in (sum(parts), *parts))
        rows.append(f"| {numbers[0]} | {numbers[1]} | {rate:,.0f} | {rate / first:.2f} | {cells} |")
    return "\n".join(rows)


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.workers", description="Worker processes.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default %(default)s)")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs at once (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    parser.add_argument("--one", type=int, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(one(*given.one, given.runs))))
        return
    load = os.getloadavg()[0]
    command = [sys.executable, "-m", "benchmarks.scale.workers", "--runs", str(given.runs), "--one"]
    samples = []
    for _ in range(given.rounds):
        for numbers in CREWS:
            done = subprocess.run(
                [*command, *map(str, numbers)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
            )
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
