"""Plans again from a step that failed: the same step in other words, or in two, and then what was left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stepweave.messages import FromStep, Plan, RevisePlan, Source, Step
from stepweave.policies.cures import insisting, known
from stepweave.policies.rules.bounds import within_effort
from stepweave.policies.rules.drafts import Draft
from stepweave.policies.rules.errors import CannotPlan
from stepweave.policies.rules.fitting import split
from stepweave.policies.rules.planning import bounded
from stepweave.policies.rules.telling import instruction, title
from stepweave.policies.rules.writing import prompt
from stepweave.world.language import LanguageError, describe, parse, sharpened
from stepweave.world.layout import LayoutError, apply_all
from stepweave.world.scene import Operation, Scene
from stepweave.world.vocabulary import COLOURS

ASPECTS: dict[str, str] = {
    "colour": rf"colou?rs?|painted|shade|{'|'.join(COLOURS)}",
    "place": r"places?|position|where|left|right|top|bottom|middle|above|below|beside|inside",
    "size": r"sizes?|big(?:ger)?|small(?:er)?|large|tiny|medium",
    "count": r"count|number|how many|too (?:many|few)|instead of (?:one|two|three|four|five|six|\d+)",
    "missing": r"missing|absent|not (?:there|drawn|in the picture|found)|no \w+",
    "extra": r"extra|still there|should not|unasked|additional|not removed|remains",
    "damaged": r"damag\w*|changed|vanished|disappeared|lost|spoil\w*",
}
"""How the reasons of critics speak of an aspect."""


def revise(ask: RevisePlan) -> Plan:
    """The steps from the failed one on, worded more precisely, and in two steps where no number is stated.

    Raises:
        CannotPlan: there is no such step, or its prompt is not one that rules can read.
    """
    with within_effort():
        return _revised(ask)


def _revised(ask: RevisePlan) -> Plan:
    failed = next((step for step in ask.plan if step.number == ask.failed), None)
    if failed is None or failed.prompt is None:
        raise CannotPlan(f"step {ask.failed} is no step with a picture", "revise a step of the plan")
    try:
        operations = parse(failed.prompt).operations
    except LanguageError as error:
        raise CannotPlan(
            f"the prompt of step {ask.failed} was not made by rules: {error.reason}", error.remedy
        ) from error
    precise = insisting(insistent(operations, ask.reasons), known(ask.notes))
    steps = _reworded(failed, precise) if _is_counted(ask) else _in_two(ask, failed, precise)
    later = [step for step in ask.plan if step.number > ask.failed]
    return Plan(steps=(*steps, *_shifted(later, ask.failed, len(steps) - 1)))


def insistent(operations: Sequence[Operation], reasons: Iterable[str]) -> tuple[Operation, ...]:
    """The operations, insisting on the aspects that the reasons name; on everything where they name none."""
    found = tuple(operations)
    named = [(aspect, reason) for reason in reasons for aspect in _aspects(reason)]
    for aspect, reason in named or [(aspect, "") for aspect in ("colour", "place", "size", "count")]:
        found = sharpened(found, aspect, reason)
    return found


def _aspects(reason: str) -> list[str]:
    return [aspect for aspect, words in ASPECTS.items() if re.search(rf"\b(?:{words})\b", reason, re.IGNORECASE)]


def _is_counted(ask: RevisePlan) -> bool:
    """Whether an exact number of steps is stated, so that none may be added."""
    return bounded(ask.request, ask.steps).high is not None


def _reworded(failed: Step, operations: Sequence[Operation]) -> tuple[Step, ...]:
    return (failed.model_copy(update={"prompt": prompt(operations, fresh=not failed.sources)}),)


def _in_two(ask: RevisePlan, failed: Step, operations: tuple[Operation, ...]) -> tuple[Step, ...]:
    """One step for each half of what the failed one asks for."""
    halves = split(Draft(operations)) if len(operations) > 1 else []
    if len(halves) < 2:
        return _reworded(failed, operations)
    first, second = halves
    begun = failed.model_copy(
        update={
            "name": title(first.operations),
            "instruction": instruction(first.operations, fresh=not failed.sources),
            "prompt": prompt(first.operations, fresh=not failed.sources),
            "alt": _shown(ask, first.operations) or failed.alt,
            "text": None,
        }
    )
    rest = failed.model_copy(
        update={
            "number": failed.number + 1,
            "name": title(second.operations),
            "instruction": instruction(second.operations, fresh=False),
            "prompt": prompt(second.operations, fresh=False),
            "sources": (FromStep(step=failed.number),),
        }
    )
    return begun, rest


def _shown(ask: RevisePlan, operations: Sequence[Operation]) -> str:
    """What the picture shows after the first half; empty where that cannot be known."""
    chain: list[Step] = []
    step = next(step for step in ask.plan if step.number == ask.failed)
    while step.sources:
        source = step.sources[0]
        if not isinstance(source, FromStep):
            return ""
        step = next(one for one in ask.plan if one.number == source.step)
        chain.append(step)
    scene = Scene()
    try:
        for earlier in reversed(chain):
            scene = apply_all(scene, parse(earlier.prompt or "").operations)
        return describe(apply_all(scene, operations))
    except (LanguageError, LayoutError):
        return ""


def _shifted(steps: Iterable[Step], failed: int, by: int) -> tuple[Step, ...]:
    """Later steps with their numbers, and those of the steps they start from, moved along."""

    def shifted(source: Source) -> Source:
        return FromStep(step=source.step + by) if isinstance(source, FromStep) and source.step >= failed else source

    return tuple(
        step.model_copy(update={"number": step.number + by, "sources": tuple(map(shifted, step.sources))})
        for step in steps
    )
