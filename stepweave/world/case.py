"""An operation that goes wrong: what there was, what there should be, and the chance that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from stepweave.messages import Fault
from stepweave.world.layout import Done
from stepweave.world.scene import AddPart, Background, Item, Recolour, Remove, Replace, Scene
from stepweave.world.seeing import LEAST, differing

T = TypeVar("T")

BACKDROP = "background"
"""What the backdrop is called where things have their names."""


@dataclass(frozen=True, slots=True)
class Case:
    """An operation that goes wrong."""

    before: Scene
    """The picture that the sentence started from."""
    scene: Scene
    """The picture as it should be, but for faults that happened already."""
    done: Done
    spoken: tuple[Done, ...]
    """All operations of the sentence."""
    random: Random
    aspect: float
    """Width of the picture divided by its height."""
    own: bool = True
    """Whether the picture that the sentence started from is all the generator's own work."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The things that the operation was about, as they are now; those gone are left out.

        A number is used again for a later thing once its owner is gone, so the thing itself is compared too.
        """
        about = _known(self.done.items)
        return tuple(item for item in self.scene.items if (item.id, item.thing) in about)

    @property
    def bystanders(self) -> tuple[Item, ...]:
        """The things that were there before the sentence and that none of its operations was about."""
        about = {known for done in self.spoken for known in _known(done.items)}
        old = _known(self.before.items) - about
        return tuple(item for item in self.scene.items if (item.id, item.thing) in old)

    @property
    def things(self) -> frozenset[str]:
        """Every kind of thing that was there, is there or was spoken of."""
        here = (*self.before.items, *self.scene.items, *(item for done in self.spoken for item in done.items))
        return frozenset(item.thing for item in here)

    @property
    def subject(self) -> str:
        """The kind of thing that the operation is about."""
        return subject(self.done)

    @property
    def part(self) -> str | None:
        """The part of it that the operation is about, if it is only a part."""
        operation = self.done.operation
        return operation.part if isinstance(operation, AddPart | Recolour | Remove) else None

    @property
    def spoilt(self) -> str:
        """What the operation is about, in words: a thing, or a part of one."""
        return f"{self.part} of the {self.subject}" if self.part else self.subject

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in an order of chance."""
        keyed = [(self.random.random(), index) for index in range(len(values))]
        return [values[index] for _, index in sorted(keyed)]

    def plain(self, scene: Scene, least: int = LEAST) -> bool:
        """Whether a scene can be told at a glance from the one that there should be."""
        return differing(self.scene, scene, self.aspect) >= least


Outcome = tuple[Scene, Fault] | None
"""The scene that is drawn instead, and the fault in it; nothing where it cannot be carried out."""


def subject(done: Done) -> str:
    """The kind of thing that an operation is about."""
    match done.operation:
        case Background():
            return BACKDROP
        case Replace(new=new):
            return new.thing
    return done.items[0].thing if done.items else ""


def without(scene: Scene, items: Sequence[Item]) -> Scene:
    """The scene without those items."""
    gone = {item.id for item in items}
    return replace(scene, items=tuple(item for item in scene.items if item.id not in gone))


def next_number(scene: Scene) -> int:
    """A number that no item has."""
    return 1 + max((item.id for item in scene.items), default=0)


def _known(items: Sequence[Item]) -> set[tuple[int, str]]:
    return {(item.id, item.thing) for item in items}
