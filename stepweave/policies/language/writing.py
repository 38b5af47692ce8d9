"""Answers as a language model would have to write them: the reverse of reading, to teach models by examples. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from stepweave.messages import FromInput, FromStep, Judge, MakePlan, Plan, RevisePlan, Source, Verdict
from stepweave.policies.language.dialects import Dialect


class Unspeakable(ValueError):
    """A dialect has no words for an answer; the text says for what in it."""


def written_verdict(verdict: Verdict, ask: Judge, dialect: Dialect) -> str:
    """The reply of a critic that means this verdict.

    In tags the prompt of an accepted picture is repeated, as the published critics do; in JSON it is null.
    """
    if not dialect.constrained:
        answer = {
            "previous_step_success": verdict.accepted,
            "refine_prompt": verdict.refined_prompt or ask.drawn_prompt,
        }
        return _tagged(verdict.reason or verdict.seen, answer)
    return _plain(
        {
            "seen": verdict.seen,
            "reason": verdict.reason,
            "faults": [fault.model_dump() for fault in verdict.faults],
            "semantics": round(verdict.scores.semantics),
            "quality": round(verdict.scores.quality),
            "previous_step_success": verdict.accepted,
            "refine_prompt": verdict.refined_prompt,
        }
    )


def written_plan(plan: Plan, ask: MakePlan | RevisePlan, dialect: Dialect, thought: str = "") -> str:
    """The reply of a planner that means this plan.

    Raises:
        Unspeakable: in tags nobody can say that a step starts from another picture than the last one.
    """
    pictures = [step.number for step in getattr(ask, "plan", ()) if step.prompt is not None]
    if isinstance(ask, RevisePlan):
        pictures = [number for number in pictures if number < ask.failed]
    steps: list[dict[str, Any]] = []
    for step in plan.steps:
        written = {
            "step_number": step.number,
            "step_name": step.name,
            "instruction": step.instruction or None,
            "prompt": step.prompt,
            "auxiliary_text": step.text,
        }
        before = _before(pictures, len(ask.inputs))
        if dialect.constrained:
            written |= {"alt": step.alt, "starts_from": _place(step.sources[:1], before)}
            written["references"] = [_place((source,), ()) for source in step.sources[1:]]
        elif step.prompt is not None and step.sources != before:
            place = _place(step.sources[:1], ())
            raise Unspeakable(f"step {step.number} starts from {place}, not from the last picture alone")
        steps.append(written)
        if step.prompt is not None:
            pictures.append(step.number)
    answer = {"execution_plan": steps}
    return _plain(answer) if dialect.constrained else _tagged(thought, answer)


def _before(pictures: Sequence[int], inputs: int) -> tuple[Source, ...]:
    """What a step starts from that says nothing else: the same as in reading."""
    if pictures:
        return (FromStep(step=pictures[-1]),)
    return (FromInput(index=inputs - 1),) if inputs else ()


def _place(sources: Sequence[Source], before: Sequence[Source]) -> str:
    if not sources:
        return "nothing"
    if tuple(sources) == tuple(before):
        return "previous"
    (source,) = sources
    return f"input {source.index + 1}" if isinstance(source, FromInput) else str(source.step)


def _plain(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _tagged(thought: str, answer: dict[str, Any]) -> str:
    return f"<think>{thought}</think><answer>{json.dumps(answer, ensure_ascii=False)}</answer>"
