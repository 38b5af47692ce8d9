"""How much of a thing another one hides, by their shapes and not only by their boxes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from stepweave.world.measure import bounds, form_of
from stepweave.world.scene import Item
from stepweave.world.vocabulary import TEXT

CELLS = 40
"""Cells along the longer side of a thing, each of which is covered or not."""


def hidden(item: Item, by: Item, aspect: float = 1.0) -> float:
    """The share of an item, 0 to 1, that is covered by another one in front of it."""
    own, other = _covered(_plain(item)), _covered(_plain(by))
    box, cover = bounds(item, aspect), bounds(by, aspect)
    rows, columns = np.nonzero(own)
    if not len(rows):
        return 0.0
    x = box.left + (columns + 0.5) / own.shape[1] * box.width
    y = box.top + (rows + 0.5) / own.shape[0] * box.height
    column = np.floor((x - cover.left) / cover.width * other.shape[1]).astype(int)
    row = np.floor((y - cover.top) / cover.height * other.shape[0]).astype(int)
    inside = (column >= 0) & (column < other.shape[1]) & (row >= 0) & (row < other.shape[0])
    return float(other[row[inside], column[inside]].sum() / len(rows))


def _plain(item: Item) -> Item:
    """The item as far as its silhouette goes, so that those of equal ones are made once."""
    label = item.label if item.thing == TEXT else ""
    return Item(0, item.thing, 0.5, 0.5, 1.0, parts=item.parts, label=label, turn=item.turn, mirrored=item.mirrored)


@lru_cache(maxsize=1024)
def _covered(item: Item) -> NDArray[np.bool_]:
    """The cells of an item's box that it covers."""
    box = bounds(item)
    size = max(1, round(CELLS * box.width)), max(1, round(CELLS * box.height))
    if item.thing == TEXT:
        return np.ones((size[1], size[0]), dtype=np.bool_)
    picture = Image.new("1", size)
    draw = ImageDraw.Draw(picture)
    for part, outlines in form_of(item).parts.items():
        if item.parts is not None and part not in item.parts:
            continue
        for trace in (outline.trace for outline in outlines):
            for ring in trace.rings:
                draw.polygon([(x * CELLS, y * CELLS) for x, y in ring], fill=1)
            for stroke in trace.strokes:
                points = [(x * CELLS, y * CELLS) for x, y in stroke.points]
                draw.line(points, fill=1, width=max(1, round(stroke.width * CELLS)))
    return np.asarray(picture, dtype=np.bool_)
