"""Settling what was recognised: small changes of the things that were seen, kept where the picture is drawn better.

Two readings of a thing alone can be as likely as each other: which of two things lies in front, what a tiny thing does,
which colour a line has after compression. Drawn together, only one of them looks like the picture. So where the drawing
differs from the picture, each thing is changed in every such way, the piece of the picture around it is drawn again,
and what comes nearer is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from stepweave.policies.pixels.colours import likely_words
from stepweave.policies.pixels.forecast import Box, box_of, coarser, strangeness, touches
from stepweave.policies.pixels.library import confusable
from stepweave.policies.pixels.readings import Reading
from stepweave.policies.pixels.segments import Floats, Mask, View, most, reduction, total
from stepweave.world.render import colour_of, detail, render
from stepweave.world.scene import Item, Scene
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE, TEXT

STRANGE, BROADLY = 30.0, 11.0
"""Difference of a channel, over squares of two and of eight working pixels, from which something was not understood."""
CAP = 90.0
"""The most that a square counts, in levels of 255."""
BETTER = 0.96
"""How much less may differ for a change to be kept."""
TRIALS = 60
"""How many pieces are drawn at most."""
ROUNDS = 2
"""How often every thing is gone through."""
STEP = 0.6
"""By how many working pixels a thing is shifted to see what that changes."""
THIN = 7.0
"""Width in pixels of the picture up to which the colour of a part may be mistaken."""

Items = tuple[Item, ...]


@dataclass(slots=True)
class _Desk:
    """A picture, and what is tried on it."""

    view: View
    backdrop: str
    items: Items
    readings: dict[int, Reading]
    strange: Mask
    trials: int = 0
    known: dict[tuple[Items, Box], float] = field(default_factory=dict)

    @property
    def factor(self) -> int:
        """Pixels of the picture per working pixel."""
        return reduction(self.view.image.size)

    def error(self, items: Items, box: Box) -> float:
        """How much a piece of the picture differs from these things, drawn."""
        near = tuple(item for item in items if touches(box_of(item, self.view.image.size), [box]))
        if (near, box) not in self.known:
            self.trials += 1
            self.known[near, box] = float(np.minimum(total(np.abs(self.apart(near, box))), CAP).sum())
        return self.known[near, box]

    def apart(self, items: Items, box: Box) -> Floats:
        """By how much a piece of the picture differs from these things, square by square."""
        step, size = self.factor, self.view.image.size
        drawn = np.asarray(detail(Scene(self.backdrop, items), *size, box).reduce(step), np.float32)
        top, left = box[1] // step, box[0] // step
        seen = self.view.small[top : top + drawn.shape[0], left : left + drawn.shape[1]]
        return coarser(seen.astype(np.float32) - drawn)

    def around(self, items: Sequence[Item]) -> Box:
        """The piece of the picture with some things, in whole squares."""
        boxes = [box_of(item, self.view.image.size) for item in items]
        grid, (width, height) = 2 * self.factor, self.view.image.size
        left, top = (max(0, min(box[side] for box in boxes) // grid * grid) for side in (0, 1))
        right = min(width // grid * grid, -(-max(box[2] for box in boxes) // grid) * grid)
        bottom = min(height // grid * grid, -(-max(box[3] for box in boxes) // grid) * grid)
        return left, top, max(right, left + grid), max(bottom, top + grid)

    def strangely(self, box: Box) -> int:
        """How many squares of a piece were not understood."""
        grid = 2 * self.factor
        return int(self.strange[box[1] // grid : box[3] // grid, box[0] // grid : box[2] // grid].sum())


Ways = Callable[["_Desk", int], Iterator[Items]]


def settled(view: View, scene: Scene, readings: dict[int, Reading], unread: Mask) -> Items:
    """The things of a picture, changed where that draws it better.

    Args:
        view: the picture.
        scene: what was recognised.
        readings: how each of its things was read, by its number.
        unread: pixels of the working picture that cannot be drawn.
    """
    desk = _Desk(view, scene.background, scene.items, readings, _strange(view, scene, unread))
    for _ in range(ROUNDS):
        before = desk.items
        for number in sorted((item.id for item in before), key=partial(_strangeness, desk), reverse=True):
            _improve(desk, number, WAYS)
        if desk.items == before:
            break
        desk.strange = _strange(view, replace(scene, items=desk.items), unread)
    for item in desk.items:
        _drop_if_needless(desk, item)
    return desk.items


def nudged(view: View, scene: Scene, numbers: frozenset[int]) -> Items:
    """The things of a picture, those with these numbers a little shifted or grown, and before or behind others, where
    that draws it better."""
    nothing = np.zeros(view.small.shape[:2], bool)
    desk = _Desk(view, scene.background, scene.items, {}, _strange(view, scene, nothing))
    for item in scene.items:
        if item.id in numbers:
            _improve(desk, item.id, NUDGES)
    return desk.items


def _drop_if_needless(desk: _Desk, item: Item) -> None:
    """Leave out a thing without which the picture is drawn no worse: another one explains all that it did."""
    others = tuple(other for other in desk.items if other.id != item.id)
    box = desk.around([item])
    touched = any(touches(box_of(other, desk.view.image.size), [box]) for other in others)
    if touched and desk.error(others, box) <= desk.error(desk.items, box):
        desk.items = others


def _strangeness(desk: _Desk, number: int) -> int:
    return desk.strangely(desk.around([_by_number(desk.items, number)]))


def _strange(view: View, scene: Scene, unread: Mask) -> Mask:
    """Squares of two working pixels that look otherwise than the scene does."""
    fine = strangeness(view, render(scene, *view.image.size))
    strange: Mask = most(np.abs(fine)) > STRANGE
    broad = most(np.abs(coarser(coarser(fine)))) > BROADLY
    wide = np.kron(broad, np.ones((4, 4), bool))
    strange[: wide.shape[0], : wide.shape[1]] |= wide[: strange.shape[0], : strange.shape[1]]
    return strange & ~(coarser(unread[..., None].astype(np.float32))[..., 0] > 0)


def _by_number(items: Sequence[Item], number: int) -> Item:
    return next(item for item in items if item.id == number)


def _improve(desk: _Desk, number: int, all_ways: Sequence[Ways]) -> None:
    """Change one thing as long as that draws the picture better."""
    own = desk.around([_by_number(desk.items, number)])
    if not desk.strangely(own):
        return
    for ways in all_ways:
        best, box = desk.items, own
        least = BETTER * desk.error(best, box)
        for items in ways(desk, number):
            if desk.trials >= TRIALS:
                return
            error = desk.error(items, box)
            if error < least:
                best, least = items, error
        desk.items = best


def _with(items: Items, item: Item) -> Items:
    return tuple(item if other.id == item.id else other for other in items)


# ------------------------------------------------------------------------------------------ ways


def _shifted(desk: _Desk, number: int) -> Iterator[Items]:
    """The thing a little elsewhere and larger or smaller: one step of least squares."""
    item = _by_number(desk.items, number)
    (width, height), shorter = desk.view.image.size, min(desk.view.image.size)
    step, box = STEP * desk.factor, desk.around([item])
    tried = (
        replace(item, x=item.x + step / width),
        replace(item, y=item.y + step / height),
        replace(item, extent=item.extent + 2 * step / shorter),
    )
    near = [other for other in desk.items if touches(box_of(other, desk.view.image.size), [box])]
    rest = desk.apart(tuple(near), box)
    columns = [(rest - desk.apart(_with(tuple(near), one), box)).ravel() for one in tried]
    desk.trials += len(columns) + 1
    matrix = np.stack(columns, axis=1)
    weight = np.repeat(most(np.abs(rest)).ravel() < CAP, 3)
    normal = matrix.T @ (matrix * weight[:, None]) + np.eye(3)
    dx, dy, more = np.clip(np.linalg.solve(normal, matrix.T @ (rest.ravel() * weight)), -4, 4)
    yield _with(
        desk.items,
        replace(
            item,
            x=item.x + float(dx) * step / width,
            y=item.y + float(dy) * step / height,
            extent=max(0.01, item.extent + float(more) * 2 * step / shorter),
        ),
    )


def _reordered(desk: _Desk, number: int) -> Iterator[Items]:
    """The thing right before or behind each of those that it touches."""
    item, size = _by_number(desk.items, number), desk.view.image.size
    rest = [other for other in desk.items if other is not item]
    at = desk.items.index(item)
    for place, other in enumerate(rest):
        if touches(box_of(other, size), [box_of(item, size)]):
            for new in (place, place + 1):
                if new != at:
                    yield (*rest[:new], item, *rest[new:])


def _coloured(desk: _Desk, number: int) -> Iterator[Items]:
    """The thing with other colours that its thin parts may have."""
    item, reading = _by_number(desk.items, number), desk.readings[number]
    for name, part in reading.parts.items():
        if part.width > THIN:
            continue
        if item.thing == TEXT:
            yield from (_with(desk.items, replace(item, colour=word)) for word in likely_words(part))
            continue
        main = name == DRAWABLE[item.thing].main
        for word in likely_words(part):
            if word == colour_of(item, name):
                continue
            others = tuple((part, colour) for part, colour in item.part_colours if part != name)
            changed = replace(item, colour=word) if main else replace(item, part_colours=(*others, (name, word)))
            yield _with(desk.items, replace(changed, part_colours=tuple(sorted(changed.part_colours))))


def _furnished(desk: _Desk, number: int) -> Iterator[Items]:
    """The thing with a part more or less."""
    item = _by_number(desk.items, number)
    if item.thing == TEXT:
        return
    names = DRAWABLE[item.thing].names
    drawn = names if item.parts is None else item.parts
    for name in names:
        some = tuple(one for one in names if (one in drawn) != (one == name))
        if some:
            yield _with(desk.items, replace(item, parts=None if some == names else some))


def _posed(desk: _Desk, number: int) -> Iterator[Items]:
    """The thing doing something else, or lying otherwise."""
    item = _by_number(desk.items, number)
    if item.thing == TEXT:
        return
    for action in (None, *actions(DRAWABLE[item.thing])):
        if action != item.action:
            yield _with(desk.items, replace(item, action=action))
    for turn, mirrored in confusable(item.thing, item.turn, item.mirrored):
        if (turn, mirrored) != (item.turn, item.mirrored):
            yield _with(desk.items, replace(item, turn=turn, mirrored=mirrored))


NUDGES: tuple[Ways, ...] = (_reordered, _shifted)
"""The ways in which a thing is changed of which it is known how it looks."""
WAYS: tuple[Ways, ...] = (_reordered, _shifted, _coloured, _posed, _furnished)
"""The ways in which a thing is changed, one after the other."""
