"""How search policies are written, and what is said when they are written wrongly."""

from __future__ import annotations

import pytest

from stepweave.policies.search import Sequential, UnknownPolicy, parse_policy


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
