"""Runs out of the lines of a data set: what was asked and answered, and what came of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from stepweave.messages import Answer, Ask, Draw, Drawn, Judge, RunRequested, Scores, Verdict, decode
from stepweave.training.trajectories import Line


@dataclass(frozen=True, slots=True)
class Task:
    """An ask and its answer."""

    run: str
    task: str
    role: str
    capability: str
    agent: str
    """Who answered."""
    sequence: int
    """Of the answer, in the log."""
    asked: datetime
    answered: datetime
    ask: Ask
    answer: Answer


@dataclass(frozen=True, slots=True)
class Attempt:
    """A candidate that was drawn and judged."""

    draw: Task
    judged: tuple[Task, ...]
    """First opinions, one of each critic, in the order of their answers."""
    opinions: tuple[Task, ...] = ()
    """All opinions of the first critic, by their number, the first among them."""

    @property
    def ask(self) -> Draw:
        """What was ordered."""
        assert isinstance(self.draw.ask, Draw)
        return self.draw.ask

    @property
    def drawn(self) -> Drawn:
        """What came of it."""
        assert isinstance(self.draw.answer, Drawn)
        return self.draw.answer

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Of the first opinions."""
        return tuple(task.answer for task in self.judged if isinstance(task.answer, Verdict))

    @property
    def accepted(self) -> bool:
        """Whether every critic says yes."""
        return all(verdict.accepted for verdict in self.verdicts)

    @property
    def scores(self) -> Scores:
        """The lowest marks that any critic gives."""
        semantics = min(verdict.scores.semantics for verdict in self.verdicts)
        return Scores(semantics=semantics, quality=min(verdict.scores.quality for verdict in self.verdicts))


@dataclass(slots=True)
class Episode:
    """A run that has ended."""

    run: str
    requested: RunRequested
    tasks: list[Task] = field(default_factory=list)
    """In the order of their answers."""
    status: str = ""
    accepted: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What was settled for a step, by its number."""
    preferences: list[Mapping[str, Any]] = field(default_factory=list)

    def attempts(self) -> list[Attempt]:
        """The candidates that were drawn and judged, in the order in which they were drawn."""
        judged: dict[str, list[Task]] = {}
        for task in self.tasks:
            if isinstance(task.ask, Judge) and isinstance(task.answer, Verdict):
                judged.setdefault(task.ask.image.sha256, []).append(task)
        found = []
        for task in self.tasks:
            if isinstance(task.ask, Draw) and isinstance(task.answer, Drawn):
                about = [
                    each
                    for each in judged.get(task.answer.image.sha256, ())
                    if isinstance(each.ask, Judge)
                    and (each.ask.step, each.ask.candidate) == (task.ask.step, task.ask.candidate)
                ]
                if first := tuple(each for each in about if _opinion(each) == 1):
                    own = (each for each in about if each.capability == first[0].capability)
                    found.append(Attempt(task, first, tuple(sorted(own, key=_opinion))))
        return found


def episodes(lines: Iterable[Line]) -> Iterator[Episode]:
    """The runs that have ended, in the order in which they did; lines are those of a data set, in their order.

    What is not understood - an ask or an answer of a later version - is passed over.
    """
    open_: dict[str, Episode] = {}
    for line in lines:
        if line.line == "run":
            begun = _message(line.type, line.body)
            if isinstance(begun, RunRequested):
                open_[line.run] = Episode(line.run, begun)
            continue
        episode = open_.get(line.run)
        if episode is None:
            continue
        if line.line == "task":
            if (task := _task(line)) is not None:
                episode.tasks.append(task)
        elif line.line == "preference":
            episode.preferences.append(json.loads(line.body))
        elif line.line == "outcome":
            end = json.loads(line.body)
            episode.status, episode.accepted = end["status"], end["accepted"]
            yield open_.pop(line.run)


def _task(line: Line) -> Task | None:
    ask, answer = _message(line.ask_type, line.ask), _message(line.type, line.body)
    if not isinstance(ask, Ask) or not isinstance(answer, Answer) or line.asked is None:
        return None
    return Task(
        line.run,
        line.task,
        line.role,
        line.capability,
        line.agent,
        line.sequence,
        line.asked,
        line.time,
        ask,
        answer,
    )


def _message(type_: str, body: str) -> object:
    try:
        return decode(type_, body.encode())
    except ValidationError:
        return None


def _opinion(task: Task) -> int:
    return task.ask.opinion if isinstance(task.ask, Judge) else 1


def refinements(attempts: Sequence[Attempt]) -> dict[str, Attempt]:
    """What was drawn after a critique, by the critique's task."""
    return {attempt.ask.after: attempt for attempt in attempts if attempt.ask.after is not None}
