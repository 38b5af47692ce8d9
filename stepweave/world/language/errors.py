"""What can be wrong with a sentence: one class per situation, each saying what it met and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class LanguageError(Exception):
    """A sentence could not be read; nothing was made of it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}; {remedy}" if remedy else reason)
        self.reason = reason
        self.remedy = remedy


class NothingAsked(LanguageError):
    """There is nothing to draw or to change in it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(
            f"nothing is asked for in {quoted(text)}" if text.strip() else "nothing is asked for",
            'say what to draw or to change, for example "a red house on the left"',
        )


class TooLong(LanguageError):
    """It is longer than a prompt may be."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the prompt has {length} characters, at most {limit} are read", "shorten or split it")


class UnknownWords(LanguageError):
    """It uses words that are not in the vocabulary."""

    def __init__(self, words: Sequence[str], nearby: Mapping[str, Sequence[str]], known: str = "") -> None:
        near = "; ".join(f"near {quoted(word)} it knows {', '.join(found)}" for word, found in nearby.items() if found)
        several = "s" if len(words) > 1 else ""
        super().__init__(
            f"unknown word{several} {', '.join(map(quoted, words))}",
            "; ".join(part for part in (near, known, 'words to be written go in quotes: write "Hello"') if part),
        )
        self.words = tuple(words)
        self.nearby = {word: tuple(found) for word, found in nearby.items()}


class NotUnderstood(LanguageError):
    """The words are known, but not what they ask for together."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(
            f"it is not clear what {quoted(text)} asks for",
            hint or 'say it more simply, for example "add a red roof to the house" or "move the cat to the top left"',
        )
        self.text = text


class Incomplete(LanguageError):
    """Something that is needed was left unsaid: which colour, which place, whose part."""


class NotPossible(LanguageError):
    """It is understood, but the embedded world cannot show it."""


class NoSuchPart(LanguageError):
    """The thing has no part of that name."""

    def __init__(self, thing: str, part: str, parts: Sequence[str]) -> None:
        super().__init__(f"a {thing} has no {part}", f"the parts of a {thing}: {', '.join(parts)}")
        self.thing = thing
        self.part = part


class TooMany(LanguageError):
    """More things at once than a picture can hold."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(f"{count} is not a number of things it can draw at once", f"ask for 1 to {limit}")


class LabelTooLong(LanguageError):
    """The words to be written do not fit into a picture."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the words to write have {length} characters, at most {limit} fit", "shorten them")


def quoted(text: str, longest: int = 60) -> str:
    """The words in quotes, shortened where they are long."""
    text = " ".join(text.split())
    return f'"{text[: longest - 1]}…"' if len(text) > longest else f'"{text}"'
