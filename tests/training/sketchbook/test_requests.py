"""Requests are made by chance, the same ones for a seed, and their splits have nothing in common."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from stepweave.messages import MakePlan
from stepweave.policies.rules import plan
from stepweave.training.sketchbook.requests import KINDS, LESSON, SPLITS, Request, request, split_of
from stepweave.training.sketchbook.truth import wrong
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Act, Add, Scene
from stepweave.world.vocabulary import DRAWABLE

MANY = 700


@pytest.fixture(scope="module")
def made() -> dict[str, list[Request]]:
    return {split: [request(5, split, index) for index in range(MANY)] for split in SPLITS}


def _pairs(one: Request) -> set[tuple[str, str]]:
    """The things of a request with the relations, actions and lessons that they are asked for with."""
    found: set[tuple[str, str]] = set()
    for operation in (operation for step in one.steps for operation in step):
        if isinstance(operation, Add):
            found |= {(operation.thing, operation.action)} if operation.action else set()
            found |= {(operation.thing, operation.relation.kind)} if operation.relation else set()
        if isinstance(operation, Act) and operation.action:
            found.add((operation.target.thing, operation.action))
    if one.kind == "lessons":
        found |= {(operation.thing, LESSON) for operation in one.whole if isinstance(operation, Add)}
    return found


def test_no_pair_is_in_two_splits(made: dict[str, list[Request]]) -> None:
    pairs = {split: set().union(*map(_pairs, requests)) for split, requests in made.items()}
    assert all(len(found) > 100 for found in pairs.values())
    for one, other in combinations(pairs, 2):
        assert not pairs[one] & pairs[other]
    for split, found in pairs.items():
        assert {split_of(*pair) for pair in found} == {split}


def test_pairs_are_shared_out_as_declared() -> None:
    counts = Counter(split_of(thing, f"kind {n}") for thing in DRAWABLE for n in range(100))
    for split, share in SPLITS.items():
        assert counts[split] / counts.total() == pytest.approx(share, abs=0.04)


def test_a_request_is_the_same_whenever_it_is_made(made: dict[str, list[Request]]) -> None:
    assert [request(5, "test", index) for index in (0, 17, 100)] == [made["test"][index] for index in (0, 17, 100)]
    assert request(6, "test", 0) != request(5, "test", 0)


def test_hardly_any_two_are_worded_alike(made: dict[str, list[Request]]) -> None:
    for requests in made.values():
        texts = [one.text for one in requests if one.kind not in ("lessons", "stories")]
        assert len(set(texts)) == len(texts)
    assert {one.text for one in made["test"]}.isdisjoint(one.text for one in made["train"] if one.steps)


def test_kinds_take_turns_and_steps_are_two_to_six(made: dict[str, list[Request]]) -> None:
    for requests in made.values():
        assert [one.kind for one in requests[: len(KINDS)]] == list(KINDS)
        assert {len(one.steps) for one in requests if one.steps} <= set(range(2, 7))
        assert {one.pictures for one in requests if one.pictures} <= set(range(3, 7))


def test_every_step_can_be_drawn_and_changes_something(made: dict[str, list[Request]]) -> None:
    for one in made["validation"][:200]:
        scene = Scene()
        for step in one.steps:
            after = apply_all(scene, step)
            assert wrong(scene, step, after) == (), one.text
            assert wrong(scene, step, scene), one.text
            scene = after


def faulty(one: Request) -> str:
    """What is wrong with the pictures that are planned for a request and drawn without a mistake."""
    prompts = [step.prompt for step in plan(MakePlan(request=one.text)).steps if step.prompt]
    if (expected := len(one.steps) or one.pictures) and expected != len(prompts):
        return f"{expected} pictures were asked for, {len(prompts)} were planned"
    scene = Scene()
    for number, prompt in enumerate(prompts):
        operations = parse(prompt).operations
        after = apply_all(scene, operations)
        if faults := wrong(scene, one.steps[number] if one.steps else operations, after):
            return f"{prompt} {faults}"
        scene = after
    lacking = set(one.cast) - {item.thing for item in scene.items}
    return f"{lacking} is lacking" if lacking else "; ".join(wrong(Scene(), one.whole, scene) if one.whole else ())


@pytest.mark.slow
def test_every_request_is_planned_and_drawn_as_it_is_meant() -> None:
    wrong_ones = {one.text: why for index in range(300) if (why := faulty(one := request(11, "test", index)))}
    assert wrong_ones == {}
