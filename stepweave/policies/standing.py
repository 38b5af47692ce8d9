"""What can still count: work under way that cannot come to anything any more is found by its sources alone."""

from __future__ import annotations

from stepweave.messages import Blob, Draw, FromStep, Judge
from stepweave.policies.state import RunState


def stale(state: RunState) -> tuple[str, ...]:
    """The tasks under way, of drawing and judging, that can count no more."""
    return tuple(
        command.task
        for command in state.waiting()
        if isinstance(command.ask, Draw | Judge)
        and (command.ask.step in state.accepted or not can_count(state, command.ask))
    )


def can_count(state: RunState, ask: Draw | Judge) -> bool:
    """Whether a candidate is of the plan in force, and drawn from pictures that stand or may come to stand."""
    step = next((step for step in state.plan or () if step.number == ask.step), None)
    if step is None or ask.candidate <= state.void.get(ask.step, 0):
        return False
    pairs = zip(step.sources, ask.sources, strict=True)
    return all(_may_stand(state, source.step, blob) for source, blob in pairs if isinstance(source, FromStep))


def _may_stand(state: RunState, step: int, picture: Blob) -> bool:
    end = state.accepted.get(step)
    if end is not None:
        return end.image == picture
    return any(
        candidate.drawn is not None and candidate.drawn.image == picture and can_count(state, candidate.ask)
        for candidate in state.candidates(step)
        if not candidate.abandoned
    )
