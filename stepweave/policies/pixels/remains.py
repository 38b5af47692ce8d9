"""What remains once the expected things were looked for: things elsewhere, things too many, unexplained changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from stepweave.policies.pixels.comparison import Comparison, Found, marks, plain, seen_before
from stepweave.policies.pixels.expect import Expectation, Wanted, references
from stepweave.policies.pixels.fit import read
from stepweave.policies.pixels.guesses import Search
from stepweave.policies.pixels.readings import Reading
from stepweave.policies.pixels.recognise import EVERYTHING, SOLID, painted, recognise, set_aside
from stepweave.policies.pixels.segments import widened
from stepweave.policies.pixels.sight import Seen, apart, numbered, pose_of
from stepweave.policies.pixels.writing import LEGIBLE, find_words, is_unread, read_words
from stepweave.world.scene import Item
from stepweave.world.vocabulary import DRAWABLE, TEXT

REVEALED = 0.3
"""Least share of something half hidden before that must have been visible."""
UNTOUCHED = 0.15
"""Share of changed pixels, apart from other things, up to which a thing that cannot be made out is left alone."""
DOUBTFUL = 0.9
"""Share of explained pixels below which a thing may have been mistaken, where other things were not understood."""
AMID = 0.3
"""Share of what surrounds a thing that must not have been understood for the thing to be doubtful."""
HIDDEN = 0.75
"""Share of its pixels at which a thing that is covered by others may be there unseen."""
LEFT = 0.55
"""Share of unchanged pixels from which a thing that should be gone is still there."""
LOST = 0.0012
"""Area of the smallest unexplained mark whose loss is noticed, as a share of the picture."""
SIZED = 0.2
"""Difference of the logarithms of two extents from which they are different."""
HERE = 0.035
"""Distance, in the picture's shorter side, up to which two places are the same."""


def leave_out_old_marks(state: Comparison) -> None:
    """What was not understood before and has not changed needs no understanding now."""
    if state.same is None:
        state.rest &= ~widened(widened(state.before.rest))
    elif state.before.rest.shape == state.rest.shape:
        state.rest &= ~(widened(state.before.rest) & state.same)


def everything_else(
    state: Comparison, expectation: Expectation, favoured: frozenset[str], spoken: Sequence[str]
) -> list[Seen]:
    """All that can be made out elsewhere; ``spoken``: the written words that the prompt names."""
    words: list[tuple[Reading, str]] = []
    shown = [one for one in expectation.wanted if one.item.thing == TEXT and not one.gone]
    lacking = [one.item.label for one in shown if one.item.id not in state.found.places]
    for label in (*lacking, *(label for label in spoken if all(label != one.item.label for one in shown))):
        reading = find_words(state.ground.view, label, state.rest)
        if reading is not None:
            words.append((reading, label))
            set_aside(state.rest, state.ground.view, reading)
    sight = recognise(state.ground, state.rest, Search(EVERYTHING, favoured))
    state.rest = sight.rest
    things = [(reading, "") for reading in sight.readings]
    return list(numbered(words + things, 1000))


def assign(state: Comparison, wanted: Sequence[Wanted], others: list[Seen]) -> list[Seen]:
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


def untangle(state: Comparison, wanted: Sequence[Wanted]) -> None:
    """Exchange things that were moved together where each of them looks like the other one did."""
    places = state.found.places
    moved = [one for one in wanted if not one.gone and one.was is not None and one.item.id in places]
    for index, one in enumerate(moved):
        for other in moved[index + 1 :]:
            a, b = places[one.item.id], places[other.item.id]
            if one.placing >= 0 and one.placing == other.placing and one.item.thing == other.item.thing:
                crossed = _unlike(b, one) + _unlike(a, other)
                if crossed < _unlike(a, one) + _unlike(b, other):
                    places[one.item.id], places[other.item.id] = b, a


def _unlike(seen: Seen, one: Wanted) -> int:
    """In how many ways it differs from what it should be: in colour, in size."""
    larger = abs(float(np.log(seen.item.extent / one.item.extent))) > SIZED
    return int(seen.item.colour != one.item.colour) + int(larger)


def still_there(state: Comparison, one: Wanted, others: Sequence[Seen]) -> bool:
    """Whether what should be gone is not."""
    if any(seen.item.thing == one.item.thing and at(seen, one.item, HERE) for seen in others):
        return True
    was = seen_before(state, one)
    if one.item.thing == TEXT and not is_unread(one.item.label):
        return read_words(state.ground.view, one.item.label, was.reading.pose).matched >= LEGIBLE
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    for seen in state.found.places.values():
        if seen is not was:
            cover &= ~widened(painted(state.ground.view, seen.reading, seen.reading.cover))
    if state.same is None or state.before.backdrop is None:
        return False
    # What has the colour of the background looks the same with and without the thing.
    cover &= ~state.empty
    return bool(cover.any()) and (cover & state.same).sum() > LEFT * cover.sum()


def substantial(seen: Seen) -> bool:
    """Whether there is enough of something that nobody expected."""
    return seen.item.thing == TEXT or float(seen.reading.cover.mean()) >= SOLID


def was_hidden(state: Comparison, expectation: Expectation, seen: Seen) -> bool:
    """Whether a thing was there before, half hidden, and only now can be made out; or could not be told before."""
    if any(seen.item.thing == reference.thing for one in expectation.skipped for reference in references(one)):
        return True
    if state.same is None:
        return False
    cover = painted(state.ground.view, seen.reading, seen.reading.cover)
    pixels = int(cover.sum())
    meant = {one.was.thing for one in expectation.wanted if one.was is not None and one.touched}
    unexplained = cover & ~state.empty & widened(state.before.rest)
    if seen.item.thing in meant and int(unexplained.sum()) > REVEALED * pixels:
        return True
    old = cover & state.same & ~state.empty & widened(state.before.rest)
    fresh = cover & ~state.same
    for other in state.before.things:
        fresh &= ~widened(painted(state.ground.view, other.reading, other.reading.cover))
    return int(old.sum()) > REVEALED * pixels and int(fresh.sum()) < 0.1 * pixels


def at(seen: Seen, item: Item, reach: float) -> bool:
    """Whether something of about the size of an item is at its place."""
    near = abs(seen.item.x - item.x) < reach and abs(seen.item.y - item.y) < reach
    return near and abs(float(np.log(seen.item.extent / item.extent))) < 0.25


def covered(found: Found, item: Item, later: Iterable[int]) -> bool:
    """Whether things drawn later, by their numbers, hide the place of a thing so far that it could not be seen."""
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


def unchanged_but_for_others(state: Comparison, expectation: Expectation, one: Wanted) -> bool:
    """Whether all that changed about a thing lies where other things are, came or went."""
    was = seen_before(state, one)
    if _doubtful(state, was):
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


def _doubtful(state: Comparison, was: Seen) -> bool:
    """Whether a thing may have been mistaken: it was read badly, or lay amid what was not understood."""
    if not marks(state.before.rest):
        return False
    cover = painted(state.ground.view, was.reading, was.reading.cover)
    ring = widened(widened(widened(cover))) & ~widened(cover)
    amid = int((ring & state.before.rest).sum()) > AMID * int(ring.sum())
    return was.reading.matched < DOUBTFUL or amid


def lost_marks(state: Comparison, expectation: Expectation) -> int:
    """How many marks that nobody understood have vanished, away from all that should have changed."""
    if state.same is None:
        return 0
    moved = [one.was.id for one in expectation.wanted if one.was is not None and (one.gone or one.touched)]
    old = [seen.reading for seen in state.before.things]
    near = [seen.reading for seen in state.before.things if seen.item.id in moved]
    lost = apart(state.ground.view, state.before.rest & ~state.same & state.bare, [*old, *state.readings()])
    for reading in near:
        lost &= ~painted(state.ground.view, reading, np.ones_like(reading.cover))
    return marks(lost, LOST)


def blots(state: Comparison) -> int:
    """How many changes nothing explains; none where there was something unexplained before."""
    if marks(state.before.rest):
        return 0
    rest = apart(state.ground.view, state.rest, [seen.reading for seen in state.found.places.values()])
    rest = apart(state.ground.view, rest, [seen.reading for seen in state.found.extras])
    if state.same is not None:
        rest &= ~state.same
    elif state.found.backdrop is not None:
        # A pocket that a thing encloses (between a cat and its tail) shows the background, and is no mark.
        rest &= ~plain(state.ground.view, state.found.backdrop)
    return marks(rest)
