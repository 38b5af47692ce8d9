"""Outlines to recognise things by: the silhouettes of things and of their parts, brought to one small grid.

A silhouette is what a thing, or some of its parts, covers with all it encloses; a cell is a region of one colour
within a thing, bounded by outlines. Both are compared by shape alone, stretched to fill a grid, and by their ratio of
width to height; colours do not matter here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from stepweave.policies.pixels.layers import FINEST, Layer, layers
from stepweave.policies.pixels.segments import Floats, Mask, components, widened
from stepweave.world.render import INK
from stepweave.world.vocabulary import DRAWABLE

BRIDGED = 2
"""Gaps that may close when a thing is small (between the sun and its rays), in pixels of 64."""
GRID = 20
"""Rows and columns of the grid."""
MEDIUM = 0.32
"""The extent whose layers stand for all others here."""
LEAST_CELL = 0.02
"""Area of the smallest cell worth looking for, as a share of the thing's square."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline of the library."""

    thing: str
    parts: frozenset[str]
    """The parts that are there."""
    part: str | None
    """The part a cell belongs to; ``None`` for a silhouette."""
    box: Box
    """Left, top, right, bottom in the thing's square, whose side is 1."""

    @property
    def ratio(self) -> float:
        """Width by height."""
        return (self.box[2] - self.box[0]) / (self.box[3] - self.box[1])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Outlines side by side, to be compared with one in a single product."""

    shapes: tuple[Shape, ...]
    grids: Floats
    """One row per outline: the share of each grid cell it covers."""
    ratios: Floats

    def likeness(self, mask: Mask, known: Mask | None = None) -> Floats:
        """Overlap by union with every outline, 0 to 1; pixels outside of ``known`` do not count."""
        query = grid(mask)
        seen = np.ones_like(query) if known is None else grid(known)
        query = np.minimum(query, seen)
        both = np.minimum(self.grids[:, :], query[None, :]).sum(axis=1)
        union = np.maximum(self.grids * seen, query[None, :]).sum(axis=1)
        likeness: Floats = both / np.maximum(union, 1e-6)
        return likeness


def grid(mask: Mask) -> Floats:
    """A mask stretched to the grid: the share of every grid cell that it covers."""
    summed = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.float32)
    summed[1:, 1:] = np.cumsum(np.cumsum(mask, axis=0, dtype=np.float32), axis=1)
    rows, columns = (np.linspace(0, size, GRID + 1, dtype=np.float32) for size in mask.shape)
    at = _between(summed, rows, columns)
    cells = at[1:, 1:] - at[:-1, 1:] - at[1:, :-1] + at[:-1, :-1]
    share: Floats = (cells * GRID * GRID / mask.size).astype(np.float32).ravel()
    return share


def _between(summed: Floats, rows: Floats, columns: Floats) -> Floats:
    """The summed table at fractional places."""
    r, c = rows.astype(np.intp).clip(max=summed.shape[0] - 2), columns.astype(np.intp).clip(max=summed.shape[1] - 2)
    fr, fc = (rows - r)[:, None], (columns - c)[None, :]
    top = summed[np.ix_(r, c)] * (1 - fc) + summed[np.ix_(r, c + 1)] * fc
    low = summed[np.ix_(r + 1, c)] * (1 - fc) + summed[np.ix_(r + 1, c + 1)] * fc
    at: Floats = top * (1 - fr) + low * fr
    return at


@lru_cache(maxsize=64)
def silhouettes(things: frozenset[str]) -> Shelf:
    """The silhouettes of things with any selection of their parts, without those that look the same."""
    return _shelf(_distinct(pair for thing in sorted(things) for pair in _silhouettes(thing)))


@lru_cache(maxsize=64)
def cells(things: frozenset[str]) -> Shelf:
    """The larger cells of things, drawn in full, up to any part, and part by part."""
    return _shelf(_distinct(pair for thing in sorted(things) for pair in _cells(thing)))


Pair = tuple[Shape, Floats]


def _shelf(pairs: list[Pair]) -> Shelf:
    shapes = tuple(shape for shape, _ in pairs)
    grids = np.stack([values for _, values in pairs]).astype(np.float32)
    return Shelf(shapes, grids, np.array([shape.ratio for shape in shapes], np.float32))


def _distinct(pairs: Iterable[Pair]) -> list[Pair]:
    """Of those that look the same and lie the same, the one with the most parts."""
    kept: dict[object, Pair] = {}
    for shape, values in pairs:
        place = tuple(round(edge, 2) for edge in shape.box)
        key = (shape.thing, shape.part, place, (values > 0.5).tobytes())
        if key not in kept or len(shape.parts) > len(kept[key][0].parts):
            kept[key] = (shape, values)
    return list(kept.values())


@lru_cache(maxsize=32)
def _silhouettes(thing: str) -> list[Pair]:
    stack = layers(thing, MEDIUM, FINEST // 2, INK)
    covers = {layer.part: layer.cover > 0.5 for layer in stack}
    pairs = []
    for chosen in _selections(DRAWABLE[thing].names):
        mask = np.logical_or.reduce([covers[name] for name in chosen])
        pairs += [_pair(thing, frozenset(chosen), None, enclosed(one)) for one in (mask, closed(mask, BRIDGED))]
    return _distinct(pair for pair in pairs if pair is not None)


def _selections(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for count in range(1, len(names) + 1):
        yield from combinations(names, count)


@lru_cache(maxsize=32)
def _cells(thing: str) -> list[Pair]:
    stack = layers(thing, MEDIUM, FINEST, INK)
    pairs = [pair for chosen in _stages(DRAWABLE[thing].names) for pair in _visible(thing, stack, frozenset(chosen))]
    return _distinct(pairs)


def _stages(names: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Selections likely to be met: every part alone, all up to each, all but each."""
    alone = {(name,) for name in names}
    up_to = {names[:count] for count in range(1, len(names) + 1)}
    without = {tuple(other for other in names if other != name) for name in names} - {()}
    return alone | up_to | without


def _visible(thing: str, stack: tuple[Layer, ...], chosen: frozenset[str]) -> Iterator[Pair]:
    drawn = [layer for layer in stack if layer.part in chosen]
    for index, layer in enumerate(drawn):
        share = layer.own
        for other in drawn[index + 1 :]:
            share = share * (1 - other.cover)
        regions = components((share > 0.5).astype(np.int32))
        for number in np.flatnonzero((regions.classes == 1) & (regions.areas > LEAST_CELL * share.size)):
            pair = _pair(thing, chosen, layer.part, regions.labels == number)
            if pair is not None:
                yield pair


def _pair(thing: str, parts: frozenset[str], part: str | None, mask: Mask) -> Pair | None:
    edges = edges_of(mask)
    if edges is None:
        return None
    left, top, right, bottom = edges
    side = mask.shape[0]
    shape = Shape(thing, parts, part, (left / side, top / side, right / side, bottom / side))
    return shape, grid(mask[top:bottom, left:right])


def edges_of(mask: Mask) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of what is set, right and bottom exclusive; ``None`` if nothing is."""
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def closed(mask: Mask, reach: int) -> Mask:
    """The mask with gaps of up to twice ``reach`` closed."""
    padded = np.pad(mask, reach + 1)
    for _ in range(reach):
        padded = widened(padded)
    for _ in range(reach):
        padded = ~widened(~padded)
    inner = slice(reach + 1, -reach - 1)
    return padded[inner, inner]


def enclosed(mask: Mask) -> Mask:
    """The mask with all it encloses."""
    framed = np.zeros((mask.shape[0] + 2, mask.shape[1] + 2), np.int32)
    framed[1:-1, 1:-1] = mask
    regions = components(framed)
    inside: Mask = regions.labels != regions.labels[0, 0]
    return inside[1:-1, 1:-1]
