"""Reads what is said about a noun behind it: places, colours, parts it has or lacks, the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world.language.adjectives import adjective, adjectives, posed
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import NotPossible
from stepweave.world.language.lexicon import part_of
from stepweave.world.language.places import NounReader, where
from stepweave.world.language.rotating import read_rotation
from stepweave.world.language.syntax import Noun
from stepweave.world.scene import sharper

_PLACES = ("preposition", "relation", "place", "around", "precise")
_DEEDS = ("acting", "who", "turned", "pose", "holding")
LINKS = (
    *_PLACES,
    "against",
    "amid",
    "adverbial",
    "alike",
    *_DEEDS,
    "coloured",
    "with",
    "without",
    "that",
    "whose",
    "saying",
)
"""What can begin a phrase that says more about the noun before it."""
BREAKS = ("comma", "and", "stop", "then", "verb", *LINKS)
"""What may follow a phrase set between commas."""

Qualifier = Callable[[Cursor, Noun, NounReader], Noun | None]


def described(at: Cursor, found: Noun, noun: NounReader, *, coloured: bool) -> Noun:
    """Read on for as long as something more is said about a noun, also behind a comma."""
    readers = tuple(read for read in _READERS if coloured or read not in _OWN)
    while True:
        start = at.position
        comma = at.take("comma") is not None
        more = _first(at, found, noun, readers) if at.sees(*LINKS, "quote") else None
        if more is None or (comma and not at.ended and not at.sees(*BREAKS)):
            at.position = start
            return found
        found = more


def _first(at: Cursor, found: Noun, noun: NounReader, readers: tuple[Qualifier, ...]) -> Noun | None:
    for read in readers:
        start = at.position
        if (more := read(at, found, noun)) is not None:
            return more
        at.position = start
    return None


def _that_is(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    """Read "that is red and small", "that is sleeping"."""
    if not at.take("that"):
        return None
    if (placed := _where(at, found, noun)) is not None:
        return placed
    read = False
    while True:
        start = at.position
        if read:
            at.skip("and")
        precise = at.skip("precise")
        more = adjective(at, found, precise) if at.sees("colour", "size") else _looking(at, found, precise)
        if more is None:
            at.position = start
            return found if read else None
        found, read = more, True


def _looking(at: Cursor, found: Noun, precise: bool) -> Noun | None:
    """Read "sleeping" or "upside down"."""
    if (action := at.take("acting")) is not None:
        if found.action not in (None, action):
            return None
        found = replace(found, action=action)
    elif (pose := at.take("pose")) is not None:
        found = posed(found, pose)
    else:
        return None
    return replace(found, precise=sharper(found.precise, "pose")) if precise else found


def _doing(at: Cursor, found: Noun, _noun: NounReader) -> Noun | None:
    """Read "sleeping", "upside down", "that sleeps", "turned to the left"."""
    precise = at.skip("precise")
    if (more := _looking(at, found, precise)) is not None:
        return more
    if at.take("turned"):
        pose = read_rotation(at)
        more = posed(found, pose) if pose is not None else None
    elif at.take("who"):
        precise = at.skip("precise") or precise
        action = at.take("acts")
        more = replace(found, action=action) if action is not None else None
    return replace(more, precise=sharper(more.precise, "pose")) if more is not None and precise else more


def _holding(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    """Read "holding a cup"; where that is, the holder is."""
    if found.head not in ("thing", "one") or not (at.take("holding") or (at.take("who") and at.take("holds"))):
        return None
    held = noun(at)
    if held is None:
        return None
    held = replace(held, having=tuple(one for one in held.having if one.owner is None or one.owner.head != "it"))
    if held.where is not None and found.where is None and held.where.relation != "held by":
        found, held = replace(found, where=held.where), replace(held, where=None)
    return replace(found, holding=(*found.holding, held))


def _alike(at: Cursor, found: Noun, _noun: NounReader) -> Noun | None:
    """Read "just like it": a copy of one that is there."""
    if found.head not in ("thing", "one") or found.definite or not at.take("alike"):
        return None
    model = (
        Noun("it", definite=True) if found.head == "one" else replace(found, definite=True, count=None, plural=False)
    )
    return replace(found, head="copy", owner=model, colour=None, size=None)


def _backdrop(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    """Read "on a blue background", "under a blue sky", "on blue paper", "in a garden", "at night"."""
    if found.backdrop is not None:
        return None
    behind = read_backdrop(at, noun, described=False)
    return replace(found, backdrop=behind) if behind is not None else None


def read_backdrop(at: Cursor, noun: NounReader, *, described: bool = True) -> Noun | None:
    """Read what is behind everything, with the little word before it; ``None``, and nothing is read, if it is not.

    Args:
        at: where to read.
        noun: how a noun is read.
        described: whether anything behind it belongs to it.
    """
    start = at.position
    at.skip("around")
    if at.sees("adverbial") or at.take("against") or at.take("amid"):
        behind = noun(at, described=described)
        if behind is not None and behind.head in ("background", "picture") and (behind.colour or behind.name):
            return behind
    at.position = start
    return None


def _letters(at: Cursor, found: Noun, _noun: NounReader) -> Noun | None:
    """Read "in large red letters", of written words."""
    if found.head != "text" or not at.take("coloured"):
        return None
    letters = adjectives(at)
    if not at.take("text"):
        return None
    return replace(
        found,
        colour=letters.colour or found.colour,
        size=letters.size or found.size,
        precise=sharper(found.precise, *letters.precise),
    )


def _in_colour(at: Cursor, found: Noun, _noun: NounReader) -> Noun | None:
    if found.colour is not None or not at.take("coloured"):
        return None
    precise = at.skip("precise")
    at.skip("indefinite")
    if at.sees("background", "picture", ahead=1):
        return None
    return adjective(at, found, precise) if at.sees("colour") else None


def _with(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    """Read "with a red roof and a blue door"; a thing that is no part of it comes along."""
    if found.head not in ("thing", "one", "background") or not at.take("with"):
        return None
    if at.take("none"):
        return _lacking(at, found, noun)
    having = _listed(at, found, noun)
    behind = next((one for one in having if one.head == "background"), found.backdrop)
    if found.backdrop is not None and behind is not found.backdrop:
        raise NotPossible("a picture has one background here, and a setting has its own sky", "name one of the two")
    rest = tuple(one for one in having if one.head != "background")
    return replace(found, having=found.having + rest, backdrop=behind) if having else None


def _without(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    return _lacking(at, found, noun) if found.head == "thing" and at.take("without") else None


def _lacking(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    lacking = _listed(at, found, noun, lacking=True)
    return replace(found, lacking=found.lacking + lacking) if lacking else None


def _whose(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    """Read "whose door is green"."""
    if found.head != "thing" or not at.take("whose"):
        return None
    named = noun(at, described=False)
    if named is None or named.head != "part" or not at.take("be"):
        return None
    precise = at.skip("precise")
    coloured = adjective(at, named, precise) if at.sees("colour") else None
    return replace(found, having=(*found.having, coloured)) if coloured is not None else None


def _listed(at: Cursor, owner: Noun, noun: NounReader, *, lacking: bool = False) -> tuple[Noun, ...]:
    """Parts named one after the other, for as long as they are parts of the owner, and had or ``lacking`` alike."""
    found: list[Noun] = []
    while True:
        start = at.position
        separated = at.skip("comma", "and")
        without = at.sees("without") or (at.sees("with") and at.sees("none", ahead=1))
        if found and (without or at.sees("with")) and without != lacking:
            return tuple(found)  # "with a green scarf and without a nose"
        separated = at.skip("with", "none", "without") or separated
        named = as_part(noun(at, described=False), owner) if separated or not found else None
        if named is None or (found and not _belongs(named, owner)):
            at.position = start
            return tuple(found)
        if not _belongs(named, owner):
            return (described(at, named, noun, coloured=True),)
        found.append(_first(at, named, noun, (_in_colour,)) or named)


def as_part(named: Noun | None, owner: Noun) -> Noun | None:
    """The noun as a part of the owner, if its word can mean one."""
    if named is None or not named.part or named.head == "part" or owner.head != "thing":
        return named
    return replace(named, head="part", name=named.part) if part_of(owner.name, named.part) is not None else named


def _belongs(named: Noun, owner: Noun) -> bool:
    if named.head == "background":
        return True
    if named.head != "part" or named.owner is not None:
        return False
    return owner.head != "thing" or part_of(owner.name, named.name) is not None


def _saying(at: Cursor, found: Noun, _noun: NounReader) -> Noun | None:
    at.skip("saying")
    label = at.take("quote") if found.head == "text" and not found.label else None
    return replace(found, label=label) if label is not None else None


def _where(at: Cursor, found: Noun, noun: NounReader) -> Noun | None:
    place = where(at, noun) if found.where is None else None
    if place is None:
        return None
    return replace(found, where=place, precise=sharper(found.precise, *(("place",) if place.precise else ())))


_READERS: tuple[Qualifier, ...] = (
    _that_is,
    _backdrop,
    _letters,
    _in_colour,
    _with,
    _without,
    _whose,
    _saying,
    _doing,
    _holding,
    _alike,
    _where,
)
_OWN = (_in_colour, _doing)
"""What does not belong to a noun where it could be what that shall become."""
