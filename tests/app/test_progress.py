"""The live view: what is said of each fact, and the board."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from stepweave.app.live import Lines, table, view
from stepweave.app.progress import headline, lines, rows
from stepweave.bus import Record
from stepweave.messages import Accepted, Cancel, Decided, Failure, Message, Outcome, Progress, RunRequested
from stepweave.policies.state import RunState
from tests.app.conftest import Sample


def record(message: Message, branch: str = "ev", task: str = "decided") -> Record:
    return Record(message, "r1", branch, (task,), 1, datetime(2026, 1, 1, tzinfo=UTC), "/test", "1")


def test_a_plan_is_told_step_by_step(sample: Sample) -> None:
    assert sample.state.plan is not None
    told = lines(record(Decided(plan=sample.state.plan)), sample.state)
    assert told[0] == "plan: 4 steps"
    assert told[2] == "  2. Put a red roof on top."


def test_a_rejection_is_told_with_its_reason(sample: Sample) -> None:
    verdict = sample.state.answers["s2c1-pixels"]
    told = lines(record(verdict, "done", "s2c1-pixels"), sample.state)
    assert told == ["step 2: candidate 1 rejected (3 of 10): the roof is blue, not red"]


def test_what_is_decided_is_told(sample: Sample) -> None:
    ends = (Accepted(step=2, candidate=2), Accepted(step=3, candidate=1, flawed=True), Accepted(step=4))
    decision = Decided(accepted=ends, commands=(sample.state.commands["s2c2"],), outcome=Outcome(status="flawed"))
    assert lines(record(decision), sample.state) == [
        "step 2: candidate 2 accepted (9.5 of 10)",
        "step 3: nothing was accepted, candidate 1 is kept as the best (6 of 10)",
        "step 4: words only",
        "step 2: drawing candidate 2: add a pure red roof exactly on top of the house",
        "flawed",
    ]


def test_a_failure_names_who_and_why(sample: Sample) -> None:
    failure = Failure(kind="Refused", reason="width 5 is not possible")
    told = lines(record(failure, "done", "s2c1"), sample.state)
    assert told == ["step 2: candidate 1: generator sketch failed: width 5 is not possible"]
    assert lines(record(Cancel(reason="enough"), "ctl"), sample.state) == ["cancel was asked for: enough"]


def test_words_of_others_cannot_steer_the_terminal() -> None:
    asked = RunRequested(request="draw\x1b]0;owned\x07 a\r\nsun")
    (line,) = lines(record(asked), RunState("r1", requested=asked))
    assert line == "run r1: draw ]0;owned a sun"


def test_the_board_says_where_each_step_stands(sample: Sample) -> None:
    assert [(row.number, row.look) for row in rows(sample.state)] == [
        (1, "good"),
        (2, "good"),
        (3, "flawed"),
        (4, "words"),
    ]
    assert headline(sample.state) == "flawed"
    going = replace(sample.state, outcome=None, accepted={1: sample.state.accepted[1]})
    assert [row.look for row in rows(going)] == ["good", "active", "active", "waiting"]
    assert rows(going)[1].remark == "candidate 1: the roof is blue, not red"
    assert headline(going) == "1 of 4 steps"


def test_a_picture_that_is_being_drawn_says_how_far_it_is(sample: Sample) -> None:
    latest = sample.state.candidates(2)[-1]
    answers = {task: answer for task, answer in sample.state.answers.items() if task != latest.task}
    going = replace(sample.state, outcome=None, accepted={}, answers=answers)
    assert rows(going)[1].status == f"drawing candidate {latest.number}"
    said = {latest.task: Progress(step=3, steps=20), "another": Progress(step=9, steps=9)}
    assert rows(going, said)[1].status == f"drawing candidate {latest.number}, 3 of 20"
    assert rows(going, {latest.task: Progress(step=3)})[1].status == f"drawing candidate {latest.number}"


@pytest.mark.parametrize("width", [60, 100])
def test_the_board_fits_the_terminal(sample: Sample, width: int) -> None:
    out = io.StringIO()
    Console(file=out, width=width).print(table(sample.state))
    assert max(map(len, out.getvalue().splitlines())) <= width
    shown = out.getvalue().splitlines()
    assert [line.split()[:2] for line in shown if line[:1] in "✓~"] == [["✓", "1"], ["✓", "2"], ["~", "3"], ["✓", "4"]]
    assert "accepted, candidate 2 of 2 (9.5 of 10)" in shown[2]


def test_without_a_terminal_there_are_plain_lines(sample: Sample) -> None:
    out = io.StringIO()
    with view(quiet=False, out=out) as shown:
        assert isinstance(shown, Lines)
        shown.show(record(Decided(outcome=Outcome(status="completed"))), sample.state)
    assert out.getvalue() == "completed\n"


def test_a_poor_locale_does_not_stop_a_run(sample: Sample) -> None:
    out = io.TextIOWrapper(io.BytesIO(), "ascii", write_through=True)
    Lines(out).show(record(Decided(outcome=Outcome(status="failed", reason="größer"))), sample.state)
    out.seek(0)
    assert out.read() == "failed: gr??er\n"
