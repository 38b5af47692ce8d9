"""Counts of what should not have been met."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from stepweave.observability.counts import Counts, told


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]


def test_counts_are_by_name_and_labels() -> None:
    counts = Counts()
    for branch in ("ev", "done", "ev"):
        counts.count("unreadable", branch=branch)
    counts.count("foreign")
    counts.count("failure", kind="Refused", agent="generator:sketch")
    assert counts.all() == {
        "failure{agent=generator:sketch,kind=Refused}": 1,
        "foreign": 1,
        "unreadable{branch=done}": 1,
        "unreadable{branch=ev}": 2,
    }
    assert told({"b": 2, "a": 1}) == "a 1, b 2"


def test_one_line_sums_up_what_came_since_the_last(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="stepweave.counts")
    clock = Clock()
    counts = Counts(every=30, clock=clock)
    for _ in range(1000):
        counts.count("unreadable", branch="ev")
    assert lines(caplog) == ["counted: unreadable{branch=ev} 1"], "the first at once"
    clock.now += 29
    counts.count("foreign")
    assert len(lines(caplog)) == 1
    clock.now += 1
    counts.count("foreign")
    assert lines(caplog)[1:] == ["counted: foreign 2, unreadable{branch=ev} 999"]
    clock.now += 30
    counts.count("foreign")
    assert lines(caplog)[2:] == ["counted: foreign 1"]


def test_threads_lose_no_count() -> None:
    counts = Counts()

    def many(_: int) -> None:
        for _ in range(1000):
            counts.count("unreadable", branch="ev")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(many, range(8)))
    assert counts.all() == {"unreadable{branch=ev}": 8000}
