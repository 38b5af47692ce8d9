"""Rates and their intervals."""

from __future__ import annotations

import pytest

from stepweave.training.sketchbook.figures import bootstrap, figures, precision, recall, steps_right, table, wilson
from stepweave.training.sketchbook.grading import Grade, Judged

RIGHT = Grade(
    "edits", True, (True, True), (1, 2), (Judged(False, False), Judged(True, True), Judged(False, False)), 0.0
)
WRONG = Grade("edits", False, (True, False), (1, 1), (Judged(False, True), Judged(True, False)), 2.0, "a cat is blue")


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [(0, 10, (0.0, 0.2775)), (5, 10, (0.2366, 0.7634)), (285, 300, (0.9191, 0.9694)), (10, 10, (0.7225, 1.0))],
)
def test_wilson_is_as_in_the_tables(successes: int, trials: int, interval: tuple[float, float]) -> None:
    assert wilson(successes, trials) == pytest.approx(interval, abs=2e-4)


def test_without_trials_there_is_no_interval() -> None:
    assert wilson(0, 0) is None
    assert bootstrap([], precision) is None


def test_rates_are_over_steps_and_candidates() -> None:
    grades = [RIGHT, WRONG]
    assert steps_right(grades) == 3 / 4
    assert precision(grades) == 1 / 2
    assert recall(grades) == 1 / 2


def test_a_bootstrap_holds_the_rate_and_narrows_with_more_sequences() -> None:
    few, many = bootstrap([RIGHT, WRONG] * 10, steps_right), bootstrap([RIGHT, WRONG] * 200, steps_right)
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.75 < many[1] < few[1]


def test_an_interval_is_not_nothing_where_all_is_right() -> None:
    assert bootstrap([RIGHT] * 10, steps_right) == wilson(10, 10)
    assert bootstrap([RIGHT] * 9 + [WRONG], recall) != (1.0, 1.0)


def test_all_figures_stand_beside_their_intervals() -> None:
    found = figures([RIGHT, WRONG], seconds=1.25)
    assert (found["n"], found["sequences_right"], found["generator_calls"], found["drift"]) == (2, 0.5, 5, 1.0)
    assert found["attempts_per_step"] == 1.25
    assert found["critic"]["judged"] == 5
    assert found["kinds"] == {"edits": {"n": 2, "sequences_right": 0.5}}
    for name in ("sequences_right", "steps_right"):
        low, high = found[f"{name}_ci"]
        assert low <= found[name] <= high
    assert "sequences right" in table(found)
    assert "50.0%" in table(found)


def test_what_was_not_judged_has_no_precision() -> None:
    found = figures([Grade("edits", True, (True,), (1,), (), 0.0)])
    assert found["critic"]["precision"] is None
    assert "critic, precision  -" in table(found)
