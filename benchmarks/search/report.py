"""What was measured, as a table. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.intervals import bootstrap


@dataclass(frozen=True, slots=True)
class Sample:
    """One run."""

    policy: str
    seed: int
    seconds: float
    """From the request to the last decision."""
    bound: float
    drawn: float
    """Seconds of drawing that gave a picture."""
    wasted: float
    """Seconds of drawing that was called off."""
    flawed: bool


def table(samples: Sequence[Sample], base: str) -> str:
    """A Markdown table, a row for each policy."""
    rows = [
        "| policy | seconds, mean | times quicker (95 %) | over its bound, mean and worst | drawing, seconds a run "
        "| of that called off | flawed |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    first = [one for one in samples if one.policy == base]
    for policy in dict.fromkeys(one.policy for one in samples):
        mine = [one for one in samples if one.policy == policy]
        over = [one.seconds / one.bound for one in mine]
        low, high = quicker(first, mine)
        wasted = fmean(one.wasted for one in mine)
        rows.append(
            f"| `{policy}` | {fmean(one.seconds for one in mine):.2f} | "
            f"{fmean(o.seconds for o in first) / fmean(o.seconds for o in mine):.2f} ({low:.2f} to {high:.2f}) | "
            f"{sum(o.seconds for o in mine) / sum(o.bound for o in mine):.3f}, {max(over):.3f} | "
            f"{fmean(one.drawn for one in mine) + wasted:.1f} | {wasted:.1f} | "
            f"{sum(one.flawed for one in mine)} of {len(mine)} |"
        )
    return "\n".join(rows)


def quicker(base: Sequence[Sample], other: Sequence[Sample]) -> tuple[float, float]:
    """The 95% interval of how many times quicker the other is, over runs drawn with replacement, seed by seed."""
    pairs = list(zip(base, other, strict=True))
    return bootstrap(pairs, lambda drawn: sum(one.seconds for one, _ in drawn) / sum(o.seconds for _, o in drawn))
