"""Compare: one story at a time under each policy, all policies side by side, each with servers and agents of its own.

    python -m benchmarks.search --runs 40

Models are simulated: they sleep. So the policies may be measured at the same time, and every one of them at the same
load of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.page import insert, measured
from benchmarks.search.report import Sample, table
from benchmarks.search.world import ACCEPTANCE, BASE, CRITIQUE, DRAW, POLICIES, SLOTS, STEPS

ROOT = Path(__file__).resolve().parent.parent.parent


def compare(policies: Sequence[str], runs: int, first: int) -> list[Sample]:
    """All runs of all policies.

    Raises:
        RuntimeError: a policy was not measured to the end.
    """
    command = [sys.executable, "-m", "benchmarks.search.one", "--runs", str(runs), "--first", str(first), "--policy"]
    processes = [
        subprocess.Popen([*command, policy], cwd=ROOT, stdout=subprocess.PIPE, text=True) for policy in policies
    ]
    said = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        raise RuntimeError("not all policies were measured; see above")
    return [Sample(**json.loads(line)) for text in said for line in text.splitlines()]


def main() -> None:
    """Read the arguments, compare, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description="Search policies, compared.")
    parser.add_argument("--runs", type=int, default=40, help="stories under each policy (default %(default)s)")
    parser.add_argument("--first", type=int, default=1, help="seed of the first (default %(default)s)")
    parser.add_argument("--policy", action="append", help="only these, and the base")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    policies = [BASE, *(policy for policy in given.policy or POLICIES if policy != BASE)]
    found = table(compare(policies, given.runs, given.first), BASE)
    print(found)
    if given.page:
        about = (
            f"{measured('make bench-search', load)} {given.runs} stories under each policy: {STEPS} steps, pictures of "
            f"{DRAW:g} s, critiques of {CRITIQUE:g} s, acceptance chance {ACCEPTANCE:g}, {SLOTS} free generators."
        )
        insert(given.page, "bench-search", f"{about}\n\n{found}")


if __name__ == "__main__":
    main()
