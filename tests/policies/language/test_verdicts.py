"""From what a critic model wrote to a verdict, and the questions both are answers to."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from stepweave.messages import Blob, Fault, Judge, MakePlan, Note
from stepweave.policies.language.asking import QUOTED, Manner, again, judge_question, observe_question, plan_question
from stepweave.policies.language.dialects import DIALECTS, JSON, TAGS
from stepweave.policies.language.prompt import load
from stepweave.policies.language.reading import read
from stepweave.policies.language.verdicts import certainty_of, verdict_of
from stepweave.policies.language.wire import Wire, WireObservation, WirePlan, WireVerdict, schema_of

BLOB, BLANK, SOURCE, REFERENCE = (Blob(sha256=digit * 64, width=1, height=1, size=1) for digit in "0123")
ASK = Judge(step=2, candidate=1, prompt="add ears", drawn_prompt="add two ears", image=BLOB)


def wire(**fields: Any) -> WireVerdict:
    return WireVerdict.model_validate({"previous_step_success": False} | fields)


def test_marks_and_faults_are_taken_as_they_are() -> None:
    fault = {"aspect": "count", "subject": "ears", "expected": "two", "found": "one"}
    found = verdict_of(wire(semantics=3, quality="8/10", faults=[fault], reason="one ear", seen="a cat"), ASK)
    assert (found.accepted, found.scores.semantics, found.scores.quality) == (False, 3, 8)
    assert found.faults == (Fault(aspect="count", subject="ears", expected="two", found="one"),)
    assert (found.reason, found.seen) == ("one ear", "a cat")


@pytest.mark.parametrize(
    ("accepted", "certainty", "mark"), [(True, None, 9.0), (False, None, 1.0), (True, 0.7, 7.0), (False, 0.7, 3.0)]
)
def test_without_marks_they_are_the_probability_of_acceptance(
    accepted: bool, certainty: float | None, mark: float
) -> None:
    found = verdict_of(wire(previous_step_success=accepted), ASK, certainty=certainty)
    assert found.scores.semantics == found.scores.quality == pytest.approx(mark)


@pytest.mark.parametrize(
    ("accepted", "refined", "expected"),
    [
        (False, "add two pointed ears", "add two pointed ears"),
        (False, " add two ears\n", None),
        (False, "", None),
        (False, "None", None),
        (True, "add two pointed ears", None),
    ],
)
def test_the_next_prompt_is_one_only_if_it_is_new(accepted: bool, refined: str, expected: str | None) -> None:
    assert verdict_of(wire(previous_step_success=accepted, refine_prompt=refined), ASK).refined_prompt == expected


def test_a_thought_is_the_reason_where_there_is_no_other() -> None:
    found = verdict_of(wire(), ASK, thought="x" * 5000 + " So it lacks an ear.")
    assert found.reason.startswith("...x")
    assert found.reason.endswith("lacks an ear.")
    assert len(found.reason) == 2000


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (['{"previous_step_success"', ": ", "true", "}"], math.exp(-3)),
        (["<answer>{'previous_step", "_success': Fal", "se}"], math.exp(-2)),
        (['{"previous_step_success": "', "yes", '"}', ""], math.exp(-2)),
        (["no", "thing", "here"], None),
    ],
)
def test_certainty_is_read_from_the_judgement(tokens: list[str], expected: float | None) -> None:
    logprobs = [-float(number) for number in range(1, len(tokens) + 1)]
    assert certainty_of(tokens, logprobs) == (None if expected is None else pytest.approx(expected))
    assert certainty_of(tokens, logprobs[1:]) is None


@pytest.mark.parametrize("kind", [WirePlan, WireVerdict, WireObservation])
def test_schemas_are_strict_and_bounded(kind: type[Wire]) -> None:
    schema = schema_of(kind, longest=50, most=3)
    Draft202012Validator.check_schema(schema)

    def looked_at(part: Any) -> None:
        if isinstance(part, list):
            for each in part:
                looked_at(each)
        if not isinstance(part, dict):
            return
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
        if part.get("type") == "string":
            assert part["maxLength"] == 50
        if part.get("type") == "array":
            assert part["maxItems"] == 3
        if part.get("type") in ("integer", "number"):
            assert "enum" in part or {"minimum", "maximum"} <= set(part)
        assert "default" not in part or part["default"] is dict
        for each in part.values():
            looked_at(each)

    looked_at(schema)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("kind", [WirePlan, WireVerdict, WireObservation])
def test_what_a_model_is_shown_can_be_read_and_fits_the_schema(dialect: Any, kind: type[Wire]) -> None:
    words = dialect.words(kind)
    assert "\n" not in words
    assert read(words, "stop", kind).value
    if (schema := dialect.schema(kind, longest=100, most=3)) is not None:
        example = json.loads(words[words.index("{") : words.rindex("}") + 1])
        Draft202012Validator(schema).validate(example)


def test_a_judge_sees_a_white_picture_where_there_was_nothing() -> None:
    question = judge_question(load("judge"), ASK, Manner(JSON), blank=BLANK, n=4)
    assert [part for part in question.said[1].parts if isinstance(part, Blob)] == [BLANK, BLOB]
    assert question.n == 4
    assert question.schema is not None


def test_a_judge_sees_source_references_and_result_in_this_order() -> None:
    ask = ASK.model_copy(update={"sources": (SOURCE, REFERENCE), "story": ("a cat",)})
    question = judge_question(load("judge"), ask, Manner(TAGS), blank=BLANK)
    parts = question.said[1].parts
    assert [part for part in parts if isinstance(part, Blob)] == [SOURCE, REFERENCE, BLOB]
    text = "\n".join(part for part in parts if isinstance(part, str))
    assert "- a cat" in text
    assert "What this step asks for: add ears" in text
    assert "What the image model was told: add two ears" in text
    assert "<answer>" in text
    assert question.schema is None


def test_an_observer_sees_goal_and_photo() -> None:
    question = observe_question(load("observe"), "lift the cup", SOURCE, BLOB, Manner(JSON))
    assert [part for part in question.said[1].parts if isinstance(part, Blob)] == [SOURCE, BLOB]
    assert "lift the cup" in str(question.said[1].parts)


def test_what_the_memory_knows_is_told() -> None:
    notes = (
        Note(kind="cure", aspect="count", subject="ears", text="exactly two ears"),
        Note(kind="canvas", text="a cat on a table"),
        Note(kind="accepted"),
    )
    question = plan_question(load("plan"), MakePlan(request="draw a cat", notes=notes), Manner(JSON))
    (text,) = question.said[1].parts
    assert isinstance(text, str)
    assert "- when the count of ears came out wrong, this helped: exactly two ears\n- a cat on a table" in text


def test_who_is_asked_again_is_shown_what_was_wrong() -> None:
    question = plan_question(load("plan"), MakePlan(request="x"), Manner(JSON))
    second = again(question, "y" * 5000, "it has no steps")
    assert second.said[:2] == question.said
    assert [said.role for said in second.said[2:]] == ["assistant", "user"]
    assert second.said[2].parts == ("y" * QUOTED + "...",)
    assert "it has no steps" in str(second.said[3].parts)
    assert second.n == 1
