"""The world of this benchmark, and the least time that a run can take in it. Pure.

The bound of a run is what it would take if the bus and all decisions took no time and every guess were right, with the
very draws that the run had: how many rounds of a step failed is read from its log.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from stepweave.messages import Options
from stepweave.policies.candidates import Candidate
from stepweave.policies.search import Beam, Explore, Parallel, Sequential, Speculative, parse_policy
from stepweave.policies.state import RunState

DRAW, CRITIQUE = 1.0, 0.3
"""Seconds of the models."""
ACCEPTANCE = 0.6
SLOTS = 8
STEPS = 5
AGENTS = {
    "planner.simulated": {"steps": STEPS},
    "generator.simulated": {"seconds": DRAW, "slots": SLOTS},
    "critic.simulated": {"seconds": CRITIQUE, "acceptance": ACCEPTANCE},
}
BASE = "sequential(5)"
POLICIES = (BASE, "parallel(4)", "speculative(4)", "beam(2, 2)", "explore(4)")


def options(policy: str, seed: int) -> Options:
    """What a run is asked to do."""
    return Options(
        planner="simulated", generator="simulated", critics=("simulated",), memory=None, policy=policy, seed=seed,
        width=64, height=64,
    )  # fmt: skip


def bound(state: RunState) -> float:
    """The least seconds in which this run could have ended, with its draws."""
    assert state.requested is not None
    policy = parse_policy(state.requested.options.policy)
    return _BOUNDS[type(policy)](state, policy)


def _rounds(state: RunState, size: int) -> list[int]:
    """How many rounds each step took, at the place where its picture was kept."""
    found = []
    for step, end in sorted(state.accepted.items()):
        kept = next(one for one in state.candidates(step) if one.number == end.candidate)
        rivals = [one.number for one in state.candidates(step) if one.ask.sources == kept.ask.sources]
        found.append(rivals.index(kept.number) // size + 1)
    return found


def _in_turn(state: RunState, size: int) -> float:
    """Each round is drawn and then judged."""
    return sum(_rounds(state, size)) * (DRAW + CRITIQUE)


def _ahead(state: RunState, size: int) -> float:
    """Only rounds that failed wait for the critique; of the others only the last does."""
    return sum((rounds - 1) * (DRAW + CRITIQUE) + DRAW for rounds in _rounds(state, size)) + CRITIQUE


def _beam(state: RunState, policy: Beam) -> float:
    """A step is complete when every place has had its rounds."""
    return sum(max(_places(state, step, policy.n)) for step in state.accepted) * (DRAW + CRITIQUE)


def _places(state: RunState, step: int, size: int) -> list[int]:
    places: dict[tuple[object, ...], list[Candidate]] = {}
    for one in state.candidates(step):
        places.setdefault(one.ask.sources, []).append(one)
    return [ceil(len(candidates) / size) for candidates in places.values()]


def _explored(state: RunState) -> float:
    """A first candidate, and for every group one critique more before it is drawn and judged."""
    groups = sum(one.asked > 1 for step in state.accepted for one in state.candidates(step))
    return len(state.accepted) * (DRAW + CRITIQUE) + groups * (CRITIQUE + DRAW + CRITIQUE)


_BOUNDS: dict[type, Callable[..., float]] = {
    Sequential: lambda state, policy: _in_turn(state, 1),
    Parallel: lambda state, policy: _in_turn(state, policy.n),
    Speculative: lambda state, policy: _ahead(state, policy.n),
    Beam: _beam,
    Explore: lambda state, policy: _explored(state),
}


def drawing(state: RunState) -> tuple[float, float]:
    """Seconds that generators drew for a run: for answers, and for what was called off."""
    drawn = {task for tasks in state.draws.values() for task in tasks}
    return state.drawing_seconds, sum(seconds for task, seconds in state.wasted.items() if task in drawn)
