"""From a prompt to operations: the way through tokens, lexemes, clauses and their meaning."""

from __future__ import annotations

from stepweave.world.language.clauses import clauses
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NothingAsked, TooLong
from stepweave.world.language.lexicon import lexemes
from stepweave.world.language.meaning import operations
from stepweave.world.language.references import Mention
from stepweave.world.language.tokens import tokens
from stepweave.world.scene import Sentence

LONGEST = 2000
"""Most characters of a prompt."""


def parse(prompt: str, about: Mention | None = None, *, longest: int = LONGEST) -> Sentence:
    """Read an ordinary English request, in one sentence or several.

    Args:
        prompt: what is asked for, such as "a small red house on the left" or "make it bigger".
        about: what "it" means before anything is named.
        longest: most characters that are read.

    Raises:
        LanguageError: it cannot be read in full; a request is never half understood.
    """
    return follow(prompt, about, longest=longest)[0]


def follow(prompt: str, about: Mention | None = None, *, longest: int = LONGEST) -> tuple[Sentence, Mention | None]:
    """Read a request as :func:`parse` does, and tell what "it" means after it.

    Raises:
        LanguageError: it cannot be read in full.
    """
    if len(prompt) > longest:
        raise TooLong(len(prompt), longest)
    read = lexemes(tokens(prompt))
    if not any(not {"comma", "stop", "and", "then"} & set(lexeme.readings) for lexeme in read):
        raise NothingAsked(prompt)
    found, mention = operations(clauses(Cursor(read)), about)
    return Sentence(found, prompt), mention
