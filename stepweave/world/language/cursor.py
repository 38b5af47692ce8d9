"""A place in a row of lexemes, from which the grammar reads on and to which it can go back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar, cast

from stepweave.world.language.errors import NotUnderstood
from stepweave.world.language.lexicon import Lexeme

DEEPEST = 16
"""How deep one thing may stand within another: "a cat on a box on a box on ..."."""
Read = TypeVar("Read")


class Cursor:
    """Reads lexemes one after the other; ``position`` may be kept and set again to try another reading."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self._lexemes = tuple(lexemes)
        self.position = 0
        self._read: dict[tuple[int, Hashable], tuple[object, int]] = {}
        self._depth = 0

    def once(self, what: Hashable, read: Callable[[], Read]) -> Read:
        """Read something here, or take what it was when it was read here before: no reading takes long this way.

        Raises:
            NotUnderstood: it stands too deep within other things.
        """
        key = (self.position, what)
        if key in self._read:
            found, self.position = self._read[key]
            return cast("Read", found)
        if self._depth >= DEEPEST:
            raise NotUnderstood(self.rest_of_sentence(self.position), "say it in several sentences")
        self._depth += 1
        found = read()
        self._depth -= 1
        self._read[key] = (found, self.position)
        return found

    @property
    def ended(self) -> bool:
        """Nothing is left."""
        return self.position >= len(self._lexemes)

    def peek(self, kind: str, ahead: int = 0) -> str | None:
        """What the next lexeme (or one further ahead) means as a word of this kind, if it can be one."""
        index = self.position + ahead
        return self._lexemes[index].readings.get(kind) if index < len(self._lexemes) else None

    def sees(self, *kinds: str, ahead: int = 0) -> bool:
        """Whether the next lexeme can be a word of one of these kinds."""
        return any(self.peek(kind, ahead) is not None for kind in kinds)

    def take(self, kind: str) -> str | None:
        """Read the next lexeme as a word of this kind; ``None``, and nothing is read, if it cannot be one."""
        meaning = self.peek(kind)
        if meaning is not None:
            self.position += 1
        return meaning

    def skip(self, *kinds: str) -> bool:
        """Read over all words of these kinds; whether there were any."""
        start = self.position
        while self.sees(*kinds):
            self.position += 1
        return self.position > start

    @property
    def plural(self) -> bool:
        """Whether the lexeme just read is a plural."""
        return self._lexemes[self.position - 1].plural

    def text(self, start: int, end: int | None = None) -> str:
        """The words between two positions, as they were read."""
        return " ".join(lexeme.text for lexeme in self._lexemes[start:end])

    def rest_of_sentence(self, start: int) -> str:
        """The words from a position to the next full stop."""
        end = start
        while end < len(self._lexemes) and "stop" not in self._lexemes[end].readings:
            end += 1
        return self.text(start, end)
