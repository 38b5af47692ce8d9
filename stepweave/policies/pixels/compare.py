"""Before and after: where each expected thing is now, what else is there, and what else changed.

Expectation comes first, sight second: a thing is looked for where it should be, and only what is not found there, or
not expected at all, is looked for everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from stepweave.policies.pixels.expect import Expectation, Wanted, references
from stepweave.policies.pixels.fit import Pose, Reading, read, refined
from stepweave.policies.pixels.recognise import (
    EDGE,
    EVERYTHING,
    GOOD,
    HALF,
    SOLID,
    Ground,
    enough,
    painted,
    projected,
    recognise,
    set_aside,
)
from stepweave.policies.pixels.segments import Mask, View, background, components, difference, foreground, view, widened
from stepweave.policies.pixels.sight import Seen, Surroundings, apart, ground_of, numbered, pose_of
from stepweave.policies.pixels.writing import LEGIBLE, find_words, is_unread, marks_at, read_words, unread
from stepweave.world.scene import Item
from stepweave.world.vocabulary import BACKGROUNDS, DRAWABLE, TEXT

CHANGED = 40
"""Least difference of a channel, of 255, at which a pixel has changed."""
STILL = 0.97
"""Share of unchanged pixels from which a thing counts as left alone."""
THERE = 0.88
"""Share of explained pixels from which a thing seen in full detail counts as found where it was expected."""
OLD_MARKS = 0.6
"""Share of unchanged pixels from which words that nobody could read count as left alone."""
UNCOVERED = 0.12
"""Least share of a thing that must be uncovered for it to be found."""
AS_DRAWN = 0.96
"""Share of explained pixels from which a pose needs no improvement."""
WORSE = 0.05
"""How much less of a thing may be explained when what hides it is taken into account."""
REVEALED = 0.3
"""Least share of something half hidden before that must have been visible."""
UNTOUCHED = 0.15
"""Share of changed pixels, apart from other things, up to which a thing that cannot be made out is left alone."""
DOUBTFUL = 0.9
"""Share of explained pixels below which a thing may have been mistaken, where other things were not understood."""
HIDDEN = 0.75
"""Share of its pixels at which a thing that is covered by others may be there unseen."""
HERE = 0.035
"""Distance, in the picture's shorter side, up to which two places are the same."""
BLOT = 0.004
"""Area of the smallest unexplained change worth a word, as a share of the picture."""
FOREIGN = 48
"""Least difference of a channel at which something was drawn upon a foreign picture."""


@dataclass(slots=True)
class Found:
    """What became of the expected things."""

    ground: Ground
    backdrop: str | None
    before: View | None
    """The picture before, at the size of this one, where its background is the same."""
    places: dict[int, Seen] = field(default_factory=dict)
    """Expected things by their number, as they were found."""
    extras: list[Seen] = field(default_factory=list)
    """Things that nothing led to expect."""
    blots: int = 0
    """Unexplained changes."""


@dataclass(slots=True)
class _Comparison:
    """The state of one comparison."""

    before: Surroundings
    ground: Ground
    found: Found
    rest: Mask
    old: View
    """The picture before, at the size of this one."""
    same: Mask | None
    """Unchanged pixels; ``None`` where the background changed."""
    empty: Mask
    """Pixels that showed nothing but the background before."""

    def accept(self, number: int, reading: Reading, label: str = "") -> None:
        (seen,) = numbered([(reading, label)], number)
        self.found.places[number] = seen
        set_aside(self.rest, self.ground.view, reading)

    def readings(self) -> list[Reading]:
        return [seen.reading for seen in self.found.places.values()]


def compare(before: Surroundings, after: Image.Image, expectation: Expectation, favoured: frozenset[str]) -> Found:
    """Find what was expected in the picture, and what was not."""
    state = _prepared(before, view(after))
    shown = [one for one in expectation.wanted if not one.gone]
    changing = [one for one in shown if one.touched or _moves(one)]
    for one in shown:
        if one not in changing:
            _left_as_it_was(state, one)
    for _ in range(2):
        for index, one in reversed(list(enumerate(shown))):
            if one in changing and one.item.id not in state.found.places:
                _look_where_expected(state, one, shown[index + 1 :])
        for one in reversed(shown):
            if one not in changing and one.item.id not in state.found.places:
                _look_where_it_was(state, one)
    _leave_out_old_marks(state)
    others = _everything_else(state, expectation, favoured)
    others = _assign(state, expectation.wanted, others)
    for one in shown:
        if one.item.id not in state.found.places and is_unread(one.item.label):
            _look_for_unread_words(state, one)
    still = [one for one in expectation.wanted if one.gone and _still_there(state, one, others)]
    for one in still:
        others = [seen for seen in others if not _at(seen, one.item, HERE)]
    others = [seen for seen in others if not _was_hidden(state, expectation, seen) and _substantial(seen)]
    state.found.extras = others + [Seen(one.item, _nothing(one)) for one in still]
    for one in shown:
        if one.item.id not in state.found.places and one.was is not None and not one.touched:
            if _unchanged_but_for_others(state, expectation, one):
                state.found.places[one.item.id] = _seen_before(state, one)
    state.found.blots = _blots(state)
    return state.found


def _nothing(one: Wanted) -> Reading:
    empty = np.zeros((1, 1), bool)
    return Reading(one.item.thing, pose_of(one.item), {}, 1.0, 0.0, 1, empty, empty, empty)


def _prepared(before: Surroundings, after: View) -> _Comparison:
    old = before.view
    if old.image.size != after.image.size:
        old = view(old.image.resize(after.image.size, Image.Resampling.LANCZOS))
    apart_by = difference(after.small, old.small)
    if before.backdrop is None:
        changed = apart_by > FOREIGN
        ground = ground_of(after, None, old)
        return _Comparison(
            before, ground, Found(ground, None, old), widened(changed), old, ~changed, np.zeros_like(changed)
        )
    backdrop = background(after.small)
    rest = foreground(after.small, backdrop) if backdrop else apart_by > CHANGED
    same = apart_by <= CHANGED if backdrop == before.backdrop else None
    ground = ground_of(after, backdrop, old)
    plain = np.broadcast_to(np.array(BACKGROUNDS[before.backdrop], np.uint8), old.small.shape)
    empty = difference(old.small, plain) <= CHANGED
    return _Comparison(
        before, ground, Found(ground, backdrop, old if same is not None else None), rest, old, same, empty
    )


def _moves(one: Wanted) -> bool:
    return one.was is not None and pose_of(one.was) != pose_of(one.item)


# ------------------------------------------------------------------------------------------ where it should be


def _look_where_expected(state: _Comparison, one: Wanted, later: Sequence[Wanted]) -> None:
    item, view_ = one.item, state.ground.view
    if is_unread(item.label):
        return
    if item.thing == TEXT:
        words = read_words(view_, item.label, pose_of(item))
        if words.matched >= LEGIBLE:
            state.accept(item.id, words, item.label)
        return
    places = state.found.places
    in_front = [places[other.item.id].reading for other in later if other.item.id in places]
    ground = state.ground if not one.new or state.same is None else replace(state.ground, behind=state.old)
    for hiding in (in_front, state.readings()):
        reading = read_at(ground, item.thing, pose_of(item), hiding)
        good = reading.matched >= enough(view_, item.extent, THERE) and reading.edge >= EDGE
        if good and _uncovered(view_, reading, hiding) > UNCOVERED:
            state.accept(item.id, reading)
            return


def _look_for_unread_words(state: _Comparison, one: Wanted) -> None:
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
    if HALF <= reading.matched < AS_DRAWN:
        better = _hiding(ground, thing, refined(ground.view, reading, ground.behind, ground.ink), in_front)
        reading = max(reading, better, key=lambda one: one.matched)
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


def _left_as_it_was(state: _Comparison, one: Wanted) -> None:
    """A thing that should be as it was, and is, down to its pixels."""
    was = _seen_before(state, one)
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    if state.same is not None and (cover & state.same).sum() >= _still(was) * cover.sum():
        state.found.places[one.item.id] = was
        set_aside(state.rest, state.ground.view, was.reading)


def _seen_before(state: _Comparison, one: Wanted) -> Seen:
    number = one.was.id if one.was else 0
    return next(seen for seen in state.before.things if seen.item.id == number)


def _still(was: Seen) -> float:
    return OLD_MARKS if is_unread(was.item.label) else STILL


def _look_where_it_was(state: _Comparison, one: Wanted) -> None:
    """A thing that should be as it was, but for what may lie upon it now."""
    was = _seen_before(state, one)
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    for reading in state.readings():
        cover &= ~widened(painted(state.ground.view, reading, reading.cover))
    if state.same is not None and (cover & state.same).sum() >= _still(was) * cover.sum():
        state.found.places[one.item.id] = was
        set_aside(state.rest, state.ground.view, was.reading)
        return
    _look_again(state, was, cover)


def _look_again(state: _Comparison, was: Seen, cover: Mask) -> None:
    item = was.item
    if item.thing == TEXT:
        _look_for_old_words(state, was, cover)
        return
    reading = read_at(state.ground, item.thing, was.reading.pose, state.readings())
    if reading.matched >= min(enough(state.ground.view, item.extent, THERE), max(GOOD, was.reading.matched - 0.1)):
        state.accept(item.id, reading)


def _look_for_old_words(state: _Comparison, was: Seen, cover: Mask) -> None:
    """Words that were not read before are there as long as the marks are."""
    if not is_unread(was.item.label):
        words = read_words(state.ground.view, was.item.label, was.reading.pose)
        if words.matched >= LEGIBLE:
            state.accept(was.item.id, words, was.item.label)
    elif state.same is None and (cover & state.rest).sum() > 0.6 * cover.sum():
        state.found.places[was.item.id] = was
        state.rest &= ~widened(widened(cover))


def _leave_out_old_marks(state: _Comparison) -> None:
    """What was not understood before and has not changed needs no understanding now."""
    if state.same is None:
        state.rest &= ~widened(widened(state.before.rest))
    elif state.before.rest.shape == state.rest.shape:
        state.rest &= ~(widened(state.before.rest) & state.same)


# ------------------------------------------------------------------------------------------ everywhere


def _everything_else(state: _Comparison, expectation: Expectation, favoured: frozenset[str]) -> list[Seen]:
    words: list[tuple[Reading, str]] = []
    for one in expectation.wanted:
        if one.item.thing == TEXT and not one.gone and one.item.id not in state.found.places:
            reading = find_words(state.ground.view, one.item.label, state.rest)
            if reading is not None:
                words.append((reading, one.item.label))
                set_aside(state.rest, state.ground.view, reading)
    sight = recognise(state.ground, state.rest, EVERYTHING, favoured)
    state.rest = sight.rest
    things = [(reading, "") for reading in sight.readings]
    return list(numbered(words + things, 1000))


def _assign(state: _Comparison, wanted: Sequence[Wanted], others: list[Seen]) -> list[Seen]:
    """Give things that were seen to the expected ones of their kind, the nearest first."""
    open_ = [one for one in wanted if not one.gone and one.item.id not in state.found.places]
    pairs = sorted(
        (_apart(seen, one), index, number)
        for index, one in enumerate(open_)
        for number, seen in enumerate(others)
        if seen.item.thing == one.item.thing and seen.item.label == one.item.label
    )
    taken: set[int] = set()
    for _, index, number in pairs:
        one = open_[index]
        if one.item.id not in state.found.places and number not in taken:
            taken.add(number)
            state.found.places[one.item.id] = others[number]
    return [seen for number, seen in enumerate(others) if number not in taken]


def _apart(seen: Seen, one: Wanted) -> float:
    """How unlike the expected thing it is in place, size and colour."""
    a, b = seen.item, one.item
    colour = 0.0 if a.colour == b.colour else 0.1
    return abs(a.x - b.x) + abs(a.y - b.y) + abs(float(np.log(a.extent / b.extent))) * 0.3 + colour


def _still_there(state: _Comparison, one: Wanted, others: Sequence[Seen]) -> bool:
    """Whether what should be gone is not."""
    if any(seen.item.thing == one.item.thing and _at(seen, one.item, HERE) for seen in others):
        return True
    was = _seen_before(state, one)
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    for seen in state.found.places.values():
        if seen is not was:
            cover &= ~widened(painted(state.ground.view, seen.reading, seen.reading.cover))
    if state.same is None or state.before.backdrop is None:
        return False
    # What has the colour of the background looks the same with and without the thing.
    cover &= ~state.empty
    return bool(cover.any()) and (cover & state.same).sum() > 0.8 * cover.sum()


def _substantial(seen: Seen) -> bool:
    """Whether there is enough of something that nobody expected."""
    return seen.item.thing == TEXT or float(seen.reading.cover.mean()) >= SOLID


def _was_hidden(state: _Comparison, expectation: Expectation, seen: Seen) -> bool:
    """Whether a thing was there before, half hidden, and only now can be made out; or could not be told before."""
    if any(seen.item.thing == reference.thing for one in expectation.skipped for reference in references(one)):
        return True
    if state.same is None:
        return False
    cover = painted(state.ground.view, seen.reading, seen.reading.cover)
    pixels = int(cover.sum())
    old = cover & state.same & ~state.empty & widened(state.before.rest)
    fresh = cover & ~state.same
    for other in state.before.things:
        fresh &= ~widened(painted(state.ground.view, other.reading, other.reading.cover))
    return int(old.sum()) > REVEALED * pixels and int(fresh.sum()) < 0.1 * pixels


def _at(seen: Seen, item: Item, reach: float) -> bool:
    near = abs(seen.item.x - item.x) < reach and abs(seen.item.y - item.y) < reach
    return near and abs(float(np.log(seen.item.extent / item.extent))) < 0.25


def covered(found: Found, item: Item, later: Iterable[int]) -> bool:
    """Whether things drawn later, by their numbers, cover the place of a thing so far that it could not be seen there."""
    view_ = found.ground.view
    if item.thing == TEXT:
        whole = read_words(view_, item.label, pose_of(item))
    else:
        names = frozenset(DRAWABLE[item.thing].names if item.parts is None else item.parts)
        whole = read(view_, item.thing, pose_of(item), found.ground.behind, among=names, certain=True)
    place = painted(view_, whole, whole.cover)
    pixels = int(place.sum())
    for seen in (found.places[number] for number in later if number in found.places):
        place &= ~painted(view_, seen.reading, seen.reading.cover)
    return pixels > 0 and int(place.sum()) < (1 - HIDDEN) * pixels


def _unchanged_but_for_others(state: _Comparison, expectation: Expectation, one: Wanted) -> bool:
    """Whether all that changed about a thing lies where other things are, came or went."""
    was = _seen_before(state, one)
    if was.reading.matched < DOUBTFUL and _marks(state.before.rest):
        return True
    if state.same is None:
        return False
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    pixels = int(cover.sum())
    others = {other.was.id for other in expectation.wanted if other.was is not None and (other.gone or other.touched)}
    changed = cover & ~state.same
    for seen in (*state.before.things, *state.found.places.values()):
        if seen in state.found.places.values() or seen.item.id in others:
            changed &= ~widened(painted(state.ground.view, seen.reading, seen.reading.cover))
    return int(changed.sum()) < UNTOUCHED * pixels


def _blots(state: _Comparison) -> int:
    """How many changes nothing explains; none where there was something unexplained before."""
    if _marks(state.before.rest):
        return 0
    rest = apart(state.ground.view, state.rest, [seen.reading for seen in state.found.places.values()])
    rest = apart(state.ground.view, rest, [seen.reading for seen in state.found.extras])
    if state.same is not None:
        rest &= ~state.same
    return _marks(rest)


def _marks(rest: Mask) -> int:
    parts = components(rest.astype(np.int32))
    return int(((parts.classes == 1) & (parts.areas > BLOT * rest.size)).sum())
