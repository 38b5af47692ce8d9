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
        ("a pink background", "An empty picture with a pink background."),
    ],
)
def test_a_picture_is_described(prompt: str, words: str) -> None:
    assert describe(apply_all(Scene(), parse(prompt).operations)) == words


def test_a_description_can_be_drawn() -> None:
    words = describe(apply_all(Scene(), parse("a red house on the left, two blue stars at the top right").operations))
    assert apply_all(Scene(), parse(words).operations).items
