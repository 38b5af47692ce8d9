"""What things look like, taken apart so that a picture can be read against it.

The renderer is linear in the colours of a thing's parts. So each part is kept as layers: how much it covers, how much
of its own colour (and of a colour it borrows) is in every pixel, and what is there whatever its colour is (outlines,
gleams). Layers compose to any selection of parts in any colours, and the equation can be solved for a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stepweave.policies.pixels.segments import Floats
from stepweave.world.render import stamp
from stepweave.world.scene import Item
from stepweave.world.things.geometry import geometry
from stepweave.world.vocabulary import COLOURS, DRAWABLE, RGB

FINEST = 128
"""Pixels of the side at which layers are drawn; coarser ones are reduced from it."""
EXTENTS = (0.05, 0.07, 0.09, 0.11, 0.145, 0.19, 0.25, 0.32, 0.42, 0.54, 0.7, 0.95)
"""Extents that have layers of their own, since outlines are relatively thicker on small things."""

Crop = tuple[slice, slice]
EVERYWHERE: Crop = (slice(None), slice(None))


@dataclass(frozen=True, slots=True)
class Layer:
    """One part alone, premultiplied; all arrays are side by side pixels."""

    part: str
    cover: Floats
    """Opacity, 0 to 1."""
    own: Floats
    """Share of the part's own colour."""
    lent: Floats | None
    """Share of the colour it borrows from another part."""
    lender: str | None
    fixed: Floats
    """What is there whatever the colours are, in levels of 255; three channels."""
    crop: Crop
    """Rows and columns outside of which it shows nothing."""

    def tint(self, colours: Mapping[str, Floats], crop: Crop = EVERYWHERE) -> Floats:
        """The premultiplied part in these colours; one without a colour counts as grey."""
        tint = self.fixed[crop] + self.own[crop][..., None] * colours.get(self.part, _UNKNOWN)
        if self.lent is not None and self.lender is not None:
            tint += self.lent[crop][..., None] * colours.get(self.lender, _UNKNOWN)
        return tint

    def meets(self, crop: Crop) -> bool:
        """Whether it may show anything there."""
        pairs = zip(self.crop, crop, strict=True)
        return all(one.start < (other.stop or FINEST) and (other.start or 0) < one.stop for one, other in pairs)


_UNKNOWN: Floats = np.full(3, 128, np.float32)


def layers(thing: str, extent: float, side: int, ink: RGB) -> tuple[Layer, ...]:
    """The parts of a thing from back to front, on a square of ``side`` pixels that its longer side fills.

    ``side`` is :data:`FINEST` divided by a power of two.
    """
    return _layers(thing, min(EXTENTS, key=lambda known: abs(np.log(known / extent))), side, ink)


@lru_cache(maxsize=512)
def _layers(thing: str, extent: float, side: int, ink: RGB) -> tuple[Layer, ...]:
    if side < FINEST:
        return tuple(_halved(layer) for layer in _layers(thing, extent, side * 2, ink))
    return tuple(_layer(thing, extent, part, ink) for part in geometry(DRAWABLE[thing]).parts)


def _layer(thing: str, extent: float, part: str, ink: RGB) -> Layer:
    lender = next((form.of for form in DRAWABLE[thing].part(part).forms if form.of), None)
    bright, cover = _alone(thing, extent, part, ink, {part: "white", lender: "white"})
    dark, _ = _alone(thing, extent, part, ink, {part: "black", lender: "white"})
    lent = None
    if lender:
        pale, _ = _alone(thing, extent, part, ink, {part: "white", lender: "black"})
        lent = _gain(bright, pale)
    own = _gain(bright, dark)
    white: Floats = np.array(COLOURS["white"], np.float32)
    fixed = bright - (own if lent is None else own + lent)[..., None] * white
    return Layer(part, cover, own, lent, lender, fixed, _crop(cover))


def _alone(thing: str, extent: float, part: str, ink: RGB, colours: Mapping[str | None, str]) -> tuple[Floats, Floats]:
    """One part drawn alone: its premultiplied colours and its opacity."""
    given = tuple((name, colour) for name, colour in colours.items() if name)
    drawn = stamp(Item(0, thing, 0.5, 0.5, extent, None, (part,), given), FINEST, ink)
    pixels = np.asarray(drawn, dtype=np.float32)
    cover: Floats = pixels[..., 3] / np.float32(255)
    colours_: Floats = pixels[..., :3] * cover[..., None]
    return colours_, cover


def _gain(bright: Floats, dark: Floats) -> Floats:
    span: Floats = np.array(COLOURS["white"], np.float32) - np.array(COLOURS["black"], np.float32)
    gain: Floats = np.clip(((bright - dark) / span).mean(axis=-1), 0, 1)
    return gain


def _halved(layer: Layer) -> Layer:
    lent = None if layer.lent is None else _half(layer.lent)
    cover = _half(layer.cover)
    return Layer(layer.part, cover, _half(layer.own), lent, layer.lender, _half(layer.fixed), _crop(cover))


def _crop(cover: Floats) -> Crop:
    rows, columns = (np.flatnonzero((cover > 0).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _half(values: Floats) -> Floats:
    side = values.shape[0] // 2
    half: Floats = values.reshape(side, 2, side, 2, *values.shape[2:]).mean(axis=(1, 3))
    return half
