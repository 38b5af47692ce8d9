"""The vocabulary: every message that crosses the bus, as a frozen pydantic model.

A message knows its type (``TYPE``, versioned, the CloudEvents ``ce-type``) and nothing of where it travels.
Readers ignore fields they do not know, so a newer writer never breaks an older reader; a change that an older
reader would misread gets a new version of the type instead.

Four families, told apart by who writes them:

========  ==========================================  =====================================
family    written by                                  messages
========  ==========================================  =====================================
event     the submitter, then the orchestrator        RunRequested, Decided
ask       the orchestrator, once per task             MakePlan, RevisePlan, Draw, Judge, Recall, Remember
answer    whoever comes first, once per task          Plan, Drawn, Verdict, Recalled, Remembered, Failure, Abandoned
aside     people and programs, any time               Cancel, Late
========  ==========================================  =====================================

Imports nothing of ours.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

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


# ---------------------------------------------------------------------------------------------- values


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


# ---------------------------------------------------------------------------------------------- asks


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
    failed: int
    """Number of the step at which every attempt failed."""
    reasons: tuple[str, ...] = ()
    """Why its candidates were rejected, in their order."""
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
    parameters: dict[str, Parameter] = {}
    alt: str = ""
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


# ---------------------------------------------------------------------------------------------- answers


class Answer(Message):
    """What came of a task; the first one written stands for ever."""

    tokens: Annotated[int, Field(ge=0)] = 0
    """Tokens that models read and wrote for it."""


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


# ---------------------------------------------------------------------------------------------- events


AnyAsk = Annotated[MakePlan | RevisePlan | Draw | Judge | Recall | Remember, Field(discriminator="ask")]


class Command(Value):
    """A task: which ask goes to whom."""

    task: Token
    role: Token
    capability: Token
    ask: AnyAsk


class Accepted(Value):
    """A step is settled with this candidate; a step of text only has none."""

    step: int
    candidate: int | None = None
    image: Blob | None = None
    flawed: bool = False
    """No critic accepted it: it is the best-scored of the failed attempts."""


class Outcome(Value):
    """How a run ended."""

    status: Literal["completed", "flawed", "failed", "cancelled"]
    """``flawed``: complete, but for some step the best of the rejected candidates was kept."""
    reason: str = ""
    remedy: str = ""


class RunRequested(Message):
    """Someone wants a sequence."""

    TYPE = "stepweave.run.requested.v1"
    request: str
    inputs: tuple[Blob, ...] = ()
    options: Options = Options()


class Decided(Message):
    """One whole decision of the orchestrator: everything in it holds, or nothing.

    Its commands are published after it; whoever finds one missing publishes it again, for their cells are
    write-once.
    """

    TYPE = "stepweave.run.decided.v1"
    plan: tuple[Step, ...] | None = None
    """The plan adopted now: the first, or a revision of it. Accepted steps stay as they are."""
    accepted: tuple[Accepted, ...] = ()
    abandoned: tuple[Token, ...] = ()
    """Tasks called off."""
    commands: tuple[Command, ...] = ()
    outcome: Outcome | None = None
    """Set once, by the last decision of a run."""


# ---------------------------------------------------------------------------------------------- asides


class Cancel(Message):
    """End the run now, keeping what is accepted."""

    TYPE = "stepweave.run.cancel.v1"
    reason: str = ""


class Late(Message):
    """Work that was wasted: its answer came after the cell was taken, or it was stopped because it was called off."""

    TYPE = "stepweave.answer.late.v1"
    task: Token
    seconds: float
    """Time the worker had spent."""
    answer_type: str
    """What it would have been answered with; empty: the work was stopped before that."""


class Unknown(Message):
    """A message of a type this version does not know, carried as it is."""

    TYPE = "stepweave.unknown"
    type: str
    body: dict[str, Any]


EVENTS: tuple[type[Message], ...] = (RunRequested, Decided)
ASKS: tuple[type[Ask], ...] = (MakePlan, RevisePlan, Draw, Judge, Recall, Remember)
ANSWERS: tuple[type[Answer], ...] = (Plan, Drawn, Verdict, Recalled, Remembered, Failure, Abandoned)
ASIDES: tuple[type[Message], ...] = (Cancel, Late)
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
