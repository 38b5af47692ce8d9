"""The vocabulary for programs in other languages: a JSON Schema per message and one AsyncAPI 3 document.

Both are generated from the models, descriptions included, so that they cannot say anything else than the code.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from stepweave import __version__, messages
from stepweave.messages import ANSWERS, ASIDES, ASKS, CONTROLS, EVENTS, MESSAGES, Ask, Message

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FAILED = (messages.Failure, messages.Abandoned)
REPLIES: Mapping[type[Ask], type[Message]] = {
    messages.MakePlan: messages.Plan,
    messages.RevisePlan: messages.Plan,
    messages.Draw: messages.Drawn,
    messages.Judge: messages.Verdict,
    messages.Recall: messages.Recalled,
    messages.Remember: messages.Remembered,
}
"""What answers each ask, if all goes well."""

ROLES: Mapping[type[Ask], str] = {
    messages.MakePlan: "planner",
    messages.RevisePlan: "planner",
    messages.Draw: "generator",
    messages.Judge: "critic",
    messages.Recall: "memory",
    messages.Remember: "memory",
}
"""Who answers each ask."""

PARAMETERS: Mapping[str, str] = {
    "namespace": "First token of every subject; `stepweave` unless set otherwise.",
    "run": "Name of the run: letters, digits, underscores and hyphens, at most 64, as every token here.",
    "kind": "What the event or note is about.",
    "number": "How many events the run has before this one; 0 for the request.",
    "role": "Who is asked: planner, generator, critic, memory, or a role of your own.",
    "capability": "Which kind of that role, e.g. `sketch`.",
    "task": "Name of the task, the same in the ask and in its answer.",
    "id": "Any name that no other control or note of the run has.",
    "sha256": "Hash of the picture in lower-case hexadecimal.",
}


def schema(model: type[Message]) -> Json:
    """The JSON Schema of one message's body."""
    made = model.model_json_schema()
    _describe(made, model.__name__, made.get("$defs", {}))
    return {"$schema": DIALECT, "$id": f"urn:{model.TYPE.replace('.', ':')}", **made}


def schemas() -> dict[str, Json]:
    """The JSON Schema of every message's body, by its type."""
    return {type_: schema(model) for type_, model in MESSAGES.items()}


def asyncapi() -> Json:
    """The whole of the traffic as one AsyncAPI 3 document."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:stepweave",
        "info": {
            "title": "stepweave",
            "version": __version__,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "nats": {"host": "localhost:4222", "protocol": "nats", "description": "NATS 2.14.6+ with JetStream."}
        },
        "channels": _channels(),
        "operations": _operations(),
        "components": {
            "messages": {model.__name__: _message(model) for model in MESSAGES.values()},
            "schemas": {"CloudEvent": _ENVELOPE, **_shared_schemas()},
            "parameters": {name: {"description": text} for name, text in PARAMETERS.items()},
        },
    }


_DESCRIPTION = textwrap.dedent("""\
    Agents that turn a request into an interleaved sequence of words and pictures, and know each other only by these
    messages. All of a run is in one JetStream stream under its own prefix. A command and its answer are write-once
    cells: publish them with `Nats-Expected-Last-Subject-Sequence: 0`, and who comes first stands for ever. Every
    message is a CloudEvents 1.0 event in binary mode. Readers ignore fields and types they do not know.""")

_ENVELOPE: Json = {
    "type": "object",
    "description": "CloudEvents 1.0 in binary mode: the attributes are headers of the NATS message.",
    "required": ["ce-specversion", "ce-type", "ce-source", "ce-id", "ce-time"],
    "properties": {
        "ce-specversion": {"const": "1.0"},
        "ce-type": {"type": "string", "description": "Type and version of the message."},
        "ce-source": {"type": "string", "description": "Who wrote it, as a URI reference."},
        "ce-subject": {"type": "string", "description": "The run, or run and task: `<run>/<task>`."},
        "ce-id": {"type": "string", "description": "Unique for its source."},
        "ce-time": {"type": "string", "format": "date-time", "description": "When it was written, UTC."},
        "content-type": {"const": "application/json"},
        "traceparent": {"type": "string", "description": "W3C trace context."},
    },
}


def _channels() -> Json:
    run = "{namespace}.run.{run}"
    return {
        "events": _channel(
            f"{run}.ev.{{kind}}.{{number}}", EVENTS, "What was requested and decided; guarded by the last event."
        ),
        "commands": _channel(f"{run}.cmd.{{role}}.{{capability}}.{{task}}", ASKS, "Tasks, each written once."),
        "answers": _channel(
            f"{run}.done.{{role}}.{{capability}}.{{task}}", ANSWERS, "What came of a task; the first answer stands."
        ),
        "controls": _channel(
            f"{run}.ctl.{{id}}", (messages.Cancel, *CONTROLS), "What people and programs outside say to a run."
        ),
        "notes": _channel(f"{run}.note.{{kind}}.{{id}}", (messages.Late,), "Late facts about a run."),
    }


def _channel(address: str, models: Iterable[type[Message]], description: str) -> Json:
    names = re.findall(r"{(\w+)}", address)
    return {
        "address": address,
        "description": description,
        "parameters": {name: {"$ref": f"#/components/parameters/{name}"} for name in names},
        "messages": {model.__name__: {"$ref": f"#/components/messages/{model.__name__}"} for model in models},
    }


def _operations() -> Json:
    """What agents do, from their point of view, and what everybody else may do."""
    return {
        **{f"answer{ask.__name__}": _answering(ask) for ask in ASKS},
        "request": _operation("send", "events", (messages.RunRequested,), "Begin a run."),
        "follow": _operation("receive", "events", EVENTS, "See what is decided."),
        "cancel": _operation("send", "controls", (messages.Cancel,), "End a run."),
        "steer": _operation("send", "controls", CONTROLS, "Approve, reject or change what a run does."),
        "noteLate": _operation("send", "notes", (messages.Late,), "Tell of work that was done in vain."),
    }


def _answering(ask: type[Ask]) -> Json:
    answers = (REPLIES[ask], *FAILED)
    replies = [{"$ref": f"#/channels/answers/messages/{answer.__name__}"} for answer in answers]
    return {
        **_operation("receive", "commands", (ask,), f"A {ROLES[ask]} answers {ask.__name__}."),
        "reply": {"channel": {"$ref": "#/channels/answers"}, "messages": replies},
    }


def _operation(action: str, channel: str, models: Iterable[type[Message]], summary: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
        "messages": [{"$ref": f"#/channels/{channel}/messages/{model.__name__}"} for model in models],
    }


def _message(model: type[Message]) -> Json:
    family = {EVENTS: "event", ASKS: "ask", ANSWERS: "answer", ASIDES: "aside"}
    tag = next(name for models, name in family.items() if model in models)
    return {
        "name": model.TYPE,
        "title": model.__name__,
        "summary": _words(model.__doc__).split("\n")[0],
        "contentType": "application/json",
        "tags": [{"name": tag}],
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/CloudEvent"},
                {"type": "object", "properties": {"ce-type": {"const": model.TYPE}}},
            ]
        },
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
    }


def _shared_schemas() -> dict[str, Json]:
    """The schemas of all bodies with the values they share, each once."""
    models = [(model, "validation") for model in MESSAGES.values()]
    _, made = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    found: dict[str, Json] = made["$defs"]
    for name in found:
        _describe(found[name], name, {})
    return {name: _without_discriminators(found[name]) for name in sorted(found)}


def _without_discriminators(value: Any) -> Any:
    """Without OpenAPI's discriminator objects, which AsyncAPI does not have; the tags are constants anyway."""
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key != "discriminator" or not isinstance(inner, dict)}
        return {key: _without_discriminators(inner) for key, inner in kept.items()}
    return [_without_discriminators(inner) for inner in value] if isinstance(value, list) else value


def _describe(schema_: Json, name: str, definitions: Mapping[str, Json]) -> None:
    """Add what the code says about each field, and take the markup out of what it says about the model."""
    for inner, definition in [(name, schema_), *definitions.items()]:
        model = getattr(messages, inner, None)
        if "description" in definition:
            definition["description"] = _words(definition["description"])
        if isinstance(model, type) and issubclass(model, BaseModel):
            for field, text in field_docs(model).items():
                definition.get("properties", {}).get(field, {}).setdefault("description", text)


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring below each field of a model, its own and inherited ones."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base is not BaseModel and issubclass(base, BaseModel):
            found |= _own_docs(base)
    return found


def _own_docs(model: type[BaseModel]) -> dict[str, str]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            value = below.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[field.target.id] = " ".join(_words(value.value).split())
    return found


def _words(text: str | None) -> str:
    """A docstring as plain words: no roles, no double backticks."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", inspect.cleandoc(text or ""))
    return text.replace("``", "`")
