"""Plans of the planner that needs no model, made for tests, and the scenes they draw when nothing goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from stepweave.messages import Blob, FromStep, MakePlan, Note, Step
from stepweave.policies.plans import fault_of_plan
from stepweave.policies.rules import CannotPlan, plan
from stepweave.world import vocabulary
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.scene import Scene

PICTURE = Blob(sha256="0" * 64, width=64, height=64, size=10)
THING = st.sampled_from(sorted(vocabulary.THINGS))
COLOUR = st.sampled_from(sorted(vocabulary.COLOURS))


def steps(
    request: str, *, number: int | None = None, inputs: int = 0, notes: tuple[Note, ...] = ()
) -> tuple[Step, ...]:
    ask = MakePlan(request=request, steps=number, inputs=(PICTURE,) * inputs, notes=notes)
    planned = plan(ask).steps
    assert fault_of_plan(planned, inputs=inputs, steps=number) == ""
    return planned


def prompts(request: str, **how: object) -> list[str | None]:
    return [step.prompt for step in steps(request, **how)]  # type: ignore[arg-type]


def refusal(request: str, **how: object) -> CannotPlan:
    with pytest.raises(CannotPlan) as caught:
        steps(request, **how)  # type: ignore[arg-type]
    return caught.value


def refused_or_none(request: str, **how: object) -> CannotPlan | None:
    try:
        steps(request, **how)  # type: ignore[arg-type]
    except CannotPlan as refused:
        return refused
    return None


def scene_after(planned: tuple[Step, ...]) -> Scene:
    scene = Scene()
    for step in planned:
        scene = apply_all(scene, parse(step.prompt or "").operations)
    return scene


def scenes(planned: tuple[Step, ...], given: Scene | None = None) -> dict[int, Scene]:
    """What each picture shows, drawn from the picture that the step starts from."""
    found: dict[int, Scene] = {}
    for step in planned:
        if step.prompt is None:
            continue
        before = Scene()
        for source in step.sources:
            before = found[source.step] if isinstance(source, FromStep) else given or before
        found[step.number] = apply_all(before, parse(step.prompt).operations)
    return found
