"""Pictures to regions: the working picture, colour classes and connected components, in numpy.

Segmentation works on a copy whose shorter side is about :data:`WORKING` pixels; measurements go back to the full
picture through :meth:`View.window`, which resamples any square of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from stepweave.world.brush import lightened, mixed, shaded
from stepweave.world.vocabulary import COLOURS

Mask = NDArray[np.bool_]
Labels = NDArray[np.int32]
Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

WORKING = 256
"""Pixels of the shorter side of the picture that is segmented, at least, where the original has as many."""
DARK, DARKER = 115, 22
"""Brightness, of 255, below which a pixel may be of an outline, and how much darker than those around it it is."""
AMPLE = 1.4
"""How many times finer than a window the working copy must be to be used for it."""
WORDS = tuple(COLOURS)
"""The colour words; a colour class is an index into them."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture made ready to be looked at."""

    image: Image.Image
    """RGB, as it came."""
    reduced: Image.Image
    """The working copy."""
    small: Pixels
    """The working copy's pixels, rows by columns by channels."""

    @property
    def shorter(self) -> int:
        """The shorter side of the working copy, in pixels."""
        height, width = self.small.shape[:2]
        return int(min(height, width))

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.image.width / self.image.height

    def window(self, centre: tuple[float, float], extent: float, side: int) -> Floats:
        """A square of the picture, resampled to ``side`` pixels; beyond the picture's edge its edge is repeated.

        ``centre`` in fractions of width and height, ``extent`` in fractions of the shorter side.
        """
        image = self.reduced if extent * self.shorter >= AMPLE * side else self.image
        half = extent * min(image.size) / 2
        x, y = centre[0] * image.width, centre[1] * image.height
        return _resampled(image, (x - half, y - half, x + half, y + half), side)


@dataclass(frozen=True, slots=True)
class Regions:
    """Connected components: which pixel belongs to which, and how large each is."""

    labels: Labels
    boxes: NDArray[np.int32]
    """Per component left, top, right, bottom; right and bottom exclusive."""
    areas: NDArray[np.int64]
    classes: NDArray[np.int32]
    """The class all pixels of a component share."""

    def mask(self, index: int) -> Mask:
        """The component within its own box."""
        left, top, right, bottom = self.boxes[index]
        inside: Mask = self.labels[top:bottom, left:right] == index
        return inside


def view(image: Image.Image) -> View:
    """Make a picture ready; it is not changed."""
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    factor = reduction(rgb.size)
    reduced = rgb.reduce(factor) if factor > 1 else rgb
    return View(rgb, reduced, np.asarray(reduced))


def reduction(size: tuple[int, int]) -> int:
    """How many times smaller than a picture of that size its working copy is."""
    return max(1, min(size) // WORKING)


def _resampled(image: Image.Image, box: tuple[float, float, float, float], side: int) -> Floats:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > image.width or bottom > image.height:
        image, box = _extended(image, box)
    way = Image.Resampling.HAMMING if box[2] - box[0] > side else Image.Resampling.BILINEAR
    return np.asarray(image.resize((side, side), way, box=box), dtype=np.float32)


def _extended(
    image: Image.Image, box: tuple[float, float, float, float]
) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """The part of the picture that the box touches, its edge repeated as far as the box reaches over it."""
    left, top, right, bottom = floor(box[0]), floor(box[1]), ceil(box[2]), ceil(box[3])
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if x0 < x1 and y0 < y1:
        inside = np.asarray(image.crop((x0, y0, x1, y1)))
        wide = np.pad(inside, ((y0 - top, bottom - y1), (x0 - left, right - x1), (0, 0)), mode="edge")
    else:
        xs, ys = np.arange(left, right).clip(0, image.width - 1), np.arange(top, bottom).clip(0, image.height - 1)
        wide = np.asarray(image)[np.ix_(ys, xs)]
    return Image.fromarray(wide), (box[0] - left, box[1] - top, box[2] - left, box[3] - top)


Levels = TypeVar("Levels", np.float32, np.float64, np.int16, np.uint8)


def total(values: NDArray[Levels]) -> NDArray[Levels]:
    """The sum of three channels; numpy is slow at so short an axis."""
    summed: NDArray[Levels] = values[..., 0] + values[..., 1] + values[..., 2]
    return summed


def most(values: NDArray[Levels]) -> NDArray[Levels]:
    """The largest of three channels."""
    largest: NDArray[Levels] = np.maximum(np.maximum(values[..., 0], values[..., 1]), values[..., 2])
    return largest


def difference(one: Pixels, other: Pixels) -> Pixels:
    """Per pixel the largest difference of a channel."""
    return most(np.maximum(one, other) - np.minimum(one, other))


def widened(mask: Mask) -> Mask:
    """The mask and the pixels next to it, also across corners."""
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


# ------------------------------------------------------------------------------------------ colours


@lru_cache(maxsize=1)
def _table() -> NDArray[np.int8]:
    """Colour class by the five upper bits of each channel; the tones of a shaded form belong to its colour."""
    tones, owners = [], []
    for index, rgb in enumerate(COLOURS.values()):
        for tone in (rgb, mixed(rgb, shaded(rgb), 0.55), mixed(rgb, lightened(rgb), 0.55)):
            tones.append(tone)
            owners.append(index)
    axis = np.arange(32, dtype=np.float32) * 8 + 4
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    nearest = np.square(grid - np.array(tones, np.float32)).sum(axis=-1).argmin(axis=-1)
    table: NDArray[np.int8] = np.array(owners, np.int8)[nearest]
    return table


def classes(small: Pixels) -> NDArray[np.int32]:
    """Per pixel the index of the nearest colour word."""
    bits = (small >> 3).astype(np.int32)
    index: NDArray[np.int32] = _table()[(bits[..., 0] << 10) | (bits[..., 1] << 5) | bits[..., 2]].astype(np.int32)
    return index


def lines(pixels: Pixels) -> Mask:
    """Dark pixels that are darker than what is next to them: outlines, also between dark regions."""
    level = total(pixels.astype(np.int16))
    brightest = level
    for axis in (0, 1):
        near = np.pad(brightest, [(2, 2) if axis == side else (0, 0) for side in (0, 1)], mode="edge")
        length = level.shape[axis]
        brightest = np.max([np.take(near, range(at, at + length), axis) for at in range(5)], axis=0)
    dark: Mask = (level < 3 * DARK) & (level < brightest - 3 * DARKER)
    return dark


def word_of(rgb: Floats) -> tuple[str, float]:
    """The nearest colour word and how far away it is, in root mean square levels of 255."""
    palette = np.array(list(COLOURS.values()), np.float32)
    distances = np.sqrt(np.square(palette - rgb).mean(axis=-1))
    best = int(distances.argmin())
    return WORDS[best], float(distances[best])


# ------------------------------------------------------------------------------------------ components


def components(values: NDArray[np.int32]) -> Regions:
    """Components of equal value, connected over edges: runs of each row, joined by union-find over all at once."""
    height, width = values.shape
    starts = np.ones((height, width), bool)
    np.not_equal(values[:, 1:], values[:, :-1], out=starts[:, 1:])
    runs = (np.cumsum(starts.ravel(), dtype=np.int32) - 1).reshape(height, width)
    first = np.flatnonzero(starts)
    above, below = _touching(values, runs)
    roots, inverse = np.unique(_united(len(first), above, below), return_inverse=True)
    numbers: Labels = inverse.astype(np.int32)
    lengths = np.diff(np.append(first, height * width))
    boxes = _boxes(numbers, len(roots), first, lengths, width)
    areas = np.bincount(numbers, weights=lengths, minlength=len(roots)).astype(np.int64)
    return Regions(numbers[runs], boxes, areas, values.ravel()[first[roots]])


def _touching(values: NDArray[np.int32], runs: Labels) -> tuple[Labels, Labels]:
    """Pairs of runs of equal value that lie one below the other, each pair once or little more often."""
    same = values[1:] == values[:-1]
    upper, lower = runs[:-1], runs[1:]
    fresh = same.copy()
    fresh[:, 1:] &= (upper[:, 1:] != upper[:, :-1]) | (lower[:, 1:] != lower[:, :-1])
    return upper[fresh], lower[fresh]


def _united(count: int, above: Labels, below: Labels) -> Labels:
    """For every run the smallest run of its component."""
    parent = np.arange(count, dtype=np.int32)
    while True:
        least = np.minimum(parent[above], parent[below])
        settled = parent.copy()
        for side in (parent[above], parent[below], above, below):
            np.minimum.at(settled, side, least)
        settled = settled[settled]
        if np.array_equal(settled, parent):
            return parent
        parent = settled


def _boxes(
    numbers: Labels, count: int, first: NDArray[np.intp], lengths: NDArray[np.intp], width: int
) -> NDArray[np.int32]:
    rows, columns = np.divmod(first, width)
    boxes = np.empty((count, 4), np.int32)
    boxes[:, :2], boxes[:, 2:] = np.iinfo(np.int32).max, 0
    np.minimum.at(boxes[:, 0], numbers, columns.astype(np.int32))
    np.minimum.at(boxes[:, 1], numbers, rows.astype(np.int32))
    np.maximum.at(boxes[:, 2], numbers, (columns + lengths).astype(np.int32))
    np.maximum.at(boxes[:, 3], numbers, (rows + 1).astype(np.int32))
    return boxes
