"""Changing things where they are: their parts, their colours and what they do."""

from __future__ import annotations

from dataclasses import replace

from stepweave.world.finding import CannotDo, UnknownPart, find
from stepweave.world.placing import changed
from stepweave.world.scene import AddPart, Item, Recolour, Remove, Scene
from stepweave.world.things.actions import EXPRESSIONS, actions
from stepweave.world.vocabulary import DRAWABLE, TEXT


def with_part(item: Item, operation: AddPart) -> Item:
    """The item with one more part; one it has already only takes the colour."""
    names = _names(item)
    if operation.part not in names:
        raise UnknownPart(operation.part, item.thing, names)
    drawn = names if item.parts is None else item.parts
    parts = tuple(name for name in names if name in drawn or name == operation.part)
    item = replace(item, parts=None if parts == names else parts)
    return _part_coloured(item, operation.part, operation.colour) if operation.colour else item


def remove(scene: Scene, operation: Remove) -> Scene:
    """The scene without things, or without a part of them."""
    targets = find(scene, operation.target)
    if operation.part is not None:
        targets = tuple(_without_part(item, operation.part) for item in targets)
        scene = changed(scene, targets)
    gone = {item.id for item in targets if operation.part is None or item.parts == ()}
    return replace(scene, items=tuple(item for item in scene.items if item.id not in gone))


def _without_part(item: Item, part: str) -> Item:
    drawn = _drawn(item)
    if part not in drawn:
        raise UnknownPart(part, item.thing, drawn)
    colours = tuple(pair for pair in item.part_colours if pair[0] != part)
    less = replace(item, parts=tuple(name for name in drawn if name != part), part_colours=colours)
    return less if item.action is None or not _missing(less, item.action) else replace(less, action=None)


def coloured(item: Item, operation: Recolour) -> Item:
    """The item in another colour, or with a part in another colour."""
    if operation.part is not None:
        if operation.part not in _drawn(item):
            raise UnknownPart(operation.part, item.thing, _drawn(item))
        return _part_coloured(item, operation.part, operation.colour)
    main = "" if item.thing == TEXT else DRAWABLE[item.thing].main
    colours = tuple(pair for pair in item.part_colours if pair[0] != main)
    return replace(item, colour=operation.colour, part_colours=colours)


def _part_coloured(item: Item, part: str, colour: str) -> Item:
    if part == DRAWABLE[item.thing].main:
        return replace(item, colour=colour)
    others = tuple(pair for pair in item.part_colours if pair[0] != part)
    return replace(item, part_colours=tuple(sorted((*others, (part, colour)))))


def acting(item: Item, action: str | None) -> Item:
    """The item doing something, or nothing any more.

    Raises:
        CannotDo: it cannot do that, or not before more of it is drawn.
    """
    if action is None:
        return replace(item, action=None)
    if item.thing == TEXT:
        raise CannotDo("written words", action, "let a thing do it")
    able = actions(DRAWABLE[item.thing])
    if action not in able:
        raise CannotDo(f"a {item.thing}", action, f"it can {', '.join(able)}")
    if missing := _missing(item, action):
        raise CannotDo(f"this {item.thing}", action, f"draw its {' and '.join(missing)} first")
    return replace(item, action=action)


def _missing(item: Item, action: str) -> tuple[str, ...]:
    """The parts upon which an action is drawn, that are not drawn."""
    thing = DRAWABLE[item.thing]
    skin = (thing.face.skin,) if thing.face is not None and action in EXPRESSIONS else ()
    upon = [form.of for form in actions(thing)[action].forms if form.of]
    own = (thing.main,) if any(one.name == action for one in thing.own_actions) else ()
    return tuple(part for part in dict.fromkeys((*own, *skin, *upon)) if part not in _drawn(item))


def _names(item: Item) -> tuple[str, ...]:
    return () if item.thing == TEXT else DRAWABLE[item.thing].names


def _drawn(item: Item) -> tuple[str, ...]:
    return _names(item) if item.parts is None else item.parts
