"""The fault model does what its table declares, no more and no less."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stepweave.messages import Fault
from stepweave.world.case import Case
from stepweave.world.faults import (
    CERTAIN,
    EASY,
    LEVELS,
    STUBBORN,
    WEIGHTS,
    applicable,
    chance,
    corrupt,
    difficulty,
    risks,
)
from stepweave.world.finding import main_colour, place_of, size_of
from stepweave.world.language import parse
from stepweave.world.layout import LayoutError, apply, apply_all, perform
from stepweave.world.measure import bounds, related, visible
from stepweave.world.mishaps import DRIFT, MISHAPS
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
from stepweave.world.seeing import LEAST, backdrops_unlike, differing, stands_out, unlike
from stepweave.world.vocabulary import ASPECTS, BACKDROPS, COLOURS, DRAWABLE, PLACES, SIZES, THINGS

EMPTY = Scene()
ROOM = apply_all(EMPTY, [Add("house", size="medium", place="right"), Add("tree", size="small", place="bottom left")])
STARS = Add("star", 3, "red", "small", "top left")
HOUSE, TREE = Reference("house"), Reference("tree")
WALLS = apply_all(EMPTY, [Add("house", parts=("walls",))])

CASES: dict[str, tuple[Scene, Operation, set[str]]] = {
    "a vague thing": (EMPTY, Add("cat"), {"missing", "extra"}),
    "a detailed thing": (EMPTY, STARS, {"colour", "place", "size", "count", "missing", "extra"}),
    "a thing that acts": (EMPTY, Add("cat", action="sleep"), {"pose", "missing", "extra"}),
    "a thing upside down": (EMPTY, Add("house", turn=180), {"pose", "missing", "extra"}),
    "a thing beside another": (
        ROOM,
        Add("cat", relation=Relation("left of", HOUSE)),
        {"place", "missing", "extra", "damaged", "drift"},
    ),
    "a coloured part": (WALLS, AddPart("roof", HOUSE, "blue"), {"colour", "missing", "drift"}),
    "moving": (ROOM, Move(TREE, "top left"), {"place", "damaged", "drift"}),
    "recolouring": (ROOM, Recolour(HOUSE, "blue", "roof"), {"colour", "damaged", "drift"}),
    "resizing": (ROOM, Resize(TREE, "large"), {"size", "damaged", "drift"}),
    "comparing": (ROOM, Resize(TREE, "bigger"), {"size", "damaged", "drift"}),
    "turning": (ROOM, Turn(HOUSE, 90), {"pose", "damaged", "drift"}),
    "acting": (ROOM, Act(HOUSE, "dance"), {"pose", "damaged", "drift"}),
    "copying": (ROOM, Duplicate(TREE, place="top left"), {"count", "place", "missing", "damaged", "drift"}),
    "replacing": (ROOM, Replace(HOUSE, Add("car", colour="red")), {"colour", "missing", "damaged", "drift"}),
    "removing": (ROOM, Remove(TREE), {"extra", "damaged", "drift"}),
    "a background": (ROOM, Background("blue"), {"colour", "damaged", "drift"}),
    "a setting": (ROOM, Background("garden"), {"colour", "damaged", "drift"}),
}

cases = pytest.mark.parametrize(("before", "operation", "aspects"), CASES.values(), ids=CASES)
seeds = st.integers(0, 2**32 - 1)


def _case(before: Scene, operation: Operation, seed: int = 0, *, own: bool = True) -> Case:
    scene, done = perform(before, [operation])
    return Case(before, scene, done[0], done, chance(seed, "p"), 1.0, own)


def _made(before: Scene, operation: Operation, aspect: str, seed: int) -> tuple[Scene, Fault]:
    """The picture in which one aspect is wrong; skips those where it cannot be."""
    outcome = MISHAPS[aspect](_case(before, operation, seed))
    assume(outcome is not None)
    assert outcome is not None
    assert outcome[1].aspect == aspect
    return outcome


def _new(before: Scene, after: Scene) -> list[Item]:
    known = {item.id for item in before.items}
    return [item for item in after.items if item.id not in known]


# ------------------------------------------------------------------------------------------ what is declared


def test_aspects_are_those_that_critics_know() -> None:
    assert set(WEIGHTS) == set(ASPECTS)


@cases
def test_every_aspect_of_the_table_can_go_wrong(before: Scene, operation: Operation, aspects: set[str]) -> None:
    assert set(applicable(_case(before, operation))) == aspects
    for aspect in aspects:
        assert any(MISHAPS[aspect](_case(before, operation, seed)) for seed in range(5)), aspect


def test_in_a_picture_of_someone_elses_colours_do_not_drift() -> None:
    assert "drift" in applicable(_case(ROOM, Remove(TREE)))
    assert "drift" not in applicable(_case(ROOM, Remove(TREE), own=False))
    assert "drift" not in applicable(_case(EMPTY, Add("cat")))


def test_most_is_easy_some_is_stubborn_and_the_mean_is_one() -> None:
    pairs = [difficulty(f"thing {n}", aspect) for n in range(3000) for aspect in WEIGHTS]
    assert set(pairs) == {EASY, STUBBORN}
    assert EASY < 0.6
    assert sum(pairs) / len(pairs) == pytest.approx(1, abs=0.05)
    assert difficulty("house", "place") == difficulty("house", "place")


def _coloured(difficult: float) -> str:
    """A thing whose colour is that difficult, and nothing else about it."""
    for name in DRAWABLE:
        if difficulty(name, "colour") == difficult and {difficulty(name, a) for a in ("missing", "extra")} == {EASY}:
            return name
    raise AssertionError("there is no such thing")


def _failing(operation: Add, draws: int = 300) -> float:
    """How often an operation goes wrong at the rate 0.3."""
    return sum(bool(corrupt(EMPTY, [operation], 0.3, chance(n, "x"))[1]) for n in range(draws)) / draws


def test_what_is_stubborn_fails_until_words_insist_and_what_is_easy_seldom() -> None:
    hard, easy = _coloured(STUBBORN), _coloured(EASY)
    failing = [_failing(Add(hard, colour="blue", precise=("colour",) * level)) for level in range(4)]
    assert failing[0] > 0.9
    assert failing == sorted(failing, reverse=True)
    assert failing[3] < 0.4
    assert _failing(Add(easy, colour="blue")) < 0.25


@cases
def test_rates_are_as_declared(before: Scene, operation: Operation, aspects: set[str]) -> None:
    expected = risks(_case(before, operation), 0.3)
    weights = {aspect: WEIGHTS[aspect] for aspect in aspects}
    thing = _case(before, operation).subject
    assert expected == pytest.approx(
        {aspect: 0.3 * w / sum(weights.values()) * difficulty(thing, aspect) for aspect, w in weights.items()}
    )
    counts: Counter[str] = Counter()
    draws = 400
    for seed in range(draws):
        counts.update(fault.aspect for fault in corrupt(before, [operation], 0.3, chance(seed, "p"))[1])
    whole = min(CERTAIN, sum(expected.values()))
    assert counts.total() / draws == pytest.approx(whole, abs=4 * sqrt(whole * (1 - whole) / draws))


def test_insisting_helps_by_its_levels_and_no_further() -> None:
    plain = risks(_case(EMPTY, STARS), 0.3)
    for level in range(5):
        insisted = Add("star", 3, "red", "small", "top left", precise=("count",) * level)
        expected = {**plain, "count": plain["count"] * LEVELS[min(level, 3)]}
        assert risks(_case(EMPTY, insisted), 0.3) == pytest.approx(expected)


@cases
def test_at_rate_zero_nothing_goes_wrong(before: Scene, operation: Operation, aspects: set[str]) -> None:
    for seed in range(100):
        scene, faults = corrupt(before, [operation], 0.0, chance(seed, "a prompt"))
        assert (scene, faults) == (apply_all(before, [operation]), ())


def test_the_same_seed_and_prompt_give_the_same_faults() -> None:
    def drawn(seed: int, prompt: str) -> tuple[Scene, tuple[Fault, ...]]:
        return corrupt(ROOM, [STARS, Move(TREE, "bottom")], 0.9, chance(seed, prompt))

    assert drawn(7, "a prompt") == drawn(7, "a prompt")
    assert len({drawn(seed, "a prompt") for seed in range(30)}) > 5
    assert len({drawn(7, f"prompt {n}") for n in range(30)}) > 5


# ------------------------------------------------------------------------------------------ what is drawn


@settings(deadline=None, max_examples=200)
@given(seeds, st.sampled_from(list(CASES.values())), st.sampled_from(sorted(MISHAPS)))
def test_a_fault_is_plain_to_see_and_stays_inside(
    seed: int, case: tuple[Scene, Operation, set[str]], aspect: str
) -> None:
    before, operation, aspects = case
    assume(aspect in aspects)
    scene, _ = _made(before, operation, aspect, seed)
    right = apply_all(before, [operation])
    assert scene.drift > right.drift if aspect == "drift" else differing(right, scene) >= LEAST
    for item in scene.items:
        box = bounds(item)
        assert min(box.left, box.top) > 0
        assert max(box.right, box.bottom) < 1


@settings(deadline=None, max_examples=200)
@given(seeds, st.sampled_from(list(CASES.values())), st.sampled_from(sorted(MISHAPS)))
def test_bystanders_stay_unless_they_are_damaged(
    seed: int, case: tuple[Scene, Operation, set[str]], aspect: str
) -> None:
    before, operation, aspects = case
    assume(aspect in aspects - {"damaged"})
    scene, _ = _made(before, operation, aspect, seed)
    assert set(_case(before, operation).bystanders) <= set(scene.items)


SENTENCES = (
    "Add a red cat on the left and add two blue stars at the top. Paint the house green.",
    "Remove the tree. Add a dog. Make the house bigger.",
    "Paint the house blue. Paint the house green. Move the house to the left.",
    "Move the tree to the top. Move the tree to the bottom. Make the tree large and make the tree smaller.",
    "Remove the house. Add a red house on the left.",
)


@settings(deadline=None, max_examples=150)
@given(seeds, st.sampled_from(SENTENCES))
def test_several_faults_never_cancel_each_other(seed: int, text: str) -> None:
    operations = parse(text).operations
    scene, faults = corrupt(ROOM, operations, 1.0, chance(seed, "p"))
    right = apply_all(ROOM, operations)
    plain = scene.drift > 0 or differing(scene, right) >= LEAST
    assert plain == bool(faults)


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(COLOURS)), st.sampled_from(sorted(BACKDROPS)))
def test_a_wrong_colour_is_quite_another_one(seed: int, colour: str, backdrop: str) -> None:
    before = apply(ROOM, Background(backdrop))
    scene, fault = _made(before, Add("car", colour=colour), "colour", seed)
    (car,) = _new(before, scene)
    assert main_colour(car) == fault.found
    assert fault.expected == colour
    assert unlike(fault.found, colour)
    assert stands_out(fault.found, backdrop, car)


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(BACKDROPS)))
def test_a_wrong_backdrop_is_quite_another_one(seed: int, backdrop: str) -> None:
    scene, fault = _made(ROOM, Background(backdrop), "colour", seed)
    assert scene.background == fault.found
    assert backdrops_unlike(scene.background, backdrop)
    assert backdrops_unlike(scene.background, ROOM.background)


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(PLACES)), st.integers(1, 4), st.sampled_from([None, "tiny", "small"]))
def test_a_wrong_place_is_another_ninth(seed: int, place: str, count: int, size: str | None) -> None:
    scene, fault = _made(EMPTY, Add("cat", count, size=size, place=place), "place", seed)
    xs, ys = zip(*((item.x, item.y) for item in scene.items), strict=True)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    assert place_of(*middle) == fault.found != place


@settings(deadline=None)
@given(seeds, st.sampled_from(["left of", "right of", "above", "below", "on", "next to"]))
def test_a_wrong_place_breaks_the_relation(seed: int, kind: str) -> None:
    before = apply(ROOM, Move(HOUSE, "middle"))
    scene, _ = _made(before, Add("star", relation=Relation(kind, HOUSE)), "place", seed)
    (star,) = _new(before, scene)
    house = next(item for item in scene.items if item.thing == "house")
    assert not related(kind, visible(star), visible(house))


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(SIZES)), st.sampled_from(sorted(THINGS)))
def test_a_wrong_size_is_another_named_one(seed: int, size: str, thing: str) -> None:
    scene, fault = _made(EMPTY, Add(thing, size=size), "size", seed)
    (item,) = scene.items
    assert size_of(item) == fault.found != size


@settings(deadline=None)
@given(seeds, st.sampled_from(["bigger", "smaller"]), st.sampled_from([0.1, 0.165, 0.22, 0.27, 0.36]))
def test_what_should_have_grown_has_not_and_what_should_have_shrunk_neither(
    seed: int, size: str, extent: float
) -> None:
    before = Scene(items=(Item(1, "cat", 0.5, 0.5, extent),))
    scene, _ = _made(before, Resize(Reference("cat"), size), "size", seed)
    (cat,) = scene.items
    assert cat.extent <= extent if size == "bigger" else cat.extent >= extent


@settings(deadline=None)
@given(seeds, st.integers(2, 12))
def test_a_wrong_count_is_one_off(seed: int, count: int) -> None:
    scene, fault = _made(EMPTY, Add("star", count), "count", seed)
    assert len(scene.items) in (count - 1, count + 1)
    assert fault.found == str(len(scene.items))
    boxes = [visible(item) for item in scene.items]
    assert not any(one.overlaps(other) for one in boxes for other in boxes if one is not other)


@settings(deadline=None)
@given(seeds, st.sampled_from(["sleep", "run", "smile", "cry"]))
def test_a_wrong_pose_is_another_one_or_none(seed: int, action: str) -> None:
    scene, fault = _made(EMPTY, Add("cat", action=action), "pose", seed)
    assert scene.items[0].action != action
    assert fault.expected == action


def test_a_pose_too_small_to_be_seen_does_not_go_wrong() -> None:
    assert MISHAPS["pose"](_case(EMPTY, Add("cat", action="smile", size="tiny"))) is None
    assert MISHAPS["pose"](_case(EMPTY, Add("circle", turn=90))) is None


@given(seeds)
def test_what_should_have_been_replaced_is_still_there(seed: int) -> None:
    scene, fault = _made(ROOM, Replace(HOUSE, Add("car")), "missing", seed)
    assert scene == ROOM
    assert fault.subject == "car"


@settings(deadline=None)
@given(seeds)
def test_damage_strikes_what_was_not_spoken_of(seed: int) -> None:
    scene, fault = _made(ROOM, Move(TREE, "top left"), "damaged", seed)
    assert fault.subject == "house"
    house = next(item for item in ROOM.items if item.thing == "house")
    assert house not in scene.items
    assert any(item.thing == "tree" for item in scene.items)


def test_drift_adds_up_to_the_end_of_the_scale() -> None:
    scene, drifts = ROOM, []
    while outcome := MISHAPS["drift"](_case(scene, Background("blue"))):
        scene = outcome[0]
        drifts.append(scene.drift)
    assert drifts == pytest.approx([DRIFT * n for n in range(1, len(drifts) + 1)])
    assert 1 - DRIFT < drifts[-1] <= 1


def test_a_thing_that_is_gone_passes_its_faults_to_nobody() -> None:
    """The fish gets the number that the robot had."""
    before = apply_all(Scene(), parse("a robot in the middle").operations)
    operations = parse("Paint the arms of the robot red. Remove the robot. Add a fish.").operations
    for seed in range(30):
        scene, faults = corrupt(before, operations, 1.0, chance(seed, "x"))
        assert (scene != apply_all(before, operations)) == bool(faults)


@settings(deadline=None, max_examples=100)
@given(seeds, st.sampled_from(list(CASES.values())), st.sampled_from([0.5, 1.0, 2.0]))
def test_whatever_goes_wrong_stays_inside_any_picture(
    seed: int, case: tuple[Scene, Operation, set[str]], aspect: float
) -> None:
    try:
        scene, _ = corrupt(case[0], [case[1]], 1.0, chance(seed, "p"), aspect)
    except LayoutError:
        assume(False)
    for item in scene.items:
        box = bounds(item, aspect)
        assert min(box.left, box.top) > 0
        assert max(box.right, box.bottom) < 1
