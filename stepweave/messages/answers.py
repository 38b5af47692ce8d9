"""Answers: what came of a task; the first one written stands for ever."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stepweave.messages.calls import Call, Made
from stepweave.messages.values import Blob, Cause, Fault, Message, Note, Scores, Step


class Answer(Message):
    """What came of a task; the first one written stands for ever."""

    tokens: Annotated[int, Field(ge=0)] = 0
    """Tokens that models read and wrote for it."""
    calls: tuple[Call, ...] = ()
    """The calls of models that led to it, in their order."""


class Plan(Answer):
    """The steps of a sequence, in order."""

    TYPE = "stepweave.plan.made.v1"
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Drawn(Answer):
    """A candidate picture."""

    TYPE = "stepweave.candidate.drawn.v1"
    image: Blob
    tool: str = ""
    """Which tool and model drew it, with version."""
    seconds: float = 0.0
    """Time the tool took."""
    made: Made | None = None
    """How it was made, where a model made it."""


class Verdict(Answer):
    """What a critic thinks of a candidate, and what it would ask for instead."""

    TYPE = "stepweave.verdict.given.v1"
    accepted: bool
    scores: Scores
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    refined_prompt: str | None = None
    """The next prompt to try; ``None`` when accepted or when there is nothing to add."""
    seen: str = ""
    """What the critic saw in the picture, in words."""


class Recalled(Answer):
    """What the memory knows, most relevant first."""

    TYPE = "stepweave.notes.recalled.v1"
    notes: tuple[Note, ...] = ()


class Remembered(Answer):
    """The notes were kept."""

    TYPE = "stepweave.notes.remembered.v1"
    count: int


class Failure(Answer):
    """The task could not be done; not the end of the run unless nothing else is left to try."""

    TYPE = "stepweave.task.failed.v1"
    kind: str
    """The error's class, e.g. ``CannotPlan``, ``Refused``, ``ToolFailed``."""
    reason: str
    remedy: str = ""
    """What the user can do about it."""
    cause: Cause = "permanent"
    """Whether the very same ask would fail again, or what else it was."""

    @property
    def permanent(self) -> bool:
        """Whether the very same ask would fail again."""
        return self.cause == "permanent"


class Abandoned(Answer):
    """Called off by the orchestrator before an answer was written."""

    TYPE = "stepweave.task.abandoned.v1"
    reason: str = ""
