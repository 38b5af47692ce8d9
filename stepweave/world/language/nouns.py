"""Reads nouns: "a small red house", "the roof of the house", "three stars at the top", "the cat's tail"."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.language.adjectives import adjectives
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.lexicon import part_of
from stepweave.world.language.places import HAND
from stepweave.world.language.qualifiers import as_part
from stepweave.world.language.qualifiers import described as read_on
from stepweave.world.language.syntax import Noun
from stepweave.world.vocabulary import ANYTHING

_OTHERWISE = ("thing", "setting", "text", "picture", "background")
"""What a word that names a part may be besides."""
OWNERS = ("thing", "it", "them", "one", "part", "background", "picture")


def noun(at: Cursor, *, coloured: bool = True, described: bool = True) -> Noun | None:
    """Read a noun and what follows about it; ``None``, and nothing is read, if there is none here.

    Args:
        at: where to read.
        coloured: whether "in red" behind it belongs to it (and not to what it shall become).
        described: whether anything behind it belongs to it.
    """
    return at.once(("noun", coloured, described), lambda: _noun(at, coloured, described))


def _noun(at: Cursor, coloured: bool, described: bool) -> Noun | None:
    start = at.position
    found = _pronoun(at) or _headed(at)
    if found is None:
        at.position = start
        return None
    if described:
        found = read_on(at, found, noun, coloured=coloured)
    return replace(_hoisted(found), text=at.text(start, at.position))


def _hoisted(found: Noun) -> Noun:
    """A background named behind a noun within another noun belongs to the outer one: it is the picture's."""
    beside = (found.where.to, found.where.other) if found.where else ()
    inner = [*beside, found.owner, *found.having, *found.lacking, *found.holding]
    behind = next((one.backdrop for one in inner if one is not None and one.backdrop is not None), None)
    return replace(found, backdrop=found.backdrop or behind) if behind is not None else found


def starts_noun(at: Cursor) -> bool:
    """Whether a noun begins here."""
    start = at.position
    found = noun(at, described=False)
    at.position = start
    return found is not None


def _pronoun(at: Cursor) -> Noun | None:
    if at.take("pronouns"):
        return Noun("them", definite=True, every=True)
    if at.take("everything"):
        return Noun("thing", ANYTHING, definite=True, every=True)
    if at.take("pronoun"):
        return Noun("it", definite=True)
    return None


def _headed(at: Cursor) -> Noun | None:
    draft = adjectives(at)
    part = at.peek("part")
    if part is not None and (draft.owner is not None or not at.sees(*_OTHERWISE) or _is_owned(at, part)):
        at.take("part")
        return _owned(at, replace(draft, head="part", name=part, plural=draft.plural or at.plural))
    found = _unowned(at, draft)
    return replace(found, part=part) if found is not None and part is not None and found.head != "part" else found


def _is_owned(at: Cursor, part: str) -> bool:
    """Whether "of" and a thing follow that has such a part."""
    start = at.position
    at.position += 1
    owner = noun(at, described=False) if at.take("of") else None
    at.position = start
    return owner is not None and owner.head == "thing" and part_of(owner.name, part) is not None


def _unowned(at: Cursor, draft: Noun) -> Noun | None:
    if (thing := at.take("thing")) is not None:
        return _part_of_it(at, replace(draft, head="thing", name=thing, plural=draft.plural or at.plural))
    if (setting := at.take("setting")) is not None:
        at.skip("background", "picture")
        return replace(draft, head="background", name=setting)
    if at.sees("text", "quote"):
        return _words(at, draft)
    if at.take("background"):
        return _owned(at, replace(draft, head="background"))
    if at.take("colourword"):
        return _owned(at, replace(draft, head="colour"))
    if at.take("sizeword"):
        return _owned(at, replace(draft, head="size"))
    if at.take("picture"):
        return replace(draft, head="picture", plural=at.plural)
    if at.take("copy"):
        return _owned(at, replace(draft, head="copy", plural=draft.plural or at.plural))
    if at.take("hand"):
        return _owned(at, replace(draft, head="part", name=HAND))
    return _one_of(at, draft) if at.take("one") else None


def _one_of(at: Cursor, draft: Noun) -> Noun:
    """Read on to "one of them", "one of the trees": a single one of several."""
    start = at.position
    if at.take("of") and (several := noun(at)) is not None and several.definite and several.head in ("thing", "them"):
        if several.head == "them":
            return Noun("one", definite=True)
        return replace(several, every=False, plural=False, count=None)
    at.position = start
    return draft


def _words(at: Cursor, draft: Noun) -> Noun:
    plural = at.take("text") is not None and at.plural
    at.skip("saying")
    return replace(draft, head="text", name="text", plural=plural, label=at.take("quote") or "")


def _part_of_it(at: Cursor, owner: Noun) -> Noun:
    """Read on to "the house's roof" and "the house roof"; the thing itself where no part follows."""
    start = at.position
    if at.take("possessive"):
        if at.sees("hand") and part_of(owner.name, at.peek("part") or "") is None:
            at.take("hand")
            return Noun("part", HAND, definite=True, owner=owner)
        found = as_part(_headed(at), owner)
        if found is not None and found.head in ("part", "colour", "size"):
            return replace(found, owner=owner, definite=True)
        at.position = start
    if (word := at.peek("part")) is not None and part_of(owner.name, word) and not at.sees("verb", "acts"):
        at.take("part")
        apart = replace(owner, colour=None, size=None, precise=(), count=None)
        return replace(owner, head="part", name=word, size=None, count=None, plural=at.plural, owner=apart)
    if owner.definite and at.sees("colourword") and not at.sees(*OWNERS, "definite", "indefinite", ahead=1):
        at.take("colourword")
        return Noun("colour", definite=True, owner=owner)
    return owner


def _owned(at: Cursor, found: Noun) -> Noun:
    """Read on to "... of the house"."""
    start = at.position
    if at.take("of") and (owner := noun(at)) is not None and owner.head in OWNERS:
        return found if owner.head == "picture" else replace(found, owner=owner)
    at.position = start
    return found
