"""Says what a picture shows, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from stepweave.world import vocabulary
from stepweave.world.finding import main_colour, place_of, size_of
from stepweave.world.language.lexicon import plural
from stepweave.world.language.naming import (
    NUMBERS,
    SIDEWAYS,
    TURNED,
    article,
    at_place,
    enumerated,
    in_quotes,
    in_setting,
    part_noun,
    poses,
    sentence,
)
from stepweave.world.scene import Item, Scene

CLOTHED = frozenset({"person"})
"""Things whose colour is that of what they wear."""
HERE = "\ue000"
"""Stands in for the name of a thing."""


def describe(scene: Scene) -> str:
    """An alternative text: "A red house on the left and a small yellow sun at the top, on a white background."."""
    setting = scene.background in vocabulary.SETTING_NAMES
    if not scene.items:
        empty = "an empty picture"
        return sentence(
            f"{empty} {in_setting(scene.background)}" if setting else f"{empty} with {_plain(scene.background)}"
        )
    return sentence(f"{enumerated(list(_groups(scene)))}, {in_setting(scene.background)}")


def _plain(colour: str) -> str:
    return in_setting(colour).removeprefix("on ")


def _groups(scene: Scene) -> Iterator[str]:
    """Each group of like things in words, in the order in which they lie from back to front."""
    there = {item.id: item for item in scene.items}
    for (thing, words, *_), items in groupby(scene.items, key=_appearance):
        group = list(items)
        x, y = sum(item.x for item in group) / len(group), sum(item.y for item in group) / len(group)
        counted = words if thing == vocabulary.TEXT else _counted(thing, words, len(group))
        holder = there.get(group[0].held_by) if group[0].held_by is not None else None
        where = f"held by the {holder.thing}" if holder is not None else at_place(place_of(x, y))
        yield f"{_shown(group[0], counted)} {where}"


def _counted(thing: str, words: str, count: int) -> str:
    if count == 1:
        return article(words.replace(HERE, thing))
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {words.replace(HERE, plural(thing))}"


def _appearance(item: Item) -> tuple[str, str, tuple[str, ...], int | None]:
    """What like things have in common: their name, words with a mark where it goes, the parts that are drawn, and
    what holds them."""
    if item.thing == vocabulary.TEXT:
        return item.thing, f"the words {in_quotes(item.label)} in {main_colour(item)}", (item.label,), item.held_by
    clothes = f" in {main_colour(item)}" if item.thing in CLOTHED else ""
    adjectives = (
        _size(item),
        "" if clothes else main_colour(item),
        *poses(item.action, item.turn, item.mirrored),
        HERE,
    )
    words = " ".join(word for word in adjectives if word)
    turned = f" turned {TURNED[item.turn]}" if item.turn in SIDEWAYS else ""
    return item.thing, f"{words}{turned}{clothes}{_with_parts(item)}", _drawn(item), item.held_by


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
