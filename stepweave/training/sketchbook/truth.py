"""The exact truth: does a scene show what a step asked for, and is all else as it was.

Every thing that the words lead one to expect (expecting.py) must be there once, and nothing else. The search below
looks for one way to tell which thing is which that agrees with all that was said; where there is none, it says
what is wrong in the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from stepweave.training.sketchbook.expecting import Expectation, Expected, Where, expected
from stepweave.world.finding import LayoutError, main_colour, name_of, place_of
from stepweave.world.measure import Bounds, related, visible
from stepweave.world.render import colour_of
from stepweave.world.scene import Item, Operation, Relation, Scene
from stepweave.world.standing import is_meant
from stepweave.world.vocabulary import DRAWABLE, TEXT

DRIFTED = 0.05
"""How much further the colours of a picture may have drifted in one step."""
MOST = 5000
"""Ways to tell which thing is which that are looked at."""


def wrong(before: Scene, operations: Sequence[Operation], after: Scene, aspect: float = 1.0) -> tuple[str, ...]:
    """What is wrong with a picture, in words; nothing if it is right.

    Args:
        before: what was in the picture that the step started from; empty for a new one.
        operations: what the step asks for.
        after: what is in the picture.
        aspect: its width divided by its height.
    """
    try:
        wanted = expected(before, operations, aspect)
    except LayoutError as error:
        return (error.reason,)
    faults: list[str] = []
    if after.background != wanted.background:
        faults.append(f"the backdrop is {after.background} and should be {wanted.background}")
    if after.drift > before.drift + DRIFTED:
        faults.append("the colours have drifted")
    return (*faults, *_wrong_things(wanted, after, aspect))


def _wrong_things(wanted: Expectation, after: Scene, aspect: float) -> tuple[str, ...]:
    things, items = list(wanted.things.values()), list(after.items)
    fits = {one.item.id: [item for item in items if _fits(one, item)] for one in things}
    if missing := [f"there is no {_told(one.item)} as it should be" for one in things if not fits[one.item.id]]:
        return tuple(missing)
    if len(items) > len(things):
        loose = [item for item in items if not any(item in found for found in fits.values())]
        return tuple(f"a {name_of(item)} should not be there" for item in loose or items[-1:])
    first: tuple[str, ...] = ()
    for count, found in enumerate(_ways(things, fits)):
        faults = tuple(fault for where in wanted.wheres if (fault := _misplaced(where, found, after, aspect)))
        if not faults or count == MOST:
            return faults
        first = first or faults
    return first or ("things are there that can't be told apart as they should",)


# ------------------------------------------------------------------------------------------ which is which


def _ways(things: Sequence[Expected], fits: Mapping[int, Sequence[Item]]) -> Iterator[Mapping[int, Item]]:
    """Every way to give each expected thing an item of its own; like things are given like items in one order only."""
    order = sorted(things, key=lambda one: len(fits[one.item.id]))

    def given(index: int, found: dict[int, Item], taken: set[int]) -> Iterator[Mapping[int, Item]]:
        if index == len(order):
            yield dict(found)
            return
        one = order[index]
        twin = order[index - 1] if index else None
        least = found[twin.item.id].id if twin is not None and _twins(twin, one) else 0
        for item in fits[one.item.id]:
            if item.id not in taken and item.id > least:
                yield from given(index + 1, {**found, one.item.id: item}, taken | {item.id})

    return given(0, {}, set())


def _twins(one: Expected, other: Expected) -> bool:
    """Whether two things were asked for together, so that they may be swapped."""
    return other.item.id == one.item.id + 1 and one == replace(other, item=replace(other.item, id=one.item.id))


# ------------------------------------------------------------------------------------------ looks


def _fits(one: Expected, item: Item) -> bool:
    """Whether an item looks as expected, and is as large and as near as it may be."""
    slack = 1e-6
    return (
        (_looks(one.item) == _looks(item) or (one.stopped and _looks(replace(one.item, action=None)) == _looks(item)))
        and one.low * (1 - slack) - slack <= item.extent <= one.high * (1 + slack) + slack
        and abs(item.x - one.item.x) <= one.reach
        and abs(item.y - one.item.y) <= one.reach
    )


def _looks(item: Item) -> tuple[object, ...]:
    """All that can be seen of a thing but its place and size."""
    if item.thing == TEXT:
        return item.thing, item.label, main_colour(item)
    names = DRAWABLE[item.thing].names
    drawn = names if item.parts is None else tuple(name for name in names if name in item.parts)
    colours = tuple((part, colour_of(item, part)) for part in drawn)
    return item.thing, colours, item.action, item.turn, item.mirrored


def _told(item: Item) -> str:
    return name_of(item)


# ------------------------------------------------------------------------------------------ places


def _misplaced(where: Where, found: Mapping[int, Item], after: Scene, aspect: float) -> str | None:
    """What is wrong with the place of a group, in words."""
    group = [found[number] for number in where.group]
    box = _around([visible(item, aspect) for item in group])
    if where.place is not None:
        xs, ys = zip(*((item.x, item.y) for item in group), strict=True)
        place = place_of((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        meant = is_meant(where.place, place, group[0], after, aspect)
        return None if meant else f"the {group[0].thing} is at the {place}, not at the {where.place}"
    assert where.relation is not None
    order = {item.id: index for index, item in enumerate(after.items)}
    for target, second in product(where.targets, where.seconds or (None,)):
        if second == target:
            continue
        others = [found[target], *([] if second is None else [found[second]])]
        boxes = [visible(item, aspect) for item in others]
        if related(where.relation.kind, box, *boxes) and _layered(where.relation, group, others, order):
            return None
    return f"the {group[0].thing} is not {where.relation.kind} the {where.relation.to.thing}"


def _layered(relation: Relation, group: Sequence[Item], others: Sequence[Item], order: Mapping[int, int]) -> bool:
    """Whether what is behind something was drawn before it, and what is in front of it after it."""
    if relation.kind == "behind":
        return max(order[item.id] for item in group) < min(order[item.id] for item in others)
    if relation.kind == "in front of":
        return min(order[item.id] for item in group) > max(order[item.id] for item in others)
    return True


def _around(boxes: Sequence[Bounds]) -> Bounds:
    return Bounds(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
