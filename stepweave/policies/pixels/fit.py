"""Reading one thing: which of its parts are there and in which colours, given where it is.

Analysis by synthesis: the window of the picture is explained as a composition of the thing's layers over what lies
behind. Parts are tried from front to back; a part is there when drawing it explains the window better than leaving it
out, and its colour is the solution of the linear equation over the pixels where it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from stepweave.policies.pixels.layers import ACTING, Crop, Layer, layers, rough_layers
from stepweave.policies.pixels.readings import (
    CAP,
    PartSeen,
    Pose,
    Reading,
    agreement,
    share,
    surroundings,
    triple,
    width_of,
)
from stepweave.policies.pixels.refine import ground_at
from stepweave.policies.pixels.segments import Floats, Mask, View, total, widened, word_of
from stepweave.world.render import INK
from stepweave.world.vocabulary import COLOURS, DRAWABLE, RGB

NEAR = 32.0
"""Difference up to which a pixel counts as explained."""
PLAINLY = 0.35
"""Share of its pixels that a part must plainly change for its absence to be told."""
NEAR_SMALL, SMALL = 46.0, (24, 60)
"""The same for things of few pixels, which blur; and the pixels of extent between which it changes."""
OPEN = 0.25
"""Share of its pixels that must be seen of a part for its presence to be told."""
GAIN = 0.06
"""How much of the cap a part must save, as a mean over its pixels, to be there."""
SHOWING = 0.2
"""Least share of its own colour that a part must show somewhere for the colour to be told."""
MANY = 200
"""Pixels that are enough for a median."""
SIDES = (64, 32)
"""Sides of windows, in pixels; a thing is read at the largest that its own size in the picture supports."""


@dataclass(slots=True)
class _Work:
    """The state of one reading; all pictures are cut to a crop, for most parts are small."""

    window: Floats
    behind: Floats
    stack: Sequence[Layer]
    present: set[str]
    colours: dict[str, Floats]
    seen: Mask
    saved: dict[str, float] = field(default_factory=dict)

    @property
    def everywhere(self) -> Crop:
        """The whole window."""
        return slice(0, self.window.shape[0]), slice(0, self.window.shape[1])

    def composed(self, present: Iterable[str], crop: Crop) -> Floats:
        """What the window would show there."""
        chosen = {*present, ACTING}
        picture = self.behind[crop].copy()
        for layer in self.stack:
            if layer.part in chosen:
                layer.paint(picture, crop, self.colours)
        return picture

    def error(self, picture: Floats, crop: Crop) -> Floats:
        """Mean difference of the channels, capped."""
        error: Floats = np.minimum(total(np.abs(self.window[crop] - picture)) / 3, CAP)
        return error

    def shows(self, index: int, hiding: Iterable[str]) -> Floats:
        """How much of a part's own colour is in each pixel of its crop, given the parts that may hide it."""
        hidden, layer = {*hiding, ACTING}, self.stack[index]
        share = layer.own * self.seen[layer.crop]
        for other in self.stack[index + 1 :]:
            if other.part in hidden:
                other.hide(share, layer.crop)
        return share


def side_for(view: View, extent: float) -> int:
    """The side of the window at which a thing of that extent is read."""
    pixels = extent * min(view.image.size)
    return next((side for side in SIDES if side <= pixels * 1.2), SIDES[-1])


def read(
    view: View,
    thing: str,
    pose: Pose,
    behind: View | RGB,
    *,
    ink: RGB = INK,
    side: int | None = None,
    among: frozenset[str] | None = None,
    hidden: Mask | None = None,
    certain: bool = False,
    rough: bool = False,
) -> Reading:
    """Read a thing at a pose, before a plain colour or a picture without it.

    Args:
        view: the picture.
        thing: what to read it as.
        pose: where it is.
        behind: what would be seen if it were not there.
        ink: the colour of its outlines.
        side: pixels of the window; by default as many as the picture supports.
        among: the only parts that may be there.
        certain: whether those parts are all there, so that only their colours are open.
        hidden: pixels of the window that are known to show something in front of it; needs ``side``.
        rough: whether layers may be used that only resemble those of a turned thing.
    """
    side = side or side_for(view, pose.extent)
    stack = (rough_layers if rough else layers)(thing, pose, side, ink)
    window = view.window((pose.x, pose.y), pose.extent, side)
    ground = ground_at(behind, pose, pose.extent, window)
    allowed = {layer.part for layer in stack if layer.part != ACTING and (among is None or layer.part in among)}
    seen = np.ones(window.shape[:2], bool) if hidden is None else ~hidden
    work = _Work(window, ground, stack, allowed, {}, seen)
    _settle(work, certain)
    return _reading(view, thing, pose, work, side, careful=not certain)


def _settle(work: _Work, certain: bool) -> None:
    names = set(work.present)
    for index, layer in enumerate(work.stack):
        if layer.part in names:
            _guess(work, index, names)
    if certain:
        return
    _sweep(work, names)
    if work.present != names:
        _sweep(work, names)


def _guess(work: _Work, index: int, hiding: set[str]) -> None:
    """A first idea of a part's colour: what is seen where nothing could hide it."""
    layer = work.stack[index]
    share = work.shows(index, hiding)
    peak = float(share.max(initial=0.0))
    if peak >= SHOWING:
        work.colours[layer.part] = _middle(work.window[layer.crop][share >= 0.8 * peak])


def _middle(pixels: Floats) -> Floats:
    """The median colour; of many pixels, of some of them."""
    some = pixels[:: max(1, len(pixels) // MANY)]
    middle: Floats = np.partition(some, len(some) // 2, axis=0)[len(some) // 2]
    return middle


def _sweep(work: _Work, names: set[str]) -> None:
    """Decide on every part once, from front to back, and solve for its colour."""
    for index in reversed(range(len(work.stack))):
        layer = work.stack[index]
        if layer.part not in names:
            continue
        work.present.add(layer.part)
        with_it = _solved(work, index)
        region = _touched(work, index)
        if region.sum() < OPEN * (layer.cover > 0.1).sum():
            # What others hide may be there; nothing speaks against it.
            continue
        without = work.composed(work.present - {layer.part}, layer.crop)
        saved = work.error(without, layer.crop)[region].mean() - work.error(with_it, layer.crop)[region].mean()
        work.saved[layer.part] = float(saved)
        if saved < GAIN * CAP:
            work.present.discard(layer.part)


def _touched(work: _Work, index: int) -> Mask:
    """The pixels of its crop that a part changes."""
    layer = work.stack[index]
    clear = (layer.cover > 0.1).astype(np.float32)
    for other in work.stack[index + 1 :]:
        if other.part in work.present or other.part == ACTING:
            other.hide(clear, layer.crop)
    region: Mask = (clear > 0.1) & work.seen[layer.crop]
    return region


def _solved(work: _Work, index: int) -> Floats:
    """Find a part's colour where it shows, and compose its crop with it; a hidden part keeps the colour it had."""
    layer = work.stack[index]
    share = work.shows(index, work.present)
    peak = float(share.max(initial=0.0))
    if peak < SHOWING:
        return work.composed(work.present, layer.crop)
    work.colours[layer.part] = np.zeros(3, np.float32)
    rest = work.composed(work.present, layer.crop)
    core = share >= 0.8 * peak
    colour = _middle((work.window[layer.crop] - rest)[core] / share[core][:, None])
    work.colours[layer.part] = np.clip(colour, 0, 255).astype(np.float32)
    return rest + share[..., None] * work.colours[layer.part]


def _reading(view: View, thing: str, pose: Pose, work: _Work, side: int, careful: bool) -> Reading:
    measured = dict(work.colours)
    parts: dict[str, PartSeen] = {}
    gaps = np.ones(work.window.shape[:2], np.float32)
    for index, layer in enumerate(work.stack):
        if layer.part not in work.present and layer.part != ACTING:
            continue
        layer.hide(gaps, work.everywhere)
        if layer.part == ACTING:
            continue
        rgb = measured.get(layer.part, _own_colour(thing, layer.part))
        word, _ = word_of(rgb)
        parts[layer.part] = PartSeen(word, triple(rgb))
        if careful:
            parts[layer.part] = _measured(work, index, parts[layer.part], min(view.image.size) * pose.extent / side)
    solid = 1 - gaps
    cover = solid > 0.5
    drawn = work.composed(work.present, work.everywhere)
    error = work.error(drawn, work.everywhere)
    pixels = pose.extent * min(view.image.size)
    explained = cover & (error <= float(np.interp(pixels, SMALL, (NEAR_SMALL, NEAR))))
    seen = cover & work.seen
    rim = seen & widened(~cover)
    return Reading(
        thing,
        pose,
        parts,
        share(explained, seen),
        float(error[seen].mean()) if seen.any() else CAP,
        side,
        explained,
        cover,
        work.seen,
        bool((cover & ~work.seen).any()),
        agreement(work.window, drawn, solid, rim) if careful else 1.0,
        {part: value for part, value in work.saved.items() if part not in work.present},
    )


def _own_colour(thing: str, part: str) -> Floats:
    """The colour that a part has where nothing else is said."""
    drawn = DRAWABLE[thing]
    return np.array(COLOURS[drawn.part(part).colour or drawn.colour], np.float32)


def _measured(work: _Work, index: int, part: PartSeen, pixel: float) -> PartSeen:
    """The part with how much of it shows, how wide it is and what surrounds it.

    ``pixel`` is a pixel of the window in pixels of the picture.
    """
    layer = work.stack[index]
    share = np.pad(work.shows(index, work.present), 2)
    rows, columns = layer.crop
    side = work.window.shape[0]
    cut = tuple(
        slice(max(0, 2 - edge.start), share.shape[axis] - max(0, edge.stop + 2 - side))
        for axis, edge in enumerate((rows, columns))
    )
    crop = slice(max(0, rows.start - 2), rows.stop + 2), slice(max(0, columns.start - 2), columns.stop + 2)
    shows = share[cut]
    around = triple(surroundings(work.window[crop], shows))
    return replace(part, weight=float(shows.sum()), width=width_of(shows) * pixel, around=around)


def composed(view: View, reading: Reading, behind: View | RGB, ink: RGB = INK) -> tuple[Floats, Floats]:
    """The window of a reading, and what it says the window shows."""
    pose, side = reading.pose, reading.side
    window = view.window((pose.x, pose.y), pose.extent, side)
    drawn = ground_at(behind, pose, pose.extent, window).copy()
    colours = {name: np.array(seen.rgb, np.float32) for name, seen in reading.parts.items()}
    for layer in layers(reading.thing, pose, side, ink):
        if layer.part in reading.parts or layer.part == ACTING:
            layer.paint(drawn, (slice(0, side), slice(0, side)), colours)
    return window, drawn


@dataclass(frozen=True, slots=True)
class Visibility:
    """How plainly a part would be seen if it were there."""

    change: float
    """What it would change over its own pixels, on average, in levels of 255; 0 where it would mostly look like what
    lies behind, or be hidden."""
    region: Mask = field(repr=False)
    """The pixels of the window that it would change."""


def visibility(view: View, reading: Reading, part: str, colour: str, behind: View | RGB, ink: RGB = INK) -> Visibility:
    """How plainly a part in that colour would be seen where a thing was read."""
    stack = layers(reading.thing, reading.pose, reading.side, ink)
    colours = {name: np.array(seen.rgb, np.float32) for name, seen in reading.parts.items()}
    colours[part] = np.array(COLOURS[colour], np.float32)
    window = view.window((reading.pose.x, reading.pose.y), reading.pose.extent, reading.side)
    ground = ground_at(behind, reading.pose, reading.pose.extent, window)
    present = set(reading.parts) | {part}
    work = _Work(window, ground, stack, present, colours, reading.seen)
    whole = np.zeros(window.shape[:2], bool)
    index = next((i for i, layer in enumerate(stack) if layer.part == part), None)
    if index is None:
        return Visibility(0.0, whole)
    region, crop = _touched(work, index), stack[index].crop
    whole[crop] = region
    if not region.any() or region.sum() < PLAINLY * (stack[index].cover > 0.1).sum():
        return Visibility(0.0, whole)
    work.window = work.composed(present, work.everywhere)
    differs = work.error(work.composed(present - {part}, crop), crop)[region]
    plain = (differs > NEAR / 2).mean() >= PLAINLY
    return Visibility(float(differs.mean()) if plain else 0.0, whole)
