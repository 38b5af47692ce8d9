"""The declared fault model: how the embedded generator sometimes draws the wrong thing.

An operation of a prompt can go wrong in the aspects that apply to it:

========  ======  ==========================================  =================================================
aspect    weight  applies to                                  what is drawn
========  ======  ==========================================  =================================================
colour         3  a thing or part added or put in another's   another colour; another backdrop
                  place with a colour named; recolouring;
                  the backdrop
place          3  a thing added or copied with a place or a   in another ninth of the picture, and for a relation
                  relation named; moving                      so that it does not hold
size           2  a thing added with a size named; resizing   at least one named size away; for "bigger" and
                                                              "smaller" the old size or beyond it
count          3  two or more things added; copying           one more or one less
pose           3  a thing added that does something or is     another action or none; turned otherwise or not
                  turned; acting; turning
missing        2  a thing or a part added; copying;           nothing; what should have been replaced is still
                  replacing                                   there
extra          1  a thing added; removing                     also some other thing; what should go is still there
damaged        1  any operation on a picture that already     another thing that was there vanishes or changes
                  had other things in it                      its colour
drift          1  any operation on a picture that the         the colours of the whole picture drift; it adds up
                  generator drew before                       over repeated edits
========  ======  ==========================================  =================================================

With a fault rate of ``rate``, and ``w`` as the weights of the applicable aspects, an operation goes wrong with the
probability ``rate * sum(w * difficulty * LEVELS) / sum(w)``, at most ``CERTAIN``; which aspect it is is drawn in
proportion to the terms of that sum. A fault that could not be seen, or for which there is no room, gives way to the
next aspect in a draw of the same kind.

*Difficulty*. A generator does not err evenly: there is what it keeps getting wrong, whatever the seed. For ``SHARE``
of all pairs of a kind of thing and an aspect the difficulty is ``STUBBORN``, for all others ``EASY``, which makes 1 on
average; so a plain prompt of one operation fails about with the probability ``rate``. Which pairs these are is fixed
for ever by a hash, and nothing but the pictures tells (:func:`difficulty`).

*Precision*. Words that insist on an aspect make its faults rarer by ``LEVELS``: by the number of ways in which they
insist, as it stands in the operation's ``precise``, at most three.

All other chance comes from one generator seeded with the candidate's seed and the prompt (:func:`chance`): the same
order is drawn the same way, always and everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from random import Random

from stepweave.messages import Fault
from stepweave.world.case import Case
from stepweave.world.holding import carried
from stepweave.world.layout import Done, perform
from stepweave.world.mishaps import MISHAPS
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
    "pose": 3,
    "missing": 2,
    "extra": 1,
    "damaged": 1,
    "drift": 1,
}
"""How readily each aspect goes wrong, compared with the others."""

SHARE = 0.07
"""The share of pairs of a thing and an aspect that the generator keeps getting wrong."""
STUBBORN = 10.0
"""Their difficulty."""
EASY = (1 - SHARE * STUBBORN) / (1 - SHARE)
"""The difficulty of all other pairs."""

LEVELS: tuple[float, ...] = (1.0, 0.85, 0.55, 0.12)
"""What is left of the risk of an aspect on which words insist in no way, in one, in two, in three or more."""

CERTAIN = 0.97
"""The highest probability with which an operation goes wrong."""


def chance(seed: int, prompt: str) -> Random:
    """The source of all chance for one candidate."""
    return Random(int.from_bytes(sha256(f"{seed}\n{prompt}".encode("utf-8", "surrogatepass")).digest(), "big"))


@lru_cache(maxsize=4096)
def difficulty(thing: str, aspect: str) -> float:
    """How readily an aspect of a kind of thing goes wrong, 1 on average; the backdrop is the thing ``background``."""
    digest = sha256(f"{thing} {aspect}".encode()).digest()
    return STUBBORN if int.from_bytes(digest[:8], "big") < SHARE * 2**64 else EASY


def corrupt(
    before: Scene,
    operations: Sequence[Operation],
    rate: float,
    random: Random,
    aspect: float = 1.0,
    *,
    own: bool = True,
) -> tuple[Scene, tuple[Fault, ...]]:
    """The scene that is drawn for a sentence, and what is wrong with it.

    Args:
        before: what is in the picture; empty for a new one.
        operations: what is asked for.
        rate: 0 to 1; at 0 nothing goes wrong.
        random: see :func:`chance`.
        aspect: the picture's width divided by its height.
        own: whether the picture is all the generator's own; in someone else's colours do not drift.

    Raises:
        LayoutError: the operations cannot be applied.
    """
    scene, done = perform(before, operations, aspect)
    faults: list[Fault] = []
    for one in done:
        case = Case(before, scene, one, done, random, aspect, own)
        risk = risks(case, rate)
        if random.random() < min(CERTAIN, sum(risk.values())):
            scene, fault = _mishap(case, risk)
            faults.extend([fault] if fault else [])
    return scene, tuple(faults)


def risks(case: Case, rate: float) -> dict[str, float]:
    """By applicable aspect, with what probability it goes wrong."""
    aspects, precise = applicable(case), case.done.operation.precise
    whole = sum(WEIGHTS[aspect] for aspect in aspects)
    return {
        aspect: rate
        * WEIGHTS[aspect]
        / whole
        * difficulty(case.subject, aspect)
        * LEVELS[min(precise.count(aspect), len(LEVELS) - 1)]
        for aspect in aspects
    }


def applicable(case: Case) -> tuple[str, ...]:
    """The aspects in which an operation can go wrong, in the order of ``WEIGHTS``."""
    aspects = set(_asked(case.done))
    if case.bystanders:
        aspects.add("damaged")
    if case.own and case.before != Scene():
        aspects.add("drift")
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
                "pose": add.action is not None or add.turn != 0 or add.mirrored,
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
            return ("pose",)
        case Duplicate(place=place, relation=relation):
            return ("count", "missing", "place") if place or relation else ("count", "missing")
        case Replace(new=new):
            return ("colour", "missing") if new.colour else ("missing",)
        case Remove():
            return ("extra",)


def _mishap(case: Case, risk: Mapping[str, float]) -> tuple[Scene, Fault | None]:
    """One thing goes wrong, if there is any that can be seen."""
    left = dict(risk)
    while left:
        aspect = _drawn(left, case.random)
        del left[aspect]
        if (outcome := MISHAPS[aspect](case)) is not None:
            scene, fault = outcome
            return carried(case.scene, scene, case.aspect), fault
    return case.scene, None


def _drawn(risk: Mapping[str, float], random: Random) -> str:
    """One of the aspects, in proportion to its risk."""
    mark = random.random() * sum(risk.values())
    for aspect, share in risk.items():
        mark -= share
        if mark < 0:
            return aspect
    return list(risk)[-1]
