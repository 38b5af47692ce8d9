"""What messages are made of: pictures, steps, notes, scores, and everything a run is asked to do."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""One subject token: what names of runs, tasks, roles and capabilities are made of."""

Cause = Literal["transient", "permanent", "bad_answer"]
"""Why a task failed: its surroundings did not work for a while; the ask itself cannot be done; the agent said something
that is no answer."""

Parameter = bool | int | float | str
"""A value of a tool's own parameter, as it was asked for."""


class Value(BaseModel):
    """A frozen part of a message; unknown fields are ignored, so that readers outlive writers.

    Numbers are finite: JSON has no other, so that what is no number could be written and never read again.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Message(Value):
    """A frozen, versioned message; ``TYPE`` is its CloudEvents type."""

    TYPE: ClassVar[str]


class Blob(Value):
    """A content-addressed picture: the hash is its name, and is checked on every read."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str = "image/png"
    width: Annotated[int, Field(ge=1)]
    """Pixels."""
    height: Annotated[int, Field(ge=1)]
    """Pixels."""
    size: Annotated[int, Field(ge=1)]
    """Bytes."""


class FromStep(Value):
    """The accepted picture of an earlier step."""

    kind: Literal["step"] = "step"
    step: Annotated[int, Field(ge=1)]


class FromInput(Value):
    """A picture given with the request, counted from 0."""

    kind: Literal["input"] = "input"
    index: Annotated[int, Field(ge=0)]


Source = Annotated[FromStep | FromInput, Field(discriminator="kind")]


class Step(Value):
    """One step of a plan: words for the reader, a prompt for the generator, or only one of them."""

    number: Annotated[int, Field(ge=1)]
    name: str = ""
    """A short title."""
    instruction: str = ""
    """What the reader is told to do or shown."""
    prompt: str | None = None
    """What the generator is asked for; ``None`` makes a step of text only, for which nothing is drawn."""
    text: str | None = None
    """Further text to set beside the picture (the paper's auxiliary text)."""
    alt: str = ""
    """What the picture shows, for those who cannot see it."""
    sources: tuple[Source, ...] = ()
    """The pictures it starts from: the first one is edited, the rest are references. Empty: drawn from nothing."""

    @property
    def before(self) -> tuple[int, ...]:
        """The numbers of the steps it starts from, each once."""
        return tuple(dict.fromkeys(source.step for source in self.sources if isinstance(source, FromStep)))


class Note(Value):
    """Something worth remembering."""

    kind: Literal["canvas", "accepted", "cure"]
    """``canvas``: what is in the picture of a step; ``accepted``: which picture a step ended with;
    ``cure``: a refinement of a prompt after which a fault was gone."""
    step: int | None = None
    text: str = ""
    """The note in words; for a cure, the prompt that cured."""
    subject: str = ""
    """What it is about (for a cure, the thing that came out wrong)."""
    aspect: str = ""
    """For a cure: the aspect that was wrong (colour, place, size, count, ...)."""
    before: str = ""
    """For a cure: the prompt that failed."""
    image: Blob | None = None


class Scores(Value):
    """Marks out of ten, as in the paper: did the intended change happen, and is the picture sound."""

    semantics: Annotated[float, Field(ge=0, le=10)]
    quality: Annotated[float, Field(ge=0, le=10)]

    @property
    def overall(self) -> float:
        """The smaller of the two, 0-10: a picture is as good as its worse side."""
        return min(self.semantics, self.quality)


class Fault(Value):
    """One thing a critic found wrong."""

    aspect: str
    """colour, place, size, count, missing, extra, damaged, quality, ..."""
    subject: str = ""
    expected: str = ""
    found: str = ""


class Budget(Value):
    """What a run may use up; reaching any bound ends it cleanly."""

    images: Annotated[int, Field(ge=1)] | None = None
    """Candidates drawn."""
    seconds: Annotated[float, Field(gt=0)] | None = None
    """Since the request."""
    tokens: Annotated[int, Field(ge=1)] | None = None
    """Read and written by models for all answers together."""


class Options(Value):
    """Everything a run is asked to do beside its text and pictures."""

    planner: Token = "rules"
    generator: Token = "sketch"
    critics: tuple[Token, ...] = ("pixels",)
    """Judges of every candidate; empty: every candidate is accepted unseen."""
    agreement: Literal["all", "any"] = "all"
    """With several critics: whose yes is needed."""
    memory: Token | None = "local"
    """Capability of the memory; ``None`` switches it off."""
    policy: str = "sequential(5)"
    """The search policy, as it is written on the command line."""
    exhausted: Literal["best", "replan", "stop"] = "best"
    """When every attempt at a step failed: keep the best-scored candidate, plan again from there, or stop."""
    refine: bool = True
    """Whether the next attempt is drawn with the prompt that the critic refined; if not, with the planned one again."""
    revisions: Annotated[int, Field(ge=0)] = 1
    """How often a run may plan again."""
    steps: Annotated[int, Field(ge=1)] | None = None
    """The number of steps the plan must have, if stated."""
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    width: Annotated[int, Field(ge=1)] = 512
    height: Annotated[int, Field(ge=1)] = 512
    parameters: dict[str, Parameter] = {}
    """Parameters of the generator's own; one it does not have is refused."""
    budget: Budget = Budget()
    priority: Literal["interactive", "background"] = "interactive"
    """Whose commands go first: those of a background run wait until a worker has nothing else to do."""
    approval: Literal["none", "plan", "steps", "all"] = "none"
    """What waits for a person's word: the plan before anything is drawn, the picture of every step, or both."""
