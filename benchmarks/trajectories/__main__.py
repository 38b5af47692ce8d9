"""Trajectories out of a log of ten thousand runs, over the rate at which that log itself can be read.

    python -m benchmarks.trajectories --page docs/performance.md

A fresh server's log is filled with runs that the policies themselves have made. Then, in processes of their own and by
turns, the log is read - once as it comes from the server, once as records, which is what everybody works with - and a
data set is built. Pictures are no part of it. Beside it a quarter of the runs, for memory must not grow with the log.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.bus.server import serving
from benchmarks.log.__main__ import Writer
from benchmarks.log.history import Told, history
from benchmarks.page import insert, measured
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Decided, Outcome, encode
from stepweave.training.building import build

SIDES = ("raw", "records", "build")
_HASH = re.compile(rb"[0-9a-f]{64}")
ABREAST = 200
"""Runs whose messages stand mixed in the log."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one process did."""

    messages: int
    seconds: float
    resident: int
    """Bytes, at most."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


async def fill(bus: Bus, runs: int, length: int) -> int:
    """Write so many ended runs of about so many messages; gives how many messages that were."""
    end = Told("ev", ("finished",), Decided(outcome=Outcome(status="completed")))
    told = [(each, encode(each.message)) for each in (*history(length - 1), end)]
    writer = Writer(bus)
    for first in range(0, runs, ABREAST):
        numbers = range(first, min(first + ABREAST, runs))
        await writer.write_mixed({f"run-{number:06d}": list(_own(number, told)) for number in numbers})
    await writer.settle()
    return writer.sequence


def _own(number: int, told: Sequence[tuple[Told, bytes]]) -> Iterator[tuple[Told, bytes]]:
    """The same run with pictures and words of its own, or all would be packed into nothing."""
    words = random.Random(number)
    thing = " ".join(f"{words.getrandbits(32):x}" for _ in range(3)).encode()
    for each, body in told:
        yield each, _HASH.sub(lambda _: b"%064x" % words.getrandbits(256), body).replace(b"boat", thing)


async def work(side: str, url: str, folder: Path) -> Done:
    """One side, once."""
    async with connect(BusSettings(url=url, home=folder), name="bench") as bus:
        end = await bus.log.last_sequence()
        started = time.perf_counter()
        count = 0
        if side == "raw":
            async for _ in bus.log._reader.all(bus.log._subjects.everything()):
                count += 1
        elif side == "records":
            async for _ in bus.log.everything(0, end):
                count += 1
        else:
            count = (await build(bus, folder / "data", pictures=False)).read
        seconds = time.perf_counter() - started
    return Done(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def apart(side: str, url: str) -> Done:
    """The same in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.trajectories", "--side", side, "--url", url]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Done(**json.loads(done.stdout))


def by_turns(runs: int, length: int, rounds: int) -> dict[str, list[Done]]:
    """Fill a log, then measure all sides, the first by turns."""
    found: dict[str, list[Done]] = {side: [] for side in SIDES}
    with serving() as url:
        asyncio.run(_filled(url, runs, length))
        for number in range(rounds):
            for place in range(len(SIDES)):
                side = SIDES[(number + place) % len(SIDES)]
                found[side].append(apart(side, url))
    return found


async def _filled(url: str, runs: int, length: int) -> None:
    async with connect(BusSettings(url=url), name="bench") as bus:
        await fill(bus, runs, length)


def share(found: Mapping[str, Sequence[Done]], side: str) -> str:
    """Of the rate of a side that a build has, as the median of the rounds, and all of them."""
    shares = [built.rate / read.rate for built, read in zip(found["build"], found[side], strict=True)]
    return f"**{median(shares):.2f}** ({', '.join(f'{each:.2f}' for each in shares)})"


def table(runs: int, found: Mapping[str, Sequence[Done]], few: int, of_few: Mapping[str, Sequence[Done]]) -> str:
    """A Markdown table: medians of the rounds."""
    names = {"raw": "read as it comes from the server", "records": "read as records", "build": "data set built"}
    rows = [
        f"| | {few:,} runs | | {runs:,} runs | |",
        "|---|---:|---:|---:|---:|",
        "| | a second | MiB | a second | MiB |",
    ]
    for side, name in names.items():
        cells = [
            f"{median(done.rate for done in each[side]):,.0f} | {max(done.resident for done in each[side]) >> 20}"
            for each in (of_few, found)
        ]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    messages = found["build"][0].messages
    return "\n".join(rows) + (
        f"\n\n{runs:,} runs are {messages:,} messages. Their data set is built at {share(found, 'records')} of the "
        f"rate at which the log is read as records in the same round, {share(found, 'raw')} of that at which it comes "
        "from the server."
    )


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trajectories", description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000, help="runs in the log (10000)")
    parser.add_argument("--length", type=int, default=60, help="messages of each (60)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is measured (3)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given, load = parser.parse_args(), os.getloadavg()[0]
    if given.side:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(asdict(asyncio.run(work(given.side, given.url, Path(folder))))))
        return
    few = max(1, given.runs // 4)
    of_few = by_turns(few, given.length, given.rounds)
    text = table(given.runs, by_turns(given.runs, given.length, given.rounds), few, of_few)
    print(text)
    if given.page is not None:
        insert(given.page, "bench-trajectories", f"{measured('make bench-trajectories', load)}\n\n{text}")


if __name__ == "__main__":
    main()
