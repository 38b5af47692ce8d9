"""Cuts a request into the moments that it tells of: by numbers, by words of time, by sentences, by verbs of change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.numbers import UNIT, numbered
from stepweave.policies.rules.gist.pieces import pieces
from stepweave.policies.rules.gist.skimming import scenery
from stepweave.policies.rules.gist.speech import EDITING, ORDERS
from stepweave.policies.rules.gist.terms import terms
from stepweave.world.language import LanguageError

Seam = Literal["hard", "soft", "weak", "and", "more", "list", "last"]
"""How surely a new moment begins: at a number or a word of time, at a sentence, at a verb behind a comma, at one
behind a mere "and", at a further sentence under the same number, at an item of a list,
and at its last behind "and"."""
_ORDINAL = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|next|following"
_LOOK = "red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y|bigger|smaller|large|small|big|tiny"
_HERE = rf"""
      (?:in|for|as|on)\s+(?:the\s+|a\s+)?(?:{_ORDINAL})(?:\s+(?:{UNIT})|\s+one)?(?:\s+(?:there's|there\s+is))?(?=[\s,:])
      |(?:the\s+)?(?:{_ORDINAL})\s+(?:(?:{UNIT})\b|one\b(?!\s+(?:{_LOOK})\b))(?:\s+(?:is|shows|should\s+show)\b)?
      |(?:first|second|third|fourth|fifth|last)(?:ly)?(?:\s+of\s+all)?
       (?=\s*[,:]|\s+\w)
      |in\s+the\s+(?:other\s+(?:{UNIT})|one\s+after(?:\s+(?:that|this|it))?)\b |next(?!\s+(?:to|door)\b) | after(?=\s*,)
      | later(?:\s+on)? | soon(?:\s+after)? | now | finally | lastly | eventually
      |(?:a\s+|one\s+)?(?:moment|minute|day|bit|little|while|second)\s+(?:later|after(?:\s+(?:that|this))?)
      |at\s+(?:the\s+end|last|first|the\s+start) | in\s+the\s+end | initially | (?:last|first)\s+of\s+all
      |to\s+(?:finish|start|begin|end)(?:\s+(?:with|off|it))* | (?:start|begin|end|finish|continue)\s*:
      |(?:start|starting|initial|goal|end|final|target)\s+(?:state|position|situation|scene|picture|arrangement)\s*[:=-]?
      |(?:start|begin|finish|end|continue)(?:ing)?\s+(?:by|with)(?:\s+(?:adding|drawing))?
      |once\s+(?:that|this)(?:\s+is|'s)\s+done | day\s+\d+\s*:"""
"""Words of time that begin a moment where a clause begins."""
TIMES = re.compile(
    rf"""(?:(?:^|[,;.!?\n]\s*|:\s*(?=first\b)|\band\s+|\bbut\s+)(?:and\s+|but\s+|so\s+|then\s+)?(?:{_HERE})
      |(?:[\s,]|^)(?:and\s+)?(?:then(?!\s+(?!bring|sing)\w+ing\b)|after(?:wards?|\s+(?:that|this|which))|followed\s+by
        |at\s+(?:first|the\s+start|the\s+beginning)
        |in\s+the\s+beginning|to\s+(?:begin|start)\s+with|first\s+of\s+all|(?:starting|beginning|ending|finishing)\s+(?:with|from|by))
      |\s(?:first|second|third|fourth|last|next|later)(?=\s*[.,;!\n]|\s*$)
    )(?=[\s,:.;!]|$)\s*[,:]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
SENTENCE = re.compile(r"(?<=[^\s])[.!?…]+(?=[\s,]|$)|[;\n]|\s*(?:->|→|=>|>)\s*|\s+/\s+|\s+--?\s+(?=[A-Z])")
WEAK = re.compile(r"\s*,\s*(?:and\s+|but\s+|so\s+)?|\s+(?:and|but|while|until|because|so)\s+", re.IGNORECASE)

CONSEQUENCE = re.compile(r"^\s*,?\s*so\s+(?:that\s+)?(?:it|they|he|she|both|all|the)\b", re.IGNORECASE)
"""Words that tell what comes of what was just done, which is the same picture."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A piece of a request, and how surely it begins a new picture."""

    text: str
    seam: Seam
    lead: str = ""
    """The words of time before it."""


def moments(text: str, *, story: bool = False) -> tuple[Moment, ...]:
    """The pieces of a request in their order; the first one always begins a picture."""
    found: list[Moment] = []
    parts = numbered(text, names_anything)
    for part in parts or [text]:
        began = len(found)
        for lead, timed in _timed(part):
            for sentence in _sentences(timed):
                found += _clauses(sentence, "soft", story=story)
            found[began:] = [_kept(moment) for moment in found[began:]] if parts else found[began:]
            _harden(found, began, lead)
            began = len(found)
    return tuple(moment for moment in found if re.search(r"[\w\ue000]", moment.text))


def _harden(found: list[Moment], at: int, lead: str) -> None:
    if at < len(found):
        found[at] = Moment(found[at].text, "hard", lead.strip(" ,.;:"))


def _kept(moment: Moment) -> Moment:
    """What stands under one number is one picture."""
    seam: Seam = "more" if moment.seam in ("soft", "more") else "list"
    return Moment(moment.text, seam, moment.lead)


def _timed(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at words of time, each piece with those that stand before it."""
    lead, last = "", 0
    for match in TIMES.finditer(text):
        if re.search(r"[\w\ue000]", text[last : match.start()]):
            yield lead, text[last : match.start()]
            lead = ""
        lead, last = f"{lead} {match[0]}", match.end()
    if re.search(r"[\w\ue000]", text[last:]):
        yield lead, text[last:]


def _sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.split(text) if part and re.search(r"[\w\ue000]", part)]


def _clauses(sentence: str, seam: Seam, *, story: bool) -> list[Moment]:
    """A sentence cut before clauses with a verb of their own, and before the items of a list.

    Behind a comma such a clause is a moment of its own, and then the last one behind "and" is so, too.
    """
    found: list[Moment] = []
    last, lead = 0, ""
    for match in WEAK.finditer(sentence):
        before, after = sentence[last : match.start()], sentence[match.end() :]
        if not re.search(r"[\w\ue000]", before) or before.count("(") > before.count(")"):
            continue
        listed = seam == "weak" or any(one.seam == "weak" for one in found)
        kind = _begins(after, before, comma="," in match[0], listed=listed, story=story)
        kind = "list" if kind and not story and CONSEQUENCE.search(f"{match[0]}{after}") else kind
        if kind is not None:
            found.append(Moment(before, seam, lead))
            seam, last, lead = kind, match.end(), match[0].strip(" ,")
    found.append(Moment(sentence[last:], seam, lead))
    listed = any(moment.seam == "weak" for moment in found)
    return [replace(one, seam="weak") if listed and one.seam == "and" else one for one in found]


def _begins(after: str, before: str, *, comma: bool, listed: bool, story: bool) -> Seam | None:
    """Whether a clause of its own begins here."""
    try:
        here, gone = pieces(terms(after, story=True)), pieces(terms(before, story=True))
    except LanguageError:
        return None
    if not here or not gone or (not story and _leads_on(gone)):
        return None
    if story and _happens(here) and _happens(gone):
        return "weak"
    if isinstance(here[0], Mark) and here[0].kind in ("that", "holding"):
        return None  # "a robot with green eyes, that holds a flower"
    if told(here) and (not comma or told(gone) or names(gone)):
        return "weak" if comma else "and" if listed or _acts_apart(here) else None
    if comma:
        return "list" if names(here) and names(gone) else None
    first = here[0]
    placed = any(isinstance(one, Mark) and one.kind == "place" for one in gone)
    return "last" if placed and isinstance(first, Noun) and (first.indefinite or first.count) else None


def _leads_on(found: Sequence[Piece]) -> bool:
    """Whether a clause only tells where something is that is named behind it: "to the right of it, ..."."""
    plain = weighty(found, "and", "comma")
    first = plain[0] if plain else None
    where = isinstance(first, Mark) and first.kind in ("relation", "dangling")
    return (
        where
        and len(plain) == (1 if isinstance(first, Mark) and first.kind == "dangling" else 2)
        and isinstance(plain[-1], Noun | Mark)
        and not (isinstance(plain[-1], Mark) and plain[-1].kind not in ("dangling", "setting", "place"))
    )


def weighty(found: Sequence[Piece], *besides: str) -> list[Piece]:
    """The pieces of a clause but for articles and the like, and what is left out ``besides``."""
    left_out = ("nothing", "the", "a", "only", *besides)
    return [one for one in found if not (isinstance(one, Mark) and one.kind in left_out)]


def told(found: Sequence[Piece]) -> bool:
    """Whether a clause begins with a verb of change, or with a noun and such a verb."""
    plain = weighty(found, "that")
    for index, piece in enumerate(plain[:3]):
        verb = _as_verb(plain, index)
        if verb:
            return verb in (EDITING | ORDERS if index == 0 else EDITING | {"hold", "drop"})
        if isinstance(piece, Mark) and piece.kind not in ("be", "have", "of", "both", "every", "must"):
            return False
    return False


def _as_verb(plain: Sequence[Piece], index: int) -> str:
    """What a word means as a verb, if it is one here: "open the box", "flip it"."""
    piece = plain[index]
    if not isinstance(piece, Mark):
        return ""
    if piece.kind == "verb":
        return piece.value
    return piece.verb if index == 0 and len(plain) > 1 and isinstance(plain[1], Noun) else ""


def _happens(found: Sequence[Piece]) -> bool:
    """Whether somebody does something, or something happens to somebody."""
    plain = weighty(found, "that")
    return any(isinstance(one, Mark) and one.kind in ("verb", "acts", "acting") for one in plain[:4])


def is_event(said: Sequence[Piece]) -> bool:
    """Whether a sentence tells what somebody does, or how what is known is then: "a rabbit hops in", "it is closed"."""
    plain = weighty(said)
    if len(plain) < len(("who", "deed")) or not isinstance(plain[0], Noun) or not isinstance(plain[1], Mark):
        return False
    who, deed, how = plain[0], plain[1], plain[2] if len(plain) > len(("who", "deed")) else None
    acts = deed.kind in ("acts", "verb") and not deed.text.endswith("ing")
    rests = who.definite and deed.kind == "be" and isinstance(how, Mark) and how.kind == "acting"
    return who.head in ("thing", "it", "they") and (acts or rests)


def _acts_apart(found: Sequence[Piece]) -> bool:
    """Whether a clause behind a mere "and" is a deed of its own, rather than more about the same."""
    verbs = [one.value for one in found[:3] if isinstance(one, Mark) and one.kind == "verb"]
    return bool(verbs) and verbs[0] not in ("make", "become", "near", "draw", "go", "write", "add")


def names(found: Sequence[Piece]) -> bool:
    """Whether a thing or a place is named."""
    return any(
        (isinstance(one, Noun) and one.head in ("thing", "text", "it", "they", "one", "part"))
        or (isinstance(one, Mark) and one.kind in ("setting", "place"))
        for one in found
    )


def names_anything(text: str) -> bool:
    """Whether a text names something that can be drawn, or what nobody here knows."""
    try:
        found = pieces(terms(text))
    except LanguageError:
        return True
    named = any(isinstance(one, Noun) and one.head in ("thing", "text", "background") for one in found)
    return named or bool(scenery(found))
