"""Cuts terms into nouns and the words between them, and sets right what only its neighbours tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece, noun_at
from stepweave.policies.rules.gist.terms import Term
from stepweave.world.effort import spend

_UNITS = 40
"""Of effort, for each term."""
COMMA = Mark("comma", ",", ",")
STOP = Mark("stop", ".", ".")
KINDS = (
    "holding none various twice likewise friend too instead quote nothing ending dangling corners sides sidebyside "
    "swap relation comparative pose spun acting colour size setting place verb weather acts be must not have without "
    "with or and comma stop of possessive from to for by that direction away degrees upright colourword where "
    "liquid alike every both number part more another only owner a the other remaining up row it"
).split()
"""What a word between nouns is taken for, the first that it can be."""


def pieces(terms: Sequence[Term]) -> list[Piece]:
    """Nouns and the words between them."""
    spend(_UNITS * len(terms))
    found: list[Piece] = []
    at = 0
    while at < len(terms):
        noun, after = noun_at(terms, at, found)
        if noun is not None:
            if not _is_choice(found):
                found.append(noun)
            at = after
            continue
        mark = _mark(terms[at])
        if terms[at].has("liquid") and _poured(found, terms[at:]):
            mark = Mark("liquid", terms[at].text, terms[at].text)
        if mark is not None:
            found.append(mark)
        at += 1
    read = [_standing(found, at) if isinstance(one, Mark) else _each(found, at) for at, one in enumerate(found)]
    read = [_filling(read, at) for at in range(len(read))]
    behind = [*read[1:], COMMA]
    return [one for one, next_ in zip(read, behind, strict=False) if not (_is_the(one) and isinstance(next_, Noun))]


def _poured(before: Sequence[Piece], after: Sequence[Term]) -> bool:
    """Whether a liquid is told to fill something, before it or behind it."""
    filled = any(isinstance(one, Mark) and one.value in ("pour", "full") for one in before)
    return filled or any(term.get("verb") == "pour" for term in after)


def _filling(found: Sequence[Piece], at: int) -> Piece:
    """ "A bowl of apples" has them in it."""
    piece, around = found[at], found[max(at - 1, 0) : at + 2]
    if not (isinstance(piece, Mark) and piece.kind == "of") or len(around) < len((0, 1, 2)):
        return piece
    vessel, _, inner = around
    held = isinstance(vessel, Noun) and vessel.name in ("bowl", "box") and isinstance(inner, Noun)
    return Mark("with", "with", "with") if held and isinstance(inner, Noun) and inner.head == "thing" else piece


def _is_the(piece: Piece) -> bool:
    return isinstance(piece, Mark) and piece.kind == "the"


def _each(found: Sequence[Piece], at: int) -> Piece:
    """Of "red, green and blue blocks" there is one each."""
    noun, before = found[at], found[at - 2] if at > 1 else None
    if not isinstance(noun, Noun) or not isinstance(before, Noun) or not isinstance(found[at - 1], Mark):
        return noun
    listed = (
        before.name == noun.name and bool(before.colour) and not (before.indefinite or before.definite or before.count)
    )
    return replace(noun, plural=False) if listed and noun.plural and noun.colour and not noun.count else noun


def _is_colour(piece: Piece | None) -> bool:
    return isinstance(piece, Mark) and piece.kind == "colour"


def _standing(found: Sequence[Piece], at: int) -> Piece:
    """A colour where a noun must be stands for a thing of it: "put red on green"."""
    piece = found[at]
    if not isinstance(piece, Mark) or piece.kind != "colour":
        return piece
    start = at
    while start and isinstance(mark := found[start - 1], Mark) and mark.kind == "the":
        start -= 1
    before = found[start - 1] if start else None
    after = found[at + 1] if at + 1 < len(found) else None
    if start == at and isinstance(before, Mark) and before.kind == "relation" and before.text in ("in", "into"):
        return piece  # "paint it in red"
    here = before is None or (
        isinstance(before, Mark) and before.kind in ("verb", "relation", "stop") and before.value not in LOOKING
    )
    there = before is None or not isinstance(before, Mark) or before.kind != "relation"
    goes_on = isinstance(after, Mark) and after.kind in ("relation", "be", "dangling", "from")
    goes_on = goes_on or (isinstance(after, Mark) and after.kind == "verb" and after.value == "go")
    goes_on = goes_on or (start < at and isinstance(after, Mark) and after.kind in ("verb", "acts"))
    ends = after is None or (isinstance(after, Mark) and after.kind in ("comma", "and", "stop", "to", "place", "away"))
    if isinstance(before, Mark) and (before.verb or before.value) in WORKING and before.kind != "relation" and ends:
        return Noun("one", colour=piece.value, definite=True)  # "lifts red", "delete the white"
    handled = any(isinstance(one, Mark) and one.kind == "verb" for one in found[:at])
    if start < at and isinstance(before, Mark) and before.kind in ("from", "to") and not isinstance(after, Noun):
        return Noun("one", colour=piece.value, definite=True)  # "from the red to the blue one"
    other = found[start - 2] if start > 1 else None
    handled = handled or (isinstance(other, Noun) and other.head == "one") or _is_colour(other)
    if not there and start == at and not handled and not goes_on:
        return piece  # "a cat on red": the picture is red behind it
    if here and (goes_on or not there):
        return Noun("one", colour=piece.value, definite=start < at)
    return piece


WORKING = ("hold", "take", "remove", "drop", "give", "open", "rest")
"""Verbs behind which a colour is what is handled."""
LOOKING = ("become", "make", "draw", "next to", "inside")
"""Verbs behind which a colour is a look, and words for places behind which it may be."""


def _is_choice(found: Sequence[Piece]) -> bool:
    """Whether what comes is the second of two, of which the first is taken: "a chair or a table"."""
    last = found[-1] if found else None
    return isinstance(last, Mark) and last.kind == "or" and len(found) > 1


def _mark(term: Term) -> Mark | None:
    kind = next((one for one in KINDS if term.has(one)), None)
    kind = "acts" if kind == "verb" and term.has("acts") and term.get("verb") == "put" else kind
    return Mark(kind, term.get(kind), term.text, term.get("verb")) if kind else None
