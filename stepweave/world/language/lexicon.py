"""Which words are known, and everything each of them may mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from types import MappingProxyType

from stepweave.world import vocabulary
from stepweave.world.language import deeds, names, reminders, words
from stepweave.world.language.errors import UnknownWords
from stepweave.world.language.spelling import correct
from stepweave.world.language.tokens import Token, tokens

LONGEST_POLITENESS = 120
"""Most characters in which a verb is looked for behind words of politeness."""
SKY = "sky"
"""Behind "the" it is a word of its own: "paint the sky blue" names no shade."""
SHORTEST_COMPARED = 2
"""Words of no more letters are compared with nothing: everything short looks alike."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One or several words with one place in the lexicon; ``readings`` maps each part of speech to a meaning."""

    text: str
    readings: Mapping[str, str]
    plural: bool = False


@dataclass(slots=True)
class _Entry:
    readings: dict[str, str] = field(default_factory=dict)
    plural: bool = False


Phrases = dict[tuple[str, ...], _Entry]


def lexemes(found: Sequence[Token]) -> tuple[Lexeme, ...]:
    """Look words up, longest phrases first; spelling mistakes of one letter are put right, fillers are left out.

    Raises:
        UnknownWords: naming every word that is not known, and what is near each of them.
    """
    unknown: list[str] = []
    read: list[Lexeme] = []
    position = 0
    spelt = [_spelt(token) for token in found]
    while position < len(spelt):
        lexeme, length = _longest(spelt, position)
        if lexeme is None:
            unknown.append(found[position].text)
        elif "filler" not in lexeme.readings:
            read.append(lexeme)
        position += length
    if unknown:
        raise unknown_words(unknown)
    return tuple(read)


def unknown_words(unknown: Iterable[str]) -> UnknownWords:
    """The error for words outside the vocabulary, with what is known nearby."""
    once = tuple(dict.fromkeys(unknown))
    near = {word: nearby(word) for word in once}
    things = f"things it can draw: {', '.join(vocabulary.DRAWABLE)}"
    return UnknownWords(once, near, "" if all(near.values()) else things)


def known(word: str) -> bool:
    """Whether a single word, as it is spelt, occurs in the lexicon."""
    return word in _words()


def known_alone(word: str) -> bool:
    """Whether a word means something by itself."""
    return (word,) in _phrases()


def starts_with_verb(text: str) -> bool:
    """Whether the first word of a text, but for words of politeness, can be a verb of the language."""
    for token in tokens(text[:LONGEST_POLITENESS]):
        readings = _phrases().get((token.text,))
        if readings is None or "filler" not in readings.readings:
            return readings is not None and "verb" in readings.readings
    return False


def things_in(text: str) -> tuple[str, ...]:
    """The things that a text names, however little else of it is known."""
    found: list[str] = []
    position, spelt = 0, [_spelt(token) for token in tokens(text)]
    while position < len(spelt):
        lexeme, length = _longest(spelt, position)
        if lexeme is not None and "thing" in lexeme.readings:
            found.append(lexeme.readings["thing"])
        position += length
    return tuple(dict.fromkeys(found))


@cache
def words_for_things() -> tuple[str, ...]:
    """All words that mean one thing of a kind, the longest first."""
    found = [" ".join(phrase) for phrase, entry in _phrases().items() if "thing" in entry.readings and not entry.plural]
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def nearby(word: str, most: int = 3) -> tuple[str, ...]:
    """Known words that come near an unknown one, in meaning or in spelling."""
    kin = [name for name, akin in names.KIN.items() if {word, _singular(word)} & set(akin.split(", "))]
    spelling = difflib.get_close_matches(word, _nearby(), n=most, cutoff=0.75) if len(word) > SHORTEST_COMPARED else []
    return tuple(dict.fromkeys([*kin, *spelling]))[:most]


def part_of(thing: str, word: str) -> str | None:
    """The name of the part of a thing that a part word means, if it has one."""
    own = vocabulary.THINGS[thing].names if thing in vocabulary.THINGS else ()
    alike = (word, *_listed(names.PARTS.get(word, "")), *(name for name, same in _parts() if word in same))
    return next((name for name in alike if name in own), None)


def _spelt(token: Token) -> Token:
    if token.kind != "word" or token.text in _words():
        return token
    return Token("word", correct(token.text, _spellable()) or token.text)


def _longest(found: Sequence[Token], start: int) -> tuple[Lexeme | None, int]:
    """The longest known phrase that starts here, and how many tokens it takes."""
    token = found[start]
    if token.kind == "quote":
        return Lexeme(token.text, {"quote": token.text}), 1
    if token.kind in ("comma", "stop"):
        return Lexeme(token.text, {token.kind: token.text}), 1
    if token.kind == "number":
        return (Lexeme(token.text, {"number": str(int(token.text))}) if token.text.isdecimal() else None), 1
    for length in range(min(_longest_phrase(), len(found) - start), 0, -1):
        phrase = found[start : start + length]
        if length > 1 and token.text == SKY and start and found[start - 1].text == "the":
            continue
        entry = _phrases().get(tuple(token.text for token in phrase))
        if entry is not None and all(token.kind in ("word", "odd") for token in phrase):
            text = " ".join(token.text for token in phrase)
            return Lexeme(text, MappingProxyType(entry.readings), entry.plural), length
    return None, 1


# ------------------------------------------------------------------------------------------ the table, built once


@cache
def _phrases() -> Phrases:
    table: Phrases = {}
    for phrase, kind, meaning, plural in chain(_vocabulary(), _scenes_and_deeds(), _small_words()):
        entry = table.setdefault(tuple(phrase.split()), _Entry())
        entry.readings.setdefault(kind, meaning)
        entry.plural |= plural
    return table


@cache
def _longest_phrase() -> int:
    """Most words that are looked up as one."""
    return max(map(len, _phrases()))


@cache
def _words() -> frozenset[str]:
    return frozenset(chain.from_iterable(_phrases()))


@cache
def _spellable() -> frozenset[str]:
    """Words worth putting right: those with a meaning of their own, not the small words around them."""
    kinds = {"thing", "part", "colour", "size", "place", "relation", "verb", "comparative", "background"}
    kinds |= {"setting", "acts", "acting", "pose"}
    return frozenset(chain.from_iterable(phrase for phrase, entry in _phrases().items() if kinds & set(entry.readings)))


@cache
def _nearby() -> tuple[str, ...]:
    """Single words that name something: what an unknown word may be compared with."""
    kinds = {"thing", "part", "colour", "size", "relation", "setting", "acting"}
    return tuple(phrase[0] for phrase, entry in _phrases().items() if len(phrase) == 1 and kinds & set(entry.readings))


@cache
def _parts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(_listed(others))) for name, others in names.PARTS.items())


Row = tuple[str, str, str, bool]
"""Words, part of speech, meaning, plural."""


def _vocabulary() -> Iterator[Row]:
    for name in vocabulary.DRAWABLE:
        for word in (name, *_listed(names.THINGS.get(name, ""))):
            if word == name or word not in vocabulary.DRAWABLE:
                yield word, "thing", name, False
                if plural(word) != word:
                    yield plural(word), "thing", name, True
    for name in dict.fromkeys(chain.from_iterable(thing.names for thing in vocabulary.THINGS.values())):
        for word in (name, *_listed(names.PARTS.get(name, ""))):
            yield word, "part", name, _looks_plural(word)
    for name in vocabulary.COLOURS:
        for word in (name, *_listed(names.COLOURS[name])):
            yield word, "colour", name, False
        for shade in _listed(names.SHADES):
            yield f"{shade} {name}", "colour", name, False
    yield from _meanings("size", {name: words.SIZES[name] for name in vocabulary.SIZES})
    yield from _meanings("place", {name: words.PLACES[name] for name in vocabulary.PLACES})
    yield from _meanings("relation", {name: words.RELATIONS[name] for name in vocabulary.RELATIONS})


def _scenes_and_deeds() -> Iterator[Row]:
    """Settings, and what things do."""
    yield from _meanings("setting", {name: names.SETTINGS[name] for name in vocabulary.SETTING_NAMES})
    for word in _listed(names.ADVERBIAL):
        yield word, "adverbial", word, False
    for name, weather in names.WEATHER.items():
        for word in _listed(weather):
            yield word, "weather", name, False
    for word, action in deeds.verbs():
        yield word, "acts", action, False
    for word, action in deeds.looks():
        yield word, "acting", action, False


def _small_words() -> Iterator[Row]:
    for word, number in words.NUMBERS.items():
        yield word, "number", str(number), False
    yield from _meanings("comparative", words.COMPARATIVES)
    yield from _meanings("verb", words.VERBS)
    yield from _meanings("pose", words.POSES)
    yield from _meanings("spun", words.SPUN)
    yield from _meanings("direction", words.DIRECTIONS)
    yield from _meanings("reminder", reminders.SENTENCES)
    yield from _meanings("tail", reminders.TAILS)
    yield from _meanings("times", words.TIMES)
    for kind, listed in words.PLAIN.items():
        for word in _listed(listed):
            yield word, kind, word, False
    for kind, listed in (("filler", words.FILLERS), ("side", words.SIDES), ("sized", words.SIZED)):
        for word in _listed(listed):
            yield word, kind, word, False
    for word, name in names.MORE_PLURALS.items():
        if name in vocabulary.DRAWABLE:
            yield word, "thing", name, True
    for word in ("texts", "titles", "labels", "captions"):
        yield word, "text", word, True


def _meanings(kind: str, table: Mapping[str, str]) -> Iterator[Row]:
    for meaning, others in table.items():
        for word in (meaning, *_listed(others)):
            yield word, kind, meaning, False


def _listed(text: str) -> list[str]:
    return [word for word in text.split(", ") if word]


def plural(word: str) -> str:
    """The plural of a noun of the vocabulary."""
    if word in names.PLURALS:
        return names.PLURALS[word]
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _looks_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")
