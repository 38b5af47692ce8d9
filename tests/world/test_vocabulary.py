"""The vocabulary holds together, and what it names can be told apart by measurement."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest

from stepweave.world.finding import place_of
from stepweave.world.things import Thing
from stepweave.world.things.geometry import geometry, joined
from stepweave.world.vocabulary import BACKGROUND, BACKGROUNDS, COLOURS, DRAWABLE, PLACES, RGB, SHAPES, SIZES, THINGS

things = pytest.mark.parametrize("thing", DRAWABLE.values(), ids=lambda thing: thing.name)


def _lab(colour: RGB) -> tuple[float, float, float]:
    """CIE L*a*b* under D65, in which distances are what the eye sees."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour))
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_the_promised_words_are_there() -> None:
    assert len(COLOURS) == 11
    assert len(SHAPES) == 8
    assert len(SIZES) == 4
    assert len(PLACES) == 9
    assert len(THINGS) >= 12
    assert set(BACKGROUNDS) == set(COLOURS)
    assert BACKGROUND in BACKGROUNDS


@pytest.mark.parametrize(("table", "least"), [(COLOURS, 20), (BACKGROUNDS, 12)], ids=["things", "backgrounds"])
def test_colours_are_far_apart(table: dict[str, RGB], least: float) -> None:
    close = {(a, b): dist(_lab(table[a]), _lab(table[b])) for a, b in combinations(table, 2)}
    assert {pair: distance for pair, distance in close.items() if distance < least} == {}


def test_sizes_rise_by_half_or_more() -> None:
    assert all(b >= 1.5 * a for a, b in pairwise(SIZES.values()))


def test_a_place_lies_in_its_own_ninth() -> None:
    assert {name: place_of(*centre) for name, centre in PLACES.items()} == {name: name for name in PLACES}


@things
def test_a_thing_names_its_parts_and_colours_well(thing: Thing) -> None:
    assert len(set(thing.names)) == len(thing.names)
    assert thing.main in thing.names
    assert thing.colour in COLOURS
    assert {part.colour for part in thing.parts} <= {*COLOURS, None}
    assert {form.of for part in thing.parts for form in part.forms} <= {*thing.names, None}
    assert thing.place in PLACES


@things
def test_a_thing_fills_its_unit_box(thing: Thing) -> None:
    shape = geometry(thing)
    assert max(shape.width, shape.height) == pytest.approx(1)
    assert shape.edges(thing.names) == pytest.approx((0, 0, shape.width, shape.height))


@things
def test_every_part_is_large_enough_to_be_seen(thing: Thing) -> None:
    shape = geometry(thing)
    for name in thing.names:
        left, top, right, bottom = shape.edges([name])
        assert max(right - left, bottom - top) > 0.05, name


@things
def test_what_a_thing_does_in_its_own_way_stays_within_its_square(thing: Thing) -> None:
    shape = geometry(thing)
    for action in thing.own_actions:
        left, top, right, bottom = joined(outline.edges for outline in shape.actions[action.name])
        reach = max(shape.width / 2 - left, right - shape.width / 2, shape.height / 2 - top, bottom - shape.height / 2)
        assert reach <= 0.5, action.name
        assert set(action.hides) < set(thing.names), action.name
