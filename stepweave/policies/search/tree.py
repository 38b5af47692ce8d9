"""What a search policy sees of a run: its steps, and the candidates that compete for them.

Candidates compete in *places*. A place is a step together with the pictures it would start from: while those are not
accepted yet a step may have several places, and what is drawn in one of them counts if the very same pictures are
accepted in the end. Pictures are known by their bytes, so that is all there is to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stepweave.messages import Accepted, Blob, FromInput, FromStep, Step
from stepweave.policies.candidates import Candidate, Opinion
from stepweave.policies.state import RunState


@dataclass(frozen=True, slots=True)
class Place:
    """A step, the pictures it starts from, and the candidates that were drawn from them."""

    step: Step
    sources: tuple[Blob, ...]
    candidates: tuple[Candidate, ...]
    """In their order; those that were called off never competed and are left out."""

    @property
    def accepted(self) -> tuple[Candidate, ...]:
        """Those that the critics accepted."""
        return tuple(candidate for candidate in self.candidates if candidate.accepted)

    @property
    def waiting(self) -> bool:
        """Whether something is still being drawn or judged."""
        return any(not candidate.settled for candidate in self.candidates)

    @property
    def hopeless(self) -> bool:
        """Whether the last order was refused for good; there is no other prompt to give then."""
        failure = self.candidates[-1].failure if self.candidates else None
        return failure is not None and failure.permanent

    @property
    def best(self) -> Candidate | None:
        """The best-scored candidate that is drawn and no person rejected; the earlier one when two score the same."""
        drawn = [candidate for candidate in self.candidates if candidate.drawn is not None and not candidate.rejected]
        return max(drawn, key=lambda c: (c.accepted, c.score, -c.number), default=None)

    @property
    def prompt(self) -> str:
        """The prompt as planned."""
        assert self.step.prompt is not None
        return self.step.prompt

    def refinements(self, last: int) -> tuple[Opinion, ...]:
        """What the critics would ask for instead, after the last so many candidates that they had an idea about.

        Those of the best-scored candidates first; each prompt once.
        """
        refined = [candidate for candidate in self.candidates if candidate.refinements][-last:]
        refined.sort(key=lambda c: (-c.score, c.number))
        found: dict[str | None, Opinion] = {}
        for opinion in (opinion for candidate in refined for opinion in candidate.refinements):
            found.setdefault(opinion.verdict.refined_prompt, opinion)
        return tuple(found.values())


class Tree:
    """A run as a search policy sees it."""

    def __init__(self, state: RunState) -> None:
        self._state = state
        requested = state.requested
        self._inputs = requested.inputs if requested is not None else ()
        self.steps: tuple[Step, ...] = tuple(step for step in state.plan or () if step.prompt is not None)
        """The steps that are drawn, in the order of the plan: each starts from earlier ones only."""

    def kept(self, step: int) -> Accepted | None:
        """How a step has ended, if it has."""
        return self._state.accepted.get(step)

    def candidates(self, step: int) -> tuple[Candidate, ...]:
        """The candidates that compete for a step under the plan in force, whatever they were drawn from."""
        return tuple(candidate for candidate in self._state.candidates(step) if not candidate.ask.beside)

    def open(self) -> Iterator[Place]:
        """The places of all steps that have not ended and whose sources have."""
        for step in self.steps:
            if self.kept(step.number) is None and (place := self.place(step)) is not None:
                yield place

    def place(self, step: Step, chosen: Mapping[int, Blob] | None = None) -> Place | None:
        """The place of a step.

        Args:
            step: the step.
            chosen: pictures to take for earlier steps that have not ended.

        Returns:
            ``None``: an earlier step that it starts from has not ended, and no picture is chosen for it.
        """
        sources: list[Blob] = []
        for source in step.sources:
            blob = self._picture(source, chosen or {})
            if blob is None:
                return None
            sources.append(blob)
        return Place(step, tuple(sources), self._drawn_from(step.number, tuple(sources)))

    def _picture(self, source: FromStep | FromInput, chosen: Mapping[int, Blob]) -> Blob | None:
        if isinstance(source, FromInput):
            return self._inputs[source.index]
        end = self.kept(source.step)
        return chosen.get(source.step) if end is None else end.image

    def _drawn_from(self, step: int, sources: tuple[Blob, ...]) -> tuple[Candidate, ...]:
        return tuple(c for c in self.candidates(step) if c.ask.sources == sources and not c.abandoned)
