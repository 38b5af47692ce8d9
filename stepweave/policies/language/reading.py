"""Reading an answer: from the text of a model to the fields of a wire model, or a fault that says what is wrong.

The server's word on why the model stopped comes first: a text that was cut off can be closed and look whole, and is
never read. Then the answer is looked for where such texts have it, mended where it is not quite in notation, and
checked; the last piece that passes is the answer, for a model that answers twice means the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from stepweave.policies.language.notation import objects, readings
from stepweave.policies.language.wire import Wire

W = TypeVar("W", bound=Wire)

LONGEST = 1024 * 1024
"""Characters of an answer that is read at all."""
PIECES = 8
"""Places in an answer that are looked at."""
_BLANKS = 64
"""Blanks at the end of a text that was cut off, by which it is known to loop."""
_PERIOD, _TIMES = 64, 8
"""The same for what repeats: characters at most, and how often."""

_THOUGHT = re.compile(r"<\s*think(?:ing)?\s*>(.*?)(?:<\s*/\s*think(?:ing)?\s*>|(?=<\s*answer\s*>)|\Z)", re.S | re.I)
_THOUGHT_ENDS = re.compile(r"<\s*/\s*think(?:ing)?\s*>", re.I)
_ANSWER = re.compile(r"<\s*answer\s*>", re.I)
_ANSWER_ENDS = re.compile(r"<\s*/\s*answer\s*>", re.I)
_FENCE = re.compile(r"```[a-zA-Z0-9]*\s*\n?(.*?)```", re.S)


class ReadError(ValueError):
    """What a model wrote is no answer; the text says why, to a person and to the model."""


class CutOff(ReadError):
    """The model was stopped before it was done."""

    def __init__(self, characters: int) -> None:
        super().__init__(
            f"the answer was cut off after {characters} characters; be brief (or raise max_tokens or the context)"
        )


class Looping(ReadError):
    """The model wrote the same thing again and again."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the answer repeats {what!r} without end")


class Withheld(ReadError):
    """The server keeps the answer back."""

    def __init__(self) -> None:
        super().__init__("the server withholds the answer (content filter); word the request differently")


class Unreadable(ReadError):
    """There is no answer in the text, or not one of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Read(Generic[W]):
    """What was read."""

    value: W
    thought: str
    """What the model said on the way to its answer."""
    mended: bool
    """Whether the answer was not quite in notation."""


def read(text: str, finish: str, wire: type[W]) -> Read[W]:
    """Read the answer of a model.

    Args:
        text: all it wrote.
        finish: why it stopped, in the words of the OpenAI API or of vLLM; empty: the server does not say.
        wire: the kind of answer.

    Raises:
        CutOff, Looping, Withheld, Unreadable: there is no such answer in it.
    """
    _check(text, finish)
    faults: list[str] = []
    for piece, closed in _pieces(text):
        if not closed and finish != "stop":
            raise CutOff(len(text))
        for data, mended in readings(piece):
            try:
                return Read(wire.model_validate(data), _thought(text, piece), mended)
            except ValidationError as error:
                faults.append(_fault(error))
            except RecursionError:
                faults.append("it is nested too deeply")
    if not text.strip():
        raise Unreadable("the answer is empty")
    raise Unreadable(min(faults, key=len) if faults else f"there is no JSON object in it: {_quoted(text)}")


def _check(text: str, finish: str) -> None:
    """Raise if the text is not to be read."""
    if finish == "content_filter":
        raise Withheld
    if finish in ("length", "repetition"):
        if (what := _repeated(text)) or finish == "repetition":
            raise Looping(what or text[-_PERIOD:])
        raise CutOff(len(text))
    if len(text) > LONGEST:
        raise Unreadable(f"the answer has {len(text)} characters, at most {LONGEST} are read")


def _repeated(text: str) -> str:
    """What a text ends with again and again; empty: nothing."""
    if len(text) >= _BLANKS and not text[-_BLANKS:].strip():
        return text[-1]
    tail = text[-_PERIOD * _TIMES :]
    for period in range(1, len(tail) // _TIMES + 1):
        if tail.endswith(tail[-period:] * _TIMES):
            return tail[-period:]
    return ""


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The places of a text where its answer may be, the likeliest first, and whether they are closed."""
    seen: set[str] = set()
    for place in _places(text):
        fenced = [found[1] for found in _FENCE.finditer(place)]
        for part in (*reversed(fenced), place):
            for piece, closed in objects(part):
                if piece not in seen:
                    seen.add(piece)
                    yield piece, closed
                if len(seen) == PIECES:
                    return


def _places(text: str) -> Iterator[str]:
    answers = [_ANSWER_ENDS.split(part, maxsplit=1)[0] for part in _ANSWER.split(text)[1:]]
    yield from reversed(answers)
    after = _THOUGHT_ENDS.split(text)
    yield after[-1]
    if len(after) > 1 or answers:
        yield _THOUGHT.sub("", text)


def _thought(text: str, piece: str) -> str:
    """What is said before the answer: between its tags, or as it is."""
    thoughts = [found[1].strip() for found in _THOUGHT.finditer(text)]
    if thoughts:
        return "\n".join(filter(None, thoughts))
    before = _ANSWER.split(text[: text.rfind(piece)])[0]
    before = _THOUGHT_ENDS.split(before)[0]  # some servers strip the first tag
    return before.replace("```json", "").replace("```", "").strip()


def _fault(error: ValidationError) -> str:
    """The first thing that is wrong, by the name of its field."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the answer"
    given = "" if first["type"] == "missing" else f", not {_quoted(repr(first['input']))}"
    return f"{where}: {first['msg']}{given}"


def _quoted(text: str, most: int = 80) -> str:
    """The beginning of a text, for an error."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
