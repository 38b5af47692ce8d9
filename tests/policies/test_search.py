"""What each search policy does next, how they are written, and what is said when they are written wrongly."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from stepweave.messages import Answer, Draw, Drawn, Failure, Options, Plan
from stepweave.policies.search import Parallel, Sequential, UnknownPolicy, parse_policy, spelling
from tests.policies.simulated import Log, chain, picture, verdict


@pytest.mark.parametrize(
    ("text", "attempts"),
    [("sequential", 5), ("sequential()", 5), ("sequential(3)", 3), (" sequential(attempts=2) ", 2)],
)
def test_the_command_line_spelling(text: str, attempts: int) -> None:
    assert parse_policy(text) == Sequential(attempts)


@pytest.mark.parametrize("text", ["-" * 199, "sequential(" + "(" * 150, "not " * 49 + "x", "x" * 10**6, "-" * 10**6])
def test_what_python_itself_stumbles_over_is_a_wrong_spelling(text: str) -> None:
    with pytest.raises(UnknownPolicy) as error:
        parse_policy(text)
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(
    "text",
    ["", "5", "sequential(", "greedy(3)", "sequential(0)", "sequential(2.5)", "sequential(a=1)", "__import__('os')"],
)
def test_a_wrong_spelling_names_itself_and_what_there_is(text: str) -> None:
    with pytest.raises(UnknownPolicy) as error:
        parse_policy(text)
    assert repr(text) in str(error.value)
    assert "sequential(attempts=5)" in str(error.value)


def started(policy: str, steps: int = 3) -> Log:
    """A run whose first candidates are ordered."""
    log = Log(Options(policy=policy, memory=None))
    log.decide()
    log.answer(log.state.commands["plan"], Plan(steps=chain(steps)))
    log.decide()
    return log


def draws(log: Log) -> list[Draw]:
    return [command.ask for command in log.state.commands.values() if isinstance(command.ask, Draw)]


def waiting(log: Log) -> list[str]:
    return [command.task for command in log.state.waiting()]


def say(log: Log, task: str, answer: Answer | None = None) -> None:
    """Answer a task - a drawing with a picture of its own - and decide."""
    log.answer(log.state.commands[task], answer or Drawn(image=picture(task)))
    log.decide()


def test_parallel_draws_a_round_at_once_and_calls_the_siblings_off_at_the_first_good_one() -> None:
    log = started("parallel(3)")
    assert waiting(log) == ["s1c1", "s1c2", "s1c3"]
    say(log, "s1c2")
    say(log, "s1c1")
    say(log, "s1c2-pixels", verdict(True, 9))
    assert waiting(log) == ["s2c1", "s2c2", "s2c3"]
    assert log.state.abandoned == {"s1c1-pixels", "s1c3"}
    assert {c.sources for c in draws(log) if c.step == 2} == {(picture("s1c2"),)}


def test_the_next_round_takes_the_refined_prompts_in_turn_the_best_scored_first() -> None:
    log = started("parallel(3)", 1)
    for number in (1, 2, 3):
        say(log, f"s1c{number}")
    say(log, "s1c1-pixels", verdict(False, 2, refined="two"))
    say(log, "s1c2-pixels", verdict(False, 7, refined="seven"))
    assert not waiting(log)[1:]
    say(log, "s1c3-pixels", verdict(False, 1))
    assert [(c.prompt, c.after) for c in draws(log)[3:]] == [
        ("seven", "s1c2-pixels"),
        ("two", "s1c1-pixels"),
        ("seven", "s1c2-pixels"),
    ]


def test_the_best_of_a_round_is_kept_whoever_answers_first() -> None:
    log = started("parallel(2, keep='best')", 1)
    for task in ("s1c1", "s1c2"):
        say(log, task)
    say(log, "s1c1-pixels", verdict(True, 7))
    assert not log.state.accepted
    say(log, "s1c2-pixels", verdict(True, 8))
    assert log.state.accepted[1].candidate == 2


def test_speculation_begins_the_next_step_before_anybody_has_judged() -> None:
    log = started("speculative(2, guesses=1)")
    say(log, "s1c1")
    assert waiting(log) == ["s1c2", "s1c1-pixels", "s2c1", "s2c2"]
    say(log, "s2c1")
    assert "s2c1-pixels" in waiting(log), "what is drawn upon a guess is judged"
    assert not any(c.step == 3 for c in draws(log)), "with depth 1 no guess rests upon a guess"
    say(log, "s1c1-pixels", verdict(True, 9))
    assert log.state.accepted[1].candidate == 1
    assert log.state.abandoned == {"s1c2"}
    assert waiting(log) == ["s2c2", "s2c1-pixels", "s3c1", "s3c2"], "the guess was right: nothing is lost"


def test_what_rests_upon_a_wrong_guess_is_called_off_at_once_and_another_takes_its_place() -> None:
    log = started("speculative(2, guesses=1)")
    say(log, "s1c1")
    say(log, "s1c2")
    say(log, "s2c1")
    say(log, "s1c1-pixels", verdict(False, 2))
    assert log.state.abandoned == {"s2c2", "s2c1-pixels"}
    assert waiting(log) == ["s1c2-pixels", "s2c3", "s2c4"]
    assert {c.sources for c in draws(log)[-2:]} == {(picture("s1c2"),)}


def test_an_accepted_picture_waits_for_the_guess_that_is_ahead_of_it() -> None:
    log = started("speculative(2, guesses=1)")
    say(log, "s1c1")
    say(log, "s1c2")
    say(log, "s1c2-pixels", verdict(True, 9))
    assert not log.state.accepted, "candidate 1 is already drawn from"
    say(log, "s1c1-pixels", verdict(True, 8))
    assert log.state.accepted[1].candidate == 1


def test_with_more_depth_a_guess_rests_upon_a_guess() -> None:
    log = started("speculative(1, guesses=1, depth=2)")
    say(log, "s1c1")
    say(log, "s2c1")
    assert "s3c1" in waiting(log)
    say(log, "s1c1-pixels", verdict(False, 2))
    assert log.state.abandoned >= {"s3c1", "s2c1-pixels"}


def test_the_best_storyline_of_a_beam_wins_though_it_began_worse() -> None:
    log = started("beam(2, 1)", 2)
    say(log, "s1c1")
    say(log, "s1c1-pixels", verdict(True, 9))
    assert log.state.accepted[1].candidate == 1, "one storyline is left: what it holds stands"
    log = started("beam(2, 2)", 2)
    for task, score in (("s1c1", 9), ("s1c2", 8)):
        say(log, task)
        say(log, f"{task}-pixels", verdict(True, score))
    assert [(c.candidate, c.sources) for c in draws(log) if c.step == 2] == [
        (1, (picture("s1c1"),)),
        (2, (picture("s1c1"),)),
        (3, (picture("s1c2"),)),
        (4, (picture("s1c2"),)),
    ]
    for number, score in ((1, 5), (2, 4), (3, 7), (4, 6)):
        say(log, f"s2c{number}")
        say(log, f"s2c{number}-pixels", verdict(True, score))
    assert {step: end.candidate for step, end in log.state.accepted.items()} == {1: 2, 2: 3}


def test_exploring_gives_complete_groups() -> None:
    log = started("explore(3, rounds=1)", 1)
    say(log, "s1c1")
    say(log, "s1c1-pixels", verdict(False, 3, refined="one"))
    assert waiting(log) == ["s1c1-pixels-2", "s1c1-pixels-3"]
    say(log, "s1c1-pixels-2", verdict(False, 3, refined="two"))
    assert waiting(log) == ["s1c1-pixels-3"]
    say(log, "s1c1-pixels-3", verdict(False, 3, refined="two"))
    group = [(c.prompt, c.after) for c in draws(log)[1:]]
    assert group == [("one", "s1c1-pixels"), ("two", "s1c1-pixels-2"), ("two", "s1c1-pixels-3")]
    for number, good in ((2, False), (3, True), (4, True)):
        assert not log.state.accepted, "a group is drawn and judged to its end"
        say(log, f"s1c{number}")
        say(log, f"s1c{number}-pixels", verdict(good, number))
    assert log.state.accepted[1].candidate == 4
    assert not log.state.abandoned


def test_an_opinion_that_fails_leaves_a_smaller_group() -> None:
    log = started("explore(2, rounds=1)", 1)
    say(log, "s1c1")
    say(log, "s1c1-pixels", verdict(False, 3, refined="one"))
    say(log, "s1c1-pixels-2", Failure(kind="Broken", reason="broken"))
    assert [c.after for c in draws(log)[1:]] == ["s1c1-pixels"]


def test_an_installed_policy_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("patient", "stepweave.policies.search:Parallel", spelling.GROUP)
    gone = EntryPoint("gone", "no_such_package:Policy", spelling.GROUP)
    monkeypatch.setattr(spelling, "_installed", lambda: {"patient": point, "gone": gone})
    assert parse_policy("patient(7)") == Parallel(7)
    with pytest.raises(UnknownPolicy, match="cannot be loaded") as error:
        parse_policy("gone(2)")
    assert "known: gone(), patient(n=4, rounds=5, keep='first')" in str(error.value)
