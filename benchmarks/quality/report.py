"""What was measured, as tables for docs/embedded.md. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to run the requests."""

    name: str
    words: tuple[str, ...]
    """The words of the command line that it takes."""


@dataclass(frozen=True, slots=True)
class Judging:
    """How well the critic judged pictures of one kind."""

    name: str
    pictures: int
    precision: tuple[float, float, float]
    """With the ends of its 95% interval."""
    recall: tuple[float, float, float]
    milliseconds: float
    """Of processor time for one verdict."""


ARMS = (
    Arm("no critic", ("--critic", "none", "--memory", "off")),
    Arm("critic, the same prompt again", ("--no-refine", "--memory", "off")),
    Arm("critic that refines the prompt", ("--memory", "off")),
    Arm("critic and memory", ("--memory", "on")),
)
"""What each part of the method adds."""

ATTEMPTS = (
    Arm("1 attempt", ("--memory", "off", "--attempts", "1")),
    Arm("3 attempts", ("--memory", "off", "--attempts", "3")),
    Arm("5 attempts", ("--memory", "off", "--attempts", "5")),
)
"""What more attempts add; the last is the third of ``ARMS``."""


def arms(found: Mapping[str, Mapping[str, Any]]) -> str:
    """A Markdown table of figures, by the names of their arms."""
    rows = [
        "| | whole sequences right | steps right | attempts per step | precision | recall | drift |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in found.items():
        critic = one["critic"]
        cells = (
            percent(one["sequences_right"], one["sequences_right_ci"]),
            percent(one["steps_right"], one["steps_right_ci"]),
            f"{one['attempts_per_step']:.2f}",
            percent(critic["precision"], critic["precision_ci"]),
            percent(critic["recall"], critic["recall_ci"]),
            f"{one['drift']:.2f}",
        )
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def judging(found: Sequence[Judging]) -> str:
    """A Markdown table of the critic's figures."""
    rows = ["| pictures | precision | recall | ms per verdict |", "|---|---:|---:|---:|"]
    for one in found:
        cells = [percent(share, (low, high)) for share, low, high in (one.precision, one.recall)]
        rows.append(f"| {one.pictures:,} at {one.name} | {' | '.join(cells)} | {one.milliseconds:.0f} |")
    return "\n".join(rows)


def percent(value: float | None, interval: Interval) -> str:
    """A rate with its interval, in percent."""
    if value is None:
        return "-"
    return f"{100 * value:.1f}" + (f" ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})" if interval else "")
