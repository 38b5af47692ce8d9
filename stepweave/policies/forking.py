"""Time travel: the request of a run that goes on from what another one has. Pure; the other run stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from stepweave.messages import (
    Accepted,
    Attempted,
    Blob,
    Options,
    Origin,
    Parent,
    RunForked,
    RunRequested,
    Step,
)
from stepweave.policies.plans import drawn_from, fault_of_plan
from stepweave.policies.state import RunState


class CannotFork(ValueError):
    """A run from which nothing can go on as it is wanted; the text says why, and what can be done."""


def forked(state: RunState, step: int, *, prompt: str | None = None, options: Options | None = None) -> RunForked:
    """A run that has the pictures of another one up to a step, and draws from there on.

    Args:
        state: of the other run; its events are enough.
        step: the first step that is drawn anew.
        prompt: of that step, instead of the planned one.
        options: instead of those of the other run.

    Raises:
        CannotFork: there is no such step, or it cannot be drawn so.
    """
    requested, plan = _planned(state)
    planned = _step(state, plan, step)
    if prompt is not None:
        if planned.prompt is None:
            raise CannotFork(f"step {step} of run {state.run} is of words only; choose one that is drawn")
        plan = tuple(each.model_copy(update={"prompt": prompt}) if each is planned else each for each in plan)
    if fault := fault_of_plan(plan, inputs=len(requested.inputs), steps=None):
        raise CannotFork(f"the plan could not be drawn: {fault}")
    accepted = _taken_over(state, (each.number for each in plan if each.number < step))
    return _fork(requested, options, Parent(run=state.run, how="fork", step=step), plan, accepted)


def picked(state: RunState, step: int, image: Blob, origin: Origin) -> RunForked:
    """A run that has the pictures of another one but one step, whose picture is from elsewhere.

    What was drawn from that step's own picture is drawn anew, and nothing else.

    Raises:
        CannotFork: there is no such step, or it is of words only.
    """
    requested, plan = _planned(state)
    if _step(state, plan, step).prompt is None:
        raise CannotFork(f"step {step} of run {state.run} is of words only; choose one that is drawn")
    gone = drawn_from(plan, step)
    kept = _taken_over(state, (each.number for each in plan if each.number not in gone))
    accepted = (*kept, Accepted(step=step, image=image, taken=origin))
    return _fork(requested, None, Parent(run=state.run, how="pick", step=step), plan, accepted)


def judged_again(state: RunState, critics: tuple[str, ...]) -> RunForked:
    """A run in which the candidates of another one are judged by these critics, and nothing is drawn.

    Raises:
        CannotFork: nothing was drawn in it.
    """
    requested, plan = _planned(state)
    attempted = tuple(
        Attempted(ask=candidate.ask, drawn=candidate.drawn.model_copy(update={"tokens": 0}))
        for step in plan
        for candidate in state.candidates(step.number)
        if candidate.drawn is not None
    )
    if not attempted:
        raise CannotFork(f"run {state.run} has no candidates of its own to be judged again")
    if not critics:
        raise CannotFork("nobody would judge: name a critic")
    options = requested.options.model_copy(update={"critics": critics, "memory": None})
    fork = _fork(requested, options, Parent(run=state.run, how="replay"), plan, ())
    return fork.model_copy(update={"attempted": attempted})


def source_of(state: RunState, step: int, candidate: int | None = None) -> tuple[Blob, Origin]:
    """The picture of a step of a run, or of one of its candidates, and where it is from.

    Raises:
        CannotFork: there is no such picture.
    """
    end = state.accepted.get(step)
    if candidate is None:
        if end is None or end.image is None:
            raise CannotFork(f"step {step} of run {state.run} has no picture; see `stepweave runs show {state.run}`")
        return end.image, end.taken or Origin(run=state.run, step=step, candidate=end.candidate)
    found = next((one for one in state.attempts(step) if one.number == candidate), None)
    if found is None or found.drawn is None:
        raise CannotFork(f"step {step} of run {state.run} has no picture of candidate {candidate}")
    return found.drawn.image, Origin(run=state.run, step=step, candidate=candidate)


def _planned(state: RunState) -> tuple[RunRequested, tuple[Step, ...]]:
    if state.requested is None or not state.plan:
        raise CannotFork(f"run {state.run} has no plan yet; wait for it, or ask again")
    return state.requested, state.plan


def _step(state: RunState, plan: tuple[Step, ...], number: int) -> Step:
    if not 1 <= number <= len(plan):
        raise CannotFork(f"run {state.run} has no step {number}; choose 1 to {len(plan)}")
    return plan[number - 1]


def _taken_over(state: RunState, numbers: Iterable[int]) -> tuple[Accepted, ...]:
    """The settled steps of these numbers, with where their pictures are from."""
    ends = [state.accepted[number] for number in numbers if number in state.accepted]
    return tuple(
        end
        if end.image is None or end.taken is not None
        else end.model_copy(
            update={"candidate": None, "taken": Origin(run=state.run, step=end.step, candidate=end.candidate)}
        )
        for end in ends
    )


def _fork(
    requested: RunRequested,
    options: Options | None,
    parent: Parent,
    plan: tuple[Step, ...],
    accepted: tuple[Accepted, ...],
) -> RunForked:
    return RunForked(
        request=requested.request,
        inputs=requested.inputs,
        options=options or requested.options,
        parent=parent,
        plan=plan,
        accepted=accepted,
    )
