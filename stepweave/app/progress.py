"""What is going on in a run, in words: a line per fact, and a row per step. Pure functions of the log and its fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from stepweave.bus import Record
from stepweave.messages import (
    Accepted,
    Cancel,
    Decided,
    Draw,
    Failure,
    Judge,
    MakePlan,
    Outcome,
    Progress,
    Recalled,
    RevisePlan,
    RunRequested,
    Step,
    Verdict,
)
from stepweave.policies.candidates import Candidate
from stepweave.policies.planning import awaits_approval
from stepweave.policies.state import RunState

NOTHING: Mapping[str, Progress] = {}
"""Nobody has said how far anything is."""
Look = Literal["waiting", "active", "good", "flawed", "words"]


@dataclass(frozen=True, slots=True)
class Row:
    """One step in the live view."""

    number: int
    title: str
    look: Look
    status: str
    remark: str = ""
    """Why the latest candidate was rejected."""


def lines(record: Record, state: RunState) -> list[str]:
    """The facts of one record that a person would want to know, each as a line.

    Args:
        record: what was said.
        state: the run with this record folded in.
    """
    message = record.message
    if isinstance(message, RunRequested):
        return [f"run {record.run}: {_short(message.request, 100)}"]
    if isinstance(message, Decided):
        return _decided(message, state)
    if isinstance(message, Cancel):
        return [f"cancel was asked for: {message.reason}" if message.reason else "cancel was asked for"]
    return _answered(record, state)


def rows(state: RunState, said: Mapping[str, Progress] = NOTHING) -> list[Row]:
    """Every step of the plan with where it stands; ``said`` is how far its tasks are, by their names."""
    return [_row(state, step, said) for step in state.plan or ()]


def headline(state: RunState) -> str:
    """Where the run as a whole stands, in a few words."""
    if state.outcome:
        return state.outcome.status
    if any(isinstance(command.ask, MakePlan | RevisePlan) for command in state.waiting()):
        return "planning"
    if state.requested is not None and state.plan is not None and awaits_approval(state):
        return "the plan waits for approval"
    settled = sum(1 for step in state.plan or () if step.number in state.accepted)
    return f"{settled} of {len(state.plan)} steps" if state.plan else "starting"


def _decided(decision: Decided, state: RunState) -> list[str]:
    found: list[str] = []
    if decision.plan is not None:
        again = "new plan" if state.revision else "plan"
        found.append(f"{again}: {len(decision.plan)} step{'' if len(decision.plan) == 1 else 's'}")
        found += [f"  {step.number}. {_title(step)}" for step in decision.plan]
        if awaits_approval(state):
            found.append(f"the plan waits for approval: stepweave runs approve {state.run}")
    found += [f"step {step}: open again" for step in decision.reopened]
    found += [_accepted(each, state) for each in decision.accepted]
    found += [
        f"step {end.step}: candidate {end.candidate} waits for approval: stepweave runs approve {state.run} {end.step}"
        for end in decision.proposed
    ]
    found += [f"not done: {heeded.refused}" for heeded in decision.heeded if heeded.refused]
    for command in decision.commands:
        if isinstance(command.ask, MakePlan | RevisePlan):
            found.append(
                f"{'planning again' if isinstance(command.ask, RevisePlan) else 'planning'}: {command.capability}"
            )
        elif isinstance(command.ask, Draw):
            found.append(
                f"step {command.ask.step}: drawing candidate {command.ask.candidate}: {_short(command.ask.prompt)}"
            )
    return found + ([_ended(decision.outcome)] if decision.outcome else [])


def _accepted(end: Accepted, state: RunState) -> str:
    if end.taken is not None:
        return f"step {end.step}: the picture of run {end.taken.run}, step {end.taken.step}"
    if end.candidate is None:
        return f"step {end.step}: words only"
    mark = next((_mark(c) for c in state.attempts(end.step) if c.number == end.candidate), "")
    if end.flawed:
        return f"step {end.step}: nothing was accepted, candidate {end.candidate} is kept as the best{mark}"
    return f"step {end.step}: candidate {end.candidate} accepted{mark}"


def _ended(outcome: Outcome) -> str:
    return f"{outcome.status}: {outcome.reason}" if outcome.reason else outcome.status


def _answered(record: Record, state: RunState) -> list[str]:
    command = state.commands.get(record.task)
    ask, message = command.ask if command else None, record.message
    if isinstance(message, Recalled) and message.notes:
        return [f"memory: {len(message.notes)} note{'' if len(message.notes) == 1 else 's'} of earlier runs"]
    if isinstance(ask, Judge) and isinstance(message, Verdict) and not message.accepted:
        where = f"step {ask.step}: candidate {ask.candidate} rejected"
        return [f"{where} ({message.scores.overall:g} of 10): {_short(message.reason, 200)}"]
    if isinstance(message, Failure):
        where = f"step {ask.step}: candidate {ask.candidate}: " if isinstance(ask, Draw | Judge) else ""
        who = f"{command.role} {command.capability} " if command else ""
        remedy = f"; {message.remedy}" if message.remedy else ""
        return [f"{where}{who}failed: {message.reason}{remedy}"]
    return []


def _row(state: RunState, step: Step, said: Mapping[str, Progress]) -> Row:
    end = state.accepted.get(step.number)
    candidates = state.candidates(step.number)
    title = _title(step)
    if end is not None and end.taken is not None:
        return Row(step.number, title, "good", f"from run {end.taken.run}")
    if end is not None and end.candidate is None:
        return Row(step.number, title, "words", "words only")
    if end is not None:
        kept = next((c for c in candidates if c.number == end.candidate), None)
        mark = _mark(kept) if kept else ""
        if end.flawed:
            return Row(
                step.number, title, "flawed", f"best of {len(candidates)} kept{mark}", kept.reason if kept else ""
            )
        return Row(step.number, title, "good", f"accepted, candidate {end.candidate} of {len(candidates)}{mark}")
    if (proposed := state.proposed.get(step.number)) is not None:
        return Row(step.number, title, "active", f"candidate {proposed.candidate} waits for approval")
    if not candidates:
        return Row(step.number, title, "waiting", "words only" if step.prompt is None else "waiting")
    latest = candidates[-1]
    return Row(step.number, title, "active", _doing(latest, said.get(latest.task)), _remark(candidates))


def _doing(latest: Candidate, said: Progress | None) -> str:
    if latest.settled:
        return f"candidate {latest.number} judged"
    if latest.drawn:
        return f"judging candidate {latest.number}"
    far = f", {said.step} of {said.steps}" if said is not None and said.steps else ""
    return f"drawing candidate {latest.number}{far}"


def _remark(candidates: tuple[Candidate, ...]) -> str:
    rejected = [c for c in candidates if c.settled and not c.accepted and c.reason]
    return f"candidate {rejected[-1].number}: {_short(rejected[-1].reason, 160)}" if rejected else ""


def _mark(candidate: Candidate) -> str:
    return f" ({candidate.score:g} of 10)" if candidate.verdicts else ""


def _title(step: Step) -> str:
    return _short(step.instruction or step.name or step.prompt or f"step {step.number}")


def _short(text: str, length: int = 76) -> str:
    # Words of others go to a terminal here, so nothing that could steer it.
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
