"""Looking for things where they should be: first as they were, then where the layout would put them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.pixels.comparison import Comparison, seen_before
from stepweave.policies.pixels.expect import MAIN, Wanted
from stepweave.policies.pixels.fit import read
from stepweave.policies.pixels.readings import Pose, Reading
from stepweave.policies.pixels.recognise import GOOD, HALF, Ground, clear, enough, painted, projected, set_aside
from stepweave.policies.pixels.refine import refined
from stepweave.policies.pixels.segments import Mask, View, widened
from stepweave.policies.pixels.sight import Seen, pose_of
from stepweave.policies.pixels.writing import FAINT, LEGIBLE, is_unread, marks_at, read_words, unread
from stepweave.world.finding import main_colour
from stepweave.world.scene import Item
from stepweave.world.vocabulary import DRAWABLE, TEXT

STILL = 0.97
"""Share of unchanged pixels from which a thing counts as left alone."""
OLD_MARKS = 0.6
"""Share of unchanged pixels from which words that nobody could read count as left alone."""
THERE = 0.88
"""Share of explained pixels from which a thing seen in full detail counts as found where it was expected."""
UNCOVERED = 0.12
"""Least share of a thing that must be uncovered for it to be found."""
AS_DRAWN = 0.96
"""Share of explained pixels from which a pose needs no improvement."""
DRIFT, STRETCH = 0.03, 1.25
"""How far, in fractions of the picture, a thing may turn out to be from where it was looked for, and how much larger or
smaller."""
REFINED = 3
"""How often a pose is improved, at most."""
WORSE = 0.05
"""How much less of a thing may be explained when what hides it is taken into account."""


def look_where_expected(state: Comparison, one: Wanted, later: Sequence[Wanted]) -> None:
    """A thing that should be new, or changed; ``later``: what should lie in front of it."""
    item, view_ = one.item, state.ground.view
    if is_unread(item.label):
        return
    if item.thing == TEXT:
        words = read_words(view_, item.label, pose_of(item))
        if words.matched >= FAINT:
            state.accept(item.id, words, item.label)
        return
    places = state.found.places
    in_front = [places[other.item.id].reading for other in later if other.item.id in places]
    ground = state.ground if not one.new or state.same is None else replace(state.ground, behind=state.old)
    for hiding in (in_front, state.readings()):
        reading = read_at(ground, item.thing, pose_of(item), hiding)
        good = reading.matched >= enough(view_, item.extent, THERE) and clear(view_, reading) and _is_it(reading, item)
        if good and one.new and MAIN not in one.colours:
            # Where no colour is named, another one is allowed, but more likely of something else.
            good = _coloured_as(reading, item)
        if good and _uncovered(view_, reading, hiding) > UNCOVERED:
            state.accept(item.id, reading)
            return


def _is_it(reading: Reading, item: Item) -> bool:
    """Whether a reading is still of the thing that was expected: where it should be, and not some part of it only."""
    pose, main = reading.pose, DRAWABLE[item.thing].main
    near = max(abs(pose.x - item.x), abs(pose.y - item.y)) < DRIFT
    alike = 1 / STRETCH < pose.extent / item.extent < STRETCH
    return near and alike and (main in reading.parts or (item.parts is not None and main not in item.parts))


def _coloured_as(reading: Reading, item: Item) -> bool:
    """Whether the main part has the colour it should have, as far as it shows."""
    part = reading.parts.get(DRAWABLE[item.thing].main)
    return part is None or part.colour == main_colour(item)


def look_for_unread_words(state: Comparison, one: Wanted) -> None:
    """Words that nobody could read are where there are unexplained marks."""
    marks = marks_at(state.ground.view, state.rest, pose_of(one.item))
    if marks is None:
        marks = next(iter(unread(state.ground.view, state.rest)), None)
    if marks is not None:
        state.accept(one.item.id, marks, one.item.label)


def _uncovered(view_: View, reading: Reading, hiding: Sequence[Reading]) -> float:
    """Share of a thing that nothing lies upon."""
    free = reading.cover & ~projected(view_, hiding, reading)
    return float(free.sum()) / max(1, int(reading.cover.sum()))


def read_at(ground: Ground, thing: str, pose: Pose, in_front: Sequence[Reading]) -> Reading:
    """Read a thing at a pose, or as near to it as explains more, not minding what lies in front of it."""
    reading = _hiding(ground, thing, pose, in_front)
    for _ in range(REFINED):
        if not HALF <= reading.matched < AS_DRAWN:
            break
        better = _hiding(ground, thing, refined(ground.view, reading, ground.behind, ground.ink), in_front)
        if better.matched <= reading.matched:
            break
        reading = better
    return reading


def _hiding(ground: Ground, thing: str, pose: Pose, in_front: Sequence[Reading]) -> Reading:
    reading = read(ground.view, thing, pose, ground.behind, ink=ground.ink)
    hidden = projected(ground.view, in_front, reading)
    if not (hidden & reading.cover).any():
        return reading
    side = reading.side
    again = read(ground.view, thing, pose, ground.behind, ink=ground.ink, side=side, hidden=hidden)
    visible_enough = _uncovered(ground.view, again, in_front) > UNCOVERED
    return again if visible_enough and again.matched >= reading.matched - WORSE else reading


def left_as_it_was(state: Comparison, one: Wanted) -> None:
    """A thing that should be as it was, and is, down to its pixels."""
    was = seen_before(state, one)
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    if state.same is not None and (cover & state.same).sum() >= _still(was) * cover.sum():
        state.found.places[one.item.id] = was
        set_aside(state.rest, state.ground.view, was.reading)


def _still(was: Seen) -> float:
    return OLD_MARKS if is_unread(was.item.label) else STILL


def look_where_it_was(state: Comparison, one: Wanted) -> None:
    """A thing that should be as it was, but for what may lie upon it now."""
    was = seen_before(state, one)
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    for reading in state.readings():
        cover &= ~widened(painted(state.ground.view, reading, reading.cover))
    if state.same is not None and (cover & state.same).sum() >= _still(was) * cover.sum():
        state.found.places[one.item.id] = was
        set_aside(state.rest, state.ground.view, was.reading)
        return
    _look_again(state, was, cover)


def _look_again(state: Comparison, was: Seen, cover: Mask) -> None:
    item = was.item
    if item.thing == TEXT:
        _look_for_old_words(state, was, cover)
        return
    reading = read_at(state.ground, item.thing, was.reading.pose, state.readings())
    if reading.matched >= min(enough(state.ground.view, item.extent, THERE), max(GOOD, was.reading.matched - 0.1)):
        state.accept(item.id, reading)


def _look_for_old_words(state: Comparison, was: Seen, cover: Mask) -> None:
    """Words that were not read before are there as long as the marks are."""
    if not is_unread(was.item.label):
        words = read_words(state.ground.view, was.item.label, was.reading.pose)
        if words.matched >= LEGIBLE:
            state.accept(was.item.id, words, was.item.label)
    elif state.same is None and (cover & state.rest).sum() > 0.6 * cover.sum():
        state.found.places[was.item.id] = was
        state.rest &= ~widened(widened(cover))
