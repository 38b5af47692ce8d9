"""A last look before a picture is rejected: the expected things, drawn, against the picture.

A thing may be overlooked because it lies among others, or read badly because it is tiny; but how it should look is
known. So what was not found is searched as it should be drawn, wherever the picture looks otherwise than expected; all
is brought to where drawing it comes nearest to the picture; and if that is the picture, down to its pixels, there is
nothing wrong with it but perhaps where things are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from stepweave.policies.pixels.comparison import Comparison
from stepweave.policies.pixels.copies import located
from stepweave.policies.pixels.expect import Expectation, Wanted
from stepweave.policies.pixels.forecast import changes, looks_like, misread, placed
from stepweave.policies.pixels.settling import nudged
from stepweave.policies.pixels.sight import Seen, Sheet, reading_of
from stepweave.policies.pixels.writing import is_unread
from stepweave.world.fitting import SHRINK
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import TEXT

LACKING = 3
"""How many things may be searched."""


def mended(state: Comparison, expectation: Expectation) -> bool:
    """Whether the picture is what was expected, once things were searched and brought to their places by drawing."""
    backdrop = state.found.backdrop
    if backdrop is None or backdrop != (expectation.backdrop or state.before.backdrop) or expectation.skipped:
        return False
    shown = [one for one in expectation.wanted if not one.gone]
    changing = [one for one in shown if changes(one)]
    if any(is_unread(one.item.label) for one in changing):
        return False
    lacking = [one for one in changing if one.item.id not in state.found.places]
    for sought in (lacking, changing):
        items = _arranged(state, expectation, shown, sought)
        if items is not None and looks_like(state, expectation, items):
            sheet = Sheet(state.ground.view, backdrop, 0.0)
            for item in items:
                if item.id not in state.found.places or any(item.id == one.item.id for one in changing):
                    state.found.places[item.id] = Seen(item, partial(reading_of, sheet, item))
            return True
        if len(lacking) == len(changing):
            break
    return False


def _arranged(
    state: Comparison, expectation: Expectation, shown: Sequence[Wanted], sought: Sequence[Wanted]
) -> tuple[Item, ...] | None:
    """The expected things, some of which are searched, where drawing them comes nearest to the picture; ``None`` if one
    of them cannot be found."""
    if len(sought) > LACKING or any(one.item.thing == TEXT for one in sought):
        return None
    missing = {one.item.id for one in sought}
    items = {one.item.id: placed(state, one) for one in shown if one.item.id not in missing}
    for one in sought:
        there = [items[other.item.id] for other in shown if other.item.id in items]
        found = _located(state, one, there)
        if found is None:
            return None
        items[found.id] = found
    scene = Scene(state.found.backdrop or "white", tuple(items[one.item.id] for one in shown))
    return nudged(state.ground.view, scene, frozenset(one.item.id for one in shown if changes(one)))


def _located(state: Comparison, one: Wanted, items: list[Item]) -> Item | None:
    """Where a thing is that was not found, as large as it should be or as others of its group are."""
    scene = Scene(state.found.backdrop or "white", tuple(items))
    seen = state.found.places.get(one.item.id)
    others = [item.extent for item in items if item.thing == one.item.thing and seen is None]
    shrunk = [one.item.extent * SHRINK**times for times in (1, -1, 2, -2)] if one.size is None else []
    own = [seen.item.extent] if seen is not None else []
    strange = misread(state.ground.view, scene) & ~state.before.rest
    extents = list(dict.fromkeys((one.item.extent, *own, *others, *shrunk)))
    return located(state.ground.view, scene, strange, [replace(one.item, extent=extent) for extent in extents])
