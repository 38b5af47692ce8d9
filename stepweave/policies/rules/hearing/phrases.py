"""Patterns for what the world can name: things, what describes them, places, relations, settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from stepweave.world import vocabulary
from stepweave.world.language import deeds, names, words
from stepweave.world.language.lexicon import plural, things_in

DETERMINER = r"(?:an?|the|this|that|these|those|my|our|your|his|her|its|their|another|one|some|all|both|each)"
COUNTED = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|many|\d{1,2})"
QUOTE = "[\ue000]\\d+[\ue001]"
"""A quotation, masked."""


@cache
def rule(pattern: str) -> re.Pattern[str]:
    """A pattern in which ``{thing}``, ``{np}`` and the like stand for what the world can name."""
    for name, part in _parts().items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return re.compile(pattern, re.IGNORECASE)


@cache
def singular_names() -> frozenset[str]:
    """All names of single things."""
    return frozenset(_names())


@cache
def _parts() -> dict[str, str]:
    several = {plural(name) for name in _names()} | set(names.MORE_PLURALS)
    thing = _any({*_names(), *several})
    colour = _any({*names.COLOURS, *_listed(names.COLOURS.values())})
    shade = _any(names.SHADES.split(", "))
    size = _any({*words.SIZES, *_listed(words.SIZES.values())})
    action = _any({word for word, _ in deeds.looks()})
    adjective = rf"(?:(?:very\s+)?(?:{size}|{action}|(?:{shade}\s+)?{colour}|upside[\s-]down)(?:\s*,)?\s+)"
    bare = rf"{adjective}*{thing}"
    relation = _any({*words.RELATIONS, *_listed(words.RELATIONS.values())} - {"on", "in", ""})
    return {
        "np": rf"(?:(?:{DETERMINER}\s+|{COUNTED}\s+)?{bare})",
        "bare": bare,
        "thing": thing,
        "things": _any(several),
        "adjectives": f"{adjective}*",
        "colour": rf"(?:(?:{shade}\s+)?{colour})",
        "size": size,
        "action": action,
        "part": _any({part for part in _part_words() if part not in _names()}),
        "place": _any({*words.PLACES, *_listed(words.PLACES.values())}),
        "relation": rf"(?:{relation}|on\s+the\s+(?:left|right)(?:\s+side)?\s+of|on|in)",
        "setting": _any({*vocabulary.SETTING_NAMES, *_listed(names.SETTINGS.values())}),
    }


def first_thing(text: str) -> str:
    """The first thing that a text names; empty if it names none."""
    return next(iter(things_in(text)), "")


def last_named(text: str) -> str:
    """The last thing named in a text, in the text's own words and in the singular where it is one; or empty."""
    found = [match[0].lower() for match in rule(r"{thing}").finditer(text)]
    return found[-1] if found else ""


def numbered(word: str) -> int:
    """A number in words or digits."""
    return words.NUMBERS[word.lower()] if word.lower() in words.NUMBERS else int(word)


@cache
def _names() -> frozenset[str]:
    return frozenset({*vocabulary.DRAWABLE, *_listed(names.THINGS.values())} - {""})


@cache
def _part_words() -> frozenset[str]:
    own = {part for thing in vocabulary.THINGS.values() for part in thing.names}
    return frozenset(own | {word for name in own for word in _listed([names.PARTS.get(name, "")])})


def _listed(found: Iterable[str]) -> set[str]:
    return {word for listed in found for word in listed.split(", ") if word}


def _any(found: Iterable[str]) -> str:
    """One of the words, the longest first."""
    ordered = sorted(set(found) - {""}, key=lambda word: (-len(word), word))
    return r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered) + r")\b"
