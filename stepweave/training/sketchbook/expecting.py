"""What the words of a step lead one to expect: for every thing its looks and what is left open, and where it must be.

Follows the words alone: nothing here lays out or draws. What the words say is a bound (this size, this ninth of the
picture, left of that), what they are silent on stays as it was, and of what is new it is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf, sqrt

from stepweave.world.finding import find
from stepweave.world.resizing import text_extent
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Item,
    Move,
    Operation,
    Recolour,
    Reference,
    Relation,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)
from stepweave.world.vocabulary import DRAWABLE, PLACES, SIZES, TEXT

STILL = 0.002
"""How far what must stay where it is may seem to have moved, as a fraction of the picture."""
AROUND = 0.3
"""How far what changes its size, or takes another's place, may shift to make room for itself."""
COMPARED = 1.08
"""How much larger at least what was to become bigger must be."""
SHRUNK = 0.45
"""How much smaller at most what moves may become where it finds less room."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that must be in the picture."""

    item: Item
    """How it must look; its place and extent are where it was, or a guess for what is new."""
    low: float
    """Its least extent."""
    high: float
    """Its largest extent."""
    reach: float = STILL
    """How far from the item's place it may be, as a fraction of the picture."""
    stopped: bool = False
    """Whether it may have stopped doing what it did: a part that it takes for that is gone."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place or a relation that must hold for a group of things."""

    group: tuple[int, ...]
    """The ids of the items."""
    place: str | None = None
    relation: Relation | None = None
    targets: tuple[int, ...] = ()
    """The ids of the items of which one is meant by the relation."""
    seconds: tuple[int, ...] = ()
    """The same for the second thing of ``between``."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a picture must show."""

    background: str
    things: dict[int, Expected] = field(default_factory=dict)
    """By id; in the order in which they were drawn."""
    wheres: tuple[Where, ...] = ()


def expected(before: Scene, operations: Sequence[Operation], aspect: float = 1.0) -> Expectation:
    """What must be in a picture after a step.

    Args:
        before: what is in the picture before it.
        operations: what the step asks for.
        aspect: the picture's width divided by its height.

    Raises:
        LayoutError: the words point at what is not there.
    """
    kept = {item.id: Expected(item, item.extent, item.extent) for item in before.items}
    found = Expectation(before.background, kept)
    for operation in operations:
        found = _after(found, operation, aspect)
    return _with_held(before, found)


def _after(found: Expectation, operation: Operation, aspect: float) -> Expectation:
    match operation:
        case Add():
            return _added(found, operation, aspect)
        case Background():
            return replace(found, background=operation.backdrop)
        case Move():
            return _moved(found, operation)
        case Remove():
            return _removed(found, operation)
        case Duplicate():
            return _copied(found, operation)
        case Replace():
            return _replaced(found, operation, aspect)
    targets = meant(found, operation.target)
    found = _with(found, *(_altered(one, operation, aspect) for one in targets))
    if isinstance(operation, Resize | Turn):
        related = tuple(where for where in found.wheres if where.relation)
        left = _unbound(related, {one.item.id for one in targets})
        found = replace(found, wheres=(*(where for where in found.wheres if not where.relation), *left))
    return found


def meant(found: Expectation, reference: Reference) -> list[Expected]:
    """The things that words point at."""
    return [found.things[item.id] for item in find(_guessed(found), reference)]


def _guessed(found: Expectation) -> Scene:
    return Scene(found.background, tuple(one.item for one in found.things.values()))


def _with(found: Expectation, *things: Expected) -> Expectation:
    return replace(found, things={**found.things, **{one.item.id: one for one in things}})


def _without(found: Expectation, ids: set[int]) -> Expectation:
    """The expectation without some things, and without what was said of where they are."""
    things = {number: one for number, one in found.things.items() if number not in ids}
    return replace(found, things=things, wheres=_unbound(found.wheres, ids))


def _unbound(wheres: Sequence[Where], ids: set[int]) -> tuple[Where, ...]:
    """What still holds of where things are, once some of them have moved."""
    left = [where for where in wheres if not ids & {*where.targets, *where.seconds}]
    loose = (replace(where, group=tuple(one for one in where.group if one not in ids)) for where in left)
    return tuple(where for where in loose if where.group)


# ------------------------------------------------------------------------------------------ what is new


def _added(found: Expectation, operation: Add, aspect: float) -> Expectation:
    first = 1 + max(found.things, default=0)
    item = _looks(operation)
    low, high = _extents(item, operation.size, aspect)
    new = [Expected(replace(item, id=first + n), low, high, inf) for n in range(operation.count)]
    where = _where(found, [one.item.id for one in new], operation.place, operation.relation)
    found = _with(found, *new)
    return replace(found, wheres=(*found.wheres, *where))


def _looks(operation: Add) -> Item:
    """A new thing as it is described, at its usual size in its place, or in the middle."""
    x, y = PLACES[operation.place or "middle"]
    extent = (
        SIZES[operation.size]
        if operation.size
        else DRAWABLE[operation.thing].extent
        if operation.thing != TEXT
        else 0.3
    )
    parts = operation.parts
    if parts is not None:
        parts = tuple(name for name in DRAWABLE[operation.thing].names if name in parts)
    return Item(
        0,
        operation.thing,
        x,
        y,
        extent,
        operation.colour,
        parts,
        label=operation.label,
        action=operation.action,
        turn=operation.turn,
        mirrored=operation.mirrored,
    )


def _extents(item: Item, size: str | None, aspect: float) -> tuple[float, float]:
    """The extents that a size word can mean: nearer to it than to any other."""
    if size is None:
        return 0.0, inf
    named = [text_extent(item.label, name, aspect) if item.thing == TEXT else SIZES[name] for name in SIZES]
    at = list(SIZES).index(size)
    low = sqrt(named[at - 1] * named[at]) if at else 0.0
    high = sqrt(named[at] * named[at + 1]) if at + 1 < len(named) else inf
    return min(low, high * 0.999), high


def _where(found: Expectation, group: Sequence[int], place: str | None, relation: Relation | None) -> tuple[Where, ...]:
    if relation is not None:
        targets = tuple(one.item.id for one in meant(found, relation.to))
        seconds = tuple(one.item.id for one in meant(found, relation.other)) if relation.other else ()
        if relation.other == relation.to or (relation.kind == "between" and relation.other is None):
            every = [one.item.id for one in meant(found, replace(relation.to, every=True))]
            targets, seconds = tuple(every), tuple(every)
        return (Where(tuple(group), None, relation, targets, seconds),)
    return (Where(tuple(group), place),) if place else ()


def _copied(found: Expectation, operation: Duplicate) -> Expectation:
    for one in meant(found, operation.target):
        first = 1 + max(found.things)
        copies = [
            replace(one, item=replace(one.item, id=first + n, held_by=None), low=0.0, high=one.high * 1.01, reach=inf)
            for n in range(operation.count)
        ]
        where = _where(found, [copy.item.id for copy in copies], operation.place, operation.relation)
        found = _with(found, *copies)
        found = replace(found, wheres=(*found.wheres, *where))
    return found


def _replaced(found: Expectation, operation: Replace, aspect: float) -> Expectation:
    """Something else, about as large, where the other was."""
    for one in meant(found, operation.target):
        new = replace(_looks(operation.new), id=1 + max(found.things), x=one.item.x, y=one.item.y)
        low, high = _extents(new, operation.new.size, aspect)
        if operation.new.size is None and new.thing != TEXT:
            low, high = one.low * 0.5, one.high * 1.05
        reach = inf if one.reach == inf else AROUND
        found = _with(_without(found, {one.item.id}), Expected(new, low, high, reach))
    return found


# ------------------------------------------------------------------------------------------ what changes


def _moved(found: Expectation, operation: Move) -> Expectation:
    moving = meant(found, operation.target)
    ids = [one.item.id for one in moving]
    where = _where(_without(found, set(ids)), ids, operation.place, operation.relation)
    x, y = PLACES[operation.place or "middle"]
    moved = [
        replace(one, item=replace(one.item, x=x, y=y, held_by=None), low=one.low * SHRUNK, reach=inf) for one in moving
    ]
    found = replace(_with(found, *moved), wheres=_unbound(found.wheres, set(ids)))
    return replace(found, wheres=(*found.wheres, *where))


def _removed(found: Expectation, operation: Remove) -> Expectation:
    targets = meant(found, operation.target)
    if operation.part is None:
        return _without(found, {one.item.id for one in targets})
    for one in targets:
        left = tuple(name for name in _drawn(one.item) if name != operation.part)
        altered = replace(one, item=replace(one.item, parts=left), stopped=True)
        found = _with(found, altered) if left else _without(found, {one.item.id})
    return found


def _altered(one: Expected, operation: AddPart | Recolour | Resize | Turn | Act, aspect: float) -> Expected:
    item = one.item
    match operation:
        case Recolour():
            return replace(one, item=_painted(item, operation.part, operation.colour))
        case AddPart():
            names = DRAWABLE[item.thing].names
            parts = tuple(name for name in names if name in _drawn(item) or name == operation.part)
            item = replace(item, parts=parts)
            painted = _painted(item, operation.part, operation.colour) if operation.colour else item
            return replace(one, item=painted)
        case Act():
            return replace(one, item=replace(item, action=operation.action))
        case Turn():
            turn = -item.turn if operation.flip else item.turn
            turned = replace(item, turn=(turn + operation.degrees) % 360, mirrored=item.mirrored != operation.flip)
            return replace(one, item=turned, reach=max(one.reach, AROUND))
    return _resized(one, operation, aspect)


def _resized(one: Expected, operation: Resize, aspect: float) -> Expected:
    if operation.size in SIZES:
        low, high = _extents(one.item, operation.size, aspect)
        extent = SIZES[operation.size] if one.item.thing != TEXT else one.item.extent
    elif operation.size == "bigger":
        low, high, extent = one.low * COMPARED, inf, one.item.extent * 1.5
    else:
        low, high, extent = 0.0, one.high / COMPARED, one.item.extent / 1.5
    return replace(one, item=replace(one.item, extent=extent), low=low, high=high, reach=max(one.reach, AROUND))


def _painted(item: Item, part: str | None, colour: str) -> Item:
    main = "" if item.thing == TEXT else DRAWABLE[item.thing].main
    others = tuple(pair for pair in item.part_colours if pair[0] != (part or main))
    if part in (None, main):
        return replace(item, colour=colour, part_colours=others)
    return replace(item, part_colours=tuple(sorted((*others, (part or "", colour)))))


def _drawn(item: Item) -> tuple[str, ...]:
    if item.thing == TEXT:
        return ()
    return DRAWABLE[item.thing].names if item.parts is None else item.parts


def _with_held(before: Scene, found: Expectation) -> Expectation:
    """What is held goes where its holder goes, and becomes smaller with it."""
    old = {item.id: item for item in before.items}
    loose: list[Expected] = []
    for number, one in found.things.items():
        holder = None if number not in old else old[number].held_by
        while holder is not None:
            now = found.things.get(holder)
            if now is None or now.reach > STILL or now.item != old.get(holder):
                loose.append(replace(one, low=one.low * 0.3, reach=max(one.reach, 1.0)))
                break
            holder = old[holder].held_by
    return _with(found, *loose)
