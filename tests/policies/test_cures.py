"""What cures teach: topics and levels, read from the words that cured."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.messages import Note
from stepweave.policies.cures import common, insisting, known, learnt, worded
from stepweave.world import vocabulary
from stepweave.world.language import compose, insist, parse
from stepweave.world.language.reading import LONGEST
from stepweave.world.scene import Add, Background


def cure(subject: str, aspect: str, text: str = "") -> Note:
    return Note(kind="cure", subject=subject, aspect=aspect, text=text)


@pytest.mark.parametrize(
    ("note", "taught"),
    [
        (cure("boat", "colour", "A pure red boat and a cat."), {("boat", "colour"): 1}),
        (cure("roof of the house", "colour", "Add a pure red roof to the house."), {("house", "colour"): 1}),
        (cure("house", "damaged", "Add a tree without changing anything else."), {("tree", "damaged"): 1}),
        (cure("background", "colour", "Make the background pure blue."), {("background", "colour"): 1}),
        (cure("cat", "pose", "Let the cat sleep."), {("cat", "pose"): 1}),
        (cure("kittens", "count"), {("cat", "count"): 1}),
        (cure("dragon", "colour", "A dragon in oil on canvas, really red"), {("dragon", "colour"): 1}),
        (Note(kind="canvas", text="A pure red boat.", aspect="colour", subject="boat"), {}),
        (Note(kind="cure", text="A pure red boat.", subject="boat"), {}),
    ],
)
def test_a_cure_teaches_a_topic_and_a_level(note: Note, taught: dict[tuple[str, str], int]) -> None:
    assert learnt(note) == taught


def test_what_was_cured_for_one_boat_helps_any_boat() -> None:
    levels = known([cure("boat", "colour", "Add a pure red boat to the right of the house.")])
    assert worded("Draw a cat and two green boats.", levels) == "Draw a cat and two pure green boats."
    assert worded("Paint the sail of the boat blue.", levels) == "Paint the sail of the boat pure blue."
    assert worded("A boat.", levels) == "A boat."


def test_what_holds_for_everything_helps_all_that_have_the_aspect() -> None:
    levels = known([cure("everything", "place", "A cat exactly on the left.")])
    assert worded("Add a tree at the top.", levels) == "Add a tree exactly at the top."
    assert insisting([Background("blue")], levels) == (Background("blue"),)


def test_an_aspect_that_many_things_need_is_common() -> None:
    levels = {("boat", "colour"): 2, ("cat", "colour"): 1, ("sun", "colour"): 3, ("sun", "size"): 1}
    assert common(levels, 3) == {"colour": ("cat", "colour")}
    assert common(levels, 4) == {}


@settings(deadline=None)
@given(st.sampled_from(sorted(vocabulary.DRAWABLE)), st.lists(st.sampled_from(vocabulary.ASPECTS), max_size=9))
def test_whatever_is_insisted_on_is_read_back(thing: str, aspects: list[str]) -> None:
    levels = {(thing, aspect): min(3, aspects.count(aspect)) for aspect in aspects}
    raised = insisting([Add(thing, 2, "blue", "small", "top")], levels)
    assert parse(compose(raised)).operations == raised
    assert insisting(raised, levels) == raised


@pytest.mark.parametrize("aspect", ["colour", "place", "size", "count", "missing", "extra", "damaged", "drift"])
def test_each_time_it_is_insisted_on_the_level_rises_and_is_learnt(aspect: str) -> None:
    prompt, subject = "Add two small blue boats on the left.", "boat"
    for level in (1, 2, 3):
        prompt = insist(prompt, aspect, subject)
        assert learnt(cure(subject, aspect, prompt)) == {("boat", aspect): level}
    assert known([cure(subject, aspect, prompt), cure(subject, aspect)]) == {("boat", aspect): 3}


def test_levels_beyond_what_words_can_say_do_no_harm() -> None:
    (boat,) = insisting([Add("boat", colour="red")], {("boat", "colour"): 9, ("boat", "place"): 2})
    assert boat.precise == ("colour",) * 3
    most = worded("A small red boat at the top.", {("boat", "colour"): 3})
    assert insist(most, "colour", "boat") == most


def test_words_that_would_be_too_long_to_be_read_insist_less() -> None:
    levels = {("everything", aspect): 3 for aspect in vocabulary.ASPECTS}
    short = worded("A small red boat at the top.", levels)
    assert parse(short).operations[0].precise.count("colour") == 3
    many = worded(
        " ".join(f"Add two tiny {colour} stars at the top." for colour in list(vocabulary.COLOURS)[:7]), levels
    )
    assert 0 < parse(many).operations[0].precise.count("colour") < 3
    assert len(many) <= LONGEST
