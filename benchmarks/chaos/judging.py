"""The whole log judged: every run by every rule, the runs against each other, the store, and what was wasted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.chaos.checking import DRAWN, FAILED, LATE, RULES, Final, Story, final, hashes, story
from benchmarks.chaos.reading import Entry, Reader

UNKEPT = "a run that the broker took is in the log"
TWINS = "runs without memory that ask for the same end alike, with the same pictures"
RACING = ("parallel(2, rounds=2)", "speculative")
"""Beginnings of policies under which the first good picture wins, whichever that is: their runs have no twins."""
WHOLE = "nothing was removed from a stream"


@dataclass(frozen=True, slots=True)
class Offence:
    """Something that must not be."""

    rule: str
    run: str
    text: str

    def __str__(self) -> str:
        return f"{self.run}: {self.text} (rule: {self.rule})"


@dataclass(slots=True)
class Work:
    """What generators did; seconds are those of the drawing itself, by the generators' own clocks."""

    drawings: int = 0
    seconds: float = 0.0
    """Spent on the pictures that are answers."""
    late: int = 0
    """Pictures that came when their cell was taken."""
    late_seconds: float = 0.0
    """Spent on them: as long as the picture took that stands in the cell, for it is the same."""
    stopped: int = 0
    """Drawings that were stopped because they were called off."""
    stopped_seconds: float = 0.0
    """Spent on them, as their notes say."""
    late_told: float = 0.0
    """What their notes say: from the ask to the answer, also while the worker was stopped or waited for the broker."""
    deliveries: int = 0
    """Of commands to generators."""
    commands: int = 0
    """To generators."""

    @property
    def wasted(self) -> float:
        """Per cent of all seconds."""
        return 100 * self.late_seconds / max(1e-9, self.seconds + self.late_seconds)

    @property
    def unseen(self) -> int:
        """Deliveries that left no trace in the log: to a worker that died, or was cut off, or found an answer there."""
        return max(0, self.deliveries - self.commands - self.late)

    @property
    def wasted_at_most(self) -> float:
        """Per cent of all seconds, if every delivery without a trace was a picture that was lost when it was done."""
        lost = self.late_seconds + self.unseen * self.seconds / max(1, self.drawings)
        return 100 * lost / max(1e-9, self.seconds + lost)


@dataclass(slots=True)
class Judgement:
    """What was found."""

    checked: Counter[str] = field(default_factory=Counter)
    """How many things were looked at, by rule."""
    offences: list[Offence] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    """Answers that are failures, by their kind."""
    messages: int = 0
    pictures: int = 0
    commands: int = 0
    deliveries: int = 0
    """Of commands, how often each was handed to a worker, put together."""
    dead: int = 0
    """Dead letters."""
    work: Work = field(default_factory=Work)

    @property
    def redelivered(self) -> int:
        """Deliveries beyond the first of each command."""
        return max(0, self.deliveries - self.commands)

    def find(self, rule: str, run: str, finding: str | None) -> None:
        """Count something that was looked at."""
        self.checked[rule] += 1
        if finding is not None:
            self.offences.append(Offence(rule, run, finding))


def rule_name(rule: Callable[..., object]) -> str:
    """A rule in words: the first sentence of what it says about itself."""
    return (rule.__doc__ or rule.__name__).split("\n")[0].rstrip(".")


async def judge(
    reader: Reader, accepted: Sequence[str], also: Callable[[str, Sequence[Entry]], None] = lambda run, entries: None
) -> Judgement:
    """Read and judge everything.

    Args:
        reader: of the broker, when nothing is under way there any more.
        accepted: the runs whose request the broker had acknowledged.
        also: is shown the entries of every run.
    """
    found = Judgement()
    pictures: dict[str, str | None] = {}
    twins: dict[str, dict[Final, str]] = defaultdict(dict)
    runs = {
        subject.split(".")[2] for branch in ("ev", "cmd", "done") for subject in await reader.subjects(f"{branch}.>")
    }
    for run in accepted:
        found.find(UNKEPT, run, None if run in runs else "was acknowledged and is not in the log")
    for run in sorted(runs):
        entries = await reader.run(run)
        for sha256 in hashes(entries) - pictures.keys():
            pictures[sha256] = await reader.hash_of(sha256)
        told = story(run, entries, pictures)
        for rule in RULES:
            for finding in rule(told):
                found.find(rule_name(rule), run, finding)
        _count(found, told)
        _compare(found, told, twins)
        also(run, entries)
    found.pictures = len(pictures)
    await _look_at_the_store(found, reader)
    return found


def _count(found: Judgement, run: Story) -> None:
    found.messages += len(run.entries)
    found.commands += len(run.commands)
    found.outcomes[run.outcome["status"] if run.outcome else "none"] += 1
    found.work.commands += sum(cell[0] == "generator" for cell in run.commands)
    for answer in run.answers.values():
        if answer.type == FAILED:
            found.failures[answer.body.get("kind", "?")] += 1
    drawn = {cell[2]: float(answer.body["seconds"]) for cell, answer in run.answers.items() if answer.type == DRAWN}
    drawings = {cell[2] for cell in run.commands if cell[0] == "generator"}
    found.work.drawings += len(drawn)
    found.work.seconds += sum(drawn.values())
    for note in run.notes:
        if note.type == LATE and note.body["answer_type"] == DRAWN:
            standing = drawn.get(note.body["task"], 0.0)
            found.work.late += 1
            found.work.late_seconds += standing
            found.work.late_told += note.body["seconds"]
        elif note.type == LATE and not note.body["answer_type"] and note.body["task"] in drawings:
            found.work.stopped += 1
            found.work.stopped_seconds += note.body["seconds"]


def _compare(found: Judgement, run: Story, twins: dict[str, dict[Final, str]]) -> None:
    """A run beside those before it that asked for the same."""
    requested = next((event.body for event in run.events if event.tokens[1] == "requested"), None)
    end = final(run)
    if requested is None or requested["options"].get("memory") is not None or end is None:
        return
    if requested["options"].get("policy", "").startswith(RACING):
        return
    known = twins[json.dumps(requested, sort_keys=True)]
    if known:
        other = next(iter(known.values()))
        found.find(TWINS, run.run, None if end in known else f"ended otherwise than {other}")
    known.setdefault(end, run.run)


async def _look_at_the_store(found: Judgement, reader: Reader) -> None:
    for name in ("RUNS", "BLOBS"):
        store = await reader.store(name)
        whole = store.messages == store.last and store.first in (0, 1)
        text = f"{store.messages} messages of {store.last} are there"
        found.find(WHOLE, name, None if whole else text)
    found.dead = (await reader.store("DEAD")).messages
    for consumer in await reader.consumers():
        found.deliveries += consumer.deliveries
        if consumer.name.startswith("generator-"):
            found.work.deliveries += consumer.deliveries


def told(offences: Sequence[Offence], first: int = 3) -> list[str]:
    """The first few offences of every rule, in words."""
    by_rule: Mapping[str, list[Offence]] = defaultdict(list)
    for offence in offences:
        by_rule[offence.rule].append(offence)
    lines: list[str] = []
    for of_rule in by_rule.values():
        lines += map(str, of_rule[:first])
        if len(of_rule) > first:
            lines.append(f"... and {len(of_rule) - first} more of this rule")
    return lines
