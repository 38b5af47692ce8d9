"""How a thing is drawn stage by stage: part after part, in the order in which a person would draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.scene import Act, Add, AddPart, Background, Operation, Precise, Recolour, Reference, Turn

Stage = tuple[Operation, ...]
"""Operations that belong together."""

OUTLINE = "white"
"""The colour of what is drawn first and coloured in later."""
BACKGROUNDS = ("blue", "yellow", "green", "pink", "grey")
"""Backgrounds for a picture that has none yet, the first that no thing in it has."""


def stages(operations: Sequence[Operation], first: str = "", last: str = "") -> tuple[Stage, ...]:
    """The finest stages of a drawing: one for each part of a thing, one for each other operation.

    What a thing does, and how it is turned, comes when all of it is there.

    Args:
        operations: the drawing.
        first: the part to begin with; empty: the one with which a person would begin.
        last: the part to end with.
    """
    found: list[Stage] = []
    rest = list(operations)
    while rest:
        added = rest.pop(0)
        if isinstance(added, Add) and added.thing in vocabulary.THINGS:
            own = [one for one in rest if _colours_it(added, one)]
            rest = [one for one in rest if one not in own]
            found.extend(_by_parts(added, own, first, last))
        elif isinstance(added, Add):
            own = [one for one in rest if _colours_it(added, one)]
            rest = [one for one in rest if one not in own]
            found.append((added, *own))
        else:
            found.append((added,))
    return tuple(found)


def groups(operations: Sequence[Operation]) -> tuple[Stage, ...]:
    """The coarsest stages of a drawing: one for each thing, with all that is said of it at once, and its backdrop."""
    found: list[Stage] = []
    for one in operations:
        last = found[-1] if found else ()
        added = next((other for other in last if isinstance(other, Add)), None)
        about = getattr(one, "target", None)
        if len(found) == len(last) == 1 and isinstance(last[0], Background) and isinstance(one, Add):
            found[0] = (*last, one)
        elif added is not None and about is not None and about.thing == added.thing and not isinstance(one, Add):
            found[-1] = (*last, one)
        else:
            found.append((one,))
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
        elif isinstance(last, Add) and isinstance(one, Act | Turn) and one.target == named_by(last):
            found[-1] = _posed(last, one)
        else:
            found.append(one)
    return tuple(map(_completed, found))


def extra_stages(given: Sequence[Stage], wanted: int) -> tuple[Stage, ...]:
    """More stages for the same drawing: outlines that are coloured in later; a background if even more are wanted."""
    found, paintable = list(given), _paintable(given)
    if len(found) + len(paintable) < wanted and (background := _background(found)) is not None:
        found.append((background,))
    return _coloured_later(found, paintable[: max(0, wanted - len(found))])


def outlined(given: Sequence[Stage]) -> tuple[Stage, ...]:
    """The same drawing with the outline of its first part drawn first and coloured in later."""
    return _coloured_later(given, _paintable(given)[:1])


def _coloured_later(given: Sequence[Stage], chosen: Sequence[Stage]) -> tuple[Stage, ...]:
    """The same drawing with some stages drawn as outlines, coloured in when all parts of the thing are there."""
    found: list[Stage] = []
    colours: list[Stage] = []
    for stage in given:
        if not isinstance(stage[0], AddPart):
            found, colours = [*found, *colours], []
        if any(stage is one for one in chosen):
            outline, colour = _outline_first(stage)
            found.append(outline)
            colours.append(colour)
        else:
            found.append(stage)
    return (*found, *colours)


def named_by(added: Add) -> Reference:
    """Words that point at what was just added."""
    return Reference(added.thing, every=added.count > 1)


def _colours_it(added: Add, operation: Operation) -> bool:
    if not isinstance(operation, Recolour | AddPart) or operation.precise:
        return False
    return operation.target == named_by(added)


def _by_parts(added: Add, own: Sequence[Operation], begin: str, end: str) -> list[Stage]:
    """One stage for each part, in the colours that are asked for or that it always has."""
    thing = vocabulary.THINGS[added.thing]
    said = {one.part: one.colour for one in own if isinstance(one, Recolour | AddPart) and one.part and one.colour}
    whole = [one.colour for one in own if isinstance(one, Recolour) and one.part is None]
    main = said.get(thing.main) or (whole[-1] if whole else added.colour) or thing.colour
    names = [name for name in thing.names if added.parts is None or name in added.parts or name in said]
    names.sort(key=lambda name: (name != begin, name == end))
    first, *later = names
    target = named_by(added)
    posed, precise = _by_aspect(added.precise, "pose")
    insisted, others = _by_aspect(precise, "colour")
    start = replace(added, parts=(first,), action=None, turn=0, mirrored=False)
    if first == thing.main:
        begun: list[Operation] = [replace(start, colour=main, precise=precise)]
    else:
        begun = [replace(start, colour=None, precise=others)]
        begun += [Recolour(target, said[first], first)] if first in said else []
    found: list[Stage] = [tuple(begun)]
    for name in later:
        colour = main if name == thing.main else said.get(name) or thing.part(name).colour or main
        found.append((AddPart(name, target, colour, insisted if name == thing.main else ()),))
    return [*found, *((pose,) for pose in _poses(added, posed))]


def _poses(added: Add, precise: Precise) -> list[Operation]:
    """What gives a thing that is there the pose in which it was to be added."""
    target, found = named_by(added), list[Operation]()
    if added.mirrored:
        found.append(Turn(target, flip=True, precise=precise))
    if added.turn:
        found.append(Turn(target, added.turn, precise=precise))
    if added.action:
        found.append(Act(target, added.action, precise))
    return found


def _posed(added: Add, pose: Act | Turn) -> Add:
    """A thing that is added in that pose."""
    precise = (*added.precise, *pose.precise)
    if isinstance(pose, Act):
        return replace(added, action=pose.action, precise=tuple(sorted(precise)))
    turn = -added.turn % 360 if pose.flip else added.turn
    turned = replace(added, turn=(turn + pose.degrees) % 360, mirrored=added.mirrored != pose.flip)
    return replace(turned, precise=tuple(sorted(precise)))


def _joins(added: Add, part: AddPart) -> bool:
    if added.parts is None or part.precise or part.target != named_by(added):
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
    """The colour in which it draws something with an outline; ``None`` where nothing single of that kind is drawn."""
    if isinstance(operation, AddPart):
        return operation.colour if _has_outline(operation.target.thing, operation.part) else None
    if not isinstance(operation, Add) or operation.thing == vocabulary.TEXT:
        return None
    if operation.thing in vocabulary.SHAPES:
        return operation.colour or vocabulary.SHAPES[operation.thing].colour
    main = vocabulary.THINGS[operation.thing].main
    return operation.colour if operation.parts == (main,) and _has_outline(operation.thing, main) else None


def _has_outline(thing: str, part: str) -> bool:
    """Whether a part can be seen in white: mere lines and dots cannot."""
    return any(form.paint == "fill" for form in vocabulary.DRAWABLE[thing].part(part).forms)


def _outline_first(stage: Stage) -> tuple[Stage, Stage]:
    drawn = stage[0]
    assert isinstance(drawn, Add | AddPart)
    colour = _named_colour(drawn)
    assert colour is not None
    target = drawn.target if isinstance(drawn, AddPart) else named_by(drawn)
    part = drawn.part if isinstance(drawn, AddPart) else drawn.parts[0] if drawn.parts else None
    insisted, others = _by_aspect(drawn.precise, "colour")
    outline = replace(drawn, colour=OUTLINE, precise=others)
    return (outline,), (Recolour(target, colour, part, insisted),)


def _by_aspect(precise: Precise, aspect: str) -> tuple[Precise, Precise]:
    """How words insist on an aspect, and on everything else."""
    return tuple(a for a in precise if a == aspect), tuple(a for a in precise if a != aspect)
