"""More of the same: where something was not understood beside a thing, there may be another one that looks as it does.

Things come in groups, and stand so near to each other that what they do overlaps: then none but one is seen. So each
thing that was seen is looked for again, as it is, around what was not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from stepweave.policies.pixels.forecast import box_of, touches
from stepweave.policies.pixels.library import closed
from stepweave.policies.pixels.segments import Floats, Mask, View, components, most, reduction, total
from stepweave.policies.pixels.settling import nudged
from stepweave.world.render import detail, ink_on, stamp
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import RGB, TEXT

LEAST = 24
"""Working pixels of the smallest piece that may be another thing."""
PIECES = 4
"""How many pieces are looked at, the largest first."""
KINDS = 4
"""How many things are tried for each."""
BRIDGED = 2
"""Gaps that are closed between pieces, in working pixels."""
SAMPLES, SOLID = 160, 250
"""How many pixels of a thing are compared, and their least opacity of 255."""
ALIKE = 80.0
"""Mean difference, over three channels, up to which a thing may be there; some of it may be hidden."""
ROUGHLY, BETTER = 0.85, 0.65
"""Share of what differed, where another thing is drawn, that may still differ at first sight and once it is brought to
its place."""
CHANGED = 8.0
"""Difference of a channel from which a thing changes the drawing."""
SAME = 0.1
"""Distance, as a share of a thing's extent, up to which two of a kind are one."""
KNOWN = 40.0
"""How much more unlike the picture a thing counts where all is understood already."""
WAYPOINTS, SLIP = 40, 10
"""How many places of a row are tried, and the most, as one part in so many of a thing's side, that is left out between
them."""
CAP = 90.0
"""The most that a pixel counts, in levels of 255."""


Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Some pixels of a thing on a square."""

    side: int
    rows: Places
    columns: Places
    colours: NDArray[np.int16]


def copies(view: View, scene: Scene, strange: Mask, number: int) -> Iterator[Item]:
    """Further things that look as those of a scene do, where it looks otherwise than the picture.

    Args:
        view: the picture.
        scene: what was seen in it.
        strange: the working pixels that look otherwise.
        number: what the first of the further things is numbered.
    """
    kinds = _kinds(scene.items)
    for piece in _pieces(strange):
        for item in kinds:
            placed = _placed(view, scene, item, piece)
            if placed is not None:
                found = replace(placed, id=number)
                scene = replace(scene, items=(*scene.items, found))
                number += 1
                yield found


def located(view: View, scene: Scene, strange: Mask, kinds: Sequence[Item]) -> Item | None:
    """One of some things where it explains what looks otherwise than the scene, if any of them does."""
    for piece in _pieces(strange):
        for item in kinds:
            placed = _placed(view, scene, item, piece)
            if placed is not None:
                return placed
    return None


def _pieces(strange: Mask) -> list[Mask]:
    """What was not understood, piece by piece."""
    near = closed(strange, BRIDGED)
    parts = components(near.astype(np.int32))
    order = [index for index in np.argsort(-parts.areas) if parts.classes[index] and parts.areas[index] >= LEAST]
    return [(parts.labels == index) & strange for index in order[:PIECES]]


def _kinds(items: Sequence[Item]) -> list[Item]:
    """Things of every look, once."""
    looks = {replace(item, id=0, x=0.5, y=0.5): item for item in reversed(items) if item.thing != TEXT}
    return list(looks.values())[:KINDS]


def _placed(view: View, scene: Scene, item: Item, piece: Mask) -> Item | None:
    """The thing where it looks most like the picture within a piece of it, if it explains enough there."""
    pattern = _pattern(item, max(4, round(item.extent * view.shorter)), ink_on(scene.background))
    if pattern is None or not piece.any():
        return None
    height, width = view.small.shape[:2]
    spans = [(int(at.min()), int(at.max()) + 1) for at in np.nonzero(piece)]
    stride = max(1, min(ceil(max(end - start for start, end in spans) / WAYPOINTS), pattern.side // SLIP))
    top, left, _ = _likeliest(view, piece, pattern, [np.arange(*span, stride) for span in spans])
    near = [np.arange(at - stride + 1, at + stride) for at in (top, left)]
    top, left, apart = _likeliest(view, piece, pattern, near)
    if apart > ALIKE:
        return None
    x, y = left / width, top / height
    number = 1 + max((other.id for other in scene.items), default=0)
    placed = replace(item, id=number, x=x, y=y)
    if not _explains(view, scene, placed, ROUGHLY):
        return None
    more = nudged(view, replace(scene, items=(*scene.items, placed)), frozenset((number,)))
    placed = next(other for other in more if other.id == number)
    if _there_already(placed, scene.items) or not _explains(view, scene, placed, BETTER):
        return None
    return replace(placed, id=item.id)


def _there_already(item: Item, others: Sequence[Item]) -> bool:
    """Whether a thing of that kind was seen at that place, if not quite as it is."""
    return any(
        other.thing == item.thing and max(abs(other.x - item.x), abs(other.y - item.y)) < SAME * item.extent
        for other in others
    )


def _explains(view: View, scene: Scene, item: Item, better: float) -> bool:
    """Whether a picture is drawn so much better with another thing, where that changes the drawing."""
    box = _on_grid(box_of(item, view.image.size), reduction(view.image.size), view.image.size)
    without, seen = _piece(view, scene, box)
    drawn, _ = _piece(view, replace(scene, items=(*scene.items, item)), box)
    changed = most(np.abs(drawn - without)) > CHANGED
    return bool(_error(drawn, seen)[changed].sum() < better * _error(without, seen)[changed].sum())


def _likeliest(view: View, piece: Mask, pattern: _Pattern, middles: Sequence[Places]) -> tuple[int, int, float]:
    """The row and column at which a thing looks most like the picture and explains most of a piece, and how unlike it
    is there."""
    height, width = view.small.shape[:2]
    half = pattern.side / 2
    ys = np.clip((middles[0][:, None] - half).astype(np.intp) + pattern.rows, 0, height - 1)[:, None, :]
    xs = np.clip((middles[1][:, None] - half).astype(np.intp) + pattern.columns, 0, width - 1)[None, :, :]
    seen = view.small[ys, xs].astype(np.int16)
    apart = np.minimum(total(np.abs(seen - pattern.colours)), CAP).mean(axis=-1)
    known = 1 - piece[ys, xs].mean(axis=-1)
    row, column = np.unravel_index(int((apart + KNOWN * known).argmin()), apart.shape)
    return int(middles[0][row]), int(middles[1][column]), float(apart[row, column])


def _pattern(item: Item, side: int, ink: RGB) -> _Pattern | None:
    """Some pixels of a thing, away from its edges."""
    drawn = np.asarray(stamp(item, 2 * side, ink).reduce(2))
    rows, columns = np.nonzero(drawn[..., 3] > SOLID)
    if len(rows) < LEAST:
        return None
    some = np.linspace(0, len(rows) - 1, min(SAMPLES, len(rows))).astype(np.intp)
    return _Pattern(side, rows[some], columns[some], drawn[rows[some], columns[some], :3].astype(np.int16))


def _on_grid(box: tuple[int, int, int, int], step: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = (max(0, edge) // step * step for edge in box[:2])
    right, bottom = (min(length, edge) // step * step for length, edge in zip(size, box[2:], strict=True))
    return left, top, max(right, left + step), max(bottom, top + step)


def _piece(view: View, scene: Scene, box: tuple[int, int, int, int]) -> tuple[Floats, Floats]:
    """A piece of a scene as it is drawn, and of the picture, in working pixels."""
    step, size = reduction(view.image.size), view.image.size
    near = tuple(item for item in scene.items if touches(box_of(item, size), [box]))
    drawn = np.asarray(detail(replace(scene, items=near), *size, box).reduce(step), np.float32)
    top, left = box[1] // step, box[0] // step
    return drawn, view.small[top : top + drawn.shape[0], left : left + drawn.shape[1]].astype(np.float32)


def _error(drawn: Floats, seen: Floats) -> Floats:
    """How much every working pixel differs."""
    error: Floats = np.minimum(total(np.abs(seen - drawn)), CAP)
    return error
