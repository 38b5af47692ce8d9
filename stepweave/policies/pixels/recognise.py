"""Finding things in a picture: which they are, where, how large, in which colours, and what is left unexplained.

Regions that stand out from what lies behind are compared with the silhouettes of the library; the likeliest are read
at their pose, and the one that explains the region best is seen. What it explains is set aside, and what remains is
looked at again: things in front of others, or touching them, come out one after the other. A region whose outline is
no thing's is several things in one: then the cells within it say what to try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stepweave.policies.pixels.backdrops import alike
from stepweave.policies.pixels.fit import read
from stepweave.policies.pixels.guesses import Guess, Region, Search, by_cells, outlined, regions
from stepweave.policies.pixels.readings import Reading, share
from stepweave.policies.pixels.refine import refined
from stepweave.policies.pixels.segments import Mask, View, widened
from stepweave.policies.pixels.variants import drawn_as
from stepweave.world.render import INK
from stepweave.world.vocabulary import DRAWABLE, RGB, SHAPES

SURE = 0.93
"""Share of explained pixels at which no further outline is tried."""
PERFECT = 0.975
"""Share of explained pixels at which no other outline is looked at with care."""
CERTAIN = 0.9
"""Share of explained pixels from which an outline is not taken for that of several things."""
GOOD = 0.8
"""Least share of explained pixels of something seen..."""
COARSE = 0.62
"""... and what is enough for something of only :data:`COARSEST` pixels."""
COARSEST, FINE = 20, 72
"""Pixels of extent at which little is left of a thing, and from which it is seen in full detail."""
CLOSE = 0.025
"""Difference of likeness within which two outlines may as well be mistaken for each other."""
FREE = 0.4
"""Share of a thing that must not be hidden by others for it to be recognised behind them."""
TINIEST = 0.04
"""Extent of the smallest thing that is recognised."""
POCKET = 0.15
"""Share of a region that must differ from what lies behind: a pocket that a thing encloses does not."""
DRAWN = 0.6
"""Least share of its parts with which a thing that nobody spoke of is recognised."""
SOLID = 0.06
"""Least share of its square that a thing nobody spoke of must cover to be recognised."""
EDGE, BLURRED_EDGE = 0.5, 0.3
"""How well its outer edge must be explained, at least; the latter for something of only :data:`COARSEST` pixels."""
SHARP = 0.7
"""How well its outer edge must be explained for a pose to need no improvement."""
HALF = 0.5
"""Least share of explained pixels of something whose outline is clear and that is half hidden by what lies on it."""
LESS = 0.04
"""Difference of explained pixels at first sight within which two guesses are both looked at with care."""
CAREFULLY = 3
"""Guesses that are looked at with care."""
BEHIND = 0.3
"""How much less than the best a guess may explain at first sight to be looked at with care."""
ROUGH = 0.4
"""Share of explained pixels below which a guess is given up at first sight."""
ROUNDS = 4
"""How often what remains is looked at again."""
EVERYTHING = frozenset(DRAWABLE)


def enough(view: View, extent: float, fine: float = GOOD) -> float:
    """Share of explained pixels from which a thing of that extent counts as seen."""
    pixels = extent * min(view.image.size)
    return float(np.interp(pixels, (COARSEST, FINE), (min(COARSE, fine), fine)))


def clear(view: View, reading: Reading) -> bool:
    """Whether its outer edge is where it should be: a thing is not seen within another of its colour."""
    pixels = reading.pose.extent * min(view.image.size)
    return reading.edge >= float(np.interp(pixels, (COARSEST, FINE), (BLURRED_EDGE, EDGE)))


@dataclass(frozen=True, slots=True)
class Ground:
    """What things are seen before."""

    view: View
    behind: View | RGB
    """A plain colour, or the picture as it was before."""
    ink: RGB = INK


@dataclass(frozen=True, slots=True)
class Sight:
    """What was found."""

    readings: tuple[Reading, ...]
    """From back to front, as far as they overlap."""
    rest: Mask
    """Pixels of the working picture that stand out and that nothing explains."""


def recognise(ground: Ground, standing_out: Mask, search: Search, known: Sequence[Reading] = ()) -> Sight:
    """Find things where the picture stands out from what is behind.

    Args:
        ground: the picture and what is behind.
        standing_out: pixels of the working picture to be explained.
        search: what is looked for.
        known: what was found before.
    """
    found: list[Reading] = list(known)
    rest, bare = standing_out.copy(), _bare(ground)
    for _ in range(ROUNDS if search.things else 0):
        before = len(found)
        for region in regions(rest, _covered(ground.view, found, rest)):
            if _stale(region, rest) or _empty(region, bare):
                continue
            reading = _explained(ground, region, search, found)
            if reading is not None and not any(_same(reading, other) for other in found):
                found.insert(0 if reading.hidden else len(found), reading)
                set_aside(rest, ground.view, reading)
        if len(found) == before:
            break
    return Sight(_unhidden(ground, found), rest)


def _covered(view: View, found: Sequence[Reading], rest: Mask) -> Mask:
    """The pixels of what was found so far."""
    covered = np.zeros_like(rest)
    for reading in found:
        covered |= painted(view, reading, reading.cover)
    return covered


def _same(one: Reading, other: Reading) -> bool:
    """Whether two readings are of one thing."""
    near = max(abs(one.pose.x - other.pose.x), abs(one.pose.y - other.pose.y)) < 0.1 * one.pose.extent
    return near and one.thing == other.thing and 0.9 < one.pose.extent / other.pose.extent < 1.1


def _stale(region: Region, rest: Mask) -> bool:
    """Whether most of a region has been explained meanwhile."""
    left, top, right, bottom = region.box
    return int((region.mask & rest[top:bottom, left:right]).sum()) * 2 < int(region.mask.sum())


def _bare(ground: Ground) -> Mask:
    """Where the picture looks like what lies behind."""
    behind = ground.behind.small if isinstance(ground.behind, View) else np.array(ground.behind, np.uint8)
    return alike(ground.view.small, np.broadcast_to(behind, ground.view.small.shape))


def _empty(region: Region, bare: Mask) -> bool:
    """Whether a region shows hardly more than what lies behind."""
    left, top, right, bottom = region.box
    return int((region.mask & ~bare[top:bottom, left:right]).sum()) < POCKET * int(region.mask.sum())


def _unhidden(ground: Ground, found: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, those that something lies upon read again without what is hidden; what then fails was none."""
    kept: list[Reading] = []
    for index, reading in enumerate(found):
        if reading.matched < SURE:
            hidden = projected(ground.view, found[index + 1 :], reading)
            if hidden.any():
                reading = _again(ground, reading, hidden)
        if _good(ground, reading):
            kept.append(reading)
    return tuple(kept)


def _again(ground: Ground, reading: Reading, hidden: Mask) -> Reading:
    again = read(
        ground.view, reading.thing, reading.pose, ground.behind, ink=ground.ink, side=reading.side, hidden=hidden
    )
    return again if again.matched > reading.matched else reading


def projected(view: View, readings: Sequence[Reading], onto: Reading) -> Mask:
    """What other things cover of the window of a reading."""
    side, out = onto.side, np.zeros((onto.side, onto.side), bool)
    ux, uy = (length / min(view.image.size) for length in view.image.size)
    steps = (np.arange(side) + 0.5) / side - 0.5
    for other in readings:
        xs = ((onto.pose.x - other.pose.x) * ux + steps * onto.pose.extent) / other.pose.extent + 0.5
        ys = ((onto.pose.y - other.pose.y) * uy + steps * onto.pose.extent) / other.pose.extent + 0.5
        columns, rows = ((values * other.side).astype(np.intp).clip(0, other.side - 1) for values in (xs, ys))
        inside = ((ys >= 0) & (ys < 1))[:, None] & ((xs >= 0) & (xs < 1))[None, :]
        out |= widened(other.cover)[np.ix_(rows, columns)] & inside
    return out


# ------------------------------------------------------------------------------------------ masks


def painted(view: View, reading: Reading, mask: Mask) -> Mask:
    """A mask of a reading's window, brought to the working picture."""
    height, width = view.small.shape[:2]
    half = reading.pose.extent * view.shorter / 2
    x, y = reading.pose.x * width, reading.pose.y * height
    left, top = max(0, round(x - half)), max(0, round(y - half))
    right, bottom = min(width, round(x + half)), min(height, round(y + half))
    out = np.zeros((height, width), bool)
    if right <= left or bottom <= top:
        return out
    side = mask.shape[0]
    columns = ((np.arange(left, right) + 0.5 - (x - half)) / (2 * half) * side).astype(np.intp).clip(0, side - 1)
    rows = ((np.arange(top, bottom) + 0.5 - (y - half)) / (2 * half) * side).astype(np.intp).clip(0, side - 1)
    out[top:bottom, left:right] = mask[np.ix_(rows, columns)]
    return out


def set_aside(rest: Mask, view: View, reading: Reading) -> None:
    """Take what a reading explains, and the soft edge around it, out of what remains."""
    explained = painted(view, reading, reading.explained)
    wide = widened(explained)
    rest &= ~wide


# ------------------------------------------------------------------------------------------ one region


def _explained(ground: Ground, region: Region, search: Search, others: Sequence[Reading]) -> Reading | None:
    """The reading that explains a region best, as a whole or by one of its cells, upright before turned.

    ``others``: what was found already, and may lie upon it.
    """
    best: Reading | None = None
    for guessed in (outlined, by_cells):
        for turned in search.ways:
            guesses = guessed(ground.view, region, search, turned)
            found = _best(ground, guesses, search)
            if found is None:
                continue
            found = _freed(ground, found, others)
            half_hidden = guessed is outlined and found.matched >= HALF and guesses[0].likeness >= SURE
            if (_good(ground, found) or half_hidden) and (best is None or _better(ground, found, best)):
                best = found
            if best is not None and _good(ground, best) and best.matched >= CERTAIN:
                return drawn_as(ground.view, best, ground.behind, ground.ink)
    return None if best is None else drawn_as(ground.view, best, ground.behind, ground.ink)


def _freed(ground: Ground, reading: Reading, others: Sequence[Reading]) -> Reading:
    """The reading without what is hidden by others, where it is not good with it and much of it is free."""
    if _good(ground, reading) or not others:
        return reading
    hidden = projected(ground.view, others, reading)
    free = share(~hidden, reading.cover)
    again = _again(ground, reading, hidden) if FREE < free < 1 else reading
    return again if _good(ground, again) else reading


def _better(ground: Ground, found: Reading, best: Reading) -> bool:
    goods = _good(ground, found), _good(ground, best)
    return goods[0] if goods[0] != goods[1] else found.matched > best.matched


def _good(ground: Ground, reading: Reading) -> bool:
    return reading.matched >= enough(ground.view, reading.pose.extent) and clear(ground.view, reading)


def _solid(reading: Reading, search: Search) -> bool:
    """Whether there is enough of it: a few thin lines, or a single part of something, may be anything."""
    if not TINIEST < reading.pose.extent <= 1 or not (0 < reading.pose.x < 1 and 0 < reading.pose.y < 1):
        return False
    names = DRAWABLE[reading.thing].names
    drawn = search.begun or len(reading.parts) >= DRAWN * len(names)
    if reading.thing in search.favoured:
        return drawn or DRAWABLE[reading.thing].main in reading.parts or names[0] in reading.parts
    return drawn and float(reading.cover.mean()) >= SOLID


def _best(ground: Ground, guesses: Sequence[Guess], search: Search) -> Reading | None:
    """The guess that explains most: all are looked at roughly, the best of them with care."""
    rough: list[tuple[Reading, Guess]] = []
    for guess in guesses:
        spoken = guess.shape.thing in search.favoured
        if not spoken and any(
            guess.likeness < one.likeness - CLOSE and first.matched >= PERFECT for first, one in rough
        ):
            continue
        rough.append((_rough(ground, guess), guess))
    ranked = sorted(rough, key=lambda pair: -pair[0].matched * pair[1].likeness * _prior(pair[0], search.favoured))
    best: Reading | None = None
    value = 0.0
    for first, guess in ranked[:CAREFULLY]:
        if first.matched < ROUGH or first.matched < ranked[0][0].matched - BEHIND:
            break
        spoken = guess.shape.thing in search.favoured
        if best is not None and not spoken and _settled(best, first, guess, ranked[0]):
            continue
        reading = _careful(ground, first)
        if not _solid(reading, search):
            continue
        worth = reading.matched * guess.likeness * _prior(reading, search.favoured)
        if not _good(ground, reading):
            worth *= HALF
        elif best is not None:
            worth *= _larger(reading, best)
        if worth > value:
            best, value = reading, worth
    return best


def _settled(best: Reading, first: Reading, guess: Guess, leader: tuple[Reading, Guess]) -> bool:
    """Whether what was looked at with care is so good that a guess need not be."""
    if best.matched >= PERFECT:
        return True
    less = guess.likeness < leader[1].likeness - CLOSE or first.matched < leader[0].matched - LESS
    return less and best.matched >= SURE


def _larger(reading: Reading, best: Reading) -> float:
    """What explains clearly more of the picture (a sun with its rays, not a disc) is worth more."""
    areas = [one.matched * one.cover.mean() * one.pose.extent**2 for one in (reading, best)]
    return 1.0 + 0.2 * float(np.clip(np.log(max(areas[0], 1e-9) / max(areas[1], 1e-9)), -1, 1))


def _prior(reading: Reading, favoured: frozenset[str]) -> float:
    """Of two readings that explain as much, the one that leaves less open: shapes, and things drawn further."""
    wanted = 0.03 if reading.thing in favoured else 0.0
    if reading.thing in SHAPES:
        return 1.0 + wanted
    names = DRAWABLE[reading.thing].names
    return 0.94 + 0.05 * len(reading.parts) / len(names) + wanted


def _rough(ground: Ground, guess: Guess) -> Reading:
    """A first look at a guessed pose, with the parts that its outline speaks for."""
    parts = guess.shape.parts
    return read(
        ground.view,
        guess.shape.thing,
        guess.pose if guess.shape.action is None else replace(guess.pose, action=None),
        ground.behind,
        ink=ground.ink,
        side=32,
        among=parts,
        certain=True,
        rough=True,
    )


def _careful(ground: Ground, rough: Reading) -> Reading:
    """Improve the pose, and read again; twice where that helps."""
    pose = refined(ground.view, rough, ground.behind, ground.ink)
    reading = read(ground.view, rough.thing, pose, ground.behind, ink=ground.ink)
    if reading.matched < SURE or reading.edge < SHARP:
        base = reading if reading.matched > rough.matched / 2 else rough
        pose = refined(ground.view, base, ground.behind, ground.ink)
        better = read(ground.view, rough.thing, pose, ground.behind, ink=ground.ink)
        return better if better.error <= reading.error else reading
    return reading
