"""Lists that name a thing again and again are pictures of it: "one apple, two apples", "box closed; box open"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from stepweave.policies.rules.gist.moments import weighty
from stepweave.policies.rules.gist.nouns import Mark, Noun, Piece
from stepweave.policies.rules.gist.skimming import nouns_and_marks, playing, scenery, things

SEAMS = (r"\s*;\s*", r"\s+[/|]\s+", r"[.!]\s+", r"\s*,\s*(?:and\s+)?(?:then\s+)?|\s+then\s+")
"""What items are cut at, the surest first."""
LONGEST = 60
"""Most characters of an item."""
MANY = 2
FEW = 3
"""How many items a list has at least, and how many where they could also be things beside each other."""
AGAIN = re.compile(r"\b(?:once\s+)?again\b", re.IGNORECASE)
LOOKS = ("acting", "acts", "pose", "with", "without", "holding")
"""What tells a state of one thing, rather than another one of its kind."""


def restated(text: str) -> str:
    """A request whose items name the same things again, with numbers before them; any other request as it is."""
    head, colon, body = text.partition(":")
    items = _items(body)
    if not colon or (not items and things(nouns_and_marks(head))):
        head, items = "", _items(text)
    if not items:
        return text
    where = scenery(nouns_and_marks(head))
    first = f"{items[0]}, {playing(where[0])}" if where else items[0]
    return " ".join(f"{number}. {item}" for number, item in enumerate((first, *items[1:]), 1))


def _items(text: str) -> list[str]:
    """The items as pictures, if they are such; or none."""
    for seam in SEAMS:
        items = [one for one in re.split(seam, text.strip(" .!;,\n")) if re.search(r"\w", one)]
        if len(items) < MANY:
            continue
        if any(len(one) > LONGEST for one in items):
            return []
        said = [nouns_and_marks(AGAIN.sub("", one)) for one in items]
        named = [(item, one) for item, one in zip(items, said, strict=True) if things(one)]
        if len(named) >= MANY and len(items) - len(named) < MANY and _lies_otherwise([one for _, one in named]):
            return [item for item, _ in named]
        if not all(things(one) for one in said) or any(map(_does, said)):
            return []
        if (seam is not SEAMS[-1] or THEN.search(text)) and _changes(said):
            return [items[0], *(ARTICLE.sub("the ", item) for item in items[1:])]
        if _counted(said):
            return items
        if _grows(said):
            return [items[0], *(_known(item, before) for before, item in zip(said, items[1:], strict=False))]
        return _states(items, said)
    return []


def _lies_otherwise(said: Sequence[Sequence[Piece]]) -> bool:
    """Whether every sentence tells where the same thing is: "the ball is on the box", "the ball is in the box"."""
    nouns = [things(one) for one in said]
    if not all(one and one[0].definite for one in nouns) or len({one[0].name for one in nouns}) > 1:
        return False
    kinds = [[one.kind for one in words if isinstance(one, Mark)] for words in said]
    where = [next((one.value for one in words if _where(one) and isinstance(one, Mark)), "") for words in said]
    return all(one in (["be", "relation"], ["be", "relation", "place"]) for one in kinds) and len(set(where)) == len(
        where
    )


def _does(said: Sequence[Piece]) -> bool:
    return any(isinstance(one, Mark) and one.kind in ("verb", "be", "have") and one.verb == "" for one in said)


THEN = re.compile(r"\bthen\b", re.IGNORECASE)
ARTICLE = re.compile(r"^\W*(?:and\s+|now\s+)*an?\s+", re.IGNORECASE)


def _changes(said: Sequence[Sequence[Piece]]) -> bool:
    """Whether every item is the same thing doing something else: "an empty cup, then a full cup"."""
    alone = all(len(weighty(words, "acting")) == 1 and len(things(words)) == 1 for words in said)
    nouns = [things(one)[0] for one in said]
    deeds = [
        (noun.action, *(one.text for one in words if isinstance(one, Mark) and one.kind == "acting"))
        for noun, words in zip(nouns, said, strict=True)
    ]
    told = [deed for deed in deeds if deed != (None,)]
    same = len({(one.name, one.colour, one.size) for one in nouns}) == 1 and all(one.indefinite for one in nouns)
    return alone and same and len(told) >= len(said) - 1 and len(set(deeds)) == len(deeds)


def _counted(said: Sequence[Sequence[Piece]]) -> bool:
    """Whether the same is counted up or down."""
    nouns = [things(one) for one in said]
    plain = all(len(one) == 1 and len(words) == 1 and one[0].plain for one, words in zip(nouns, said, strict=True))
    if not plain or len({one[0].name for one in nouns}) > 1 or len(said) < FEW:
        return False
    counts = [one[0].count or 1 for one in nouns]
    steps = {after - before for before, after in itertools.pairwise(counts)}
    return steps in ({1}, {-1})


def _grows(said: Sequence[Sequence[Piece]]) -> bool:
    """Whether every item names all that the one before named, and more."""
    names = [[(one.name, one.colour, one.size) for one in things(words)] for words in said]
    more = all(len(one) < len(other) and other[: len(one)] == one for one, other in itertools.pairwise(names))
    plain = all(
        not (isinstance(one, Mark) and one.kind in ("relation", "place", "dangling")) for w in said for one in w
    )
    return more and plain and len(names[0]) == len(names[1]) - 1


def _known(item: str, before: Sequence[Piece]) -> str:
    """An item in which what was there before is named as known."""
    for noun in things(before):
        item = re.sub(rf"\ban?\s+(?=(?:\w+\s+)?{re.escape(noun.name)}\b)", "the ", item, count=1)
    return item


def _states(items: list[str], said: Sequence[Sequence[Piece]]) -> list[str]:
    """The items as states of the one thing that all of them name without an article."""
    firsts = [things(one)[0] for one in said]
    if len({one.name for one in firsts}) > 1 or not all(map(_bare, firsts)) or len(set(items)) < len(items):
        return []
    kinds = {one.kind for words in said for one in words if isinstance(one, Mark)}
    looks = any(one.action or one.turn or one.mirrored for one in firsts) or kinds & set(LOOKS)
    placed = len(items) >= FEW and all(any(_where(one) for one in words) for words in said)
    if not (looks or placed):
        return []
    found = [items[0]]
    for before, item in zip(firsts, items[1:], strict=False):
        back = AGAIN.search(item) is not None
        rests = back and len(nouns_and_marks(AGAIN.sub("", item))) == 1
        found.append(f"the {before.name} relaxes" if rests else f"the {item}")
    return found


def _bare(noun: Noun) -> bool:
    return not (noun.definite or noun.indefinite or noun.count or noun.plural or noun.another)


def _where(piece: Piece) -> bool:
    return isinstance(piece, Mark) and piece.kind in ("place", "relation")
