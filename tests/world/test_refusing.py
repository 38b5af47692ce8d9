"""What is not understood in full is refused, with what is known nearby and what would help."""

from __future__ import annotations

import pytest

from stepweave.world.language import (
    Incomplete,
    LabelTooLong,
    LanguageError,
    NoSuchPart,
    NothingAsked,
    NotPossible,
    NotUnderstood,
    TooLong,
    TooMany,
    UnknownWords,
    lexicon,
    names,
    parse,
)


@pytest.mark.parametrize(
    ("prompt", "error", "named"),
    [
        ("draw a dragon", UnknownWords, "dragon"),
        ("a horse next to the house", UnknownWords, "horse"),
        ("a hungry cat", UnknownWords, "hungry"),
        ("make the tree twice as big", UnknownWords, "as"),
        ("", NothingAsked, "nothing"),
        ("please, thank you!", NothingAsked, "nothing"),
        ("a cat with a hat", NoSuchPart, "hat"),
        ("fifty", UnknownWords, "fifty"),
        ("50 stars", TooMany, "50"),
        ("paint the roof", Incomplete, "colour"),
        ("add eyes", Incomplete, "eyes"),
        ("move the cat", Incomplete, "where"),
        ("write at the bottom", LanguageError, ""),
        ("a red blue house", NotPossible, "one colour"),
        ("make the roof bigger", NotPossible, "roof"),
        ("an elephant with big ears", NotPossible, "ears"),
        ("a bear with open arms", NotPossible, "arms"),
        ("red the of", NotUnderstood, "red the of"),
        ('write "' + "x" * 99 + '"', LabelTooLong, "99"),
        ("a cat " * 999, TooLong, "characters"),
    ],
)
def test_what_is_not_understood_in_full_is_refused(prompt: str, error: type[LanguageError], named: str) -> None:
    with pytest.raises(error) as caught:
        parse(prompt)
    assert named in caught.value.reason
    assert caught.value.remedy


def test_all_unknown_words_are_named_with_what_is_near() -> None:
    with pytest.raises(UnknownWords) as caught:
        parse("a horse, a castle and a zzz")
    assert caught.value.words == ("horse", "castle", "zzz")
    assert caught.value.nearby["horse"][:2] == ("dog", "pig")
    assert "house" in caught.value.nearby["castle"]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("wolf", "dog"),
        ("shark", "fish"),
        ("helicopter", "plane"),
        ("forest", "tree"),
        ("volcano", "mountain"),
        ("pizza", "cake"),
        ("sofa", "chair"),
        ("teapot", "cup"),
        ("desert", "cactus"),
        ("waving", "dances"),
        ("kiss", "smiles"),
        ("castles", "house"),
    ],
)
def test_something_is_known_near_what_is_not(word: str, known: str) -> None:
    with pytest.raises(UnknownWords) as caught:
        parse(f"draw a {word}")
    assert known in caught.value.nearby[word]


def test_what_stands_for_unknown_words_is_unknown() -> None:
    known = {word for akin in names.KIN.values() for word in akin.split(", ") if lexicon.known_alone(word)}
    assert not known
