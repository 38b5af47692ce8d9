"""Events: what was requested and what was decided."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepweave.messages.answers import Drawn
from stepweave.messages.asks import Draw, Judge, MakePlan, Recall, Remember, RevisePlan
from stepweave.messages.values import Blob, Message, Options, Step, Token, Value

AnyAsk = Annotated[MakePlan | RevisePlan | Draw | Judge | Recall | Remember, Field(discriminator="ask")]


class Command(Value):
    """A task: which ask goes to whom."""

    task: Token
    role: Token
    capability: Token
    ask: AnyAsk


class Origin(Value):
    """Where a picture of another run was taken from."""

    run: Token
    step: int
    candidate: int | None = None
    """``None``: that run had it from elsewhere, too."""


class Accepted(Value):
    """A step is settled with this candidate; a step of text only has none."""

    step: int
    candidate: int | None = None
    image: Blob | None = None
    flawed: bool = False
    """No critic accepted it: it is the best-scored of the failed attempts."""
    taken: Origin | None = None
    """The picture is one of another run."""


class Heeded(Value):
    """A person's word was taken note of."""

    control: Token
    """Its id."""
    refused: str = ""
    """Why it could not be followed; empty: it was."""


class Preference(Value):
    """What a person likes better: late truth to learn from."""

    step: int
    preferred: Blob | None = None
    """The picture chosen; ``None``: those named are no good, and nothing was chosen instead."""
    over: tuple[Blob, ...] = ()
    """The pictures that it was preferred to."""
    reason: str = ""


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

    @property
    def replays(self) -> bool:
        """Whether the candidates of another run are judged again, and nothing else."""
        return False


class Parent(Value):
    """The run that another one was made from."""

    run: Token
    how: Literal["fork", "pick", "replay"]
    """``fork``: from a step on it is drawn anew; ``pick``: a step has the picture of another run; ``replay``: its
    candidates are judged again and nothing is drawn."""
    step: int | None = None
    """The first step that is drawn anew, or the one that was picked."""


class Attempted(Value):
    """A candidate that another run has drawn."""

    ask: Draw
    drawn: Drawn


class RunForked(RunRequested):
    """Someone wants a sequence that goes on from what another run has.

    It stands by itself: all that it takes over is in here, pictures by their hashes, so that the other run may be
    removed.
    """

    TYPE = "stepweave.run.forked.v1"
    parent: Parent
    plan: tuple[Step, ...]
    """The plan that is in force from the beginning."""
    accepted: tuple[Accepted, ...] = ()
    """The steps that are settled from the beginning."""
    attempted: tuple[Attempted, ...] = ()
    """For a replay: the candidates to be judged."""

    @property
    def replays(self) -> bool:
        """Whether the candidates of the other run are judged again, and nothing else."""
        return self.parent.how == "replay"


class Decided(Message):
    """One whole decision of the orchestrator: everything in it holds, or nothing.

    Its commands are published after it; whoever finds one missing publishes it again, for their cells are
    write-once.
    """

    TYPE = "stepweave.run.decided.v1"
    plan: tuple[Step, ...] | None = None
    """The plan adopted now: the first, or a revision of it. Steps that stay as they are keep their pictures."""
    approved: bool = False
    """A person agrees with the plan in force."""
    reopened: tuple[int, ...] = ()
    """Steps that are open again, for their picture, or one that it was drawn from, was taken back."""
    redone: tuple[int, ...] = ()
    """Steps whose candidates so far count no more."""
    rejected: tuple[Token, ...] = ()
    """Drawing tasks of candidates that a person rejected."""
    proposed: tuple[Accepted, ...] = ()
    """Candidates that wait for a person's word before their step is settled with them."""
    accepted: tuple[Accepted, ...] = ()
    abandoned: tuple[Token, ...] = ()
    """Tasks called off."""
    commands: tuple[Command, ...] = ()
    heeded: tuple[Heeded, ...] = ()
    """The words of people that this answers."""
    preferences: tuple[Preference, ...] = ()
    outcome: Outcome | None = None
    """Set once, by the last decision of a run."""
