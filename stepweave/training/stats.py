"""A data set at a glance. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stepweave.messages import Abandoned, Draw, Drawn, Failure, Verdict
from stepweave.training.episodes import Episode, episodes
from stepweave.training.samples import Composer, Left
from stepweave.training.trajectories import Line


@dataclass(slots=True)
class Stats:
    """What there is in a data set."""

    runs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """By status; ``under way`` for those that have not ended."""
    tasks: Counter[str] = field(default_factory=Counter)
    """Answered, by role and capability."""
    failures: Counter[str] = field(default_factory=Counter)
    """By their kind."""
    abandoned: int = 0
    drawn: int = 0
    """Candidates."""
    judged: int = 0
    """First opinions on candidates."""
    accepted: int = 0
    """Of them."""
    calls: int = 0
    """Of language models."""
    tokens: int = 0
    preferences: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    """By their kind."""
    samples: Counter[str] = field(default_factory=Counter)
    """To learn from: plans and critiques to be imitated, groups of critiques of one candidate to be compared."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Plans and groups from which nothing can be learnt, by the reason."""

    def counted(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Count lines on their way."""
        for line in lines:
            self.add(line)
            yield line

    def add(self, line: Line) -> None:
        """Count a line."""
        match line.line:
            case "run":
                self.runs += 1
            case "outcome":
                self.outcomes[json.loads(line.body)["status"]] += 1
            case "preference":
                self.preferences += 1
            case "note":
                self.notes[line.task] += 1
            case "task":
                self._answered(line)

    def _answered(self, line: Line) -> None:
        self.tasks[f"{line.role}:{line.capability}"] += 1
        if line.type == Abandoned.TYPE:
            self.abandoned += 1
            return
        answer: dict[str, Any] = json.loads(line.body)
        self.calls += len(answer.get("calls", ()))
        self.tokens += answer.get("tokens", 0)
        if line.type == Failure.TYPE:
            self.failures[answer["kind"]] += 1
        elif line.type == Drawn.TYPE and line.ask_type == Draw.TYPE:
            self.drawn += 1
        elif line.type == Verdict.TYPE and json.loads(line.ask).get("opinion", 1) == 1:
            self.judged += 1
            self.accepted += answer["accepted"]

    def add_episode(self, episode: Episode, composer: Composer) -> None:
        """Count what can be learnt from a run."""
        for plan in composer.plans(episode):
            if isinstance(plan, Left):
                self.left_out[plan.reason] += 1
            else:
                self.samples["plans"] += 1
        self.samples["critiques"] += sum(1 for _ in composer.critiques(episode))
        for group in composer.groups(episode):
            if group.fault:
                self.left_out[group.fault] += 1
            else:
                self.samples["groups"] += 1

    def told(self) -> dict[str, Any]:
        """For printing: names and figures, in the order in which they are read."""
        under_way = self.runs - self.outcomes.total()
        return {
            "runs": self.runs,
            "outcomes": dict(sorted(self.outcomes.items())) | ({"under way": under_way} if under_way else {}),
            "tasks": dict(sorted(self.tasks.items())),
            "failures": dict(sorted(self.failures.items())),
            "abandoned": self.abandoned,
            "drawn": self.drawn,
            "judged": self.judged,
            "accepted": self.accepted,
            "calls": self.calls,
            "tokens": self.tokens,
            "preferences": self.preferences,
            "notes": dict(sorted(self.notes.items())),
            "samples": dict(sorted(self.samples.items())),
            "left_out": dict(sorted(self.left_out.items())),
        }


def stats_of(lines: Iterable[Line]) -> Stats:
    """Count everything."""
    stats, composer = Stats(), Composer()
    for episode in episodes(stats.counted(lines)):
        stats.add_episode(episode, composer)
    return stats
