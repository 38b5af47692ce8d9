"""Random steps over random pictures, for tests."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
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
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import BACKDROPS, COLOURS, DRAWABLE, PLACES, RELATIONS, SIZES

Step = tuple[Scene, tuple[Operation, ...]]


def random_step(random: Random) -> Step:
    """A picture, and what is asked for next; it can be drawn."""
    while True:
        try:
            scene = Scene()
            for _ in range(random.randrange(4)):
                scene = apply_all(scene, _operations(random, scene))
            asked = _operations(random, scene)
            apply_all(scene, asked)
        except LayoutError:
            continue
        if not _loosens(*asked):
            return scene, asked


def _loosens(first: Operation, second: Operation | None = None) -> bool:
    """Whether what the first lies by is changed by the second, after which nobody can say where the first should be."""
    relation = first.relation if isinstance(first, Add | Move) else None
    if relation is None or not isinstance(second, Move | Turn | Resize | Remove | Replace):
        return False
    return second.target.thing in (relation.to.thing, relation.other.thing if relation.other else "")


def _operations(random: Random, scene: Scene) -> tuple[Operation, ...]:
    """One or two operations; the second one knows nothing of what the first one did."""
    return tuple(_operation(random, scene) for _ in range(random.choice((1, 1, 2))))


def _operation(random: Random, scene: Scene) -> Operation:
    here = sorted({item.thing for item in scene.items})
    if not here or random.random() < 0.4:
        return _new(random, here)
    thing = random.choice(here)
    target = Reference(thing)
    colour, place = random.choice(list(COLOURS)), random.choice(list(PLACES))
    part = random.choice(DRAWABLE[thing].names)
    able = list(actions(DRAWABLE[thing]))
    makers: tuple[Callable[[], Operation], ...] = (
        lambda: Recolour(target, colour, random.choice((None, part))),
        lambda: AddPart(part, target, random.choice((None, colour))),
        lambda: Move(target, place),
        lambda: Move(target, relation=_relation(random, here)),
        lambda: Resize(target, random.choice(("bigger", "smaller", *SIZES))),
        lambda: Turn(target, random.choice((90, 180, 270))),
        lambda: Turn(target, flip=True),
        lambda: Act(target, random.choice((None, *able))),
        lambda: Remove(target, random.choice((None, part))),
        lambda: Duplicate(target, random.choice((1, 2)), random.choice((None, place))),
        lambda: Replace(target, Add(random.choice(list(DRAWABLE)), colour=random.choice((None, colour)))),
        lambda: Background(random.choice(BACKDROPS)),
    )
    return random.choice(makers)()


def _new(random: Random, here: list[str]) -> Add:
    thing = random.choice(list(DRAWABLE))
    related = bool(here) and random.random() < 0.5
    return Add(
        thing,
        random.choice((1, 1, 1, 2, 3)),
        random.choice((None, *COLOURS)),
        random.choice((None, None, *SIZES)),
        None if related else random.choice((None, *PLACES)),
        _relation(random, here) if related else None,
        action=random.choice((None, None, None, *actions(DRAWABLE[thing]))),
        turn=random.choice((0, 0, 0, 0, 90, 180)),
    )


def _relation(random: Random, here: list[str]) -> Relation:
    kind = random.choice(RELATIONS)
    other = Reference(random.choice(here)) if kind == "between" else None
    return Relation(kind, Reference(random.choice(here)), other)
