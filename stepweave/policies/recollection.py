"""What of a run is worth remembering: the picture a step ended with, what is in it, and what cured its faults."""

from __future__ import annotations

from stepweave.messages import Command, Note, Remember, Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.state import RunState


def remember(state: RunState, step: Step, kept: Candidate) -> tuple[Command, ...]:
    """The command that hands a settled step to the memory; none when the memory is switched off."""
    assert state.requested is not None
    capability = state.requested.options.memory
    if capability is None:
        return ()
    notes = (*_of_picture(step, kept), *cures(state.candidates(step.number)))
    return (Command(task=f"remember-{kept.task}", role="memory", capability=capability, ask=Remember(notes=notes)),)


def _of_picture(step: Step, kept: Candidate) -> tuple[Note, ...]:
    assert kept.drawn is not None
    accepted = Note(kind="accepted", step=step.number, text=kept.ask.prompt, image=kept.drawn.image)
    seen = " ".join(v.seen for v in kept.verdicts if v.seen)
    return (accepted, Note(kind="canvas", step=step.number, text=seen)) if seen else (accepted,)


def cures(candidates: tuple[Candidate, ...]) -> tuple[Note, ...]:
    """A fault that a candidate had and one drawn with the prompt refined after it no longer has, was cured by that."""
    judged = [candidate for candidate in candidates if candidate.judged]
    refined_by = {opinion.task: candidate for candidate in judged for opinion in candidate.opinions}
    pairs = [(refined_by.get(healed.ask.after or ""), healed) for healed in judged]
    refined = [(sick, healed) for sick, healed in pairs if sick is not None and sick.ask.prompt != healed.ask.prompt]
    return tuple(note for sick, healed in refined for note in _cured(sick, healed))


def _cured(sick: Candidate, healed: Candidate) -> list[Note]:
    left = {(f.aspect, f.subject) for v in healed.verdicts for f in v.faults}
    gone = [f for v in sick.verdicts for f in v.faults if (f.aspect, f.subject) not in left]
    before, after = sick.ask.prompt, healed.ask.prompt
    return [Note(kind="cure", text=after, before=before, subject=f.subject, aspect=f.aspect) for f in gone]
