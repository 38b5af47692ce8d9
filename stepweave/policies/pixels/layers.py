"""What things look like, taken apart so that a picture can be read against it.

The renderer is linear in the colours of a thing's parts. So each part is kept as layers: how much it covers, how much
of its own colour (and of colours it borrows) is in every pixel, and what is there whatever its colour is (outlines,
gleams). Layers compose to any selection of parts in any colours, and the equation can be solved for a colour. What a
thing does is one more layer in front of all, which has no colour of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stepweave.policies.pixels.readings import Pose
from stepweave.policies.pixels.segments import Floats, total
from stepweave.world.render import stamp
from stepweave.world.scene import Item
from stepweave.world.things.actions import actions
from stepweave.world.things.geometry import geometry
from stepweave.world.vocabulary import COLOURS, DRAWABLE, RGB

FINEST = 64
"""Pixels of the side at which layers are kept; coarser ones are reduced."""
FINER = 2
"""How many times larger they are drawn, for lines have whole numbers of pixels there."""
EXTENTS = (
    *(0.055, 0.065, 0.08, 0.1, 0.115, 0.135, 0.165, 0.19, 0.22),
    *(0.27, 0.31, 0.36, 0.4, 0.45, 0.52, 0.6, 0.7, 0.85),
)
"""Extents that have layers of their own, since outlines are relatively thicker on small things."""
ROUGH = (0.08, 0.165, 0.36)
"""Those of them that are enough for a first look."""
ORDINARY = 0.27
"""An ordinary extent."""
ACTING = "(action)"
"""The name of the layer of what a thing does."""

Crop = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Look:
    """How a thing is drawn, its colours apart."""

    thing: str
    extent: float
    turn: int
    mirrored: bool
    ink: RGB


@dataclass(frozen=True, slots=True)
class Layer:
    """One part alone, premultiplied; all arrays are cut to its crop."""

    part: str
    crop: Crop
    """Rows and columns of the square outside of which it shows nothing."""
    cover: Floats
    """Opacity, 0 to 1."""
    own: Floats
    """Share of the part's own colour."""
    lent: tuple[tuple[str, Floats], ...]
    """Shares of the colours that it borrows from other parts."""
    fixed: Floats
    """What is there whatever the colours are, in levels of 255; three channels."""

    def paint(self, picture: Floats, crop: Crop, colours: Mapping[str, Floats]) -> None:
        """Paint the part in these colours over a picture of a crop; one without a colour counts as grey."""
        if (places := self._common(crop)) is not None:
            there, here = places
            tint = self.fixed[here] + self.own[here][..., None] * colours.get(self.part, _UNKNOWN)
            for lender, share in self.lent:
                tint += share[here][..., None] * colours.get(lender, _UNKNOWN)
            picture[there] *= 1 - self.cover[here][..., None]
            picture[there] += tint

    def hide(self, share: Floats, crop: Crop) -> None:
        """Take what it covers out of what is seen of a crop."""
        if (places := self._common(crop)) is not None:
            there, here = places
            share[there] *= 1 - self.cover[here]

    def whole(self, values: Floats, side: int) -> Floats:
        """An array of its crop on the whole square."""
        square = np.zeros((side, side, *values.shape[2:]), np.float32)
        square[self.crop] = values
        return square

    def _common(self, crop: Crop) -> tuple[Crop, Crop] | None:
        """What it shares with a crop, as places in that crop and in its own arrays."""
        there, here = [], []
        for mine, other in zip(self.crop, crop, strict=True):
            start, stop = max(mine.start, other.start), min(mine.stop, other.stop)
            if start >= stop:
                return None
            there.append(slice(start - other.start, stop - other.start))
            here.append(slice(start - mine.start, stop - mine.start))
        return (there[0], there[1]), (here[0], here[1])


_UNKNOWN: Floats = np.full(3, 128, np.float32)
_WHITE: Floats = np.array(COLOURS["white"], np.float32)
_SPAN: Floats = _WHITE - np.array(COLOURS["black"], np.float32)


def layers(thing: str, pose: Pose, side: int, ink: RGB) -> tuple[Layer, ...]:
    """The parts of a thing from back to front, and what it does, on a square of ``side`` pixels that its longer side
    fills.

    ``side`` is :data:`FINEST` divided by a power of two.
    """
    look = Look(thing, _nearest(pose.extent), pose.turn, pose.mirrored, ink)
    stack = _parts(look, side)
    if pose.action is None:
        return stack
    hidden = actions(DRAWABLE[thing])[pose.action].hides
    return (*(layer for layer in stack if layer.part not in hidden), _acting(look, pose.action, side))


def rough_layers(thing: str, pose: Pose, side: int, ink: RGB) -> tuple[Layer, ...]:
    """The parts of a thing as they are when it stands upright, turned as pictures are: all but the light on them."""
    extent = min(ROUGH, key=lambda known: abs(np.log(known / pose.extent)))
    upright = _parts(Look(thing, extent, 0, False, ink), side)
    return tuple(_placed(layer, pose, side) for layer in upright)


def rough_acting(thing: str, action: str, pose: Pose, side: int, ink: RGB) -> Layer:
    """What a thing does, in lines of an ordinary weight, turned as pictures are."""
    return _placed(_acting(Look(thing, _nearest(ORDINARY), 0, False, ink), action, side), pose, side)


def _nearest(extent: float) -> float:
    return min(EXTENTS, key=lambda known: abs(np.log(known / extent)))


def _placed(layer: Layer, pose: Pose, side: int) -> Layer:
    """The layer flipped and turned."""
    if not pose.turn and not pose.mirrored:
        return layer
    rows, columns = layer.crop
    if pose.mirrored:
        columns = slice(side - columns.stop, side - columns.start)
    for _ in range(pose.turn // 90):
        rows, columns = columns, slice(side - rows.stop, side - rows.start)

    def placed(values: Floats) -> Floats:
        flipped = values[:, ::-1] if pose.mirrored else values
        return np.rot90(flipped, -(pose.turn // 90))

    lent = tuple((lender, placed(share)) for lender, share in layer.lent)
    return Layer(layer.part, (rows, columns), placed(layer.cover), placed(layer.own), lent, placed(layer.fixed))


@lru_cache(maxsize=1024)
def _parts(look: Look, side: int) -> tuple[Layer, ...]:
    if side < FINEST:
        return tuple(_halved(layer, side) for layer in _parts(look, side * 2))
    shape = geometry(DRAWABLE[look.thing], look.turn, look.mirrored)
    return tuple(_part(look, part) for part in shape.parts)


@lru_cache(maxsize=1024)
def _acting(look: Look, action: str, side: int) -> Layer:
    """What a thing does, as a layer."""
    if side < FINEST:
        return _halved(_acting(look, action, side * 2), side)
    main = DRAWABLE[look.thing].main
    lenders = {form.of or main for form in actions(DRAWABLE[look.thing])[action].forms if not form.colour}
    return _layer(look, ACTING, (), action, sorted(lenders))


def _part(look: Look, part: str) -> Layer:
    lenders = {form.of for form in DRAWABLE[look.thing].part(part).forms if form.of and not form.colour}
    return _layer(look, part, (part,), None, [part, *sorted(lenders - {part})])


def _layer(look: Look, name: str, parts: tuple[str, ...], action: str | None, sources: list[str]) -> Layer:
    """What is drawn, solved for what each source gives it by drawing it in black and in white."""
    dark, cover = _drawn(look, parts, action, dict.fromkeys(sources, "black"))
    gains: dict[str, Floats] = {}
    fixed = dark
    for source in sources:
        bright, _ = _drawn(look, parts, action, {**dict.fromkeys(sources, "black"), source: "white"})
        gains[source] = np.clip(total((bright - dark) / _SPAN) / np.float32(3), 0, 1)
        fixed = fixed - gains[source][..., None] * (_WHITE - _SPAN)
    own = gains.pop(name, np.zeros_like(cover))
    return _cut(name, FINEST, cover, own, tuple(gains.items()), fixed)


def _cut(
    part: str, side: int, cover: Floats, own: Floats, lent: tuple[tuple[str, Floats], ...], fixed: Floats
) -> Layer:
    """The layer, of full squares, cut to what it shows; a whole number of cells of two for reducing it again."""
    rows, columns = (np.flatnonzero((cover > 0).any(axis=axis)) for axis in (1, 0))
    edges = [
        (int(found[0]) // 2 * 2, min(side, int(found[-1]) // 2 * 2 + 2)) if len(found) else (0, 2)
        for found in (rows, columns)
    ]
    crop = slice(*edges[0]), slice(*edges[1])
    return Layer(
        part,
        crop,
        cover[crop].copy(),
        own[crop].copy(),
        tuple((lender, share[crop].copy()) for lender, share in lent),
        fixed[crop].copy(),
    )


def _drawn(look: Look, parts: tuple[str, ...], action: str | None, colours: Mapping[str, str]) -> tuple[Floats, Floats]:
    """Some parts drawn alone: their premultiplied colours and their opacity."""
    item = Item(
        0,
        look.thing,
        0.5,
        0.5,
        look.extent,
        None,
        parts,
        tuple(colours.items()),
        action=action,
        turn=look.turn,
        mirrored=look.mirrored,
    )
    drawn = stamp(item, FINER * FINEST, look.ink).convert("RGBa").reduce(FINER)
    pixels = np.asarray(drawn, dtype=np.float32)
    cover: Floats = pixels[..., 3] / np.float32(255)
    return pixels[..., :3], cover


def _halved(layer: Layer, side: int) -> Layer:
    rows, columns = layer.crop
    square = np.zeros((side, side), np.float32)
    crop = slice(rows.start // 2, rows.stop // 2), slice(columns.start // 2, columns.stop // 2)

    def placed(values: Floats) -> Floats:
        whole = np.zeros((*square.shape, *values.shape[2:]), np.float32)
        whole[crop] = _half(values)
        return whole

    lent = tuple((lender, placed(share)) for lender, share in layer.lent)
    return _cut(layer.part, side, placed(layer.cover), placed(layer.own), lent, placed(layer.fixed))


def _half(values: Floats) -> Floats:
    half: Floats = (values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]) / np.float32(4)
    return half
