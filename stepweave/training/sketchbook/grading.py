"""What came of a request, held against the truth: pure, from the state of a run and the scenes in its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from stepweave.messages import FromStep, Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.search import Tree
from stepweave.policies.state import RunState
from stepweave.training.sketchbook.requests import Request
from stepweave.training.sketchbook.truth import wrong
from stepweave.world.language import LanguageError, parse
from stepweave.world.render import render
from stepweave.world.scene import Operation, Scene

EMPTY = Scene()
UNDRAWN = NO_PICTURE, NO_SOURCE = "no picture was drawn", "there is no picture to start from"
"""What is wrong with a step that never came to be: something before it says why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate that critics looked at."""

    wrong: bool
    """What the truth says."""
    rejected: bool
    """What the critics said."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What came of one request."""

    kind: str
    right: bool
    """Whether all of it is as it was asked for."""
    steps: tuple[bool, ...]
    """The same of every picture."""
    attempts: tuple[int, ...]
    """How many candidates were drawn of each step of which there is any."""
    judged: tuple[Judged, ...]
    drift: float
    """How far the colours of the last picture are from what they should be: see :func:`drift`."""
    reason: str = ""
    """The first thing that is wrong, in words."""
    seconds: float = 0.0
    """From the request to the last decision."""
    drawing: float = 0.0
    """Seconds that generators drew for it; what was called off comes on top."""


def grade(request: Request, state: RunState, scenes: Mapping[str, Scene], drifts: float = 0.0) -> Grade:
    """Grade a run that has ended.

    Args:
        request: what it was asked.
        state: what its log says.
        scenes: what is in its pictures, by their hash.
        drifts: the drift of its last picture.
    """
    plan = tuple(step for step in state.plan or () if step.prompt is not None)
    asked = _asked(request, plan)
    results = [_step(state, step, operations, scenes) for step, operations in zip(plan, asked, strict=True)]
    steps = [not faults for faults, _ in results]
    found = [(step.number, faults[0]) for step, (faults, _) in zip(plan, results, strict=True) if faults]
    reasons = [f"step {number}: {fault}" for number, fault in found if fault not in UNDRAWN]
    reasons += _plan_faults(request, state, plan) or [f"step {number}: {fault}" for number, fault in found[:1]]
    if not reasons:
        reasons += _end_faults(request, plan, state, scenes)
    expected = len(request.steps) or request.pictures or max(1, len(plan))
    steps += [False] * (expected - len(steps))
    return Grade(
        request.kind,
        not reasons,
        tuple(steps),
        tuple(count for step in plan if (count := _drawn(state, step))),
        tuple(one for _, judged in results for one in judged),
        drifts,
        reasons[0] if reasons else "",
        _elapsed(state),
        state.drawing_seconds,
    )


def _elapsed(state: RunState) -> float:
    if state.requested_at is None or state.ended_at is None:
        return 0.0
    return (state.ended_at - state.requested_at).total_seconds()


def pictures(state: RunState) -> tuple[str, ...]:
    """The hashes of all pictures that a run drew, in no order."""
    steps = (step.number for step in state.plan or ())
    found = {c.drawn.image.sha256 for number in steps for c in state.attempts(number) if c.drawn is not None}
    return tuple(sorted(found))


def last_picture(state: RunState) -> str | None:
    """The hash of the last picture that was accepted."""
    images = [accepted.image for _, accepted in sorted(state.accepted.items()) if accepted.image is not None]
    return images[-1].sha256 if images else None


def drift(image: Image.Image, scene: Scene) -> float:
    """How far the colours of a picture are from those of the same scene without drift, in levels of 255 on average."""
    if not scene.drift:
        return 0.0
    clean = render(Scene(scene.background, scene.items), *image.size)
    levels = np.asarray(image.convert("RGB"), np.int16) - np.asarray(clean, np.int16)
    return float(np.abs(levels).mean())


def _asked(request: Request, plan: Sequence[Step]) -> list[tuple[Operation, ...]]:
    """What every picture must change: by the request, or where that leaves it open or has other steps, by the plan."""
    if len(request.steps) == len(plan):
        return list(request.steps)
    return [_read(step.prompt or "") for step in plan]


def _read(prompt: str) -> tuple[Operation, ...]:
    try:
        return parse(prompt).operations
    except LanguageError:
        return ()


def _plan_faults(request: Request, state: RunState, plan: Sequence[Step]) -> list[str]:
    outcome = state.outcome
    if outcome is None or outcome.status not in ("completed", "flawed"):
        return [outcome.reason if outcome is not None and outcome.reason else "the run did not end"]
    expected = len(request.steps) or request.pictures
    if expected and expected != len(plan):
        return [f"{expected} pictures were asked for, {len(plan)} were planned"]
    return []


def _end_faults(request: Request, plan: Sequence[Step], state: RunState, scenes: Mapping[str, Scene]) -> list[str]:
    """What the last picture lacks of what was asked for as a whole."""
    last = _accepted(state, plan[-1].number, scenes) if plan else None
    if last is None:
        return ["there is no picture"]
    there = {item.thing for item in last.items}
    lacking = [f"there is no {thing} in the last picture" for thing in request.cast if thing not in there]
    return lacking + list(wrong(EMPTY, request.whole, last) if request.whole else ())


def _step(
    state: RunState, step: Step, operations: Sequence[Operation], scenes: Mapping[str, Scene]
) -> tuple[tuple[str, ...], list[Judged]]:
    """What is wrong with the accepted picture of a step, and what the critics said of all its candidates."""
    before = _before(state, step, scenes)
    if before is None:
        return (NO_SOURCE,), []
    faults: dict[str, tuple[str, ...]] = {}
    judged: list[Judged] = []
    place = Tree(state).place(step)  # what was drawn from another picture cannot be held against this one
    for candidate in place.candidates if place is not None else ():
        if candidate.drawn is None:
            continue
        name = candidate.drawn.image.sha256
        if name not in faults:
            faults[name] = wrong(before, operations, scenes[name], _aspect(candidate))
        if candidate.judged and candidate.verdicts:
            judged.append(Judged(bool(faults[name]), not candidate.accepted))
    accepted = state.accepted.get(step.number)
    if accepted is None or accepted.image is None:
        return (NO_PICTURE,), judged
    return faults[accepted.image.sha256], judged


def _drawn(state: RunState, step: Step) -> int:
    return sum(candidate.drawn is not None for candidate in state.attempts(step.number))


def _aspect(candidate: Candidate) -> float:
    return candidate.ask.width / candidate.ask.height


def _before(state: RunState, step: Step, scenes: Mapping[str, Scene]) -> Scene | None:
    """The scene that a step starts from; ``None`` if it never came to be."""
    source = next((source for source in step.sources if isinstance(source, FromStep)), None)
    return EMPTY if source is None else _accepted(state, source.step, scenes)


def _accepted(state: RunState, step: int, scenes: Mapping[str, Scene]) -> Scene | None:
    accepted = state.accepted.get(step)
    return None if accepted is None or accepted.image is None else scenes[accepted.image.sha256]
