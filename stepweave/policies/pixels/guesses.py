"""Ideas of what a region of a picture may be, from its outline or from the cells within it, compared with the library.

A region whose outline is no thing's is several things in one: then the regions of one colour within it say what to try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from stepweave.policies.pixels.library import (
    Shape,
    Shelf,
    beginnings,
    cells,
    cells_of_drafts,
    drafts,
    enclosed,
    silhouettes,
)
from stepweave.policies.pixels.readings import Pose
from stepweave.policies.pixels.segments import Mask, View, classes, components, lines

LEAST = 7
"""Sides of the smallest region looked at, in working pixels."""
LIKELY = 0.8
"""Least likeness of an outline worth reading."""
TRIED = 6
"""Outlines read per region, the likeliest first."""
PER_CELL = 4
"""Outlines read per cell."""
CELLS = 12
"""Cells of a region that are tried, the largest first."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A region to be explained: its box in the working picture, and its mask within the box."""

    box: tuple[int, int, int, int]
    mask: Mask
    known: Mask
    """Pixels of the box that nothing found so far covers."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An outline that a region may have, and where the thing would be then."""

    shape: Shape
    pose: Pose
    likeness: float


def regions(rest: Mask, covered: Mask) -> Iterator[Region]:
    """The connected regions of what is to be explained, the largest first; ``covered``: what lies on things found."""
    parts = components(rest.astype(np.int32))
    for index in np.argsort(-parts.areas * parts.classes, kind="stable")[: int(parts.classes.sum())]:
        left, top, right, bottom = (int(edge) for edge in parts.boxes[index])
        if right - left < LEAST or bottom - top < LEAST:
            continue
        mask = parts.mask(int(index))
        if parts.areas[index] < 0.04 * mask.size:
            continue
        yield Region((left, top, right, bottom), mask, ~covered[top:bottom, left:right] | mask)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for."""

    things: frozenset[str]
    favoured: frozenset[str]
    """What is likelier than other things that would look the same."""
    ways: tuple[bool, ...] = (False, True)
    """Whether things are looked for turned, in the order in which this is tried."""
    begun: bool = False
    """Whether anything may be there of which only some parts are drawn, and not just what is favoured."""


def outlined(view: View, region: Region, search: Search, turned: bool) -> list[Guess]:
    """What the whole outline may be."""
    mask, things = enclosed(region.mask), search.things
    shelves = [silhouettes(things, turned), *(drafts(thing, turned) for thing in sorted(search.favoured & things))]
    if search.begun:
        shelves.append(beginnings(things, turned))
    return _alike(view, region.box, mask, region.known | mask, shelves)


def by_cells(view: View, region: Region, search: Search, turned: bool) -> list[Guess]:
    """What the larger regions of one colour within it may belong to."""
    left, top, right, bottom = region.box
    pixels = view.small[top:bottom, left:right]
    parts = components(np.where(region.mask & ~lines(pixels), classes(pixels), -1))
    named = sorted(search.favoured & search.things)
    shelves = [cells(search.things, turned), *(cells_of_drafts(thing, turned) for thing in named)]
    guesses: list[Guess] = []
    for index in np.argsort(-parts.areas, kind="stable")[:CELLS]:
        x0, y0, x1, y1 = (int(edge) for edge in parts.boxes[index])
        if parts.classes[index] < 0 or x1 - x0 < LEAST or y1 - y0 < LEAST:
            continue
        mask = enclosed(parts.mask(int(index)))
        box = (x0 + left, y0 + top, x1 + left, y1 + top)
        guesses += _alike(view, box, mask, None, shelves, distinct=True)[:PER_CELL]
    return guesses[: 4 * TRIED]


def _alike(
    view: View, box: Box, mask: Mask, known: Mask | None, shelves: Sequence[Shelf], distinct: bool = False
) -> list[Guess]:
    """The likeliest outlines; ``distinct``: of each thing only the likeliest."""
    slack = 0.08 + 1.5 / (box[2] - box[0]) + 1.5 / (box[3] - box[1])
    found = [pair for shelf in shelves for pair in shelf.alike(mask, known, slack) if pair[1] >= LIKELY]
    guesses: list[Guess] = []
    for shape, likeness in sorted(found, key=lambda pair: -pair[1]):
        if len(guesses) == TRIED:
            break
        if not distinct or all(shape.thing != guess.shape.thing for guess in guesses):
            guesses.append(Guess(shape, _pose(view, box, shape), likeness))
    return guesses


def _pose(view: View, box: Box, shape: Shape) -> Pose:
    """Where the thing is if that box of the picture is that box of the thing."""
    left, top, right, bottom = shape.box
    wide, high = right - left, bottom - top
    side = ((box[2] - box[0]) + (box[3] - box[1])) / (wide + high)
    x = (box[0] + box[2]) / 2 + (0.5 - (left + right) / 2) * side
    y = (box[1] + box[3]) / 2 + (0.5 - (top + bottom) / 2) * side
    height, width = view.small.shape[:2]
    return Pose(x / width, y / height, side / view.shorter, shape.turn, shape.mirrored, shape.action)
