"""Runs and the runs they were made from, as plain values for reading. Pure functions of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepweave.bus import RunSummary
from stepweave.messages import Accepted, Decided, FromStep, Parent, RunForked, RunRequested, Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.state import RunState

NO_VERDICT = "no verdict"
"""What is said of a candidate that nobody judged."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A run in its family."""

    run: str
    how: str
    """How it was made from the one above it; empty: it was not."""
    status: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different in one respect."""

    where: str
    """``request``, an option, or ``step 3``."""
    one: str
    other: str


def tree(runs: Sequence[RunSummary], run: str) -> Branch:
    """The whole family of a run, from the oldest it goes back to that is still there."""
    names = {summary.run: summary for summary in runs}
    forks = {name: one.request.message for name, one in names.items() if isinstance(one.request.message, RunForked)}
    parents = {name: fork.parent for name, fork in forks.items() if fork.parent.run in names}
    root, seen = run, {run}
    while root in parents and parents[root].run not in seen:
        root = parents[root].run
        seen.add(root)
    return _branch(root, names, {name: parent for name, parent in parents.items() if name != root})


def how(parent: Parent) -> str:
    """How a run was made from another, in words."""
    if parent.how == "replay":
        return "judged again"
    return f"step {parent.step} picked" if parent.how == "pick" else f"drawn anew from step {parent.step}"


def _branch(run: str, names: Mapping[str, RunSummary], parents: Mapping[str, Parent]) -> Branch:
    end = names[run].end
    outcome = end.message.outcome if end is not None and isinstance(end.message, Decided) else None
    children = sorted(name for name, parent in parents.items() if parent.run == run)
    return Branch(
        run,
        how(parents[run]) if run in parents else "",
        outcome.status if outcome is not None else "running",
        tuple(_branch(child, names, parents) for child in children),
    )


def differences(one: RunState, other: RunState) -> list[Difference]:
    """What is different between two runs: what was asked for, and how each step ended."""
    if one.requested is None or other.requested is None:
        raise ValueError("a run that nobody asked for has nothing to compare")
    found = [*_requests(one.requested, other.requested)]
    for number in sorted({step.number for state in (one, other) for step in state.plan or ()}):
        if _compared(one, number) != _compared(other, number):
            found.append(Difference(f"step {number}", _step(one, number), _step(other, number)))
        found += _planned(_of(one, number), _of(other, number))
    return found


def _compared(state: RunState, number: int) -> object:
    """What makes a step different at a glance: what was asked for, and the picture it ended with."""
    step, end = _of(state, number), state.accepted.get(number)
    return step and _asked(step), end is not None, end.image if end is not None else None


def _planned(one: Step | None, other: Step | None) -> list[Difference]:
    """What is planned differently in a step that both runs have, but for what it is told by."""
    if one is None or other is None:
        return []
    names = [name for name in Step.model_fields if name != _telling(one) and getattr(one, name) != getattr(other, name)]
    return [Difference(f"step {one.number}, {name}", _shown(one, name), _shown(other, name)) for name in names]


def _shown(step: Step, name: str) -> str:
    if name == "sources":
        sources = (f"step {s.step}" if isinstance(s, FromStep) else f"picture {s.index + 1}" for s in step.sources)
        return ", ".join(sources) or "nothing"
    return getattr(step, name) or "nothing"


def _of(state: RunState, number: int) -> Step | None:
    return next((step for step in state.plan or () if step.number == number), None)


def _requests(one: RunRequested, other: RunRequested) -> list[Difference]:
    found = [Difference("request", one.request, other.request)] if one.request != other.request else []
    if one.inputs != other.inputs:
        found.append(Difference("given pictures", *(_given(each) for each in (one, other))))
    left, right = one.options.model_dump(), other.options.model_dump()
    return found + [Difference(name, str(left[name]), str(right[name])) for name in left if left[name] != right[name]]


def _given(requested: RunRequested) -> str:
    return ", ".join(blob.sha256[:12] for blob in requested.inputs) or "none"


def _step(state: RunState, number: int) -> str:
    """A step in one line: what was asked for, which picture it ended with, and how good that was found."""
    step = _of(state, number)
    if step is None:
        return "not planned"
    end = state.accepted.get(number)
    return f"{_asked(step)} - {_ended(state, end)}"


def _asked(step: Step) -> str:
    return " ".join((getattr(step, _telling(step)) or "").split())


def _telling(step: Step) -> str:
    """Which words of a step tell what it is about."""
    return next((name for name in ("prompt", "instruction", "text") if getattr(step, name)), "name")


def _ended(state: RunState, end: Accepted | None) -> str:
    if end is None:
        return "no picture"
    if end.image is None:
        return "words only"
    kept = next((one for one in state.attempts(end.step) if one.number == end.candidate), None)
    return f"picture {end.image.sha256[:12]}{_score(kept)}"


def _score(candidate: Candidate | None) -> str:
    return f", {candidate.score:g} of 10" if candidate is not None and candidate.verdicts else ""


def verdicts(before: RunState, again: RunState) -> list[tuple[str, str, str]]:
    """Every candidate of a replay: which, and what was thought of it before and now."""
    return [
        (f"step {step.number}, candidate {now.number}", _verdict(then), _verdict(now))
        for step in again.plan or ()
        for now in again.attempts(step.number)
        for then in [next((one for one in before.attempts(step.number) if one.number == now.number), None)]
    ]


def _verdict(candidate: Candidate | None) -> str:
    if candidate is None or not candidate.verdicts:
        return candidate.failure.reason if candidate is not None and candidate.failure is not None else NO_VERDICT
    return f"{'accepted' if candidate.accepted else 'rejected'}{_score(candidate)}"
