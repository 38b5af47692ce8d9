"""Layout: everything stays inside, lies where the words say, and nothing else is disturbed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world.finding import LayoutError, find, place_of, size_of
from stepweave.world.fitting import COVERED
from stepweave.world.holding import holders
from stepweave.world.layout import NoRoom, NothingThere, UnknownPart, apply, apply_all, perform
from stepweave.world.measure import bounds, related, visible
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.spots import lapping, losing
from stepweave.world.vocabulary import ACTIONS, BACKDROPS, COLOURS, DRAWABLE, PLACES, RELATIONS, SIZES, TEXT

EMPTY = Scene()
BY_ONE = tuple(kind for kind in RELATIONS if kind not in ("between", "held by"))
"""Relations to one thing that every thing can have."""
ASPECTS = (1.0, 2.0, 0.5, 1.5)

names = st.sampled_from(sorted(DRAWABLE))
places = st.sampled_from(sorted(PLACES))
sizes = st.sampled_from(sorted(SIZES))
colours = st.sampled_from(sorted(COLOURS))
aspects = st.sampled_from(ASPECTS)
references = st.builds(Reference, st.sampled_from(["cat", "star", "house", "robot", ""]), every=st.booleans())
anything = st.builds(Add, names, colour=st.none() | colours, size=st.none() | sizes)
relations = st.builds(Relation, st.sampled_from((*BY_ONE, "between", "held by")), references, st.none() | references)


def _maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | values


words = st.builds(
    Add, st.just(TEXT), size=_maybe(sizes), place=_maybe(places), label=st.text("abc XYZ!", min_size=1, max_size=30)
)
adds = st.builds(
    Add,
    st.sampled_from(["cat", "star", "house", "sun", "fish"]),
    count=st.integers(1, 12),
    colour=_maybe(colours),
    size=_maybe(sizes),
    place=_maybe(places),
)
operations: st.SearchStrategy[Operation] = st.one_of(
    adds,
    anything,
    words,
    st.builds(Add, st.sampled_from(["cat", "tree"]), count=st.integers(1, 3), relation=relations),
    st.builds(Move, references, place=places),
    st.builds(Move, references, relation=relations),
    st.builds(Recolour, references, colours),
    st.builds(Resize, references, st.sampled_from([*SIZES, "bigger", "smaller"])),
    st.builds(Remove, references),
    st.builds(Background, st.sampled_from(BACKDROPS)),
    st.builds(Turn, references, st.sampled_from([90, 180, 270])),
    st.builds(Turn, references, flip=st.just(True)),
    st.builds(Act, references, st.sampled_from([*ACTIONS, None])),
    st.builds(Duplicate, references, st.integers(1, 3), st.none() | places),
    st.builds(Duplicate, references, relation=relations),
    st.builds(Replace, references, anything),
    st.builds(AddPart, st.sampled_from(["roof", "hat", "tail"]), references, _maybe(colours)),
)


def _inside(item: Item, aspect: float) -> bool:
    box = bounds(item, aspect)
    return box.left > 0 and box.top > 0 and box.right < 1 and box.bottom < 1


def _only(scene: Scene) -> Item:
    (item,) = scene.items
    return item


@given(names, places, sizes, aspects)
def test_a_thing_lies_in_the_place_and_has_the_size_it_is_given(
    thing: str, place: str, size: str, aspect: float
) -> None:
    item = _only(apply(EMPTY, Add(thing, size=size, place=place), aspect))
    assert _inside(item, aspect)
    assert place_of(item.x, item.y) == place
    assert size_of(item) == size


@settings(max_examples=300, deadline=None)
@given(st.lists(operations, max_size=6), st.sampled_from(BACKDROPS), aspects)
def test_everything_stays_inside_whatever_is_asked(asked: list[Operation], backdrop: str, aspect: float) -> None:
    scene, refusals = Scene(background=backdrop), list[LayoutError]()
    for operation in asked:
        try:
            scene = apply(scene, operation, aspect)
        except LayoutError as error:
            refusals.append(error)
        assert all(_inside(item, aspect) for item in scene.items)
        assert len({item.id for item in scene.items}) == len(scene.items)
    assert all(error.reason and error.remedy for error in refusals)


@settings(max_examples=300, deadline=None)
@given(st.lists(operations, min_size=1, max_size=4), operations, st.sampled_from(BACKDROPS), aspects)
def test_a_step_touches_only_what_it_is_about(
    drawn: list[Operation], operation: Operation, backdrop: str, aspect: float
) -> None:
    try:
        before = apply_all(Scene(background=backdrop), drawn, aspect)
        after, (done,) = perform(before, [operation], aspect)
    except LayoutError:
        return
    about = {item.id for item in done.items}
    about |= {item.id for item in find(before, operation.target)} if isinstance(operation, Replace) else set()
    about |= {item.id for scene in (before, after) for item in scene.items if about & set(holders(scene, item))}
    changed = {item.id for item in set(before.items) ^ set(after.items)}
    assert changed <= about
    rest = [[item.id for item in scene.items if item.id not in about] for scene in (before, after)]
    assert rest[0] == rest[1]
    assert after.background == (operation.backdrop if isinstance(operation, Background) else before.background)


@settings(deadline=None)
@given(st.lists(adds | words, min_size=1, max_size=4), aspects)
def test_layout_is_a_function(asked: list[Operation], aspect: float) -> None:
    def outcome() -> Scene | str:
        try:
            return apply_all(EMPTY, asked, aspect)
        except LayoutError as error:
            return str(error)

    assert outcome() == outcome()


@settings(deadline=None)
@given(names, st.integers(2, 12), st.none() | places, aspects)
def test_several_things_never_overlap(thing: str, count: int, place: str | None, aspect: float) -> None:
    items = apply(EMPTY, Add(thing, count, place=place), aspect).items
    assert len(items) == count
    assert not any(bounds(a, aspect).overlaps(bounds(b, aspect)) for a, b in combinations(items, 2))


@settings(deadline=None)
@given(st.lists(names, min_size=2, max_size=6), aspects)
def test_the_things_of_a_sentence_share_the_picture(asked: list[str], aspect: float) -> None:
    items = apply_all(EMPTY, [Add(thing) for thing in asked], aspect).items
    assert sorted(item.thing for item in items) == sorted(asked)
    assert not any(bounds(a, aspect).overlaps(bounds(b, aspect)) for a, b in combinations(items, 2))


@settings(deadline=None)
@given(names, names, places, st.sampled_from(BY_ONE), aspects)
def test_a_relation_holds(thing: str, other: str, place: str, kind: str, aspect: float) -> None:
    before = apply(EMPTY, Add(other, place=place), aspect)
    after = apply(before, Add(thing, relation=Relation(kind, Reference(other))), aspect)
    target, added = sorted(after.items, key=lambda item: item.id)
    assert related(kind, visible(added, aspect), visible(target, aspect))


@settings(deadline=None)
@given(names, names, st.sampled_from(BY_ONE))
def test_a_thing_moves_into_a_relation(thing: str, other: str, kind: str) -> None:
    before = apply_all(EMPTY, [Add(thing, size="small", place="top"), Add(other, colour="red", place="bottom")])
    mover = before.items[0]
    to = Reference(other, colour="red")
    after = apply(before, Move(Reference(thing, size="small"), relation=Relation(kind, to)))
    moved = next(item for item in after.items if item.id == mover.id)
    target = next(item for item in after.items if item.id != mover.id)
    assert related(kind, visible(moved), visible(target))


@given(names, places, colours)
def test_others_are_left_alone(thing: str, place: str, colour: str) -> None:
    before = apply_all(EMPTY, [Add("car"), Add("boat")])
    after = apply(before, Add(thing, place=place, size="small", colour=colour))
    assert set(before.items) <= set(after.items)


def test_a_small_thing_is_not_hidden_by_a_large_one() -> None:
    scene = apply_all(EMPTY, [Add("circle", size="small", place="middle"), Add("square", size="large", place="middle")])
    assert [item.thing for item in scene.items] == ["square", "circle"]


def test_a_house_is_drawn_part_by_part() -> None:
    scene = apply(EMPTY, Add("house", parts=("walls",)))
    before = _only(scene)
    for part in ("door", "roof", "window", "chimney"):
        scene = apply(scene, AddPart(part, Reference("house"), "blue" if part == "roof" else None))
    house = _only(scene)
    assert house.parts is None
    assert house.part_colours == (("roof", "blue"),)
    assert (house.x, house.y, house.extent) == (before.x, before.y, before.extent)


def test_removing_the_last_part_removes_the_thing() -> None:
    scene = apply(EMPTY, Add("house", parts=("roof",)))
    assert apply(scene, Remove(Reference("house"), "roof")) == EMPTY


def test_recolouring_the_main_part_is_recolouring_the_thing() -> None:
    scene = apply(EMPTY, Add("house"))
    house = Reference("house")
    assert apply(scene, Recolour(house, "red", "walls")) == apply(scene, Recolour(house, "red"))


def test_bigger_and_smaller_step_through_the_named_sizes() -> None:
    scene = apply(EMPTY, Add("star", size="tiny"))
    seen = ["tiny"]
    for _ in range(3):
        scene = apply(scene, Resize(Reference("star"), "bigger"))
        seen.append(size_of(_only(scene)))
    assert seen == list(SIZES)
    assert size_of(_only(apply(scene, Resize(Reference("star"), "smaller")))) == "medium"


def test_nothing_grows_beyond_the_picture() -> None:
    asked: list[Operation] = [Add("circle")]
    asked += [Resize(Reference("circle"), "bigger")] * 20
    with pytest.raises(NoRoom, match="a bigger circle"):
        apply_all(EMPTY, asked)


def test_a_step_leaves_what_is_there_as_it_is() -> None:
    before = apply_all(EMPTY, [Add("house"), Add("tree")])
    after = apply(before, Add("cat", relation=Relation("left of", Reference("house"))))
    assert after.items[:2] == before.items
    assert related("left of", visible(after.items[2]), visible(after.items[0]))


def test_a_picture_in_the_making_makes_room() -> None:
    house = Relation("left of", Reference("house"))
    asked: list[Operation] = [Add("house", place="left"), Add("tree", size="medium", relation=house)]
    house_, tree = apply_all(EMPTY, asked).items
    assert related("left of", visible(tree), visible(house_))
    with pytest.raises(NoRoom, match="move the house to the right first"):
        apply(apply(EMPTY, asked[0]), asked[1])


def test_the_first_thing_leaves_room_for_the_one_beside_it() -> None:
    above = Relation("above", Reference("house"))
    house, star = apply_all(EMPTY, [Add("house"), Add("star", relation=above)]).items
    assert house.extent >= SIZES["medium"]
    assert star.extent == DRAWABLE["star"].extent


@settings(deadline=None)
@given(names, names, places, aspects)
def test_something_tiny_fits_between_a_thing_and_the_edge(thing: str, other: str, place: str, aspect: float) -> None:
    before = apply(EMPTY, Add(other, place=place), aspect)
    for kind in ("left of", "right of", "above", "below"):
        after = apply(before, Add(thing, size="tiny", relation=Relation(kind, Reference(other))), aspect)
        assert set(before.items) <= set(after.items)


@settings(deadline=None)
@given(names, places, places, sizes)
def test_what_is_there_stays_visible_at_a_named_place(thing: str, place: str, other: str, size: str) -> None:
    before = apply(EMPTY, Add("cup", size=size, place=other))
    after = apply(before, Add(thing, place=place))
    added = next(item for item in after.items if item.id == 2)
    assert place_of(added.x, added.y) == place
    assert size == "tiny" or losing(bounds(added), bounds(before.items[0])) <= COVERED


def test_growing_keeps_off_others() -> None:
    right, left = (Relation(kind, Reference("circle")) for kind in ("right of", "left of"))
    before = apply_all(EMPTY, [Add("circle"), Background("white")])
    before = apply(apply(before, Add("star", relation=right)), Add("square", relation=left))
    after = apply(before, Resize(Reference("circle"), "bigger"))
    assert after.items[0].extent > 1.19 * before.items[0].extent
    assert all(lapping(bounds(after.items[0]), bounds(other)) < 0.05 for other in after.items[1:])


def test_a_background_may_be_named_last() -> None:
    asked: list[Operation] = [Add("house"), Add("tree")]
    assert apply_all(EMPTY, [*asked, Background("blue")]) == apply_all(EMPTY, [Background("blue"), *asked])


def test_parts_are_coloured_where_they_are_spoken_of() -> None:
    house = Reference("house")
    asked: list[Operation] = [
        Add("house"),
        Recolour(house, "red", "roof"),
        Add("house"),
        Recolour(house, "blue", "roof"),
    ]
    items = apply_all(EMPTY, asked).items
    assert [dict(item.part_colours)["roof"] for item in items] == ["red", "blue"]


def test_it_is_told_what_each_operation_was_about() -> None:
    before = apply(EMPTY, Add("cat"))
    _, done = perform(before, [Add("star", 2), Remove(Reference("cat")), Background("blue")])
    about = {type(one.operation): [item.thing for item in one.items] for one in done}
    assert about == {Background: [], Add: ["star", "star"], Remove: ["cat"]}


def test_long_words_fit_into_the_picture() -> None:
    item = _only(apply(EMPTY, Add(TEXT, label="W" * 40, size="large")))
    assert _inside(item, 1.0)


# ------------------------------------------------------------------------------------------ finding


def _scene(*items: Item) -> Scene:
    return Scene(items=tuple(replace(item, id=i) for i, item in enumerate(items, 1)))


THREE = _scene(
    Item(0, "circle", 0.2, 0.2, 0.1, "red"),
    Item(0, "circle", 0.8, 0.5, 0.27, "blue"),
    Item(0, "text", 0.5, 0.9, 0.3, label="Hello, you"),
)


@pytest.mark.parametrize(
    ("reference", "ids"),
    [
        (Reference("circle"), (2,)),
        (Reference("circle", every=True), (1, 2)),
        (Reference("circle", colour="red"), (1,)),
        (Reference("circle", size="tiny"), (1,)),
        (Reference("circle", size="small"), (1,)),
        (Reference("circle", size="large"), (2,)),
        (Reference("circle", place="right"), (2,)),
        (Reference("circle", place="top"), (1,)),
        (Reference("circle", place="bottom right"), (2,)),
        (Reference("text", label="hello"), (3,)),
        (Reference(""), (3,)),
        (Reference("", every=True), (1, 2, 3)),
    ],
)
def test_words_find_what_they_mean(reference: Reference, ids: tuple[int, ...]) -> None:
    assert tuple(item.id for item in find(THREE, reference)) == ids


def test_an_error_names_what_is_there() -> None:
    with pytest.raises(NothingThere) as caught:
        find(THREE, Reference("cat", colour="black", place="left"))
    assert caught.value.reason == "there is no black cat at the left in the picture"
    assert caught.value.remedy == 'in the picture: red circle, blue circle, the words "Hello, you"'


def test_an_empty_picture_says_so() -> None:
    with pytest.raises(NothingThere, match="in the picture: nothing yet"):
        apply(EMPTY, Remove(Reference("cat")))


def test_an_unknown_part_lists_the_parts() -> None:
    scene = apply(EMPTY, Add("boat"))
    with pytest.raises(UnknownPart, match="a boat has no wheel; parts of this boat: hull, mast, sail, flag"):
        apply(scene, AddPart("wheel", Reference("boat")))


def test_a_part_that_is_not_drawn_cannot_be_removed() -> None:
    scene = apply(EMPTY, Add("boat", parts=("hull", "mast")))
    with pytest.raises(UnknownPart, match="parts of this boat: hull, mast"):
        apply(scene, Remove(Reference("boat"), "flag"))
