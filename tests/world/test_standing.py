"""Settings: what stands is on the ground, what does not is in the sky, and named places win."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world.finding import place_of
from stepweave.world.layout import apply, apply_all
from stepweave.world.measure import bounds, related
from stepweave.world.scene import Add, Background, Operation, Reference, Relation, Scene
from stepweave.world.scenery import SETTINGS
from stepweave.world.standing import BACK, LOWER, SLACK, home, stands
from stepweave.world.vocabulary import DRAWABLE, PLACES

ASPECTS = (1.0, 2.0, 0.5, 1.5)
GROUNDED = sorted(name for name, setting in SETTINGS.items() if not setting.floating)

names = st.sampled_from(sorted(DRAWABLE))
standing = st.sampled_from(sorted(name for name, thing in DRAWABLE.items() if thing.stands))
grounds = st.sampled_from(GROUNDED)
aspects = st.sampled_from(ASPECTS)


def _of(setting: str) -> Scene:
    return Scene(background=setting)


@settings(deadline=None)
@given(grounds, st.lists(names, min_size=1, max_size=4), aspects)
def test_what_stands_is_on_the_ground_and_the_rest_in_the_sky(setting: str, asked: list[str], aspect: float) -> None:
    ground = SETTINGS[setting].ground
    for item in apply_all(_of(setting), [Add(thing) for thing in asked], aspect).items:
        box = bounds(item, aspect)
        if stands(item):
            assert ground - SLACK - 1e-9 <= box.bottom < 1
        elif home(item) == "middle":
            assert box.bottom < ground


@settings(deadline=None)
@given(grounds, standing, st.integers(1, 12), aspects)
def test_groups_stand_on_the_ground(setting: str, thing: str, count: int, aspect: float) -> None:
    items = apply(_of(setting), Add(thing, count), aspect).items
    height = SETTINGS[setting].ground - (SLACK + BACK) * max(1.0, aspect) - 1e-9
    assert all(height <= bounds(item, aspect).bottom < 1 for item in items)
    assert not any(bounds(a, aspect).overlaps(bounds(b, aspect)) for a, b in combinations(items, 2))


@settings(deadline=None)
@given(grounds, names, st.sampled_from(sorted(PLACES)), aspects)
def test_a_named_place_wins(setting: str, thing: str, place: str, aspect: float) -> None:
    (item,) = apply(_of(setting), Add(thing, place=place), aspect).items
    low = stands(item) and bounds(item, aspect).bottom > SETTINGS[setting].ground - SLACK - 1e-9
    assert place_of(item.x, item.y) in ((place, LOWER.get(place)) if low else (place,))


def test_a_cat_on_the_left_of_a_garden_has_its_feet_on_the_grass() -> None:
    (cat,) = apply(_of("garden"), Add("cat", place="left")).items
    assert bounds(cat).bottom == pytest.approx(SETTINGS["garden"].ground, abs=0.05)


def test_the_setting_may_be_named_last() -> None:
    asked: list[Operation] = [Add("cat"), Add("sun")]
    assert apply_all(Scene(), [*asked, Background("snow")]) == apply_all(Scene(), [Background("snow"), *asked])


def test_another_setting_moves_nothing() -> None:
    before = apply_all(_of("garden"), [Add("cat"), Add("sun")])
    assert apply(before, Background("sea")).items == before.items


def test_fish_swim_anywhere() -> None:
    items = apply(_of("sea"), Add("fish", 6)).items
    assert min(bounds(item).bottom for item in items) < 0.5


@pytest.mark.parametrize("backdrop", ["white", "garden"])
def test_a_picture_may_begin_with_something_between_two_others(backdrop: str) -> None:
    between = Relation("between", Reference("cat"), Reference("dog"))
    items = apply_all(_of(backdrop), [Add("cat"), Add("dog"), Add("heart", relation=between)]).items
    cat, dog, heart = (bounds(item) for item in items)
    assert related("between", heart, cat, dog)
    assert items[2].extent > 0.15


def test_a_crowd_stands_in_two_rows() -> None:
    asked: list[Operation] = [Add("house"), Add("tree", 2), Add("cat"), Add("person"), Add("flower", 4)]
    feet = {round(bounds(item).bottom, 3) for item in apply_all(_of("garden"), asked).items}
    assert len(feet) == 2
