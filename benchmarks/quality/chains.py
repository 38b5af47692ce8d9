"""Random stories for the measurement of critics: chains of operations over everything the embedded world knows.

A chain starts from nothing and goes on from what should have been drawn; every one of its prompts is drawn once, spoilt
by the fault model, whose faults are the truth about the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from stepweave.messages import Fault
from stepweave.world.faults import corrupt
from stepweave.world.finding import LayoutError, main_colour
from stepweave.world.language import LanguageError, compose, parse
from stepweave.world.layout import apply_all
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
from stepweave.world.silhouettes import hidden
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import BACKDROPS, COLOURS, DRAWABLE, PLACES, RELATIONS, SIZES, TEXT, TURNS

LABELS = ("Hello", "Step 1", "The end", "Good night")
STEPS = (1, 2, 3, 4)
"""How many prompts a chain may have."""
CROWDED = 9
"""Most things in a picture."""
HIDDEN = 0.4
"""Most of a thing that another one hides: nobody goes on from a heap in which things cannot be made out."""
TRIES = 40
"""How often a step is thought up anew before a chain ends early."""


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate and the truth about it."""

    chain: int
    """The seed of its chain."""
    step: int
    """Which prompt of the chain it answers, from 0."""
    before: Scene
    prompt: str
    after: Scene
    """What was drawn."""
    right: Scene
    """What should have been drawn."""
    faults: tuple[Fault, ...]
    story: tuple[str, ...] = ()
    """The prompts that led to the scene before."""


def cases(chain: int, rate: float) -> Iterator[Case]:
    """The candidates of one chain, each operation of them spoilt with that probability."""
    random = Random(f"chain {chain}")
    scene = Scene(random.choice(BACKDROPS) if random.random() < 0.3 else "white")
    story = () if scene.background == "white" else (compose([Background(scene.background)]),)
    for step in range(random.choice(STEPS)):
        case = _step(random, scene, rate, chain, step)
        if case is None:
            return
        yield replace(case, story=story)
        scene, story = case.right, (*story, case.prompt)


def _step(random: Random, scene: Scene, rate: float, chain: int, step: int) -> Case | None:
    for _ in range(TRIES):
        operations = tuple(_changes(random, scene, random.choice((1, 1, 1, 2, 3))))
        try:
            prompt = compose(operations)
            if not operations or parse(prompt).operations != operations:
                continue
            right = apply_all(scene, operations)
            if _heaped(right):
                continue
            after, faults = corrupt(scene, operations, rate, random)
        except (LayoutError, LanguageError):
            continue
        return Case(chain, step, scene, prompt, after, right, faults)
    return None


def _heaped(scene: Scene) -> bool:
    """Whether there is too much in a picture, or one upon the other."""
    order = list(enumerate(scene.items))
    return len(order) > CROWDED or any(
        hidden(item, other) > HIDDEN for index, item in order for _, other in order[index + 1 :]
    )


def _changes(random: Random, scene: Scene, count: int) -> Iterator[Operation]:
    for _ in range(count):
        operation = _change(random, scene)
        try:
            scene = apply_all(scene, (operation,))
        except LayoutError:
            continue
        yield operation


def _change(random: Random, scene: Scene) -> Operation:
    if not scene.items or random.random() < 0.35:
        return _new(random, scene)
    if random.random() < 0.06:
        return Background(random.choice(BACKDROPS))
    make = random.choice(CHANGES)
    return make(random, random.choice(scene.items), scene)


def _new(random: Random, scene: Scene) -> Add:
    place = random.choice(list(PLACES)) if random.random() < 0.4 else None
    relation = _relation(random, scene) if scene.items and place is None and random.random() < 0.5 else None
    size = random.choice([None, None, *SIZES])
    colour = random.choice([None, *(name for name in COLOURS if name != scene.background)])
    if random.random() < 0.06:
        return Add(TEXT, 1, colour, size, place, relation, label=random.choice(LABELS))
    thing = random.choice(list(DRAWABLE))
    names = DRAWABLE[thing].names
    if len(names) > 1 and random.random() < 0.15:
        return Add(thing, 1, colour, size, place, relation, names[: random.randint(1, len(names) - 1)])
    action = random.choice(list(actions(DRAWABLE[thing]))) if random.random() < 0.15 else None
    turn = random.choice(TURNS) if random.random() < 0.1 else 0
    return Add(thing, random.choice([1, 1, 1, 1, 2, 3]), colour, size, place, relation, action=action, turn=turn)


def _relation(random: Random, scene: Scene) -> Relation:
    kind = random.choice(RELATIONS)
    things = list(dict.fromkeys(item.thing for item in scene.items))
    to = random.choice(things)
    if kind != "between":
        return Relation(kind, Reference(to))
    others = [thing for thing in things if thing != to]
    return Relation(kind, Reference(to), Reference(random.choice(others or things)))


def _pointing_at(item: Item, scene: Scene) -> Reference:
    """Words that can mean nothing else; several things that look the same are spoken of together."""
    alike = [other for other in scene.items if other.thing == item.thing]
    alone = len(alike) == 1
    apart = len({main_colour(other) for other in alike}) == len(alike)
    colour = main_colour(item) if apart and not alone else None
    return Reference(item.thing, colour, label=item.label, every=not alone and not apart)


def _part(random: Random, item: Item) -> str | None:
    names = () if item.thing == TEXT else (DRAWABLE[item.thing].names if item.parts is None else item.parts)
    return random.choice(names) if len(names) > 1 else None


def _add_part(random: Random, item: Item, scene: Scene) -> Operation:
    names = () if item.thing == TEXT else DRAWABLE[item.thing].names
    lacking = [name for name in names if item.parts is not None and name not in item.parts]
    if not lacking:
        return _remove(random, item, scene)
    return AddPart(lacking[0], _pointing_at(item, scene), random.choice([None, *COLOURS]))


def _remove(random: Random, item: Item, scene: Scene) -> Operation:
    return Remove(_pointing_at(item, scene), _part(random, item) if random.random() < 0.3 else None)


def _move(random: Random, item: Item, scene: Scene) -> Operation:
    others = Scene(scene.background, tuple(other for other in scene.items if other.thing != item.thing))
    if others.items and random.random() < 0.4:
        return Move(_pointing_at(item, scene), relation=_relation(random, others))
    return Move(_pointing_at(item, scene), random.choice(list(PLACES)))


def _recolour(random: Random, item: Item, scene: Scene) -> Operation:
    part = _part(random, item) if random.random() < 0.4 else None
    return Recolour(_pointing_at(item, scene), random.choice(list(COLOURS)), part)


def _resize(random: Random, item: Item, scene: Scene) -> Operation:
    return Resize(_pointing_at(item, scene), random.choice([*SIZES, "bigger", "smaller"]))


def _turn(random: Random, item: Item, scene: Scene) -> Operation:
    if item.thing == TEXT:
        return _recolour(random, item, scene)
    if random.random() < 0.4:
        return Turn(_pointing_at(item, scene), flip=True)
    return Turn(_pointing_at(item, scene), random.choice(TURNS[1:]))


def _act(random: Random, item: Item, scene: Scene) -> Operation:
    if item.thing == TEXT:
        return _resize(random, item, scene)
    able = [None, *actions(DRAWABLE[item.thing])]
    return Act(_pointing_at(item, scene), random.choice([name for name in able if name != item.action]))


def _duplicate(random: Random, item: Item, scene: Scene) -> Operation:
    target = _pointing_at(item, scene)
    if target.every:
        return _move(random, item, scene)
    place = random.choice(list(PLACES)) if random.random() < 0.4 else None
    return Duplicate(target, random.choice([1, 1, 2, 3]), place)


def _replace(random: Random, item: Item, scene: Scene) -> Operation:
    thing = random.choice([name for name in DRAWABLE if name != item.thing])
    colours = [None, *(name for name in COLOURS if name != scene.background)]
    return Replace(_pointing_at(item, scene), Add(thing, colour=random.choice(colours)))


CHANGES: tuple[Callable[[Random, Item, Scene], Operation], ...] = (
    _add_part,
    _remove,
    _move,
    _recolour,
    _resize,
    _turn,
    _act,
    _duplicate,
    _replace,
)
"""What can be done with a thing that is there."""
