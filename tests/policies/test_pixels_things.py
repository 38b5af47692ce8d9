"""The embedded critic knows every thing: part by part, small and after compression, turned, acting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.policies.pixels import judge
from stepweave.world.language import compose
from stepweave.world.layout import apply_all
from stepweave.world.scene import Add, AddPart, Reference, Scene
from stepweave.world.vocabulary import COLOURS, DRAWABLE, PLACES, SETTING_NAMES, SIZES, THINGS
from tests.policies.pictures import aspects, drawn, picture, verdict


def test_white_on_white_is_no_riddle() -> None:
    assert verdict("make the snowman bigger", "make the snowman bigger", "a large white snowman").accepted


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_a_thing_may_be_drawn_part_by_part(thing: str) -> None:
    first, *others = DRAWABLE[thing].names
    scene = apply_all(Scene(), (Add(thing, size="large", parts=(first,)),))
    for part in others:
        operation = AddPart(part, Reference(thing))
        prompt, after = compose((operation,)), apply_all(scene, (operation,))
        accepted = judge(prompt, prompt, picture(scene), picture(after))
        assert accepted.accepted, (prompt, accepted.reason)
        assert "missing" in aspects(judge(prompt, prompt, picture(scene), picture(scene))), prompt
        scene = after


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(sorted(DRAWABLE)),
    st.sampled_from(sorted(COLOURS)),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(sorted(PLACES)),
)
def test_any_single_thing_is_recognised_after_jpeg(thing: str, colour: str, size: str, place: str) -> None:
    prompt = compose((Add(thing, 1, colour, size, place),))
    judged = judge(prompt, prompt, None, picture(drawn(prompt), jpeg=True))
    assert judged.accepted, (prompt, judged.reason)


POSES = [
    ("a large sleeping cat", "a large cat", ""),
    ("a large sleeping cat", "a large singing cat", ""),
    ("let the cat sleep", "let the cat sing", "a large cat"),
    ("let the cat sleep", "add a tiny star at the top left. remove the star", "a large cat"),
    ("turn the house upside down", "turn the house to the right", "a large house"),
    ("flip the boat", "turn the boat upside down", "a large boat"),
]


@pytest.mark.parametrize(("prompt", "instead", "first"), POSES)
@pytest.mark.parametrize("size", [(256, 256), (512, 512)])
def test_what_things_do_and_how_they_lie_is_seen(prompt: str, instead: str, first: str, size: tuple[int, int]) -> None:
    assert verdict(prompt, prompt, first, size).accepted
    assert "pose" in aspects(verdict(prompt, instead, first, size))


CHANGED = [
    ("duplicate the cat", "add a small red cat at the top left", "a small blue cat in the middle"),
    ("replace the cat with a blue house", "replace the cat with a green house", "a cat in the middle"),
    ("replace the cat with a blue house", "add a star at the top left", "a cat in the middle"),
    (
        "add a star between the cat and the tree",
        "add a star at the top",
        "a small cat on the left, a tree on the right",
    ),
]


@pytest.mark.parametrize(("prompt", "instead", "first"), CHANGED)
def test_copies_and_what_replaces_things_are_seen(prompt: str, instead: str, first: str) -> None:
    assert verdict(prompt, prompt, first).accepted
    assert not verdict(prompt, instead, first).accepted


@pytest.mark.parametrize("setting", SETTING_NAMES)
@pytest.mark.parametrize("jpeg", [False, True])
def test_things_are_seen_before_every_setting(setting: str, jpeg: bool) -> None:
    before = Scene(setting, drawn("a red house on the left").items)
    source, prompt = picture(before, jpeg=jpeg), "paint the house blue"
    assert judge(prompt, prompt, source, picture(drawn(prompt, before), jpeg=jpeg)).accepted
    assert not judge(prompt, prompt, source, picture(drawn("paint the house pink", before), jpeg=jpeg)).accepted
    assert not judge(prompt, prompt, source, picture(Scene("white", drawn(prompt, before).items), jpeg=jpeg)).accepted


def test_colours_that_drift_are_seen_and_what_they_show_is_still_judged() -> None:
    prompt, before = "add a blue star at the top", drawn("a red house at the bottom")
    source, right, wrong = picture(before), drawn(prompt, before), drawn("add a green star at the top", before)
    assert aspects(judge(prompt, prompt, source, picture(replace(right, drift=0.4)))) == {"drift"}
    assert aspects(judge(prompt, prompt, source, picture(replace(wrong, drift=0.4)))) == {"drift", "colour"}
    faded = picture(replace(before, drift=0.4))
    assert judge(prompt, prompt, faded, picture(replace(right, drift=0.4))).accepted
