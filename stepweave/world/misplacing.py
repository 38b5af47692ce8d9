"""How things come out in the wrong place, size or number: plainly, and in nobody's way.

Mishaps as in ``mishaps``: what lies over others, is too near to where it belongs, or cannot be seen, is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.messages import Fault
from stepweave.world.case import Case, Outcome, next_number, without
from stepweave.world.finding import LayoutError, find, place_of, size_of
from stepweave.world.layout import extent_of, resized
from stepweave.world.measure import related, visible
from stepweave.world.placing import Want, changed, covered, in_front, settled
from stepweave.world.scene import Add, Duplicate, Item, Move, Relation, Remove, Resize, Scene
from stepweave.world.standing import is_meant
from stepweave.world.vocabulary import DRAWABLE, PLACES, SIZES, TEXT

AWAY = 0.2
"""How far a thing must be from where it belongs, as a fraction of the picture's width or height."""
APART = 1.3
"""How much larger one of two sizes must be for them to be told apart."""


def wrong_place(case: Case) -> Outcome:
    """In another ninth of the picture, the relation broken."""
    operation, items = case.done.operation, case.items
    if not isinstance(operation, Add | Move | Duplicate) or not items:
        return None
    taken = {_ninth(items), _ninth(case.done.items)}
    if operation.place is not None:
        taken |= {name for name in PLACES if is_meant(operation.place, name, items[0], case.scene, case.aspect)}
    least = 1.0 if isinstance(operation, Add) and operation.size else 0.6
    for place in case.shuffled([place for place in PLACES if place not in taken]):
        moved = _settled(case, Want(items, least, place))
        if moved is None or _ninth(moved) != place or not _elsewhere(items, moved) or _covers(case, items, moved):
            continue
        scene = changed(case.scene, moved)
        if not _related(case.scene, moved, operation.relation, case.aspect) and case.plain(scene):
            fault = Fault(aspect="place", subject=case.subject, expected=_asked_place(operation), found=place)
            return scene, fault
    return None


def wrong_size(case: Case) -> Outcome:
    """At least one named size away; where a comparison was asked for, the old size or beyond it."""
    operation, items = case.done.operation, case.items
    if not isinstance(operation, Add | Resize) or not operation.size or not items:
        return None
    for extents in case.shuffled(_other_extents(case, operation.size)):
        wrong = _at_extents(case, operation, items, extents)
        if not wrong or not all(_apart(item, other) for item, other in zip(items, wrong, strict=True)):
            continue
        scene = changed(case.scene, wrong)
        if not _covers(case, items, wrong) and case.plain(scene):
            found = named_size(wrong[0], case.aspect)
            return scene, Fault(aspect="size", subject=case.subject, expected=operation.size, found=found)
    return None


def wrong_count(case: Case) -> Outcome:
    """One more or one less."""
    operation, items = case.done.operation, case.items
    least = 2 if isinstance(operation, Add) else 1
    if not isinstance(operation, Add | Duplicate) or len(items) < least:
        return None
    for change in case.shuffled((-1, 1) if len(items) > 1 else (1,)):
        scene = without(case.scene, items[-1:]) if change < 0 else _one_more(case, operation, items)
        if scene is not None and case.plain(scene):
            found = str(len(items) + change)
            return scene, Fault(aspect="count", subject=case.subject, expected=str(len(items)), found=found)
    return None


def something_else(case: Case) -> Outcome:
    """Something that was not asked for; after removing, what should have gone."""
    if isinstance(case.done.operation, Remove):
        return _still_there(case)
    item = Item(next_number(case.scene), "", 0.5, 0.5, SIZES["medium"])
    for thing in case.shuffled([name for name in DRAWABLE if name not in case.things])[:6]:
        added = _settled(case, Want((replace(item, thing=thing),), 0.6))
        if added and not any(covered(case.scene, one, case.aspect) for one in added):
            scene = in_front(case.scene, added, case.aspect)
            if case.plain(scene):
                return scene, Fault(aspect="extra", subject=thing, found=thing)
    return None


# ------------------------------------------------------------------------------------------ places


def _settled(case: Case, want: Want) -> tuple[Item, ...] | None:
    try:
        return settled(case.scene, want, case.aspect)
    except LayoutError:
        return None


def _ninth(items: Sequence[Item]) -> str:
    """The ninth of the picture in which the middle of a group lies."""
    xs, ys = zip(*((item.x, item.y) for item in items), strict=True)
    return place_of((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _elsewhere(items: Sequence[Item], moved: Sequence[Item]) -> bool:
    """Whether the whole group, not only some of it, is somewhere else."""
    return all(abs(a.x - b.x) > AWAY or abs(a.y - b.y) > AWAY for a, b in zip(items, moved, strict=True))


def _covers(case: Case, items: Sequence[Item], wrong: Sequence[Item]) -> bool:
    """Whether the changed things lie over others that they did not lie over before."""
    after = changed(case.scene, wrong)
    return any(
        covered(after, new, case.aspect) - covered(case.scene, old, case.aspect)
        for old, new in zip(items, wrong, strict=True)
    )


def _related(scene: Scene, moved: Sequence[Item], relation: Relation | None, aspect: float) -> bool:
    """Whether any of the moved things is in the relation asked for all the same."""
    if relation is None:
        return False
    rest = without(scene, moved)
    try:
        others = find(rest, replace(relation.to, every=True))
        seconds = find(rest, replace(relation.other, every=True)) if relation.other else (None,)
    except LayoutError:
        return False
    return any(
        related(relation.kind, visible(item, aspect), visible(one, aspect), visible(two, aspect) if two else None)
        for item in moved
        for one in others
        for two in seconds
    )


def _asked_place(operation: Add | Move | Duplicate) -> str:
    relation = operation.relation
    if relation is None:
        return operation.place or ""
    return f"{relation.kind} the {relation.to.thing}" + (f" and the {relation.other.thing}" if relation.other else "")


# ------------------------------------------------------------------------------------------ sizes


def named_size(item: Item, aspect: float) -> str:
    """The size word nearest to an item's extent; of written words, to that of their letters."""
    if item.thing != TEXT:
        return size_of(item)
    return min(SIZES, key=lambda size: abs(extent_of(item, size, aspect) - item.extent))


def _other_extents(case: Case, asked: str) -> list[tuple[float, ...]]:
    """Extents of the things that are wrong; after a comparison the old ones, and those in the other direction."""
    items, old = case.items, {item.id: item.extent for item in case.done.items}
    named = [tuple(extent_of(item, size, case.aspect) for item in items) for size in SIZES if size != asked]
    if asked in SIZES:
        return named
    was = tuple(old[item.id] for item in items)
    way = 1 if asked == "bigger" else -1
    beyond = [new for new in named if all(way * b < way * a * APART**-way for a, b in zip(was, new, strict=True))]
    return [was, *beyond]


def _at_extents(
    case: Case, operation: Add | Resize, items: tuple[Item, ...], extents: tuple[float, ...]
) -> tuple[Item, ...]:
    """The things at another size: one around its old centre, a new group arranged anew; nothing if there is no room."""
    pairs = list(zip(items, extents, strict=True))
    if isinstance(operation, Add) and len(items) > 1:
        group = tuple(replace(item, extent=extent) for item, extent in pairs)
        return _settled(case, Want(group, 0.9, operation.place, operation.relation, fixed=True)) or ()
    return tuple(resized(case.scene, item, extent, case.aspect) for item, extent in pairs)


def _apart(item: Item, other: Item) -> bool:
    """Whether the sizes of two things can be told apart at a glance."""
    return max(item.extent, other.extent) > APART * min(item.extent, other.extent)


# ------------------------------------------------------------------------------------------ numbers


def _one_more(case: Case, operation: Add | Duplicate, items: tuple[Item, ...]) -> Scene | None:
    """The scene with one more of a kind: a new group arranged anew, a copy where there is room."""
    more = replace(items[-1], id=next_number(case.scene))
    if isinstance(operation, Duplicate):
        added = _settled(case, Want((more,), 0.8))
        if not added or covered(case.scene, added[0], case.aspect):
            return None
        return in_front(case.scene, added, case.aspect)
    group = _settled(case, Want((*items, more), 0.8, operation.place, operation.relation, fixed=True))
    if group is None:
        return None
    rest = without(case.scene, items)
    scene = in_front(rest, group, case.aspect)
    return None if any(_new_laps(case, scene, one) for one in group) else scene


def _new_laps(case: Case, scene: Scene, item: Item) -> set[int]:
    """What an item of a group newly lies over: others of the group, or others than the group lay over before."""
    before = {lapped for one in case.items for lapped in covered(case.scene, one, case.aspect)}
    return covered(scene, item, case.aspect) - before


def _still_there(case: Case) -> Outcome:
    """The scene as if nothing, or no part, had been removed."""
    was = {item.id: item for item in case.done.items}
    if not was:
        return None
    order = {item.id: index for index, item in enumerate(case.before.items)}
    kept = [item for item in case.scene.items if item.id not in was]
    items = sorted([*kept, *was.values()], key=lambda item: order.get(item.id, len(order) + item.id))
    scene = replace(case.scene, items=tuple(items))
    return (scene, Fault(aspect="extra", subject=case.spoilt, found=case.spoilt)) if case.plain(scene) else None
