"""Settings to pixels: pure, the same bytes every time, at any size.

Areas are flat, with anti-aliased edges and without outlines: no gradients and no noise, so what stands before a
backdrop can be found by taking the backdrop away, and a compressed picture still shows it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from math import ceil

from PIL import Image

from stepweave.world.brush import Brush
from stepweave.world.scenery.interiors import INTERIORS
from stepweave.world.scenery.landscapes import LANDSCAPES
from stepweave.world.scenery.model import Area, Setting
from stepweave.world.things.forms import Points, Trace
from stepweave.world.things.geometry import Outline

SETTINGS: dict[str, Setting] = {setting.name: setting for setting in (*LANDSCAPES, *INTERIORS)}
"""All settings, by name."""

KEPT = 1024 * 1024
"""Most pixels of a backdrop that is kept to be used again."""


def backdrop(name: str, width: int, height: int) -> Image.Image:
    """The setting as an RGB picture of that many pixels, without any things; ``KeyError`` for an unknown setting."""
    if width * height > KEPT:
        return _painted(SETTINGS[name], width, height)
    return _kept(SETTINGS[name], width, height).copy()


def _painted(setting: Setting, width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), setting.sky)
    brush = Brush(picture, (0.0, 0.0), 1.0, 0.0, setting.ink)
    for area in setting.areas:
        for outline in _outlines(area, width, height):
            brush.paint(outline, area.colour)
    return picture


_kept = lru_cache(maxsize=16)(_painted)


def _outlines(area: Area, width: int, height: int) -> Iterator[Outline]:
    """All forms of an area in pixels, once for each time that they are repeated."""
    rings = _rings(area)
    if area.at is None:
        yield _outline(tuple(tuple((x * width / 100, y * height / 100) for x, y in ring) for ring in rings))
        return
    unit, top = min(width, height) / 100, area.at[1] * height
    for left in _lefts(area.at[0] * width, area.every * unit, width):
        yield _outline(tuple(tuple((left + x * unit, top + y * unit) for x, y in ring) for ring in rings))


@lru_cache(maxsize=256)
def _rings(area: Area) -> tuple[Points, ...]:
    return tuple(ring for form in area.forms for ring in form.trace().rings)


def _outline(rings: tuple[Points, ...]) -> Outline:
    xs, ys = zip(*chain.from_iterable(rings), strict=True)
    return Outline("flat", None, None, Trace(rings), (min(xs), min(ys), max(xs), max(ys)), tuple(() for _ in rings))


def _lefts(middle: float, distance: float, width: int) -> list[float]:
    """Where forms are repeated: at the middle, and from there to both sides until beyond the edges."""
    if not distance:
        return [middle]
    to_left, to_right = ceil(middle / distance) + 1, ceil((width - middle) / distance) + 1
    return [middle + i * distance for i in range(-to_left, to_right + 1)]
