"""What was measured, as a table for people and a document for machines. Pure functions."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of measurements, one right after the other."""

    peer: str
    durable: bool
    """Whether the peer keeps its messages or state on disk."""
    counted: str
    """What counts as a hop, for both: ``ask``, an ask that is answered; ``chain``, a message that is handled."""
    ours: float
    """Microseconds per hop."""
    theirs: float
    """Microseconds per hop."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; microseconds per hop, ``ratio`` is theirs over ours within each pair."""

    name: str
    durable: bool
    median: float
    least: float
    most: float
    ratio: float


def lines(samples: Sequence[Sample]) -> list[Line]:
    """Ours first, then the peers in the order in which they were measured."""
    rows = []
    for counted in dict.fromkeys(sample.counted for sample in samples):
        ours = [sample.ours for sample in samples if sample.counted == counted]
        rows.append(Line(f"stepweave: {counted}", True, median(ours), min(ours), max(ours), 1.0))
    for peer in dict.fromkeys(sample.peer for sample in samples):
        mine = [sample for sample in samples if sample.peer == peer]
        times = [sample.theirs for sample in mine]
        ratio = median(sample.theirs / sample.ours for sample in mine)
        rows.append(Line(peer, mine[0].durable, median(times), min(times), max(times), ratio))
    return rows


def table(samples: Sequence[Sample]) -> str:
    """A Markdown table."""
    rows = [
        "| system | durable | microseconds per hop, median | least | most | times ours |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for row in lines(samples):
        durable = "yes" if row.durable else "no"
        rows.append(
            f"| {row.name} | {durable} | {row.median:,.0f} | {row.least:,.0f} | {row.most:,.0f} | {row.ratio:.1f} |"
        )
    return "\n".join(rows)


def document(samples: Sequence[Sample], runs: int, hops: int, load: float) -> dict[str, Any]:
    """Everything measured, with what one needs to know of the machine to read it; ``load`` is from before."""
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
            "load": load,
        },
        "runs_at_once": runs,
        "hops_per_run": hops,
        "lines": [asdict(line) for line in lines(samples)],
        "samples": [asdict(sample) for sample in samples],
    }


def section(samples: Sequence[Sample], runs: int, hops: int, load: float) -> str:
    """The table with a line above it that says when, on what, and how often it was measured."""
    facts = document(samples, runs, hops, load)
    machine, pairs = facts["machine"], len(samples) // len({sample.peer for sample in samples})
    return (
        f"Measured on {facts['measured']}: {machine['system']}, {machine['cores']} cores, Python {machine['python']}, "
        f"load average before the start {load:.1f}; "
        f"{runs:,} runs at once of {hops} hops; {pairs} {'round' if pairs == 1 else 'rounds'}.\n\n{table(samples)}"
    )
