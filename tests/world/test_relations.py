"""Relations that layers and two things make: behind, in front of, between, held by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world.fitting import PARTLY
from stepweave.world.holding import grip
from stepweave.world.layout import CannotDo, NoRoom, OnlyOne, apply, apply_all
from stepweave.world.measure import bounds, related, visible
from stepweave.world.scene import (
    Add,
    Background,
    Item,
    Move,
    Operation,
    Reference,
    Relation,
    Remove,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.silhouettes import hidden
from stepweave.world.vocabulary import DRAWABLE, PLACES

EMPTY = Scene()
ASPECTS = (1.0, 2.0, 0.5, 1.5)
HOLDERS = sorted(name for name, thing in DRAWABLE.items() if thing.grip is not None)

names = st.sampled_from(sorted(DRAWABLE))
places = st.sampled_from(sorted(PLACES))
aspects = st.sampled_from(ASPECTS)


def _by_id(scene: Scene) -> dict[int, Item]:
    return {item.id: item for item in scene.items}


def _near(item: Item, spot: tuple[float, float] | None) -> bool:
    return spot is not None and (item.x, item.y) == pytest.approx(spot)


@settings(deadline=None)
@given(names, names, places, st.sampled_from(["behind", "in front of"]), aspects)
def test_what_is_behind_is_drawn_first_and_can_be_recognised(
    thing: str, other: str, place: str, kind: str, aspect: float
) -> None:
    before = apply(EMPTY, Add(other, place=place), aspect)
    after = apply(before, Add(thing, relation=Relation(kind, Reference(other))), aspect)
    back, front = after.items
    assert back.id == (2 if kind == "behind" else 1)
    assert related("behind", bounds(back, aspect), bounds(front, aspect))
    assert 0 < hidden(back, front, aspect) <= PARTLY[1]


def test_what_moves_changes_its_layer() -> None:
    scene = apply_all(EMPTY, [Add("cat"), Add("tree"), Add("house")])
    scene = apply(scene, Move(Reference("house"), relation=Relation("behind", Reference("tree"))))
    assert [item.thing for item in scene.items] == ["cat", "house", "tree"]
    scene = apply(scene, Move(Reference("cat"), relation=Relation("in front of", Reference("tree"))))
    assert [item.thing for item in scene.items] == ["house", "tree", "cat"]


@settings(deadline=None)
@given(names, names, st.sampled_from([("left", "right"), ("top", "bottom"), ("top left", "bottom right")]), aspects)
def test_between_two_things_is_in_the_gap(thing: str, other: str, apart: tuple[str, str], aspect: float) -> None:
    scene = apply_all(EMPTY, [Add(other, size="small", place=apart[0]), Background("white")], aspect)
    scene = apply(scene, Add("cat", size="small", place=apart[1]), aspect)
    between = Relation("between", Reference(other), Reference("cat"))
    after = apply(scene, Add(thing, relation=between), aspect)
    new, *others = (visible(item, aspect) for item in sorted(after.items, key=lambda item: -item.id))
    assert related("between", new, *others)


def test_between_things_of_one_kind() -> None:
    trees = Relation("between", Reference("tree", every=True))
    after = apply(apply(EMPTY, Add("tree", 2)), Add("cat", relation=trees))
    first, second, cat = after.items
    assert first.x < cat.x < second.x
    with pytest.raises(OnlyOne, match="there is only one tree to be between; name a second thing"):
        apply(apply(EMPTY, Add("tree")), Add("cat", relation=trees))


def test_between_things_that_touch_there_is_no_room() -> None:
    scene = apply_all(EMPTY, [Add("house", size="large", place="left")])
    scene = apply(scene, Add("cat", relation=Relation("in front of", Reference("house"))))
    with pytest.raises(NoRoom, match="between the house and the cat"):
        apply(scene, Add("star", relation=Relation("between", Reference("house"), Reference("cat"))))


@settings(deadline=None)
@given(names, st.sampled_from(HOLDERS), places, aspects)
def test_what_is_held_is_in_the_grip(thing: str, holder: str, place: str, aspect: float) -> None:
    before = apply(EMPTY, Add(holder, place=place), aspect)
    after = apply(before, Add(thing, relation=Relation("held by", Reference(holder))), aspect)
    by, held = after.items
    assert held.held_by == by.id
    assert held.extent <= by.extent / 2
    assert _near(held, grip(by, aspect))
    assert related("held by", bounds(held, aspect), bounds(by, aspect))


@settings(deadline=None)
@given(
    st.sampled_from(HOLDERS),
    st.sampled_from(
        [
            Move(Reference("robot"), "bottom"),
            Turn(Reference("robot"), 90),
            Turn(Reference("robot"), flip=True),
            Resize(Reference("robot"), "large"),
            Resize(Reference("robot"), "small"),
        ]
    ),
)
def test_what_is_held_goes_where_its_holder_goes(thing: str, operation: Operation) -> None:
    held = [Add("robot", size="medium"), Add("star", relation=Relation("held by", Reference("robot")))]
    after = _by_id(apply(apply_all(EMPTY, held), operation))
    assert after[2].held_by == 1
    assert _near(after[2], grip(after[1], 1.0))


def test_what_is_held_stays_when_its_holder_is_gone() -> None:
    held: list[Operation] = [Add("robot"), Add("star", relation=Relation("held by", Reference("robot")))]
    before = apply_all(EMPTY, held)
    (star,) = apply(before, Remove(Reference("robot"))).items
    assert (star.x, star.y, star.extent, star.held_by) == (*_place(before.items[1]), None)


def _place(item: Item) -> tuple[float, float, float]:
    return item.x, item.y, item.extent


def test_what_is_moved_elsewhere_is_let_go() -> None:
    held: list[Operation] = [Add("robot"), Add("star", relation=Relation("held by", Reference("robot")))]
    after = _by_id(apply(apply_all(EMPTY, held), Move(Reference("star"), "top left")))
    assert after[2].held_by is None


def test_who_has_no_hands_cannot_hold() -> None:
    with pytest.raises(CannotDo, match="the red heart cannot hold anything; what can: robot, snowman, person"):
        apply(apply(EMPTY, Add("heart")), Add("cup", relation=Relation("held by", Reference("heart"))))
