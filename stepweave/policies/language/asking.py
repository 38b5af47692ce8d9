"""The questions that policies put to language models, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stepweave.messages import Blob, Judge, MakePlan, Note, RevisePlan, Said, Step
from stepweave.models.protocol import Question, Sampling
from stepweave.policies.language.dialects import Dialect
from stepweave.policies.language.prompt import Prompt
from stepweave.policies.language.wire import Wire, WireObservation, WirePlan, WireVerdict

QUOTED = 2000
"""Characters of a faulty reply that a model is shown when it is asked again."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How questions are put."""

    dialect: Dialect
    sampling: Sampling = field(default_factory=Sampling)
    longest: int = 4000
    """Characters of any text in a reply, where a schema holds the model to it."""
    most: int = 100
    """Steps, or faults, in a reply; the same."""

    def question(self, said: tuple[Said, ...], wire: type[Wire], n: int = 1) -> Question:
        """A question that is answered with such a wire model."""
        schema = self.dialect.schema(wire, longest=self.longest, most=self.most)
        return Question(said, schema, n, self.sampling)


def plan_question(prompt: Prompt, ask: MakePlan, manner: Manner) -> Question:
    """Ask a planner for the steps of a request."""
    return manner.question(prompt.fill(_request(ask, manner), {"inputs": ask.inputs}), WirePlan)


def revise_question(prompt: Prompt, ask: RevisePlan, manner: Manner) -> Question:
    """Ask a planner for what is left, after a step failed or a person rejected the plan."""
    failed = "none; a person rejected the whole plan" if ask.rejected else str(ask.failed)
    words = _request(ask, manner) | {
        "plan": "\n".join(_told(step) for step in ask.plan),
        "failed": failed,
        "reasons": "\n".join(f"- {reason}" for reason in ask.reasons),
    }
    return manner.question(prompt.fill(words, {"inputs": ask.inputs}), WirePlan)


def judge_question(prompt: Prompt, ask: Judge, manner: Manner, *, blank: Blob, n: int = 1) -> Question:
    """Ask a critic about a candidate.

    Args:
        prompt: what it is told.
        ask: the candidate.
        manner: how to ask.
        blank: a white picture, shown where the candidate was drawn from nothing.
        n: how many opinions, each sampled by itself.
    """
    words = {
        "prompt": ask.prompt,
        "drawn": ask.drawn_prompt,
        "story": "\n".join(f"- {prompt}" for prompt in ask.story),
        "notes": _notes(ask.notes),
        "format": manner.dialect.words(WireVerdict),
    }
    pictures = {"before": ask.sources[:1] or (blank,), "references": ask.sources[1:], "after": (ask.image,)}
    return manner.question(prompt.fill(words, pictures), WireVerdict, n)


def observe_question(prompt: Prompt, instruction: str, goal: Blob, observed: Blob, manner: Manner) -> Question:
    """Ask a critic whether a step shows in a picture of the world.

    Args:
        prompt: what it is told.
        instruction: the step.
        goal: how the world should look after it.
        observed: how it looks.
        manner: how to ask.
    """
    words = {"instruction": instruction, "format": manner.dialect.words(WireObservation)}
    return manner.question(prompt.fill(words, {"goal": (goal,), "observed": (observed,)}), WireObservation)


def again(question: Question, text: str, fault: str) -> Question:
    """The same question once more, with what was wrong with a reply to it."""
    shown = text if len(text) <= QUOTED else f"{text[:QUOTED]}..."
    told = (
        Said(role="assistant", parts=(shown or "(nothing)",)),
        Said(
            role="user",
            parts=(f"That cannot be used: {fault}\nAnswer again, from the beginning, in the form asked for.",),
        ),
    )
    return replace(question, said=(*question.said, *told), n=1)


def _request(ask: MakePlan | RevisePlan, manner: Manner) -> dict[str, str]:
    return {
        "request": ask.request,
        "steps": "as many as it takes" if ask.steps is None else f"exactly {ask.steps}",
        "notes": _notes(ask.notes),
        "format": manner.dialect.words(WirePlan),
    }


def _notes(notes: Sequence[Note]) -> str:
    """What the memory knows, for a model."""
    told = [_noted(note) for note in notes if note.text]
    return "\n".join(("What was learnt before:", *(f"- {line}" for line in dict.fromkeys(told)))) if told else ""


def _noted(note: Note) -> str:
    if note.kind == "cure":
        what = f"the {note.aspect or 'picture'} of {note.subject or 'something'}"
        return f"when {what} came out wrong, this helped: {note.text}"
    return note.text


def _told(step: Step) -> str:
    """One line for a step of a standing plan."""
    what = step.prompt if step.prompt is not None else f"(words only) {step.text or step.instruction}"
    return f"{step.number}. {step.name + ': ' if step.name else ''}{what}"
