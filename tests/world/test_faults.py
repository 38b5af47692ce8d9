"""The fault model does what its table declares, no more and no less."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import Fault
from stepweave.world.faults import PRECISE, WEIGHTS, chance, corrupt
from stepweave.world.finding import main_colour, place_of, size_of
from stepweave.world.language import parse
from stepweave.world.layout import apply, apply_all
from stepweave.world.measure import bounds, related, visible
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Resize,
    Scene,
)
from stepweave.world.vocabulary import ASPECTS, COLOURS, PLACES, SIZES, THINGS

DRAWS = 4000
TOLERANCE = 0.03
"""Four standard deviations of a rate of 0.3 over that many draws."""

EMPTY = Scene()
ROOM = apply_all(EMPTY, [Add("house", size="medium", place="right"), Add("tree", size="small", place="bottom left")])
STARS = Add("star", 3, "red", "small", "top left")
HOUSE, TREE = Reference("house"), Reference("tree")

CASES: dict[str, tuple[Scene, Operation, dict[str, int]]] = {
    "a vague thing": (EMPTY, Add("cat"), {"missing": 2, "extra": 1}),
    "a detailed thing": (
        EMPTY,
        STARS,
        {"colour": 3, "place": 3, "size": 2, "count": 3, "missing": 2, "extra": 1},
    ),
    "a thing beside another": (
        ROOM,
        Add("cat", relation=Relation("left of", HOUSE)),
        {"place": 3, "missing": 2, "extra": 1, "damaged": 1},
    ),
    "a coloured part": (
        apply_all(EMPTY, [Add("house", parts=("walls",))]),
        AddPart("roof", HOUSE, "blue"),
        {"colour": 3, "missing": 2},
    ),
    "moving": (ROOM, Move(TREE, "top left"), {"place": 3, "damaged": 1}),
    "recolouring": (ROOM, Recolour(HOUSE, "blue", "roof"), {"colour": 3, "damaged": 1}),
    "resizing": (ROOM, Resize(TREE, "large"), {"size": 2, "damaged": 1}),
    "comparing": (ROOM, Resize(TREE, "bigger"), {"size": 2, "damaged": 1}),
    "removing": (ROOM, Remove(TREE), {"extra": 1, "damaged": 1}),
    "a background": (ROOM, Background("blue"), {"colour": 3, "damaged": 1}),
}

cases = pytest.mark.parametrize(("before", "operation", "weights"), CASES.values(), ids=CASES)
seeds = st.integers(0, 2**32 - 1)


def _shares(before: Scene, operation: Operation, rate: float) -> dict[str, float]:
    """How often each aspect goes wrong."""
    counts: Counter[str] = Counter()
    for seed in range(DRAWS):
        _, faults = corrupt(before, [operation], rate, chance(seed, "a prompt"))
        counts.update(fault.aspect for fault in faults)
    return {aspect: count / DRAWS for aspect, count in counts.items()}


@cases
def test_a_plain_operation_fails_at_the_declared_rate(
    before: Scene, operation: Operation, weights: dict[str, int]
) -> None:
    shares = _shares(before, operation, 0.3)
    expected = {aspect: 0.3 * weight / sum(weights.values()) for aspect, weight in weights.items()}
    assert sum(shares.values()) == pytest.approx(0.3, abs=TOLERANCE)
    assert shares == pytest.approx(expected, abs=TOLERANCE)


def test_insisting_helps_as_declared() -> None:
    insisted = Add("star", 3, "red", "small", "top left", precise=("colour", "count", "place", "size"))
    shares = _shares(EMPTY, insisted, 1.0)
    total = sum(WEIGHTS[aspect] for aspect in WEIGHTS if aspect != "damaged")
    expected = {aspect: PRECISE * WEIGHTS[aspect] / total for aspect in ("colour", "place", "size", "count")}
    expected |= {aspect: WEIGHTS[aspect] / total for aspect in ("missing", "extra")}
    assert shares == pytest.approx(expected, abs=TOLERANCE)


@cases
def test_at_rate_zero_nothing_goes_wrong(before: Scene, operation: Operation, weights: dict[str, int]) -> None:
    for seed in range(200):
        scene, faults = corrupt(before, [operation], 0.0, chance(seed, "a prompt"))
        assert (scene, faults) == (apply_all(before, [operation]), ())


@cases
def test_at_rate_one_something_always_does(before: Scene, operation: Operation, weights: dict[str, int]) -> None:
    wanted = apply_all(before, [operation])
    for seed in range(200):
        scene, faults = corrupt(before, [operation], 1.0, chance(seed, "a prompt"))
        assert len(faults) == 1
        assert scene != wanted


def test_the_same_seed_and_prompt_give_the_same_faults() -> None:
    def drawn(seed: int, prompt: str) -> tuple[Scene, tuple[Fault, ...]]:
        return corrupt(ROOM, [STARS, Move(TREE, "bottom")], 0.5, chance(seed, prompt))

    assert drawn(7, "a prompt") == drawn(7, "a prompt")
    assert len({drawn(seed, "a prompt") for seed in range(30)}) > 5
    assert len({drawn(7, f"prompt {n}") for n in range(30)}) > 5


def test_aspects_are_those_that_critics_know() -> None:
    assert set(WEIGHTS) == set(ASPECTS)


def _one_fault(before: Scene, operation: Operation, aspect: str, seed: int) -> tuple[Scene, Fault] | None:
    scene, faults = corrupt(before, [operation], 1.0, chance(seed, "p"))
    return (scene, faults[0]) if faults and faults[0].aspect == aspect else None


def _new(before: Scene, after: Scene) -> list[Item]:
    known = {item.id for item in before.items}
    return [item for item in after.items if item.id not in known]


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(COLOURS)))
def test_a_wrong_colour_is_another_one(seed: int, colour: str) -> None:
    if made := _one_fault(ROOM, Add("cat", colour=colour), "colour", seed):
        (cat,) = _new(ROOM, made[0])
        assert main_colour(cat) == made[1].found != colour == made[1].expected


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(PLACES)), st.integers(1, 4), st.sampled_from([None, "tiny", "small"]))
def test_a_wrong_place_is_another_ninth(seed: int, place: str, count: int, size: str | None) -> None:
    operation = Add("cat", count, size=size, place=place)
    if made := _one_fault(EMPTY, operation, "place", seed):
        xs, ys = zip(*((item.x, item.y) for item in made[0].items), strict=True)
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        assert place_of(*middle) == made[1].found != place


@settings(deadline=None)
@given(seeds, st.sampled_from(["left of", "right of", "above", "below", "on", "next to"]))
def test_a_wrong_place_breaks_the_relation(seed: int, kind: str) -> None:
    before = apply(ROOM, Move(HOUSE, "middle"))
    if made := _one_fault(before, Add("star", relation=Relation(kind, HOUSE)), "place", seed):
        (star,) = _new(before, made[0])
        house = next(item for item in made[0].items if item.thing == "house")
        assert not related(kind, visible(star), visible(house))


@settings(deadline=None)
@given(seeds, st.sampled_from(sorted(SIZES)), st.sampled_from(sorted(THINGS)))
def test_a_wrong_size_is_another_named_one(seed: int, size: str, thing: str) -> None:
    if made := _one_fault(EMPTY, Add(thing, size=size), "size", seed):
        (item,) = made[0].items
        assert size_of(item) == made[1].found != size


@settings(deadline=None)
@given(seeds, st.integers(2, 12))
def test_a_wrong_count_is_one_off(seed: int, count: int) -> None:
    if made := _one_fault(EMPTY, Add("star", count), "count", seed):
        assert len(made[0].items) in (count - 1, count + 1)
        assert made[1].found == str(len(made[0].items))


@settings(deadline=None)
@given(seeds)
def test_damage_strikes_what_was_not_spoken_of(seed: int) -> None:
    if made := _one_fault(ROOM, Move(TREE, "top left"), "damaged", seed):
        assert made[1].subject == "house"
        house = next(item for item in ROOM.items if item.thing == "house")
        assert house not in made[0].items
        assert any(item.thing == "tree" for item in made[0].items)


@settings(deadline=None, max_examples=200)
@given(seeds, st.sampled_from(list(CASES.values())), st.sampled_from([0.5, 1.0, 2.0]))
def test_whatever_goes_wrong_stays_inside(
    seed: int, case: tuple[Scene, Operation, dict[str, int]], aspect: float
) -> None:
    before = ROOM if case[0] == ROOM else case[0]
    scene, _ = corrupt(before, [case[1]], 1.0, chance(seed, "p"), aspect)
    for item in scene.items:
        box = bounds(item, aspect)
        assert min(box.left, box.top) > 0
        assert max(box.right, box.bottom) < 1


def test_a_thing_that_is_gone_passes_its_faults_to_nobody() -> None:
    """The fish gets the number that the robot had."""
    before = apply_all(Scene(), parse("a robot in the middle").operations)
    operations = parse("Paint the arms of the robot red. Remove the robot. Add a fish.").operations
    for seed in range(30):
        _, faults = corrupt(before, operations, 1.0, chance(seed, "x"))
        assert faults
