"""Ordinary requests mean what a reader takes them to mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.world import vocabulary
from stepweave.world.language import LanguageError, follow, parse
from stepweave.world.language.lexicon import things_in
from stepweave.world.language.spelling import correct
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Turn,
)

HOUSE, TREE, CAT, BOAT, CIRCLE = (Reference(thing) for thing in ("house", "tree", "cat", "boat", "circle"))


@pytest.mark.parametrize(
    ("prompt", "operations"),
    [
        (
            "a small red house on the left and three yellow stars at the top, on a blue background",
            [
                Add("house", 1, "red", "small", "left"),
                Add("star", 3, "yellow", place="top"),
                Background("blue"),
            ],
        ),
        (
            "a red ball in the middle of the picture, on a blue background",
            [Add("circle", colour="red", place="middle"), Background("blue")],
        ),
        (
            "make the house large and flip the tree left to right",
            [Resize(HOUSE, "large"), Turn(TREE, flip=True)],
        ),
        ("Draw the walls of a house in beige..", [Add("house", colour="yellow", parts=("walls",))]),
        ("a cat sitting next to a boat", [Add("boat"), Add("cat", relation=Relation("next to", BOAT))]),
        ("a snowman with a red hat", [Add("snowman"), Recolour(Reference("snowman"), "red", "hat")]),
        ("a house without a door", [Add("house", parts=("walls", "roof", "window", "chimney"))]),
        ("Could you please draw a little kitty?", [Add("cat", size="small")]),
        (
            "On the left a red house, on the right a tree.",
            [Add("house", 1, "red", None, "left"), Add("tree", place="right")],
        ),
        ("2 cats", [Add("cat", 2)]),
        ("stars", [Add("star", 3)]),
        ("a crimson ball", [Add("circle", colour="red")]),
        ("a HUGE gray Box in the centre", [Add("box", 1, "grey", "large", "middle")]),
        ('write "Hello" in large red letters at the bottom', [Add("text", 1, "red", "large", "bottom", label="Hello")]),
        ("add a red roof to the house", [AddPart("roof", HOUSE, "red")]),
        ("give the house a red roof", [AddPart("roof", HOUSE, "red")]),
        ("add a chimney", [AddPart("chimney", HOUSE)]),
        ("remove the tree", [Remove(TREE)]),
        ("take away the sun", [Remove(Reference("sun"))]),
        ("take the hat off the snowman", [Remove(Reference("snowman"), "hat")]),
        ("remove all the small red circles", [Remove(Reference("circle", "red", "small", every=True))]),
        ("move the cat to the top right corner", [Move(CAT, "top right")]),
        ("move it left of the house", [Move(Reference(vocabulary.ANYTHING), relation=Relation("left of", HOUSE))]),
        ("move the cat on the left to the top", [Move(Reference("cat", place="left"), "top")]),
        ("put the ball inside the box", [Move(CIRCLE, relation=Relation("inside", Reference("box")))]),
        ("paint the roof blue", [Recolour(HOUSE, "blue", "roof")]),
        ("paint the cat's tail blue", [Recolour(CAT, "blue", "tail")]),
        ("paint the roof red and the walls blue", [Recolour(HOUSE, "red", "roof"), Recolour(HOUSE, "blue", "walls")]),
        ("change the colour of the boat to green", [Recolour(BOAT, "green")]),
        ("make the boat bigger", [Resize(BOAT, "bigger")]),
        ("make the boat a little smaller", [Resize(BOAT, "smaller")]),
        ("turn the sky night-blue", [Background("blue")]),
        (
            "a cat and a boat; make them bigger",
            [Add("cat"), Add("boat"), Resize(CAT, "bigger"), Resize(BOAT, "bigger")],
        ),
        ("make the sky black and put 5 stars on it", [Background("black"), Add("star", 5)]),
        (
            "replace the tree on the left with a house",
            [Replace(Reference("tree", place="left"), Add("house"))],
        ),
        ("move the star from the top left to the right", [Move(Reference("star", place="top left"), "right")]),
        ("swap the red circle with a blue one", [Replace(Reference("circle", "red"), Add("circle", colour="blue"))]),
        ("a house whose door is green", [Add("house"), Recolour(HOUSE, "green", "door")]),
        ("make everything bigger", [Resize(Reference(vocabulary.ANYTHING, every=True), "bigger")]),
        ("change the cat into a boat", [Replace(CAT, Add("boat"))]),
        ("a house; paint it red; move it to the left", [Add("house"), Recolour(HOUSE, "red"), Move(HOUSE, "left")]),
        ("draw a hosue and a boaat", [Add("house"), Add("boat")]),
    ],
)
def test_ordinary_requests_are_read(prompt: str, operations: list[Operation]) -> None:
    assert list(parse(prompt).operations) == operations


@given(st.sampled_from(sorted(vocabulary.DRAWABLE)).filter(lambda word: len(word) > 4 and word.isalpha()), st.data())
def test_two_letters_swapped_are_put_right(thing: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(thing) - 2))
    typed = thing[:at] + thing[at + 1] + thing[at] + thing[at + 2 :]
    assert parse(f"draw a {typed}").operations == (Add(thing),)


def test_it_can_be_said_what_it_means() -> None:
    sentence, named = follow("add a cat next to the boat")
    assert follow("paint it blue", named)[0].operations == (Recolour(CAT, "blue"),)
    assert sentence.operations == (Add("cat", relation=Relation("next to", BOAT)),)


@pytest.mark.parametrize(
    "words",
    [
        *(
            " on a cat",
            " with a cat",
            " next to a red box,",
            " the cat",
            " of a",
            " a",
            " asleep and sad",
            " and the cat",
        ),
        *(
            " between a cat and",
            " holding a cat",
            " in a garden",
            " must be",
            " upside down",
            " clearly",
            " red apples",
        ),
        *(" to the left", " and nowhere else", " the snow of", " that is"),
    ],
)
def test_no_request_takes_long(words: str) -> None:
    """Readings that are tried again and again would take minutes here, and the time limit of tests would tell."""
    with pytest.raises(LanguageError):
        parse(("draw a cat" + words * 300)[:2000])


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        sentence = parse(text)
    except LanguageError as error:
        sentence = None
        reason = error.reason
    assert sentence.operations if sentence else reason


def test_a_word_without_end_is_no_slip_of_any_other() -> None:
    """All words a letter away are looked up: of a word of 20,000 letters those alone would fill the memory."""
    words = ("a" * 20_000, "ho" + "u" * 60 + "se")
    assert [correct(word, {"house", word + "s"}) for word in words] == [None, None]
    assert correct("hosue", {"house"}) == "house"
    assert things_in(f"{words[0]} {words[1]} hosue") == ("house",)
