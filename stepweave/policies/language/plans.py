"""From the plan a model wrote to one that can be drawn: numbers, sources, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepweave.messages import FromInput, FromStep, MakePlan, Plan, RevisePlan, Source, Step
from stepweave.policies.language.wire import WirePlan, WireStep
from stepweave.policies.plans import fault_of_plan, revised

_PREFIX = re.compile(r"^\s*(?:\*\*)?(?:step|picture|image)\s*\d+\s*(?:\*\*)?\s*[:.)\-–—]\s*(?:\*\*)?\s*", re.I)
_NUMBERED = re.compile(r"^(?:the\s+)?(?:picture|image|result)?\s*(?:of\s+)?(?:step)?\s*#?(\d+)$", re.I)
_INPUT = re.compile(r"^(?:the\s+)?(?:input|given|request)\s*(?:picture|image)?\s*#?(\d+)?$", re.I)
_NOTHING = frozenset({"nothing", "none", "null", "scratch", "text", "blank", "0"})
_BEFORE = frozenset({"", "previous", "the previous step", "previous step", "last", "before"})


class BadPlan(ValueError):
    """A plan that was written as asked and cannot be carried out; the text says why, to a person and to the model."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a step may start from."""

    numbers: Mapping[int, int]
    """The number of a step of this plan, by the number the model gave it."""
    pictures: tuple[int, ...]
    """Steps with a picture that stand before it."""
    inputs: int

    @property
    def before(self) -> tuple[Source, ...]:
        """The last picture there is."""
        if self.pictures:
            return (FromStep(step=self.pictures[-1]),)
        return (FromInput(index=self.inputs - 1),) if self.inputs else ()


def plan_of(wire: WirePlan, ask: MakePlan | RevisePlan) -> Plan:
    """The plan that answers an ask.

    Steps are numbered anew: a model that continues a sequence counts from where the input stopped. A step that names
    no source is drawn from the picture before it, the first one from the last picture that was given.

    Raises:
        BadPlan: it cannot be carried out, or has not the number of steps that was asked for.
    """
    standing = tuple(step for step in ask.plan if step.number < ask.failed) if isinstance(ask, RevisePlan) else ()
    pictures = [step.number for step in standing if step.prompt is not None]
    numbers = {step.number: step.number for step in standing}
    numbers |= {written.step_number: number for number, written in enumerate(wire.execution_plan, len(standing) + 1)}
    steps: list[Step] = []
    for number, written in enumerate(wire.execution_plan, len(standing) + 1):
        steps.append(_step(number, written, _Known(numbers, tuple(pictures), len(ask.inputs))))
        if written.prompt is not None:
            pictures.append(number)
    plan = Plan(steps=tuple(steps))
    whole = revised(ask.plan, ask.failed, plan) or () if isinstance(ask, RevisePlan) else plan.steps
    if fault := fault_of_plan(whole, inputs=len(ask.inputs), steps=ask.steps):
        raise BadPlan(f"the plan cannot be carried out: {fault}")
    return plan


def _step(number: int, written: WireStep, known: _Known) -> Step:
    prompt = None if written.prompt is None else _PREFIX.sub("", written.prompt).strip()
    return Step(
        number=number,
        name=_PREFIX.sub("", written.step_name).strip(),
        instruction=_PREFIX.sub("", written.instruction).strip(),
        prompt=prompt,
        text=written.auxiliary_text.strip() or None,
        alt=written.alt.strip(),
        sources=() if prompt is None else _sources(number, written, known),
    )


def _sources(number: int, written: WireStep, known: _Known) -> tuple[Source, ...]:
    first = known.before if _said(written.starts_from) in _BEFORE else _named(number, written.starts_from, known)
    if not first:
        return ()
    further = [source for place in written.references for source in _named(number, place, known)]
    return tuple(dict.fromkeys((*first, *further)))


def _named(number: int, place: str, known: _Known) -> Sequence[Source]:
    """The picture that a model names.

    Raises:
        BadPlan: there is none of this name.
    """
    said = _said(place)
    if said in _NOTHING:
        return ()
    if said in _BEFORE:
        return known.before
    if found := _INPUT.match(said):
        return (FromInput(index=max(0, int(found[1] or 1) - 1)),)
    if (found := _NUMBERED.match(said)) and (step := known.numbers.get(int(found[1]))) is not None:
        return (FromStep(step=step),)
    raise BadPlan(
        f"step {number} starts from {place!r}, which is no picture; write nothing, previous, the number of an earlier "
        "step, or input 1"
    )


def _said(place: str) -> str:
    return " ".join(place.lower().strip(" .\"'").split())
