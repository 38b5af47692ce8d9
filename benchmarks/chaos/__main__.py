"""Hurt a running system at random, let it come to rest, and check its log by other means than it was written.

python -m benchmarks.chaos --minutes 30

Every two seconds something is killed, stopped or cut off: a worker, an orchestrator, the broker. Afterwards everything
must end, and an independent reader judges the log. The exit code is 0 if all held and everything ended in time, else 1.
With ``--recovery N`` there is one fault at a time, N of each kind, and it is measured how soon things go on.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.chaos.judging import Judgement, judge, told
from benchmarks.chaos.recovery import Times, disturb, recoveries
from benchmarks.chaos.report import recovery_section, storm_section
from benchmarks.chaos.storm import Town, Weather, say, storm, town
from benchmarks.page import insert, measured

BROKERS = {"single": (1,), "cluster": (3,), "both": (1, 3)}
NAMES = {1: "single", 3: "cluster"}
INTERRUPTED = 130
RECOVERY_RUNS = 6
"""Runs under way while recovery is measured: few enough that no queue forms behind busy processors."""


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=(__doc__ or "").split("\n")[0])
    defaults = Weather()
    add = parser.add_argument
    add(
        "--broker",
        choices=tuple(BROKERS),
        default="both",
        help="one server, a cluster of three, or one after the other",
    )
    add("--minutes", type=float, default=defaults.seconds / 60, help="with faults, for each broker (%(default)g)")
    add("--every", type=float, default=defaults.every, help="seconds from one fault to the next (%(default)g)")
    add("--runs", type=int, help=f"runs under way at a time ({defaults.runs}; with --recovery {RECOVERY_RUNS})")
    add("--workers", type=int, default=defaults.workers, help="worker processes, five at least (%(default)s)")
    add("--lease", type=float, default=defaults.lease, help="seconds of the setting bus.lease (%(default)g)")
    add("--drain", type=float, default=defaults.drain, help="seconds in which all must end afterwards (%(default)g)")
    add("--seed", type=int, default=defaults.seed, help="of the faults and the requests (%(default)s)")
    add("--recovery", type=int, default=0, metavar="N", help="instead of a storm, N faults of each kind, one at a time")
    add("--out", type=Path, help="put the report between its marks in this page, as docs/reliability.md has them")
    add("--json", type=Path, help="write all figures to this file")
    add("--keep", type=Path, help="keep stores and logs in this folder; without it they are kept if something is wrong")
    given = parser.parse_args(words)
    given.runs = given.runs or (RECOVERY_RUNS if given.recovery else defaults.runs)
    if given.workers < 5:
        parser.error(f"--workers is {given.workers}; give at least 5: two orchestrators, two planners, a generator")
    return given


def main(words: Sequence[str] | None = None) -> int:
    """Do all of it for every broker that is asked for; gives the exit code."""
    given = arguments(words)
    said = list(sys.argv[1:] if words is None else words)
    command = "make chaos" + (f' ARGS="{" ".join(said)}"' if said else "")
    weather = Weather(
        runs=given.runs,
        workers=given.workers,
        seconds=60 * given.minutes,
        every=given.every,
        drain=given.drain,
        lease=given.lease,
        seed=given.seed,
        background=not given.recovery,
    )
    done = [_with(replace(weather, nodes=nodes), given, command) for nodes in BROKERS[given.broker]]
    if given.json:
        given.json.write_text(json.dumps([document for _, document in done], indent=2) + "\n", encoding="utf-8")
    return 0 if all(held for held, _ in done) else 1


def _with(weather: Weather, given: argparse.Namespace, command: str) -> tuple[bool, dict[str, Any]]:
    """One broker: gives whether all held, and the figures."""
    folder = given.keep / NAMES[weather.nodes] if given.keep else Path(tempfile.mkdtemp(prefix="stepweave-chaos-"))
    load, held = os.getloadavg()[0], False
    mark = f"chaos {'recovery ' if given.recovery else ''}{NAMES[weather.nodes]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = _recovery if given.recovery else _storm
        text, found, place = asyncio.run(_until_told(work(weather, folder, given.recovery, measured(command, load))))
        held = place.happenings.calm and not found.offences
    finally:
        if held and not given.keep:
            shutil.rmtree(folder)
        else:
            say(f"stores and logs are kept in {folder}")
    print(f"## {mark}\n\n{text}\n", flush=True)
    if given.out:
        insert(given.out, mark, text)
    return held, _document(weather, place, found)


async def _storm(weather: Weather, folder: Path, rounds: int, how: str) -> tuple[str, Judgement, Town]:
    async with town(weather, folder) as place:
        await storm(place)
        found = await judge(place.reader, _acknowledged(place))
    return storm_section(weather, place.happenings, found, how), found, place


async def _recovery(weather: Weather, folder: Path, rounds: int, how: str) -> tuple[str, Judgement, Town]:
    times = Times()
    async with town(weather, folder) as place:
        await disturb(place, rounds)
        found = await judge(place.reader, _acknowledged(place), times.add)
    return recovery_section(weather, recoveries(place.happenings.faults, times), found, how), found, place


def _acknowledged(place: Town) -> list[str]:
    return [run for run, acknowledged in place.happenings.asked.items() if acknowledged]


async def _until_told(work: Any) -> tuple[str, Judgement, Town]:
    """Do the work, but end it in order when we are asked to end."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGHUP):
        with contextlib.suppress(NotImplementedError, ValueError):
            loop.add_signal_handler(sign, task.cancel)
    result: tuple[str, Judgement, Town] = await task
    return result


def _document(weather: Weather, place: Town, found: Judgement) -> dict[str, Any]:
    happened = place.happenings
    return {
        "weather": asdict(weather),
        "faults": dict(happened.counts),
        "calm": happened.calm,
        "runs": len(happened.asked),
        "outcomes": dict(found.outcomes),
        "checked": dict(found.checked),
        "offences": told(found.offences),
        "redelivered": found.redelivered,
        "failures": dict(found.failures),
        "endings": [asdict(ending) for ending in happened.endings],
        "work": asdict(found.work),
    }


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, asyncio.CancelledError):
        say("interrupted")
        sys.exit(INTERRUPTED)
