"""The exact truth of a workcell: how what is seen differs from what was to be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import dist

from stepweave.world.finding import main_colour, name_of, place_of
from stepweave.world.scene import Item, Scene

APART = 0.08
"""How far a thing may be from where it should be, as a fraction of the picture's width and height."""
ALIKE = 1.25
"""How much larger or smaller a thing may be than it should be."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be."""

    thing: str
    """Its colour and name."""
    aspect: str
    """What differs: an aspect of faults (``ASPECTS``), or ``held``."""
    expected: str
    found: str


def same_state(goal: Scene, seen: Scene) -> tuple[Difference, ...]:
    """How the things of a scene differ from those of a goal; empty if the goal is reached.

    Things are paired by kind and colour, of several alike those that lie nearest to each other, so that it does not
    matter how they are numbered. What only the camera adds, such as drifted colours, is no difference.
    """
    pairs, missing, extra = _paired(goal.items, seen.items)
    found = [Difference(name_of(item), "missing", "there", "missing") for item in missing]
    found += [Difference(name_of(item), "extra", "not there", f"at the {place_of(item.x, item.y)}") for item in extra]
    holders = {want.id: is_now.id for want, is_now in pairs}
    for want, is_now in pairs:
        found.extend(_differing(want, is_now))
        if (want.held_by and holders.get(want.held_by)) != is_now.held_by:
            words = ("held" if item.held_by else "not held" for item in (want, is_now))
            found.append(Difference(name_of(want), "held", *words))
    if goal.background != seen.background:
        found.append(Difference("background", "colour", goal.background, seen.background))
    return tuple(found)


def _paired(goal: Sequence[Item], seen: Sequence[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Things that are the same, those that are missing, and those that should not be there."""
    nearest = sorted(
        ((want, is_now) for want in goal for is_now in seen if _same(want, is_now)),
        key=lambda pair: dist((pair[0].x, pair[0].y), (pair[1].x, pair[1].y)),
    )
    wanted, there = {item.id for item in goal}, {item.id for item in seen}
    pairs: list[tuple[Item, Item]] = []
    for want, is_now in nearest:
        if want.id in wanted and is_now.id in there:
            pairs.append((want, is_now))
            wanted.remove(want.id)
            there.remove(is_now.id)
    return pairs, [item for item in goal if item.id in wanted], [item for item in seen if item.id in there]


def _same(want: Item, is_now: Item) -> bool:
    look = [(item.thing, main_colour(item), item.label) for item in (want, is_now)]
    return look[0] == look[1]


def _differing(want: Item, is_now: Item) -> Iterator[Difference]:
    """Where, how large and in which pose a thing is."""
    name = name_of(want)
    if dist((want.x, want.y), (is_now.x, is_now.y)) > APART:
        yield Difference(name, "place", _at(want), _at(is_now))
    if not 1 / ALIKE <= is_now.extent / want.extent <= ALIKE:
        yield Difference(name, "size", f"{want.extent:.2f}", f"{is_now.extent:.2f}")
    if (want.turn, want.mirrored) != (is_now.turn, is_now.mirrored):
        yield Difference(name, "pose", *(f"turned by {item.turn}" for item in (want, is_now)))
    if want.action != is_now.action:
        yield Difference(name, "pose", *(item.action or "at rest" for item in (want, is_now)))


def _at(item: Item) -> str:
    return f"{item.x:.2f}, {item.y:.2f}"
