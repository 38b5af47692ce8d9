"""Hears that somebody wants to learn to draw something: what, and in which order its parts shall come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.gist.asides import apart
from stepweave.policies.rules.gist.changes import Changes
from stepweave.policies.rules.gist.known import Known, Picture
from stepweave.policies.rules.gist.moments import moments
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece, pieces
from stepweave.policies.rules.gist.reader import Reader
from stepweave.policies.rules.gist.terms import terms
from stepweave.world import vocabulary
from stepweave.world.language.lexicon import part_of
from stepweave.world.scene import Add, AddPart, Move, Operation, Recolour, Reference, Remove, Replace

_DRAW = r"(?:draw|sketch|paint|doodle|make|create|construct|build|get|do)"
ASKED = re.compile(
    rf"""\b(?:how\s+(?:to|do|does|can|could|would|should|might|is|are|it's|he|she|they|i|we|you|one|a\s+\w+\s+is)\b
    |teach\w*|learn\w*|lessons?|tutorials?|guide\w*|walk\s+\w+\s+through|(?:take|lead|talk)\s+\w+\s+through|course\b
    |step[\s-](?:by|after)[\s-]step|(?:part|bit|piece|stage|line|shape)[\s-](?:by|after)[\s-](?:part|bit|piece|stage|line|shape)
    |instructions?\s+(?:for|to|on|about)|show\s+\w*\s*how|break\w*\s+(?:\w+\s+)?(?:the\s+)?drawing|each\s+(?:step|stage|part)
    |(?:steps?|stages?|construction)\s+(?:of|for|to)\b|one\s+(?:\w+\s+)*(?:step|part|piece|line|stage|shape|thing)\s+(?:\w+\s+){{0,2}}(?:at\s+a\s+time|in\s+each|per|each)
    |way\s+(?:to|of)\s+{_DRAW}|demonstrat\w*|what\s+comes\s+(?:first|next)|follow\s+along|i\s+(?:could|can)\s+follow|how's
    |(?:want|wants|like|need|have|try|trying)\s+to\s+(?:draw|sketch)\b(?=.*\b(?:how|show|teach|help|step|first)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words with which people ask to be taught."""
_FIRST = re.compile(r"\b(?:first|begin\w*|start\w*|initially)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|end|ends|ending|finish\w*|finally)\b", re.IGNORECASE)
_ENDING = re.compile(r"\b(?:end|finish)\s+with\b|\bto\s+finish\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:so\s+|but\s+|just\s+)?(?:only|just)\s+(?=(?:the|an?)\s+\w+)", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:(?:from|with)\s+(?:basic|simple)\s+shapes|break\w*(?:\s+down|\s+up)?"
    r"|one\s+(?:new\s+)?(?:line|part|shape|piece|thing|bit)(?:\s+or\s+\w+)?\s+(?:in|per|at|for|with)\s+(?:each|every)\s+\w+)\b",
    re.IGNORECASE,
)
"""What is said of how it shall be taught."""
INHERENT: dict[str, str] = {
    "rabbit": "long, fluffy",
    "elephant": "long, big, floppy",
    "cat": "long, pointed, pointy",
    "dog": "floppy",
    "owl": "big, round",
    "cactus": "prickly, sharp",
}
"""What the parts of certain things are always like, so that it need not be drawn apart."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What shall be taught."""

    operations: tuple[Operation, ...]
    first: str = ""
    last: str = ""
    finish: tuple[Operation, ...] = ()
    """What is done when all is drawn."""
    stages: tuple[tuple[Operation, ...], ...] = ()
    """The steps, where the request says them one by one."""


def asks_for_lesson(text: str) -> bool:
    """Whether a request speaks of learning or teaching."""
    return ASKED.search(text) is not None


def lesson_in(text: str, *, by_number: bool = False) -> Lesson | None:
    """The lesson that a request asks for; ``None`` if it asks for none.

    Args:
        text: the request.
        by_number: whether it states a number of steps, so that "a palm tree in four steps" asks for a lesson.

    Raises:
        LanguageError: what shall be drawn is not understood.
    """
    if not (asks_for_lesson(text) or by_number):
        return None
    told, named = apart(_FORM.sub("", text).replace(":", "."))
    only = list(_ONLY.finditer(told))
    if only and (held := _nouns(told[only[-1].end() :])) and held[0].head == "thing":
        told = told[only[-1].end() :]
    about, order = _divided(told, named[0].name if named else "")
    changes = Changes(Picture())
    reader = Reader(changes)
    for said in about:
        reader.read(said)
    if not changes.order:
        for noun in named[:1]:
            changes.bring(Known(noun.name, noun.count or 1, noun.colour, noun.size))
    operations = changes.operations()
    things = [one for one in operations if isinstance(one, Add)]
    if not things or any(isinstance(one, Move | Remove | Replace) for one in operations):
        return None
    return _in_order(operations, things[0], order, text)


def _nouns(text: str) -> list[Noun]:
    return [one for one in pieces(terms(text)) if isinstance(one, Noun) and one.head in ("thing", "part")]


def _divided(text: str, thing: str) -> tuple[list[list[Piece]], list[tuple[str, list[Piece]]]]:
    """What is said of the thing as a whole, and what is said of the order of its parts."""
    about: list[list[Piece]] = []
    order: list[tuple[str, list[Piece]]] = []
    for moment in moments(_without_inherent(text)):
        said = pieces(terms(moment.text))
        heads = [one for one in said if isinstance(one, Noun) and one.head == "thing"]
        heads = [one for one in heads if not (thing and (one.name in vocabulary.SHAPES or _parts([one], thing)))]
        if thing and not heads:
            order.append((f"{moment.lead} {moment.text}", said))
        else:
            thing = thing or (heads[0].name if heads else "")
            about.append(_described(said))
    return about, order


KEPT = frozenset(
    "colour size acting pose relation place setting weather with and comma without be that of dangling".split()
)
LOOSE = ("and", "comma", "with", "be", "relation", "of", "that")


def _described(said: Sequence[Piece]) -> list[Piece]:
    """The thing that shall be drawn, with what is said of its looks; all that only asks is left out."""
    start = next((at for at, one in enumerate(said) if isinstance(one, Noun) and one.head == "thing"), len(said))
    found: list[Piece] = [one for one in said[:start] if isinstance(one, Mark) and one.kind in ("setting", "weather")]
    for at, one in enumerate(said[start:], start):
        after = said[at + 1] if at + 1 < len(said) else None
        if isinstance(one, Noun):
            if one.head not in ("thing", "part", "background", "it"):
                break
            found.append(one)
        elif one.kind == "possessive" or (one.kind == "relation" and not isinstance(after, Noun)):
            continue
        elif one.kind == "verb" and one.value == "hold":
            found.append(one)
        elif one.kind not in KEPT and one.kind not in ("the", "a", "nothing"):
            break
        else:
            found.append(one)
    while found and isinstance(last := found[-1], Mark) and last.kind in LOOSE:
        found.pop()
    return found


def _without_inherent(text: str) -> str:
    for thing, words in INHERENT.items():
        if re.search(rf"\b(?:{thing}|rabit|bunny)s?\b", text, re.IGNORECASE):
            for word in words.split(", "):
                text = re.sub(
                    rf"\b{word}\s+(?=(?:ears|trunk|tail|whiskers|eyes|spines)\b)", "", text, flags=re.IGNORECASE
                )
    return text


def _parts(said: Sequence[Piece], thing: str) -> list[tuple[str, str | None]]:
    """The parts that are named, with their colours; a plain shape stands for the main one."""
    found: list[tuple[str, str | None]] = []
    for one in said:
        if not isinstance(one, Noun) or thing not in vocabulary.THINGS:
            continue
        main = vocabulary.THINGS[thing].main
        word = main if one.name in vocabulary.SHAPES else one.name if one.head == "part" else f"{one.name}s"
        name = part_of(thing, word) if one.head in ("part", "thing") else None
        if name and name not in [other for other, _ in found]:
            found.append((name, one.colour))
    return found


def _colour(said: Sequence[Piece]) -> str:
    return next((one.value for one in said if isinstance(one, Mark) and one.kind == "colour"), "")


def _in_order(operations: tuple[Operation, ...], added: Add, order: list[tuple[str, list[Piece]]], text: str) -> Lesson:
    target = Reference(added.thing, every=added.count > 1)
    main = vocabulary.DRAWABLE[added.thing].main
    first = last = ""
    finish: tuple[Operation, ...] = ()
    listed: list[list[tuple[str, str | None]]] = []
    for words, said in order:
        parts = _parts(said, added.thing)
        for name, colour in parts:
            if colour and (name != main or added.colour is None):
                operations = (*operations, Recolour(target, colour, name))
        if parts and (_FIRST.search(words) or _LAST.search(words) or listed or len(order) > 1):
            listed.append(parts)
            first = parts[0][0] if _FIRST.search(words) and not first else first
            last = parts[-1][0] if _LAST.search(words) else last
        elif not parts and (colour := _colour(said)):
            if _LAST.search(words):
                finish = (Recolour(target, colour),)
            else:
                operations = tuple(replace(one, colour=colour) if one is added else one for one in operations)
    plain = all(isinstance(one, Add | Recolour) for one in operations)
    ordered = len(listed) > 1 and plain and added.thing in vocabulary.THINGS
    stages = _said_stages(added, listed, target, complete=bool(_ENDING.search(text))) if ordered else ()
    return Lesson(operations, first, last, finish, stages if len(stages) > 1 else ())


def _said_stages(
    added: Add, listed: list[list[tuple[str, str | None]]], target: Reference, *, complete: bool
) -> tuple[tuple[Operation, ...], ...]:
    """The parts as they are told, one step after the other; all others before the last, if it ends the drawing."""
    said = {name for parts in listed for name, _ in parts}
    names = vocabulary.THINGS[added.thing].names
    begin = tuple(name for name in names if name in {one for one, _ in listed[0]})
    main = vocabulary.THINGS[added.thing].main
    colours = {name: colour for parts in listed for name, colour in parts}
    first = Add(
        added.thing,
        added.count,
        added.colour or colours.get(main) if main in begin else added.colour,
        added.size,
        parts=begin,
    )
    found: list[tuple[Operation, ...]] = [(first,)]
    for parts in listed[1:]:
        found.append(tuple(AddPart(name, target, colour) for name, colour in parts if name not in begin))
    if complete and len(found) > 2:
        found[-2] = (*found[-2], *(AddPart(name, target) for name in names if name not in said))
    return tuple(stage for stage in found if stage)
