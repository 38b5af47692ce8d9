"""What a prompt leads one to expect of a picture, thing by thing.

The operations are carried out on the scene that was seen before, by the layout's own rules; so every thing that the
next picture should show is known, with the aspects that the words fix. Where it should lie is only an expectation to
look at first: what the words leave open is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from stepweave.world.finding import main_colour
from stepweave.world.layout import Done, LayoutError, apply, find, perform
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
from stepweave.world.vocabulary import DRAWABLE, TEXT

NEW = Add | Duplicate | Replace
"""The operations that bring new things."""
MAIN = ""
"""The key of the main colour of a thing, whichever part carries it."""


@dataclass(slots=True)
class Wanted:
    """One thing that the picture should show, or should no longer show."""

    item: Item
    """As it should be, by the layout's rules."""
    was: Item | None
    """As it was seen before; ``None`` for a new thing."""
    group: int
    """The operation that adds it, by its number; -1 for a thing that was there."""
    gone: bool = False
    colours: dict[str, str] = field(default_factory=dict)
    """Colours that the words name, by part."""
    size: str | None = None
    compared: float = 0.0
    """The extent that ``bigger`` and ``smaller`` are compared with."""
    place: str | None = None
    relation: Relation | None = None
    placing: int = -1
    """The number of the operation that says where it should be: things placed by one operation are placed together."""
    added: set[str] = field(default_factory=set)
    """Parts that the words add."""
    named: set[str] = field(default_factory=set)
    """Those of them that the words name."""
    removed: set[str] = field(default_factory=set)
    """Parts that the words take away."""
    touched: bool = False
    """Whether the words speak of changing it."""
    posed: bool = False
    """Whether the words say how it lies or what it does."""
    copied: bool = False
    """Whether it should look as another thing does."""

    @property
    def new(self) -> bool:
        """Whether it was not there before."""
        return self.was is None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the picture should show."""

    wanted: tuple[Wanted, ...]
    backdrop: str | None
    """The background asked for, if one is."""
    skipped: tuple[Operation, ...]
    """Operations on things that were not recognised before: they cannot be judged."""


def expected(before: Scene, operations: Sequence[Operation], aspect: float) -> Expectation:
    """What the operations make of a scene."""
    after, done, skipped = _performed(before, operations, aspect)
    fresh = {item.id for one in done if isinstance(one.operation, NEW) for item in one.items}
    old = {item.id: item for item in before.items}
    kept = {item.id: Wanted(item, None if item.id in fresh else old.get(item.id), -1) for item in after.items}
    for number, one in enumerate(done):
        for item in one.items:
            if item.id in kept and isinstance(one.operation, NEW):
                # Numbers are used again once their things are gone: what was said of an earlier thing is forgotten.
                kept[item.id] = Wanted(kept[item.id].item, None, -1)
            if item.id in kept and item.thing == kept[item.id].item.thing:
                _tell(kept[item.id], one.operation, number, item)
    for number, operation in enumerate(skipped):
        if isinstance(operation, Recolour | Remove) and operation.part is not None:
            for item in meant(after, operation.target)[-1:]:
                _tell(kept[item.id], operation, len(done) + number, item)
    there = {one.was.id for one in kept.values() if one.was is not None}
    gone = tuple(Wanted(item, item, -1, gone=True) for item in before.items if item.id not in there)
    backdrop = next((one.backdrop for one in reversed(operations) if isinstance(one, Background)), None)
    return Expectation((*kept.values(), *gone), backdrop, skipped)


def _performed(
    before: Scene, operations: Sequence[Operation], aspect: float
) -> tuple[Scene, tuple[Done, ...], tuple[Operation, ...]]:
    """Carry out what can be carried out."""
    try:
        scene, done = perform(before, operations, aspect)
    except LayoutError:
        return _one_by_one(before, operations, aspect)
    return scene, done, ()


def _one_by_one(
    before: Scene, operations: Iterable[Operation], aspect: float
) -> tuple[Scene, tuple[Done, ...], tuple[Operation, ...]]:
    scene, done, skipped = before, [], []
    for operation in operations:
        try:
            after, (one,) = perform(scene, (operation,), aspect)
        except LayoutError:
            loose = _loosened(operation)
            try:
                after = apply(scene, loose, aspect) if loose else scene
            except LayoutError:
                loose = None
            if loose is None or isinstance(operation, Replace):
                skipped.append(operation)
            if loose is None:
                continue
            known = {item.id for item in scene.items}
            one = Done(operation, tuple(item for item in after.items if item.id not in known))
        done.append(one)
        scene = after
    return scene, tuple(done), tuple(skipped)


def _loosened(operation: Operation) -> Add | None:
    """An addition that found no room, without what binds it, or one in the place of something that was not recognised:
    it is somewhere."""
    if isinstance(operation, Replace) and not operation.target.every:
        operation = operation.new
    if not isinstance(operation, Add):
        return None
    return replace(operation, place=None, relation=None, size="tiny" if operation.thing != TEXT else operation.size)


def _tell(wanted: Wanted, operation: Operation, number: int, item: Item) -> None:
    """Note what one operation fixes about a thing, which was ``item`` before it."""
    wanted.touched = True
    match operation:
        case Add():
            _tell_new(wanted, operation, number)
            wanted.place, wanted.relation, wanted.placing = operation.place, operation.relation, number
        case Replace():
            _tell_new(wanted, operation.new, number)
        case Duplicate():
            wanted.group = wanted.placing = number
            wanted.place, wanted.relation = operation.place, operation.relation
            wanted.copied = wanted.posed = True
            wanted.colours[MAIN] = main_colour(item)
            if item.thing != TEXT:
                wanted.added = set(DRAWABLE[item.thing].names if item.parts is None else item.parts)
        case AddPart():
            wanted.added.add(operation.part)
            wanted.named.add(operation.part)
            wanted.removed.discard(operation.part)
            if operation.colour:
                wanted.colours[_key(wanted, operation.part)] = operation.colour
        case Remove():
            if operation.part is not None:
                wanted.removed.add(operation.part)
                wanted.added.discard(operation.part)
        case Move():
            wanted.place, wanted.relation = operation.place, operation.relation
            wanted.placing = number
        case Recolour():
            wanted.colours[_key(wanted, operation.part)] = operation.colour
        case Resize():
            wanted.size, wanted.compared = operation.size, item.extent
        case Turn() | Act():
            wanted.posed = True


def _tell_new(wanted: Wanted, operation: Add, number: int) -> None:
    """Note what is said of a new thing, but for its place."""
    wanted.group, wanted.size = number, operation.size
    wanted.posed = bool(operation.action or operation.turn or operation.mirrored)
    if operation.colour:
        wanted.colours[MAIN] = operation.colour
    if operation.thing != TEXT:
        wanted.added = set(operation.parts or DRAWABLE[operation.thing].names)
        wanted.named = set(operation.parts or ())


def _key(wanted: Wanted, part: str | None) -> str:
    main = None if wanted.item.thing == TEXT else DRAWABLE[wanted.item.thing].main
    return MAIN if part is None or part == main else part


def favoured(operations: Iterable[Operation]) -> frozenset[str]:
    """The things that operations name."""
    added = {one.thing for operation in operations if (one := _added(operation)) is not None}
    return pointed_at(operations) | (added & set(DRAWABLE))


def _added(operation: Operation) -> Add | None:
    """What an operation adds."""
    if isinstance(operation, Replace):
        return operation.new
    return operation if isinstance(operation, Add) else None


def pointed_at(operations: Iterable[Operation]) -> frozenset[str]:
    """The things that operations point at: they should be there already."""
    names: set[str] = set()
    added: set[str] = set()
    for operation in operations:
        names.update({reference.thing for reference in references(operation)} - added)
        if (one := _added(operation)) is not None:
            added.add(one.thing)
    return frozenset(names & set(DRAWABLE))


def labels(operations: Iterable[Operation]) -> tuple[str, ...]:
    """The written words that operations name."""
    found = []
    for operation in operations:
        if (one := _added(operation)) is not None and one.label:
            found.append(one.label)
        found += [reference.label for reference in references(operation) if reference.label]
    return tuple(dict.fromkeys(found))


def references(operation: Operation) -> tuple[Reference, ...]:
    """The words of an operation that point at things."""
    found = []
    if not isinstance(operation, Add | Background):
        found.append(operation.target)
    if isinstance(operation, Add | Move | Duplicate) and operation.relation is not None:
        found.append(operation.relation.to)
        if operation.relation.other is not None:
            found.append(operation.relation.other)
    return tuple(found)


def meant(scene: Scene, reference: Reference) -> tuple[Item, ...]:
    """All things that the words may point at."""
    try:
        return find(scene, replace(reference, every=True))
    except LayoutError:
        return ()
