"""The schemas that are published: golden files, references, and the documents people validate against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from stepweave.messages import (
    ANSWERS,
    ASKS,
    MESSAGES,
    Abandoned,
    Accepted,
    Approve,
    Attempted,
    Blob,
    Branch,
    Cancel,
    Command,
    Decided,
    Draw,
    Drawn,
    Edit,
    Failure,
    Fault,
    FromInput,
    FromStep,
    Heeded,
    Judge,
    Late,
    MakePlan,
    Message,
    Note,
    Options,
    Origin,
    Outcome,
    Parent,
    Pick,
    Plan,
    Preference,
    Recall,
    Recalled,
    Redo,
    Reject,
    Remember,
    Remembered,
    RevisePlan,
    RunForked,
    RunRequested,
    Scores,
    Step,
    Verdict,
    decode,
    encode,
)
from stepweave.schema import REPLIES, ROLES, asyncapi, schema, schemas

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "schema"


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def resolve(document: Any, reference: str) -> Any:
    for part in reference.removeprefix("#/").split("/"):
        document = document[part]
    return document


@pytest.mark.parametrize("type_", sorted(MESSAGES))
def test_a_schema_changes_only_on_purpose(type_: str) -> None:
    golden = json.loads((GOLDEN / f"{type_}.json").read_text())
    assert schemas()[type_] == golden, "write it anew with: stepweave schema --out tests/golden/schema"


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == MESSAGES.keys()


def test_the_document_in_docs_is_the_one_the_code_makes() -> None:
    written = json.loads((ROOT / "docs" / "asyncapi.json").read_text())
    assert written == asyncapi(), "write it anew with: stepweave schema --asyncapi --out docs"


@pytest.mark.parametrize("type_", sorted(MESSAGES))
def test_schemas_are_valid_and_describe_themselves(type_: str) -> None:
    made = schemas()[type_]
    Draft202012Validator.check_schema(made)
    assert made["description"]
    assert ":class:" not in json.dumps(made)


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi()
    found = set(references(document))
    assert len(found) > 40
    for reference in found:
        assert resolve(document, reference)


def test_every_message_travels_on_a_channel() -> None:
    document = asyncapi()
    carried = {name for channel in document["channels"].values() for name in channel["messages"]}
    assert carried == {model.__name__ for model in MESSAGES.values()} == document["components"]["messages"].keys()


def test_every_parameter_of_an_address_is_declared() -> None:
    for channel in asyncapi()["channels"].values():
        assert set(channel["parameters"]) == {part.strip("{}") for part in channel["address"].split(".") if "{" in part}


def test_every_ask_has_a_role_and_an_answer() -> None:
    assert set(ASKS) == REPLIES.keys() == ROLES.keys()
    assert set(REPLIES.values()) <= set(ANSWERS)


BLOB = Blob(sha256="a" * 64, width=512, height=512, size=1000)
STEP = Step(number=1, name="The sun", prompt="a sun", sources=(FromStep(step=1), FromInput(index=0)))
NOTE = Note(kind="cure", text="exactly one sun", subject="sun", aspect="count", before="a sun", image=BLOB)
DRAW = Draw(step=1, candidate=1, prompt="a sun", seed=7, width=512, height=512, parameters={"fault_rate": 0.3})
EXAMPLES: tuple[Message, ...] = (
    RunRequested(request="a sun", inputs=(BLOB,), options=Options(parameters={"turbo": True}, memory=None)),
    Decided(
        plan=(STEP,),
        accepted=(Accepted(step=1, candidate=2, image=BLOB, flawed=True),),
        abandoned=("s1c3",),
        commands=(Command(task="s1c1", role="generator", capability="sketch", ask=DRAW),),
        outcome=Outcome(status="flawed"),
        reopened=(2,),
        redone=(2,),
        rejected=("s2c1",),
        proposed=(Accepted(step=2, candidate=2, image=BLOB),),
        heeded=(Heeded(control="word"), Heeded(control="other", refused="there is no step 9")),
        preferences=(Preference(step=2, preferred=BLOB, over=(BLOB,), reason="prettier"),),
    ),
    RunForked(
        request="a sun",
        parent=Parent(run="r", how="fork", step=1),
        plan=(STEP,),
        accepted=(Accepted(step=1, image=BLOB, taken=Origin(run="r", step=1, candidate=2)),),
        attempted=(Attempted(ask=DRAW, drawn=Drawn(image=BLOB)),),
    ),
    MakePlan(request="a sun", inputs=(BLOB,), steps=3, notes=(NOTE,)),
    RevisePlan(request="a sun", plan=(STEP,), failed=1, reasons=("no sun",)),
    DRAW,
    Judge(step=1, candidate=1, prompt="a sun", drawn_prompt="one sun", image=BLOB),
    Recall(text="a sun"),
    Remember(notes=(NOTE,)),
    Plan(steps=(STEP,)),
    Drawn(image=BLOB, tool="sketch"),
    Verdict(accepted=False, scores=Scores(semantics=1, quality=9.5), faults=(Fault(aspect="count"),)),
    Recalled(notes=(NOTE,)),
    Remembered(count=1),
    Failure(kind="Refused", reason="too large"),
    Abandoned(),
    Cancel(reason="enough"),
    Approve(step=1, candidate=2),
    Reject(reason="another plan"),
    Redo(step=1),
    Edit(step=1, prompt="a moon"),
    Branch(step=1, count=2),
    Pick(step=1, image=BLOB, origin=Origin(run="r", step=1)),
    Late(task="s1c1", seconds=1.5, answer_type=Drawn.TYPE),
)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_no_value(word: str) -> None:
    """It could be read, but is written as null, so that whoever reads that again would find no message."""
    body = f'{{"request": "x", "options": {{"parameters": {{"fault_rate": {word}}}}}}}'
    with pytest.raises(ValidationError):
        decode(RunRequested.TYPE, body.encode())


def test_there_is_an_example_of_every_message() -> None:
    assert {type(message) for message in EXAMPLES} == set(MESSAGES.values())


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_what_we_send_fits_the_schema(message: Message) -> None:
    Draft202012Validator(schema(type(message))).validate(json.loads(encode(message)))
