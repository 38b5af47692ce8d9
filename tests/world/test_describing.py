"""Pictures are described for those who cannot see them."""

from __future__ import annotations

import pytest

from stepweave.world.language import describe, parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Scene


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a red house on the left", "A red house on the left, on a white background."),
        ("three stars at the top, on a blue background", "Three yellow stars at the top, on a blue background."),
        ("a house with a green roof", "A yellow house with a green roof in the middle, on a white background."),
        ("a house without a door", "A yellow house without its door in the middle, on a white background."),
        ("the walls of a red house", "The walls of a red house in the middle, on a white background."),
        ("a small person in red", "A small person in red in the middle, on a white background."),
        ('write "Hi" at the top', 'The words "Hi" in black at the top, on a white background.'),
        ("a sleeping cat in a garden", "An orange sleeping cat in the middle, in a garden."),
        ("two happy green frogs at the beach", "Two green smiling frogs at the bottom, on a beach."),
        ("a red house upside down", "A red upside-down house in the middle, on a white background."),
        (
            "a mirrored red boat turned to the left",
            "A red mirrored boat turned to the left in the middle, on a white background.",
        ),
        (
            "a person holding a red cup at night",
            "A person in blue in the middle and a small red cup held by the person, at night.",
        ),
        ("set the scene in the snow", "An empty picture in the snow."),
        ("a pink background", "An empty picture with a pink background."),
    ],
)
def test_a_picture_is_described(prompt: str, words: str) -> None:
    assert describe(apply_all(Scene(), parse(prompt).operations)) == words


@pytest.mark.parametrize(
    "prompt",
    [
        "a red house on the left, two blue stars at the top right",
        "a sleeping penguin in the snow",
        "a person holding a red cup in a garden",
        "an upside-down boat without a flag at sea",
    ],
)
def test_a_description_can_be_drawn(prompt: str) -> None:
    scene = apply_all(Scene(), parse(prompt).operations)
    again = apply_all(Scene(), parse(describe(scene)).operations)
    assert describe(again) == describe(scene)
