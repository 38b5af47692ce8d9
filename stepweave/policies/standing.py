"""What can still count: work under way that cannot come to anything any more is found by its sources alone."""

from __future__ import annotations

from stepweave.messages import AnyAsk, Blob, Draw, FromStep, Judge, RevisePlan
from stepweave.policies.candidates import draw_task
from stepweave.policies.state import RunState


def stale(state: RunState) -> tuple[str, ...]:
    """The tasks under way, of drawing, judging and planning again, that can count no more."""
    return tuple(command.task for command in state.waiting() if not _counts(state, command.ask))


def _counts(state: RunState, ask: AnyAsk) -> bool:
    if isinstance(ask, Draw | Judge):
        return wanted(state, ask) and can_count(state, ask)
    return not isinstance(ask, RevisePlan) or replans(state, ask)


def replans(state: RunState, ask: RevisePlan) -> bool:
    """Whether another plan is wanted still: in place of the one in force, which nobody has agreed with meanwhile."""
    settled = state.approved if ask.rejected else ask.failed in state.accepted
    return ask.revision == state.revision and not settled


def wanted(state: RunState, ask: Draw | Judge) -> bool:
    """Whether the step of a candidate has not ended, or a person asked for it beside what there is."""
    if ask.step not in state.accepted:
        return True
    drawing = state.commands[draw_task(ask.step, ask.candidate)].ask
    return isinstance(drawing, Draw) and drawing.beside


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
