"""Reads what stands before a noun: articles, numbers, colours, sizes, and the words that insist on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.syntax import Noun, Where
from stepweave.world.scene import sharper

ADJECTIVES = (
    *("indefinite", "definite", "every", "number", "colour", "size", "precise", "place", "owner", "one"),
    *("acting", "pose", "group", "pile"),
)
_PRONOUNS = ("pronoun", "pronouns", "everything")
HEADS = (
    "thing",
    "part",
    "text",
    "quote",
    "background",
    "picture",
    "colourword",
    "sizeword",
    "setting",
    "copy",
    *_PRONOUNS,
)
VAGUE = ("some", "few", "several", "many", "lots of", "plenty of", "a lot of")
"""Numbers that leave the number open: of parts, they mean all of them."""


def adjectives(at: Cursor) -> Noun:
    """Read everything before the head of a noun; what insists on nothing else insists on the number."""
    draft = Noun("one")
    pending = False
    while at.sees(*ADJECTIVES):
        if at.take("precise"):
            pending = True
            continue
        found = adjective(at, draft, pending)
        if found is None:
            break
        pending = pending and not _settles(draft, found)
        draft = found
    return _insisted(draft, pending, "count")


def adjective(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    """The draft with one more word before the head, or ``None`` where the head comes next."""
    for kind, read in _READERS.items():
        if at.sees(kind):
            return read(at, draft, precise)
    return None


def _settles(before: Noun, after: Noun) -> bool:
    aspects = ("colour", "size", "count", "where", "action", "turn", "mirrored")
    return any(getattr(before, aspect) != getattr(after, aspect) for aspect in aspects)


def _determiner(at: Cursor, draft: Noun, _precise: bool) -> Noun:
    if at.take("indefinite"):
        return draft
    every = at.take("every") is not None
    at.skip("definite")
    return replace(draft, definite=True, every=draft.every or every)


def _owner(at: Cursor, draft: Noun, _precise: bool) -> Noun:
    at.take("owner")
    return replace(draft, definite=True, owner=Noun("it", definite=True))


def _number(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    vague = any(at.peek("number") is not None and at.text(at.position, at.position + 1) == word for word in VAGUE)
    if at.sees("one") and (at.sees("of", ahead=1) or not at.sees(*HEADS, *ADJECTIVES, ahead=1)):
        return None
    number = at.take("number")
    if number is None:
        return None
    at.skip("of")
    found = replace(draft, count=int(number))
    return replace(found, plural=True, count=None) if vague and at.sees("part") else _insisted(found, precise, "count")


def _colour(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    if draft.colour is not None:
        raise NotPossible("a thing has one colour here", "name one colour, and colour its parts apart")
    return _insisted(replace(draft, colour=at.take("colour")), precise, "colour")


def _size(at: Cursor, draft: Noun, precise: bool) -> Noun:
    size = at.take("size")
    at.skip("sized", "sizeword")
    return _insisted(replace(draft, size=size), precise, "size")


def _place(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    start = at.position
    where = Where(place=at.take("place"), precise=precise)
    at.skip("side")
    if at.sees("of") or not at.sees(*HEADS, "colour", "size", "number", "one"):
        at.position = start
        return None
    return _insisted(replace(draft, where=where), precise, "place")


def _acting(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    """Read "sleeping", where more follows."""
    start = at.position
    action = at.take("acting")
    if not at.sees(*HEADS, *ADJECTIVES):
        at.position = start
        return None
    if draft.action is not None:
        raise NotPossible("a thing does one thing at a time here", "name one of them")
    return _insisted(replace(draft, action=action), precise, "pose")


def _pose(at: Cursor, draft: Noun, precise: bool) -> Noun | None:
    """Read "upside-down", where more follows."""
    start = at.position
    pose = at.take("pose") or ""
    if not at.sees(*HEADS, *ADJECTIVES):
        at.position = start
        return None
    return _insisted(posed(draft, pose), precise, "pose")


def posed(draft: Noun, pose: str) -> Noun:
    """The noun turned as well, or flipped."""
    if pose == "flip":
        return replace(draft, mirrored=not draft.mirrored)
    return replace(draft, turn=(draft.turn + int(pose)) % 360)


def _group(at: Cursor, draft: Noun, _precise: bool) -> Noun:
    """Read "a group of", "a stack of": how many follows, or a plural."""
    if at.take("group"):
        return draft
    at.take("pile")
    return replace(draft, piled=True)


_READERS: dict[str, Callable[[Cursor, Noun, bool], Noun | None]] = {
    "indefinite": _determiner,
    "every": _determiner,
    "definite": _determiner,
    "owner": _owner,
    "number": _number,
    "colour": _colour,
    "size": _size,
    "place": _place,
    "acting": _acting,
    "pose": _pose,
    "group": _group,
    "pile": _group,
}


def _insisted(draft: Noun, precise: bool, aspect: str) -> Noun:
    return replace(draft, precise=sharper(draft.precise, aspect)) if precise else draft
