"""How sure a figure is: 95% intervals of what is measured in pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

RESAMPLED = 2000
"""How often the pairs are drawn anew."""

T = TypeVar("T")


def bootstrap(pairs: Sequence[T], figure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """The 95% interval of a figure, over pairs drawn with replacement (Efron, 1979; percentiles)."""
    random = Random(0)
    found = sorted(figure(random.choices(pairs, k=len(pairs))) for _ in range(RESAMPLED))
    return found[int(0.025 * RESAMPLED)], found[int(0.975 * RESAMPLED)]
