"""The language of the embedded world: reads requests, words them again, and describes pictures."""

from stepweave.world.language.describing import describe
from stepweave.world.language.errors import (
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
)
from stepweave.world.language.insisting import insist, sharpened
from stepweave.world.language.reading import follow, parse
from stepweave.world.language.references import Mention
from stepweave.world.language.wording import compose, phrase

__all__ = [
    "Incomplete",
    "LabelTooLong",
    "LanguageError",
    "Mention",
    "NoSuchPart",
    "NotPossible",
    "NotUnderstood",
    "NothingAsked",
    "TooLong",
    "TooMany",
    "UnknownWords",
    "compose",
    "describe",
    "follow",
    "insist",
    "parse",
    "phrase",
    "sharpened",
]
