"""Where things are and how large: what was found against what the words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stepweave.messages import Fault
from stepweave.policies.pixels.comparison import Found
from stepweave.policies.pixels.expect import Expectation, Wanted, meant
from stepweave.policies.pixels.sight import Seen
from stepweave.world.finding import place_of, size_of
from stepweave.world.layout import extent_of
from stepweave.world.measure import Bounds, related, visible
from stepweave.world.scene import Item, Relation, Scene
from stepweave.world.standing import is_meant
from stepweave.world.vocabulary import PLACES

SLACK = 0.006
"""How far beyond its ninth of the picture a centre may lie."""
SMALLER, LARGER = 0.72, 1.3
"""Bounds of the ratio to a named size."""
NEAR_PLAN, ALIKE = 0.05, 1.1
"""Distance in fractions of the picture, and ratio of extents, up to which a thing is as the layout would have it."""
GROWTH = 1.15
"""Least ratio at which something has become bigger; its inverse: smaller."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An expected thing and what was found of it."""

    wanted: Wanted
    seen: Seen


def fault(aspect: str, subject: str, expected: str, found: str) -> Fault:
    """A fault in words."""
    return Fault(aspect=aspect, subject=subject, expected=expected, found=found)


# ------------------------------------------------------------------------------------------ size


def sizes(pair: Pair, aspect: float) -> Iterator[Fault]:
    """What is wrong with the size of a thing."""
    size, seen = pair.wanted.size, pair.seen.item
    if size is None or _as_planned(seen, pair.wanted.item):
        return
    if size in ("bigger", "smaller"):
        ratio = seen.extent / pair.wanted.compared
        if (size == "bigger" and ratio < GROWTH) or (size == "smaller" and ratio > 1 / GROWTH):
            yield fault("size", seen.thing, size, "as before" if abs(ratio - 1) < 0.06 else size_of(seen))
        return
    if not SMALLER <= seen.extent / extent_of(pair.wanted.item, size, aspect) <= LARGER:
        yield fault("size", seen.thing, size, size_of(seen))


def _as_planned(seen: Item, planned: Item) -> bool:
    """Whether a thing is where, and as large as, the layout would have it.

    What the layout itself had to give up, because the picture drew together to make room, is not held against it.
    """
    near = max(abs(seen.x - planned.x), abs(seen.y - planned.y)) < NEAR_PLAN
    return near and 1 / ALIKE < seen.extent / planned.extent < ALIKE


# ------------------------------------------------------------------------------------------ place


def places(expectation: Expectation, pairs: Sequence[Pair], found: Found, aspect: float) -> Iterator[Fault]:
    """What is wrong with where things are; those that one operation places are judged together."""
    removed = [one.item for one in expectation.wanted if one.gone]
    scene = Scene(found.backdrop or "white", (*removed, *(seen.item for seen in found.places.values())))
    ideal = Scene(scene.background, tuple(one.item for one in expectation.wanted))
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.wanted.placing >= 0:
            groups.setdefault(pair.wanted.placing, []).append(pair)
    for members in groups.values():
        place, relation = members[0].wanted.place, members[0].wanted.relation
        items = [pair.seen.item for pair in members]
        planned = [pair.wanted.item for pair in members]
        if all(_as_planned(item, plan) for item, plan in zip(items, planned, strict=True)):
            continue
        if relation and not _in_relation(planned, relation, ideal, aspect):
            relation = None
        if place and not _in_place(items, place, scene, aspect):
            yield fault("place", items[0].thing, place, place_of(*_middle(items, aspect)))
        if relation and not _in_relation(items, relation, scene, aspect):
            subject = items[0].thing
            yield fault("place", subject, _related_to(relation), place_of(*_middle(items, aspect)))


def _middle(items: Sequence[Item], aspect: float) -> tuple[float, float]:
    """The centre of the box around things."""
    box = _around(items, aspect)
    if len(items) == 1:
        return items[0].x, items[0].y
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _around(items: Sequence[Item], aspect: float) -> Bounds:
    boxes = [visible(item, aspect) for item in items]
    return Bounds(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _in_place(items: Sequence[Item], place: str, scene: Scene, aspect: float) -> bool:
    x, y = _middle(items, aspect)
    meant = [name for name in PLACES if is_meant(place, name, items[0], scene, aspect)]
    return any(_in_ninth(x, y, name) for name in meant)


def _in_ninth(x: float, y: float, name: str) -> bool:
    index = tuple(PLACES).index(name)
    left, top = index % 3 / 3, index // 3 / 3
    return left - SLACK <= x <= left + 1 / 3 + SLACK and top - SLACK <= y <= top + 1 / 3 + SLACK


def _in_relation(items: Sequence[Item], relation: Relation, scene: Scene, aspect: float) -> bool:
    ids = {item.id for item in items}
    others = [other for other in meant(scene, relation.to) if other.id not in ids or other.thing != items[0].thing]
    seconds = list(meant(scene, relation.other)) if relation.other is not None else [None]
    boxes = [visible(item, aspect) for item in items] + [_around(items, aspect)]
    pairs = [(one, two) for one in others for two in seconds if two is None or (two.id != one.id and two.id not in ids)]
    return not pairs or any(
        related(relation.kind, box, visible(one, aspect), None if two is None else visible(two, aspect))
        for box in boxes
        for one, two in pairs
    )


def _related_to(relation: Relation) -> str:
    """A relation in words."""
    second = f" and the {relation.other.thing}" if relation.other is not None else ""
    return f"{relation.kind} the {relation.to.thing}{second}"
