"""The simulated workcell: instructions lead where they should, or fail in a declared way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world.finding import find
from stepweave.world.layout import apply
from stepweave.world.measure import bounds, related
from stepweave.world.scene import Item, Move, Recolour, Reference, Resize, Scene, Turn
from stepweave.world.workcell import Workcell, same_state, setup
from stepweave.world.workcell.failures import WAYS

OBJECTS = ["a red block", "a blue block", "a jug", "a bowl", "a box"]
INSTRUCTIONS = [
    "Pick up the red block.",
    "Put the red block on the bowl.",
    "Put the blue block into the box.",
    "Stack the red block on the blue block.",
    "Pour water from the jug into the bowl.",
    "Open the box.",
    "Push the bowl to the left.",
]
CELL = Workcell.start(OBJECTS, seed=1)


def _the(scene: Scene, thing: str, colour: str | None = None) -> Item:
    (item,) = find(scene, Reference(thing, colour))
    return item


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_a_workcell_has_its_objects_on_the_bench(seed: int) -> None:
    cell = Workcell.start(OBJECTS, seed)
    assert cell.scene.background == "workbench"
    assert sorted(item.thing for item in cell.scene.items) == ["block", "block", "bowl", "box", "jug", "robot arm"]
    assert all(bounds(item, cell.aspect).bottom > 0.8 for item in cell.scene.items)
    assert cell == Workcell.start(setup(OBJECTS, seed), seed)


def test_instructions_are_carried_out() -> None:
    cell = CELL.execute("Pick up the red block.").cell
    assert _the(cell.scene, "block", "red").held_by == _the(cell.scene, "robot arm").id
    cell = cell.execute("Stack the red block on the blue block.").cell
    red, blue = _the(cell.scene, "block", "red"), _the(cell.scene, "block", "blue")
    assert related("on", bounds(red, cell.aspect), bounds(blue, cell.aspect))
    assert red.held_by is None
    cell = cell.execute("Pour water from the jug into the bowl.").cell
    assert (_the(cell.scene, "jug").action, _the(cell.scene, "bowl").action) == ("pour", "full")
    cell = cell.execute("Open the box.").cell
    assert _the(cell.scene, "box").action == "open"
    before = _the(cell.scene, "bowl")
    cell = cell.execute("Push the bowl to the left.").cell
    assert _the(cell.scene, "bowl").x < before.x - 0.1


def test_what_was_picked_up_can_be_released() -> None:
    held = CELL.execute("Pick up the red block.").cell
    released = _the(held.execute("Release the red block.").scene, "block", "red")
    assert released.held_by is None
    assert bounds(released, CELL.aspect).bottom > 0.75


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(INSTRUCTIONS), st.integers(0, 10_000))
def test_a_step_that_fails_does_not_reach_its_goal(instruction: str, seed: int) -> None:
    outcome = replace(CELL, seed=seed).execute(instruction, failure_rate=1.0)
    assert not outcome.done
    assert outcome.failure in WAYS
    assert same_state(outcome.goal, outcome.scene)
    assert (outcome.scene == CELL.scene) == (outcome.failure == "not done")
    assert outcome.cell.executed == 1


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(INSTRUCTIONS), st.integers(0, 10_000))
def test_a_step_that_succeeds_reaches_its_goal(instruction: str, seed: int) -> None:
    outcome = replace(CELL, seed=seed).execute(instruction, failure_rate=0.5)
    assert outcome.done == (not outcome.failure) == (not same_state(outcome.goal, outcome.scene))
    assert outcome == replace(CELL, seed=seed).execute(instruction, failure_rate=0.5)


@pytest.mark.parametrize(
    ("instruction", "ways"),
    [
        ("Open the box.", {"not done"}),
        ("Pick up the red block.", {"not done", "dropped"}),
        ("Pick up the jug.", {"not done", "dropped", "knocked over"}),
        ("Pour water from the jug into the bowl.", {"not done", "knocked over", "spilled"}),
    ],
)
def test_each_step_fails_in_the_ways_that_apply(instruction: str, ways: set[str]) -> None:
    failures = {replace(CELL, seed=seed).execute(instruction, failure_rate=1.0).failure for seed in range(40)}
    assert failures == ways


def test_steps_fail_about_as_often_as_is_said() -> None:
    failed = sum(not replace(CELL, seed=seed).execute("Open the box.", failure_rate=0.3).done for seed in range(400))
    assert 90 < failed < 150


def test_the_camera_sees_the_scene_with_its_noise() -> None:
    clear, noisy = CELL.frame(256), CELL.frame(256, noise=4.0)
    assert clear.size == noisy.size == (384, 256)
    assert noisy.tobytes() == CELL.frame(256, noise=4.0).tobytes()
    difference = np.asarray(noisy, dtype=np.float64) - np.asarray(clear, dtype=np.float64)
    assert 3 < difference.std() < 4.5


def test_differences_are_named() -> None:
    scene, bowl = CELL.scene, Reference("bowl")
    assert same_state(scene, scene) == ()
    changes = {
        "place": Move(Reference("block", "red"), "top"),
        "pose": Turn(Reference("jug"), 90),
        "size": Resize(bowl, "tiny"),
    }
    for aspect, change in changes.items():
        found = same_state(scene, apply(scene, change, CELL.aspect))
        assert aspect in {one.aspect for one in found}
    recoloured = apply(scene, Recolour(bowl, "purple"))
    assert [(one.thing, one.aspect) for one in same_state(scene, recoloured)] == [
        ("orange bowl", "missing"),
        ("purple bowl", "extra"),
    ]


def test_it_does_not_matter_how_things_are_numbered() -> None:
    held = CELL.execute("Pick up the red block.").scene
    items = [replace(item, id=item.id + 10, held_by=item.held_by and item.held_by + 10) for item in held.items]
    assert same_state(held, replace(held, items=tuple(items))) == ()
    assert [one.aspect for one in same_state(held, CELL.scene) if one.thing == "red block"] == ["place", "held"]
