"""Reads lists of nouns: what is added, "a tree, a house and on the left a cat", and what something is done to."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.nouns import noun, starts_noun
from stepweave.world.language.places import where
from stepweave.world.language.syntax import Noun, Where
from stepweave.world.scene import sharper


def read_items(at: Cursor) -> tuple[Noun, ...]:
    """Read nouns one after the other, up to the next clause."""
    found: list[Noun] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            return tuple(found)
        item = None if found and at.sees("verb") and not is_noun_after_all(at) else _item(at)
        if item is None or (found and (at.sees("be") or item.head in ("it", "them"))):
            at.position = start
            return tuple(found)
        found = _gathered([*found, item])


def _gathered(found: list[Noun]) -> list[Noun]:
    """The nouns, those joined that are said to be on or in the same thing: "a table with a cup and a lamp on it"."""
    *before, last = found
    if last.where is None or last.where.to is None or last.where.to.head != "it" or last.head not in ("thing", "one"):
        return found
    for back in reversed(range(len(before))):
        together = _together(before[back], (*before[back + 1 :], last))
        if together is not None:
            return [*before[:back], together]
        if before[back].where is not None or before[back].head != "thing" or before[back].definite:
            return found
    return found


def _together(noun: Noun, more: tuple[Noun, ...]) -> Noun | None:
    """The noun with more that it has, where what it has already is nowhere else."""
    if noun.where is not None and noun.where.to is not None:
        to = _together(noun.where.to, more)
        return replace(noun, where=replace(noun.where, to=to)) if to is not None else None
    *others, first = noun.having or (noun,)
    if first is noun or first.head != "thing" or first.where is not None:
        return None
    return replace(noun, having=(*others, *(replace(one, where=more[-1].where) for one in (first, *more))))


def is_noun_after_all(at: Cursor) -> bool:
    """Whether the next word, which can be a verb, can as well begin a noun."""
    return at.sees("colour", "thing", "part") and not at.sees("definite", "indefinite", ahead=1)


def _item(at: Cursor) -> Noun | None:
    """Read a noun, also with its place before it: "on the left a tree"."""
    before = where(at, noun) if not starts_noun(at) else None
    if before is not None:
        at.skip("comma")
        if at.peek("verb") in ("add", "put"):
            at.take("verb")
        at.take("be")
    found = noun(at)
    if found is None or before is None or before == Where():
        return found
    if found.where is not None:
        raise NotPossible(f'two places for "{found.text}"', "name one of them")
    return replace(found, where=before, precise=sharper(found.precise, *(("place",) if before.precise else ())))


def read_towards(at: Cursor) -> Noun | None:
    """Read "to the house"; "to the picture" says nothing."""
    start = at.position
    if at.take("to") or at.take("preposition"):
        found = noun(at)
        if found is not None and found.head == "background" and (found.name or found.colour):
            at.position = start
            return None
        if found is not None and found.head in ("thing", "it", "them", "one", "part", "picture", "background"):
            return None if found.head in ("picture", "background") else found
    at.position = start
    return None


def read_into(at: Cursor) -> Where | None:
    """Read "to the house" as the end of a movement: beside it."""
    other = read_towards(at)
    return Where(relation="next to", to=other) if other is not None else None


def read_targets(at: Cursor) -> tuple[Noun, ...]:
    """Read what an act is done to: nouns joined by commas and "and"."""
    found: list[Noun] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            return tuple(found)
        target = None if found and at.sees("verb") and not is_noun_after_all(at) else _target(at)
        if target is None or (found and not target.definite):
            at.position = start
            return tuple(found)
        found.append(target)


def _target(at: Cursor) -> Noun | None:
    """Read one noun; "into" behind it says what it becomes, not where it is."""
    start = at.position
    bare = noun(at, described=False)
    if bare is not None and at.sees("to") and at.sees("relation"):
        return bare
    at.position = start
    return noun(at, coloured=False)
