"""Decisions about what people say: approve, reject, redo, edit, branch, pick. Each word is heeded once, in its order.

A word that cannot be followed is refused with the reason, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from stepweave.messages import (
    Accepted,
    Approve,
    Blob,
    Branch,
    Control,
    Decided,
    Edit,
    Heeded,
    Pick,
    Preference,
    Redo,
    Reject,
    RevisePlan,
    RunRequested,
    Step,
)
from stepweave.policies.candidates import Candidate
from stepweave.policies.drawing import draw, drawn
from stepweave.policies.parts import NOTHING, merged
from stepweave.policies.planning import awaits_approval, revise
from stepweave.policies.plans import fault_of_plan
from stepweave.policies.recollection import remember
from stepweave.policies.search import MOST_CANDIDATES, Tree
from stepweave.policies.state import RunState, enact


class CannotFollow(Exception):
    """A word that cannot be followed; the text says why."""


def heeding(state: RunState, requested: RunRequested) -> Decided | None:
    """What the first word that was not heeded yet leads to; ``None``: all were."""
    for id_, control in state.unheeded():
        try:
            return merged(_followed(state, requested, control), Decided(heeded=(Heeded(control=id_),)))
        except CannotFollow as reason:
            return Decided(heeded=(Heeded(control=id_, refused=str(reason)),))
    return None


def _followed(state: RunState, requested: RunRequested, control: Control) -> Decided:
    """What a word leads to.

    Raises:
        CannotFollow: it cannot be followed.
    """
    if requested.replays:
        raise CannotFollow("nothing is chosen where candidates are judged again; say it to the run that drew them")
    if isinstance(control, Approve):
        return _approve_plan(state) if control.step is None else _approve(state, control.step, control)
    if isinstance(control, Reject):
        return (
            _reject_plan(state, requested, control) if control.step is None else _reject(state, control.step, control)
        )
    if isinstance(control, Redo):
        step = _pictured(state, control.step)
        return Decided(redone=(step.number,), reopened=_reopened(state, step.number))
    if isinstance(control, Edit):
        return _edit(state, requested, control)
    if isinstance(control, Branch):
        return _branch(state, requested, control)
    if isinstance(control, Pick):
        return _pick(state, control)
    raise CannotFollow(f"{type(control).__name__} is not known to this version")


# ---------------------------------------------------------------------------------------------- the plan


def _approve_plan(state: RunState) -> Decided:
    if not awaits_approval(state):
        raise CannotFollow("no plan waits for approval; name a step")
    return Decided(approved=True)


def _reject_plan(state: RunState, requested: RunRequested, control: Reject) -> Decided:
    if not awaits_approval(state):
        raise CannotFollow("no plan waits for approval; name a step")
    if any(isinstance(command.ask, RevisePlan) and command.ask.rejected for command in state.waiting()):
        raise CannotFollow("another plan is being made already")
    return revise(state, requested, 1, (control.reason,) if control.reason else (), rejected=True)


def _edit(state: RunState, requested: RunRequested, control: Edit) -> Decided:
    step = _step(state, control.step)
    changes = control.model_dump(exclude={"step"}, exclude_none=True)
    if not changes:
        raise CannotFollow("nothing is to be changed")
    edited = step.model_copy(update=changes)
    plan = tuple(edited if each.number == step.number else each for each in state.plan or ())
    if fault := fault_of_plan(plan, inputs=len(requested.inputs), steps=requested.options.steps):
        raise CannotFollow(f"the plan could not be drawn then: {fault}")
    return Decided(plan=plan, approved=state.approved)


# ---------------------------------------------------------------------------------------------- pictures


def _approve(state: RunState, number: int, control: Approve) -> Decided:
    step = _pictured(state, number)
    proposed = state.proposed.get(number)
    chosen = control.candidate or (proposed.candidate if proposed is not None else None)
    if chosen is None:
        raise CannotFollow(f"nothing of step {number} waits for approval; name a candidate")
    candidate = _candidate(state, step, chosen)
    assert candidate.drawn is not None
    standing = state.accepted.get(number)
    if standing is not None and standing.candidate == chosen and not standing.flawed:
        return NOTHING
    others = [one.drawn.image for one in _rivals(state, step) if one.drawn is not None and one.number != chosen]
    preference = _preference(number, candidate.drawn.image, others, control.reason)
    return Decided(
        reopened=_replaced(state, number, candidate.drawn.image),
        accepted=(Accepted(step=number, candidate=chosen, image=candidate.drawn.image),),
        commands=remember(state, step, candidate),
        preferences=preference,
    )


def _reject(state: RunState, number: int, control: Reject) -> Decided:
    step = _pictured(state, number)
    standing = state.proposed.get(number) or state.accepted.get(number)
    if control.candidate is None and standing is None:
        raise CannotFollow(f"step {number} has no picture that waits or was kept; name a candidate")
    if control.candidate is None and standing is not None and standing.candidate is None:
        image = standing.image  # it was taken from another run
        assert image is not None
        preferences = (Preference(step=number, over=(image,), reason=control.reason),)
        return Decided(reopened=_reopened(state, number), preferences=preferences)
    chosen = control.candidate or (standing.candidate if standing is not None else None)
    candidate = _candidate(state, step, chosen or 0)
    assert candidate.drawn is not None
    kept = number in state.accepted and state.accepted[number].candidate == chosen
    return Decided(
        rejected=(candidate.task,),
        reopened=_reopened(state, number) if kept else (),
        preferences=(Preference(step=number, over=(candidate.drawn.image,), reason=control.reason),),
    )


def _branch(state: RunState, requested: RunRequested, control: Branch) -> Decided:
    step = _pictured(state, control.step)
    place = Tree(state).place(step)
    if place is None:
        raise CannotFollow(f"a picture that step {step.number} starts from has not been settled yet")
    images, ordered = requested.options.budget.images, drawn(state)
    if images is not None and ordered + control.count > images:
        raise CannotFollow(f"the budget is {images} pictures, and {ordered} are drawn")
    if len(state.draws.get(step.number, ())) + control.count > MOST_CANDIDATES:
        raise CannotFollow(f"step {step.number} would have more than {MOST_CANDIDATES} candidates")
    whole = NOTHING
    for _ in range(control.count):
        part = draw(state, requested, place, control.prompt or place.prompt, beside=True)
        whole, state = merged(whole, part), enact(state, part)
    return whole


def _pick(state: RunState, control: Pick) -> Decided:
    step = _pictured(state, control.step)
    standing = state.accepted.get(step.number)
    if standing is not None and standing.image == control.image and not standing.flawed:
        return NOTHING
    others = [one.drawn.image for one in _rivals(state, step) if one.drawn is not None]
    return Decided(
        reopened=_replaced(state, step.number, control.image),
        accepted=(Accepted(step=step.number, image=control.image, taken=control.origin),),
        preferences=_preference(step.number, control.image, others, ""),
    )


def _preference(step: int, preferred: Blob, others: Iterable[Blob], reason: str) -> tuple[Preference, ...]:
    over = tuple(dict.fromkeys(blob for blob in others if blob != preferred))
    return (Preference(step=step, preferred=preferred, over=over, reason=reason),) if over else ()


# ---------------------------------------------------------------------------------------------- what is meant


def _step(state: RunState, number: int) -> Step:
    """The step of a number.

    Raises:
        CannotFollow: the plan has none.
    """
    try:
        return state.step(number)
    except KeyError:
        raise CannotFollow(f"there is no step {number}; the plan has {len(state.plan or ())}") from None


def _pictured(state: RunState, number: int) -> Step:
    """The step of a number, which is drawn.

    Raises:
        CannotFollow: there is none, or it is of words only.
    """
    step = _step(state, number)
    if step.prompt is None:
        raise CannotFollow(f"step {number} is of words only")
    if awaits_approval(state):
        raise CannotFollow("nothing is drawn before the plan is approved")
    return step


def _candidate(state: RunState, step: Step, number: int) -> Candidate:
    """A candidate that can stand: drawn, and from the pictures that stand now.

    Raises:
        CannotFollow: it cannot.
    """
    found = next((one for one in state.candidates(step.number) if one.number == number), None)
    if found is None or found.drawn is None:
        there = ", ".join(str(one.number) for one in state.candidates(step.number) if one.drawn is not None) or "none"
        raise CannotFollow(f"step {step.number} has no picture of candidate {number}; drawn: {there}")
    if found not in _rivals(state, step):
        raise CannotFollow(f"candidate {number} of step {step.number} was drawn from pictures that do not stand")
    return found


def _rivals(state: RunState, step: Step) -> list[Candidate]:
    """The candidates that were drawn from the pictures that stand, those beside the others too."""
    place = Tree(state).place(step)
    return [one for one in state.candidates(step.number) if place is not None and one.ask.sources == place.sources]


def _reopened(state: RunState, number: int) -> tuple[int, ...]:
    """The ended steps that are open again when the picture of a step is taken back: it, and what was drawn from it.

    A picture that a person chose from elsewhere was not drawn from what is before it.
    """
    if number not in state.accepted:
        return ()
    gone = {number}
    for step in state.plan or ():
        if not gone.isdisjoint(step.before) and step.number in state.accepted and not state.chosen(step.number):
            gone.add(step.number)
    return tuple(sorted(gone))


def _replaced(state: RunState, number: int, image: Blob) -> tuple[int, ...]:
    """The ended steps that are open again when a step gets a picture; the same one anew changes nothing for others."""
    standing = state.accepted.get(number)
    return (number,) if standing is not None and standing.image == image else _reopened(state, number)
