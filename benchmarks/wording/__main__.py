"""Grade sets of requests that people worded freely.

python -m benchmarks.wording benchmarks/wording/sets/*.jsonl

A line of a set is a request with what is meant by it; see grading.py. ``--check`` only looks whether that can be drawn
at all, for those who write a set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.wording.grading import Worded, faults, unreadable

SETS = Path(__file__).parent / "sets"


def read(path: Path) -> list[Worded]:
    """The requests of a set.

    Raises:
        ValueError: a line is not as it should be.
    """
    return [Worded.read(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(words: Sequence[str] | None = None) -> int:
    """Grade the sets that are named; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description=__doc__.split("\n")[0])
    parser.add_argument("sets", nargs="*", type=Path, help="sets to grade (default: all in benchmarks/wording/sets)")
    parser.add_argument("--check", action="store_true", help="only look whether what is meant can be drawn")
    parser.add_argument("--quiet", action="store_true", help="only the figures")
    given = parser.parse_args(words)
    amiss = 0
    for path in given.sets or sorted(SETS.glob("*.jsonl")):
        found = read(path)
        wrong = {one.request: why for one in found if (why := unreadable(one) if given.check else faults(one))}
        amiss += len(wrong)
        for request, why in {} if given.quiet else wrong.items():
            print(f"- {request}\n    {why}")
        print(f"{path.stem}: {len(found) - len(wrong)} of {len(found)}")
    return int(given.check and amiss > 0)


if __name__ == "__main__":
    sys.exit(main())
