"""Runs under one policy, one after the other, on a server of their own; prints a line of JSON for each.

python -m benchmarks.search.one --policy 'parallel(4)' --runs 3 --first 1
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import anyio

from benchmarks.bus.server import serving
from benchmarks.search.report import Sample
from benchmarks.search.world import AGENTS, bound, drawing, options
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, team
from stepweave.bus import BusSettings, connect
from stepweave.policies.state import RunState, fold

SETTLE = 1.0
"""Seconds after a run in which the last notes about what was called off come in."""


async def measure(url: str, folder: Path, policy: str, seeds: range) -> None:
    async with (
        connect(BusSettings(url=url, home=folder), name="bench") as bus,
        at_work(Host(bus, folder, settings=AGENTS), team(options(policy, 0))),
    ):
        weave = Weave(bus)
        for seed in seeds:
            print(json.dumps(asdict(await _sample(weave, policy, seed))), flush=True)


async def _sample(weave: Weave, policy: str, seed: int) -> Sample:
    run = await weave.submit("a story", options=options(policy, seed))
    state = RunState(run)
    async for record in weave.watch(run):
        state, ended = fold(state, record), record.time
    await anyio.sleep(SETTLE)
    final = await weave.state(run)
    assert final.requested_at is not None
    assert final.outcome is not None
    drawn, wasted = drawing(final)
    seconds = (ended - final.requested_at).total_seconds()
    return Sample(policy, seed, seconds, bound(final), drawn, wasted, final.outcome.status == "flawed")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search.one")
    parser.add_argument("--policy", required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--first", type=int, default=1)
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.runs)
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        anyio.run(measure, url, Path(folder), given.policy, seeds)


if __name__ == "__main__":
    main()
