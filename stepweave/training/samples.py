"""Samples for learning, out of runs that have ended: questions, replies, and what came of them. Pure.

A sample is what a model was really asked and really said, where that was recorded; where no model was asked, it is what
one would have been asked by our prompts, and would have had to say to mean the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stepweave.agents.language import BLANK
from stepweave.images import white
from stepweave.messages import Blob, Call, Judge, MakePlan, Plan, RevisePlan, Said, Scores, Verdict
from stepweave.policies.language.asking import Manner, judge_question, plan_question, revise_question
from stepweave.policies.language.dialects import TAGS, Dialect
from stepweave.policies.language.prompt import Prompt, load
from stepweave.policies.language.writing import Unspeakable, written_plan, written_verdict
from stepweave.training.episodes import Attempt, Episode, Task, refinements
from stepweave.training.rewards import step_reward


@dataclass(frozen=True, slots=True)
class Sample:
    """One question to a model, and one reply."""

    run: str
    task: str
    sequence: int
    """Of the answer, in the log."""
    said: tuple[Said, ...]
    reply: str
    call: Call | None = None
    """The call of a model that it was; ``None``: it is put together."""
    verdict: Verdict | None = None
    """What a critic meant."""
    marks: Scores | None = None
    """Of the candidate that a critic was asked about."""
    reward: float | None = None
    """What came of a critique, 0-1; ``None``: nothing was drawn after it."""

    @property
    def pictures(self) -> tuple[Blob, ...]:
        """All that are shown, in their order."""
        return tuple(part for said in self.said for part in said.parts if isinstance(part, Blob))


@dataclass(frozen=True, slots=True)
class Group:
    """Several replies to the same question, each with what came of it."""

    members: tuple[Sample, ...]
    fault: str = ""
    """Why nothing can be learnt from it; empty: something can."""


@dataclass(frozen=True, slots=True)
class Left:
    """An answer that is left out."""

    run: str
    task: str
    reason: str


def blank() -> Blob:
    """The white picture that a critic is shown where a candidate was drawn from nothing."""
    data = white(BLANK)
    return Blob(sha256=hashlib.sha256(data).hexdigest(), width=BLANK, height=BLANK, size=len(data))


@dataclass(frozen=True, slots=True)
class Composer:
    """Puts samples together."""

    blank: Blob = field(default_factory=blank)
    dialect: Dialect = TAGS
    plan: Prompt = field(default_factory=lambda: load("plan"))
    revise: Prompt = field(default_factory=lambda: load("revise"))
    judge: Prompt = field(default_factory=lambda: load("judge"))

    def plans(self, episode: Episode) -> Iterator[Sample | Left]:
        """Plans of a run, the first and its revisions; only what led to a completed run is worth learning."""
        for task in episode.tasks:
            if not isinstance(task.answer, Plan) or not isinstance(task.ask, MakePlan | RevisePlan):
                continue
            if episode.status != "completed":
                yield Left(task.run, task.task, f"the run ended {episode.status}")
                continue
            if (call := _last(task.answer.calls)) is not None:
                yield Sample(task.run, task.task, task.sequence, call.said, call.text, call)
                continue
            try:
                reply = written_plan(task.answer, task.ask, self.dialect)
            except Unspeakable as error:
                yield Left(task.run, task.task, str(error))
                continue
            manner = Manner(self.dialect)
            question = (
                plan_question(self.plan, task.ask, manner)
                if isinstance(task.ask, MakePlan)
                else revise_question(self.revise, task.ask, manner)
            )
            yield Sample(task.run, task.task, task.sequence, question.said, reply)

    def judged(self, task: Task, reward: float | None = None, marks: Scores | None = None) -> Sample:
        """What a critic said about a candidate."""
        ask, verdict = task.ask, task.answer
        assert isinstance(ask, Judge)
        assert isinstance(verdict, Verdict)
        call = _last(verdict.calls)
        if call is not None:
            said, reply = call.said, call.text
        else:
            said = judge_question(self.judge, ask, Manner(self.dialect), blank=self.blank).said
            reply = written_verdict(verdict, ask, self.dialect)
        return Sample(task.run, task.task, task.sequence, said, reply, call, verdict, marks, reward)

    def critiques(self, episode: Episode) -> Iterator[Sample]:
        """All first opinions on candidates."""
        attempts = episode.attempts()
        after = refinements(attempts)
        for attempt in attempts:
            for task in attempt.judged:
                yield self.judged(task, _reward(attempt, after.get(task.task)), attempt.scores)

    def groups(self, episode: Episode) -> Iterator[Group]:
        """Opinions on the same candidate, each with what was drawn after it."""
        attempts = episode.attempts()
        after = refinements(attempts)
        for attempt in attempts:
            if len(attempt.opinions) < 2:
                continue
            members = tuple(
                self.judged(task, _reward(attempt, after.get(task.task)), attempt.scores) for task in attempt.opinions
            )
            yield Group(members, _fault(members))


def _reward(before: Attempt, after: Attempt | None) -> float | None:
    return None if after is None else step_reward(before.scores, after.scores)


def _fault(members: Sequence[Sample]) -> str:
    rewarded = [member.reward for member in members if member.reward is not None]
    if len(rewarded) < 2:
        return "fewer than two members have a reward"
    if len(set(rewarded)) == 1:
        return "all members have the same reward"
    return ""


def _last(calls: Sequence[Call]) -> Call | None:
    """The call that was used, if its words were recorded."""
    used = [call for call in calls if not call.fault]
    return used[-1] if used and used[-1].said and used[-1].text else None
