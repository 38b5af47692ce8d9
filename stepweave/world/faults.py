"""The declared fault model: how the embedded generator sometimes draws the wrong thing.

With a fault rate of ``rate``, each operation of a prompt goes wrong with exactly that probability, in one aspect,
provided that the operation can go wrong at all. Which aspect is a matter of chance, in proportion to the weights of
the aspects that apply to the operation:

========  ======  ==========================================  =================================================
aspect    weight  applies to                                  what is drawn
========  ======  ==========================================  =================================================
colour         3  a thing or part added with a colour named;  another colour
                  recolouring; the background
place          3  a thing added with a place or a relation    in another ninth of the picture, and for a relation
                  named; moving                               so that it does not hold
size           2  a thing added with a size named; resizing   at least one named size away; for "bigger" and
                                                              "smaller" the old size or beyond it
count          3  two or more things added                    one more or one less
missing        2  a thing or a part added                     nothing
extra          1  a thing added; removing                     also some other thing; what should go is still there
damaged        1  any operation on a picture that already     another thing that was there vanishes or changes
                  had other things in it                      its colour
========  ======  ==========================================  =================================================

Where an operation is ``precise`` in the aspect drawn, its words insist on it, and the fault happens only with the
probability ``PRECISE``. So with ``w`` as the weights of the applicable aspects, an aspect goes wrong with probability
``rate * w[aspect] / sum(w) * (PRECISE if insisted on else 1)``, and a prompt of one plain operation with probability
``rate``. A fault for which there is no room gives way to the next aspect in a draw of the same kind.

All chance comes from one generator seeded with the candidate's seed and the prompt (:func:`chance`): the same order
is drawn the same way, always and everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random

from stepweave.messages import Fault
from stepweave.world.layout import Done, perform
from stepweave.world.mishaps import MISHAPS, Case
from stepweave.world.scene import (
    Act,
    Add,
    AddPart,
    Background,
    Duplicate,
    Move,
    Operation,
    Recolour,
    Remove,
    Replace,
    Resize,
    Scene,
    Turn,
)

WEIGHTS: dict[str, int] = {
    "colour": 3,
    "place": 3,
    "size": 2,
    "count": 3,
    "missing": 2,
    "extra": 1,
    "damaged": 1,
}
"""How readily each aspect goes wrong, compared with the others."""

PRECISE = 0.25
"""How much less often an aspect goes wrong that the words insist on."""


def chance(seed: int, prompt: str) -> Random:
    """The source of all chance for one candidate."""
    return Random(int.from_bytes(sha256(f"{seed}\n{prompt}".encode("utf-8", "surrogatepass")).digest(), "big"))


def corrupt(
    before: Scene, operations: Sequence[Operation], rate: float, random: Random, aspect: float = 1.0
) -> tuple[Scene, tuple[Fault, ...]]:
    """The scene that is drawn for a sentence, and what is wrong with it.

    Args:
        before: what is in the picture; empty for a new one.
        operations: what is asked for.
        rate: 0 to 1; at 0 nothing goes wrong.
        random: see :func:`chance`.
        aspect: the picture's width divided by its height.

    Raises:
        LayoutError: the operations cannot be applied.
    """
    scene, done = perform(before, operations, aspect)
    faults: list[Fault] = []
    for one in done:
        if random.random() < rate:
            scene, fault = _mishap(Case(before, scene, one, random, aspect))
            faults.extend([fault] if fault else [])
    return scene, tuple(faults)


def applicable(case: Case) -> tuple[str, ...]:
    """The aspects in which an operation can go wrong, in the order of ``WEIGHTS``."""
    aspects = set(_asked(case.done))
    if case.bystanders:
        aspects.add("damaged")
    return tuple(aspect for aspect in WEIGHTS if aspect in aspects)


def _asked(done: Done) -> tuple[str, ...]:
    """The aspects of what an operation asks for."""
    match done.operation:
        case Add() as add:
            named = {
                "colour": add.colour is not None,
                "place": add.place is not None or add.relation is not None,
                "size": add.size is not None,
                "count": add.count > 1,
            }
            return (*(aspect for aspect, plain in named.items() if plain), "missing", "extra")
        case AddPart(colour=colour):
            return ("colour", "missing") if colour else ("missing",)
        case Recolour() | Background():
            return ("colour",)
        case Move():
            return ("place",)
        case Resize():
            return ("size",)
        case Turn() | Act():
            return ()
        case Duplicate():
            return ("missing",)
        case Replace():
            return ("missing", "extra")
        case Remove():
            return ("extra",)


def _mishap(case: Case) -> tuple[Scene, Fault | None]:
    """One thing goes wrong, unless the words insist on it and chance lets them have it."""
    left = list(applicable(case))
    while left:
        aspect = _drawn(left, case.random)
        left.remove(aspect)
        insisted = aspect in case.done.operation.precise
        if insisted and case.random.random() >= PRECISE:
            return case.scene, None
        if (outcome := MISHAPS[aspect](case)) is not None:
            return outcome
    return case.scene, None


def _drawn(aspects: Sequence[str], random: Random) -> str:
    """One of them, in proportion to their weights."""
    mark = random.random() * sum(WEIGHTS[aspect] for aspect in aspects)
    for aspect in aspects:
        mark -= WEIGHTS[aspect]
        if mark < 0:
            return aspect
    return aspects[-1]
