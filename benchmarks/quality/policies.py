"""Search policies on the embedded world: whole sequences right, at the same time and at any price.

    python -m benchmarks.quality.policies --n 100

The generator and the critic are the embedded ones, at the tempo of models: a picture takes a second, a critique 0.3 s.
The same requests are run under each policy on the real bus; stories that a policy has done within a given time are its
own, those that are still going on count as not right. So all policies are given the same time on the wall. Few runs are
under way at a time, for the machine must never be what they wait for; how busy it was is told.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, quantiles

import anyio

from benchmarks.intervals import bootstrap
from benchmarks.page import insert, measured
from stepweave.app.bench import Bench, measure
from stepweave.app.session import opened
from stepweave.app.settings import Settings
from stepweave.bus import BusSettings
from stepweave.messages import Options
from stepweave.training.sketchbook.figures import wilson
from stepweave.training.sketchbook.grading import Grade
from stepweave.training.sketchbook.requests import request

DRAW, CRITIQUE = 1.0, 0.3
"""Seconds of a model."""
FAULT_RATE = 0.3
SLOTS = 16
"""Pictures drawn at a time, of all runs under way together."""
WORKERS = 2
BASE = "sequential(5)"
POLICIES = (
    BASE, "parallel(4)", "parallel(4, keep='best')", "speculative(4)", "beam(2, 2)", "beam(2, 4)", "explore(4)",
)  # fmt: skip
UNDER_WAY = 2
"""Runs at a time; each could use half of the slots, as a beam and a round of four do."""


async def _run(settings: Settings, policy: str, count: int, seed: int) -> list[Grade]:
    options = Options(
        memory=None, policy=policy, seed=seed, width=256, height=256, parameters={"fault_rate": FAULT_RATE}
    )
    asked = [request(seed, "test", index) for index in range(count)]
    bench = Bench(settings, options, WORKERS, hands=SLOTS // WORKERS, under_way=UNDER_WAY)
    async with opened(settings, "stepweave-bench") as bus:
        return await measure(bench, bus, asked, lambda done: None)


def graded(policy: str, count: int, seed: int) -> tuple[list[Grade], float]:
    """The grades of all stories under a policy, and how busy the processors were, from 0 to 1."""
    agents = {"generator.sketch": {"seconds": DRAW}, "critic.pixels": {"seconds": CRITIQUE}}
    before, started = os.times(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stepweave-bench-", ignore_cleanup_errors=True) as home:
        settings = Settings(home=Path(home), bus=BusSettings(home=Path(home)), agents=agents)
        found = anyio.run(_run, settings, policy, count, seed)
    after = os.times()
    used = sum(after[:4]) - sum(before[:4])
    return found, used / (time.monotonic() - started) / (os.cpu_count() or 1)


def table(found: dict[str, tuple[Sequence[Grade], float]]) -> str:
    """A Markdown table, a row for each policy."""
    base = [grade.seconds for grade in found[BASE][0]]
    half, most = quantiles(base, n=20)[9], quantiles(base, n=20)[17]
    rows = [
        f"| policy | right within {half:.1f} s | more than the first | right within {most:.1f} s | more than the first "
        "| right in the end | seconds a story | pictures a story | drawing, seconds a story | processors busy |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for policy, (grades, busy) in found.items():
        cells = [cell for time in (half, most) for cell in (_share(grades, time), _more(found[BASE][0], grades, time))]
        cells += [_share(grades, float("inf"))]
        cells += [f"{fmean(grade.seconds for grade in grades):.1f}"]
        cells += [f"{fmean(sum(grade.attempts) for grade in grades):.1f}"]
        cells += [f"{fmean(grade.drawing for grade in grades):.1f}", f"{100 * busy:.0f}%"]
        rows.append(f"| `{policy}` | {' | '.join(cells)} |")
    return "\n".join(rows)


def _in_time(grade: Grade, seconds: float) -> bool:
    return grade.right and grade.seconds <= seconds


def _more(base: Sequence[Grade], grades: Sequence[Grade], seconds: float) -> str:
    """How many more stories of a hundred were right in time, of the same requests, with the 95% interval."""
    gained = [_in_time(one, seconds) - _in_time(first, seconds) for first, one in zip(base, grades, strict=True)]
    low, high = bootstrap(gained, fmean)
    return f"{100 * fmean(gained):+.0f} ({100 * low:+.0f} to {100 * high:+.0f})"


def _share(grades: Sequence[Grade], seconds: float) -> str:
    """The stories that were right in time, with the 95% interval."""
    right = sum(_in_time(grade, seconds) for grade in grades)
    low, high = wilson(right, len(grades)) or (0.0, 1.0)
    return f"{100 * right / len(grades):.0f}% ({100 * low:.0f} to {100 * high:.0f})"


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.policies", description="Policies compared.")
    parser.add_argument("--n", type=int, default=100, help="stories under each policy (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the requests (default %(default)s)")
    parser.add_argument("--policy", action="append", help="only these, and the base")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    found = {}
    for policy in dict.fromkeys((BASE, *(given.policy or POLICIES))):
        sys.stderr.write(f"{policy}: {given.n} stories\n")
        found[policy] = graded(policy, given.n, given.seed)
    text = table(found)
    print(text)
    if given.page:
        about = (
            f"{measured('make bench-policies', load)} {given.n} requests of the test split at fault rate "
            f"{FAULT_RATE:g}, pictures of {DRAW:g} s on {SLOTS} slots, critiques of {CRITIQUE:g} s, {UNDER_WAY} "
            f"stories at a time. The times are those in which `{BASE}` has done half and nine tenths of its stories. "
            f"In brackets 95% intervals; those of the differences in points are over the same requests."
        )
        insert(given.page, "bench-policies", f"{about}\n\n{text}")


if __name__ == "__main__":
    main()
