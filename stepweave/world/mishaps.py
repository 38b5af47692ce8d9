"""How each kind of fault is carried out on a scene: plainly visible, and never by accident what was asked for.

Each mishap turns a case into the scene that is drawn instead and the fault in it, or into nothing where it cannot be
carried out (no room, nothing left to spoil).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from stepweave.messages import Fault
from stepweave.world.finding import LayoutError, find, main_colour, name_of, place_of, size_of
from stepweave.world.layout import Done, extent_of, resized
from stepweave.world.measure import Bounds, related, visible
from stepweave.world.placing import Want, covered, in_front, settled
from stepweave.world.render import colour_of
from stepweave.world.scene import Add, AddPart, Background, Item, Move, Recolour, Relation, Resize, Scene
from stepweave.world.vocabulary import COLOURS, DRAWABLE, PLACES, SIZES, TEXT

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """An operation that goes wrong."""

    before: Scene
    """The picture that the sentence started from."""
    scene: Scene
    """The picture as it should be, but for faults that happened already."""
    done: Done
    random: Random
    aspect: float
    """Width of the picture divided by its height."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The things that the operation was about, as they are now; those gone are left out.

        A number is used again for a later thing once its owner is gone, so the thing itself is compared too.
        """
        about = {(item.id, item.thing) for item in self.done.items}
        return tuple(item for item in self.scene.items if (item.id, item.thing) in about)

    @property
    def bystanders(self) -> tuple[Item, ...]:
        """The things that were there before the sentence and that the operation was not about."""
        about = {item.id for item in self.done.items}
        old = {item.id for item in self.before.items} - about
        return tuple(item for item in self.scene.items if item.id in old)

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in an order of chance."""
        keyed = [(self.random.random(), index) for index in range(len(values))]
        return [values[index] for _, index in sorted(keyed)]


Outcome = tuple[Scene, Fault] | None


def wrong_colour(case: Case) -> Outcome:
    """Another colour than the one named, and than the one that was there before."""
    operation = case.done.operation
    if isinstance(operation, Background):
        wrong = _other(case, {operation.backdrop, case.before.background})
        fault = Fault(aspect="colour", subject="background", expected=operation.backdrop, found=wrong)
        return replace(case.scene, background=wrong), fault
    if not isinstance(operation, Add | AddPart | Recolour) or operation.colour is None or not case.items:
        return None
    part = None if isinstance(operation, Add) else operation.part
    seen = {_colour(item, part) for item in (*case.items, *case.done.items)}
    wrong = _other(case, {operation.colour, case.scene.background, *seen})
    subject = f"{part} of the {case.items[0].thing}" if part else case.items[0].thing
    fault = Fault(aspect="colour", subject=subject, expected=operation.colour, found=wrong)
    return _with(case.scene, [_painted(item, part, wrong) for item in case.items]), fault


def wrong_place(case: Case) -> Outcome:
    """In another ninth of the picture, the relation broken."""
    operation, items = case.done.operation, case.items
    if not isinstance(operation, Add | Move) or not items:
        return None
    taken = {place_of(item.x, item.y) for item in (*items, *case.done.items)} | {operation.place or ""}
    least = 1.0 if isinstance(operation, Add) and operation.size else 0.6
    choices: list[tuple[bool, str, tuple[Item, ...]]] = []
    for place in case.shuffled([place for place in PLACES if place not in taken]):
        moved = _settled(case, Want(items, least, place))
        if moved and _elsewhere(items, moved) and not _related(case.scene, moved, operation.relation, case.aspect):
            choices.append((_covers(case, items, moved), place, moved))
    if not choices:
        return None
    _, place, moved = min(choices, key=lambda choice: choice[0])
    fault = Fault(aspect="place", subject=items[0].thing, expected=_asked_place(operation), found=place)
    return _with(case.scene, moved), fault


def wrong_size(case: Case) -> Outcome:
    """At least one named size away; where a comparison was asked for, the old size or beyond it."""
    operation, items = case.done.operation, case.items
    if not isinstance(operation, Add | Resize) or not operation.size or not items:
        return None
    for size in case.shuffled(_other_sizes(case, operation.size)):
        wrong = _at_size(case, operation, items, size)
        plain = bool(wrong) and all(_apart(item, other) for item, other in zip(items, wrong, strict=True))
        if plain and not _covers(case, items, wrong):
            return _with(case.scene, wrong), Fault(
                aspect="size", subject=items[0].thing, expected=operation.size, found=size
            )
    return None


def wrong_count(case: Case) -> Outcome:
    """One more or one less."""
    operation, items = case.done.operation, case.items
    if not isinstance(operation, Add) or len(items) < 2:
        return None
    for change in case.shuffled((-1, 1)):
        scene = _without(case.scene, items[-1:]) if change < 0 else _one_more(case, operation, items)
        if scene is not None:
            found = str(len(items) + change)
            return scene, Fault(aspect="count", subject=items[0].thing, expected=str(len(items)), found=found)
    return None


def not_drawn(case: Case) -> Outcome:
    """What was to be added is not there."""
    operation, items = case.done.operation, case.items
    if not items:
        return None
    if isinstance(operation, AddPart):
        earlier = {item.id: item for item in case.done.items}
        as_before = [replace(item, parts=earlier[item.id].parts) for item in items]
        if all(item.parts == was.parts for item, was in zip(items, as_before, strict=True)):
            return None
        fault = Fault(aspect="missing", subject=f"{operation.part} of the {items[0].thing}", expected=operation.part)
        return _with(case.scene, as_before), fault
    return _without(case.scene, items), Fault(aspect="missing", subject=items[0].thing, expected=items[0].thing)


def something_else(case: Case) -> Outcome:
    """Something that was not asked for; after removing, what should have gone."""
    if not isinstance(case.done.operation, Add):
        return _still_there(case)
    here = {item.thing for item in case.scene.items}
    item = Item(_next_id(case.scene), "", 0.5, 0.5, SIZES["medium"])
    for thing in case.shuffled([name for name in DRAWABLE if name not in here])[:4]:
        if added := _settled(case, Want((replace(item, thing=thing),), 0.4)):
            return in_front(case.scene, added, case.aspect), Fault(aspect="extra", subject=thing, found=thing)
    return None


def damaged(case: Case) -> Outcome:
    """Something that was there and not spoken of vanishes or changes its colour."""
    for victim in case.shuffled(case.bystanders)[:1]:
        fault = Fault(aspect="damaged", subject=victim.thing, expected=name_of(victim))
        if case.random.random() < 0.5:
            return _without(case.scene, [victim]), fault
        changed = _painted(victim, None, _other(case, {main_colour(victim), case.scene.background}))
        return _with(case.scene, [changed]), fault.model_copy(update={"found": name_of(changed)})
    return None


MISHAPS: dict[str, Callable[[Case], Outcome]] = {
    "colour": wrong_colour,
    "place": wrong_place,
    "size": wrong_size,
    "count": wrong_count,
    "missing": not_drawn,
    "extra": something_else,
    "damaged": damaged,
}
"""What happens, by aspect."""


# ------------------------------------------------------------------------------------------ colours and sizes


def _other(case: Case, but: set[str]) -> str:
    return case.shuffled([colour for colour in COLOURS if colour not in but])[0]


def _colour(item: Item, part: str | None) -> str:
    return main_colour(item) if part is None or item.thing == TEXT else colour_of(item, part)


def _painted(item: Item, part: str | None, colour: str) -> Item:
    main = None if item.thing == TEXT else DRAWABLE[item.thing].main
    kept = tuple(pair for pair in item.part_colours if pair[0] != (part or main))
    if part is None or part == main:
        return replace(item, colour=colour, part_colours=kept)
    return replace(item, part_colours=tuple(sorted((*kept, (part, colour)))))


def _at_size(case: Case, operation: Add | Resize, items: tuple[Item, ...], size: str) -> tuple[Item, ...]:
    """The things at another size: one around its old centre, a new group arranged anew; nothing if there is no room."""
    extents = [extent_of(item, size, case.aspect) for item in items]
    if isinstance(operation, Add) and len(items) > 1:
        group = tuple(replace(item, extent=extent) for item, extent in zip(items, extents, strict=True))
        return _settled(case, Want(group, 0.9, operation.place, operation.relation, fixed=True)) or ()
    pairs = zip(items, extents, strict=True)
    return tuple(resized(case.scene, item, extent, case.aspect) for item, extent in pairs)


def _apart(item: Item, other: Item) -> bool:
    """Whether the sizes of two things can be told apart at a glance."""
    return max(item.extent, other.extent) > 1.3 * min(item.extent, other.extent)


def _other_sizes(case: Case, asked: str) -> list[str]:
    """Sizes that are wrong; after a comparison those from the old size on in the other direction."""
    names = list(SIZES)
    if asked in names:
        return [name for name in names if name != asked]
    old, new = (names.index(size_of(group[0])) for group in (case.done.items, case.items))
    beyond = range(old + 1) if asked == "bigger" else range(old, len(names))
    return [names[index] for index in beyond if index != new]


# ------------------------------------------------------------------------------------------ places


def _settled(case: Case, want: Want) -> tuple[Item, ...] | None:
    try:
        return settled(case.scene, want, case.aspect)
    except LayoutError:
        return None


def _elsewhere(items: Sequence[Item], moved: Sequence[Item]) -> bool:
    """Whether the whole group, not only some of it, is somewhere else."""
    return all(abs(a.x - b.x) > 0.2 or abs(a.y - b.y) > 0.2 for a, b in zip(items, moved, strict=True))


def _covers(case: Case, items: Sequence[Item], changed: Sequence[Item]) -> bool:
    """Whether the changed things lie over others that they did not lie over before."""
    after = _with(case.scene, changed)
    return any(
        covered(after, new, case.aspect) - covered(case.scene, old, case.aspect)
        for old, new in zip(items, changed, strict=True)
    )


def _related(scene: Scene, moved: Sequence[Item], relation: Relation | None, aspect: float) -> bool:
    """Whether any of the moved things is in the relation asked for all the same."""
    if relation is None:
        return False
    boxes: list[Bounds] = [visible(item, aspect) for item in moved]
    ids = {item.id for item in moved}
    rest = replace(scene, items=tuple(item for item in scene.items if item.id not in ids))
    try:
        others = find(rest, replace(relation.to, every=True))
    except LayoutError:
        return False
    return any(related(relation.kind, box, visible(other, aspect)) for box in boxes for other in others)


def _asked_place(operation: Add | Move) -> str:
    relation = operation.relation
    return f"{relation.kind} the {relation.to.thing}" if relation else operation.place or ""


# ------------------------------------------------------------------------------------------ scenes


def _with(scene: Scene, items: Sequence[Item]) -> Scene:
    new = {item.id: item for item in items}
    return replace(scene, items=tuple(new.get(item.id, item) for item in scene.items))


def _without(scene: Scene, items: Sequence[Item]) -> Scene:
    gone = {item.id for item in items}
    return replace(scene, items=tuple(item for item in scene.items if item.id not in gone))


def _next_id(scene: Scene) -> int:
    return 1 + max((item.id for item in scene.items), default=0)


def _one_more(case: Case, operation: Add, items: tuple[Item, ...]) -> Scene | None:
    """The group with one more of its kind, arranged anew."""
    more = replace(items[-1], id=_next_id(case.scene))
    group = _settled(case, Want((*items, more), 0.75, operation.place, operation.relation, fixed=True))
    if group is None:
        return None
    return in_front(_without(case.scene, items), group, case.aspect)


def _still_there(case: Case) -> Outcome:
    """The scene as if nothing, or no part, had been removed."""
    was = {item.id: item for item in case.done.items}
    if not was:
        return None
    order = {item.id: index for index, item in enumerate(case.before.items)}
    kept = [item for item in case.scene.items if item.id not in was]
    items = sorted([*kept, *was.values()], key=lambda item: order.get(item.id, len(order) + item.id))
    thing = case.done.items[0].thing
    part = getattr(case.done.operation, "part", None)
    subject = f"{part} of the {thing}" if part else thing
    return replace(case.scene, items=tuple(items)), Fault(aspect="extra", subject=subject, found=subject)
