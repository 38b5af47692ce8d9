"""Runs are held against what was asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from stepweave.messages import FromStep, Options, Step
from stepweave.policies.state import RunState
from stepweave.training.sketchbook.grading import Judged, drift, grade, last_picture, pictures
from stepweave.training.sketchbook.requests import Request
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.render import render
from stepweave.world.scene import Add, Scene
from tests.policies.simulated import Log, answers, picture, verdict

PROMPTS = ("a red cat on the left", "add a tree on the right")
PLAN = (Step(number=1, prompt=PROMPTS[0]), Step(number=2, prompt=PROMPTS[1], sources=(FromStep(step=1),)))
CAT, TREE = (parse(prompt).operations for prompt in PROMPTS)
ONE = apply_all(Scene(), CAT)
TWO = apply_all(ONE, TREE)
BLUE = replace(ONE, items=(replace(ONE.items[0], colour="blue"),))
ASKED = Request("a cat, then a tree", "instructions", steps=(CAT, TREE))


def ended(good: set[str]) -> RunState:
    """A run whose critic accepts these tasks."""
    return Log(Options(policy="sequential(2)", memory=None)).run(
        answers(PLAN, lambda ask: verdict(f"s{ask.step}c{ask.candidate}" in good))
    )


def scenes(**by_task: Scene) -> dict[str, Scene]:
    return {picture(task).sha256: scene for task, scene in by_task.items()}


def test_right_pictures_make_a_right_sequence() -> None:
    state = ended({"s1c2", "s2c1"})
    found = grade(ASKED, state, scenes(s1c1=BLUE, s1c2=ONE, s2c1=TWO))
    assert (found.right, found.steps, found.attempts, found.reason) == (True, (True, True), (2, 1), "")
    assert found.judged == (Judged(True, True), Judged(False, False), Judged(False, False))
    assert pictures(state) == tuple(sorted(scenes(s1c1=BLUE, s1c2=ONE, s2c1=TWO)))
    assert last_picture(state) == picture("s2c1").sha256


def test_what_a_critic_missed_makes_the_sequence_wrong_and_the_next_step_is_held_against_it() -> None:
    found = grade(ASKED, ended({"s1c1", "s2c1"}), scenes(s1c1=BLUE, s2c1=apply_all(BLUE, TREE)))
    assert (found.right, found.steps) == (False, (False, True))
    assert found.judged == (Judged(True, False), Judged(False, False))
    assert found.reason == "step 1: there is no red cat as it should be"


def test_without_critics_nothing_was_judged() -> None:
    state = Log(Options(critics=(), memory=None)).run(answers(PLAN, lambda ask: verdict(True)))
    found = grade(ASKED, state, scenes(s1c1=ONE, s2c1=TWO))
    assert (found.right, found.judged) == (True, ())


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (replace(ASKED, steps=(CAT,)), "1 pictures were asked for, 2 were planned"),
        (Request("a story", "stories", pictures=3), "3 pictures were asked for, 2 were planned"),
        (Request("a story", "stories", pictures=2, cast=("cat", "dog")), "there is no dog in the last picture"),
        (Request("a lesson", "lessons", whole=(*CAT, Add("house"))), "there is no yellow house as it should be"),
    ],
)
def test_a_plan_must_be_what_was_asked_for(request_: Request, reason: str) -> None:
    found = grade(request_, ended({"s1c1", "s2c1"}), scenes(s1c1=ONE, s2c1=TWO))
    assert not found.right
    assert found.reason == reason


def test_a_story_is_held_to_its_own_words() -> None:
    story = Request("a story", "stories", pictures=2, cast=("cat", "tree"))
    assert grade(story, ended({"s1c1", "s2c1"}), scenes(s1c1=ONE, s2c1=TWO)).right
    assert not grade(story, ended({"s1c1", "s2c1"}), scenes(s1c1=ONE, s2c1=ONE)).right


def test_drift_is_measured_in_the_pixels() -> None:
    drifted = replace(TWO, drift=0.4)
    assert drift(render(TWO, 64, 64), TWO) == 0
    assert 5 < drift(render(drifted, 64, 64), drifted) < 20
    assert drift(Image.new("RGB", (64, 64)), drifted) > 100
