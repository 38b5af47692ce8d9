"""Reads clauses, one for each verb: what is to be done, to what, and what it shall become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world.language.becoming import read_become, read_change
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.errors import Incomplete, NotPossible, NotUnderstood
from stepweave.world.language.lists import read_items, read_targets, read_towards
from stepweave.world.language.nouns import noun, starts_noun
from stepweave.world.language.places import where
from stepweave.world.language.syntax import Change, Clause, Noun, Where
from stepweave.world.scene import sharper

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
            found = [replace(one, precise=sharper(one.precise, *insisted)) for one in found]
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
    return found and tuple(replace(one, precise=sharper(one.precise, *insisted)) for one in found)


def _adverbs(at: Cursor) -> frozenset[str]:
    found: set[str] = set()
    while at.sees(*ADVERBS):
        found.update(aspect for word, aspect in ADVERBS.items() if at.sees(word))
        at.position += 1
    return frozenset(found)


# ----------------------------------------------------------------------------------------------------- verbs


def _plain(at: Cursor) -> tuple[Clause, ...] | None:
    """Read a clause without a verb, or with "is": "a red house", "the roof is red"."""
    start = at.position
    subject = noun(at)
    if subject is not None and (at.take("be") or (subject.definite and at.sees("comparative"))):
        change = read_change(at)
        return (Clause("change", (subject,), change=change),) if change is not None else None
    at.position = start
    return _add(at)


def _add(at: Cursor) -> tuple[Clause, ...] | None:
    to = None
    _introduction(at)
    if at.sees("to") and not starts_noun(at):
        to = read_towards(at)
        at.skip("comma")
    items = read_items(at)
    if not items:
        return None
    return (Clause("add", items, to=read_towards(at) or to),)


def _introduction(at: Cursor) -> None:
    """Read over "a picture of"."""
    start = at.position
    at.skip("indefinite", "definite")
    if at.take("picture") and (at.skip("of", "with", "saying") or at.peek("verb") == "add"):
        if at.peek("verb") == "add":
            at.take("verb")
        return
    at.position = start


def _write(at: Cursor) -> tuple[Clause, ...] | None:
    found = _add(at)
    if found is None:
        raise Incomplete("it is not said what to write", 'put the words in quotes: write "Hello" at the bottom')
    return found


def _put(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "put": it moves what is there ("the cat") and adds what is not ("a cat")."""
    start = at.position
    first = noun(at, described=False)
    at.position = start
    if first is None or not first.definite or first.label:
        return _add(at)
    if first.head in ("background", "colour", "size"):
        return read_become(at)
    return _move(at) if first.head in MOVABLE else _add(at)


def _move(at: Cursor) -> tuple[Clause, ...] | None:
    found: list[Clause] = []
    while True:
        start = at.position
        if found and not at.skip("comma", "and"):
            break
        targets = read_targets(at) if not (found and at.sees("verb")) else ()
        if not targets or (found and not targets[0].definite):
            at.position = start
            break
        last = _from_where(at, targets[-1])
        destination = where(at, noun) or _into(at)
        if destination is None or destination == Where():
            destination, last = last.where, replace(last, where=None)
        if destination is None and found:
            at.position = start
            break
        found.append(Clause("move", (*targets[:-1], last), change=Change(where=destination)))
    return tuple(found) or None


def _from_where(at: Cursor, target: Noun) -> Noun:
    """Read "from the top left", which tells which one is moved."""
    if at.sees("degree"):
        raise NotPossible(f'how far "{target.text}" moves cannot be told', "name a place, or a thing to be beside")
    start = at.position
    place = where(at, noun) if target.where is None and at.take("from") else None
    if place is None:
        at.position = start
        return target
    return replace(target, where=place)


def _into(at: Cursor) -> Where | None:
    """Read "to the house": beside it."""
    other = read_towards(at)
    return Where(relation="next to", to=other) if other is not None else None


def _make(at: Cursor) -> tuple[Clause, ...] | None:
    return read_become(at) or _add(at)


def _paint(at: Cursor) -> tuple[Clause, ...] | None:
    start = at.position
    changed = read_become(at)
    if changed is not None:
        return changed
    first = noun(at)
    at.position = start
    if first is None or (first.definite and first.colour is None):
        what = f'"{first.text}"' if first else "it"
        raise Incomplete(f"no colour is named for {what}", 'name one: "paint the roof blue"')
    return _add(at)


def _remove(at: Cursor) -> tuple[Clause, ...] | None:
    items = read_items(at)
    if not items:
        return None
    owner = noun(at) if at.take("from") else None
    return (Clause("remove", items, to=owner if owner and owner.head not in ("picture", "background") else None),)


def _scaled(size: str) -> Callable[[Cursor], tuple[Clause, ...] | None]:
    def read(at: Cursor) -> tuple[Clause, ...] | None:
        targets = read_targets(at)
        at.skip("degree")
        return (Clause("change", targets, change=Change(size=size)),) if targets else None

    return read


def _resize(at: Cursor) -> tuple[Clause, ...] | None:
    found = read_become(at)
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
    items = read_items(at) if owner is not None else ()
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
    "write": _write,
    "replace": _replace,
    "give": _give,
}
