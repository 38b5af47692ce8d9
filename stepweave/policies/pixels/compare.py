"""Before and after: where each expected thing is now, what else is there, and what else changed.

Expectation comes first, sight second: a thing is looked for where it should be, and only what is not found there, or
not expected at all, is looked for everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PIL import Image

from stepweave.policies.pixels.comparison import Comparison, Found, prepared, seen_before, soundness
from stepweave.policies.pixels.expect import Expectation, Wanted
from stepweave.policies.pixels.forecast import as_expected, changes, unlike
from stepweave.policies.pixels.mending import mended
from stepweave.policies.pixels.poses import settle_poses
from stepweave.policies.pixels.readings import Reading
from stepweave.policies.pixels.remains import (
    HERE,
    assign,
    at,
    blots,
    everything_else,
    leave_out_old_marks,
    lost_marks,
    still_there,
    substantial,
    unchanged_but_for_others,
    untangle,
    was_hidden,
)
from stepweave.policies.pixels.searching import (
    left_as_it_was,
    look_for_unread_words,
    look_where_expected,
    look_where_it_was,
)
from stepweave.policies.pixels.sight import Seen, Surroundings, pose_of, sheet_of
from stepweave.policies.pixels.writing import is_unread


def compare(
    before: Surroundings, after: Image.Image, expectation: Expectation, favoured: frozenset[str], spoken: Sequence[str]
) -> Found:
    """Find what was expected in the picture, and what was not."""
    state = prepared(before, sheet_of(after))
    shown = [one for one in expectation.wanted if not one.gone]
    if _certain(state, expectation, shown):
        return state.found
    _look_for_expected(state, shown)
    if all(one.item.id in state.found.places for one in shown if changes(one)) and _certain(state, expectation, shown):
        return state.found
    leave_out_old_marks(state)
    others = assign(state, expectation.wanted, everything_else(state, expectation, favoured, spoken))
    untangle(state, shown)
    for one in shown:
        if one.item.id not in state.found.places and is_unread(one.item.label):
            look_for_unread_words(state, one)
    still = [one for one in expectation.wanted if one.gone and still_there(state, one, others)]
    for one in still:
        others = [seen for seen in others if not at(seen, one.item, HERE)]
    if all(one.item.id in state.found.places for one in shown if changes(one)) and _certain(state, expectation, shown):
        return state.found
    if not still and not before.known and mended(state, expectation):
        return _as_it_should_be(state, shown)
    others = [seen for seen in others if not was_hidden(state, expectation, seen) and substantial(seen)]
    state.found.extras = others + [Seen(one.item, partial(_nothing, one)) for one in still]
    for one in shown:
        lost = one.item.id not in state.found.places and one.was is not None and not one.touched
        if lost and unchanged_but_for_others(state, expectation, one):
            state.found.places[one.item.id] = seen_before(state, one)
    settle_poses(state, shown)
    soundness(state.found, state.bare)
    state.found.blots = blots(state) + lost_marks(state, expectation)
    empty = not before.things and not before.rest.any()
    if before.known or (empty and before.backdrop is not None):
        state.found.unlike = list(unlike(state, expectation))
    return state.found


def _certain(state: Comparison, expectation: Expectation, shown: Sequence[Wanted]) -> bool:
    """Whether the picture is just what was expected; then all is where it was looked for."""
    if not as_expected(state, expectation):
        return False
    _as_it_should_be(state, shown)
    return True


def _as_it_should_be(state: Comparison, shown: Sequence[Wanted]) -> Found:
    """Note that the picture is just what was expected."""
    state.found.certain = True
    for one in shown:
        if one.item.id not in state.found.places:
            state.found.places[one.item.id] = Seen(one.item, partial(_nothing, one))
    soundness(state.found, state.bare)
    return state.found


def _look_for_expected(state: Comparison, shown: Sequence[Wanted]) -> None:
    """What is untouched anchors the rest; then from front to back, and once more with all that was found."""
    changing = [one for one in shown if changes(one)]
    for one in shown:
        if one not in changing:
            left_as_it_was(state, one)
    for _ in range(2):
        for index, one in reversed(list(enumerate(shown))):
            if one in changing and one.item.id not in state.found.places:
                look_where_expected(state, one, shown[index + 1 :])
        for one in reversed(shown):
            if one not in changing and one.item.id not in state.found.places:
                look_where_it_was(state, one)


def _nothing(one: Wanted) -> Reading:
    empty = np.zeros((1, 1), bool)
    return Reading(one.item.thing, pose_of(one.item), {}, 1.0, 0.0, 1, empty, empty, empty)
