"""The messages of runs that are under way, made by the policies themselves: pure, without a broker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stepweave.bus import Record
from stepweave.messages import (
    Answer,
    Ask,
    Blob,
    Draw,
    Drawn,
    Fault,
    FromStep,
    Judge,
    MakePlan,
    Message,
    Options,
    Plan,
    Recalled,
    Remembered,
    RunRequested,
    Scores,
    Step,
    Verdict,
)
from stepweave.policies.decide import decide, kind
from stepweave.policies.state import RunState, cell, fold

START = datetime(2026, 1, 1, tzinfo=UTC)
RUN = "template"
_PER_ATTEMPT = 6
"""Messages: the decision, the command and the answer of a drawing and of its judgement."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a run: where it stands below the run's own subject, and what it says."""

    branch: str
    tokens: tuple[str, ...]
    """Of an event, without the number of events before it."""
    message: Message


def history(length: int, *, attempts: int = 3) -> list[Told]:
    """The first ``length`` messages of one run, commands included; the run is still under way then.

    Every step is accepted at its last attempt, and there is one step more than is reached.
    """
    told: list[Told] = []
    for each in _life(length // (_PER_ATTEMPT * attempts) + 2, attempts):
        if len(told) == length:
            return told
        told.append(each)
    raise ValueError(f"a run has no {length} messages")


def _life(steps: int, attempts: int) -> Iterator[Told]:
    state, sequence = RunState(RUN), 0

    def heard(told: Told) -> Told:
        nonlocal state, sequence
        sequence += 1
        moment = START + timedelta(seconds=sequence)
        tokens = (*told.tokens, str(state.events)) if told.branch == "ev" else told.tokens
        record = Record(told.message, RUN, told.branch, tokens, sequence, moment, "/orchestrator", str(sequence))
        state = fold(state, record)
        return told

    yield heard(Told("ev", ("requested",), RunRequested(request="a long story", options=Options())))
    while (decision := decide(state, START)) is not None or state.waiting():
        if decision is not None:
            yield heard(Told("ev", (kind(decision, state),), decision))
            for command in decision.commands:
                yield heard(Told("cmd", cell(command), command.ask))
        else:
            command = state.waiting()[0]
            yield heard(Told("done", cell(command), _answer(command.ask, steps, attempts)))


def _answer(ask: Ask, steps: int, attempts: int) -> Answer:
    if isinstance(ask, MakePlan):
        return Plan(steps=tuple(_step(number) for number in range(1, steps + 1)))
    if isinstance(ask, Draw):
        digest = hashlib.sha256(f"{ask.step}/{ask.candidate}".encode()).hexdigest()
        return Drawn(image=Blob(sha256=digest, width=512, height=512, size=20_000), tool="sketch 1", seconds=0.02)
    if isinstance(ask, Judge):
        return _verdict(ask, good=ask.candidate >= attempts)
    return Recalled() if ask.TYPE.startswith("stepweave.recall") else Remembered(count=1)


def _step(number: int) -> Step:
    return Step(
        number=number,
        name=f"Step {number}",
        instruction=f"Draw the next part of the picture, number {number}, to the left of the part before it.",
        prompt=f"add a small red boat number {number} to the left of the house, on the water, below the sun",
        alt=f"A house by the water under the sun, with {number} red boats to its left",
        sources=(FromStep(step=number - 1),) if number > 1 else (),
    )


def _verdict(ask: Judge, *, good: bool) -> Verdict:
    if good:
        return Verdict(accepted=True, scores=Scores(semantics=9.5, quality=9.0), seen="a house and boats")
    return Verdict(
        accepted=False,
        scores=Scores(semantics=4.0, quality=9.0),
        reason="the boat is blue, not red",
        faults=(Fault(aspect="colour", subject="boat", expected="red", found="blue"),),
        refined_prompt=f"{ask.prompt}; the boat must be red",
    )


def records(told: list[Told], run: str) -> Iterator[Record]:
    """The same as records of a log that holds nothing else."""
    events = 0
    for sequence, each in enumerate(told, start=1):
        tokens = (*each.tokens, str(events)) if each.branch == "ev" else each.tokens
        moment = START + timedelta(seconds=sequence)
        yield Record(each.message, run, each.branch, tokens, sequence, moment, "/orchestrator", str(sequence))
        events += each.branch == "ev"
