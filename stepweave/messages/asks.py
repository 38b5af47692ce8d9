"""Asks: pieces of work, addressed to a role and a capability, answered once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepweave.messages.values import Blob, Message, Note, Parameter, Step, Token


class Ask(Message):
    """A piece of work, addressed to a role and a capability; answered once."""


class MakePlan(Ask):
    """Write the steps for a request. Answered by :class:`Plan`."""

    TYPE = "stepweave.plan.asked.v1"
    ask: Literal["plan"] = "plan"
    request: str
    inputs: tuple[Blob, ...] = ()
    steps: int | None = None
    notes: tuple[Note, ...] = ()


class RevisePlan(Ask):
    """Plan again what is left, from the pictures there really are. Answered by :class:`Plan`.

    The answer replaces the steps from ``failed`` on; its numbers continue where the accepted steps end.
    """

    TYPE = "stepweave.revision.asked.v1"
    ask: Literal["revise"] = "revise"
    request: str
    inputs: tuple[Blob, ...] = ()
    steps: int | None = None
    plan: tuple[Step, ...]
    revision: int = 0
    """Which plan of the run that is: 0 for the first."""
    failed: int
    """Number of the step at which every attempt failed."""
    reasons: tuple[str, ...] = ()
    """Why its candidates were rejected, in their order."""
    rejected: bool = False
    """A person rejected the whole plan before anything of it was drawn; no step has failed."""
    notes: tuple[Note, ...] = ()


class Draw(Ask):
    """Draw one candidate of a step. Answered by :class:`Drawn`."""

    TYPE = "stepweave.candidate.asked.v1"
    ask: Literal["draw"] = "draw"
    step: int
    candidate: int
    """Counted from 1 within the step."""
    prompt: str
    sources: tuple[Blob, ...] = ()
    """The first is edited, the rest are references; empty: text to image."""
    seed: int
    width: int
    height: int
    parameters: dict[str, Parameter] = {}  # noqa: RUF012 - pydantic copies it
    alt: str = ""
    beside: bool = False
    """A person asked for it beside what there is; it counts only when a person approves it."""
    after: Token | None = None
    """The task of the critique after which it was ordered, and whose refined prompt it has unless that is switched off;
    ``None``: it is a first attempt."""


class Judge(Ask):
    """Look at a candidate. Answered by :class:`Verdict`."""

    TYPE = "stepweave.verdict.asked.v1"
    ask: Literal["judge"] = "judge"
    step: int
    candidate: int
    prompt: str
    """What the step asks for, as planned: the candidate is judged by this."""
    drawn_prompt: str
    """What the generator was really told: the planned prompt, or a refinement of it."""
    sources: tuple[Blob, ...] = ()
    image: Blob
    notes: tuple[Note, ...] = ()
    story: tuple[str, ...] = ()
    """The planned prompts that led to the first source, oldest first; empty where it was given or there is none."""
    opinion: Annotated[int, Field(ge=1)] = 1
    """Which of several opinions on the same candidate this is; a critic that samples gives another one each time. The
    first one decides, the others are asked for their refined prompts."""


class Recall(Ask):
    """What is known that bears on this? Answered by :class:`Recalled`."""

    TYPE = "stepweave.recall.asked.v1"
    ask: Literal["recall"] = "recall"
    text: str
    kinds: tuple[str, ...] = ("cure",)
    run_only: bool = False
    """Only notes of this run."""
    limit: Annotated[int, Field(ge=1)] = 20


class Remember(Ask):
    """Keep these notes. Answered by :class:`Remembered`."""

    TYPE = "stepweave.remember.asked.v1"
    ask: Literal["remember"] = "remember"
    notes: tuple[Note, ...]
