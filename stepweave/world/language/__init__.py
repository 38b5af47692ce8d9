"""The language of the embedded world: reads requests, words them again, and describes pictures."""

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
from stepweave.world.language.reading import follow, parse
from stepweave.world.language.references import Mention

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
    "follow",
    "parse",
]
