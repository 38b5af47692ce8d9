"""Outlines to recognise things by: the silhouettes of things and of their parts, brought to one small grid.

A silhouette is what a thing, or some of its parts, covers with all it encloses; a cell is a region of one colour
within a thing, bounded by outlines. Both are compared by shape alone, stretched to fill a grid, and by their ratio of
width to height; colours do not matter here.

Every thing is on the *plain* shelf as a whole and without any one of its parts. A thing that words name has a shelf of
its own besides, with what it looks like while it is drawn part by part, and while it does something. Turned and flipped
things are on further shelves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from stepweave.policies.pixels.segments import Floats, Mask, components, widened
from stepweave.world.render import stamp
from stepweave.world.scene import Item
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE, TURNS

SIDE = 64
"""Pixels of the square on which outlines are made."""
BRIDGED = 2
"""Gaps that may close when a thing is small (between the sun and its rays), in pixels of that square."""
GRID = 20
"""Rows and columns of the grid."""
MEDIUM = 0.32
"""The extent whose outlines stand for all others here."""
LEAST_CELL = 0.02
"""Area of the smallest cell worth looking for, as a share of the thing's square."""
UNLIKE = 0.04
"""Pixels by which an outline differs when it is turned, as a share of its own, up to which it looks the same."""

CONFUSABLE = 0.8
"""Overlap by union from which two ways to lie must be told apart by what is inside."""

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
    turn: int = 0
    mirrored: bool = False
    action: str | None = None

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

    def alike(self, mask: Mask, known: Mask | None, slack: float) -> Iterator[tuple[Shape, float]]:
        """Overlap by union with every outline of about that ratio of width to height, 0 to 1.

        Pixels outside of ``known`` do not count; ``slack`` is the greatest difference of logarithms of the ratios.
        """
        fitting = np.flatnonzero(np.abs(np.log(self.ratios / (mask.shape[1] / mask.shape[0]))) < slack)
        query = grid(mask)
        grids = self.grids[fitting]
        if known is not None:
            seen = grid(known)
            query, grids = np.minimum(query, seen), grids * seen
        both = np.minimum(grids, query[None, :]).sum(axis=1)
        union = np.maximum(grids, query[None, :]).sum(axis=1)
        for index, likeness in zip(fitting, both / np.maximum(union, 1e-6), strict=True):
            yield self.shapes[index], float(likeness)


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


@lru_cache(maxsize=8)
def silhouettes(things: frozenset[str], turned: bool) -> Shelf:
    """The plain shelf: things as wholes and without any one part, upright, or in all other ways they can lie."""
    pairs = [pair for thing in sorted(things) for pair in _plain(thing)]
    return _shelf(_others(pairs) if turned else pairs)


@lru_cache(maxsize=4)
def beginnings(things: frozenset[str], turned: bool) -> Shelf:
    """Things as they look while they are drawn, part by part."""
    pairs = [pair for thing in sorted(things) for pair in _beginnings(thing)]
    return _shelf(_others(pairs) if turned else pairs)


@lru_cache(maxsize=64)
def drafts(thing: str, turned: bool) -> Shelf:
    """One thing as it looks while it is drawn, part by part, and while it does something."""
    return _shelf(_others(_drafts(thing)) if turned else _drafts(thing))


@lru_cache(maxsize=8)
def cells(things: frozenset[str], turned: bool) -> Shelf:
    """The larger cells of whole things."""
    pairs = [pair for thing in sorted(things) for pair in _cells(thing, (DRAWABLE[thing].names,))]
    return _shelf(_others(pairs) if turned else pairs)


@lru_cache(maxsize=64)
def cells_of_drafts(thing: str, turned: bool) -> Shelf:
    """The larger cells of one thing while it is drawn."""
    pairs = _cells(thing, _stages(DRAWABLE[thing].names))
    return _shelf(_others(pairs) if turned else pairs)


Pair = tuple[Shape, Mask]
"""An outline and its mask on the thing's square."""


def _shelf(pairs: Iterable[Pair]) -> Shelf:
    """Of those that look the same and lie the same, the one with the most parts and turned least is kept."""
    kept: dict[object, tuple[Shape, Floats]] = {}
    for shape, mask in pairs:
        edges = edges_of(mask)
        if edges is None:
            continue
        left, top, right, bottom = edges
        values = grid(mask[top:bottom, left:right])
        box = (left / SIDE, top / SIDE, right / SIDE, bottom / SIDE)
        key = (shape.thing, shape.part, tuple(round(edge, 2) for edge in box), (values > 0.5).tobytes())
        if key not in kept or len(shape.parts) > len(kept[key][0].parts):
            kept[key] = (replace(shape, box=box), values)
    shapes = tuple(shape for shape, _ in kept.values())
    grids = np.array([values for _, values in kept.values()], np.float32).reshape(len(shapes), GRID * GRID)
    return Shelf(shapes, grids, np.array([shape.ratio for shape in shapes], np.float32))


def _others(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Outlines turned and flipped in all ways but the upright one; without those that look upright all the same, and
    without what a thing does, which seldom changes more than a little of an outline."""
    for shape, mask in pairs:
        if shape.action is not None:
            continue
        for mirrored in (False, True):
            for turn in TURNS:
                placed = _lying(mask, turn, mirrored)
                if (placed != mask).sum() > UNLIKE * mask.sum():
                    yield replace(shape, turn=turn, mirrored=mirrored), placed


@lru_cache(maxsize=256)
def _covers(thing: str) -> dict[str, Floats]:
    """What each part covers, from back to front."""
    return {part: _cover(Item(0, thing, 0.5, 0.5, MEDIUM, parts=(part,))) for part in _ordered(thing)}


def _ordered(thing: str) -> list[str]:
    return [part.name for part in sorted(DRAWABLE[thing].parts, key=lambda part: part.depth)]


def _cover(item: Item) -> Floats:
    cover: Floats = np.asarray(stamp(item, SIDE))[..., 3].astype(np.float32) / np.float32(255)
    return cover


@lru_cache(maxsize=256)
def _plain(thing: str) -> list[Pair]:
    names = DRAWABLE[thing].names
    whole = _together(thing, names)
    pairs = [(_shape(thing, names), enclosed(whole)), (_shape(thing, names), enclosed(closed(whole, BRIDGED)))]
    fewer = [tuple(other for other in names if other != name) for name in names] if len(names) > 1 else []
    return pairs + [(_shape(thing, some), enclosed(_together(thing, some))) for some in fewer]


def _beginnings(thing: str) -> list[Pair]:
    names = DRAWABLE[thing].names
    return [(_shape(thing, names[:end]), enclosed(_together(thing, names[:end]))) for end in range(1, len(names))]


def _drafts(thing: str) -> list[Pair]:
    names = DRAWABLE[thing].names
    pairs = []
    for some in sorted(_stages(names)):
        mask = _together(thing, some)
        pairs += [(_shape(thing, some), enclosed(one)) for one in (mask, closed(mask, BRIDGED))]
    for name, action in actions(DRAWABLE[thing]).items():
        signs = _cover(Item(0, thing, 0.5, 0.5, MEDIUM, parts=(), action=name)) > 0.5
        shown = tuple(part for part in names if part not in action.hides)
        pairs.append((replace(_shape(thing, names), action=name), enclosed(_together(thing, shown) | signs)))
    return pairs


@lru_cache(maxsize=1024)
def confusable(thing: str, turn: int, mirrored: bool) -> tuple[tuple[int, bool], ...]:
    """The ways to lie in which a thing has nearly the same outline, its own among them."""
    whole = _together(thing, DRAWABLE[thing].names)
    own = _lying(whole, turn, mirrored)
    found = []
    for other in product(TURNS, (False, True)):
        mask = _lying(whole, *other)
        if (mask & own).sum() > CONFUSABLE * (mask | own).sum():
            found.append(other)
    return tuple(found)


def _lying(mask: Mask, turn: int, mirrored: bool) -> Mask:
    return np.rot90(mask[:, ::-1] if mirrored else mask, -turn // 90)


def _together(thing: str, parts: tuple[str, ...]) -> Mask:
    covers = _covers(thing)
    mask: Mask = np.logical_or.reduce([covers[name] > 0.5 for name in parts])
    return mask


def _shape(thing: str, parts: tuple[str, ...], part: str | None = None) -> Shape:
    return Shape(thing, frozenset(parts), part, (0.0, 0.0, 1.0, 1.0))


def _stages(names: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Selections likely to be met: every part alone, all up to each, all but each."""
    alone = {(name,) for name in names}
    up_to = {names[:count] for count in range(1, len(names) + 1)}
    without = {tuple(other for other in names if other != name) for name in names} - {()}
    return alone | up_to | without


def _cells(thing: str, selections: Iterable[tuple[str, ...]]) -> list[Pair]:
    return [pair for chosen in selections for pair in _visible(thing, chosen)]


def _visible(thing: str, chosen: tuple[str, ...]) -> Iterator[Pair]:
    """The pieces of parts that are seen, without their outlines."""
    drawn = [(part, cover) for part, cover in _covers(thing).items() if part in chosen]
    for index, (part, cover) in enumerate(drawn):
        share = cover > 0.95
        for _, other in drawn[index + 1 :]:
            share &= other < 0.05
        inner = ~widened(~np.pad(share, 1))[1:-1, 1:-1]
        regions = components(inner.astype(np.int32))
        for number in np.flatnonzero((regions.classes == 1) & (regions.areas > LEAST_CELL * share.size)):
            yield _shape(thing, chosen, part), regions.labels == number


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
