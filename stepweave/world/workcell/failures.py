"""The declared failure model: how an executed step of the simulated workcell sometimes goes wrong.

With a failure rate of ``rate`` a step fails with that probability, in one of the ways that apply to it, each as
likely as the others:

=============  =======================================  ===========================================================
way            applies to                               the scene afterwards
=============  =======================================  ===========================================================
not done       every step                               nothing changed: not grasped, not opened, not poured
dropped        picking up, placing, stacking, pushing   the thing stands somewhere else on the table, in nobody's grip
knocked over   the same and pouring, of what can fall   the thing lies on its side, where it was if it was to be
               over (``FALLING``)                       picked up or poured from, otherwise where it should be
spilled        pouring                                  the jug pours, and the bowl is as empty as before
=============  =======================================  ===========================================================

A way that would be a success all the same, or for which there is no room, gives way to the next one in a shuffled
order; where the goal was reached before, nothing fails. All chance comes from one generator, which the caller seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from stepweave.world.finding import LayoutError, find, place_of
from stepweave.world.layout import Done, apply
from stepweave.world.measure import related, visible
from stepweave.world.placing import Want, changed, put
from stepweave.world.resizing import refitted
from stepweave.world.scene import Act, Item, Move, Scene
from stepweave.world.standing import is_meant
from stepweave.world.things.liquids import FULL, POUR
from stepweave.world.workcell.states import same_state

FALLING = frozenset({"bottle", "cup", "jug"})
"""What lies on its side once it is knocked over; a block is then a block as before."""
SPOTS = ("bottom left", "bottom", "bottom right")
"""Where on the table something may come to lie."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was carried out in mind, and what it leads to if nothing fails."""

    before: Scene
    goal: Scene
    done: tuple[Done, ...]
    random: Random
    aspect: float

    @property
    def moved(self) -> tuple[Item, ...]:
        """What it moves, as that was before."""
        return tuple(item for one in self.done if isinstance(one.operation, Move) for item in one.items)

    @property
    def picks(self) -> bool:
        """Whether something is to be taken into a grip."""
        moves = [one.operation for one in self.done if isinstance(one.operation, Move)]
        return any(move.relation is not None and move.relation.kind == "held by" for move in moves)

    @property
    def pours(self) -> tuple[Item, ...]:
        """What is poured from, as that was before."""
        return tuple(
            item
            for one in self.done
            if isinstance(one.operation, Act) and one.operation.action == POUR
            for item in one.items
        )


def failed(step: Step) -> tuple[Scene, str]:
    """The scene after a step that fails, and the way in which it does; the goal, and no way, if it cannot fail."""
    ways = list(WAYS)
    step.random.shuffle(ways)
    for way in ways:
        scene = WAYS[way](step)
        if scene is not None and same_state(step.goal, scene):
            return scene, way
    return step.goal, ""


def _not_done(step: Step) -> Scene | None:
    only_moves = all(isinstance(one.operation, Move) for one in step.done)
    return None if only_moves and _as_said(step, step.before) else step.before


def _dropped(step: Step) -> Scene | None:
    if not step.moved or step.pours:
        return None
    spots = list(SPOTS)
    step.random.shuffle(spots)
    for spot in spots:
        try:
            scene = put(step.before, Want(step.moved, 0.8, spot), step.aspect)
        except LayoutError:
            continue
        if same_state(step.before, scene) and not _as_said(step, scene):
            return scene
    return None


def _as_said(step: Step, scene: Scene) -> bool:
    """Whether something is where it should be all the same."""
    ids = {item.id for item in step.moved}
    moved = [item for item in scene.items if item.id in ids]
    rest = replace(scene, items=tuple(item for item in scene.items if item.id not in ids))
    moves = [one.operation for one in step.done if isinstance(one.operation, Move)]
    places = [move.place for move in moves if move.place is not None]
    ninths = [(place_of(item.x, item.y), item) for item in moved]
    if any(is_meant(place, ninth, item, scene, step.aspect) for place in places for ninth, item in ninths):
        return True
    return any(
        related(move.relation.kind, visible(item, step.aspect), visible(other, step.aspect))
        for move in moves
        if move.relation is not None and move.relation.kind != "between"
        for item in moved
        for other in find(rest, replace(move.relation.to, every=True))
    )


def _knocked_over(step: Step) -> Scene | None:
    lying = step.pours or step.moved
    if not lying or not all(item.thing in FALLING for item in lying):
        return None
    scene = step.before if step.picks or step.pours else step.goal
    side = step.random.choice((90, 270))
    for item in _now(scene, lying):
        turned = replace(item, turn=(item.turn + side) % 360)
        scene = changed(scene, [refitted(scene, item, turned, step.aspect)])
    return scene


def _spilled(step: Step) -> Scene | None:
    scene = step.before
    for one in step.done:
        if not (isinstance(one.operation, Act) and one.operation.action == FULL):
            scene = apply(scene, one.operation, step.aspect)
    return scene if step.pours else None


def _now(scene: Scene, items: Sequence[Item]) -> list[Item]:
    ids = {item.id for item in items}
    return [item for item in scene.items if item.id in ids]


WAYS: dict[str, Callable[[Step], Scene | None]] = {
    "not done": _not_done,
    "dropped": _dropped,
    "knocked over": _knocked_over,
    "spilled": _spilled,
}
"""The ways to fail; each makes the scene afterwards, or nothing where it does not apply."""
