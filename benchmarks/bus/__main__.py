"""Compare: every contestant in turn, in processes of their own, several rounds, ours before each of the others.

    python -m benchmarks.bus --peers-python .venv-bench/bin/python

Ours is measured again right before each peer, so that a machine that is busy for a while is busy for both; ratios are
taken within such pairs. Start-up, connections and empty stores are not part of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bus.report import Sample, document, section, table
from benchmarks.contestants import told
from benchmarks.page import insert


@dataclass(frozen=True, slots=True)
class Contestant:
    name: str
    module: str
    durable: bool
    variant: str = ""
    nats: bool = False

    @property
    def counted(self) -> str:
        """What counts as a hop: with ``chain`` every message that is handled, else every ask that is answered."""
        return "chain" if self.variant == "chain" else "ask"


OURS = {
    "ask": Contestant("stepweave", "ours", durable=True, variant="ask", nats=True),
    "chain": Contestant("stepweave", "ours", durable=True, variant="chain", nats=True),
}
"""Ours, by what counts as a hop: an ask that is answered, or a message that is handled."""
PEERS = (
    Contestant("autogen-core: ask", "autogen", durable=False),
    Contestant("langgraph, SQLite: ask", "langgraph_sqlite", durable=True),
    Contestant("faststream, JetStream: ask", "faststream_jetstream", durable=True, variant="ask", nats=True),
    Contestant("faststream, JetStream: chain", "faststream_jetstream", durable=True, variant="chain", nats=True),
)


def measure(contestant: Contestant, python: str, runs: int, hops: int) -> float:
    """Microseconds per hop of one contestant in one round.

    Raises:
        RuntimeError: it failed; the text is what it said.
    """
    words = ["--runs", str(runs), "--hops", str(hops), "--variant", contestant.variant]
    said = told(contestant.name, f"benchmarks.bus.{contestant.module}", python, words, nats=contestant.nats)
    return 1e6 * float(said["seconds"]) / int(said["hops"])


def compare(peers: Sequence[Contestant], python: str, runs: int, hops: int, rounds: int) -> list[Sample]:
    """All measurements: in each round ours and a peer, ours and the next peer, and so on."""
    samples = []
    for number in range(1, rounds + 1):
        for peer in peers:
            ours = measure(OURS[peer.counted], sys.executable, runs, hops)
            theirs = measure(peer, python, runs, hops)
            print(f"round {number}: stepweave {ours:.0f}, {peer.name} {theirs:.0f}", file=sys.stderr)
            samples.append(Sample(peer.name, peer.durable, peer.counted, ours, theirs))
    return samples


def main() -> None:
    """Read the arguments, compare, print the table; with ``--json`` write everything measured to a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bus", description="Microseconds per hop, compared.")
    parser.add_argument("--peers-python", required=True, help="interpreter of the environment with the peers")
    parser.add_argument("--runs", type=int, default=1000, help="runs at once (default %(default)s)")
    parser.add_argument("--hops", type=int, default=10, help="hops per run (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is repeated (default %(default)s)")
    parser.add_argument("--only", default="", help="only peers whose name contains this")
    parser.add_argument("--json", type=Path, help="write all that was measured to this file")
    parser.add_argument("--write", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    if given.hops % 2:
        parser.error(f"--hops is {given.hops}; give an even number, for in a chain two agents take turns")
    load = os.getloadavg()[0]
    peers = [peer for peer in PEERS if given.only in peer.name]
    samples = compare(peers, given.peers_python, given.runs, given.hops, given.rounds)
    print(table(samples))
    if given.json:
        given.json.write_text(
            json.dumps(document(samples, given.runs, given.hops, load), indent=2) + "\n", encoding="utf-8"
        )
    if given.write:
        insert(given.write, "bench-bus", section(samples, given.runs, given.hops, load))


if __name__ == "__main__":
    main()
