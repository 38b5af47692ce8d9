"""From a prompt to operations: the way through tokens, lexemes, clauses and their meaning."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.world.effort import spend
from stepweave.world.language.clauses import clauses
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NothingAsked, TooLong
from stepweave.world.language.lexicon import lexemes
from stepweave.world.language.meaning import operations
from stepweave.world.language.references import Mention
from stepweave.world.language.tokens import tokens
from stepweave.world.scene import Sentence

_UNITS = 40
"""Of effort, for each word."""
LONGEST = 2000
"""Most characters of a prompt."""


def parse(prompt: str, named: Sequence[Mention] = (), *, longest: int = LONGEST) -> Sentence:
    """Read an ordinary English request, in one sentence or several.

    Args:
        prompt: what is asked for, such as "a small red house on the left" or "make it bigger".
        named: what was named before, for "it" and "them" to mean.
        longest: most characters that are read.

    Raises:
        LanguageError: it cannot be read in full; a request is never half understood.
    """
    return follow(prompt, named, longest=longest)[0]


def follow(
    prompt: str, named: Sequence[Mention] = (), *, longest: int = LONGEST
) -> tuple[Sentence, tuple[Mention, ...]]:
    """Read a request as :func:`parse` does, and tell what was named in it for the next one.

    Raises:
        LanguageError: it cannot be read in full.
    """
    if len(prompt) > longest:
        raise TooLong(len(prompt), longest)
    read = lexemes(tokens(prompt))
    spend(_UNITS * len(read))
    if not any(not {"comma", "stop", "and", "then"} & set(lexeme.readings) for lexeme in read):
        raise NothingAsked(prompt)
    found, mentions = operations(clauses(Cursor(read)), named)
    return Sentence(found, prompt), mentions
