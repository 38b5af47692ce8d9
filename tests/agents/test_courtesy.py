"""Orchestrators that share the runs of a bus: who leaves what to whom, and for how long."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import anyio
import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.courtesy import LOOKS, Courtesy
from stepweave.agents.orchestrator import Orchestrator
from stepweave.agents.pace import Pace
from stepweave.agents.runtime import serve
from stepweave.bus import REQUESTED, Record
from stepweave.chain import BEGINNING
from stepweave.messages import Abandoned, Decided, Message, Outcome, RunRequested
from tests.agents.crew import CREW, OPTIONS, until_ended

PACE = Pace(takeover=1, silence=10, trust=100)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that goes when it is told to."""
    found = SimpleNamespace(now=0.0)
    monkeypatch.setattr("stepweave.agents.courtesy.anyio.current_time", lambda: found.now)
    return found


def said(message: Message, *tokens: str, run: str = "r", branch: str = "ev", by: str = "/a", at: int = 1) -> Record:
    return Record(message, run, branch, tokens, at, datetime.now(UTC), by, "id")


def request(run: str) -> Record:
    return said(RunRequested(request="1", options=OPTIONS), REQUESTED, "0", run=run, by="/client")


def answer(run: str = "r") -> Record:
    return said(Abandoned(), "planner", "plain", "plan", run=run, branch="done", by="/planner", at=5)


def test_a_new_run_falls_to_one_of_those_who_know_each_other(clock: SimpleNamespace) -> None:
    names = ["/a", "/b", "/c"]
    all_ = {name: Courtesy(name, PACE) for name in names}
    for name, each in all_.items():
        for other in names:
            each.heard_of(other)
        assert not each.knows(name)
    mine = Counter[str]()
    for number in range(300):
        takers = [name for name, each in all_.items() if not each.falls_to_another(request(str(number)))]
        assert len(takers) == 1
        mine.update(takers)
    assert min(mine.values()) > 60
    assert [len(each) for each in all_.values()] == [300 - mine[name] for name in names]


def test_who_was_not_heard_of_lately_gets_nothing(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.heard_of("/b")
    clock.now = 11
    assert not any(one.falls_to_another(request(str(number))) for number in range(50))


def test_without_takeover_nothing_is_left_to_anybody(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", Pace(takeover=0))
    one.heard_of("/b")
    assert not any(one.falls_to_another(request(str(number))) for number in range(50))
    assert not one.belongs_to_another("/b")
    assert one.patience("r", "/b") == 0


def test_a_decision_is_left_to_its_owner_while_that_one_is_heard_of(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.heard_of("/b")
    one.leave("r", "/b", BEGINNING, owed=False)
    clock.now = 50
    assert not one.hear(answer())
    for _ in range(20):  # the run stands still, its owner does not
        clock.now += 0.5
        one.heard_of("/b")
        assert one.due() == []
        assert one.patience("r", "/b") == 1
    clock.now += 1.1
    assert one.due() == ["r"]
    assert one.look("r")
    assert one.patience("r", "/b") == 0
    assert [one.patience("r", owner) for owner in ("", "/a")] == [0, 0]


def test_a_run_that_owes_nothing_is_looked_after_twice(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.leave("r", "/b", BEGINNING, owed=False)
    looked = []
    for clock.now in range(200):
        if one.due():
            looked.append(clock.now)
            assert one.look("r")
            assert not one.look("r")
            one.leave("r", "/b", BEGINNING, owed=False)
    assert looked == [11, 21]
    assert len(looked) == LOOKS
    one.hear(answer())
    clock.now += 2
    assert one.due() == ["r"]


def test_a_run_that_stands_still_for_long_is_looked_after_whoever_is_heard_of(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.leave("r", "/b", BEGINNING, owed=True)
    for clock.now in range(101):
        one.heard_of("/b")
        assert one.due() == []
    clock.now = 101
    one.heard_of("/b")
    assert one.due() == ["r"]
    assert one.look("r")
    assert one.patience("r", "/b") == 0


def test_the_end_of_a_run_is_known_by_its_turn(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.leave("r", "/b", BEGINNING.grown(1), owed=False)
    end = Decided(outcome=Outcome(status="cancelled"))
    assert not one.hear(said(end, "finished", "7", by="/stranger", at=2))
    assert not one.hear(said(Decided(), "decided", "1", by="/c", at=3))
    assert one.hear(said(end, "finished", "2", by="/c", at=4))
    one.forget("r")
    assert "r" not in one


def test_a_run_that_is_asked_for_again_is_new(clock: SimpleNamespace) -> None:
    one = Courtesy("/a", PACE)
    one.leave("r", "/b", BEGINNING.grown(8), owed=False)
    one.begins("r", 8)
    assert "r" in one
    one.begins("r", 9)
    assert "r" not in one


async def deciders(host: Host, run: str) -> list[str]:
    """Who decided in a run, in order."""
    return [r.source async for r in host.bus.log.replay(run) if isinstance(r.message, Decided)]


@pytest.mark.anyio
async def test_two_orchestrators_share_the_runs(host: Host) -> None:
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, CREW))
        both = [Orchestrator(host.bus, name, Pace(takeover=5)) for name in ("/one", "/two")]
        for each in both:
            group.start_soon(each.run)
        for _ in range(20):  # until they know of each other
            await until_ended(weave, await weave.submit("1", options=OPTIONS))
        runs = [await weave.submit("2", options=OPTIONS) for _ in range(40)]
        for run in runs:
            await until_ended(weave, run)
        group.cancel_scope.cancel()
    found = [set(await deciders(host, run)) for run in runs]
    assert all(len(names) == 1 for names in found)
    shares = Counter(name for names in found for name in names)
    assert min(shares["/one"], shares["/two"]) >= 5
    assert [len(each._courtesy) + len(each._open) + len(each._states) for each in both] == [0, 0]


@pytest.mark.anyio
async def test_the_runs_of_one_that_dies_are_carried_on_by_the_other(host: Host) -> None:
    weave, pace = Weave(host.bus), Pace(takeover=0.3, silence=0.6)
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, CREW))
        group.start_soon(Orchestrator(host.bus, "/survivor", pace).run)
        async with anyio.create_task_group() as mortal:
            mortal.start_soon(Orchestrator(host.bus, "/mortal", pace).run)
            for _ in range(20):
                await until_ended(weave, await weave.submit("1", options=OPTIONS))
            runs = [await weave.submit("3", options=OPTIONS) for _ in range(30)]
            await anyio.sleep(0.05)
            mortal.cancel_scope.cancel()
        states = [await until_ended(weave, run) for run in runs]
        group.cancel_scope.cancel()
    assert {state.outcome.status for state in states if state.outcome} == {"completed"}
    found = [await deciders(host, run) for run in runs]
    assert any("/mortal" in names for names in found)
    assert all(names[-1] == "/survivor" or set(names) == {"/mortal"} for names in found)
