"""Says what a picture shows, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from stepweave.world import vocabulary
from stepweave.world.finding import main_colour, place_of, size_of
from stepweave.world.language.lexicon import plural
from stepweave.world.language.wording import NUMBERS, article, at_place, enumerated, in_quotes, part_noun, sentence
from stepweave.world.scene import Item, Scene

CLOTHED = frozenset({"person"})
"""Things whose colour is that of what they wear."""
HERE = "\ue000"
"""Stands in for the name of a thing."""


def describe(scene: Scene) -> str:
    """An alternative text: "A red house on the left and a small yellow sun at the top, on a white background."."""
    background = f"{article(scene.background)} background"
    if not scene.items:
        return sentence(f"an empty picture with {background}")
    return sentence(f"{enumerated(list(_groups(scene)))}, on {background}")


def _groups(scene: Scene) -> Iterator[str]:
    """Each group of like things in words, in the order in which they lie from back to front."""
    for (thing, words, _), items in groupby(scene.items, key=_appearance):
        group = list(items)
        x, y = sum(item.x for item in group) / len(group), sum(item.y for item in group) / len(group)
        counted = words if thing == vocabulary.TEXT else _counted(thing, words, len(group))
        yield f"{_shown(group[0], counted)} {at_place(place_of(x, y))}"


def _counted(thing: str, words: str, count: int) -> str:
    if count == 1:
        return article(words.replace(HERE, thing))
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {words.replace(HERE, plural(thing))}"


def _appearance(item: Item) -> tuple[str, str, tuple[str, ...]]:
    """What like things have in common: their name, words with a mark where it goes, and the parts that are drawn."""
    if item.thing == vocabulary.TEXT:
        return item.thing, f"the words {in_quotes(item.label)} in {main_colour(item)}", (item.label,)
    clothes = f" in {main_colour(item)}" if item.thing in CLOTHED else ""
    words = " ".join(word for word in (_size(item), "" if clothes else main_colour(item), HERE) if word)
    return item.thing, f"{words}{clothes}{_with_parts(item)}", _drawn(item)


def _size(item: Item) -> str:
    """Its size in a word, where it is not the usual one of the thing."""
    usual = replace(item, extent=vocabulary.DRAWABLE[item.thing].extent)
    return size_of(item) if size_of(item) != size_of(usual) else ""


def _with_parts(item: Item) -> str:
    """The parts whose colours differ from what is usual, as far as they are drawn."""
    thing, said = vocabulary.DRAWABLE[item.thing], dict(item.part_colours)
    main = main_colour(item)
    differing = [
        part_noun(part, said[part])
        for part in _drawn(item)
        if part in said and part != thing.main and said[part] != (thing.part(part).colour or main)
    ]
    return f" with {enumerated(differing)}" if differing else ""


def _shown(item: Item, words: str) -> str:
    """Only the parts that are drawn, where some are not."""
    if item.thing == vocabulary.TEXT or item.parts is None:
        return words
    names, drawn = vocabulary.DRAWABLE[item.thing].names, _drawn(item)
    lacking = [name for name in names if name not in drawn]
    if not lacking:
        return words
    if len(lacking) < len(drawn):
        return f"{words} without {enumerated([f'its {part}' for part in lacking])}"
    return f"{enumerated([f'the {part}' for part in drawn])} of {words}" if drawn else f"the outline of {words}"


def _drawn(item: Item) -> tuple[str, ...]:
    if item.thing == vocabulary.TEXT:
        return ()
    names = vocabulary.DRAWABLE[item.thing].names
    return names if item.parts is None else tuple(name for name in names if name in item.parts)
