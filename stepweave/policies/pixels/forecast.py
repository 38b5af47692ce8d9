"""Whether a picture is just what was expected: drawn again from what was found, it looks the same, pixel by pixel.

Where the words change something, the expected things are drawn at the places at which they were found; everywhere else
the picture before tells what there should be, whether anybody understood it or not. If both agree with the picture, no
further look is needed: nothing is missing, nothing is there too much, and nothing else has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from stepweave.policies.pixels.comparison import Comparison
from stepweave.policies.pixels.expect import MAIN, Expectation, Wanted
from stepweave.policies.pixels.segments import Floats, Mask, View, difference, most, reduction, widened
from stepweave.policies.pixels.sight import pose_of
from stepweave.policies.pixels.writing import is_unread
from stepweave.world.measure import Bounds, bounds, form_of, units, visible, weight
from stepweave.world.render import render
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import TEXT

SMALLEST = 48
"""Pixels of the shorter side from which so little goes unseen that a picture can be compared as a whole."""
PLAINLY = 38.0
"""Difference, over a square of four working pixels, at which a thing plainly does not look as it should."""
MARGIN = 0.012
"""How far around a thing its edges may reach, as a fraction of the picture."""
DIFFERENT, BLURRED = 30.0, 72.0
"""Difference of a channel, over a square of two working pixels, at which a picture is not as expected; and the same
for one whose edges are blurred by compression."""
BROADLY = (31.0, 13.0)
"""The same over squares of four and of eight working pixels, for the latter."""
STRANGE = 48
"""Difference of a channel from which a working pixel was not understood."""


def as_expected(state: Comparison, expectation: Expectation) -> bool:
    """Whether the picture is what was expected, down to its pixels.

    Things that have not been looked for are where the layout would put them.
    """
    backdrop = expectation.backdrop or state.before.backdrop
    if expectation.skipped or backdrop is None or state.found.backdrop != backdrop:
        return False
    if state.ground.view.shorter < SMALLEST:
        return False
    shown = [one for one in expectation.wanted if not one.gone]
    if any(is_unread(one.item.label) for one in shown if changes(one)):
        return False
    items = tuple(placed(state, one) for one in shown)
    return looks_like(state, expectation, items)


def looks_like(state: Comparison, expectation: Expectation, items: Sequence[Item]) -> bool:
    """Whether the picture shows the expected things just as they are given, and else what was there before."""
    if agree(state.ground.view, _predicted(state, expectation, items)):
        return True
    loose = state.same is not None and not state.before.known
    return loose and agree(state.ground.view, _predicted(state, expectation, items, loose=True))


def agree(view: View, drawn: Image.Image) -> bool:
    """Whether a picture is a certain one, but for what compression does to it."""
    fine = strangeness(view, drawn)
    if _most(fine) < DIFFERENT:
        return True
    broad = coarser(fine)
    return _most(fine) < BLURRED and _most(broad) < BROADLY[0] and _most(coarser(broad)) < BROADLY[1]


def misread(view: View, scene: Scene) -> Mask:
    """The working pixels that look otherwise than if the picture showed just that scene."""
    drawn = np.asarray(render(scene, *view.image.size).reduce(reduction(view.image.size)))
    apart: Mask = difference(view.small, drawn) > STRANGE
    return apart


def _most(apart: Floats) -> float:
    return float(np.abs(apart).max(initial=0.0))


def strangeness(view: View, drawn: Image.Image) -> Floats:
    """By how much a picture differs from what was expected, square by square of two working pixels."""
    factor = max(1, round(view.image.width / view.small.shape[1]))
    apart = view.small.astype(np.float32) - np.asarray(drawn.reduce(factor), np.float32)
    return coarser(apart)


def coarser(apart: Floats) -> Floats:
    """The means of squares of two."""
    rows, columns = apart.shape[0] // 2 * 2, apart.shape[1] // 2 * 2
    cut = apart[:rows, :columns]
    coarser: Floats = (cut[::2, ::2] + cut[1::2, ::2] + cut[::2, 1::2] + cut[1::2, 1::2]) / np.float32(4)
    return coarser


def changes(one: Wanted) -> bool:
    """Whether it should not look as it did, or not where it did."""
    return one.new or one.gone or one.touched or (one.was is not None and pose_of(one.was) != pose_of(one.item))


def _predicted(state: Comparison, expectation: Expectation, items: Sequence[Item], loose: bool = False) -> Image.Image:
    """What the picture should look like with these things, from back to front.

    Where changing things lie, all that lies there is drawn; or, ``loose``, only what the change itself draws or
    uncovers, so that it does not matter whether all that lies beside it was understood.
    """
    size, backdrop = state.ground.view.image.size, state.found.backdrop or "white"
    if state.same is None:
        return render(Scene(backdrop, tuple(items)), *size)
    moving = {one.item.id for one in expectation.wanted if changes(one)}
    changing = [item for item in items if item.id in moving]
    changing += [one.was for one in expectation.wanted if one.was is not None and changes(one)]
    boxes = [box_of(item, size) for item in changing]
    picture = state.old.image.copy()
    mask = Image.new("1", size)
    for box in boxes:
        ImageDraw.Draw(mask).rectangle(box, fill=1)
    near = [item for item in items if touches(box_of(item, size), boxes)]
    drawn = render(Scene(backdrop, tuple(near)), *size)
    if loose or _doubtful(state, mask):
        old = [one.was for one in expectation.wanted if one.was is not None and touches(box_of(one.was, size), boxes)]
        was = render(Scene(state.before.backdrop or backdrop, tuple(old)), *size)
        differing = _differing(drawn, was)
        if loose:
            still = [item for item in near if item not in changing]
            differing = ImageChops.logical_or(
                differing, _differing(drawn, render(Scene(backdrop, tuple(still)), *size))
            )
        mask = ImageChops.logical_and(mask, differing)
    picture.paste(drawn, (0, 0), mask)
    return picture


def _doubtful(state: Comparison, mask: Image.Image) -> bool:
    """Whether something lies there that was not understood before."""
    height, width = state.before.rest.shape
    there: Mask = np.asarray(mask.resize((width, height)))
    return bool((there & state.before.rest).any())


def _differing(one: Image.Image, other: Image.Image) -> Image.Image:
    """Where two pictures differ, and next to it."""
    apart = np.asarray(ImageChops.difference(one, other).convert("L")) > 0
    return Image.fromarray(widened(widened(apart)))


def placed(state: Comparison, one: Wanted) -> Item:
    """The expected thing where it was found."""
    seen = state.found.places.get(one.item.id)
    if seen is None or not changes(one):
        return one.item
    pose = seen.reading.pose
    return replace(one.item, x=pose.x, y=pose.y, extent=pose.extent)


def unlike(state: Comparison, expectation: Expectation) -> Iterator[Wanted | None]:
    """The things that plainly do not look as they should, though each was found; ``None`` for what lies elsewhere.

    Colours that the words leave open are taken as they are.
    """
    view, backdrop = state.ground.view, state.found.backdrop
    if backdrop is None or view.shorter < SMALLEST:
        return
    shown = [one for one in expectation.wanted if not one.gone]
    left = replace(expectation, wanted=tuple(_as_left_open(state, one) for one in expectation.wanted))
    items = [placed(state, one) for one in left.wanted if not one.gone]
    strange = most(np.abs(coarser(strangeness(view, _predicted(state, left, items))))) > PLAINLY
    for one in reversed(shown):
        box = box_of(placed(state, one), view.image.size)
        step = view.image.width / strange.shape[1]
        left_, top, right, bottom = (max(0, int(edge / step)) for edge in box)
        inside = strange[top : bottom + 1, left_ : right + 1]
        if inside.any():
            yield one
            inside[:] = False
    if strange.any():
        yield None


def _as_left_open(state: Comparison, one: Wanted) -> Wanted:
    """A new thing with the colours that were seen on it where the words name none."""
    seen = state.found.places.get(one.item.id)
    if seen is None or not one.new or one.copied or one.item.thing == TEXT:
        return one
    fixed = {part: colour for part, colour in one.item.part_colours if part in one.colours}
    parts = {part: colour for part, colour in seen.item.part_colours if part not in one.colours}
    colour = one.item.colour if MAIN in one.colours else seen.item.colour
    return replace(one, item=replace(one.item, colour=colour, part_colours=tuple(sorted({**parts, **fixed}.items()))))


Box = tuple[int, int, int, int]


def box_of(item: Item, size: tuple[int, int]) -> Box:
    """The pixels that a thing may touch, and what it does upon it and beside it."""
    width, height = size
    boxes = [visible(item, width / height), *_signs(item, width / height)]
    return (
        round((min(box.left for box in boxes) - MARGIN) * width),
        round((min(box.top for box in boxes) - MARGIN) * height),
        round((max(box.right for box in boxes) + MARGIN) * width),
        round((max(box.bottom for box in boxes) + MARGIN) * height),
    )


def _signs(item: Item, aspect: float) -> Iterator[Bounds]:
    """The box of the signs of what a thing does."""
    if item.action is None or item.thing == TEXT:
        return
    whole, shape, (ux, uy), edge = bounds(item, aspect), form_of(item), units(aspect), weight(item.extent)
    inner = item.extent - 2 * edge
    for left, top, right, bottom in (outline.edges for outline in shape.actions[item.action]):
        yield Bounds(
            whole.left + left * inner * ux,
            whole.top + top * inner * uy,
            whole.left + (right * inner + 2 * edge) * ux,
            whole.top + (bottom * inner + 2 * edge) * uy,
        )


def touches(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box has something in common with one of the others."""
    return any(
        box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3] for other in others
    )
