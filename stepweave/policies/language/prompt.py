"""Prompts as files: what a model is told, with places for words and pictures.

    --- system
    You are ...
    --- user
    [[inputs]]
    Request: $request

A line `--- role` begins a message, a line `[[name]]` is a place for pictures, `$name` one for words. A paragraph whose
places all stay empty is left out, and its heading with it. What is put into a place is data: nothing in it is looked
for again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Literal, cast

from stepweave.messages import Blob, Said

LONGEST = 64 * 1024
"""Bytes of a prompt's file."""

Kind = Literal["plan", "revise", "judge", "observe"]
Role = Literal["system", "user"]

_WORDS: Mapping[Kind, frozenset[str]] = {
    "plan": frozenset({"request", "steps", "notes", "format"}),
    "revise": frozenset({"request", "steps", "notes", "format", "plan", "failed", "reasons"}),
    "judge": frozenset({"prompt", "drawn", "story", "notes", "format"}),
    "observe": frozenset({"instruction", "format"}),
}
_PICTURES: Mapping[Kind, frozenset[str]] = {
    "plan": frozenset({"inputs"}),
    "revise": frozenset({"inputs"}),
    "judge": frozenset({"before", "references", "after"}),
    "observe": frozenset({"goal", "observed"}),
}
_NEEDED: Mapping[Kind, frozenset[str]] = {
    "plan": frozenset({"request", "format"}),
    "revise": frozenset({"request", "plan", "failed", "format"}),
    "judge": frozenset({"prompt", "after", "format"}),
    "observe": frozenset({"instruction", "goal", "observed", "format"}),
}
"""Places without which a model could not know what it is about."""

_ROLE = re.compile(r"--- *(\w+) *")
_PLACE = re.compile(r"\[\[ *(\w+) *\]\]")


class BadPrompt(ValueError):
    """A prompt file cannot be used; the text names the file and the line."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines between two empty ones: words, and names of places for pictures, in their order."""

    parts: tuple[Template | str, ...]

    def fill(self, words: Mapping[str, str], pictures: Mapping[str, Sequence[Blob]]) -> list[str | Blob]:
        """What stands there in the end; nothing, if there are places and all stay empty."""
        filled: list[str | Blob] = []
        places: list[object] = []
        for part in self.parts:
            if isinstance(part, str):
                places.append(pictures.get(part))
                filled += pictures.get(part, ())
            else:
                places += [words[name].strip() for name in part.get_identifiers()]
                filled.append(part.substitute(words).rstrip())
        return filled if any(places) or not places else []


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told for one kind of question."""

    kind: Kind
    messages: tuple[tuple[Role, tuple[_Paragraph, ...]], ...]
    digest: str
    """The first twelve digits of the SHA-256 of its text."""

    def fill(self, words: Mapping[str, str], pictures: Mapping[str, Sequence[Blob]]) -> tuple[Said, ...]:
        """The messages, with something in every place."""
        return tuple(
            Said(role=role, parts=_joined([paragraph.fill(words, pictures) for paragraph in paragraphs]))
            for role, paragraphs in self.messages
        )


def _joined(paragraphs: Sequence[Sequence[str | Blob]]) -> tuple[str | Blob, ...]:
    """Paragraphs with an empty line between; words that follow each other are one part."""
    joined: list[str | Blob] = []
    for paragraph in paragraphs:
        for number, part in enumerate(paragraph):
            if not part:
                continue
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += ("\n" if number else "\n\n") + part
            else:
                joined.append(part)
    return tuple(joined)


def load(kind: Kind, path: Path | None = None) -> Prompt:
    """Read a prompt: a file of the user's, or else our own.

    Raises:
        BadPrompt: it cannot be read, or has a place that is not known or lacks one that is needed.
    """
    if path is None:
        return parse(kind, files(__package__).joinpath("prompts", f"{kind}.md").read_text("utf-8"), f"{kind}.md")
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise BadPrompt(
                str(path), f"it has more than {LONGEST} bytes; a prompt that long leaves no room for answers"
            )
        return parse(kind, data.decode("utf-8-sig"), str(path))
    except OSError as error:
        raise BadPrompt(str(path), f"it cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError as error:
        raise BadPrompt(str(path), f"it is not UTF-8 (byte {error.start})") from None


def parse(kind: Kind, text: str, where: str) -> Prompt:
    """Take a prompt's text apart.

    Args:
        kind: what it asks for.
        text: the contents of the file.
        where: its name, for errors.

    Raises:
        BadPrompt: see :func:`load`.
    """
    messages: list[tuple[Role, list[_Paragraph]]] = []
    paragraph: list[Template | str] = []
    found: set[str] = set()
    for number, line in enumerate((*text.splitlines(), ""), start=1):
        at = f"{where}:{number}"
        head = _ROLE.fullmatch(line)
        if paragraph and (head or not line.strip()):
            messages[-1][1].append(_Paragraph(tuple(paragraph)))
            paragraph = []
        if head:
            messages.append((_role(head[1], at), []))
        elif not line.strip():
            continue
        elif not messages:
            raise BadPrompt(at, "the first line has to be --- system or --- user")
        elif place := _PLACE.fullmatch(line.strip()):
            found.add(_known(place[1], _PICTURES[kind], at, "place for pictures"))
            paragraph.append(place[1])
        else:
            template = Template(line)
            found |= _words(template, kind, at)
            paragraph.append(template)
    if missing := sorted(_NEEDED[kind] - found):
        raise BadPrompt(where, f"it has no place for {', '.join(missing)}; {_places(kind)}")
    whole = tuple((role, tuple(paragraphs)) for role, paragraphs in messages)
    return Prompt(kind, whole, sha256(text.encode()).hexdigest()[:12])


def _role(name: str, where: str) -> Role:
    if name not in ("system", "user"):
        raise BadPrompt(where, f"there is no role {name!r}; write --- system or --- user")
    return cast("Role", name)


def _words(template: Template, kind: Kind, where: str) -> set[str]:
    """The places for words in a line."""
    if not template.is_valid():
        raise BadPrompt(where, "a $ stands for itself when it is written twice, $$; else a name follows it")
    return {_known(name, _WORDS[kind], where, "place for words") for name in template.get_identifiers()}


def _known(name: str, names: frozenset[str], where: str, what: str) -> str:
    if name not in names:
        raise BadPrompt(where, f"{name!r} is no {what}; there are {', '.join(sorted(names))}")
    return name


def _places(kind: Kind) -> str:
    words = ", ".join(f"${name}" for name in sorted(_WORDS[kind]))
    return f"places for words are {words}, for pictures {', '.join(f'[[{name}]]' for name in sorted(_PICTURES[kind]))}"
