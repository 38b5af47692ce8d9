"""Grades as figures: rates with their 95% intervals, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from random import Random
from typing import Any

from stepweave.training.sketchbook.grading import Grade

Z = 1.959964
"""Standard deviations to either side that hold 95% of a normal distribution."""
RESAMPLED = 1000
"""How often the sequences are drawn anew for an interval by bootstrap."""

Interval = tuple[float, float]
Rate = Callable[[Sequence[Grade]], float | None]


def figures(grades: Sequence[Grade], *, seconds: float = 0.0) -> dict[str, Any]:
    """All figures of a set of runs as one object; what cannot be told (nothing was judged) is ``None``.

    The interval of whole sequences is Wilson's. Steps and candidates of one sequence are not independent of each other,
    so theirs are bootstrap intervals over whole sequences, with a fixed seed.
    """
    right = sum(grade.right for grade in grades)
    attempts = [count for grade in grades for count in grade.attempts]
    drifts = [grade.drift for grade in grades]
    return {
        "n": len(grades),
        "sequences_right": rounded(right / len(grades)) if grades else None,
        "sequences_right_ci": wilson(right, len(grades)),
        **_with_interval("steps_right", grades, steps_right),
        "attempts_per_step": rounded(sum(attempts) / len(attempts)) if attempts else None,
        "generator_calls": sum(attempts),
        "generator_seconds": round(sum(grade.drawing for grade in grades), 1),
        "critic": {
            **_with_interval("precision", grades, precision),
            **_with_interval("recall", grades, recall),
            "judged": sum(len(grade.judged) for grade in grades),
        },
        "drift": rounded(sum(drifts) / len(drifts)) if drifts else None,
        "seconds": round(seconds, 1),
        "kinds": _by_kind(grades),
    }


def _with_interval(name: str, grades: Sequence[Grade], rate: Rate) -> dict[str, Any]:
    value = rate(grades)
    return {name: None if value is None else rounded(value), f"{name}_ci": bootstrap(grades, rate)}


def _by_kind(grades: Sequence[Grade]) -> dict[str, dict[str, Any]]:
    kinds: dict[str, list[Grade]] = {}
    for grade in grades:
        kinds.setdefault(grade.kind, []).append(grade)
    return {
        kind: {"n": len(some), "sequences_right": rounded(sum(grade.right for grade in some) / len(some))}
        for kind, some in kinds.items()
    }


# ------------------------------------------------------------------------------------------ rates


def steps_right(grades: Sequence[Grade]) -> float | None:
    """The share of all pictures that are right."""
    return _share([right for grade in grades for right in grade.steps])


def precision(grades: Sequence[Grade]) -> float | None:
    """The share of rejected candidates that are wrong."""
    return _share([one.wrong for grade in grades for one in grade.judged if one.rejected])


def recall(grades: Sequence[Grade]) -> float | None:
    """The share of wrong candidates that are rejected."""
    return _share([one.rejected for grade in grades for one in grade.judged if one.wrong])


def _share(facts: Sequence[bool]) -> float | None:
    return sum(facts) / len(facts) if facts else None


# ------------------------------------------------------------------------------------------ intervals


def wilson(successes: int, trials: int) -> Interval | None:
    """The 95% interval of a rate by Wilson's score; ``None`` without trials."""
    if not trials:
        return None
    rate, square = successes / trials, Z * Z
    middle = rate + square / (2 * trials)
    reach = Z * sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials))
    low, high = ((middle + sign * reach) / (1 + square / trials) for sign in (-1, 1))
    return rounded(max(0.0, low)), rounded(min(1.0, high))


def bootstrap(grades: Sequence[Grade], rate: Rate, *, seed: int = 0) -> Interval | None:
    """The 95% interval of a rate over sets of sequences drawn with replacement; ``None`` where there is no rate.

    If nothing varies, because all is right or all is wrong, it is Wilson's interval of that many sequences.
    """
    if rate(grades) is None:
        return None
    random = Random(seed)
    drawn = (rate(random.choices(grades, k=len(grades))) for _ in range(RESAMPLED))
    found = sorted(value for value in drawn if value is not None)
    low, high = (found[min(len(found) - 1, int(share * len(found)))] for share in (0.025, 0.975))
    if low == high and low in (0.0, 1.0):
        counted = sum(rate([grade]) is not None for grade in grades)
        return wilson(round(low * counted), counted)
    return rounded(low), rounded(high)


def rounded(value: float) -> float:
    """A figure with as many digits as it deserves."""
    return round(value, 4)


# ------------------------------------------------------------------------------------------ for people


def table(found: Mapping[str, Any]) -> str:
    """Figures as a table for people."""
    critic = found["critic"]
    rows = [
        ("sequences right", _percent(found["sequences_right"], found["sequences_right_ci"])),
        ("steps right", _percent(found["steps_right"], found["steps_right_ci"])),
        ("attempts per step", f"{found['attempts_per_step']:.2f}" if found["attempts_per_step"] is not None else "-"),
        ("generator calls", str(found["generator_calls"])),
        ("critic, precision", _percent(critic["precision"], critic["precision_ci"])),
        ("critic, recall", _percent(critic["recall"], critic["recall_ci"])),
        ("drift", f"{found['drift']:.2f} levels of 255" if found["drift"] is not None else "-"),
        *(
            (f"  {kind}", f"{_percent(one['sequences_right'], None)} of {one['n']}")
            for kind, one in found["kinds"].items()
        ),
    ]
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"{name:<{width}}{value}" for name, value in rows)


def _percent(value: float | None, interval: Interval | None) -> str:
    if value is None:
        return "-"
    bounds = f"  ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})" if interval else ""
    return f"{100 * value:.1f}%{bounds}"
