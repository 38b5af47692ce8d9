"""Operations on scenes: pure, without chance, and always with everything inside the picture.

``aspect`` is the picture's width divided by its height; a scene laid out for one shape of picture fits that shape.

How things are placed:

* A step changes what it speaks of and nothing else. Only within one sentence that begins a picture do the things in it
  draw together to make room for one another.
* A named place puts a thing's centre into that ninth of the picture, clear of what is there if that is possible; a
  thing without a named size becomes smaller for it. If nothing helps, it lies over what is there, as little as can be,
  or under it where it would hide it.
* A relation puts it next to another thing's box: at its height and ``GAP`` away, resting ``on`` it, or ``inside`` it.
* Without either, it goes where it belongs (the sun into a corner) or as near to the middle as there is room, on the
  line on which the others stand. Things of one sentence share the picture (:func:`apply_all`).
* In a setting, what stands is set with its feet on the ground, and what does not is put into the sky, unless the words
  say otherwise; at the ``left`` it stands on the ground there. Under water things are anywhere.
* What is ``between`` two things fits into the gap. What is ``behind`` something is drawn before it, higher and to a
  side, and about half of it stays visible; what is ``in front of`` something is drawn after it, lower.
* What is ``held by`` something has its middle in the grip, goes wherever that goes, and stays where it is once its
  holder is gone; moved elsewhere, it is let go.
* What rests on the ground of a setting or upon something keeps its feet there when it is turned or becomes larger.
* Several things make a group, row by row, which is placed as one.
* Things leave a rim of the picture free where they can, so that something tiny fits beside each of them later.
* Where there is no free spot, a thing without a named size becomes smaller, down to ``SMALLEST``; a named size is kept
  to a fifth. Then it may lie over others a little, and only then is there no room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import assert_never

from stepweave.world.adding import KEPT, added, composed, duplicated, replaced
from stepweave.world.changing import acting, coloured, remove, with_part
from stepweave.world.composing import opening, with_room
from stepweave.world.effort import spend
from stepweave.world.finding import CannotDo, LayoutError, NoRoom, NothingThere, OnlyOne, UnknownPart, find
from stepweave.world.holding import carried, holders
from stepweave.world.placing import Want, changed, in_front, put
from stepweave.world.resizing import extent_of, resize, resized, turned
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
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)

__all__ = [
    "CannotDo",
    "Done",
    "LayoutError",
    "NoRoom",
    "NothingThere",
    "OnlyOne",
    "UnknownPart",
    "apply",
    "apply_all",
    "extent_of",
    "find",
    "perform",
    "resized",
]

MOVED = 0.5
"""How much smaller a thing may become when it moves to where there is less room."""


def apply(scene: Scene, operation: Operation, aspect: float = 1.0) -> Scene:
    """The scene after one operation.

    Raises:
        NothingThere: it speaks of something that is not in the picture.
        OnlyOne: it speaks of a place between two things, and there is only one.
        NoRoom: what it asks for does not fit.
        UnknownPart: the thing has no such part.
        CannotDo: the thing cannot do that, or cannot hold anything.
    """
    return _applied(scene, operation, aspect, composing=False)


def _applied(scene: Scene, operation: Operation, aspect: float, *, composing: bool) -> Scene:
    """``composing``: the picture is still being made, so what is in it may make room."""
    return carried(scene, _after(scene, operation, aspect, composing=composing), aspect)


def _after(scene: Scene, operation: Operation, aspect: float, *, composing: bool) -> Scene:
    """The scene after an operation, what is held still being where it was."""
    match operation:
        case Add():
            return added(scene, operation, aspect, composing=composing)
        case AddPart():
            return changed(scene, [with_part(item, operation) for item in find(scene, operation.target)])
        case Remove():
            return remove(scene, operation)
        case Move():
            return _moved(scene, operation, aspect)
        case Recolour():
            return changed(scene, [coloured(item, operation) for item in find(scene, operation.target)])
        case Resize():
            return resize(scene, operation, aspect)
        case Turn():
            return turned(scene, operation, aspect)
        case Act():
            return changed(scene, [acting(item, operation.action) for item in find(scene, operation.target)])
        case Duplicate():
            return duplicated(scene, operation, aspect)
        case Replace():
            return replaced(scene, operation, aspect)
        case Background():
            return replace(scene, background=operation.backdrop)
    assert_never(operation)


_UNITS = 8
"""Of effort, for each thing that is there when an operation is applied."""


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that was applied."""

    operation: Operation
    items: tuple[Item, ...]
    """The things it was about as they were before it; for new things, as they are after it."""
    gone: tuple[Item, ...] = ()
    """The things that are there no longer, as they were."""


def apply_all(scene: Scene, operations: Iterable[Operation], aspect: float = 1.0) -> Scene:
    """The scene after all operations of a sentence.

    Things that an empty picture begins with and that have no place of their own stand side by side, sized to share it;
    a single one makes room for those that are said to be beside it.

    Raises:
        LayoutError: as ``apply``.
    """
    return perform(scene, operations, aspect)[0]


def perform(scene: Scene, operations: Iterable[Operation], aspect: float = 1.0) -> tuple[Scene, tuple[Done, ...]]:
    """Apply all operations of a sentence as ``apply_all`` does, and tell what each of them was about."""
    scene = carried(scene, scene, aspect)
    # A background takes no room, whether it is named first or last.
    rest = sorted(operations, key=lambda operation: not isinstance(operation, Background))
    groups: list[tuple[Item, ...]] = []
    composing = not scene.items
    if composing:
        start = next((i for i, operation in enumerate(rest) if not isinstance(operation, Background)), 0)
        together = [operation for operation in takewhile(opening, rest[start:]) if isinstance(operation, Add)]
        if len(together) > 1:
            backdrops = [operation.backdrop for operation in rest[:start] if isinstance(operation, Background)]
            groups = composed(replace(scene, background=[scene.background, *backdrops][-1]), together, aspect)
        elif rest:
            rest[start] = with_room(rest[start], rest[start + 1 :])
    done: list[Done] = []
    for operation in rest:
        spend(_UNITS * (2 + len(scene.items)))
        if groups and isinstance(operation, Add):
            after = in_front(scene, groups.pop(0), aspect)
        else:
            after = _applied(scene, operation, aspect, composing=composing)
        done.append(Done(operation, _about(scene, operation, after), _gone(scene, after)))
        scene = after
    return scene, tuple(done)


def _about(before: Scene, operation: Operation, after: Scene) -> tuple[Item, ...]:
    if isinstance(operation, Background):
        return ()
    if isinstance(operation, Add | Duplicate | Replace):
        known = {item.id for item in before.items}
        return tuple(item for item in after.items if item.id not in known)
    return find(before, operation.target)


def _gone(before: Scene, after: Scene) -> tuple[Item, ...]:
    left = {item.id for item in after.items}
    return tuple(item for item in before.items if item.id not in left)


def _moved(scene: Scene, operation: Move, aspect: float) -> Scene:
    """The scene with things in another place, smaller only where they find no room as they are.

    Of things that hold each other only the holder is moved: the others come along.
    """
    items = find(scene, operation.target)
    ids = {item.id for item in items}
    movers = tuple(item for item in items if not ids & set(holders(scene, item)))
    want = Want(movers, KEPT, operation.place, operation.relation, rim=1.0)
    try:
        return put(scene, want, aspect)
    except NoRoom:
        return put(scene, replace(want, least=MOVED), aspect)
