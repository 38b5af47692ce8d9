"""Runs among hostile records: whatever stands between the words of a run, it ends as it would without them, and
everything that reads a log reads it to its end."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.app.commands.runs import as_json
from stepweave.app.progress import headline, lines, rows
from stepweave.app.story import tell
from stepweave.bus import UNREADABLE, Record
from stepweave.messages import (
    Accepted,
    Cancel,
    Command,
    Control,
    Decided,
    Draw,
    FromInput,
    FromStep,
    Judge,
    Message,
    Options,
    Outcome,
    Step,
    Unknown,
)
from stepweave.policies.decide import decide
from stepweave.policies.search import UnknownPolicy
from stepweave.policies.state import RunState, cell, fold, replay
from stepweave.training.trajectories import trajectory
from tests.fuzz.strategies import budgeted
from tests.policies.simulated import START, Log, answers, chain, picture, verdict
from tests.test_schema import EXAMPLES

NUMBERS = st.sampled_from([1, 1, 2, 3, 7, 10**9])
TASKS = st.sampled_from(["plan", "recall", "revise-1", "s1c1", "s1c2", "s2c1", "s1c1-pixels", "remember-s1c1", "x"])
PLACES = st.sampled_from([("generator", "sketch"), ("critic", "pixels"), ("planner", "rules"), ("memory", "local")])
SOURCES = st.builds(FromStep, step=NUMBERS) | st.builds(FromInput, index=st.integers(0, 3))
STEPS = st.builds(
    Step,
    number=NUMBERS,
    prompt=st.sampled_from([None, "", "a cat"]),
    text=st.sampled_from([None, "words"]),
    sources=st.lists(SOURCES, max_size=2).map(tuple),
)
DRAWS = st.builds(
    Draw, step=NUMBERS, candidate=NUMBERS, prompt=st.just("x"), seed=st.just(1), width=st.just(64), height=st.just(64)
)
JUDGES = st.builds(
    Judge, step=NUMBERS, candidate=NUMBERS, prompt=st.just("x"), drawn_prompt=st.just("x"), image=st.just(picture("x"))
)
COMMANDS = st.builds(
    lambda task, place, ask: Command(task=task, role=place[0], capability=place[1], ask=ask),
    TASKS,
    PLACES,
    DRAWS | JUDGES,
)
DECISIONS = st.builds(
    Decided,
    plan=st.none() | st.lists(STEPS, max_size=3).map(tuple),
    accepted=st.lists(
        st.builds(Accepted, step=NUMBERS, candidate=st.none() | NUMBERS, image=st.sampled_from([None, picture("y")])),
        max_size=2,
    ).map(tuple),
    abandoned=st.lists(TASKS, max_size=2).map(tuple),
    commands=st.lists(COMMANDS, max_size=3).map(tuple),
    outcome=st.none() | st.builds(Outcome, status=st.sampled_from(["completed", "failed", "cancelled"])),
)
OPTIONS = st.builds(
    Options,
    policy=st.sampled_from(["sequential(2)", "magic(1)", "-" * 500, "sequential(1000)"]),
    critics=st.sampled_from([(), ("pixels",), ("pixels", "pixels", "x" * 64)]),
    exhausted=st.sampled_from(["best", "replan", "stop"]),
    memory=st.sampled_from([None, "local"]),
)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.sampled_from(EXAMPLES),
    DECISIONS,
    OPTIONS.map(lambda options: EXAMPLES[0].model_copy(update={"options": options})),
    st.just(Unknown(type=UNREADABLE, body={"reason": "x", "type": "", "size": 0})),
    st.just(Unknown(type="some thing: else", body={"a": [1, {"b": None}]})),
)


@st.composite
def tokens(draw: st.DrawFn, branch: str, events: int) -> tuple[str, ...]:
    """Where somebody writes; among the events sometimes in the place of the next one."""
    if branch == "ev":
        number = draw(st.sampled_from([f"{events}", f"{events + 1}", f"{events + 3}", "0", "3", "99", "x"]))
        return draw(st.sampled_from(["requested", "decided", "finished", "x"])), number
    if branch in ("cmd", "done"):
        return *draw(PLACES), draw(TASKS)
    return ("c",) if branch == "ctl" else ("late", "n")


BRANCHES = st.sampled_from(["ev", "ev", "done", "done", "cmd", "ctl", "note"])


def read_by_all(records: Iterable[Record]) -> None:
    """Everything that reads a log: states, the lines and rows that are shown, trajectories, JSON."""
    state, seen = RunState("r"), []
    for record in records:
        seen.append(record)
        state = fold(state, record)
        lines(record, state)
        json.dumps(as_json(record))
        headline(state)
        rows(state)
    if state.requested is not None:
        assert tell(state).title
    json.dumps(trajectory(seen))


@budgeted(150)
@given(st.data())
def test_whatever_a_log_holds_everybody_reads_it_to_its_end(data: st.DataObject) -> None:
    log = Log(data.draw(OPTIONS)) if data.draw(st.booleans()) else _empty()
    for _ in range(data.draw(st.integers(0, 12))):
        branch = data.draw(BRANCHES)
        log.append(branch, data.draw(tokens(branch, log.state.events)), data.draw(MESSAGES))
        if data.draw(st.integers(0, 3)) == 0:
            try:
                log.decide()
            except (UnknownPolicy, KeyError, IndexError, AssertionError, ValueError):
                continue  # a forged decision may be one that nobody can go on from: its run ends with the reason
    read_by_all(log.records)
    assert replay("r", log.records) == log.state


def _empty() -> Log:
    log = Log()
    log.records.clear()
    log.state = RunState("r")
    return log


@budgeted(60)
@given(st.data())
def test_a_run_ends_as_without_what_stands_between_its_words(data: st.DataObject) -> None:
    """Unless it stands in a cell of its own: those are whoever's who comes first."""
    seed = data.draw(st.integers(0, 10**6))
    quiet, noisy = Log(Options(memory=None)), Log(Options(memory=None))
    usual = answers(chain(3), lambda ask: verdict(random.Random(f"{seed}/{ask.step}/{ask.candidate}").random() < 0.5))
    quiet.run(usual)
    while noisy.state.outcome is None:
        for _ in range(data.draw(st.integers(0, 3))):
            _disturb(noisy, data)
        if not noisy.decide():
            command = noisy.state.waiting()[0]
            noisy.answer(command, usual(command))
    assert noisy.state.outcome == quiet.state.outcome
    assert noisy.state.accepted == quiet.state.accepted
    assert list(noisy.state.commands) == list(quiet.state.commands)
    assert replay("r", noisy.records) == noisy.state


def _disturb(log: Log, data: st.DataObject) -> None:
    branch = data.draw(BRANCHES)
    message = data.draw(MESSAGES)
    where = data.draw(tokens(branch, log.state.events))
    if branch == "ev" and where[-1] == str(log.state.events):
        message = Unknown(type=UNREADABLE, body={"reason": "", "type": "", "size": 0})
    if branch == "done":
        where = (*where[:2], f"nobodys-{where[2]}")
    if branch == "ctl" and isinstance(message, Cancel | Control):
        return
    if not any((record.branch, record.tokens) == (branch, where) for record in log.records):
        log.append(branch, where, message)  # as the broker has it: one message to a subject


@budgeted(80)
@given(OPTIONS, st.lists(st.tuples(COMMANDS, MESSAGES), max_size=8))
def test_what_agents_answer_never_leads_to_what_cannot_be_decided(
    options: Options, answered: list[tuple[Command, Message]]
) -> None:
    """Agents may answer with anything: a misfit is a failure, and the run goes on or ends."""
    log = Log(options)
    given_ = iter([message for _, message in answered])
    for _ in range(40):
        try:
            decision = decide(log.state, START)
        except UnknownPolicy:
            return
        if decision is None:
            waiting = log.state.waiting()
            message = next(given_, None)
            if not waiting or message is None:
                break
            log.append("done", cell(waiting[0]), message)
        else:
            log.decide()
    read_by_all(log.records)


def test_these_tests_can_fail() -> None:
    """A record that is folded where it stands, whatever it follows, is noticed."""
    log = Log(Options(memory=None))
    log.run(answers(chain(2), lambda ask: verdict(True)))
    end = log.records[-1]
    assert fold(replay("r", log.records[:-1]), end).outcome is not None
    with pytest.raises(AssertionError):
        assert replay("r", [*log.records[:2], end]).outcome is not None
