"""Words a request again so that it insists on one aspect: what a critic does to a prompt whose picture was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.aspects import aspects
from stepweave.world.language.errors import UnknownWords
from stepweave.world.language.lexicon import Lexeme, lexemes
from stepweave.world.language.reading import parse
from stepweave.world.language.tokens import tokens
from stepweave.world.language.wording import compose
from stepweave.world.scene import (
    Add,
    AddPart,
    Background,
    Operation,
    Recolour,
    Remove,
    Replace,
    sharper,
)


def insist(prompt: str, aspect: str, subject: str = "", expected: str = "") -> str:
    """The same request, worded more precisely on one aspect, in one way more than before and in three at most.

    Reading it gives the same operations, with the aspect among what the operations about the subject insist on.

    Args:
        prompt: the request.
        aspect: one of ``ASPECTS``; one that no operation has changes nothing.
        subject: what was wrong ("red circle", "roof"); empty, or in none of the operations: all of them.
        expected: what it should have been, for an aspect on which the prompt was silent ("red").

    Raises:
        LanguageError: the prompt cannot be read.
    """
    operations = parse(prompt).operations
    sharper = sharpened(operations, aspect, subject, expected)
    opening = prompt.split(maxsplit=1)[0].capitalize()
    return compose(sharper, opening if opening in ("Add", "Draw") else "") if sharper != operations else prompt


def sharpened(
    operations: tuple[Operation, ...], aspect: str, subject: str = "", expected: str = ""
) -> tuple[Operation, ...]:
    """Operations that insist on an aspect, where they are about the subject and have that aspect."""
    meant = [one for one in operations if about(one, subject)] or list(operations)
    return tuple(_sharpened(one, aspect, expected) if one in meant else one for one in operations)


def about(operation: Operation, subject: str) -> bool:
    """Whether an operation is about what the words name: the part if they name a part, else the thing."""
    if not subject.strip():
        return True
    things, parts = _named(subject)
    match operation:
        case Add():
            return operation.thing in things
        case Background():
            return "background" in things
        case Replace():
            return bool({operation.new.thing, operation.target.thing} & things)
        case AddPart() | Recolour() | Remove() if operation.part:
            return operation.part in parts or (not parts and operation.target.thing in things)
    return operation.target.thing in things and not parts


def _named(subject: str) -> tuple[set[str], set[str]]:
    """The things and the parts that words name; words outside the vocabulary name nothing."""
    things: set[str] = set()
    parts: set[str] = set()
    for token in tokens(subject):
        try:
            read = lexemes((token,))
        except UnknownWords:
            continue
        for lexeme in read:
            things.update(_things(lexeme))
            parts.update({lexeme.readings["part"]} if "part" in lexeme.readings else ())
    return things, parts


def _things(lexeme: Lexeme) -> Iterator[str]:
    if (thing := lexeme.readings.get("thing")) is not None:
        yield thing
    if "background" in lexeme.readings:
        yield "background"
    if {"text", "quote"} & set(lexeme.readings):
        yield vocabulary.TEXT


def _sharpened(operation: Operation, aspect: str, expected: str) -> Operation:
    operation = _filled(operation, aspect, expected)
    return replace(operation, precise=sharper(operation.precise, aspect)) if aspect in aspects(operation) else operation


def _filled(operation: Operation, aspect: str, expected: str) -> Operation:
    """The operation with what was expected in the place of what was left unsaid."""
    match operation:
        case Add(colour=None) if aspect == "colour" and expected in vocabulary.COLOURS:
            return replace(operation, colour=expected)
        case AddPart(colour=None) if aspect == "colour" and expected in vocabulary.COLOURS:
            return replace(operation, colour=expected)
        case Add(size=None) if aspect == "size" and expected in vocabulary.SIZES:
            return replace(operation, size=expected)
        case Replace() if operation.new != (new := _filled(operation.new, aspect, expected)):
            assert isinstance(new, Add)
            return replace(operation, new=new)
        case Add(place=None, relation=None) if aspect == "place" and expected in vocabulary.PLACES:
            return replace(operation, place=expected)
    return operation
