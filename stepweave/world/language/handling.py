"""Reads what a robot does with its hands: picks up and releases, pours and fills.

The verbs of handling are ordinary operations, so that each of them can be planned and drawn as a picture of what it
should lead to:

* *pick up*, *grasp*, *lift* (``hold`` in words.py): the thing is held by the arm or gripper; by the robot arm if
  nothing is named that can hold.
* *release*, *let go of*, *put down*: the thing stands beside the robot arm, in nobody's grip.
* *place*, *stack*, *push*: the thing moves; onto another one, into it, or to another place.
* *pour* from a jug into a bowl: the jug is above the bowl and pours, and the bowl is full.
* *fill*: the bowl is full. *open*, *close*: the box is open, or not any more.
"""

from __future__ import annotations

from dataclasses import replace

from stepweave.world import vocabulary
from stepweave.world.language.cursor import Cursor
from stepweave.world.language.lists import read_items, read_targets
from stepweave.world.language.nouns import noun
from stepweave.world.language.places import where
from stepweave.world.language.syntax import Change, Clause, Noun, Where
from stepweave.world.things.actions import actions
from stepweave.world.things.liquids import FULL, POUR

ARM = "robot arm"
"""Who holds where nothing is named that can."""


def read_pour(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "pour": "water from the jug into the bowl", "from the jug", "water into the bowl"."""
    if at.take("liquid") and (place := where(at, noun)) is not None:
        return _filled(place) or None
    at.skip("from")
    targets = read_targets(at)
    if not targets:
        return None
    at.skip("up")
    at.skip("from")
    at.take("acting")
    last = targets[-1]
    into = last.where or where(at, noun)
    if into is None or into.relation is None:
        return (Clause("change", targets, change=Change(action=POUR, where=into)),)
    targets = (*targets[:-1], replace(last, where=None))
    poured = Clause("change", targets, change=Change(action=POUR, where=replace(into, relation="above")))
    return (poured, *_filled(into))


def _filled(into: Where) -> tuple[Clause, ...]:
    """What becomes full when something is poured into it."""
    vessel = into.to
    if vessel is None or into.relation != "inside" or not _fillable(vessel):
        return ()
    return (Clause("change", (replace(vessel, definite=True),), change=Change(action=FULL)),)


def _fillable(vessel: Noun) -> bool:
    thing = vocabulary.DRAWABLE.get(vessel.name)
    return thing is not None and FULL in actions(thing)


def read_water(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "fill": "the bowl with water"."""
    vessel = noun(at, described=False)
    watered = vessel is not None and at.take("with") is not None and at.take("liquid") is not None
    if vessel is None or not watered or not _fillable(vessel):
        return None
    return (Clause("change", (vessel,), change=Change(action=FULL)),)


def read_release(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "release": "the block", "the block onto the blue block"."""
    targets = read_targets(at)
    if not targets:
        return None
    last = targets[-1]
    place = last.where or where(at, noun) or Where(relation="next to", to=Noun("thing", ARM, definite=True))
    return (Clause("move", (*targets[:-1], replace(last, where=None)), change=Change(where=place)),)


def read_put_down(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "put": "the block down"."""
    targets = read_targets(at)
    if not targets or targets[-1].where is not None or at.text(at.position, at.position + 1) != "down":
        return None
    at.take("up")
    at.skip("precise")
    place = where(at, noun) or Where(relation="next to", to=Noun("thing", ARM, definite=True))
    return (Clause("move", targets, change=Change(where=place)),)


def read_held(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "the robot arm holds the cup", "a girl holds a balloon"."""
    holder = noun(at)
    insisted = ("place",) if at.skip("precise") else ()
    must = at.text(at.position, at.position + 1).startswith(("must ", "should "))
    items = read_items(at) if holder is not None and at.take("holds") else ()
    if holder is None or not items:
        return None
    if holder.head == "thing" and not holder.definite:
        return (Clause("add", (replace(holder, holding=(*holder.holding, *items)),)),)
    return (Clause("hold", items, to=holder, precise=insisted, must=int(must)),)


def read_hold(at: Cursor) -> tuple[Clause, ...] | None:
    """Read "pick up the block with the gripper"."""
    items = read_targets(at)
    at.skip("up")
    if not items:
        return None
    holder, last = (noun(at) if at.take("with") else None), items[-1]
    if holder is None and last.having and last.having[-1].head == "thing":
        holder, last = last.having[-1], replace(last, having=last.having[:-1])
        items = (*items[:-1], last)
    if holder is not None and holder.head == "part":
        holder = holder.owner or Noun("it", definite=True)
    return (Clause("hold", items, to=holder),)
