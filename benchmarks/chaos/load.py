"""Runs to be kept under way: everything is asked for twice, a round later the same again.

What is asked for follows from the seed and the number of the run alone. Runs without memory that ask for the same must
end with the same pictures, whatever happened on the way.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from stepweave.messages import Options
from stepweave.training.sketchbook.requests import request

ROUND = 12
"""How many requests are asked for before the same are asked for again."""
SIDE = 128
"""Pixels of a picture's side: small, so that few processors do many runs."""
FAULT_RATE = 0.4
"""How often the generator errs in an operation: high, so that most runs draw something again."""
POLICIES = (
    ("sequential(4)", "best"),
    ("speculative(2)", "best"),
    ("sequential(2)", "replan"),
    ("parallel(2, rounds=2)", "replan"),
    ("beam(2, 2, rounds=2)", "best"),
    ("parallel(2, rounds=2, keep='best')", "best"),
    ("speculative(2, guesses=1, depth=2, rounds=2)", "replan"),
    ("explore(2)", "best"),
)
CANCELLED = 0.04
"""Share of the runs that somebody cancels while they are under way."""
CANCEL_WITHIN = 20.0
"""Seconds after the request in which that happens."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run that is to be asked for."""

    run: str
    text: str
    options: Options
    cancelled_after: float | None
    """Seconds until somebody cancels it; ``None``: nobody does."""


def wanted(seed: int, number: int, *, background: bool = True) -> Wanted:
    """The run of a number; ``background``: some of them are background runs."""
    turn, place = divmod(number, ROUND)
    kind = turn // 2 * ROUND + place
    policy, exhausted = POLICIES[kind % len(POLICIES)]
    options = {
        "seed": (seed * 1_000_003 + kind) % 2**32,
        "width": SIDE,
        "height": SIDE,
        "policy": policy,
        "exhausted": exhausted,
        "memory": "local" if kind % 4 == 3 else None,
        "priority": "background" if background and kind % 5 == 4 else "interactive",
        "parameters": {"fault_rate": FAULT_RATE},
    }
    text = request(seed, "test", kind).text
    return Wanted(f"storm-{number:06d}", text, Options.model_validate(options), cancelled_after(seed, number))


def cancelled_after(seed: int, number: int) -> float | None:
    """After how many seconds somebody cancels a run; ``None``: nobody does."""
    chance = random.Random(f"{seed}/{number}")
    return chance.uniform(0.0, CANCEL_WITHIN) if chance.random() < CANCELLED else None
