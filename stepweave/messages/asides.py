"""Asides: what people and programs say about a run at any time."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from stepweave.messages.events import Origin
from stepweave.messages.values import Blob, Message, Token, Value


class Cancel(Message):
    """End the run now, keeping what is accepted."""

    TYPE = "stepweave.run.cancel.v1"
    reason: str = ""


class Control(Message):
    """What a person, or a program outside, tells a run; heeded once, in the order of the log."""


class Approve(Control):
    """This it is: the plan, or a candidate for its step, whatever the critics said."""

    TYPE = "stepweave.run.approve.v1"
    step: int | None = None
    """``None``: the plan."""
    candidate: int | None = None
    """``None``: the one that waits for approval."""
    reason: str = ""


class Reject(Control):
    """Not this: the plan, or a candidate; the run goes on looking for another."""

    TYPE = "stepweave.run.reject.v1"
    step: int | None = None
    """``None``: the plan."""
    candidate: int | None = None
    """``None``: the one that waits for approval, or else the one that was kept."""
    reason: str = ""


class Redo(Control):
    """Draw a step anew, as if nothing had been tried, and whatever was drawn from it."""

    TYPE = "stepweave.run.redo.v1"
    step: int
    reason: str = ""


class Edit(Control):
    """Change a step of the plan; what is ``None`` stays. Only with another prompt it is drawn anew."""

    TYPE = "stepweave.run.edit.v1"
    step: int
    name: str | None = None
    instruction: str | None = None
    prompt: str | None = None
    text: str | None = None
    alt: str | None = None


class Branch(Control):
    """Draw further candidates of a step beside what there is; they count only when a person approves one."""

    TYPE = "stepweave.run.branch.v1"
    step: int
    count: Annotated[int, Field(ge=1, le=16)] = 1
    prompt: str | None = None
    """``None``: as planned."""


class Pick(Control):
    """Settle a step with the picture of another run."""

    TYPE = "stepweave.run.pick.v1"
    step: int
    image: Blob
    origin: Origin


class Late(Message):
    """Work that was wasted: its answer came after the cell was taken, or it was stopped because it was called off."""

    TYPE = "stepweave.answer.late.v1"
    task: Token
    seconds: float
    """Time the worker had spent."""
    answer_type: str
    """What it would have been answered with; empty: the work was stopped before that."""


class Progress(Value):
    """How far a picture is; said while it is drawn to whoever listens, and never kept."""

    step: Annotated[int, Field(ge=0)]
    """Steps of the sampler that are done."""
    steps: Annotated[int, Field(ge=0)] = 0
    """Of how many; 0: not known."""
    preview: Annotated[str, Field(max_length=60_000)] = ""
    """A small JPEG of what there is so far, as base64; empty: none."""


class Unknown(Message):
    """A message of a type this version does not know, carried as it is."""

    TYPE = "stepweave.unknown"
    type: str
    body: dict[str, Any]
