"""Reads what follows a verb: what is added, moved, given, replaced, turned or copied, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.becoming import read_become
from stepweave.world.language.copying import read_duplicate
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.deeds import REST
from stepweave.world.language.errors import Incomplete, NotPossible
from stepweave.world.language.handling import read_held, read_hold, read_pour, read_put_down, read_release, read_water
from stepweave.world.language.lists import read_into, read_items, read_targets, read_towards
from stepweave.world.language.nouns import noun, starts_noun
from stepweave.world.language.places import where
from stepweave.world.language.posing import read_rotated, turned_by
from stepweave.world.language.qualifiers import read_backdrop
from stepweave.world.language.syntax import Change, Clause, Noun, Where
from stepweave.world.scene import sharper
from stepweave.world.things.actions import actions
from stepweave.world.things.liquids import FULL

MOVABLE = ("thing", "text", "it", "them", "one", "copy")


def read_add(at: Cursor) -> tuple[Clause, ...] | None:
    """Read what is added, and to what: "a red roof to the house"."""
    to = None
    _introduction(at)
    if at.sees("to") and not starts_noun(at):
        to = read_towards(at)
        at.skip("comma")
    items = read_items(at)
    if not items:
        return None
    if at.take("instead") and len(items) == 1 and (old := noun(at)) is not None:
        return (Clause("replace", (old,), to=items[0]),)
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
    found = read_add(at)
    if found is None:
        raise Incomplete("it is not said what to write", 'put the words in quotes: write "Hello" at the bottom')
    return found


def _put(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "put": it moves what is there ("the cat") and adds what is not ("a cat")."""
    start = at.position
    if (down := read_put_down(at)) is not None:
        return down
    at.position = start
    first = noun(at, described=False)
    at.position = start
    if first is None or not first.definite or first.label:
        found = read_add(at)
        stacked = first is not None and (first.count or 1) > 1 and at.text(start - 1, start) == "stack"
        if found and stacked and len(found[0].nouns) == 1:
            return (replace(found[0], nouns=(replace(found[0].nouns[0], piled=True),)),)
        return found
    if first.head in ("background", "colour", "size"):
        return read_become(at)
    if first.head not in MOVABLE:
        return read_add(at)
    start = at.position
    noun(at, described=False)
    turned = at.sees("pose")
    at.skip("to")
    falls = at.sees("acts")
    at.position = start
    return read_become(at) if falls else read_rotated(at, None) if turned else _move(at)


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
        if targets[-1].head in ("picture", "background"):
            at.position = start
            return read_become(at)
        last = _from_where(at, targets[-1])
        destination = where(at, noun) or read_into(at)
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


def _make(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "make": "it bigger", "the bear smile", "the robot hold a cup", "two copies of the star"."""
    start = at.position
    if (weather := _weather(at)) is not None:
        return weather
    for read in (read_held, read_become):
        at.position = start
        if (found := read(at)) is not None:
            return found
    at.position = start
    return read_add(at)


def _weather(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "it night", "it snow"."""
    if not at.take("pronoun"):
        return None
    name = at.take("weather") or at.take("setting")
    return (Clause("add", (Noun("background", name),)),) if name is not None else None


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
    return read_add(at)


def _fill(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "fill": "the circle with red", "the cup", or "the cup with water"."""
    start = at.position
    if (watered := read_water(at)) is not None:
        return watered
    at.position = start
    targets = read_targets(at)
    thing = vocabulary.DRAWABLE.get(targets[-1].name) if targets and targets[-1].head == "thing" else None
    if thing is not None and FULL in actions(thing) and not at.sees("with", "coloured", "colour", "precise"):
        at.skip("up")
        return (Clause("change", targets, change=Change(action=FULL)),)
    at.position = start
    return _paint(at)


def _remove(at: Cursor) -> tuple[Clause, ...] | None:
    items = read_items(at)
    if not items:
        return None
    at.skip("away")
    owner = noun(at) if at.take("from") else None
    at.skip("away")
    return (Clause("remove", items, to=owner if owner and owner.head not in ("picture", "background") else None),)


def _scaled(size: str) -> Callable[[Cursor], tuple[Clause, ...] | None]:
    def read(at: Cursor) -> tuple[Clause, ...] | None:
        targets = read_targets(at)
        at.skip("degree")
        if at.sees("indefinite") and at.peek("size", 1) == "small":
            at.position += 2
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
    both = at.sees("and")
    linked = (
        at.take("with") or at.take("of") or at.take("relation") or at.take("to") or at.take("and") or at.take("saying")
    )
    new = noun(at) if linked else None
    if new is None:
        raise Incomplete(f'it is not said what replaces "{old.text}"', 'say it: "replace the tree with a house"')
    if both:
        raise NotPossible(
            f'"{old.text}" and "{new.text}" cannot change places in one step', "move one after the other to a place"
        )
    return (Clause("replace", (replace(old, where=place or old.where),), to=new),)


def _give(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the house a red roof", "the cup to the robot"."""
    start = at.position
    owner = noun(at)
    items = read_items(at) if owner is not None else ()
    if owner is not None and items:
        return (Clause("give", items, to=owner),)
    at.position = start
    given = read_targets(at)
    receiver = read_towards(at) if given else None
    if receiver is not None:
        return (Clause("hold", given, to=receiver),)
    at.position = start
    return read_add(at)


def _turn(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "turn": "the house upside down", "the boat to the left", but also "the roof red"."""
    start = at.position
    found = read_rotated(at, None)
    if found is not None:
        return found
    at.position = start
    return _make(at)


def _scene(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "set the scene in a garden"."""
    precise = at.skip("precise")
    behind = read_backdrop(at, noun)
    if behind is None:
        return None
    precise = at.skip("precise") or precise
    return (Clause("add", (replace(behind, precise=sharper(behind.precise, *(("colour",) if precise else ()))),)),)


def _done(action: str) -> Callable[[Cursor], tuple[Clause, ...] | None]:
    """Read what "open" and "wake up" are done to."""

    def read(at: Cursor) -> tuple[Clause, ...] | None:
        targets = read_targets(at)
        at.skip("up")
        if at.sees("acting", ahead=1):
            at.take("from")
        at.take("acting")
        return (Clause("change", targets, change=Change(action=action)),) if targets else None

    return read


VERBS: dict[str, Callable[[Cursor], tuple[Clause, ...] | None]] = {
    "add": read_add,
    "put": _put,
    "paint": _paint,
    "fill": _fill,
    "make": _make,
    "remove": _remove,
    "move": _move,
    "grow": _scaled("bigger"),
    "shrink": _scaled("smaller"),
    "resize": _resize,
    "write": _write,
    "replace": _replace,
    "give": _give,
    "scene": _scene,
    "hold": read_hold,
    "turn": _turn,
    "rotate": turned_by("90"),
    "tip": turned_by("90"),
    "flip": turned_by("flip"),
    "duplicate": read_duplicate,
    "open": _done("open"),
    "pour": read_pour,
    "release": read_release,
    "calm": _done(REST),
}
"""How to read on after each verb."""
