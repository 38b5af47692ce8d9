"""A running system under fire: real runs go on while anybody who may publish sends what no one can read.

python -m benchmarks.fuzz.storm --messages 1000000

First every kind of run is done in quiet. Then the same kinds are asked for again and again while the malformed messages
come. What must hold: no process dies, and their memory stays bounded; every run ends with the pictures it had in quiet;
and every malformed message was counted by each process that met it, as what it was. The exit code is 0 if all of it
held, else 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.chaos.processes import until
from benchmarks.fuzz.cannon import Cannon
from benchmarks.fuzz.crew import Crew, crew
from benchmarks.fuzz.nonsense import Nonsense, Runs, Shot
from stepweave.agents.client import Weave
from stepweave.bus import Bus, BusSettings, api, connect
from stepweave.messages import Decided, Options
from stepweave.training.sketchbook.requests import request

NAMESPACE = "storm"
ENDING = 300.0
"""Seconds in which the last runs must end, and everything must be heard, after the last shot."""
PAUSE = 2.0
"""Seconds for what has been delivered to be counted too."""
SPARKS = 50
"""Shots into each inbox that was heard of, at a time."""
BETWEEN = 1.0
"""Seconds from one round of sparks to the next."""
SERVICE = b"PUB $SRV.INFO 0\r\n\r\n", b"PUB $SRV.PING \xff\xfe 0\r\n\r\n", b"HPUB $SRV.STATS x 1 1\r\nx\r\n"
"""Questions to services that cannot be answered: without an address, with one that is no text, with half a header."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How hard it comes down."""

    messages: int = 1_000_000
    rate: int = 3000
    """Messages a second."""
    kinds: int = 12
    """Different runs."""
    under_way: int = 6
    """Runs under way at a time."""
    seed: int = 1


Ended = tuple[str, tuple[str, ...]]
"""How a run ended, and the hashes of its pictures."""


@dataclass
class Report:
    """What came of it."""

    messages: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    """Shots by kind."""
    seconds: float = 0.0
    runs: int = 0
    disturbed: list[str] = field(default_factory=list)
    """Runs that ended otherwise than in quiet."""
    quiet_seconds: float = 0.0
    """Median time of a run in quiet."""
    storm_seconds: float = 0.0
    """Median time of a run under fire."""
    slowest: float = 0.0
    before: dict[str, float] = field(default_factory=dict)
    """Resident memory of each process before the first shot, MiB."""
    after: dict[str, float] = field(default_factory=dict)
    died: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    """Exit codes of the workers when they were asked to end."""
    lines: dict[str, int] = field(default_factory=dict)
    """Lines that each process said."""
    met: int = 0
    """Meetings of a malformed message and a process that were to be counted, and were."""
    nobodys: int = 0
    """Malformed messages that nobody reads."""
    miscounted: list[str] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    """What came to inboxes and services, by what it was counted as."""

    @property
    def held(self) -> bool:
        """Whether all of it held."""
        return not (self.disturbed or self.died or self.miscounted or any(self.codes)) and self.runs > 0


class Storm:
    """Runs, shots, and what came of them."""

    def __init__(self, weather: Weather, weave: Weave, out: Report) -> None:
        self._weather = weather
        self._weave = weave
        self._out = out
        self._runs = Runs()
        self._quiet: dict[int, Ended] = {}
        self._number = 0
        self._seconds: list[float] = []
        self._over = asyncio.Event()
        self._waiting: dict[str, asyncio.Event] = {}

    async def follow(self) -> None:
        """Hear which runs have ended."""
        async for record in self._weave.bus.log.follow(branches=("ev",)):
            event, message = self._waiting.get(record.run), record.message
            ended = isinstance(message, Decided) and message.outcome is not None and message.outcome.reason != "forged"
            if event is not None and ended:
                event.set()

    async def quiet(self) -> None:
        """Every kind of run once, undisturbed."""
        kinds = iter(range(self._weather.kinds))
        seconds: list[float] = []

        async def some() -> None:
            for kind in kinds:
                started = time.monotonic()
                self._quiet[kind] = await self._run(kind)
                seconds.append(time.monotonic() - started)

        await asyncio.gather(*(some() for _ in range(self._weather.under_way)))
        self._out.quiet_seconds = round(median(seconds), 2)

    async def busy(self) -> None:
        """The same kinds again and again, until the last shot has been sent."""
        while not self._over.is_set():
            self._number += 1
            kind, started = self._number % self._weather.kinds, time.monotonic()
            ended = await self._run(kind)
            self._out.runs += 1
            self._seconds.append(time.monotonic() - started)
            if ended != self._quiet[kind]:
                self._out.disturbed.append(f"kind {kind}: {ended}, in quiet {self._quiet[kind]}")

    async def fire(self, cannon: Cannon) -> Counter[tuple[str, str]]:
        """Send everything; gives what must be counted, by role and name."""
        weather, out = self._weather, self._out
        nonsense = Nonsense(NAMESPACE, weather.seed, self._runs)
        expected: Counter[tuple[str, str]] = Counter()
        kinds: Counter[str] = Counter()
        maybe: Counter[tuple[str, str]] = Counter()
        started, sent = time.monotonic(), 0
        while sent < weather.messages:
            shots = list(nonsense.shots(min(1000, weather.messages - sent)))
            await cannon.fire(shot.frame() for shot in shots)
            sent += len(shots)
            for shot in shots:
                _note(shot, expected, kinds, maybe, out)
            self._tell(sent, started)
            await asyncio.sleep(max(0.0, sent / weather.rate - (time.monotonic() - started)))
        out.messages, out.kinds = sent, dict(sorted(kinds.items()))
        out.seconds = round(time.monotonic() - started, 1)
        self._maybe = maybe
        return expected

    async def sparks(self, cannon: Cannon) -> None:
        """Send nonsense to wherever answers are waited for, and questions that cannot be answered."""
        while not self._over.is_set():
            bodies = (b"", b"{", b'{"seq":"x"}', b"\xff")
            frames = [b"PUB %b %d\r\n%b\r\n" % (inbox, len(body), body) for inbox in cannon.inboxes for body in bodies]
            await cannon.fire([*frames[: SPARKS * 4], *SERVICE])
            await asyncio.sleep(BETWEEN)

    def end(self) -> None:
        """No more runs."""
        self._over.set()

    async def quieten(self) -> None:
        """A last run, behind everything."""
        await asyncio.wait_for(self._run(0), ENDING)

    def figures(self) -> None:
        """Put the times of the runs into the report."""
        self._out.storm_seconds = round(median(self._seconds), 2) if self._seconds else 0.0
        self._out.slowest = round(max(self._seconds, default=0.0), 2)

    def may_be(self, key: tuple[str, str]) -> int:
        """How often something may have been counted beyond what must be."""
        return self._maybe[key]

    async def _run(self, kind: int) -> Ended:
        """Do a run and give how it ended."""
        wanted = request(self._weather.seed, "test", kind)
        options = Options(
            width=64, height=64, seed=kind, policy="sequential(3)", memory=None, parameters={"fault_rate": 0.3}
        )
        name = f"run-{self._weather.seed}-{len(self._waiting)}"
        self._waiting[name] = asyncio.Event()
        self._runs.under_way.append(name)
        await self._weave.submit(wanted.text, options=options, run=name)
        await self._waiting[name].wait()
        self._runs.under_way.remove(name)
        state = await self._weave.state(name)
        assert state.outcome is not None
        pictures = tuple(end.image.sha256 for end in state.accepted.values() if end.image is not None)
        return state.outcome.status, pictures

    def _tell(self, sent: int, started: float) -> None:
        if not sent % 50_000:
            done = f"{sent:,} of {self._weather.messages:,} sent, {self._out.runs} runs ended"
            print(f"{time.monotonic() - started:7.0f} s: {done}", file=sys.stderr, flush=True)


def _note(
    shot: Shot,
    expected: Counter[tuple[str, str]],
    kinds: Counter[str],
    maybe: Counter[tuple[str, str]],
    out: Report,
) -> None:
    kinds[shot.kind] += 1
    expected.update(shot.met)
    maybe.update(shot.maybe)
    out.nobodys += not shot.met and not shot.maybe


async def storm(weather: Weather, folder: Path) -> Report:
    """Have it come down on a server and workers in a folder of their own."""
    out = Report()
    async with AsyncExitStack() as stack:
        there = await stack.enter_async_context(crew(folder, NAMESPACE))
        bus = await stack.enter_async_context(connect(BusSettings(url=there.url, namespace=NAMESPACE), name="storm"))
        one = Storm(weather, Weave(bus, "/storm"), out)
        following = asyncio.create_task(one.follow())
        stack.callback(following.cancel)
        await one.quiet()
        out.before = there.memory()
        async with Cannon(there.url) as cannon, Cannon(there.url) as spark, asyncio.TaskGroup() as group:
            await spark.listen(b"$JS.API.CONSUMER.MSG.NEXT.>", b"$JS.API.STREAM.INFO.>")
            for _ in range(weather.under_way):
                group.create_task(one.busy())
            sparking = group.create_task(one.sparks(spark))
            expected = await one.fire(cannon)
            one.end()
            await sparking
        await one.quieten()
        if not await until(partial(_settled, bus), ENDING):
            out.miscounted.append("not all was heard in time")
        await asyncio.sleep(PAUSE)
        one.figures()
        out.after, out.died = there.memory(), there.dead()
        out.codes = await there.leave()
        _compare(there, expected, one, out)
    return out


async def _settled(bus: Bus) -> bool:
    """Whether nothing waits for anybody: neither in a queue, nor for those who follow the log."""
    found = await api.ask(bus._connection, f"CONSUMER.LIST.{NAMESPACE}_RUNS")
    return not any(one["num_pending"] or one["num_ack_pending"] for one in found["consumers"])


def _compare(there: Crew, expected: Counter[tuple[str, str]], one: Storm, out: Report) -> None:
    """Hold what each process counted against what was sent."""
    for number, member in enumerate(there.members):
        out.lines[f"{number} {member.role}"] = member.said
        names = {name for role, name in expected if role == member.role}
        for name in sorted(names):
            least = expected[member.role, name]
            most = least + one.may_be((member.role, name))
            found = member.counts.get(name, 0)
            if least <= found <= most:
                out.met += found
            else:
                wanted = f"{least}" if most == least else f"{least} to {most}"
                out.miscounted.append(f"{member.role} counted {found} {name}, not {wanted}")
        for name in ("no answer", "undeliverable"):
            out.answered[name] = out.answered.get(name, 0) + member.counts.get(name, 0)


def told(out: Report) -> str:
    """The report for reading."""
    lines = [
        f"{out.messages:,} malformed messages in {out.seconds:g} s, {out.runs} runs beside them",
        f"runs disturbed: {len(out.disturbed)}; median {out.quiet_seconds:g} s in quiet, {out.storm_seconds:g} s under "
        f"fire, slowest {out.slowest:g} s",
        f"processes that died: {len(out.died)}; exit codes at the end: {sorted(set(out.codes))}",
        f"counted: {out.met:,} meetings, {len(out.miscounted)} counts that do not agree; "
        f"{out.nobodys:,} messages are read by nobody",
        f"at inboxes and services: {json.dumps(out.answered)}",
        "MiB before and after: "
        + ", ".join(f"{name} {out.before[name]:.0f} -> {out.after[name]:.0f}" for name in out.before),
        "lines said: " + ", ".join(f"{name} {count}" for name, count in out.lines.items()),
        *out.disturbed[:20],
        *out.miscounted[:40],
        *(f"  {kind:<22} {count:>9,}" for kind, count in out.kinds.items()),
        "all of it held" if out.held else "IT DID NOT HOLD",
    ]
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Have a storm, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz.storm", description=(__doc__ or "").split("\n")[0])
    usual = Weather()
    add = parser.add_argument
    add("--messages", type=int, default=usual.messages, help="malformed messages (%(default)s)")
    add("--rate", type=int, default=usual.rate, help="messages a second (%(default)s)")
    add("--kinds", type=int, default=usual.kinds, help="different runs (%(default)s)")
    add("--under-way", type=int, default=usual.under_way, help="runs under way at a time (%(default)s)")
    add("--seed", type=int, default=usual.seed, help="of the runs and the messages (%(default)s)")
    add("--json", type=Path, help="write all figures to this file")
    add("--keep", type=Path, help="keep the store and the words of every process in this folder")
    given = parser.parse_args(words)
    weather = Weather(given.messages, given.rate, given.kinds, given.under_way, given.seed)
    with tempfile.TemporaryDirectory(prefix="stepweave-storm-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        out = asyncio.run(storm(weather, folder))
    print(told(out))
    if given.json:
        given.json.write_text(json.dumps({**asdict(weather), **asdict(out), "held": out.held}, indent=2) + "\n")
    return 0 if out.held else 1


if __name__ == "__main__":
    sys.exit(main())
