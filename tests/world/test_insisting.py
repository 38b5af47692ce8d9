"""Requests are worded more precisely without asking for anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from stepweave.world.language import Incomplete, LanguageError, NotPossible, insist, parse, phrase
from stepweave.world.language.aspects import aspects
from stepweave.world.scene import MOST_INSISTED, Act, Add, Move, Operation, Recolour, Reference, Remove
from tests.world.operations import EMPHASIS, OPERATION


@given(OPERATION, EMPHASIS)
def test_insisting_changes_nothing_but_the_precision(operation: Operation, aspect: str) -> None:
    (insisted_on,) = parse(insist(phrase(operation), aspect)).operations
    assert replace(insisted_on, precise=()) == replace(operation, precise=())
    had = operation.precise.count(aspect)
    expected = min(had + 1, MOST_INSISTED) if aspect in aspects(operation) else had
    assert insisted_on.precise.count(aspect) == expected
    assert len(insisted_on.precise) == len(operation.precise) + expected - had


@pytest.mark.parametrize(
    ("prompt", "aspect", "subject", "insisted"),
    [
        ("A red house and three yellow stars.", "count", "yellow star", [set(), {"count"}]),
        ("A red house and three yellow stars.", "missing", "stars", [set(), {"missing"}]),
        ("A red house and three yellow stars.", "colour", "house", [{"colour"}, set()]),
        ("Paint the roof blue and move the house to the left.", "colour", "roof", [{"colour"}, set()]),
        ("Paint the roof blue and move the house to the left.", "place", "house", [set(), {"place"}]),
        ("A sun at the top, on a blue background.", "colour", "background", [set(), {"colour"}]),
        ("A sun at the top.", "place", "something else", [{"place"}]),
        ("Remove the tree.", "extra", "tree", [{"extra"}]),
        ("Make the boat bigger.", "size", "boat", [{"size"}]),
    ],
)
def test_insisting_is_about_the_subject(prompt: str, aspect: str, subject: str, insisted: list[set[str]]) -> None:
    assert [set(one.precise) for one in parse(insist(prompt, aspect, subject)).operations] == insisted


def test_insisting_names_what_was_left_unsaid() -> None:
    (added,) = parse(insist("Add a house.", "colour", "house", expected="yellow")).operations
    assert added == Add("house", colour="yellow", precise=("colour",))


def test_a_refined_prompt_is_ordinary_english() -> None:
    prompt = "Draw three red circles at the top left, on a blue background."
    prompt = insist(insist(insist(prompt, "count"), "colour", "circle"), "place")
    assert prompt == "Draw exactly three pure red circles exactly at the top left, on a blue background."


@pytest.mark.parametrize(
    ("prompt", "insisted"),
    [
        ("exactly three stars", {"count"}),
        ("a pure red circle", {"colour"}),
        ("a circle exactly in the top left corner", {"place"}),
        ("a clearly small circle", {"size"}),
        ("exactly two clearly small pure red circles exactly at the top", {"count", "size", "colour", "place"}),
        ("Be sure to add a circle and nothing else.", {"missing", "extra"}),
        ("Add a circle. Leave the rest as it is.", {"damaged"}),
        ("a circle", set()),
    ],
)
def test_precise_words_are_recorded(prompt: str, insisted: set[str]) -> None:
    (operation,) = parse(prompt).operations
    assert set(operation.precise) == insisted


CIRCLE, CAT = Reference("circle"), Reference("cat")


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        ("Draw three stars. Make sure that there are three stars.", [Add("star", 3, precise=("count",))]),
        ("Three stars, no more and no fewer.", [Add("star", 3, precise=("count",))]),
        (
            "A red circle and a blue square. The circle must be red.",
            [Add("circle", colour="red", precise=("colour",)), Add("square", colour="blue")],
        ),
        (
            "A cat and a dog. Nothing else may change.",
            [Add("cat", precise=("damaged",)), Add("dog", precise=("damaged",))],
        ),
        ("A cat on the left. Make sure the cat is on the left.", [Add("cat", place="left", precise=("place",))]),
        ("A sleeping cat. It must be sleeping.", [Add("cat", action="sleep", precise=("pose",))]),
        ("Remove the cat. The cat must be gone.", [Remove(CAT, precise=("extra",))]),
        (
            "Move the cat to the left. Nothing else may change, not even a little.",
            [Move(CAT, "left", precise=("damaged", "damaged"))],
        ),
    ],
)
def test_reminders_insist_on_what_was_asked_for(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        ("Add a red circle. The circle must be blue.", [Add("circle", colour="red"), Recolour(CIRCLE, "blue")]),
        ("Add a circle. The circle must be red.", [Add("circle"), Recolour(CIRCLE, "red")]),
        ("A cat on the left. The cat must be on the right.", [Add("cat", place="left"), Move(CAT, "right")]),
        ("Draw a circle. The cat must be red.", [Add("circle"), Recolour(CAT, "red")]),
        ("There must be a cat.", [Add("cat")]),
        ("The cat must be gone.", [Remove(CAT)]),
        ("Make sure that the cat is asleep.", [Act(CAT, "sleep")]),
    ],
)
def test_what_was_not_asked_for_is_no_reminder(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


@pytest.mark.parametrize(
    ("prompt", "error"),
    [
        ("Nothing else may change.", Incomplete),
        ("Draw a house. The tree must really be there.", Incomplete),
        ("Draw three stars. There must be four stars.", NotPossible),
    ],
)
def test_reminders_of_nothing_are_refused(prompt: str, error: type[LanguageError]) -> None:
    with pytest.raises(error) as caught:
        parse(prompt)
    assert caught.value.remedy


def test_insisting_again_says_it_in_another_way_until_there_is_none_left() -> None:
    prompts = ["Add three red stars."]
    for _ in range(MOST_INSISTED + 1):
        prompts.append(insist(prompts[-1], "colour", "star"))
    assert prompts[1:] == [
        "Add three pure red stars.",
        "Add three pure red stars. The stars must be red.",
        "Add three pure red stars. The stars must be red and no other colour.",
        "Add three pure red stars. The stars must be red and no other colour.",
    ]
