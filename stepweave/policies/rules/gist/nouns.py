"""Finds the nouns among terms, with all that stands before them: how many, how large, of which colour, doing what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.policies.rules.gist.terms import Term
from stepweave.world.effort import spend
from stepweave.world.language.deeds import REST
from stepweave.world.language.lexicon import part_of

DETERMINERS = (
    "a",
    "the",
    "owner",
    "every",
    "both",
    "another",
    "more",
    "number",
    "only",
    "other",
    "remaining",
    "ordinal",
)
EACH = ("each", "every")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
ADJECTIVES = ("colour", "size", "acting", "pose", "place", "comparative", "weather")
HEADS = ("thing", "part", "text", "one", "quote", "background", "people")
GONE = ("lost", "missing", "stolen")
FAMILIES = {"bigger": "large", "smaller": "small"}


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun names, and everything said before it."""

    head: str
    """``thing``, ``part``, ``text``, ``one``, ``it``, ``they``, ``background`` or ``people``."""
    name: str = ""
    count: int | None = None
    colour: str | None = None
    size: str | None = None
    action: str | None = None
    turn: int = 0
    mirrored: bool = False
    place: str | None = None
    definite: bool = False
    indefinite: bool = False
    owned: bool = False
    """Behind "its" or "his"."""
    another: bool = False
    every: bool = False
    other: bool = False
    plural: bool = False
    only: bool = False
    """Behind "just"."""
    each: bool = False
    """Behind "each": what is said is said of one by one."""
    ordinal: int = 0
    """Which of several it is, counted from one."""
    label: str = ""

    @property
    def many(self) -> int:
        """How many it means."""
        return self.count or (3 if self.plural and not self.definite else 1)

    @property
    def bare(self) -> bool:
        """Whether it is only named, without an article or anything else."""
        return self.plain and not (self.definite or self.indefinite or self.count or self.another or self.owned)

    @property
    def plain(self) -> bool:
        """Whether nothing is said of its looks."""
        return not (self.colour or self.size or self.action or self.turn or self.mirrored or self.place)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word between nouns, by the part it plays."""

    kind: str
    value: str
    text: str
    verb: str = ""
    """What it means as a verb, where it can be one besides."""


Piece = Noun | Mark
_UNITS = 40
"""Of effort, for each place where a noun is looked for."""


def noun_at(terms: Sequence[Term], start: int, before: Sequence[Piece]) -> tuple[Noun | None, int]:
    """The noun that begins at a term, behind what was found before it, and the place after it."""
    pronoun = _pronoun(terms, start)
    if pronoun is not None:
        return pronoun
    elided = _elided(terms, start)
    return elided if elided is not None else _named(terms, start, before)


def _named(terms: Sequence[Term], start: int, before: Sequence[Piece]) -> tuple[Noun | None, int]:
    """The noun that is named here itself."""
    draft, at = _determined(terms, start)
    draft, at = _described(terms, at, draft)
    if at >= len(terms):
        return _elliptic(terms, start, draft, at)
    term = terms[at]
    last = before[-1] if before else None
    loose = not term.has("thing", "text", "acts", "place", "relation", "setting")
    is_part = term.has("part") and (draft.owned or loose)
    is_part = is_part or (term.has("part") and isinstance(last, Mark) and last.kind == "possessive")
    described = bool(draft.colour) or draft.indefinite or (draft.definite and at > start and not term.has("setting"))
    is_part = is_part or (term.has("part") and described and not term.has("thing", "text", "place", "relation"))
    is_part = is_part and not (term.text == "back" and at == start)
    lacked = isinstance(last, Mark) and last.kind in ("without", "with") and not term.has("thing", "text")
    is_part = is_part or (lacked and term.has("part"))
    deed = at == start and term.has("acts", "verb") and not lacked
    if (is_part and not deed) or (draft.definite and _belongs(terms, at)):
        return replace(draft, head="part", name=term.get("part"), plural=term.plural), at + 1
    if term.has("thing") and term.has("part") and not draft.count and _is_had(term, before):
        return replace(draft, head="part", name=term.get("part"), plural=term.plural), at + 1
    if term.has("thing"):
        return replace(draft, head="thing", name=term.get("thing"), plural=term.plural), at + 1
    if term.has("text") and at + 1 < len(terms) and terms[at + 1].has("quote"):
        return replace(draft, head="text", name="text", label=terms[at + 1].get("quote")), at + 2
    if term.has("quote"):
        return replace(draft, head="text", name="text", label=term.get("quote")), at + 1
    if term.has("verb") and term.get("verb") == "copy" and draft.definite:
        return Noun("one", definite=True), at + 1
    for head in ("text", "one", "people", "background"):
        if term.has(head) and not (head == "text" and term.has("holding")):
            count = draft.count or (1 if term.text == "one" and head == "one" else None)
            return replace(draft, head=head, name=head, count=count), at + 1
    return _elliptic(terms, start, draft, at)


def _is_had(term: Term, before: Sequence[Piece]) -> bool:
    """Whether a word for a thing means a part of the thing that it is "with"."""
    last = before[-1] if before else None
    owner = next((one.name for one in reversed(before) if isinstance(one, Noun) and one.head == "thing"), "")
    having = isinstance(last, Mark) and last.kind in ("with", "have")
    return having and bool(owner) and part_of(owner, term.get("part")) is not None


def _belongs(terms: Sequence[Term], at: int) -> bool:
    """Whether a word that can mean more than a part is one, for its owner follows: "the grass of the mountain"."""
    if not terms[at].has("part") or at + 2 >= len(terms) or not terms[at + 1].has("of"):
        return False
    owner = next((one for one in terms[at + 2 : at + 5] if one.has("thing")), None)
    return owner is not None and part_of(owner.get("thing"), terms[at].get("part")) is not None


def _pronoun(terms: Sequence[Term], start: int) -> tuple[Noun, int] | None:
    term = terms[start]
    if term.has("it"):
        return Noun("it", definite=True, name=term.text), start + 1
    if term.has("they"):
        return Noun("they", definite=True, every=True, name=term.text), start + 1
    after = terms[start + 1] if start + 1 < len(terms) else Term("")
    alone = after.has(*ADJECTIVES) and not _heads(terms, start + 1)
    if term.has("both", "every") and (alone or not after.has(*HEADS, *ADJECTIVES, "the", "owner", "number")):
        both = 2 if term.has("both") else None
        return Noun(
            "they", definite=True, every=True, count=both, name=term.text, each=term.text.startswith(EACH)
        ), start + (2 if after.has("they") else 1)
    if term.has("half") and (after.has("the", "owner", "they", "thing") or (after.has("of"))):
        return Noun("one", name="half"), start + 1
    if term.text in ("her", "his") and not after.has(*HEADS, *ADJECTIVES) and after.text not in GONE:
        return Noun("it", definite=True, name="her"), start + 1
    if term.has("other") and not after.has(*HEADS, *ADJECTIVES, "number"):
        return Noun("one", definite=True, other=True), start + 1
    if term.has("remaining") and not after.has(*HEADS, *ADJECTIVES):
        return Noun("they", definite=True, every=True), start + 1
    return None


def _heads(terms: Sequence[Term], at: int) -> bool:
    """Whether adjectives from here on stand before a noun."""
    while at < len(terms) and terms[at].has(*ADJECTIVES) and not terms[at].has(*HEADS):
        at += 1
    return at < len(terms) and terms[at].has(*HEADS)


def _determined(terms: Sequence[Term], at: int, *, counting: bool = False) -> tuple[Noun, int]:
    """Articles, numbers, and words like them; of "one", if that is not ``counting``, only where a noun follows."""
    draft = Noun("thing")
    while at < len(terms) and terms[at].has(*DETERMINERS) and not terms[at].has("thing"):
        term = terms[at]
        if term.has("number") and (counting or not (term.has("one") and _heads_alone(terms, at, draft))):
            draft = replace(draft, count=int(term.get("number")))
        elif term.has("number"):
            break
        draft = replace(
            draft,
            indefinite=draft.indefinite or term.has("a"),
            definite=draft.definite or term.has("the", "owner", "both", "other", "remaining"),
            owned=draft.owned or term.has("owner"),
            another=draft.another or term.has("another", "more"),
            every=draft.every or term.has("every", "both"),
            other=draft.other or term.has("other"),
            each=draft.each or term.text.startswith(EACH),
            only=draft.only or term.text in ("just", "only"),
            ordinal=draft.ordinal or ORDINALS.get(term.text, 0),
            count=draft.count or (2 if term.has("both") else None),
        )
        at += 1
        if at < len(terms) and terms[at].has("of") and (draft.count or draft.every) and terms[at - 1].has("number"):
            break
    return draft, at


def _heads_alone(terms: Sequence[Term], at: int, draft: Noun) -> bool:
    """Whether "one" stands for a thing itself."""
    if draft.definite and (draft.ordinal or draft.other):
        return not _heads(terms, at + 1)
    after = terms[at + 1] if at + 1 < len(terms) else Term("")
    return not after.has(
        *("thing", "part", "text", "quote", "colour", "size", "acting", "pose", "one", "more", "another", "setting")
    )


def _described(terms: Sequence[Term], start: int, draft: Noun) -> tuple[Noun, int]:
    """Adjectives, with commas and "and" between them; as far as a head follows."""
    at, found, end = start, draft, start
    while at < len(terms):
        term = terms[at]
        if term.has(*HEADS) and not (
            term.has("part") and not term.has("thing", "text") and term.has("colour", "place")
        ):
            return found, at
        if not term.has(*ADJECTIVES):
            joined = term.has("comma", "and") and at > start and at + 1 < len(terms) and not found.place
            if not (joined and terms[at + 1].has("colour", "size", "acting") and not terms[at + 1].has("thing")):
                break
            at += 1
            continue
        after = _with(found, term)
        if after is None:
            break
        found, at = after, at + 1
    del end
    return draft, start


def _with(found: Noun, term: Term) -> Noun | None:
    """The noun with one more adjective; ``None`` if it has such a one already."""
    if term.has("colour") and found.colour is None:
        return replace(found, colour=term.get("colour"))
    if term.has("size") and found.size is None:
        return replace(found, size=term.get("size"))
    if term.has("comparative") and found.size is None:
        return replace(found, size=FAMILIES[term.get("comparative")])
    if term.has("acting") and found.action in (None, term.get("acting")):
        return replace(found, action=term.get("acting"))
    if term.has("pose") and not found.turn and not found.mirrored:
        pose = term.get("pose")
        return replace(found, mirrored=True) if pose == "flip" else replace(found, turn=int(pose))
    if term.has("place") and found.place is None:
        return replace(found, place=term.get("place"))
    return None


def _elided(terms: Sequence[Term], start: int) -> tuple[Noun, int] | None:
    """A noun that is named only with the last of several: "one large and one small elephant"."""
    spend(_UNITS)
    draft, at = _determined(terms, start, counting=True)
    described = at
    while at < len(terms) and terms[at].has("colour", "size", "acting") and not terms[at].has("thing", "part", "place"):
        after = _with(draft, terms[at])
        if after is None:
            return None
        draft, at = after, at + 1
    behind = at
    while behind < len(terms) and terms[behind].has("and", "comma"):
        behind += 1
    bare = described == start
    if at in (start, described) or behind == at or behind >= len(terms) or (bare and not terms[start].has("colour")):
        return None
    if not terms[behind].has(*DETERMINERS, "colour", "size", "acting"):
        return None
    if bare and (more := _elided(terms, behind)) is not None:
        return replace(draft, head="thing", name=more[0].name), at
    # Behind a bare one it is known by now that none is elided: to look again at each of many would take for ever.
    last = ((_pronoun(terms, behind) or _named(terms, behind, ())) if bare else noun_at(terms, behind, ()))[0]
    if last is None or last.head not in ("thing", "one") or last.plain or (last.head == "one" and not last.indefinite):
        return None
    if (bare or not terms[behind].has(*DETERMINERS)) and not (last.plural and not last.count):
        return None
    return replace(draft, head=last.head, name=last.name), at


def _elliptic(terms: Sequence[Term], start: int, draft: Noun, at: int) -> tuple[Noun | None, int]:
    """A number without a noun ("then two"), or "the red" where a noun was named before."""
    del at
    term = terms[start]
    if term.has("number") and not _before_unit(terms, start):
        following = terms[start + 1] if start + 1 < len(terms) else Term("")
        more = following.has("more", "another")
        return Noun("one", count=int(term.get("number")), another=more), start + (2 if more else 1)
    if term.has("another") and not draft.count:
        return Noun("one", count=1, another=True), start + 1
    if draft.another and draft.count and terms[start].has("another", "more"):
        return Noun("one", count=draft.count, another=True), start + 2
    return None, start


def _before_unit(terms: Sequence[Term], at: int) -> bool:
    return at + 1 < len(terms) and terms[at + 1].has("degrees", "place", "setting")


def resting(action: str | None) -> str | None:
    """An action, or none where it is rest."""
    return None if action == REST else action
