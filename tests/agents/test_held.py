"""States are held up to a bound; the one used longest ago goes first, and never one that is needed."""

from __future__ import annotations

from stepweave.agents.held import Held
from stepweave.policies.state import RunState


def test_the_state_used_longest_ago_goes_first() -> None:
    held = Held(most=6)
    for run in ("a", "b"):
        held.put(RunState(run), 3)
    assert held.get("a") is not None
    held.put(RunState("c"), 3)
    assert ["a" in held, "b" in held, "c" in held] == [True, False, True]


def test_a_state_that_is_needed_stays() -> None:
    held = Held(most=6, needed={"a"})
    for run in ("a", "b", "c"):
        held.put(RunState(run), 3)
    assert ["a" in held, "b" in held, "c" in held] == [True, False, True]


def test_one_state_is_held_however_large_it_is() -> None:
    held = Held(most=3)
    held.put(RunState("a"), 10)
    assert held.get("a") is not None
    held.put(RunState("b"), 1)
    assert "a" not in held


def test_what_is_said_of_a_run_adds_up_and_goes_with_its_state() -> None:
    held = Held(most=6)
    held.put(RunState("a"), 2)
    held.put(RunState("b"), 2)
    held.put(RunState("a"))
    held.put(RunState("b"), 2)
    assert len(held) == 2
    held.drop("b")
    held.drop("b")
    held.put(RunState("c"), 4)
    assert len(held) == 2
    held.put(RunState("c"), 1)
    assert "a" not in held
