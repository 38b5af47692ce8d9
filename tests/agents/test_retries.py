"""Pauses, causes and the breaker: pure, with the time as an argument."""

from __future__ import annotations

import pytest

from stepweave.agents.agent import AgentError
from stepweave.agents.retries import Breaker, Retries, cause_of
from stepweave.bus import NoAnswer, TooLarge
from stepweave.tools.protocol import Refused

RETRIES = Retries(trips=3, first_rest=1.0, longest_rest=4.0)


def opened(now: float = 0.0) -> Breaker:
    breaker = Breaker(RETRIES)
    assert [breaker.failed(now) for _ in range(3)] == [False, False, True]
    return breaker


def test_pauses_double_and_are_bounded() -> None:
    retries = Retries(first_pause=0.5, longest_pause=30.0)
    assert 0.25 <= retries.pause(1) <= 0.75
    assert 1.0 <= retries.pause(3) <= 3.0
    assert retries.pause(100_000) <= 45.0


def test_the_breaker_opens_after_errors_in_a_row_only() -> None:
    breaker = Breaker(RETRIES)
    for _ in range(5):
        assert not breaker.failed(0.0)
        assert not breaker.failed(0.0)
        breaker.passed()
    assert breaker.closed
    assert not opened().closed


def test_an_open_breaker_lets_one_through_when_its_time_has_come() -> None:
    breaker = opened(now=10.0)
    assert breaker.rest(10.5) == 0.5
    assert breaker.rest(11.0) == 0.0
    assert breaker.rest(11.0) > 0.0
    breaker.passed()
    assert [breaker.rest(11.0), breaker.rest(11.0)] == [0.0, 0.0]


def test_each_trial_that_fails_doubles_the_rest_up_to_a_bound() -> None:
    breaker, now, rests = opened(), 0.0, []
    for _ in range(4):
        now += breaker.rest(now)
        assert breaker.rest(now) == 0.0
        assert breaker.failed(now)
        rests.append(breaker.rest(now))
    assert rests == [2.0, 4.0, 4.0, 4.0]
    breaker.passed()
    assert [breaker.failed(now) for _ in range(3)] == [False, False, True]
    assert breaker.rest(now) == 1.0


def test_a_trial_that_came_to_nothing_leaves_its_place_to_the_next() -> None:
    breaker = opened()
    assert breaker.rest(1.0) == 0.0
    breaker.release()
    assert breaker.rest(1.0) == 0.0


def test_errors_of_asks_that_were_under_way_as_it_opened_change_nothing() -> None:
    breaker = opened()
    assert not breaker.failed(0.5)
    assert breaker.rest(0.5) == 0.5


def test_without_trips_there_is_no_breaker() -> None:
    breaker = Breaker(Retries(trips=0))
    assert not any(breaker.failed(0.0) for _ in range(100))
    assert breaker.closed


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (AgentError("no"), "permanent"),
        (AgentError("busy", cause="transient"), "transient"),
        (AgentError("odd", cause="bad_answer"), "bad_answer"),
        (Refused("no such colour"), "permanent"),
        (TooLarge("picture", 2, 1), "permanent"),
        (NoAnswer("x", 1.0), "transient"),
        (ZeroDivisionError(), "transient"),
    ],
)
def test_every_error_has_a_cause(error: Exception, cause: str) -> None:
    assert cause_of(error) == cause
