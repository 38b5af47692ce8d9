"""A run without a broker: decisions are appended to a list of records, and answers come from a function of the ask."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from stepweave.bus import Record
from stepweave.messages import (
    Answer,
    Ask,
    Blob,
    Command,
    Decided,
    Drawn,
    Fault,
    FromStep,
    Judge,
    MakePlan,
    Message,
    Options,
    Plan,
    Recall,
    Recalled,
    Remembered,
    RevisePlan,
    RunRequested,
    Scores,
    Step,
    Verdict,
)
from stepweave.policies.decide import decide, decided, kind
from stepweave.policies.state import RunState, cell, fold

START = datetime(2026, 1, 1, tzinfo=UTC)
Answering = Callable[[Command], Answer]


def picture(name: str) -> Blob:
    return Blob(sha256=hashlib.sha256(name.encode()).hexdigest(), width=8, height=8, size=100)


def chain(count: int) -> tuple[Step, ...]:
    """Steps that each edit the picture before."""
    steps = [Step(number=1, prompt="draw 1")]
    steps += [Step(number=n, prompt=f"edit {n}", sources=(FromStep(step=n - 1),)) for n in range(2, count + 1)]
    return tuple(steps)


class Log:
    """The records of one simulated run, in log order, and the state they fold to."""

    def __init__(self, options: Options | None = None, *, run: str = "r") -> None:
        self.records: list[Record] = []
        self.state = RunState(run)
        self.append("ev", ("requested", "0"), RunRequested(request="a story", options=options or Options()))

    def append(self, branch: str, tokens: tuple[str, ...], message: Message) -> None:
        sequence = len(self.records) + 1
        record = Record(
            message,
            self.state.run,
            branch,
            tokens,
            sequence,
            START + timedelta(seconds=sequence),
            "/test",
            f"{sequence}",
        )
        self.records.append(record)
        self.state = fold(self.state, record)

    def decide(self) -> bool:
        """Take the next decision, if there is one."""
        decision, more = decided(self.state, START)
        if decision is None:
            return False
        self.append("ev", (kind(decision, self.state), str(self.state.events)), decision)
        if not (more or self.state.chain.ending):
            assert decide(self.state, START) is None  # the orchestrator does not look again
        return True

    def answer(self, command: Command, answer: Answer) -> None:
        self.append("done", cell(command), answer)

    def run(self, answering: Answering, pick: Callable[[int], int] = lambda n: 0, most: int = 2000) -> RunState:
        """Decide and answer until the run ends; ``pick(n)`` says which of n waiting commands is answered next."""
        for _ in range(most):
            while self.decide():
                pass
            waiting = self.state.waiting()
            if self.state.outcome is not None or not waiting:
                break
            command = waiting[pick(len(waiting))]
            self.answer(command, answering(command))
        return self.state


def commanded(records: Iterable[Record]) -> list[Record]:
    """The records with the commands that a real log has among them."""
    found: list[Record] = []
    for record in records:
        found.append(record)
        for command in record.message.commands if isinstance(record.message, Decided) else ():
            tokens = (command.role, command.capability, command.task)
            found.append(Record(command.ask, record.run, "cmd", tokens, record.sequence, START, "/o", command.task))
    return found


def verdict(accepted: bool, score: float = 5.0, refined: str | None = None, aspect: str = "colour") -> Verdict:
    faults = () if accepted else (Fault(aspect=aspect, subject="cat"),)
    return Verdict(
        accepted=accepted,
        scores=Scores(semantics=score, quality=score),
        faults=faults,
        refined_prompt=None if accepted else refined,
        reason="" if accepted else f"wrong {aspect}",
    )


def answers(
    plan: tuple[Step, ...], judge: Callable[[Judge], Verdict], revise: Callable[[RevisePlan], Answer] | None = None
) -> Answering:
    """Agents that always answer: this plan, a picture for every order, this judgement."""

    def answer(command: Command) -> Answer:
        ask: Ask = command.ask
        if isinstance(ask, MakePlan):
            return Plan(steps=plan)
        if isinstance(ask, RevisePlan):
            assert revise is not None
            return revise(ask)
        if isinstance(ask, Judge):
            return judge(ask)
        if isinstance(ask, Recall):
            return Recalled()
        if command.role == "memory":
            return Remembered(count=1)
        return Drawn(image=picture(command.task))

    return answer
