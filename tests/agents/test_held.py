"""States are held up to a bound; the one used longest ago goes first, and never one that is needed."""

from __future__ import annotations

from stepweave.agents.held import Held
from stepweave.messages import Command, MakePlan
from stepweave.policies.state import RunState


def state(run: str, tasks: int) -> RunState:
    ask = MakePlan(request="a cat")
    names = [f"t{n}" for n in range(tasks)]
    return RunState(run, commands={n: Command(task=n, role="planner", capability="rules", ask=ask) for n in names})


def test_the_state_used_longest_ago_goes_first() -> None:
    held = Held(most=6)
    for run in ("a", "b"):
        held.put(state(run, 2))
    assert held.get("a") is not None
    held.put(state("c", 2))
    assert ["a" in held, "b" in held, "c" in held] == [True, False, True]


def test_a_state_that_is_needed_stays() -> None:
    held = Held(most=6, needed={"a"})
    for run in ("a", "b", "c"):
        held.put(state(run, 2))
    assert ["a" in held, "b" in held, "c" in held] == [True, False, True]


def test_one_state_is_held_however_large_it_is() -> None:
    held = Held(most=3)
    held.put(state("a", 10))
    assert held.get("a") is not None
    held.put(state("b", 1))
    assert "a" not in held


def test_a_state_that_takes_the_place_of_another_counts_once() -> None:
    held = Held(most=6)
    for _ in range(10):
        held.put(state("a", 2))
        held.put(state("b", 2))
    assert len(held) == 2
    held.drop("a")
    held.drop("a")
    held.put(state("c", 2))
    assert len(held) == 2
