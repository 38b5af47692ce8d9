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


def describe(scene: Scene) -> str:
    """An alternative text: "A red house on the left and a small yellow sun at the top, on a white background."."""
    background = f"{article(scene.background)} background"
    if not scene.items:
        return sentence(f"an empty picture with {background}")
    return sentence(f"{enumerated(list(_groups(scene)))}, on {background}")


def _groups(scene: Scene) -> Iterator[str]:
    """Each group of like things in words, in the order in which they lie from back to front."""
    for words, items in groupby(scene.items, key=_appearance):
        group = list(items)
        x, y = sum(item.x for item in group) / len(group), sum(item.y for item in group) / len(group)
        number = NUMBERS[len(group)] if len(group) < len(NUMBERS) else str(len(group))
        many = words.replace("(s)", plural(group[0].thing)) if group[0].thing else words
        one = words.replace("(s)", group[0].thing)
        counted = f"{number} {many}" if len(group) > 1 else article(one)
        yield f"{_shown(group[0], counted)} {at_place(place_of(x, y))}"


def _appearance(item: Item) -> str:
    """What like things have in common, with a mark where the name of the thing goes."""
    words = " ".join(word for word in (_size(item), main_colour(item), "(s)") if word)
    label = f" {in_quotes(item.label)}" if item.label else ""
    return f"{words}{label}{_with_parts(item)}"


def _size(item: Item) -> str:
    """Its size in a word, where it is not the usual one of the thing."""
    if item.thing == vocabulary.TEXT:
        return ""
    usual = replace(item, extent=vocabulary.DRAWABLE[item.thing].extent)
    return size_of(item) if size_of(item) != size_of(usual) else ""


def _with_parts(item: Item) -> str:
    """The parts whose colours differ from their own, as far as they are drawn."""
    drawn = set(_drawn(item))
    differing = [part_noun(part, colour) for part, colour in item.part_colours if part in drawn]
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
