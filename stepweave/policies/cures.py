"""What cures teach: on which aspects of which things words had to insist, and how strongly.

A cure is a note about one prompt. What it teaches holds for every prompt: once a boat came out in the wrong colour
until "a red boat" was worded "a pure red boat", every boat of a named colour is better worded so from the start. A
lesson is therefore a topic - a thing and an aspect - and a level: how often the words of the cure insist on that
aspect. The highest level that ever cured is the one that counts. So a level that did not help leads to a higher one:
what goes wrong at level one is cured, if at all, at level two, and from then on is begun there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from stepweave.messages import Note
from stepweave.world.language import LanguageError, compose, parse, sharpened
from stepweave.world.language.insisting import about
from stepweave.world.language.lexicon import things_in
from stepweave.world.language.reading import LONGEST
from stepweave.world.scene import Add, Background, Operation, Replace
from stepweave.world.vocabulary import ANYTHING

Topic = tuple[str, str]
"""A thing and an aspect."""

EVERYTHING = "everything"
"""The subject of what holds for every thing."""
BACKDROP = "background"
"""The thing of which backgrounds and settings are."""


def learnt(note: Note) -> dict[Topic, int]:
    """What a note teaches: topics, each with the level at which it was cured; nothing if it is no cure.

    The words of the cure tell, as far as they can be read: they insist on the aspect where it had gone wrong, which may
    be another thing than the one that suffered (a house that was damaged when a tree was added is a matter of trees).
    """
    if note.kind != "cure" or not note.aspect:
        return {}
    insisted = [one for one in _read(note.text) if note.aspect in one.precise]
    if note.subject == EVERYTHING:
        return {(EVERYTHING, note.aspect): max((one.precise.count(note.aspect) for one in insisted), default=1)}
    meant = [one for one in insisted if about(one, note.subject)] or insisted
    found: dict[Topic, int] = {}
    for one in meant:
        topic = thing_of(one), note.aspect
        found[topic] = max(found.get(topic, 0), one.precise.count(note.aspect))
    return found or {(thing, note.aspect): 1 for thing in things_in(note.subject) or (note.subject,)}


def known(notes: Iterable[Note]) -> dict[Topic, int]:
    """What notes teach together: the highest level of each topic."""
    found: dict[Topic, int] = {}
    for note in notes:
        for topic, level in learnt(note).items():
            found[topic] = max(found.get(topic, 0), level)
    return found


def insisting(operations: Iterable[Operation], levels: Mapping[Topic, int]) -> tuple[Operation, ...]:
    """The operations, each insisting at least as strongly as is known to be needed for what it is about."""
    return tuple(_raised(one, levels) for one in operations)


def worded(prompt: str, levels: Mapping[Topic, int]) -> str:
    """A prompt, insisting at least as strongly as is known to be needed.

    Raises:
        LanguageError: the prompt cannot be read.
    """
    operations = parse(prompt).operations
    opening = prompt.split(maxsplit=1)[0].capitalize()

    def words(raised: Sequence[Operation]) -> str:
        same = tuple(raised) == operations
        return prompt if same else compose(raised, opening if opening in ("Add", "Draw") else "")

    return insistently(operations, levels, words)


def insistently(
    operations: Sequence[Operation], levels: Mapping[Topic, int], words: Callable[[Sequence[Operation]], str]
) -> str:
    """The words for operations, insisting as strongly as is known to be needed, or as they can without being too long.

    Many operations that insist on everything are more than a generator reads; then all of them insist less.
    """
    for most in range(max(levels.values(), default=0), 0, -1):
        said = words(insisting(operations, {topic: min(level, most) for topic, level in levels.items()}))
        if len(said) <= LONGEST:
            return said
    return words(operations)


def common(levels: Mapping[Topic, int], many: int) -> dict[str, Topic]:
    """For each aspect that had to be insisted on for that many things, one of those that needed it least.

    What was true of several different things is taken to be true of all.
    """
    found: dict[str, list[Topic]] = {}
    for thing, aspect in sorted(levels):
        found.setdefault(aspect, []).append((thing, aspect))
    return {
        aspect: min(topics, key=lambda topic: (levels[topic], topic))
        for aspect, topics in found.items()
        if len(topics) >= many
    }


def thing_of(operation: Operation) -> str:
    """The thing that an operation is about; for its parts, that whose parts they are."""
    match operation:
        case Add():
            return operation.thing
        case Background():
            return BACKDROP
        case Replace():
            return operation.new.thing
    return operation.target.thing


def _raised(operation: Operation, levels: Mapping[Topic, int]) -> Operation:
    thing = thing_of(operation)
    meant = [EVERYTHING] if thing == ANYTHING else [EVERYTHING, thing]
    for (about_thing, aspect), level in levels.items():
        while about_thing in meant and operation.precise.count(aspect) < level:
            (sharper,) = sharpened((operation,), aspect)
            if sharper == operation:
                break
            operation = sharper
    return operation


def _read(prompt: str) -> Sequence[Operation]:
    """The operations of a prompt; none if it is in another language than that of the embedded world."""
    try:
        return parse(prompt).operations if prompt else ()
    except LanguageError:
        return ()
