"""The state of a run: a fold over its log, and nothing else.

``fold`` takes records as they stand in the log. Answers are kept by task and events by number, so a record that
comes twice, or answers that come in another order, change nothing; what a run has decided is only ever read from
its ``Decided`` events, and ``enact`` is the one place where a decision takes effect - here and, as a rehearsal, in
decide.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stepweave.chain import BEGINNING, MOST_EVENTS, Chain
from stepweave.messages import (
    Accepted,
    Answer,
    Cancel,
    Command,
    Control,
    Decided,
    Draw,
    Drawn,
    Failure,
    Judge,
    Late,
    Message,
    Note,
    Outcome,
    Recalled,
    RunForked,
    RunRequested,
    Step,
    Unknown,
)
from stepweave.policies.candidates import Candidate, candidate_of, draw_task
from stepweave.policies.plans import drawn_from

if TYPE_CHECKING:
    from stepweave.bus import Record


EARLY = 100
"""Answers kept of a run that nobody had asked for when they came."""


ENDLESS = Outcome(status="failed", reason=f"it came to {MOST_EVENTS} events, more than any run needs")
"""How a run ends that would not."""
MOST_CONTROLS = 1000
"""Words of people that one run heeds; there is no end to what anybody may say."""
NOTES = 40
"""Notes that a run asks its memory for, and takes from it."""


@dataclass(frozen=True, slots=True)
class RunState:
    """Everything a run has said so far, put together."""

    run: str
    requested: RunRequested | None = None
    requested_at: datetime | None = None
    plan: tuple[Step, ...] | None = None
    revision: int = 0
    """How many plans were adopted after the first."""
    commands: Mapping[str, Command] = field(default_factory=dict)
    """Every command decided, by task, in the order of the decisions."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    answered_at: Mapping[str, int] = field(default_factory=dict)
    """Log sequence of each answer."""
    early: Mapping[tuple[str, ...], tuple[Answer, int]] = field(default_factory=dict)
    """Answers to what was not commanded yet, by role, capability and task: whoever writes a cell first, has it.

    At most ``EARLY``: nobody has reason to answer what was not asked, and anybody could do so without end. Whether one
    that was left out is the answer of a task, its cell tells.
    """
    draws: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The drawing tasks of each step, in the order of the decisions."""
    critiques: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The judging tasks of each drawing task, in the order of the decisions."""
    accepted: Mapping[int, Accepted] = field(default_factory=dict)
    """How each settled step ended."""
    void: Mapping[int, int] = field(default_factory=dict)
    """Step number to how many of its first candidates belong to an earlier plan."""
    abandoned: frozenset[str] = frozenset()
    wasted: Mapping[str, float] = field(default_factory=dict)
    """Seconds that were spent on tasks in vain, as those say who spent them; known where notes are read, too."""
    approved: bool = False
    """Whether a person agreed with the plan in force."""
    rejected: frozenset[str] = frozenset()
    """The drawing tasks of candidates that a person rejected."""
    proposed: Mapping[int, Accepted] = field(default_factory=dict)
    """What waits for a person's word, by step."""
    controls: Mapping[str, Control] = field(default_factory=dict)
    """What people told the run, by id, in the order of the log; at most ``MOST_CONTROLS``."""
    heeded: frozenset[str] = frozenset()
    """The ids of those that were taken note of."""
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    """When the last decision was taken."""
    cancelled: Cancel | None = None
    chain: Chain = BEGINNING
    """How far its events have come."""
    owner: str = ""
    """Who wrote the last decision."""

    @property
    def events(self) -> int:
        """How many events there are: the number of the next one, which guards it."""
        return self.chain.events

    @property
    def head(self) -> int:
        """Log sequence of the last event."""
        return self.chain.head

    def step(self, number: int) -> Step:
        """The step of this number in the plan in force."""
        for step in self.plan or ():
            if step.number == number:
                return step
        raise KeyError(number)

    def unheeded(self) -> tuple[tuple[str, Control], ...]:
        """What people told the run that it has not taken note of, in its order."""
        return tuple((id_, control) for id_, control in self.controls.items() if id_ not in self.heeded)

    def waiting(self) -> tuple[Command, ...]:
        """Commands that were decided and have no answer yet."""
        return tuple(c for c in self.commands.values() if c.task not in self.answers and c.task not in self.abandoned)

    def answer(self, task: str) -> Answer | None:
        """The answer of a task, if there is one."""
        return self.answers.get(task)

    @property
    def drawing_seconds(self) -> float:
        """How long generators drew for the pictures there are; what was in vain is in ``wasted``."""
        return sum(answer.seconds for answer in self.answers.values() if isinstance(answer, Drawn))

    def notes(self) -> tuple[Note, ...]:
        """What the memory recalled for this run."""
        recalled = self.answers.get("recall")
        return recalled.notes[:NOTES] if isinstance(recalled, Recalled) else ()

    def chosen(self, step: int) -> bool:
        """Whether a person took the picture of a settled step from elsewhere, whatever the steps before it show."""
        end, requested = self.accepted.get(step), self.requested
        if end is None or end.taken is None:
            return False
        if not isinstance(requested, RunForked) or end not in requested.accepted:
            return True
        return requested.parent.how == "pick" and requested.parent.step == step

    def attempts(self, step: int) -> tuple[Candidate, ...]:
        """Every candidate of a step, those of earlier plans too, in their order."""
        return tuple(self.candidate(task) for task in self.draws.get(step, ()))

    def candidates(self, step: int) -> tuple[Candidate, ...]:
        """The candidates of a step under the plan in force, in their order."""
        return tuple(self.candidate(task) for task in self.draws.get(step, ())[self.void.get(step, 0) :])

    def candidate(self, task: str) -> Candidate:
        """The candidate that is drawn in a task."""
        assert self.requested is not None
        critiques = [self.commands[critique] for critique in self.critiques.get(task, ())]
        found = candidate_of(self.commands[task], critiques, self.answers, self.requested.options, self.abandoned)
        return replace(found, rejected=True, accepted=False) if task in self.rejected else found


_BEGINNING = ("requested", "0")
"""What stands in the subject of the event that a run begins with."""


def fold(state: RunState, record: Record) -> RunState:
    """The state after one more record of the run's log; records of other branches change nothing.

    An event tells in its subject how many are before it. One that is not the next behind those known changes nothing
    either: something between them has not been read yet, or somebody wrote it who is no orchestrator. A request behind
    all that is known begins the run anew: the one of that name that was there before was removed.
    """
    message = record.message
    if record.branch == "ev":
        if record.tokens == _BEGINNING and record.sequence > state.head > 0:
            state = RunState(state.run)
        chain, counts = state.chain.heard(record.tokens[-1], record.sequence)
        state = state if chain is state.chain else _bounded(replace(state, chain=chain))
        return _told(state, record) if counts else state
    if record.branch == "done":
        answer = message if isinstance(message, Answer) else _unknown(message)
        return _answered(state, record.tokens, answer, record.sequence)
    if record.branch == "note" and isinstance(message, Late) and message.task in state.commands:
        return replace(state, wasted={**state.wasted, message.task: message.seconds})
    return _told_from_outside(state, record) if record.branch == "ctl" else state


def _told_from_outside(state: RunState, record: Record) -> RunState:
    message = record.message
    if isinstance(message, Cancel) and state.cancelled is None:
        return replace(state, cancelled=message)
    if isinstance(message, Control) and record.task not in state.controls and len(state.controls) < MOST_CONTROLS:
        return replace(state, controls={**state.controls, record.task: message})
    return state


def knows(state: RunState, record: Record) -> bool:
    """Whether a record was folded before."""
    if record.branch == "ev":
        return record.sequence <= state.head
    if record.branch == "done":
        _, early = state.early.get(record.tokens, (None, 0))
        return record.sequence in (early, state.answered_at.get(record.task))
    return record.branch == "ctl" and record.task in state.controls


def chained(records: Iterable[Record]) -> Iterator[Record]:
    """The records of a run, without events that do not count."""
    chain = BEGINNING
    for record in records:
        if record.branch == "ev":
            chain, counts = chain.heard(record.tokens[-1], record.sequence)
            if not counts:
                continue
        yield record


def grown(state: RunState, sequence: int) -> RunState:
    """The state with one more event, which stands at a sequence."""
    return _bounded(replace(state, chain=state.chain.grown(sequence)))


def _bounded(state: RunState) -> RunState:
    """A run that has all the events a run can have is over."""
    if state.outcome is not None or not state.chain.full:
        return state
    return replace(state, outcome=ENDLESS)


def _told(state: RunState, record: Record) -> RunState:
    """The state after the next event. A run begins with its request; what is none, or comes again, changes nothing."""
    message = record.message
    if isinstance(message, RunRequested) and state.requested is None:
        begun = replace(state, requested=message, requested_at=record.time)
        return _inherited(begun, message) if isinstance(message, RunForked) else begun
    if isinstance(message, Decided) and state.requested is not None:
        ended = record.time if message.outcome is not None else state.ended_at
        return enact(replace(state, owner=record.source, ended_at=ended), message)
    return state


def _inherited(state: RunState, fork: RunForked) -> RunState:
    """The state of a run that begins with what another one has."""
    capability = fork.options.generator
    given = [
        (Command(task=draw_task(a.ask.step, a.ask.candidate), role="generator", capability=capability, ask=a.ask), a)
        for a in fork.attempted
    ]
    state = replace(state, plan=fork.plan, approved=True, accepted={end.step: end for end in fork.accepted})
    state = enact(state, Decided(commands=tuple(command for command, _ in given)))
    return replace(state, answers={command.task: attempted.drawn for command, attempted in given})


def replay(run: str, records: Iterable[Record]) -> RunState:
    """The state of a run from its whole log."""
    state = RunState(run)
    for record in records:
        state = fold(state, record)
    return state


def _unknown(message: Message) -> Failure:
    """What stands in a cell for ever, and nobody here can read, counts as a failure."""
    type_ = message.type if isinstance(message, Unknown) else message.TYPE
    return Failure(
        kind="UnknownAnswer",
        reason=f"it was answered with a {type_}, which this version cannot read",
        remedy="run the same version of stepweave everywhere",
    )


def _answered(state: RunState, where: tuple[str, ...], answer: Answer, sequence: int) -> RunState:
    """Take an answer if it stands in the cell of the command: under the role and capability that were asked."""
    task = where[-1]
    command = state.commands.get(task)
    if command is None:
        if where in state.early or len(state.early) >= EARLY:
            return state
        return replace(state, early={**state.early, where: (answer, sequence)})
    if task in state.answers or where != cell(command):
        return state
    if answer.calls:  # no decision depends on them, and they are most of what a model's answer takes up
        answer = answer.model_copy(update={"calls": ()})
    return replace(
        state,
        answers={**state.answers, task: answer},
        answered_at={**state.answered_at, task: sequence},
    )


def cell(command: Command) -> tuple[str, ...]:
    """What stands in the subjects of a command and of its answer."""
    return (command.role, command.capability, command.task)


def enact(state: RunState, decision: Decided) -> RunState:
    """The state once a decision holds: first what it takes back, then what it adds."""
    if decision.plan is not None:
        state = _adopt(state, decision.plan)
    state = _added(_taken_back(state, decision), decision)
    early = dict(state.early)
    for command in decision.commands if early else ():
        if (found := early.pop(cell(command), None)) is not None:
            state = _answered(replace(state, early=early), cell(command), *found)
    return state


def takes_back(decision: Decided) -> bool:
    """Whether a decision undoes something; such a one is taken by itself, for the order within a decision is fixed."""
    return bool(decision.plan is not None or decision.reopened or decision.redone or decision.rejected)


def _taken_back(state: RunState, decision: Decided) -> RunState:
    if not (decision.reopened or decision.redone or decision.rejected):
        return state
    rejected = state.rejected.union(decision.rejected)
    gone = {step for step, end in state.proposed.items() if _task(end) in rejected}
    for taken_back in {*decision.reopened, *decision.redone}:
        gone |= drawn_from(state.plan or (), taken_back)
    return replace(
        state,
        accepted={step: end for step, end in state.accepted.items() if step not in decision.reopened},
        void={**state.void, **{step: len(state.draws.get(step, ())) for step in decision.redone}},
        rejected=rejected,
        proposed={step: end for step, end in state.proposed.items() if step not in gone},
    )


def _task(end: Accepted) -> str:
    return draw_task(end.step, end.candidate or 0)


def _added(state: RunState, decision: Decided) -> RunState:
    fresh = {c.task: c for c in decision.commands if c.task not in state.commands}
    draws, critiques = dict(state.draws), dict(state.critiques)
    for command in fresh.values():
        if isinstance(command.ask, Draw):
            draws[command.ask.step] = (*draws.get(command.ask.step, ()), command.task)
        elif isinstance(command.ask, Judge):
            drawn = draw_task(command.ask.step, command.ask.candidate)
            critiques[drawn] = (*critiques.get(drawn, ()), command.task)
    accepted = {**state.accepted, **{end.step: end for end in decision.accepted}}
    proposed = {**state.proposed, **{end.step: end for end in decision.proposed}}
    return replace(
        state,
        approved=state.approved or decision.approved,
        accepted=accepted,
        proposed={step: end for step, end in proposed.items() if step not in accepted} if proposed else proposed,
        commands={**state.commands, **fresh},
        draws=draws,
        critiques=critiques,
        abandoned=state.abandoned | set(decision.abandoned),
        heeded=state.heeded.union(one.control for one in decision.heeded),
        outcome=decision.outcome or state.outcome,
    )


def _adopt(state: RunState, plan: tuple[Step, ...]) -> RunState:
    """Put a plan in force. A step that is drawn as before, and whose sources are, keeps its pictures."""
    if state.plan is None:
        return replace(state, plan=plan)
    old = {step.number: step for step in state.plan}
    kept: set[int] = set()
    for step in plan:
        before = old.get(step.number)
        if (
            before is not None
            and drawn_alike(before, step)
            and (kept.issuperset(step.before) or state.chosen(step.number))
        ):
            kept.add(step.number)
    changed = {step.number for step in plan} - kept
    return replace(
        state,
        plan=plan,
        approved=False,
        revision=state.revision + 1,
        accepted={n: a for n, a in state.accepted.items() if n in kept},
        proposed={n: a for n, a in state.proposed.items() if n in kept},
        void={**state.void, **{n: len(state.draws.get(n, ())) for n in changed}},
    )


def drawn_alike(one: Step, other: Step) -> bool:
    """Whether two steps are drawn from the same prompt and the same sources; their words may differ."""
    return (one.prompt, one.sources) == (other.prompt, other.sources)
