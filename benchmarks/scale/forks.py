"""How long it takes to fork a run of a hundred pictures, and to fork that fork, and what it adds to the store.

    python -m benchmarks.scale.forks --page docs/performance.md

The time is that of ``Weave.fork``: reading what was decided in the parent, and writing the child's first event.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import anyio

from benchmarks.bus.server import serving
from benchmarks.page import insert, measured
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, team
from stepweave.bus import BusSettings, connect
from stepweave.messages import Options

STEPS = 100
AGENTS = {"planner.simulated": {"steps": STEPS}, "critic.simulated": {"acceptance": 0.6}}
OPTIONS = Options(
    planner="simulated", generator="simulated", critics=("simulated",), memory=None, width=64, height=64, steps=STEPS
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What forking cost."""

    what: str
    milliseconds: list[float]
    pictures: int
    """Added to the store by all of them."""


async def measure(url: str, folder: Path, times: int) -> list[Sample]:
    """Make a run, fork it, fork the fork; nobody works while forks are made, so nothing but them is measured."""
    async with connect(BusSettings(url=url, home=folder), name="bench") as bus:
        weave = Weave(bus)
        async with at_work(Host(bus, folder, settings=AGENTS), team(OPTIONS)):
            run = await weave.submit("a long story", options=OPTIONS)
            async for _ in weave.watch(run):
                pass
        first = await weave.fork(run, STEPS)
        return [
            await _forked(weave, "a fork", run, times),
            await _forked(weave, "a fork of that fork", first, times),
        ]


async def _forked(weave: Weave, what: str, run: str, times: int) -> Sample:
    before, spent = await _pictures(weave), []
    for _ in range(times):
        started = time.perf_counter()
        await weave.fork(run, STEPS)
        spent.append(1000 * (time.perf_counter() - started))
    return Sample(what, spent, await _pictures(weave) - before)


async def _pictures(weave: Weave) -> int:
    """How many pictures are in the store."""
    swept = await weave.bus.sweeper.sweep(dry_run=True)
    return swept.kept + swept.pictures


def table(samples: list[Sample]) -> str:
    """A Markdown table."""
    rows = ["| | milliseconds, median | most | pictures added |", "|---|---:|---:|---:|"]
    rows += [
        f"| {one.what} | {median(one.milliseconds):.1f} | {max(one.milliseconds):.1f} | {one.pictures} |"
        for one in samples
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.forks", description="Forks of a long run.")
    parser.add_argument("--times", type=int, default=30, help="how often each is done (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        found = table(anyio.run(measure, url, Path(folder), given.times))
    print(found)
    if given.page:
        about = f"{measured('make bench-forks', load)} A run of {STEPS} pictures, forked at its last step."
        insert(given.page, "bench-forks", f"{about}\n\n{found}")


if __name__ == "__main__":
    main()
