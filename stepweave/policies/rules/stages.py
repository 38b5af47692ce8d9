"""How a thing is drawn stage by stage: part after part, in the order in which a person would draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.scene import Add, AddPart, Background, Operation, Precise, Recolour, Reference

Stage = tuple[Operation, ...]
"""Operations that belong together."""

OUTLINE = "white"
"""The colour of what is drawn first and coloured in later."""
BACKGROUNDS = ("blue", "yellow", "green", "pink", "grey")
"""Backgrounds for a picture that has none yet, the first that no thing in it has."""


def stages(operations: Sequence[Operation]) -> tuple[Stage, ...]:
    """The finest stages of a drawing: one for each part of a thing, one for each other operation."""
    found: list[Stage] = []
    rest = list(operations)
    while rest:
        first = rest.pop(0)
        if isinstance(first, Add) and first.count == 1 and first.thing in vocabulary.THINGS:
            own = [one for one in rest if _colours_it(first, one)]
            rest = [one for one in rest if one not in own]
            found.extend(_by_parts(first, own))
        elif isinstance(first, Add):
            own = [one for one in rest if _colours_it(first, one)]
            rest = [one for one in rest if one not in own]
            found.append((first, *own))
        else:
            found.append((first,))
    return tuple(found)


def joined(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The same drawing in fewer operations: parts that look as they always do join the thing they belong to."""
    found: list[Operation] = []
    for one in operations:
        last = found[-1] if found else None
        if isinstance(last, Add) and isinstance(one, AddPart) and _joins(last, one):
            parts = {*(last.parts or ()), one.part}
            names = vocabulary.THINGS[last.thing].names
            colour = one.colour if one.part == vocabulary.THINGS[last.thing].main else last.colour
            found[-1] = replace(last, colour=colour, parts=tuple(name for name in names if name in parts))
        else:
            found.append(one)
    return tuple(map(_completed, found))


def extra_stages(given: Sequence[Stage], wanted: int) -> tuple[Stage, ...]:
    """More stages for the same drawing: outlines that are coloured in later, and a background; as many as there are."""
    found = list(given)
    if len(found) < wanted and (background := _background(found)) is not None:
        found.append((background,))
    for stage in _paintable(given):
        if len(found) >= wanted:
            break
        index = found.index(stage)
        found[index : index + 1] = _outline_first(stage)
    return tuple(found)


def outlined(given: Sequence[Stage]) -> tuple[Stage, ...]:
    """The same drawing with the outline of its first part drawn first and coloured in later."""
    stage = next(iter(_paintable(given)), None)
    return tuple(piece for one in given for piece in (_outline_first(one) if one is stage else [one]))


def _colours_it(added: Add, operation: Operation) -> bool:
    if not isinstance(operation, Recolour | AddPart) or operation.precise:
        return False
    return operation.target == Reference(added.thing)


def _by_parts(added: Add, own: Sequence[Operation]) -> list[Stage]:
    """One stage for each part, in the colours that are asked for or that it always has."""
    thing = vocabulary.THINGS[added.thing]
    said = {one.part: one.colour for one in own if isinstance(one, Recolour | AddPart) and one.part and one.colour}
    whole = [one.colour for one in own if isinstance(one, Recolour) and one.part is None]
    main = said.get(thing.main) or (whole[-1] if whole else added.colour) or thing.colour
    names = [name for name in thing.names if added.parts is None or name in added.parts or name in said]
    first, *later = names
    begun: list[Operation] = [replace(added, parts=(first,), colour=main if first == thing.main else None)]
    if first != thing.main and first in said:
        begun.append(Recolour(Reference(added.thing), said[first], first))
    insisted, others = _by_colour(added.precise)
    begun[0] = begun[0] if first == thing.main else replace(begun[0], precise=others)
    found: list[Stage] = [tuple(begun)]
    for name in later:
        colour = main if name == thing.main else said.get(name) or thing.part(name).colour or main
        precise = insisted if name == thing.main else ()
        found.append((AddPart(name, Reference(added.thing), colour, precise),))
    return found


def _joins(added: Add, part: AddPart) -> bool:
    if added.count > 1 or added.parts is None or part.precise or part.target != Reference(added.thing):
        return False
    thing = vocabulary.THINGS[added.thing]
    if part.part == thing.main:
        return added.colour is None
    main = added.colour or thing.colour
    usual = thing.part(part.part).colour or (main if thing.main in added.parts else None)
    return part.colour in (None, usual)


def _completed(operation: Operation) -> Operation:
    """All parts of a thing are the thing; its own colour need not be named apart from it."""
    if isinstance(operation, Add) and operation.parts == vocabulary.DRAWABLE.get(operation.thing, _NO_THING).names:
        return replace(operation, parts=None)
    return operation


_NO_THING = next(iter(vocabulary.DRAWABLE.values()))


def _background(found: Sequence[Stage]) -> Background | None:
    flat = [one for stage in found for one in stage]
    if any(isinstance(one, Background) for one in flat):
        return None
    used = {one.colour for one in flat if isinstance(one, Add | AddPart | Recolour)}
    return Background(next((colour for colour in BACKGROUNDS if colour not in used), BACKGROUNDS[0]))


def _paintable(given: Sequence[Stage]) -> list[Stage]:
    """Stages that can be drawn as an outline first, the main parts before the others."""
    found = [stage for stage in given if len(stage) == 1 and _named_colour(stage[0]) not in (None, OUTLINE)]
    return sorted(found, key=lambda stage: isinstance(stage[0], AddPart))


def _named_colour(operation: Operation) -> str | None:
    """The colour in which it draws something; ``None`` where nothing single is drawn."""
    if isinstance(operation, AddPart):
        return operation.colour
    if not isinstance(operation, Add) or operation.thing == vocabulary.TEXT or operation.count > 1:
        return None
    if operation.thing in vocabulary.SHAPES:
        return operation.colour or vocabulary.SHAPES[operation.thing].colour
    return operation.colour if operation.parts == (vocabulary.THINGS[operation.thing].main,) else None


def _outline_first(stage: Stage) -> list[Stage]:
    drawn = stage[0]
    assert isinstance(drawn, Add | AddPart)
    colour = _named_colour(drawn)
    assert colour is not None
    target = drawn.target if isinstance(drawn, AddPart) else Reference(drawn.thing)
    part = drawn.part if isinstance(drawn, AddPart) else drawn.parts[0] if drawn.parts else None
    insisted, others = _by_colour(drawn.precise)
    outline = replace(drawn, colour=OUTLINE, precise=others)
    return [(outline,), (Recolour(target, colour, part, insisted),)]


def _by_colour(precise: Precise) -> tuple[Precise, Precise]:
    """How words insist on the colour, and on everything else."""
    return tuple(a for a in precise if a == "colour"), tuple(a for a in precise if a != "colour")
