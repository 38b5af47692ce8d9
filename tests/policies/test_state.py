"""Properties of the fold: replay, repetition, order, and that every run ends."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stepweave.chain import MOST_EVENTS, Chain
from stepweave.messages import (
    Decided,
    Failure,
    FromStep,
    Judge,
    Note,
    Options,
    Outcome,
    Plan,
    Recalled,
    RevisePlan,
    RunRequested,
    Step,
    Unknown,
)
from stepweave.policies.state import EARLY, NOTES, RunState, chained, fold, knows, replay
from tests.policies.simulated import Log, answers, chain, verdict


@st.composite
def plans(draw: st.DrawFn) -> tuple[Step, ...]:
    """Up to five steps: text only, from nothing, or from an earlier picture."""
    steps: list[Step] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        pictures = [s.number for s in steps if s.prompt is not None]
        source = draw(st.sampled_from([None, *pictures]))
        prompt = draw(st.sampled_from([None, f"draw {number}"]))
        sources = (FromStep(step=source),) if source and prompt else ()
        steps.append(Step(number=number, prompt=prompt, text="words", sources=sources))
    return tuple(steps)


@st.composite
def options(draw: st.DrawFn) -> Options:
    return Options(
        policy=f"sequential({draw(st.integers(1, 4))})",
        exhausted=draw(st.sampled_from(["best", "replan", "stop"])),
        critics=draw(st.sampled_from([(), ("one",), ("one", "two")])),
        agreement=draw(st.sampled_from(["all", "any"])),
        memory=draw(st.sampled_from([None, "local"])),
    )


def run_of(plan: tuple[Step, ...], chosen: Options, seed: int) -> Log:
    """A run with agents that accept, reject and fail at random, answered in random order."""
    rng = random.Random(seed)

    def judge(ask: Judge) -> object:
        return verdict(rng.random() < 0.4, round(rng.uniform(0, 10), 1), refined=f"take {ask.candidate + 1}")

    def revise(ask: RevisePlan) -> Plan:
        return Plan(steps=tuple(s.model_copy(update={"name": "again"}) for s in ask.plan if s.number >= ask.failed))

    usual = answers(plan, judge, revise)  # type: ignore[arg-type]
    failure = Failure(kind="Boom", reason="boom", cause="transient")
    log = Log(chosen)
    log.run(lambda c: failure if rng.random() < 0.1 else usual(c), lambda n: rng.randrange(n))
    return log


RUNS = st.builds(run_of, plans(), options(), st.integers(0, 10**6))


@given(RUNS)
@settings(deadline=None)
def test_every_run_ends(log: Log) -> None:
    assert log.state.outcome is not None
    assert not log.state.waiting()


@given(RUNS)
@settings(deadline=None)
def test_every_prefix_and_the_rest_equal_the_whole(log: Log) -> None:
    whole = replay("r", log.records)
    assert whole == log.state
    for cut in range(len(log.records) + 1):
        state = replay("r", log.records[:cut])
        for record in log.records[cut:]:
            state = fold(state, record)
        assert state == whole


@given(RUNS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_repeated_records_change_nothing(log: Log, rng: random.Random) -> None:
    state = RunState("r")
    seen = []
    for record in log.records:
        seen.append(record)
        for again in [record, *rng.choices(seen, k=2)]:
            state = fold(state, again)
    assert state == log.state


@given(RUNS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_reordered_answers_change_nothing(log: Log, rng: random.Random) -> None:
    events = [r for r in log.records if r.branch == "ev"]
    others = [r for r in log.records if r.branch != "ev"]
    rng.shuffle(others)
    assert replay("r", [*events, *others]) == log.state
    assert replay("r", [*others, *events]) == log.state


@given(RUNS)
@settings(deadline=None)
def test_nothing_is_decided_twice(log: Log) -> None:
    tasks = [c.task for r in log.records if r.branch == "ev" for c in getattr(r.message, "commands", ())]
    assert len(tasks) == len(set(tasks))


def test_an_answer_counts_only_in_the_cell_of_its_command() -> None:
    log = Log(Options(memory=None))
    assert log.decide()
    plan = Plan(steps=(Step(number=1, text="words"),))
    log.append("done", ("critic", "pixels", "plan"), plan)
    assert "plan" not in log.state.answers
    log.append("done", ("planner", "rules", "plan"), plan)
    assert log.state.answers["plan"] == plan


def test_an_answer_that_was_there_before_its_command_counts_once_it_is_commanded() -> None:
    log = Log(Options(memory=None))
    plan = Plan(steps=(Step(number=1, text="words"),))
    log.append("done", ("planner", "rules", "plan"), plan)
    log.append("done", ("planner", "other", "plan"), Plan(steps=(Step(number=1, text="other words"),)))
    assert log.state.answers == {}
    assert log.decide()
    assert log.state.answers == {"plan": plan}


def test_what_stands_among_the_events_and_follows_none_says_nothing() -> None:
    log = Log(Options(memory=None))
    before = log.state
    log.append("ev", ("finished", "99"), Decided(outcome=Outcome(status="cancelled")))
    log.append("ev", ("planned", "0"), Decided(plan=(Step(number=1, text="words"),)))
    assert replace(log.state, chain=before.chain) == before
    assert log.decide(), "and the next decision follows the event before it"
    assert log.state.commands


def test_a_number_that_was_taken_in_advance_is_passed_over() -> None:
    log = Log(Options(memory=None))
    nonsense = Unknown(type="nonsense", body={})
    for number in ("5", "3", "1", "2", "x", "007", "9" * 60, str(MOST_EVENTS)):
        log.append("ev", ("x", number), nonsense)
    assert log.state.events == 4, "1 and 2 followed, though they say nothing; 3 stood there before its turn"
    state = log.run(answers(chain(2), lambda ask: verdict(True)))
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert state.chain.taken == {}
    written = [record.tokens[1] for record in log.records if isinstance(record.message, Decided)]
    assert written[:3] == ["4", "6", "7"], "and so did 5"
    assert replay("r", log.records) == state
    assert [record.tokens[1] for record in chained(log.records) if record.branch == "ev"] == ["0", "1", "2", *written]


def test_an_event_that_is_read_before_the_one_it_follows_is_not_passed_over() -> None:
    log = Log(Options(memory=None))
    log.run(answers(chain(2), lambda ask: verdict(True)))
    events = [record for record in log.records if record.branch == "ev"]
    state = replay("r", [events[0], events[2], *log.records])
    assert state == log.state


def test_own_events_that_are_folded_before_what_was_earlier_are_known_when_they_are_heard() -> None:
    """An orchestrator folds what it has written at once, and may not have heard then what stood there before."""
    log = Log(Options(memory=None))
    log.decide()
    log.answer(log.state.waiting()[0], Plan(steps=chain(2)))
    known = list(log.records)
    for number in (3, 4):
        log.append("ev", ("x", f"{number}"), Decided(outcome=Outcome(status="cancelled", reason="forged")))
    squatted = log.records[len(known) :]
    assert log.decide()
    own = log.records[-1]
    state = replay("r", [*known, own, *squatted])
    assert (state.events, state.head) == (5, own.sequence)
    assert replace(log.state, chain=state.chain) == state
    assert knows(state, own)


def test_a_run_whose_numbers_somebody_used_up_is_over_for_everybody() -> None:
    log = Log(Options(memory=None))
    for number in range(1, MOST_EVENTS + 1):
        log.append("ev", ("x", f"{number}"), Unknown(type="nonsense", body={}))
    assert log.state.outcome is not None
    assert f"{MOST_EVENTS}" in log.state.outcome.reason
    assert not log.decide()


def test_a_run_without_end_is_ended() -> None:
    log = Log(Options(memory=None))
    log.state = replace(log.state, chain=Chain(MOST_EVENTS - 1, log.state.head))
    assert log.decide()
    assert log.state.outcome is not None
    assert f"{MOST_EVENTS}" in log.state.outcome.reason


def test_nonsense_in_the_place_of_the_next_event_says_nothing_and_is_followed() -> None:
    log = Log(Options(memory=None))
    log.append("ev", ("x", str(log.state.events)), Unknown(type="nonsense", body={}))
    assert (log.state.head, log.state.commands) == (2, {})
    assert log.decide()
    assert log.state.commands
    assert replay("r", log.records) == log.state


def test_a_run_begins_with_its_first_request() -> None:
    log = Log(Options(memory=None))
    again = RunRequested(request="another", options=Options(seed=7))
    log.append("ev", ("requested", str(log.state.events)), again)
    assert log.state.requested is not None
    assert log.state.requested.request == "a story"
    begun = replay("r", [replace(log.records[0], message=Decided(plan=(Step(number=1, text="words"),)))])
    assert (begun.plan, begun.head) == (None, 1)


def test_answers_that_nobody_asked_for_are_kept_up_to_a_bound() -> None:
    log = Log(Options(memory=None))
    failure = Failure(kind="Forged", reason="nobody asked")
    for number in range(EARLY + 50):
        log.append("done", ("generator", "sketch", f"s{number}c1"), failure)
    assert len(log.state.early) == EARLY
    assert log.decide()
    assert [command.task for command in log.state.waiting()] == ["plan"]


def test_a_command_stays_what_it_was_first() -> None:
    log = Log(Options(memory=None))
    log.decide()
    first = log.state.commands["plan"]
    other = first.model_copy(update={"capability": "other"})
    log.append("ev", ("decided", str(log.state.events)), Decided(commands=(other,)))
    assert log.state.commands["plan"] == first


def test_of_what_the_memory_recalls_so_much_is_taken() -> None:
    log = Log(Options())
    log.decide()
    notes = tuple(Note(kind="cure", text=f"note {number}") for number in range(1000))
    log.answer(log.state.commands["recall"], Recalled(notes=notes))
    assert log.state.notes() == notes[:NOTES]


def test_an_event_counts_only_behind_the_one_it_follows() -> None:
    """A reader that missed one must not believe that it knows the run; once it has read it, it does."""
    log = Log(Options(memory=None))
    log.run(answers(chain(2), lambda ask: verdict(True)))
    for gap, missed in enumerate(log.records[:-1]):
        if missed.branch == "ev":
            state = replay("r", [*log.records[:gap], *log.records[gap + 1 :]])
            assert state.head < missed.sequence
            assert state.outcome is None
            for record in log.records:
                state = fold(state, record)
            assert state == log.state
