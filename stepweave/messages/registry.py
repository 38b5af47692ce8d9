"""Every message by its type, and how messages are written and read."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from stepweave.messages.answers import Abandoned, Answer, Drawn, Failure, Plan, Recalled, Remembered, Verdict
from stepweave.messages.asides import Approve, Branch, Cancel, Control, Edit, Late, Pick, Redo, Reject, Unknown
from stepweave.messages.asks import Ask, Draw, Judge, MakePlan, Recall, Remember, RevisePlan
from stepweave.messages.events import (
    Decided,
    RunForked,
    RunRequested,
)
from stepweave.messages.values import (
    Message,
)

EVENTS: tuple[type[Message], ...] = (RunRequested, RunForked, Decided)
ASKS: tuple[type[Ask], ...] = (MakePlan, RevisePlan, Draw, Judge, Recall, Remember)
ANSWERS: tuple[type[Answer], ...] = (Plan, Drawn, Verdict, Recalled, Remembered, Failure, Abandoned)
CONTROLS: tuple[type[Control], ...] = (Approve, Reject, Redo, Edit, Branch, Pick)
ASIDES: tuple[type[Message], ...] = (Cancel, *CONTROLS, Late)
ANSWERED_BY: dict[type[Ask], type[Answer]] = {
    MakePlan: Plan,
    RevisePlan: Plan,
    Draw: Drawn,
    Judge: Verdict,
    Recall: Recalled,
    Remember: Remembered,
}
"""What answers each ask, unless it fails or is called off."""
MESSAGES: dict[str, type[Message]] = {m.TYPE: m for m in (*EVENTS, *ASKS, *ANSWERS, *ASIDES)}
"""Every message of this version by its type."""

_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(model) for name, model in MESSAGES.items()}


def encode(message: Message) -> bytes:
    """The body of a message: the JSON of its model, in UTF-8."""
    if isinstance(message, Unknown):
        return TypeAdapter(dict[str, Any]).dump_json(message.body)
    return message.__pydantic_serializer__.to_json(message)


def decode(type_: str, body: bytes) -> Message:
    """Read a body back by its type; a type of another version or another writer comes back as ``Unknown``.

    Raises:
        pydantic.ValidationError: the body is not what its type promises.
    """
    adapter = _ADAPTERS.get(type_)
    if adapter is None:
        return Unknown(type=type_, body=TypeAdapter(dict[str, Any]).validate_json(body))
    message: Message = adapter.validate_json(body)
    return message
