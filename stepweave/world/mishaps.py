"""How a thing comes out looking wrong: its colour, its pose, the backdrop; what vanishes, and how colours drift.

Each mishap turns a case into the scene that is drawn instead and the fault in it, or into nothing where it cannot be
carried out: nothing left to spoil, or no way that could be seen at a glance. Where things come out wrong is
``misplacing``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepweave.messages import Fault
from stepweave.world.case import BACKDROP, Case, Outcome, without
from stepweave.world.finding import main_colour, name_of
from stepweave.world.measure import visible_parts
from stepweave.world.misplacing import something_else, wrong_count, wrong_place, wrong_size
from stepweave.world.placing import changed
from stepweave.world.render import colour_of
from stepweave.world.scene import Act, Add, AddPart, Background, Item, Operation, Recolour, Replace, Scene, Turn
from stepweave.world.seeing import GLANCE, backdrops_unlike, stands_out, unlike
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, DRAWABLE, SETTING_NAMES, TEXT, TURNS

POSED = 0.2
"""Least extent of a thing whose pose can be seen at a glance."""
POSE_SEEN = 40
"""Pixels that must plainly differ, at a glance, for two poses to be told apart."""
DRIFT = 0.4
"""How much further the colours of a picture drift at a time."""


def wrong_colour(case: Case) -> Outcome:
    """Another colour than the one named, and than the one that was there before."""
    operation = case.done.operation
    if isinstance(operation, Background):
        return _wrong_backdrop(case, operation)
    if (asked := _asked_colour(operation)) is None or not case.items:
        return None
    items, part = case.items, case.part
    if part is not None and not all(part in visible_parts(item, GLANCE) for item in items):
        return None
    seen = {asked, *(_colour(item, part) for item in (*items, *case.done.items, *case.done.gone))}
    for wrong in case.shuffled(list(COLOURS)):
        if all(unlike(wrong, other) for other in seen) and stands_out(wrong, case.scene.background, items[0]):
            scene = changed(case.scene, [_painted(item, part, wrong) for item in items])
            if case.plain(scene):
                return scene, Fault(aspect="colour", subject=case.spoilt, expected=asked, found=wrong)
    return None


def wrong_pose(case: Case) -> Outcome:
    """Something else is done, or nothing; turned otherwise, or not at all."""
    operation, items = case.done.operation, case.items
    if not items or min(item.extent for item in items) < POSED:
        return None
    for poses in case.shuffled(_poses(case, operation)):
        scene = changed(case.scene, poses)
        if case.plain(scene, POSE_SEEN):
            asked, found = posture(items[0]), posture(poses[0])
            return scene, Fault(aspect="pose", subject=case.subject, expected=asked, found=found)
    return None


def not_drawn(case: Case) -> Outcome:
    """What was to be added is not there; what was to be replaced still is."""
    operation, items = case.done.operation, case.items
    if not items:
        return None
    if isinstance(operation, AddPart):
        earlier = {item.id: item for item in case.done.items}
        scene = changed(case.scene, [replace(item, parts=earlier[item.id].parts) for item in items])
        plain = all(operation.part in visible_parts(item, GLANCE) for item in items) and case.plain(scene)
        fault = Fault(aspect="missing", subject=case.spoilt, expected=operation.part)
        return (scene, fault) if plain else None
    if isinstance(operation, Replace):
        olds = {new.id: old for new, old in zip(case.done.items, case.done.gone, strict=True)}
        scene = replace(case.scene, items=tuple(olds.get(item.id, item) for item in case.scene.items))
    else:
        scene = without(case.scene, items)
    fault = Fault(aspect="missing", subject=case.subject, expected=case.subject)
    return (scene, fault) if case.plain(scene) else None


def damaged(case: Case) -> Outcome:
    """Something that was there and not spoken of vanishes or changes its colour."""
    was = {item.id: main_colour(item) for item in case.before.items}
    for victim in case.shuffled(case.bystanders):
        fault = Fault(aspect="damaged", subject=victim.thing, expected=name_of(victim), found="nothing")
        vanished = without(case.scene, [victim])
        if not case.plain(vanished):
            continue
        if case.random.random() < 0.5:
            return vanished, fault
        for colour in case.shuffled(list(COLOURS)):
            seen = {main_colour(victim), was[victim.id]}
            recoloured = _painted(victim, None, colour)
            scene = changed(case.scene, [recoloured])
            plain = all(unlike(colour, other) for other in seen) and case.plain(scene)
            if plain and stands_out(colour, case.scene.background, victim):
                return scene, fault.model_copy(update={"found": name_of(recoloured)})
        return vanished, fault
    return None


def drifted(case: Case) -> Outcome:
    """The colours of the whole picture drift away from what they should be, by more at each edit."""
    drift = case.scene.drift + DRIFT
    if drift > 1:
        return None
    fault = Fault(aspect="drift", subject="picture", expected="the colours as they were", found="drifted colours")
    return replace(case.scene, drift=drift), fault


MISHAPS: dict[str, Callable[[Case], Outcome]] = {
    "colour": wrong_colour,
    "place": wrong_place,
    "size": wrong_size,
    "count": wrong_count,
    "pose": wrong_pose,
    "missing": not_drawn,
    "extra": something_else,
    "damaged": damaged,
    "drift": drifted,
}
"""What happens, by aspect."""


# ------------------------------------------------------------------------------------------ colours


def _wrong_backdrop(case: Case, operation: Background) -> Outcome:
    """Another colour for a colour, another setting for a setting, before which all things can be seen."""
    names = SETTING_NAMES if operation.backdrop in SETTING_NAMES else tuple(BACKGROUNDS)
    for wrong in case.shuffled(names):
        others = (operation.backdrop, case.before.background, case.scene.background)
        if all(backdrops_unlike(wrong, other) for other in others) and _shows(wrong, case.scene):
            fault = Fault(aspect="colour", subject=BACKDROP, expected=operation.backdrop, found=wrong)
            return replace(case.scene, background=wrong), fault
    return None


def _shows(backdrop: str, scene: Scene) -> bool:
    return all(stands_out(main_colour(item), backdrop, item) for item in scene.items)


def _asked_colour(operation: Operation) -> str | None:
    match operation:
        case Add(colour=colour) | AddPart(colour=colour) | Recolour(colour=colour):
            return colour
        case Replace(new=new):
            return new.colour
    return None


def _colour(item: Item, part: str | None) -> str:
    return main_colour(item) if part is None or item.thing == TEXT else colour_of(item, part)


def _painted(item: Item, part: str | None, colour: str) -> Item:
    main = None if item.thing == TEXT else DRAWABLE[item.thing].main
    kept = tuple(pair for pair in item.part_colours if pair[0] != (part or main))
    if part is None or part == main:
        return replace(item, colour=colour, part_colours=kept)
    return replace(item, part_colours=tuple(sorted((*kept, (part, colour)))))


# ------------------------------------------------------------------------------------------ poses


def posture(item: Item) -> str:
    """What a thing does and how it is turned, in words: "sleep, turned by 90 degrees"."""
    turned = f"turned by {item.turn} degrees" if item.turn else ""
    words = (item.action or "", turned, "mirrored" if item.mirrored else "")
    return ", ".join(word for word in words if word) or "nothing"


def _poses(case: Case, operation: Operation) -> list[tuple[Item, ...]]:
    """The things in every other pose than asked for; what they did before is one of them."""
    items = case.items
    able = [] if items[0].thing == TEXT else [None, *actions(DRAWABLE[items[0].thing])]
    acts = [tuple(replace(item, action=action) for item in items) for action in able]
    turns = [tuple(replace(item, turn=turn) for item in items) for turn in TURNS]
    flips = [tuple(replace(item, mirrored=not item.mirrored) for item in items)]
    match operation:
        case Act():
            poses = acts
        case Turn(flip=flip):
            poses = [*flips, *turns] if flip else turns
        case Add(action=action, turn=turn, mirrored=mirrored):
            poses = [*(acts if action else []), *(turns if turn else []), *(flips if mirrored else [])]
        case _:
            poses = []
    return [pose for pose in poses if pose != items]
