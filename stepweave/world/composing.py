"""Pictures that begin empty: the things of one sentence that have no place of their own share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from stepweave.world.effort import spend
from stepweave.world.fitting import ROOMY, at
from stepweave.world.measure import sides, weight
from stepweave.world.scene import Add, AddPart, Item, Operation, Recolour
from stepweave.world.spots import GAP, MARGIN, WIDEST, Frame, Spot
from stepweave.world.standing import DEPTH, stands

ROOM: dict[str, str] = {
    "left of": "right",
    "right of": "left",
    "above": "bottom",
    "below": "top",
    "on": "bottom",
    "next to": "left",
}
"""Where a thing makes room for another that will be in that relation to it."""

SKY = 0.32
"""How much of the picture's height is left to what belongs above the others."""
SIDED = 3
"""Most things in a row that leave the rim of the picture free."""
LOW = 0.6
"""How much lower than the tallest thing of a row those are that stand nearer."""
UNREADABLE = 0.06
"""Extent below which things are rather placed one by one."""
APART = 1.5 * GAP
"""Distance of things side by side."""


def unplaced(operation: Operation) -> bool:
    """Whether it adds something without saying where."""
    return isinstance(operation, Add) and operation.place is None and operation.relation is None


def opening(operation: Operation) -> bool:
    """Whether it may be about what a picture begins with: things without a place, and such as are between them."""
    if isinstance(operation, Add) and operation.relation is not None:
        return operation.relation.kind == "between"
    return unplaced(operation) or isinstance(operation, Recolour | AddPart)


def with_room(operation: Operation, later: Sequence[Operation]) -> Operation:
    """The first thing of a picture, placed so that there is room for one that is said to be beside it."""
    if not isinstance(operation, Add) or not unplaced(operation):
        return operation
    relations = [other.relation for other in later if isinstance(other, Add) and other.relation is not None]
    places = {
        ROOM[relation.kind] for relation in relations if relation.to.thing == operation.thing and relation.kind in ROOM
    }
    return replace(operation, place=places.pop()) if len(places) == 1 else operation


def side_by_side(items: Sequence[Item], aspect: float, low: bool, rows: int) -> tuple[Item, ...] | None:
    """The items in at most so many rows, each row on one line, at the largest common scale up to their own.

    ``low``: at the bottom, with the sky above them left free. ``None`` if they would become unreadable.
    """
    frame = Frame.of(aspect)
    room = Frame(frame.width, frame.height * (1 - SKY)) if low else frame
    lines = max(
        (_lines(items, many) for many in range(1, min(rows, len(items)) + 1)), key=lambda lines: _liked(lines, room)
    )
    scale = _scale(lines, room)
    if scale * min(item.extent for item in items) <= 4 * weight(0.0):
        return None
    scaled = [[replace(item, extent=item.extent * scale) for item in line] for line in lines]
    height = sum(map(_height, scaled)) + APART * (len(scaled) - 1)
    top = frame.height - MARGIN - height if low else (frame.height - height) / 2
    placed: list[Item] = []
    for line in scaled:
        placed.extend(at(line, _spots(line, top, frame), aspect))
        top += _height(line) + APART
    return tuple(placed)


def along_ground(items: Sequence[Item], aspect: float, ground: float, others: bool) -> tuple[Item, ...] | None:
    """The items on the ground of a setting, low ones a little nearer; many of them in two rows.

    ``others``: with the sky above them left free. ``None`` if they would become unreadable.
    """
    frame = Frame.of(aspect)
    lowest = frame.height - MARGIN
    if len(items) <= WIDEST:
        line = ground + DEPTH * max(0.0, lowest - ground)
        return _row(items, line, line + (lowest - line) / 2, line - (SKY * frame.height if others else MARGIN), frame)
    half = len(items) // 2
    back = _row(items[:half], ground, ground, ground - MARGIN, frame)
    front = _row(items[half:], lowest, lowest, lowest - ground - GAP, frame)
    if back is None or front is None:
        return None
    return (*back, *front)


def _row(items: Sequence[Item], line: float, nearer: float, height: float, frame: Frame) -> tuple[Item, ...] | None:
    """The items with their feet on a line, much lower ones with their feet on a nearer one."""
    room = Frame(frame.width, height + 2 * MARGIN)
    scale = _scale([items], room)
    if scale * min(item.extent for item in items) < UNREADABLE:
        return None
    scaled = [replace(item, extent=item.extent * scale) for item in items]
    tall = _height(scaled)
    spots = [
        (x, (nearer if sides(item)[1] < LOW * tall else line) - sides(item)[1] / 2)
        for item, (x, _) in zip(scaled, _spots(scaled, 0.0, frame), strict=True)
    ]
    return at(scaled, spots, frame.width / frame.height)


def _lines(items: Sequence[Item], many: int) -> list[Sequence[Item]]:
    """The items in that many rows, the upper ones no shorter than the lower ones."""
    ends = [ceil(len(items) * (row + 1) / many) for row in range(many)]
    return [items[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _liked(lines: Sequence[Sequence[Item]], frame: Frame) -> float:
    """One row is best, unless the things can be much larger in more."""
    return _scale(lines, frame) / (1 + 0.25 * (len(lines) - 1))


def _scale(lines: Sequence[Sequence[Item]], frame: Frame) -> float:
    spend(4 * sum(map(len, lines)))
    room = frame.width - 2 * (ROOMY if max(map(len, lines)) <= SIDED else MARGIN)
    scales = [(room - APART * (len(line) - 1)) / sum(sides(item)[0] for item in line) for line in lines]
    tall = frame.height - 2 * MARGIN - APART * (len(lines) - 1)
    # The weight of outlines does not shrink in step with the things, hence a little less than would just fit.
    return min(1.0, 0.985 * min(scales), 0.985 * tall / sum(map(_height, lines)))


def _height(line: Sequence[Item]) -> float:
    return max(sides(item)[1] for item in line)


def _spots(line: Sequence[Item], top: float, frame: Frame) -> list[Spot]:
    """Centres from left to right; what stands is set on the row's lower edge, the rest in its middle."""
    width = sum(sides(item)[0] for item in line) + APART * (len(line) - 1)
    left, height = (frame.width - width) / 2, _height(line)
    on_ground = any(stands(item) for item in line)
    spots: list[Spot] = []
    for item in line:
        w, h = sides(item)
        spots.append((left + w / 2, top + height - h / 2 if on_ground else top + height / 2))
        left += w + APART
    return spots
