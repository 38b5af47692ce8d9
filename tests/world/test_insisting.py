"""Requests are worded more precisely without asking for anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from stepweave.world.language import insist, parse, phrase
from stepweave.world.language.aspects import aspects
from stepweave.world.scene import MOST_INSISTED, Add, Operation
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
