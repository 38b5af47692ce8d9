"""What was measured, as a table for people. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.page import measured
from benchmarks.scale.load import ACCEPTED, ATTEMPTS, DRAW, SLOTS, STEPS, drawings

OURS = "stepweave"
UNITS = (("MB", 1 << 20), ("KB", 1 << 10))


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of measurements, one right after the other; each the makespan over the ideal."""

    peer: str
    durable: bool
    """Whether the peer keeps its messages or state on disk."""
    bytes: int
    """Size of a picture."""
    ours: float
    theirs: float
    extrapolated: bool = False
    """Whether the peer did only some of the runs."""


def size(count: int) -> str:
    """A number of bytes for people."""
    for unit, factor in UNITS:
        if count >= factor:
            return f"{count / factor:g} {unit}"
    return f"{count} bytes"


def middle(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f}" if ratios else "–"


def table(samples: Sequence[Sample]) -> str:
    """A Markdown table: ours first, then the peers in the order in which they were measured; medians."""
    sizes = sorted({sample.bytes for sample in samples})
    rows = [
        f"| system | durable | {' | '.join(f'{size(count)} a picture' for count in sizes)} |",
        f"|---|---|{'---:|' * len(sizes)}",
    ]
    ours = [middle([sample.ours for sample in samples if sample.bytes == count]) for count in sizes]
    rows.append(f"| {OURS} | yes | {' | '.join(ours)} |")
    for peer in dict.fromkeys(sample.peer for sample in samples):
        mine = [sample for sample in samples if sample.peer == peer]
        theirs = [middle([sample.theirs for sample in mine if sample.bytes == count]) for count in sizes]
        name = f"{peer} (extrapolated)" if mine[0].extrapolated else peer
        rows.append(f"| {name} | {'yes' if mine[0].durable else 'no'} | {' | '.join(theirs)} |")
    return "\n".join(rows)


def section(samples: Sequence[Sample], runs: int, load: float) -> str:
    """The table with lines above it that say when and on what it was measured, and what the figures are."""
    rounds = len(samples) // len({(sample.peer, sample.bytes) for sample in samples})
    count = drawings(runs)
    return (
        f"{measured('make bench-scale', load)}\n\n"
        f"Time from the first run submitted to the last one ended, over the ideal: {runs:,} runs at once of {STEPS} "
        f"steps, a candidate accepted with chance {ACCEPTED:g}, {ATTEMPTS} at most, make {count:,} drawings of "
        f"{DRAW:g} s on {SLOTS} slots, {count * DRAW / SLOTS:.1f} s if no slot ever waits; "
        f"{'one round' if rounds == 1 else f'median of {rounds} rounds'}.\n\n{table(samples)}"
    )
