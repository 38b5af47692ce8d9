"""Answers of models, as odd as they come: what is clear is read, what is not is refused with the reason."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepweave.policies.language.notation import LONGEST
from stepweave.policies.language.reading import CutOff, Looping, ReadError, Unreadable, Withheld, read
from stepweave.policies.language.wire import Wire, WirePlan, WireVerdict
from tests.policies.language.odd import Odd, odd

ODD = odd()


def test_there_are_plenty() -> None:
    assert len(ODD) >= 200
    assert len({each.text for each in ODD}) > 350


@pytest.mark.parametrize("each", ODD, ids=[each.name for each in ODD])
def test_an_odd_answer_is_read_or_refused(each: Odd) -> None:
    if isinstance(each.expected, type):
        with pytest.raises(each.expected):
            read(each.text, each.finish, each.wire)
        return
    found = read(each.text, each.finish, each.wire)
    assert found.value.model_dump(exclude_unset=True, mode="json") == each.expected


@pytest.mark.parametrize("cut", [each for each in ODD if each.expected is CutOff], ids=lambda each: each.name)
def test_what_was_cut_off_is_not_closed_when_the_server_does_not_say_so(cut: Odd) -> None:
    with pytest.raises(ReadError):
        read(cut.text, "", cut.wire)


@pytest.mark.parametrize(
    ("text", "finish", "error", "said"),
    [
        ("", "stop", Unreadable, "empty"),
        ("I cannot help with that.", "stop", Unreadable, "no JSON object in it: I cannot help"),
        ("{}", "stop", Unreadable, "previous_step_success: Field required"),
        ('{"refine_prompt": "x"}', "stop", Unreadable, "previous_step_success: Field required"),
        ('{"previous_step_success": "maybe"}', "stop", Unreadable, "not 'maybe'"),
        ('{"previous_step_success": null}', "stop", Unreadable, "previous_step_success"),
        ('{"previous_step_success": true, "semantics": 11}', "stop", Unreadable, "semantics"),
        ('{"previous_step_success": true, "semantics": NaN}', "stop", Unreadable, "semantics"),
        ('{"previous_step_success": true}', "content_filter", Withheld, "withholds"),
        ('{"previous_step_success": true' + " " * 100, "length", Looping, "' '"),
        ('{"previous_step_success": true, "refine_prompt": "' + "very " * 100, "length", Looping, "very"),
        ('{"previous_step_success": true, "refine_prompt": "very very', "repetition", Looping, "repeats"),
        ('{"previous_step_success": true, "refine_prompt": "a cat', "length", CutOff, "55 characters"),
        ("[" * 5000 + "]" * 5000, "stop", Unreadable, ""),
        ('{"previous_step_success": ' + "[" * 100_000, "stop", Unreadable, ""),
        ('"' * 70_000, "stop", Unreadable, ""),
        ("x" * 2_000_000, "stop", Unreadable, "2000000 characters, at most"),
    ],
)
def test_what_is_no_answer_is_named(text: str, finish: str, error: type[ReadError], said: str) -> None:
    with pytest.raises(error) as caught:
        read(text, finish, WireVerdict)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_marks_are_read_in_words_too() -> None:
    text = '{"previous_step_success": true, "semantics": "8/10", "quality": "7.5 of 10"}'
    found = read(text, "stop", WireVerdict).value
    assert (found.semantics, found.quality) == (8.0, 7.5)


def test_a_bare_list_of_steps_is_a_plan() -> None:
    found = read('[{"step_number": 1, "prompt": "a cat"}]', "stop", WirePlan).value
    assert [step.prompt for step in found.execution_plan] == ["a cat"]


@pytest.mark.parametrize(
    ("text", "thought"),
    [
        ('<think>so it is</think><answer>{"previous_step_success": true}</answer>', "so it is"),
        ('so it is</think><answer>{"previous_step_success": true}</answer>', "so it is"),
        ('<think>so it is<answer>{"previous_step_success": true}</answer>', "so it is"),
        ('so it is\n```json\n{"previous_step_success": true}\n```', "so it is"),
        ('{"previous_step_success": true}', ""),
    ],
)
def test_what_was_thought_is_kept(text: str, thought: str) -> None:
    assert read(text, "stop", WireVerdict).thought == thought


def test_what_is_in_notation_is_not_called_mended() -> None:
    assert not read('{"previous_step_success": true}', "stop", WireVerdict).mended
    assert read("{'previous_step_success': True}", "stop", WireVerdict).mended


PIECES = st.sampled_from(
    ["{", "}", "[", "]", '"', "'", "“", "”", ":", "：", ",", "，", "\\", "\n", " ", "<think>", "</think>", "<answer>",
     "</answer>", "```", "```json", "previous_step_success", "execution_plan", "step_number", "true", "True", "null",
     "None", "1", "-", "#", "//", "/*", "é", "画", "\ud800", "\x00", "(", ")"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=200).map("".join), st.sampled_from(["stop", "", "length", "tool_calls"]))
def test_whatever_a_model_writes_there_is_an_answer_or_a_fault(text: str, finish: str) -> None:
    for wire in (WirePlan, WireVerdict):
        _read(text, finish, wire)


LEAVES = st.none() | st.booleans() | st.integers() | st.text()
DATA = st.recursive(LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=20)


@given(DATA)
def test_whatever_data_a_model_writes_there_is_an_answer_or_a_fault(data: Any) -> None:
    for wire in (WirePlan, WireVerdict):
        _read(json.dumps(data), "stop", wire)
        _read(repr(data), "stop", wire)
        _read(json.dumps({"previous_step_success": True, "faults": data, "execution_plan": data}), "stop", wire)


def _read(text: str, finish: str, wire: type[Wire]) -> None:
    with suppress(ReadError):
        read(text, finish, wire)


@pytest.mark.parametrize("piece", ['{"', "{'a':[", '"“', "<answer>{", "```{", "{}", "\\", "['", "{1:"])
def test_no_answer_takes_long_to_read(piece: str) -> None:
    """Not a benchmark: what is bounded takes milliseconds, what is not took minutes."""
    text = piece * (LONGEST // len(piece))
    before = time.process_time()
    _read(text, "stop", WireVerdict)
    _read(text * 8, "stop", WireVerdict)
    assert time.process_time() - before < 10
