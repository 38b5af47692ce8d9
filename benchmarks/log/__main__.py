"""``python -m benchmarks.log``: many unfinished runs in one log, and an orchestrator that starts on them.

It fills the log of a fresh server with runs that are under way, asks for one run more, starts an orchestrator, and
measures how long that run waits for its first decision, how long it takes until all runs are held, and how much memory
that needs. Beside it the fold alone: one long run, in the process and from the log.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.log.history import Told, history, records
from benchmarks.page import insert, measured
from stepweave.bus import Bus, BusSettings, connect
from stepweave.bus.envelope import new_id, seal
from stepweave.bus.process import ServerProcess
from stepweave.bus.program import find_program
from stepweave.messages import RunRequested, encode
from stepweave.policies.state import RunState, fold, replay

WINDOW = 1000
"""Messages under way while the log is filled."""
LONG, FOLDED = "long", 1000
"""The run that is folded, and its messages."""
PATIENCE = 600.0
"""Seconds to wait for anything."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured."""

    runs: int
    messages: int
    new: float
    """Seconds from the start of the process to the first decision about a run that nobody had decided for."""
    all: float
    """Seconds until every run was held."""
    resident: int
    """Bytes of the orchestrator then."""
    idle: int
    """Bytes of an orchestrator that holds no run."""
    fold: float
    """Seconds to fold a run of a thousand messages that is in memory."""
    read: float
    """Seconds to read and fold it from this log."""
    restart: float
    """Seconds from the kill of the server to its first answer about this log."""


class Writer:
    """Writes whole runs, as fast as the log takes them. Nobody else writes, so every sequence is known before."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._under_way: list[asyncio.Task[object]] = []
        self.sequence = 0

    async def write(self, run: str, told: Sequence[tuple[Told, bytes]]) -> None:
        """Write the messages of one run, with their bodies."""
        await self.write_mixed({run: told})

    async def write_mixed(self, told: Mapping[str, Sequence[tuple[Told, bytes]]]) -> None:
        """Write runs as they stand in a log when they go on at the same time: by turns a message of each."""
        events = dict.fromkeys(told, 0)
        for turn in zip(*told.values(), strict=True):
            for run, (each, body) in zip(told, turn, strict=True):
                tokens = (*each.tokens, str(events[run])) if each.branch == "ev" else each.tokens
                self.sequence += 1
                events[run] += each.branch == "ev"
                subject = ".".join((self._bus.settings.namespace, "run", run, each.branch, *tokens))
                header = seal(each.message, source="/orchestrator", about=run, id_=new_id(), traceparent=None)
                self._under_way.append(asyncio.create_task(self._bus._connection.call(subject, body, header)))
            if len(self._under_way) >= WINDOW:
                await self.settle()

    async def settle(self) -> None:
        """Wait until all that was written stands.

        Raises:
            ValueError: it does not stand where it should.
        """
        await asyncio.gather(*self._under_way)
        self._under_way.clear()
        if (last := await self._bus.log.last_sequence()) != self.sequence:
            raise ValueError(f"the log ends at {last}, not at {self.sequence}")


async def fill(bus: Bus, runs: int, length: int) -> int:
    """Write many runs, and one of a thousand messages; gives how many messages that were."""
    writer = Writer(bus)
    told = [(each, encode(each.message)) for each in history(length)]
    for number in range(runs):
        await writer.write(f"old-{number:06d}", told)
        if number % 1000 == 0:
            print(f"{number} of {runs} runs written", file=sys.stderr)
    await writer.write(LONG, [(each, encode(each.message)) for each in history(FOLDED)])
    await writer.settle()
    return writer.sequence


class Watched:
    """The orchestrator under watch."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "benchmarks.log.watched", url]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    async def line(self) -> dict[str, float]:
        """What it says next."""
        assert self._process.stdout is not None
        found: dict[str, float] = json.loads(await asyncio.to_thread(self._process.stdout.readline))
        return found

    async def until(self, runs: int) -> dict[str, float]:
        """What it says once it holds so many runs."""
        deadline = time.monotonic() + PATIENCE
        while (line := await self.line())["runs"] < runs:
            if time.monotonic() > deadline:
                raise TimeoutError(f"only {line['runs']} of {runs} runs are held after {PATIENCE:g} s")
        return line

    def stop(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()


async def started(bus: Bus, url: str, runs: int) -> tuple[float, dict[str, float]]:
    """Ask for a run, start an orchestrator; seconds until it decides about that run, and its line when it holds all."""
    name = f"new-{new_id()[:8]}"
    await bus.log.request(name, RunRequested(request="a cat"))
    began = time.monotonic()
    watched = Watched(url)
    try:
        async with asyncio.timeout(PATIENCE):
            async for record in bus.log.follow(run=name, branches=("ev",), after=0):
                if record.tokens[0] != "requested":
                    break
        seconds = time.monotonic() - began
        return seconds, await watched.until(runs + 1)
    finally:
        watched.stop()


async def measure(runs: int, length: int, folds: int) -> Figures:
    """All figures, on a fresh server."""
    with tempfile.TemporaryDirectory() as folder:
        server = ServerProcess(Path(folder))
        url = server.start(find_program(), keep_address=False)
        try:
            async with connect(BusSettings(url=url, namespace="empty"), name="bench"):
                idle = await held(url, 0)
            async with connect(BusSettings(url=url), name="bench") as bus:
                messages = await fill(bus, runs, length)
                reads = [await timed(reread(bus)) for _ in range(folds)]
                new, whole = await started(bus, url, runs + 1)
                restart = await timed(restarted(bus, server, Path(folder)))
        finally:
            server.stop()
    memory = list(records(history(FOLDED), LONG))
    return Figures(
        runs,
        messages,
        new,
        whole["seconds"],
        int(whole["bytes"]),
        int(idle["bytes"]),
        statistics.median(timeit.repeat(lambda: replay(LONG, memory), number=1, repeat=folds)),
        statistics.median(reads),
        restart,
    )


async def restarted(bus: Bus, server: ServerProcess, folder: Path) -> None:
    """Kill the server, start it again, and wait until it answers about the log."""
    os.kill(int((folder / "server.pid").read_text()), signal.SIGKILL)
    if not await asyncio.to_thread(server._gone, PATIENCE):
        raise TimeoutError("the server outlives its kill")
    server.reap()
    await asyncio.to_thread(server.start, find_program(), keep_address=True)
    await bus.log.last_sequence()


async def reread(bus: Bus) -> RunState:
    """Fold the long run from the log."""
    state = RunState(LONG)
    async for record in bus.log.replay(LONG):
        state = fold(state, record)
    return state


async def timed(work: Awaitable[object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


async def held(url: str, runs: int) -> dict[str, float]:
    """The line of an orchestrator that holds so many runs; on an empty log the one after its first."""
    watched = Watched(url)
    try:
        await watched.line()
        return await watched.until(runs)
    finally:
        watched.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log", description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000, help="unfinished runs (10000)")
    parser.add_argument("--length", type=int, default=100, help="messages of each (100)")
    parser.add_argument("--folds", type=int, default=20, help="how often to fold the long run (20)")
    parser.add_argument("--page", type=Path, help="a page with the marks <!-- bench-log --> to write the table into")
    words, load = parser.parse_args(), os.getloadavg()[0]
    found = asyncio.run(measure(words.runs, words.length, words.folds))
    text = f"{table(found)}\n\n{measured('make bench-log', load)}"
    print(text)
    if words.page is not None:
        insert(words.page, "bench-log", text)


def table(found: Figures) -> str:
    """The figures as a Markdown table."""
    mib = 2**20
    rows = (
        ("unfinished runs in the log", f"{found.runs:,}"),
        ("messages in the log", f"{found.messages:,}"),
        ("first decision about a new run, from the start of the orchestrator's process", f"{found.new:.2f} s"),
        ("all unfinished runs read and looked after, from the same moment", f"{found.all:.1f} s"),
        ("memory of the orchestrator then (resident)", f"{found.resident / mib:.0f} MiB"),
        ("memory of an orchestrator without runs", f"{found.idle / mib:.0f} MiB"),
        (f"fold of a run of {FOLDED:,} messages, in memory (median)", f"{found.fold * 1e3:.1f} ms"),
        ("kill -9 of the server, start, first answer about this log", f"{found.restart:.2f} s"),
        ("the same run read from this log and folded (median)", f"{found.read * 1e3:.1f} ms"),
    )
    return "\n".join(("| | |", "|---|---:|", *(f"| {name} | {value} |" for name, value in rows)))


if __name__ == "__main__":
    main()
