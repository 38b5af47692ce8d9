"""Cuts a text into terms: the longest phrases that mean something, and between them words that may be passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from stepweave.policies.rules.gist import everyday, speech
from stepweave.policies.rules.gist.forms import idle, inflected, occasions, passed_over, people
from stepweave.world.language import deeds, lexicon
from stepweave.world.language.spelling import correct
from stepweave.world.language.tokens import Token, tokens

KINDS = frozenset(
    "thing part colour size place acts acting pose number comparative setting weather text background spun "
    "direction".split()
)
"""What is taken from the lexicon of the language; everything else people say in ways of their own."""
SURE = 5
"""Letters from which on a verb is put right."""
LONG = 7
"""Letters from which on an everyday word is put right, too."""
MEALS = ("breakfast", "lunch", "dinner", "supper")
"""Times of day, where a word like "to" stands before them."""
HALF = frozenset({"race", "party", "dream", "family", "team", "class", "world", "magic", "life", "holiday", "art"})
"""Words that make another thing of the one they stand before: a race car."""


PARENTS = frozenset(
    {"mother", "father", "mum", "mom", "dad", "mama", "papa", "mummy", "daddy", "mommy", "brother", "sister"}
)
"""Words for people that tell no more of an animal than whose it is: a mother duck."""
SOMEBODY = ("somebody", "someone")
"""Words for a person, if something is told of them that can be seen."""


@dataclass(frozen=True, slots=True)
class Term:
    """One or several words with everything they may mean."""

    text: str
    readings: Mapping[str, str] = field(default_factory=dict)
    plural: bool = False

    def get(self, kind: str) -> str:
        """What it means as that; empty if it cannot."""
        return self.readings.get(kind, "")

    def has(self, *kinds: str) -> bool:
        """Whether it can be one of these."""
        return any(kind in self.readings for kind in kinds)


def terms(text: str, *, story: bool = False, lenient: bool = False) -> tuple[Term, ...]:
    """The terms of a text; words that ask for nothing are left out, and unknown ones, too, if that is allowed.

    Raises:
        UnknownWords: naming the words that are neither known nor may be passed over.
    """
    read: list[Term] = []
    unknown: list[str] = []
    found = tuple(map(_spelt, tokens(text)))
    at = 0
    while at < len(found):
        term, length = _longest(found, at)
        if term is not None and term.has("spun") and at and found[at - 1].text == "from":
            term, length = _table()[0].get((found[at].text,)), 1  # "from left to right" is a way
        if term is not None and term.text in corners() and _sets_down(term.text, read):
            term, length = _table()[0].get((found[at].text,)), 1  # "puts it down on the right"
        if term is None:
            word = found[at].text
            if word in SOMEBODY and not _gives(found, at + 1):
                read.append(Term(word, {"thing": "person"}))
                at += 1
                continue
            if _passes(found, at, story=story):
                parent = word in PARENTS and at + 1 < len(found) and _names(found, at + 1)
                read += [Term(word, {"people": word})] if word in people() and not parent else []
                _unplace(read, word)
            else:
                unknown.append(word)
        elif _is_look(term, read, found, at):
            unknown.append(term.text)
        else:
            read.append(term)
        at += length
    if unknown and not lenient:
        raise lexicon.unknown_words(unknown)
    return tuple(_parted(read))


def _parted(terms: Sequence[Term]) -> list[Term]:
    """ "One red one blue" as "one red, one blue"."""
    found: list[Term] = []
    for at, term in enumerate(terms):
        before, look = terms[max(at - 2, 0) : at], terms[at + 1] if at + 1 < len(terms) else Term("")
        joins = at > 1 and before[0].text == "one" and before[1].has("colour", "size", "acting", "place")
        if joins and term.text == "one" and look.has("colour", "size", "acting", "place"):
            found.append(Term(",", {"comma": ","}))
        if not (term.text == "identical" and at and terms[at - 1].has("number")):
            found.append(term)
    return found


def _sets_down(text: str, before: Sequence[Term]) -> bool:
    """Whether "down" belongs to a verb that stands before it."""
    return text.startswith("down") and any(term.get("verb") in ("put", "set") for term in before[-4:])


def _unplace(read: list[Term], word: str) -> None:
    """Takes back words that would tell a place, where what they stand before is none: "in pictures"."""
    at = len(read)
    while at and read[at - 1].has("the", "a", "owner") and not read[at - 1].has("thing"):
        at -= 1
    if at and word in idle() and read[at - 1].text in ("in", "on", "at", "over", "within"):
        del read[at - 1 :]


def _gives(found: Sequence[Token], at: int) -> bool:
    """Whether somebody does what is done without being seen: gives something, or asks."""
    after, _ = _longest(found, at) if at < len(found) else (None, 1)
    return after is None or after.get("verb") in ("give", "add", "put", "remove", "take", "make", "replace", "draw")


def _is_look(term: Term, before: Sequence[Term], found: Sequence[Token], at: int) -> bool:
    """Whether a verb stands before a noun to tell how it looks: "a spotted dog"."""
    if set(term.readings) != {"verb"} or not term.text.endswith("ed") or at + 1 >= len(found):
        return False
    if not before or not before[-1].has("a", "the", "number", "colour", "size"):
        return False
    after, _ = _longest(found, at + 1)
    return after is not None and after.has("thing") and not after.has("verb")


def _passes(found: Sequence[Token], at: int, *, story: bool) -> bool:
    """Whether a word may be passed over where it stands."""
    token = found[at]
    word = token.text
    before = found[at - 1].text if at else ""
    after, _ = _longest(found, at + 1) if at + 1 < len(found) else (None, 1)
    if token.kind == "odd":
        return not any(char.isalnum() for char in word)
    if token.kind != "word":
        return False
    if word in people():
        parent = word in PARENTS and after is not None and after.has("thing")
        return parent or before not in ("a", "an", "two", "three", "another")
    if word in MEALS:
        return before in ("from", "to", "at", "for", "before", "after", "during", "until")
    if word in HALF and after is not None and after.has("thing"):
        return story
    if word in occasions():
        return after is None or not after.has("thing")
    return word in passed_over() or (story and word in story_words())


@cache
def story_words() -> frozenset[str]:
    """What happens in stories and cannot be drawn."""
    return frozenset(form for verb in STORY_VERBS.split(", ") for form in inflected(verb)) | frozenset(STORY.split())


STORY_VERBS = (
    "race, win, help, search, seek, play, travel, chase, follow, miss, share, save, rescue, explore, "
    "fight, ride, celebrate, eat, drink, listen, talk, bake, cook, hug, kiss, wave, invite, bring, live, try, dream, "
    "fear, climb, wish, learn, plan, trade, throw, guard, own, watch, steal, fix, repair, grow, discover, surprise"
)
STORY = "old young lonely poor deep wide tall dark cold warm world land magical race magic winner"


def _longest(found: Sequence[Token], start: int) -> tuple[Term | None, int]:
    """The longest phrase with a meaning that starts here, and how many tokens it takes."""
    token = found[start]
    if token.kind == "quote":
        return Term(token.text, {"quote": token.text or " "}), 1
    if token.kind == "comma":
        return Term(token.text, {"comma": ","}), 1
    if token.kind == "stop":
        return Term(token.text, {"stop": token.text}), 1
    if token.kind == "number":
        return (Term(token.text, {"number": token.text}) if token.text.isdecimal() else None), 1
    table, most = _table()
    for length in range(min(most, len(found) - start), 0, -1):
        words = tuple(one.text for one in found[start : start + length])
        entry = table.get(words)
        after = found[start + length].text if start + length < len(found) else ""
        cut_off = (after == "of" and entry.text in corners()) if entry is not None else False
        several = length > 1 and words[-1] in ("two", "both")
        cut_off = cut_off or (several and _names(found, start + length))
        beyond = found[start + length + 1].text if start + length + 1 < len(found) else ""
        other = after in PLACED or (after == "the" and beyond in PLACED)
        cut_off = cut_off or (words in WAYS and (other or after == ""))
        taken = length > 1 and entry is not None and entry.has("verb") and words[-1] != "up"
        taken = taken and _goes_on(found, start + length - 1, most)
        if entry is not None and not cut_off and not taken:
            return entry, length
    return None, 1


def _names(found: Sequence[Token], at: int) -> bool:
    """Whether a thing is named here: "between the two blue blocks"."""
    table = _table()[0]
    after = table.get((found[at].text,)) if at < len(found) else None
    return after is not None and after.has("thing", "colour", "size") and not after.has("verb")


WAYS = (("left", "to"), ("right", "to"))
"""Words for a side of something, or for the end of a way and what leads to its other end."""
PLACED = ("left", "right", "top", "bottom", "middle", "center", "centre")


@cache
def corners() -> frozenset[str]:
    """Words for corners that are words for sides where "of" follows: "down left of the bowl"."""
    return frozenset(phrase for phrase, _ in _listed(speech.CORNERS))


def _goes_on(found: Sequence[Token], start: int, most: int) -> bool:
    """Whether a longer word for a place begins with the last word of a verb: "comes in front of"."""
    table = _table()[0]
    longer = (
        tuple(one.text for one in found[start : start + length])
        for length in range(2, min(most, len(found) - start) + 1)
    )
    return any(words in table and table[words].has("relation") for words in longer)


def _spelt(token: Token) -> Token:
    """A word with a slip in it put right, where nothing else can have been meant."""
    word = token.text
    if token.kind != "word" or word in _known() or word in speech.APART:
        return token
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))} & _known()
    if (heard := word.replace("f", "ph")) in _spellable():
        return Token("word", heard)
    near = doubled.pop() if len(doubled) == 1 and len(word) >= SURE - 1 else correct(word, _spellable())
    if near is None and len(word) >= LONG:
        near = correct(word, frozenset(one for one in passed_over() | people() if len(one) >= LONG))
        # A letter changed for another makes other words of everyday ones too often: "explodes" of "explores".
        near = None if near and len(near) == len(word) and sorted(near) != sorted(word) else near
    return Token("word", near or word)


@cache
def _known() -> frozenset[str]:
    """All words that need not be put right."""
    single = {word for phrase in _table()[0] for word in phrase}
    single |= set(everyday.IRREGULAR.replace("|", " ").split())
    return frozenset(single | passed_over() | people() | occasions() | story_words())


@cache
def _spellable() -> frozenset[str]:
    words = {word for phrase, entry in lexicon._phrases().items() if KINDS & set(entry.readings) for word in phrase}
    verbs = {form[0].split()[0] for form in _verbs()}
    return frozenset(words | {verb for verb in verbs if len(verb) >= SURE})


@cache
def _table() -> tuple[dict[tuple[str, ...], Term], int]:
    readings: dict[tuple[str, ...], dict[str, str]] = {}
    plural: set[tuple[str, ...]] = set()
    for phrase, entry in lexicon._phrases().items():
        kept = {kind: meaning for kind, meaning in entry.readings.items() if kind in KINDS}
        if kept and " ".join(phrase) not in speech.APART:
            readings[phrase] = kept
            plural |= {phrase} if entry.plural else set()
    for words, kind, meaning in (*_verbs(), *_links(), *_looks()):
        readings.setdefault(tuple(words.split()), {}).setdefault(kind, meaning)
    for phrase, found in list(readings.items()):
        if "place" in found:
            for side in speech.SIDES.split(", "):
                readings.setdefault((*phrase, *side.split()), {"place": found["place"]})
    table = {phrase: Term(" ".join(phrase), found, phrase in plural) for phrase, found in readings.items()}
    return table, max(map(len, table))


def _verbs() -> Iterator[tuple[str, str, str]]:
    for verb, kind in _listed(speech.VERBS):
        for form in inflected(verb):
            yield form, "verb", kind
    for verb in speech.BE.split(", "):
        for form in inflected(verb):
            yield form, "be", "be"


def _links() -> Iterator[tuple[str, str, str]]:
    being = speech.BEING
    for many in ("should be", "must be", "has to be", "have to be", "ought to be", "shall be", "will be", "would be"):
        being = being.replace(many, "")
        yield many, "be", "must" if many.split()[0] not in ("will", "would") else "be"
    for word in being.split():
        yield word, "be", "be"
    for phrase, kind in _listed(speech.RELATIONS):
        yield phrase, "relation", kind
    for phrase, kind in _listed(speech.DANGLING):
        yield phrase, "dangling", kind
        if phrase.endswith(" it"):
            yield from ((f"{phrase.removesuffix(' it')} {that}", "dangling", kind) for that in ("that", "this"))
    for phrase, kind in _listed(speech.LINKS):
        yield phrase, kind, phrase


LOOKS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("acting", speech.OWN_LOOKS),
    ("comparative", speech.COMPARATIVES),
    ("place", speech.CORNERS),
    ("weather", speech.WEATHER),
    ("size", speech.SIZES),
    ("pose", speech.POSES),
)
"""What is said of looks in ways of its own, by what it is."""


def _looks() -> Iterator[tuple[str, str, str]]:
    for kind, table in LOOKS:
        for phrase, meaning in _listed(table):
            yield phrase, kind, meaning
    for verb, action in _listed(deeds.VERBS):
        if not verb.startswith("be "):
            for form in inflected(verb):
                yield form, "acts", action


def _listed(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The phrases of a table with what each means."""
    for meaning, listed in table.items():
        for phrase in listed.split(", "):
            yield phrase, meaning
