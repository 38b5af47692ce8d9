"""Turning, acting, copying and replacing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world.layout import CannotDo, apply, apply_all
from stepweave.world.measure import bounds, related
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Duplicate,
    Item,
    Operation,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.spots import lapping
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE

EMPTY = Scene()

names = st.sampled_from(sorted(DRAWABLE))
turns = st.sampled_from([90, 180, 270])


def _only(scene: Scene) -> Item:
    (item,) = scene.items
    return item


@settings(deadline=None)
@given(names, turns, st.sampled_from([1.0, 2.0, 0.5]))
def test_turning_back_is_as_if_nothing_was_turned(thing: str, degrees: int, aspect: float) -> None:
    before = apply(EMPTY, Add(thing), aspect)
    turned = apply(before, Turn(Reference(thing), degrees), aspect)
    assert _only(turned).turn == degrees
    assert _only(turned).extent == _only(before).extent
    back = _only(apply(turned, Turn(Reference(thing), 360 - degrees), aspect))
    assert back == replace(_only(before), x=pytest.approx(back.x), y=pytest.approx(back.y))


@settings(deadline=None)
@given(names, turns)
def test_flipping_twice_is_as_if_nothing_was_flipped(thing: str, degrees: int) -> None:
    turned = apply_all(EMPTY, [Add(thing), Turn(Reference(thing), degrees)])
    flip = Turn(Reference(thing), flip=True)
    assert _only(apply(turned, flip)).mirrored
    assert _only(apply(apply(turned, flip), flip)) == _only(turned)


@settings(deadline=None)
@given(names, names, turns)
def test_what_is_turned_keeps_clear_of_its_neighbours(thing: str, other: str, degrees: int) -> None:
    scene = apply_all(EMPTY, [Add(thing, colour="red"), Add(other, colour="blue")])
    turned, neighbour = apply(scene, Turn(Reference(thing, "red"), degrees)).items
    assert lapping(bounds(turned), bounds(neighbour)) < 0.25


def test_what_rests_on_something_keeps_its_feet_there() -> None:
    on = Relation("on", Reference("square"))
    scene = apply_all(EMPTY, [Add("square", place="bottom"), Add("cup", relation=on)])
    changes: list[Operation] = [Turn(Reference("cup"), 90), Resize(Reference("cup"), "bigger")]
    for change in changes:
        square, cup = apply(scene, change).items
        assert related("on", bounds(cup), bounds(square))


@given(names, st.data())
def test_things_do_what_they_can(thing: str, data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(sorted(actions(DRAWABLE[thing]))))
    before = apply(EMPTY, Add(thing))
    acting = apply(before, Act(Reference(thing), action))
    assert _only(acting) == replace(_only(before), action=action)
    assert apply(acting, Act(Reference(thing), None)) == before


def test_a_house_cannot_sleep() -> None:
    with pytest.raises(CannotDo, match=r"a house cannot sleep; it can .*jump"):
        apply(apply(EMPTY, Add("house")), Act(Reference("house"), "sleep"))


def test_a_cat_needs_a_head_to_sleep() -> None:
    cat, asleep = Reference("cat"), Act(Reference("cat"), "sleep")
    scene = apply(EMPTY, Add("cat", parts=("body",)))
    with pytest.raises(CannotDo, match="this cat cannot sleep; draw its head first"):
        apply(scene, asleep)
    scene = apply(apply(scene, AddPart("head", cat)), asleep)
    assert _only(apply(scene, Remove(cat, "head"))).action is None


@settings(deadline=None)
@given(names, st.integers(1, 3))
def test_copies_look_like_what_is_copied(thing: str, count: int) -> None:
    before = apply_all(EMPTY, [Add(thing, colour="red", size="small"), Turn(Reference(thing), 90)])
    original, *copies = apply(before, Duplicate(Reference(thing), count)).items
    assert original == _only(before)
    assert len(copies) == count
    for copy in copies:
        assert replace(copy, id=1, x=original.x, y=original.y, extent=original.extent) == original


def test_each_of_several_is_copied_beside_itself() -> None:
    before = apply_all(EMPTY, [Add("star", size="tiny", place="left"), Add("star", size="tiny", place="bottom right")])
    items = apply(before, Duplicate(Reference("star", every=True))).items
    assert [related("next to", bounds(items[i + 2]), bounds(items[i])) for i in (0, 1)] == [True, True]


@settings(deadline=None)
@given(names, names)
def test_something_else_takes_the_place_of_a_thing(thing: str, other: str) -> None:
    before = apply_all(EMPTY, [Add("heart"), Add(thing, colour="purple"), Add("circle")])
    first, old, last = before.items
    after = apply(before, Replace(Reference(thing, "purple"), Add(other))).items
    index = next(i for i, item in enumerate(after) if item.id == 4)
    new = after[index]
    assert [*after[:index], *after[index + 1 :]] == [first, last]
    assert index == 1
    assert (new.thing, new.extent) == (other, old.extent)
    assert abs(new.x - old.x) < 0.11
    assert abs(new.y - old.y) < 0.11


def test_what_is_held_passes_into_the_grip_of_who_takes_the_place() -> None:
    held: list[Operation] = [Add("robot"), Add("star", relation=Relation("held by", Reference("robot")))]
    scene = apply_all(EMPTY, held)
    robot, star = apply(scene, Replace(Reference("robot"), Add("person"))).items
    assert (robot.thing, star.held_by) == ("person", robot.id)
    _, star = apply(scene, Replace(Reference("robot"), Add("house"))).items
    assert star.held_by is None
