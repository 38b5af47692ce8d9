"""The figures and pictures of docs/embedded.md, made anew.

python -m benchmarks.quality --n 300 --judged 2000

Runs ``stepweave eval sketchbook`` once for each arm, has the critic judge pictures of several sizes, and draws the
contact sheets. A part can be made alone: ``--only arms``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.page import insert, measured
from benchmarks.quality import drawing
from benchmarks.quality.contact_sheet import write
from benchmarks.quality.critic import Judged, Look, interval, judged
from benchmarks.quality.report import ARMS, ATTEMPTS, Arm, Judging, arms, judging

PAGE = Path(__file__).parents[2] / "docs" / "embedded.md"
LOOKS = {
    "256 pixels": Look(256, None, 0.3),
    "512 pixels": Look(512, None, 0.3),
    "1024 pixels": Look(1024, None, 0.3),
    "256 pixels, JPEG 85": Look(256, 85, 0.3),
    "512 pixels, JPEG 85": Look(512, 85, 0.3),
    "1024 pixels, JPEG 85": Look(1024, 85, 0.3),
}
"""How pictures are shown to the critic."""

Given = argparse.Namespace


def evaluated(arm: Arm, given: Given) -> dict[str, Any]:
    """The figures of one arm, from the command as a user calls it."""
    words = ["eval", "sketchbook", "--n", str(given.n), "--seed", str(given.seed), *arm.words, "--json"]
    sys.stderr.write(f"{arm.name}: stepweave {' '.join(words)}\n")
    command = [sys.executable, "-m", "stepweave.app.cli", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ablation(given: Given) -> str:
    """What each part of the method adds, and what more attempts add."""
    found = {arm.name: evaluated(arm, given) for arm in ARMS}
    tries = {arm.name: evaluated(arm, given) for arm in ATTEMPTS[:-1]}
    tries[ATTEMPTS[-1].name] = found[ARMS[2].name]
    return f"{arms(found)}\n\n{arms(tries)}"


def judgements(given: Given) -> str:
    """How well the critic judges pictures of several sizes."""
    return judging([_judging(name, look, given) for name, look in LOOKS.items()])


def _judging(name: str, look: Look, given: Given) -> Judging:
    sys.stderr.write(f"critic: {given.judged} pictures at {name}\n")
    with Pool(os.cpu_count()) as pool:
        chains = range(given.seed, given.seed + given.judged)
        verdicts = (one for some in pool.imap(partial(judged, look=look), chains) for one in some)
        found = list(islice(verdicts, given.judged))
    return summed(name, found)


def drawings(given: Given) -> str:
    """How long pictures take to draw."""
    sys.stderr.write(f"drawing: pictures of {', '.join(map(str, drawing.SIDES))} pixels\n")
    return drawing.table(given.seed)


def summed(name: str, found: Sequence[Judged]) -> Judging:
    """The figures of a set of verdicts."""
    caught = sum(bool(one.case.faults) and not one.accepted for one in found)
    rejected, wrong = sum(not one.accepted for one in found), sum(bool(one.case.faults) for one in found)
    spent = 1000 * sum(one.seconds for one in found) / max(1, len(found))
    return Judging(name, len(found), interval(caught, rejected), interval(caught, wrong), spent)


PARTS: dict[str, Callable[[Given], str]] = {
    "drawing": drawings,
    "arms": ablation,
    "critic": judgements,
}
"""The parts of the page between marks of their names."""


def main() -> None:
    """Measure, and write pictures and tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--n", type=int, default=300, help="requests of each arm")
    parser.add_argument("--judged", type=int, default=2000, help="pictures that the critic judges, of each size")
    parser.add_argument("--seed", type=int, default=0, help="of the requests, and the first chain of pictures")
    parser.add_argument("--only", choices=("pictures", *PARTS), help="make this part alone")
    given = parser.parse_args()
    words = ["make bench-quality", *(["ARGS=" + repr(" ".join(sys.argv[1:]))] if sys.argv[1:] else [])]
    if given.only in (None, "pictures"):
        write(PAGE.parent / "images")
    for name, part in PARTS.items():
        if given.only in (None, name):
            load = os.getloadavg()[0]
            text = f"{part(given)}\n\n{measured(' '.join(words), load)} In brackets 95% intervals."
            insert(PAGE, f"bench-quality {name}", text)


if __name__ == "__main__":
    main()
