"""Cuts text into words, numbers, quotations and punctuation, and knows nothing of what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from stepweave.world.effort import spend

Kind = Literal["word", "number", "quote", "comma", "stop", "odd"]

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
"""Typographic apostrophes, all read as the plain one."""

CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "it's": ("it", "is"),
    "there's": ("there", "is"),
    "that's": ("that", "is"),
    "let's": ("let", "us"),
    "i'd": ("i", "would"),
    "i'll": ("i", "will"),
    "we'll": ("we", "will"),
    "i'm": ("i", "am"),
    "they're": ("they", "are"),
    "don't": ("do", "not"),
}
"""Words written together, and what they are said apart."""

_PATTERN = re.compile(
    r"""
    "(?P<double>[^"\n]*)" | “(?P<curly>[^”\n]*)” | «(?P<guillemets>[^»\n]*)»
    | (?<![\w'])'(?P<single>[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*)'(?!\w)
    | (?P<number>\d+(?:[.,]\d+)*)(?![^\W\d_])
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    | (?P<stop>[.!?;:\n…]+)
    | (?P<comma>[,()\[\]–—]|\s-+\s)
    | (?P<glue>[\s\-'/*_]+)
    | (?P<odd>[^\s\w]|\w+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of text: a word in lower case, the digits of a number, or the inside of a quotation as it stands."""

    kind: Kind
    text: str


def tokens(text: str) -> tuple[Token, ...]:
    """Cut text into tokens; nothing but white space, hyphens and slashes is lost."""
    spend(len(text))
    found: list[Token] = []
    for match in _PATTERN.finditer(text.translate(APOSTROPHES)):
        group = match.lastgroup or "glue"
        found.extend(_token(group, match[group] if match[group] is not None else ""))
    return tuple(found)


def _token(group: str, text: str) -> tuple[Token, ...]:
    match group:
        case "glue":
            return ()
        case "double" | "curly" | "guillemets" | "single":
            return (Token("quote", text),)
        case "word":
            return _word(text.lower())
        case "number" | "stop" | "comma":
            return (Token(cast("Kind", group), text),)
    return (Token("odd", text),)


def _word(word: str) -> tuple[Token, ...]:
    if apart := CONTRACTIONS.get(word):
        return tuple(Token("word", part) for part in apart)
    if word.endswith("'s"):
        return Token("word", word[:-2]), Token("word", "'s")
    return (Token("word", word.replace("'", "")),)
