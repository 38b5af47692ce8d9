"""Data as models write it: JSON, Python's notation, and what is almost one of them. Pure functions of text.

Every reading is bounded. What could be written to make a reader slow or deep (a model repeats whatever it is told) is
refused before it is looked at.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from typing import Any

import json_repair

LONGEST = 16 * 1024
"""Characters of data that is not plain JSON, at most: to mend 64 KiB takes a tenth of a second."""
DEEPEST = 32
"""Brackets within brackets, at most."""

_OPENING, _CLOSING = "{[", "}]"
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "„": "“", "‘": "’", "「": "」", "『": "』", "＂": "＂"}
"""What begins a text, and what ends it then."""
_WIDE = str.maketrans("：，、；｛｝［］【】（）　", ":,,;{}[][]() ")
"""Punctuation as it is typed in Chinese and Japanese, and what it stands for outside of texts."""


def readings(text: str) -> Iterator[tuple[Any, bool]]:
    """All that a piece of data may mean, the most faithful reading first, and whether it had to be mended.

    Args:
        text: from its first bracket to its last.
    """
    for number, read in enumerate(_READERS):
        if number and (len(text) > LONGEST or depth(text) > DEEPEST):
            return
        try:
            yield read(text), number > 0
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue


def _loose(text: str) -> Any:
    """JSON with line breaks within its texts."""
    return json.loads(text, strict=False)


def _python(text: str) -> Any:
    """Python's notation, of which nothing is carried out."""
    return ast.literal_eval(text)


def _plain(text: str) -> Any:
    """JSON in another typography."""
    plain = ascii_marks(text)
    if plain == text:
        raise ValueError("there is nothing to replace")
    try:
        return json.loads(plain)
    except ValueError:
        return ast.literal_eval(plain)


def _mended(text: str) -> Any:
    """What a library that is made for it makes of the text."""
    found = json_repair.loads(ascii_marks(text), skip_json_loads=True)
    if not isinstance(found, dict | list) or not found:
        raise ValueError("nothing can be made of it")
    return found


_READERS: tuple[Callable[[str], Any], ...] = (json.loads, _loose, _python, _plain, _mended)


def ascii_marks(text: str) -> str:
    """A text with the brackets, commas, colons and quotes of ASCII, but for what stands within its texts."""
    written: list[str] = []
    ends, quote = "", ""
    escaped = False
    for index, mark in enumerate(text):
        if not ends:
            ends = _QUOTES.get(mark, "")
            quote = "'" if mark == "'" else '"'
            written.append(quote if ends else mark.translate(_WIDE))
        elif escaped or mark == "\\":
            escaped = not escaped
            written.append(mark)
        elif mark in (ends, quote) and (mark == quote == ends or _ends_here(text, index)):
            ends = ""
            written.append(quote)
        else:
            written.append("\\" + mark if mark == quote else mark)
    return "".join(written)


def _ends_here(text: str, index: int) -> bool:
    """Whether a quote that may belong to a text ends it: what follows is no part of a text."""
    rest = text[index + 1 :].lstrip()
    return not rest or rest[0] in ":：,，、}｝]］】"


def objects(text: str) -> Iterator[tuple[str, bool]]:
    """The outermost bracketed pieces of a text, the last one first, and whether they are closed.

    Of one that is not, what there is of it.
    """
    found: list[tuple[str, bool]] = []
    start, open_, quote = 0, 0, ""
    escaped = False
    for index, mark in enumerate(text.translate(_WIDE)):
        if quote:
            if escaped or mark == "\\":
                escaped = not escaped
            elif mark == quote:
                quote = ""
        elif mark == '"' and open_:
            quote = mark
        elif mark in _OPENING:
            start = start if open_ else index
            open_ += 1
        elif mark in _CLOSING and open_:
            open_ -= 1
            if not open_:
                found.append((text[start : index + 1], True))
    if open_:
        found.append((text[start:], False))
    yield from reversed(found)


def depth(text: str) -> int:
    """How many brackets are open within each other at most, wherever they stand."""
    deepest = now = 0
    for mark in text:
        if mark in _OPENING or mark == "(":
            now += 1
            deepest = max(deepest, now)
        elif mark in _CLOSING or mark == ")":
            now = max(0, now - 1)
    return deepest
