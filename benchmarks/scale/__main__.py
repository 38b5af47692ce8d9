"""Compare: every contestant in turn, in processes of their own, several rounds, ours before each of the others.

    python -m benchmarks.scale --peers-python .venv-bench/bin/python

Ours is measured again right before each peer, as in ``benchmarks.bus``. Start-up, connections and empty stores are not
part of the time. A round takes ten minutes, and up to 2 GB of disk for as long as a contestant is at work.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.contestants import told
from benchmarks.page import insert
from benchmarks.scale.report import OURS, Sample, section, size, table

SIZES = (1 << 10, 1 << 20)
"""Bytes of a picture."""


@dataclass(frozen=True, slots=True)
class Contestant:
    name: str
    module: str
    durable: bool
    nats: bool = False


OUR = Contestant(OURS, "ours", durable=True, nats=True)
PEERS = (
    Contestant("plain asyncio", "plain", durable=False),
    Contestant("autogen-core", "autogen", durable=False),
    Contestant("llama-index workflows", "llama_workflows", durable=False),
    Contestant("langgraph, SQLite", "langgraph_sqlite", durable=True),
    Contestant("faststream, JetStream", "faststream_jetstream", durable=True, nats=True),
    Contestant("the reference's sequential loop", "sequential", durable=False),
)


def measure(contestant: Contestant, python: str, runs: int, count: int) -> dict[str, Any]:
    """What one contestant reports in one round, with pictures of ``count`` bytes.

    Raises:
        RuntimeError: it failed; the text is what it said.
    """
    words = ["--runs", str(runs), "--bytes", str(count)]
    return told(contestant.name, f"benchmarks.scale.{contestant.module}", python, words, nats=contestant.nats)


def compare(peers: Sequence[Contestant], python: str, runs: int, rounds: int) -> list[Sample]:
    """All measurements: in each round and with each size ours and a peer, ours and the next peer, and so on."""
    samples = []
    for number in range(1, rounds + 1):
        for count in SIZES:
            for peer in peers:
                ours = measure(OUR, sys.executable, runs, count)["over_ideal"]
                said = measure(peer, python, runs, count)
                theirs = said["over_ideal"]
                print(
                    f"round {number}, {size(count)}: {OURS} {ours:.3f}, {peer.name} {theirs:.3f}",
                    file=sys.stderr,
                )
                samples.append(Sample(peer.name, peer.durable, count, ours, theirs, said["extrapolated"]))
    return samples


def main() -> None:
    """Read the arguments, compare, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="Makespan over ideal, compared.")
    parser.add_argument("--peers-python", required=True, help="interpreter of the environment with the peers")
    parser.add_argument("--runs", type=int, default=200, help="runs at once (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is repeated (default %(default)s)")
    parser.add_argument("--only", default="", help="only peers whose name contains this")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    peers = [peer for peer in PEERS if given.only in peer.name]
    if not peers:
        parser.error(f"no peer is called {given.only}; there are {', '.join(peer.name for peer in PEERS)}")
    load = os.getloadavg()[0]
    samples = compare(peers, given.peers_python, given.runs, given.rounds)
    print(table(samples))
    if given.page:
        insert(given.page, "bench-scale", section(samples, given.runs, load))


if __name__ == "__main__":
    main()
