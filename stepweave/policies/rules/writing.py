"""Drafts become steps: checked against the picture they will find, worded as prompts, with texts for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stepweave.messages import FromInput, FromStep, Note, Source, Step
from stepweave.policies.cures import insistently, known
from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.telling import instruction, title
from stepweave.world import vocabulary
from stepweave.world.language import compose, describe
from stepweave.world.layout import LayoutError, NothingThere, apply_all
from stepweave.world.lettering import unwritable
from stepweave.world.scene import Add, AddPart, Background, Move, Operation, Reference, Scene

GIVEN = "the picture that was given"
EMPTY = Scene()


@dataclass(frozen=True, slots=True)
class View:
    """What a picture will show, as far as a planner can know."""

    scene: Scene = EMPTY
    given: bool = False
    """It began with a picture that the planner has not seen: anything may be in it."""


def write(drafts: Sequence[Draft], *, inputs: int = 0, notes: Sequence[Note] = ()) -> tuple[Step, ...]:
    """The steps of a plan.

    Args:
        drafts: what is to be drawn and told, in order.
        inputs: how many pictures were given; the first step that draws starts from the last of them.
        notes: cures that are known; prompts are precise from the start where one is.

    Raises:
        CannotPlan: a step speaks of something that will not be there, or for which there is no room.
    """
    steps: list[Step] = []
    view, source = _beginning(inputs)
    for number, draft in enumerate(drafts, start=1):
        if not draft.drawn:
            steps.append(Step(number=number, name=draft.name, instruction=draft.told, text=draft.text or None))
            continue
        if draft.fresh:
            view, source = _beginning(0)
        before = view
        operations, view = drawn(draft, view, number)
        steps.append(_step(number, replace(draft, operations=operations), before, view, source, notes))
        source = FromStep(step=number)
    return tuple(steps)


def _beginning(inputs: int) -> tuple[View, Source | None]:
    return (View(given=True), FromInput(index=inputs - 1)) if inputs else (View(), None)


def _step(number: int, draft: Draft, before: View, after: View, source: Source | None, notes: Sequence[Note]) -> Step:
    operations = draft.operations
    told = draft.told or instruction(operations, fresh=source is None)
    starts = f"Start from {GIVEN}. " if isinstance(source, FromInput) else ""
    return Step(
        number=number,
        name=draft.name or title(operations),
        instruction=f"{starts}{told}",
        prompt=insistently(operations, known(notes), lambda raised: prompt(raised, fresh=source is None)),
        text=draft.text or None,
        alt=_alt(after, before),
        sources=() if source is None else (source,),
    )


def prompt(operations: Sequence[Operation], *, fresh: bool) -> str:
    """The prompt for a step; reading it gives its operations."""
    words = compose(operations, "" if fresh else "Add")
    return f"Draw {words.removeprefix('Add ')}" if fresh and words.startswith("Add ") else words


def _alt(after: View, before: View) -> str:
    if not after.given:
        return describe(after.scene)
    if not after.scene.items:
        return "The picture that was given, changed as the step says."
    added = describe(after.scene).rpartition(", on ")[0]
    return f"The picture that was given, with {added[:1].lower()}{added[1:]}."


# ----------------------------------------------------------------------------------- what will be there


def drawn(draft: Draft, view: View, number: int) -> tuple[tuple[Operation, ...], View]:
    """The operations of a step as they can be carried out, and the picture after them.

    Raises:
        CannotPlan: they cannot.
    """
    grounded: list[Operation] = list(_supposed(draft, view))
    for operation in draft.operations:
        grounded.append(_grounded(operation, draft, view, grounded))
    for operation in grounded:
        if isinstance(operation, Add) and (missing := unwritable(operation.label)):
            raise CannotPlan(f"there are no letters to write {missing!r}", "use plain letters, digits and punctuation")
    try:
        return tuple(grounded), _applied(grounded, view)
    except LayoutError as error:
        where = f'step {number} ("{compose(grounded).rstrip(".")}")'
        raise CannotPlan(f"{where} cannot be drawn: {error.reason}", error.remedy) from error


def _applied(operations: Sequence[Operation], view: View) -> View:
    if not view.given:
        return replace(view, scene=apply_all(view.scene, operations))
    scene = view.scene
    for operation in operations:
        scene = _applied_unseen(operation, scene)
    return replace(view, scene=scene)


def _applied_unseen(operation: Operation, scene: Scene) -> Scene:
    """What is known of a given picture after an operation; what it says of unseen things is believed."""
    try:
        return apply_all(scene, (operation,))
    except NothingThere:
        if isinstance(operation, Add) and operation.relation is not None:
            return apply_all(scene, (replace(operation, relation=None),))
        return scene


def _supposed(draft: Draft, view: View) -> tuple[Operation, ...]:
    """What a first picture takes to be there: "a bowl on the table" has a table."""
    first = next((one for one in draft.operations if not isinstance(one, Background)), None)
    if view.given or view.scene.items or not isinstance(first, Add) or first.relation is None:
        return ()
    to = first.relation.to
    if to.thing not in vocabulary.DRAWABLE or to.every or to.place or first.relation.other is not None:
        return ()
    return (Add(to.thing, 1, to.colour, to.size),)


def _grounded(operation: Operation, draft: Draft, view: View, before: Sequence[Operation]) -> Operation:
    """What an operation means here: "put the sun at the top" adds a sun where there is none, and "draw the walls of
    the house" begins one."""
    if view.given or isinstance(operation, Add) or not hasattr(operation, "target"):
        return operation
    target: Reference = operation.target
    there = {item.thing for item in view.scene.items} | {one.thing for one in before if isinstance(one, Add)}
    if target.thing in there or target.thing == vocabulary.ANYTHING:
        return operation
    match operation:
        case Move() if draft.putting and not target.every:
            new = Add(target.thing, 1, target.colour, target.size, label=target.label, precise=operation.precise)
            return replace(new, place=operation.place, relation=operation.relation)
        case AddPart() if not target.every and _begins(operation):
            return _begun(operation)
    return operation


def _begins(operation: AddPart) -> bool:
    """Whether a drawing of the thing can begin with this part."""
    thing = vocabulary.THINGS[operation.target.thing]
    return operation.part in (thing.main, thing.names[0])


def _begun(operation: AddPart) -> Add:
    """The first part of a thing that is not there yet."""
    target = operation.target
    is_main = vocabulary.THINGS[target.thing].main == operation.part
    colour = operation.colour if is_main and target.colour is None else target.colour
    return Add(target.thing, 1, colour, target.size, target.place, parts=(operation.part,))
