"""The projection of a log into a trajectory."""

from __future__ import annotations

from dataclasses import replace

from stepweave.bus import Record
from stepweave.messages import Options
from stepweave.training.trajectories import MEMORY, Projection, trajectory
from tests.policies.simulated import Log, answers, chain, commanded, verdict


def whole_log() -> list[Record]:
    """A simulated run with its commands in the log too, as a real one has them."""
    log = Log(Options(memory=None))
    log.run(answers(chain(2), lambda ask: verdict(ask.candidate == 2, refined="better")))
    return commanded(log.records)


def test_every_answer_stands_beside_its_ask() -> None:
    lines = trajectory(whole_log())
    assert [line["line"] for line in lines] == ["run", *["task"] * 9, "outcome"]
    judged = next(line for line in lines if line.get("task") == "s1c1-pixels")
    assert judged["ask"]["prompt"] == "draw 1"
    assert judged["answer"]["refined_prompt"] == "better"
    assert (judged["role"], judged["capability"]) == ("critic", "pixels")


def test_what_stands_where_it_does_not_belong_is_left_out() -> None:
    """Whoever may write somewhere may write anything there: an ask among the notes, an answer among the events."""
    records = whole_log()
    ask = next(record for record in records if record.branch == "cmd")
    answer = next(record for record in records if record.branch == "done")
    end = replace(records[-1], tokens=("finished", "99"))
    request = replace(records[0], tokens=("requested", "98"))
    misplaced = [
        replace(ask, branch="note", tokens=("a", "b")),
        replace(answer, branch="note", tokens=("a", "b")),
        replace(ask, branch="ev", tokens=("a", "b")),
        replace(answer, branch="ctl", tokens=("a",)),
        replace(records[0], branch="done"),
        end,
        request,
    ]
    sprinkled = [each for record in records for each in (record, *misplaced)]
    assert trajectory(sprinkled) == trajectory(records)
    assert trajectory(misplaced) == []


def test_the_tail_says_what_was_accepted() -> None:
    tail = trajectory(whole_log())[-1]
    assert tail["status"] == "completed"
    assert {step: a["candidate"] for step, a in tail["accepted"].items()} == {"1": 2, "2": 2}


def test_an_unfinished_run_has_no_tail() -> None:
    assert trajectory(whole_log()[:4])[-1]["line"] != "outcome"


def test_what_is_remembered_between_two_records_can_be_kept_as_json() -> None:
    records = [replace(record, run=run) for record in whole_log() for run in ("one", "other")]
    whole = Projection()
    wanted = [line for record in records for line in whole.heard(record)]
    memory, found = "{}", []
    for record in records:
        projection = Projection(MEMORY.validate_json(memory))
        found += projection.heard(record)
        memory = MEMORY.dump_json(projection.memory).decode()
    assert found == wanted
    assert memory == "{}"


def test_runs_that_come_mixed_say_what_they_say_alone() -> None:
    mixed, alone = Projection(), {run: Projection() for run in ("one", "other")}
    for record in whole_log():
        for run, own in alone.items():
            mine = replace(record, run=run)
            assert mixed.heard(mine) == own.heard(mine)
    assert mixed.memory == {}
