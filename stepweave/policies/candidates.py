"""Candidates: what was drawn for a step, and what the critics say of it, read from a run's commands and answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepweave.messages import Abandoned, Answer, Command, Draw, Drawn, Failure, Judge, Options, Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one critic said of a candidate."""

    task: str
    critic: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attempt at a step: what was asked, what was drawn, what the critics said."""

    number: int
    task: str
    ask: Draw
    drawn: Drawn | None = None
    failure: Failure | None = None
    """The drawing, or a critic, failed."""
    abandoned: bool = False
    """It was called off, or its judging was."""
    opinions: tuple[Opinion, ...] = ()
    """All that was said of it, in the order in which it was asked for: first every critic once."""
    asked: int = 0
    """How many opinions of it were asked for, of the critic that was asked for most."""
    awaited: int = 0
    """Opinions that were asked for and have not been given."""
    verdicts: tuple[Verdict, ...] = ()
    """The first opinion of each critic: those decide."""
    judged: bool = False
    """Every critic has given its first opinion."""
    accepted: bool = False
    rejected: bool = False
    """A person said no to it."""

    @property
    def settled(self) -> bool:
        """Nothing more will be heard of it."""
        return self.abandoned or self.failure is not None or (self.judged and not self.awaited)

    @property
    def promising(self) -> bool:
        """It is drawn, and nobody has said yet that it is no good."""
        standing = self.drawn is not None and not self.abandoned and self.failure is None
        return standing and not self.rejected and (self.accepted or not self.judged)

    @property
    def score(self) -> float:
        """Mean of the critics' overall scores, 0-10; -1 for a candidate nobody judged."""
        marks = [verdict.scores.overall for verdict in self.verdicts]
        return sum(marks) / len(marks) if marks else -1.0

    @property
    def refinements(self) -> tuple[Opinion, ...]:
        """The opinions that say what to ask for instead."""
        return tuple(opinion for opinion in self.opinions if opinion.verdict.refined_prompt)

    @property
    def reason(self) -> str:
        """Why it was rejected or failed, in words."""
        if self.failure is not None:
            return self.failure.reason
        return " ".join(v.reason for v in self.verdicts if v.reason)


def draw_task(step: int, candidate: int) -> str:
    """The task in which a candidate is drawn."""
    return f"s{step}c{candidate}"


def judge_task(candidate: str, critic: str, opinion: int = 1) -> str:
    """The task in which one critic judges one candidate."""
    return f"{candidate}-{critic}" if opinion == 1 else f"{candidate}-{critic}-{opinion}"


def seed_of(seed: int, step: int, candidate: int) -> int:
    """A seed of its own for every candidate of a run, below 2**32, the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{step}/{candidate}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def candidate_of(
    command: Command,
    critiques: Sequence[Command],
    answers: Mapping[str, Answer],
    options: Options,
    abandoned: frozenset[str],
) -> Candidate:
    """The candidate that a command to draw is about, as far as it has come.

    Args:
        command: to draw it.
        critiques: the commands to judge it, in their order.
        answers: all answers of the run, by task.
        options: of the run.
        abandoned: the tasks that were called off.
    """
    ask, answer = command.ask, answers.get(command.task)
    assert isinstance(ask, Draw)
    if command.task in abandoned:
        return Candidate(ask.candidate, command.task, ask, abandoned=True)
    if not isinstance(answer, Drawn):
        failure = None if answer is None else _misfit(answer, "Draw")
        return Candidate(ask.candidate, command.task, ask, failure=failure)
    if any(critique.task in abandoned for critique in critiques):
        return Candidate(ask.candidate, command.task, ask, answer, abandoned=True)
    given = [(critique, answers[critique.task]) for critique in critiques if critique.task in answers]
    deciding = [said for critique, said in given if _number(critique) == 1]
    verdicts = tuple(said for said in deciding if isinstance(said, Verdict))
    judged = len(verdicts) == len(set(options.critics))
    agree = all if options.agreement == "all" else any
    return Candidate(
        ask.candidate,
        command.task,
        ask,
        answer,
        failure=next((_misfit(said, "Judge") for said in deciding if not isinstance(said, Verdict)), None),
        opinions=tuple(Opinion(c.task, c.capability, said) for c, said in given if isinstance(said, Verdict)),
        asked=max(map(_number, critiques), default=0),
        awaited=len(critiques) - len(given),
        verdicts=verdicts,
        judged=judged,
        accepted=judged and (not verdicts or agree(verdict.accepted for verdict in verdicts)),
    )


def _number(critique: Command) -> int:
    assert isinstance(critique.ask, Judge)
    return critique.ask.opinion


def _misfit(answer: Answer, ask: str) -> Failure:
    """A failure as it is; any other answer that does not fit the ask as a failure."""
    if isinstance(answer, Failure):
        return answer
    if isinstance(answer, Abandoned):  # by whom we do not know: what we call off is in our decisions
        return Failure(kind="Abandoned", reason="somebody else called it off", cause="transient")
    return Failure(kind="Misfit", reason=f"{ask} was answered with {type(answer).__name__}", remedy="mend that agent")
