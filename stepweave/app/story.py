"""The story of a run as plain values: what every export (page, Markdown, JSON) is written from.

A run that stopped early is a story too: its steps are all there, those without a picture say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepweave.messages import Accepted, Blob, Options, RunForked, RunRequested, Step
from stepweave.policies.candidates import Candidate
from stepweave.policies.state import RunState

TITLE = 170
"""Characters of a heading."""

Status = Literal["completed", "flawed", "failed", "cancelled", "running"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file of the story."""

    path: str
    """Relative to the folder of the story, with forward slashes."""
    sha256: str
    """Hash of the file's bytes."""
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Scores of an attempt out of ten: those of its strictest critic."""

    semantics: float
    quality: float
    overall: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate of a step, and what was thought of it."""

    candidate: int
    seed: int
    prompt: str
    """What the generator was really told."""
    image: Picture | None
    """``None``: nothing was drawn, the reason says why."""
    accepted: bool
    """What the critics said; a flawed step keeps an attempt that was not accepted."""
    scores: Marks | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the plan as it went."""

    step: int
    name: str
    instruction: str
    text: str
    prompt: str | None
    settled: bool
    """Whether the run came to an end with this step."""
    flawed: bool
    accepted: int | None
    """Number of the candidate that was kept."""
    image: Picture | None
    attempts: tuple[Attempt, ...]
    taken: str = ""
    """Where the picture is from, if it is one of another run."""


@dataclass(frozen=True, slots=True)
class Story:
    """A whole run."""

    run: str
    request: str
    status: Status
    reason: str
    """Why it ended as it did, if it did not end well."""
    remedy: str
    makers: tuple[tuple[str, str], ...]
    """Role and capability of who took part, and other settings worth naming."""
    inputs: tuple[Picture, ...]
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        """The request as a heading: its first line, cut at a word if it is long."""
        line = " ".join(self.request.strip().splitlines()[0].split()) if self.request.strip() else "A story"
        line = line[0].upper() + line[1:]
        if len(line) <= TITLE:
            return line
        cut = line[: TITLE - 1]
        return (cut.rsplit(" ", 1)[0] or cut) + "…"

    @property
    def candidates(self) -> int:
        """Candidates asked for, those that failed included."""
        return sum(len(chapter.attempts) for chapter in self.chapters)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture file of the story once, in the order of the steps."""
        found: dict[str, Picture] = {picture.path: picture for picture in self.inputs}
        for chapter in self.chapters:
            for picture in (chapter.image, *(attempt.image for attempt in chapter.attempts)):
                if picture:
                    found.setdefault(picture.path, picture)
        return tuple(found.values())


def tell(state: RunState) -> Story:
    """Read the story of a run from its state.

    Raises:
        ValueError: the state holds no request, so there is nothing to tell.
    """
    if state.requested is None:
        raise ValueError(f"run {state.run}: its log holds no request")
    outcome = state.outcome
    return Story(
        run=state.run,
        request=state.requested.request,
        status=outcome.status if outcome else "running",
        reason=outcome.reason if outcome else "",
        remedy=outcome.remedy if outcome else "",
        makers=(*_makers(state.requested.options), *_parent(state.requested)),
        inputs=tuple(
            _picture(f"images/input-{index:02}.png", blob, f"Picture {index} given with the request")
            for index, blob in enumerate(state.requested.inputs, 1)
        ),
        chapters=tuple(_chapter(state, step) for step in state.plan or ()),
    )


def _makers(options: Options) -> tuple[tuple[str, str], ...]:
    return (
        ("planner", options.planner),
        ("generator", options.generator),
        ("critic", ", ".join(options.critics) or "none"),
        ("memory", options.memory or "off"),
        ("policy", options.policy),
        ("seed", str(options.seed)),
    )


def _parent(requested: RunRequested) -> tuple[tuple[str, str], ...]:
    """The run that it was made from."""
    return (("from", f"run {requested.parent.run}"),) if isinstance(requested, RunForked) else ()


def _chapter(state: RunState, step: Step) -> Chapter:
    settled = state.accepted.get(step.number)
    alt = step.alt or step.prompt or step.instruction
    return Chapter(
        step=step.number,
        name=step.name,
        instruction=step.instruction,
        text=step.text or "",
        prompt=step.prompt,
        settled=settled is not None,
        flawed=settled is not None and settled.flawed,
        accepted=settled.candidate if settled else None,
        image=_picture(_step_path(step.number), settled.image, alt) if settled and settled.image else None,
        attempts=tuple(_attempt(candidate, settled, alt) for candidate in state.attempts(step.number)),
        taken=_taken(settled),
    )


def _taken(settled: Accepted | None) -> str:
    if settled is None or settled.taken is None:
        return ""
    origin = settled.taken
    candidate = f", candidate {origin.candidate}" if origin.candidate is not None else ""
    return f"run {origin.run}, step {origin.step}{candidate}"


def _attempt(candidate: Candidate, settled: Accepted | None, alt: str) -> Attempt:
    kept = settled is not None and settled.candidate == candidate.number and settled.image is not None
    number, step = candidate.number, candidate.ask.step
    path = _step_path(step) if kept else f"images/step-{step:02}-candidate-{number:02}.png"
    shown = alt if kept else f"Candidate {number} for: {alt}"
    return Attempt(
        candidate=number,
        seed=candidate.ask.seed,
        prompt=candidate.ask.prompt,
        image=_picture(path, candidate.drawn.image, shown) if candidate.drawn else None,
        accepted=candidate.accepted,
        scores=_marks(candidate),
        reason=_reason(candidate),
    )


def _reason(candidate: Candidate) -> str:
    if candidate.rejected:
        return "rejected by a person"
    return candidate.reason or ("called off" if candidate.abandoned else "")


def _marks(candidate: Candidate) -> Marks | None:
    if not candidate.verdicts:
        return None
    strictest = min((verdict.scores for verdict in candidate.verdicts), key=lambda scores: scores.overall)
    return Marks(strictest.semantics, strictest.quality, strictest.overall)


def _step_path(step: int) -> str:
    return f"images/step-{step:02}.png"


def _picture(path: str, blob: Blob, alt: str) -> Picture:
    return Picture(path, blob.sha256, blob.width, blob.height, alt)
