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
        ("?!", "no words"),
        ("draw -5 cats", "-5"),
        ("How do I plant a tree?", "plant a tree"),
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
    assert refused.remedy


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


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("In a row there is a duck, a pig and an owl. Who is in the middle?", "The pig is"),
        (
            "A cat sits left of a house and a tree right of it. Is the tree left or right of the cat?",
            "right of the cat",
        ),
        ("The key is in the box and the box is on the table. Where is the key?", "inside the box"),
        ("A red block is on a blue block and a green block is on the red block. Which is at the bottom?", "blue block"),
        ("A bear holds a balloon. What does the bear hold?", "the balloon"),
        ("a house, a tree, a car from left to right. what is between the house and the car?", "The tree is"),
        ("If an elephant stands behind a tree, which one is in front?", "The tree is"),
        ("If there are 4 apples on the table and the dog takes 2, how many are left? just tell me", "two apples"),
        ("Three red blocks plus 5 blue blocks makes how many blocks", "eight blocks"),
        ("A cat, two dogs and a bird. How many animals in total?", "four things"),
    ],
)
def test_questions_about_a_picture_are_answered_from_its_layout(request_: str, said: str) -> None:
    (answered,) = steps(request_)
    assert answered.prompt is None
    assert said in answered.instruction


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("Do you know how to draw animals? Which ones?", "elephant"),
        ("Don't draw anything, just tell me how many wheels a bicycle has.", "two wheels"),
        ("Is a square a rectangle, yes or no?", "Yes"),
        ("Is a rectangle a square?", "No"),
        ("Is a penguin a bird?", "Yes"),
        ("Is a bird a duck?", "No"),
        ("does this work with written words in the picture or only with objects", "in quotes"),
        ("hi, is it possible that I change a picture after you made it?", "added, removed"),
        ("Just a question: can a box be opened in your pictures?", "Yes"),
        ("Could you tell me whether a snail can fly", "Yes"),
        ("Does a snowman have a hat?", "Yes"),
        ("Does a snail have wings?", "No"),
        ("How many wings does a snail have?", "None"),
        ("What is the difference between a cup and a bowl?", "handle"),
        ("how many pictures can a story have?", "up to 12"),
    ],
)
def test_questions_are_worded_freely(request_: str, said: str) -> None:
    (answered,) = steps(request_)
    assert answered.prompt is None
    assert said in answered.instruction


@pytest.mark.parametrize(
    "request_",
    [
        "Can you draw a cat?",
        "What would a bear look like on a bicycle?",
        "Could there be a huge yellow moon over a tiny house tonight?",
        "Would it be possible to get a small white dog in front of a truck?",
        "Is it ok if I get a pig on a table? Draw it large.",
    ],
)
def test_what_asks_for_a_picture_is_no_question(request_: str) -> None:
    assert all(step.prompt for step in steps(request_))


def test_a_question_that_nothing_answers_is_refused() -> None:
    assert "no answer" in refusal("Is it alright if I come again tomorrow?").reason
