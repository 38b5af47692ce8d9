"""Reads clauses, one for each verb: what is to be done, to what, and what it shall become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import Incomplete, NotPossible, NotUnderstood
from stepweave.world.language.nouns import noun, starts_noun
from stepweave.world.language.places import where
from stepweave.world.language.syntax import Change, Clause, Noun, Where

SEPARATORS = ("comma", "and", "stop", "then")
ADVERBS = {"surely": "missing", "complete": "extra", "alone": "extra", "untouched": "damaged"}
"""Words that insist on the whole act, and the aspect they insist on."""
MOVABLE = ("thing", "text", "it", "them", "one")


def clauses(at: Cursor) -> tuple[Clause, ...]:
    """Read everything.

    Raises:
        NotUnderstood: a clause, or the rest of one, is built in no known way.
    """
    found: list[Clause] = []
    at.skip(*SEPARATORS)
    while not at.ended:
        start = at.position
        if found and (insisted := _adverbs(at)) and (at.ended or at.sees(*SEPARATORS)):
            found = [replace(one, precise=one.precise | insisted) for one in found]
            at.skip(*SEPARATORS)
            continue
        at.position = start
        clause = _clause(at)
        if clause is None or not (at.ended or at.sees(*SEPARATORS)):
            raise NotUnderstood(at.rest_of_sentence(start))
        found.extend(replace(one, text=at.text(start, at.position)) for one in clause)
        at.skip(*SEPARATORS)
    return tuple(found)


def _clause(at: Cursor) -> tuple[Clause, ...] | None:
    insisted = _adverbs(at)
    verb = at.peek("verb")
    start = at.position
    if verb is not None:
        at.take("verb")
        insisted |= _adverbs(at)
        found = _VERBS[verb](at)
        if found is None and at.peek("picture", -1) is not None:
            at.position = start
            found = _plain(at)
    else:
        found = _plain(at)
    start = at.position
    at.take("comma")
    behind = _adverbs(at)
    at.position = at.position if behind else start
    insisted |= behind
    return found and tuple(replace(one, precise=one.precise | insisted) for one in found)


def _adverbs(at: Cursor) -> frozenset[str]:
    found: set[str] = set()
    while at.sees(*ADVERBS):
        found.update(aspect for word, aspect in ADVERBS.items() if at.sees(word))
        at.position += 1
    return frozenset(found)


# ----------------------------------------------------------------------------------------------------- lists


def _items(at: Cursor) -> tuple[Noun, ...]:
    """Read nouns one after the other, up to the next clause."""
    found: list[Noun] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            return tuple(found)
        item = None if found and at.sees("verb") and not _is_noun_after_all(at) else _item(at)
        if item is None or (found and (at.sees("be") or item.head in ("it", "them"))):
            at.position = start
            return tuple(found)
        found.append(item)


def _is_noun_after_all(at: Cursor) -> bool:
    return at.sees("colour", "thing", "part") and not at.sees("definite", "indefinite", ahead=1)


def _item(at: Cursor) -> Noun | None:
    """Read a noun, also with its place before it: "on the left a tree"."""
    before = where(at, noun) if not starts_noun(at) else None
    if before is not None:
        at.skip("comma")
        if at.peek("verb") == "add":
            at.take("verb")
    found = noun(at)
    if found is None or before is None or before == Where():
        return found
    if found.where is not None:
        raise NotPossible(f'two places for "{found.text}"', "name one of them")
    return replace(found, where=before, precise=found.precise | ({"place"} if before.precise else set()))


# ----------------------------------------------------------------------------------------------------- verbs


def _plain(at: Cursor) -> tuple[Clause, ...] | None:
    """Read a clause without a verb, or with "is": "a red house", "the roof is red"."""
    start = at.position
    subject = noun(at)
    if subject is not None and (at.take("be") or (subject.definite and at.sees("comparative"))):
        change = _change(at)
        return (Clause("change", (subject,), change=change),) if change is not None else None
    at.position = start
    return _add(at)


def _add(at: Cursor) -> tuple[Clause, ...] | None:
    to = None
    _introduction(at)
    if at.sees("to") and not starts_noun(at):
        to = _towards(at)
        at.skip("comma")
    items = _items(at)
    if not items:
        return None
    return (Clause("add", items, to=_towards(at) or to),)


def _introduction(at: Cursor) -> None:
    """Read over "a picture of"."""
    start = at.position
    at.skip("indefinite", "definite")
    if at.take("picture") and (at.skip("of", "with", "saying") or at.peek("verb") == "add"):
        if at.peek("verb") == "add":
            at.take("verb")
        return
    at.position = start


def _towards(at: Cursor) -> Noun | None:
    """Read "to the house"; "to the picture" says nothing."""
    start = at.position
    if at.take("to") or at.take("preposition"):
        found = noun(at)
        if found is not None and found.head in ("thing", "it", "them", "one", "part", "picture", "background"):
            return None if found.head in ("picture", "background") else found
    at.position = start
    return None


def _put(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "put": it moves what is there ("the cat") and adds what is not ("a cat")."""
    start = at.position
    first = noun(at, described=False)
    at.position = start
    there = first is not None and first.definite and first.head in MOVABLE and not first.label
    return _move(at) if there else _add(at)


def _move(at: Cursor) -> tuple[Clause, ...] | None:
    found: list[Clause] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            break
        targets = _targets(at) if not (found and at.sees("verb")) else ()
        if not targets or (found and not targets[0].definite):
            at.position = start
            break
        destination = where(at, noun) or _into(at)
        last = targets[-1]
        if destination is None or destination == Where():
            destination, last = last.where, replace(last, where=None)
        if destination is None and found:
            at.position = start
            break
        found.append(Clause("move", (*targets[:-1], last), change=Change(where=destination)))
    return tuple(found) or None


def _into(at: Cursor) -> Where | None:
    """Read "to the house": beside it."""
    other = _towards(at)
    return Where(relation="next to", to=other) if other is not None else None


def _targets(at: Cursor) -> tuple[Noun, ...]:
    """Read what an act is done to: nouns joined by commas and "and"."""
    found: list[Noun] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            return tuple(found)
        target = None if found and at.sees("verb") and not _is_noun_after_all(at) else _target(at)
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


def _become(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "make", "turn", "paint": "the roof red and the walls blue", "it bigger", "a house"."""
    found: list[Clause] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            break
        targets = _targets(at) if not (found and at.sees("verb") and not _is_noun_after_all(at)) else ()
        change = _change(at) if targets else None
        if change is None:
            at.position = start
            break
        found.append(Clause("change", targets, change=change))
    return tuple(found) or None


def _make(at: Cursor) -> tuple[Clause, ...] | None:
    return _become(at) or _add(at)


def _paint(at: Cursor) -> tuple[Clause, ...] | None:
    start = at.position
    changed = _become(at)
    if changed is not None:
        return changed
    first = noun(at)
    at.position = start
    if first is None or (first.definite and first.colour is None):
        what = f'"{first.text}"' if first else "it"
        raise Incomplete(f"no colour is named for {what}", 'name one: "paint the roof blue"')
    return _add(at)


def _change(at: Cursor) -> Change | None:
    """Read what something becomes: "blue", "bigger and red", "to the left", "into a square"."""
    change = Change()
    start = at.position
    while True:
        here = at.position
        if change != Change() and not at.skip("and", "comma"):
            return change
        more = _becoming(at, change)
        if more is None:
            at.position = here if change != Change() else start
            return change if change != Change() else None
        change = more


def _becoming(at: Cursor, change: Change) -> Change | None:
    start = at.position
    for read in (_quality, _having, _transformation, _somewhere):
        if (more := read(at, change)) is not None:
            return more
        at.position = start
    return None


def _quality(at: Cursor, change: Change) -> Change | None:
    if at.take("from"):
        at.skip("colour", "size")
    at.skip("to", "coloured", "preposition", "be", "with", "degree", "indefinite")
    precise = at.skip("precise")
    if at.sees("degree") or at.sees("comparative", ahead=1):
        at.position += 1
    colour = at.take("colour")
    size = at.take("size") or at.take("comparative") if colour is None else None
    at.skip("sized", "sizeword", "colourword")
    if (colour is None and size is None) or at.sees("thing", "part", "one", "text", "background", "colour", "size"):
        return None
    if (colour and change.colour) or (size and change.size):
        raise NotPossible("a thing has one colour and one size here", "name one colour, and colour its parts apart")
    insisted = change.precise | ({"colour" if colour else "size"} if precise else set())
    return replace(change, colour=colour or change.colour, size=size or change.size, precise=insisted)


def _having(at: Cursor, change: Change) -> Change | None:
    """Read "have a red roof"."""
    items = _items(at) if at.take("with") else ()
    return replace(change, having=items) if items and all(item.head == "part" for item in items) else None


def _transformation(at: Cursor, change: Change) -> Change | None:
    at.skip("to", "be")
    into = noun(at)
    if into is None or into.definite or into.head != "thing":
        return None
    return replace(change, into=into)


def _somewhere(at: Cursor, change: Change) -> Change | None:
    place = where(at, noun)
    if place is None or place == Where():
        return None
    return replace(change, where=place, precise=change.precise | ({"place"} if place.precise else set()))


def _remove(at: Cursor) -> tuple[Clause, ...] | None:
    items = _items(at)
    if not items:
        return None
    owner = noun(at) if at.take("from") else None
    return (Clause("remove", items, to=owner if owner and owner.head not in ("picture", "background") else None),)


def _scaled(size: str) -> Callable[[Cursor], tuple[Clause, ...] | None]:
    def read(at: Cursor) -> tuple[Clause, ...] | None:
        targets = _targets(at)
        at.skip("degree")
        return (Clause("change", targets, change=Change(size=size)),) if targets else None

    return read


def _resize(at: Cursor) -> tuple[Clause, ...] | None:
    found = _become(at)
    if found is None:
        raise Incomplete("no size is named", 'name one: "make the boat bigger", "make the boat small"')
    return found


def _replace(at: Cursor) -> tuple[Clause, ...] | None:
    old = noun(at, described=False)
    if old is None:
        return None
    place = where(at, noun) if not at.sees("with", "of") and at.peek("relation") != "next to" else None
    linked = at.take("with") or at.take("of") or at.take("relation") or at.take("to") or at.take("and")
    new = noun(at) if linked else None
    if new is None:
        raise Incomplete(f'it is not said what replaces "{old.text}"', 'say it: "replace the tree with a house"')
    return (Clause("replace", (replace(old, where=place or old.where),), to=new),)


def _give(at: Cursor) -> tuple[Clause, ...] | None:
    start = at.position
    owner = noun(at)
    items = _items(at) if owner is not None else ()
    if owner is not None and items:
        return (Clause("give", items, to=owner),)
    at.position = start
    return _add(at)


_VERBS: dict[str, Callable[[Cursor], tuple[Clause, ...] | None]] = {
    "add": _add,
    "put": _put,
    "paint": _paint,
    "make": _make,
    "remove": _remove,
    "move": _move,
    "grow": _scaled("bigger"),
    "shrink": _scaled("smaller"),
    "resize": _resize,
    "write": _add,
    "replace": _replace,
    "give": _give,
}
