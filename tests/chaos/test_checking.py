"""That the judge of a storm can find what it looks for: logs with one thing wrong, on a real broker."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.js.api import StreamConfig

from benchmarks.chaos import checking, judging, reading
from benchmarks.chaos.checking import CALLED_OFF, DECIDED, DRAWN, FAILED, LATE, REQUESTED
from benchmarks.chaos.judging import TWINS, UNKEPT, WHOLE, Judgement, judge, rule_name, told
from stepweave.bus.envelope import new_id
from tests.bus.conftest import Broker

pytestmark = pytest.mark.anyio

PICTURE, OTHER = b"a picture", b"another picture"
DRAW = {"ask": "draw", "step": 1, "candidate": 1, "prompt": "a red boat"}
PLAN = {"ask": "plan", "request": "a red boat"}
STEP = {"number": 1, "prompt": "a red boat", "sources": []}
NOTE = {"task": "s1c1", "seconds": 3.0, "answer_type": DRAWN}


@dataclass(frozen=True)
class Line:
    """One message to be written; an event names the one before by itself."""

    place: str
    type: str
    body: Any
    after: int | None = None
    """What an event names instead."""


@dataclass
class Forged:
    """A log, and what is in the store of pictures under which hash."""

    lines: list[Line]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def at(self, place: str) -> int:
        return next(number for number, line in enumerate(self.lines) if line.place == place)

    def body(self, place: str, **changes: Any) -> None:
        number = self.at(place)
        line = self.lines[number]
        self.lines[number] = replace(line, body=line.body | changes)

    def remove(self, place: str) -> None:
        del self.lines[self.at(place)]

    def insert(self, before: str, line: Line) -> None:
        self.lines.insert(self.at(before), line)


def blob(data: bytes) -> dict[str, str]:
    return {"sha256": hashlib.sha256(data).hexdigest()}


def order(role: str, capability: str, task: str, ask: Any) -> dict[str, Any]:
    return {"task": task, "role": role, "capability": capability, "ask": ask}


def accepted(data: bytes, candidate: int = 1) -> dict[str, Any]:
    return {"step": 1, "candidate": candidate, "image": blob(data)}


def right() -> Forged:
    """A log in which nothing is wrong."""
    planning, drawing = order("planner", "rules", "plan", PLAN), order("generator", "sketch", "s1c1", DRAW)
    request = {"request": "a red boat", "options": {"memory": None}}
    end = {"accepted": [accepted(PICTURE)], "outcome": {"status": "completed", "reason": ""}}
    lines = [
        Line("ev.requested", REQUESTED, request),
        Line("ev.decided", DECIDED, {"commands": [planning]}),
        Line("cmd.planner.rules.plan", "stepweave.plan.asked.v1", PLAN),
        Line("done.planner.rules.plan", "stepweave.plan.made.v1", {"steps": [STEP]}),
        Line("ev.planned", DECIDED, {"plan": [STEP], "commands": [drawing]}),
        Line("cmd.generator.sketch.s1c1", "stepweave.candidate.asked.v1", DRAW),
        Line("done.generator.sketch.s1c1", DRAWN, {"image": blob(PICTURE), "seconds": 1.0}),
        Line("ev.finished", DECIDED, end),
    ]
    return Forged(lines, {hashlib.sha256(data).hexdigest(): data for data in (PICTURE, OTHER)})


class Forger:
    """Writes forged logs to a namespace of its own, whose streams refuse nothing."""

    def __init__(self, client: nats.NATS, namespace: str) -> None:
        self.namespace = namespace
        self.js = client.jetstream()

    async def write(self, forged: Forged, run: str = "r1") -> None:
        before = 0
        for line in forged.lines:
            event = line.place.startswith("ev.")
            named = f".{before if line.after is None else line.after}" if event else ""
            place = f"{self.namespace}.run.{run}.{line.place}{named}"
            body = line.body if isinstance(line.body, bytes) else json.dumps(line.body).encode()
            await self.js.publish(place, body, headers={"ce-type": line.type, "ce-source": "/forger"})
            before += event
        for name, data in forged.pictures.items():
            await self.js.publish(f"{self.namespace}.blob.{name}", data)


@pytest.fixture
def writing(shared_broker: Broker) -> Callable[[], Any]:
    @asynccontextmanager
    async def write() -> AsyncIterator[tuple[Forger, reading.Reader]]:
        namespace = f"t{new_id()[:12]}"
        client = await nats.connect(shared_broker.url)
        try:
            forger = Forger(client, namespace)
            for name, subjects in (("RUNS", "run.>"), ("BLOBS", "blob.*"), ("DEAD", "dead.>")):
                config = StreamConfig(f"{namespace}_{name}", subjects=[f"{namespace}.{subjects}"], allow_direct=True)
                await forger.js.add_stream(config)
            async with reading.reading([shared_broker.url], namespace) as reader:
                yield forger, reader
        finally:
            await client.close()

    return write


def second_answer(log: Forged) -> None:
    log.insert("ev.finished", Line("done.generator.sketch.s1c1", DRAWN, {"image": blob(OTHER), "seconds": 1.0}))


def second_command(log: Forged) -> None:
    log.insert("ev.finished", log.lines[log.at("cmd.generator.sketch.s1c1")])


def no_end(log: Forged) -> None:
    log.body("ev.finished", outcome=None)
    log.lines[-1] = replace(log.lines[-1], place="ev.decided")


def two_ends(log: Forged) -> None:
    log.lines.append(Line("ev.finished", DECIDED, {"outcome": {"status": "completed"}}))


def decided_after_the_end(log: Forged) -> None:
    log.lines.append(Line("ev.decided", DECIDED, {}))


def failed_by_the_storm(log: Forged) -> None:
    log.body("ev.finished", outcome={"status": "failed", "reason": "its workers died of it"})


def unreadable(log: Forged) -> None:
    log.lines.append(Line("note.late.n1", LATE, b"\xff"))


def broken_chain(log: Forged) -> None:
    number = log.at("ev.finished")
    log.lines[number] = replace(log.lines[number], after=2)


def unpublished(log: Forged) -> None:
    log.remove("cmd.planner.rules.plan")
    log.remove("done.planner.rules.plan")


def another_ask(log: Forged) -> None:
    log.body("cmd.generator.sketch.s1c1", prompt="a blue boat")


def undecided(log: Forged) -> None:
    log.insert("ev.finished", Line("cmd.generator.sketch.s9c9", "stepweave.candidate.asked.v1", DRAW))
    log.insert("ev.finished", Line("done.generator.sketch.s9c9", FAILED, {"kind": "Refused"}))


def unanswered(log: Forged) -> None:
    log.remove("done.planner.rules.plan")


def misanswered(log: Forged) -> None:
    number = log.at("done.planner.rules.plan")
    log.lines[number] = replace(log.lines[number], type="stepweave.verdict.given.v1")


def unasked(log: Forged) -> None:
    log.insert("ev.finished", Line("done.generator.sketch.s9c9", FAILED, {"kind": "Refused"}))


def called_off_by_nobody(log: Forged) -> None:
    log.insert("ev.finished", Line("done.generator.sketch.s9c9", CALLED_OFF, {}))


def another_picture(log: Forged) -> None:
    log.body("ev.finished", accepted=[accepted(OTHER)])


def accepted_too_soon(log: Forged) -> None:
    log.body("ev.finished", accepted=[])
    early = Line("ev.decided", DECIDED, {"accepted": [accepted(PICTURE)]})
    log.insert("done.generator.sketch.s1c1", early)


def missing_picture(log: Forged) -> None:
    del log.pictures[hashlib.sha256(PICTURE).hexdigest()]


def wrong_hash(log: Forged) -> None:
    log.pictures[hashlib.sha256(PICTURE).hexdigest()] = OTHER


def draw_again(log: Forged, candidate: int, plan: list[Any] | None = None) -> None:
    """Another candidate, decided and drawn after the first was accepted."""
    ask = DRAW | {"candidate": candidate}
    again = order("generator", "sketch", "again", ask)
    more = {"accepted": [accepted(PICTURE)], "commands": [again], "plan": plan}
    log.insert("ev.finished", Line("ev.decided", DECIDED, more))
    log.insert("ev.finished", Line("cmd.generator.sketch.again", "stepweave.candidate.asked.v1", ask))
    log.insert("ev.finished", Line("done.generator.sketch.again", DRAWN, {"image": blob(OTHER), "seconds": 1.0}))


def drawn_under_two_tasks(log: Forged) -> None:
    draw_again(log, candidate=1)
    log.body("ev.finished", accepted=[])


def ordered_twice(log: Forged) -> None:
    log.insert("ev.finished", Line("ev.decided", DECIDED, {"commands": [order("generator", "sketch", "s1c1", DRAW)]}))


def changed_picture(log: Forged) -> None:
    draw_again(log, candidate=2)
    log.body("ev.finished", accepted=[accepted(OTHER, 2)])


def unfinished_step(log: Forged) -> None:
    log.body("ev.finished", accepted=[])


def drawn_from_another(log: Forged) -> None:
    step, ask = STEP | {"sources": [{"kind": "step", "step": 1}]}, DRAW | {"sources": [blob(OTHER)]}
    log.body("done.planner.rules.plan", steps=[step])
    log.body("ev.planned", plan=[step], commands=[order("generator", "sketch", "s1c1", ask)])
    log.body("cmd.generator.sketch.s1c1", **ask)


def accepted_though_called_off(log: Forged) -> None:
    log.body("ev.finished", abandoned=["s1c1"])


FORGERIES = {
    second_answer: checking.written_once,
    second_command: checking.written_once,
    no_end: checking.ended,
    two_ends: checking.ended,
    decided_after_the_end: checking.ended,
    failed_by_the_storm: checking.unfailed,
    unreadable: checking.readable,
    broken_chain: checking.chained,
    unpublished: checking.published,
    another_ask: checking.published,
    undecided: checking.decided,
    unanswered: checking.answered,
    misanswered: checking.answered,
    unasked: checking.asked,
    called_off_by_nobody: checking.asked,
    another_picture: checking.as_drawn,
    accepted_too_soon: checking.as_drawn,
    missing_picture: checking.stored,
    wrong_hash: checking.stored,
    drawn_under_two_tasks: checking.drawn_once,
    ordered_twice: checking.drawn_once,
    changed_picture: checking.settled,
    unfinished_step: checking.settled,
    drawn_from_another: checking.drawn_from_what_stands,
    accepted_though_called_off: checking.in_vain,
}
"""What is wrong with a log, and the rule that finds it."""


async def judged(writing: Callable[[], Any], forged: Forged) -> Judgement:
    async with writing() as (forger, reader):
        await forger.write(forged)
        return await judge(reader, ["r1"])


async def test_nothing_is_found_where_nothing_is_wrong(writing: Callable[[], Any]) -> None:
    found = await judged(writing, right())
    assert found.offences == []
    unlooked = {rule.__name__ for rule in checking.RULES if not found.checked[rule_name(rule)]}
    assert unlooked == set()
    assert (found.messages, found.commands, found.pictures) == (8, 2, 1)


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
async def test_every_forgery_is_found_by_its_rule(forge: Callable[[Forged], None], writing: Callable[[], Any]) -> None:
    log = right()
    forge(log)
    found = await judged(writing, log)
    assert {offence.rule for offence in found.offences} == {rule_name(FORGERIES[forge])}, told(found.offences)


def test_every_rule_has_a_forgery() -> None:
    assert set(FORGERIES.values()) == set(checking.RULES)


async def test_a_revision_may_change_a_picture(writing: Callable[[], Any]) -> None:
    log = right()
    draw_again(log, candidate=2)
    log.body("ev.finished", accepted=[accepted(OTHER, 2)], plan=[STEP | {"prompt": "a red ship"}])
    assert (await judged(writing, log)).offences == []


async def test_a_revision_that_leaves_a_step_alone_may_not(writing: Callable[[], Any]) -> None:
    log = right()
    draw_again(log, candidate=2)
    log.body("ev.finished", accepted=[accepted(OTHER, 2)], plan=[STEP])
    assert {one.rule for one in (await judged(writing, log)).offences} == {rule_name(checking.settled)}


async def test_what_was_called_off_need_not_be_published(writing: Callable[[], Any]) -> None:
    log = right()
    extra = order("generator", "sketch", "s1c2", DRAW | {"candidate": 2})
    log.insert("ev.finished", Line("ev.decided", DECIDED, {"commands": [extra]}))
    log.body("ev.finished", abandoned=["s1c2"])
    log.lines.append(Line("done.generator.sketch.s1c2", CALLED_OFF, {}))
    assert (await judged(writing, log)).offences == []


async def test_runs_are_held_against_each_other_and_against_what_the_broker_took(writing: Callable[[], Any]) -> None:
    other = right()
    other.body("done.generator.sketch.s1c1", image=blob(OTHER))
    other.body("ev.finished", accepted=[accepted(OTHER)])
    async with writing() as (forger, reader):
        await forger.write(right(), "r1")
        await forger.write(right(), "r2")
        await forger.write(other, "r3")
        found = await judge(reader, ["r1", "r2", "r3", "r4"])
    assert [(one.rule, one.run) for one in found.offences] == [(UNKEPT, "r4"), (TWINS, "r3")]
    assert found.checked[TWINS] == 2


async def test_a_message_that_was_removed_is_missed(writing: Callable[[], Any]) -> None:
    log = right()
    log.lines.append(Line("note.late.n1", LATE, NOTE))
    async with writing() as (forger, reader):
        await forger.write(log)
        await forger.js.delete_msg(f"{forger.namespace}_RUNS", len(log.lines))
        await forger.js.delete_msg(f"{forger.namespace}_RUNS", 4)
        found = await judge(reader, ["r1"])
    assert {one.rule for one in found.offences} == {WHOLE, rule_name(checking.answered)}


async def test_late_work_is_counted(writing: Callable[[], Any]) -> None:
    log = right()
    log.lines.append(Line("note.late.n1", LATE, NOTE))
    work = (await judged(writing, log)).work
    assert (work.drawings, work.late, work.late_told, work.wasted) == (1, 1, 3.0, 50.0)


@pytest.mark.parametrize("module", [reading, checking, judging], ids=lambda module: module.__name__)
def test_the_judge_knows_nothing_of_stepweave(module: Any) -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert [name for name in names if name.split(".")[0] == "stepweave"] == []
    assert {name for name in names if name.startswith("benchmarks.")} <= {
        "benchmarks.chaos.reading",
        "benchmarks.chaos.checking",
    }
