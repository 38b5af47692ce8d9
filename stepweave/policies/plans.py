"""Plans as values: what makes one sound, and how a revision is joined to what stands."""

from __future__ import annotations

from collections.abc import Sequence

from stepweave.messages import Answer, FromInput, FromStep, Plan, RunForked, Step

MOST_STEPS = 100
"""Steps of a plan at most. What is next is looked for anew after every answer, in time that grows with the square of
the steps; the embedded planner writes up to 40."""


def fault_of_plan(plan: Sequence[Step], *, inputs: int, steps: int | None) -> str:
    """Why a plan cannot be carried out, in words; empty for a sound one.

    Args:
        plan: the steps, in order.
        inputs: how many pictures were given with the request.
        steps: the number of steps the request states, if it does.
    """
    if steps is not None and len(plan) != steps:
        return f"it has {len(plan)} steps where {steps} were asked for"
    if len(plan) > MOST_STEPS:
        return f"it has {len(plan)} steps, at most {MOST_STEPS} are drawn"
    pictures: set[int] = set()
    for expected, step in enumerate(plan, start=1):
        if step.number != expected:
            return f"step {step.number} stands where step {expected} belongs"
        if fault := _fault_of_step(step, pictures, inputs):
            return f"step {step.number} {fault}"
        if step.prompt is not None:
            pictures.add(step.number)
    return ""


def _fault_of_step(step: Step, pictures: set[int], inputs: int) -> str:
    if step.prompt is not None and not step.prompt.strip():
        return "has an empty prompt"
    if step.prompt is None and not (step.instruction or step.text):
        return "has neither a prompt nor a text"
    for source in step.sources:
        if isinstance(source, FromStep) and source.step not in pictures:
            return f"starts from step {source.step}, which has no picture before it"
        if isinstance(source, FromInput) and source.index >= inputs:
            return f"starts from input picture {source.index + 1}, but {inputs} were given"
    return ""


def fault_of_fork(fork: RunForked) -> str:
    """Why a run cannot begin with what it takes over from another one, in words; empty: it can."""
    if fault := fault_of_plan(fork.plan, inputs=len(fork.inputs), steps=None):
        return fault
    ended = {end.step: end for end in fork.accepted}
    for step in fork.plan:
        end = ended.pop(step.number, None)
        if end is None:
            continue
        if (step.prompt is None) != (end.image is None):
            return f"step {step.number} is settled {'without' if end.image is None else 'with'} a picture"
    for attempted in fork.attempted:
        number = attempted.ask.step
        if not 1 <= number <= len(fork.plan) or len(attempted.ask.sources) != len(fork.plan[number - 1].sources):
            return f"candidate {attempted.ask.candidate} of step {number} is none of the plan"
    return f"step {min(ended)} is settled, but not planned" if ended else ""


def drawn_from(plan: Sequence[Step], number: int) -> frozenset[int]:
    """A step with all that are drawn from it, and from those."""
    found = {number}
    for step in plan:
        if not found.isdisjoint(step.before):
            found.add(step.number)
    return frozenset(found)


def revised(plan: Sequence[Step], failed: int, answer: Answer) -> tuple[Step, ...] | None:
    """The plan up to the failed step, and from there what the planner now says; ``None`` when it says nothing."""
    if not isinstance(answer, Plan):
        return None
    return (*(step for step in plan if step.number < failed), *answer.steps)


def story(plan: Sequence[Step], step: Step) -> tuple[str, ...]:
    """The prompts that led to the picture a step starts from, oldest first; none where somebody gave that picture."""
    source = step.sources[0] if step.sources else None
    if not isinstance(source, FromStep):
        return ()
    earlier = plan[source.step - 1]
    before = story(plan, earlier)
    return (*before, earlier.prompt or "") if before or not earlier.sources else ()
