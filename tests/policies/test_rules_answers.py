"""Answers in words, and plain refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.world import vocabulary
from tests.policies.planned import refusal, refused_or_none, steps


def test_questions_about_the_vocabulary_are_answered_in_words() -> None:
    (answer,) = steps("What parts does a cat have?")
    assert answer.prompt is None
    assert "whiskers" in answer.instruction


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("What is a robot arm?", "forearm"),
        ("what can a cat do", "sleep"),
        ("Can the robot arm hold a cup?", "It can hold other things"),
        ("what can you draw", "palm tree"),
        ("tell me about the owl", "beak"),
        ("In words only: what is a house?", "chimney"),
        ("Which things can fly?", "Everything can run, jump, dance and fly"),
        ("What settings are there?", "on a beach"),
        ("which colours do you know?", "purple"),
        ("what colour is a cat?", "its body is orange"),
        ("What does a bear look like?", "snout"),
        ("Describe a snowman in words only.", "scarf"),
        ("explain what a gripper is", "fingers"),
        ("what edits are possible?", "turned"),
        ("Who are you?", "Ask for a drawing lesson"),
        ("what is a circle", "plain shape"),
    ],
)
def test_questions_are_answered_from_the_vocabulary(request_: str, said: str) -> None:
    (answered,) = steps(request_)
    assert answered.prompt is None
    assert said in answered.instruction


@pytest.mark.parametrize("thing", sorted(vocabulary.DRAWABLE))
def test_there_is_something_to_say_of_every_thing(thing: str) -> None:
    (answered,) = steps(f"what is the {thing}?")
    assert all(part in answered.instruction for part in vocabulary.DRAWABLE[thing].names if part != "shape")


def test_a_question_about_what_is_unknown_names_it() -> None:
    refused = refusal("what is a dragon?")
    assert 'unknown word "dragon"' in refused.reason


@pytest.mark.parametrize(
    "request_",
    [
        "explain in words only how to draw a cup",
        "Without pictures, tell me how to draw a cup.",
        "Only tell me in words how to draw a cup, no pictures",
    ],
)
def test_words_only_draws_nothing(request_: str) -> None:
    planned = steps(request_)
    assert len(planned) == 4
    assert all(step.prompt is None and step.instruction for step in planned)


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        ("draw a dragon", "dragon"),
        ("Draw a horse and a house", "horse"),
        ("", "empty"),
        (" \n ", "empty"),
        ("?!", "empty"),
        ("\x00\x01\x02", "no text"),
        ("hello", "nothing is asked for"),
        ("draw a house " * 400, "characters"),
        ("make the roof red", "no house"),
        ("draw a cat, then remove the tree", "no tree"),
        ("draw a cat with a hat", "no hat"),
        ("draw 50 stars", "50"),
        ("Solve x^2 = 4", "solve"),
        ('write "Привет" at the top', "letters"),
        ("draw a house in 0 steps", "0"),
        ("Zeichne ein Haus", "zeichne"),
        ("draw", "draw"),
    ],
)
def test_what_cannot_be_planned_is_refused_plainly(request_: str, named: str) -> None:
    refused = refusal(request_)
    assert named in refused.reason
    assert "--planner chat" in refused.remedy


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_planned_or_refused(text: str) -> None:
    refused = refused_or_none(text)
    assert refused is None or (refused.reason and refused.remedy)


SOUP = """
    draw add remove move paint make the a red blue house cat roof tail left top right corner of in on
    next to and then with without three stars it bigger . , ; 1. 2. step picture story about how do I
    exactly 4 steps
"""
WORDS = st.sampled_from(SOUP.split())


@settings(deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_any_words_are_planned_or_refused(words: list[str]) -> None:
    request = " ".join(words)
    refused = refused_or_none(request)
    assert refused is None or (refused.reason and refused.remedy)
    if refused is None:
        assert steps(request) == steps(request)
