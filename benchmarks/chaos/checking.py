"""What must hold of a run, told by its entries in the log alone. Pure functions; nothing of stepweave's own is used.

Each rule is a function that looks at every thing it is about and gives, for each, ``None`` or what is wrong with it in
words: so that one can tell how much was looked at, too.

What must hold of commands and answers once nothing is under way any more:

- A command that was *decided* is published, unless it was called off: its author may die in between, and a run that
  ends calls off what it waits for; nobody publishes what a run has called off.
- A command that was *published* is answered, also after its run has ended and also when it was called off: whoever died
  before calling it off leaves it to a worker, which answers it like any other.
- An answer was asked for, unless it calls a task off, which may come before the command or instead of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.chaos.reading import Entry

REQUESTED, DECIDED = "stepweave.run.requested.v1", "stepweave.run.decided.v1"
DRAWN, FAILED, CALLED_OFF = "stepweave.candidate.drawn.v1", "stepweave.task.failed.v1", "stepweave.task.abandoned.v1"
LATE = "stepweave.answer.late.v1"
REFUSED = "Refused"
"""The kind of failure by which the embedded generator says that an order makes no sense, and says so every time."""
ANSWERED_BY = {
    "stepweave.plan.asked.v1": "stepweave.plan.made.v1",
    "stepweave.revision.asked.v1": "stepweave.plan.made.v1",
    "stepweave.candidate.asked.v1": DRAWN,
    "stepweave.verdict.asked.v1": "stepweave.verdict.given.v1",
    "stepweave.recall.asked.v1": "stepweave.notes.recalled.v1",
    "stepweave.remember.asked.v1": "stepweave.notes.remembered.v1",
}

Cell = tuple[str, str, str]
"""Role, capability, task."""
Findings = Iterator[str | None]


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it was decided."""

    cell: Cell
    ask: Mapping[str, Any]
    sequence: int
    """Of the decision."""


@dataclass(frozen=True, slots=True)
class Story:
    """A run's entries, sorted out."""

    run: str
    entries: Sequence[Entry]
    events: Sequence[Entry]
    orders: Sequence[Order]
    called_off: frozenset[str]
    """Tasks that a decision called off."""
    commands: Mapping[Cell, Entry]
    """The first command of each cell."""
    answers: Mapping[Cell, Entry]
    """The first answer in each cell."""
    notes: Sequence[Entry]
    pictures: Mapping[str, str | None]
    """What the picture stored under a hash really hashes to; ``None``: nothing is stored."""

    @property
    def decisions(self) -> list[Entry]:
        return [event for event in self.events if event.type == DECIDED]

    @property
    def outcome(self) -> Mapping[str, Any] | None:
        return next((event.body["outcome"] for event in self.decisions if event.body.get("outcome")), None)


def story(run: str, entries: Sequence[Entry], pictures: Mapping[str, str | None]) -> Story:
    """Sort a run's entries out."""
    by_branch: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.body is not None:
            by_branch[entry.tokens[0]].append(entry)
    decisions = [entry for entry in by_branch["ev"] if entry.type == DECIDED]
    orders = [
        Order((each["role"], each["capability"], each["task"]), each["ask"], entry.sequence)
        for entry in decisions
        for each in entry.body.get("commands", ())
    ]
    called_off = frozenset(task for entry in decisions for task in entry.body.get("abandoned", ()))
    return Story(
        run,
        entries,
        by_branch["ev"],
        orders,
        called_off,
        _first(by_branch["cmd"]),
        _first(by_branch["done"]),
        by_branch["note"],
        pictures,
    )


def _first(entries: Sequence[Entry]) -> dict[Cell, Entry]:
    found: dict[Cell, Entry] = {}
    for entry in entries:
        role, capability, task = entry.tokens[1:]
        found.setdefault((role, capability, task), entry)
    return found


def hashes(entries: Sequence[Entry]) -> set[str]:
    """All pictures that a run speaks of."""
    return {sha256 for entry in entries for sha256 in _hashes(entry.body)}


def _hashes(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("sha256"), str):
            yield value["sha256"]
        for inner in value.values():
            yield from _hashes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _hashes(inner)


# ---------------------------------------------------------------------------------------------- rules


def ended(run: Story) -> Findings:
    """Every run that was asked for has ended, once, and nothing was decided after that."""
    ends = [event for event in run.events if event.tokens[1] == "finished"]
    if len(ends) != 1:
        yield f"has {len(ends)} events `finished`"
    elif ends[0] is not run.events[-1]:
        yield f"goes on after its end at {ends[0].sequence}"
    else:
        yield None if run.outcome else "has an event `finished` without an outcome"


def unfailed(run: Story) -> Findings:
    """No run fails, unless the generator refused to draw what cannot be drawn."""
    if run.outcome:
        refused = any(answer.type == FAILED and answer.body.get("kind") == REFUSED for answer in run.answers.values())
        failed = run.outcome["status"] == "failed" and not refused
        yield f"failed: {run.outcome.get('reason')}" if failed else None


def readable(run: Story) -> Findings:
    """Every message is a JSON object with a type."""
    for entry in run.entries:
        yield None if entry.body is not None and entry.type else f"{entry.subject} cannot be read"


def written_once(run: Story) -> Findings:
    """Every subject holds one message."""
    for subject, count in Counter(entry.subject for entry in run.entries).items():
        yield None if count == 1 else f"{subject} holds {count} messages"


def chained(run: Story) -> Findings:
    """A run's events are numbered without a gap, from its request on."""
    for number, event in enumerate(run.events):
        right = event.tokens[2] == str(number) and (event.type == REQUESTED) == (number == 0)
        yield None if right else f"{event.subject} is the event {number}"


def published(run: Story) -> Findings:
    """Every command that was decided and not called off is published, as it was decided."""
    for order in run.orders:
        command = run.commands.get(order.cell)
        if command is None:
            yield None if order.cell[2] in run.called_off else f"{_told(order.cell)} was decided, never published"
        else:
            yield None if command.body == order.ask else f"{_told(order.cell)} asks for something else than was decided"


def decided(run: Story) -> Findings:
    """Every command that is published was decided before."""
    known = {order.cell: order.sequence for order in reversed(run.orders)}
    for cell, command in run.commands.items():
        right = known.get(cell, command.sequence) < command.sequence
        yield None if right else f"{_told(cell)} was published, and nobody had decided it"


def answered(run: Story) -> Findings:
    """Every command that is published has its answer, of a kind that fits."""
    for cell, command in run.commands.items():
        answer = run.answers.get(cell)
        if answer is None:
            yield f"{_told(cell)} has no answer"
        else:
            fits = answer.type in (ANSWERED_BY.get(command.type), FAILED, CALLED_OFF)
            yield None if fits else f"{_told(cell)}, a {command.type}, is answered with a {answer.type}"


def asked(run: Story) -> Findings:
    """Every answer was asked for before, or calls off what was decided."""
    known = {order.cell for order in run.orders}
    for cell, answer in run.answers.items():
        command = run.commands.get(cell)
        if answer.type == CALLED_OFF:
            yield None if cell in known else f"{_told(cell)} is called off, and nobody had decided it"
        else:
            right = command is not None and command.sequence < answer.sequence
            yield None if right else f"{_told(cell)} is answered, and nobody had asked"


def as_drawn(run: Story) -> Findings:
    """An accepted picture is the one that was drawn: the answer in its candidate's cell."""
    draws = [order for order in reversed(run.orders) if order.ask.get("ask") == "draw"]
    drawings = {(order.ask["step"], order.ask["candidate"]): order.cell for order in draws}
    for event, one in _acceptances(run):
        if one.get("candidate") is None:
            continue
        answer = run.answers.get(drawings.get((one["step"], one["candidate"]), ("", "", "")))
        name = f"step {one['step']}, candidate {one['candidate']}"
        if answer is None or answer.type != DRAWN or answer.sequence > event.sequence:
            yield f"{name} was accepted before it was drawn"
        else:
            same = answer.body["image"]["sha256"] == one["image"]["sha256"]
            yield None if same else f"{name} was accepted with another picture than was drawn"


def stored(run: Story) -> Findings:
    """Every picture that is spoken of is in the store and hashes to its name."""
    for sha256 in sorted(hashes(run.entries)):
        found = run.pictures.get(sha256)
        if found is None:
            yield f"the picture {sha256} is not in the store"
        else:
            yield None if found == sha256 else f"the picture stored as {sha256} hashes to {found}"


def drawn_once(run: Story) -> Findings:
    """A candidate is drawn under one task, and a task is ordered once."""
    tasks: dict[tuple[int, int], list[str]] = defaultdict(list)
    for order in run.orders:
        if order.ask.get("ask") == "draw":
            tasks[order.ask["step"], order.ask["candidate"]].append(order.cell[2])
    for (step, candidate), names in tasks.items():
        yield None if len(names) == 1 else f"step {step}, candidate {candidate} is drawn as {' and '.join(names)}"
    for task, count in Counter(order.cell[2] for order in run.orders).items():
        yield None if count == 1 else f"task {task} is ordered {count} times"


def settled(run: Story) -> Findings:
    """A step that was accepted stays as it is, unless a revision of the plan says otherwise; in the end all are."""
    plan: dict[int, Mapping[str, Any]] = {}
    standing: dict[int, str] = {}
    for decision in run.decisions:
        if decision.body.get("plan") is not None:
            new = {step["number"]: step for step in decision.body["plan"]}
            standing = {step: image for step, image in standing.items() if step in _kept(plan, new)}
            plan = new
        for step in decision.body.get("reopened", ()):
            standing.pop(step, None)
        for one in decision.body.get("accepted", ()):
            image = (one.get("image") or {}).get("sha256", "text")
            yield f"step {one['step']} was accepted twice" if one["step"] in standing else None
            standing[one["step"]] = image
    if run.outcome and run.outcome["status"] in ("completed", "flawed"):
        yield None if plan and plan.keys() == standing.keys() else "is complete, but not every step is accepted"


def drawn_from_what_stands(run: Story) -> Findings:
    """In the end every picture was drawn from the pictures that its step starts from."""
    if run.outcome is None or run.outcome["status"] not in ("completed", "flawed"):
        return
    plan = next((d.body["plan"] for d in reversed(run.decisions) if d.body.get("plan") is not None), ())
    last = {one["step"]: one for _, one in _acceptances(run)}
    asks = {(order.ask["step"], order.ask["candidate"]): order.ask for order in run.orders if _draws(order)}
    for step in plan:
        ask = asks.get((step["number"], last.get(step["number"], {}).get("candidate")), {})
        pairs = zip(step.get("sources", ()), ask.get("sources", ()), strict=False)
        wrong = [
            source["step"]
            for source, picture in pairs
            if source["kind"] == "step" and picture != last[source["step"]].get("image")
        ]
        yield f"step {step['number']} was drawn from another picture than that of step {wrong[0]}" if wrong else None


def in_vain(run: Story) -> Findings:
    """What was called off was not accepted."""
    for event, one in _acceptances(run):
        cells = {o.cell[2] for o in run.orders if _draws(o) and (o.ask["step"], o.ask["candidate"]) == _name(one)}
        before = {task for d in run.decisions if d.sequence <= event.sequence for task in d.body.get("abandoned", ())}
        yield f"step {one['step']}, candidate {one['candidate']} had been called off" if cells & before else None


RULES: tuple[Callable[[Story], Findings], ...] = (
    ended,
    unfailed,
    readable,
    written_once,
    chained,
    published,
    decided,
    answered,
    asked,
    as_drawn,
    stored,
    drawn_once,
    settled,
    drawn_from_what_stands,
    in_vain,
)
"""What is looked at in every run."""


# ---------------------------------------------------------------------------------------------- small parts


def _draws(order: Order) -> bool:
    return order.ask.get("ask") == "draw"


def _name(accepted: Mapping[str, Any]) -> tuple[Any, Any]:
    return accepted["step"], accepted.get("candidate")


def _told(cell: Cell) -> str:
    return f"{cell[2]} for {cell[0]}.{cell[1]}"


def _acceptances(run: Story) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    for decision in run.decisions:
        for one in decision.body.get("accepted", ()):
            yield decision, one


def _kept(old: Mapping[int, Mapping[str, Any]], new: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """The steps that a revision leaves alone: they are drawn as they were, and so are those they start from."""
    kept: set[int] = set()
    for number, step in new.items():
        sources = {source["step"] for source in step.get("sources", ()) if source["kind"] == "step"}
        before = old.get(number, {})
        alike = all(before.get(part) == step.get(part) for part in ("number", "prompt", "sources"))
        if alike and sources <= kept:
            kept.add(number)
    return kept


Final = tuple[str, tuple[tuple[int, str], ...]]
"""How a run ended, and the picture with which each step did."""


def final(run: Story) -> Final | None:
    """What came of a run; ``None``: it has not ended, or was cancelled."""
    if run.outcome is None or run.outcome["status"] == "cancelled":
        return None
    last = {one["step"]: (one.get("image") or {}).get("sha256", "text") for _, one in _acceptances(run)}
    return run.outcome["status"], tuple(sorted(last.items()))
