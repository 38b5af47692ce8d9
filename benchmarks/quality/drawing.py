"""How long the embedded generator takes to draw a picture: processor time of one core, over random scenes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import islice

import numpy as np

from benchmarks.quality.chains import cases
from stepweave.world.render import render
from stepweave.world.scene import Scene

SIDES = {256: 400, 512: 400, 1024: 200, 4096: 10}
"""Pixels of width and height, and how many scenes are drawn so large."""


def scenes(first: int, count: int) -> list[Scene]:
    """What pictures of random stories show: one to nine things, often in a setting."""
    right = (case.right for chain in range(first, first + count) for case in cases(chain, 0.0))
    return list(islice(right, count))


def milliseconds(drawn: Sequence[Scene], side: int) -> list[float]:
    """The processor time of each picture; shapes that many pictures share are made once, before."""
    for scene in drawn:
        render(scene, 64, 64)
    spent = []
    for scene in drawn:
        start = time.process_time()
        render(scene, side, side)
        spent.append(1000 * (time.process_time() - start))
    return spent


def table(first: int) -> str:
    """Median, 95th percentile and longest time by size."""
    rows = ["| pictures | median, ms | 95% within, ms | longest, ms |", "|---|---:|---:|---:|"]
    for side, count in SIDES.items():
        spent = milliseconds(scenes(first, count), side)
        middle, most = np.percentile(spent, (50, 95))
        rows.append(f"| {count} of {side} pixels | {middle:.1f} | {most:.1f} | {max(spent):.1f} |")
    return "\n".join(rows)
