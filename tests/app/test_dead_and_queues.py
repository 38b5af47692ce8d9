"""What waits and what failed for good, as people see it and deal with it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import anyio
import pytest

from stepweave.agents.agent import Agent, AgentError, Context, Host, agent
from stepweave.agents.retries import Retries
from stepweave.agents.runtime import serve
from stepweave.messages import Note, Options, Plan, Remember, Remembered, RevisePlan, RunRequested
from tests.app.place import Place

pytestmark = pytest.mark.anyio
NOTES = (Note(kind="accepted", step=1, text="a cat"),)


@agent("memory", capability="sieve", retries=Retries(again=0))
async def sieve(ask: Remember, ctx: Context) -> Remembered:
    """Forgets everything at first."""
    if not ctx.task.endswith("again-1"):
        raise AgentError("the sieve has holes", "hold it again", cause="transient")
    return Remembered(count=len(ask.notes))


@agent("planner", capability="broken", retries=Retries(again=0))
async def broken(ask: RevisePlan, ctx: Context) -> Plan:
    """Cannot be reached."""
    raise ConnectionError("the model server is down")


async def failed(place: Place, worker: Agent, ask: Remember | RevisePlan, run: str = "r") -> int:
    """Have a worker fail for good; gives the number of the dead letter."""
    bus = place.weave.bus
    host = Host(bus, place.folder / "home")
    await bus.log.command(run, worker.role, worker.capability, "task", ask, source="/test")
    async with anyio.create_task_group() as group:
        await group.start(serve, host, [worker])
        async for _ in bus.log.follow(run=run, branches=("done",), after=0):
            break
        group.cancel_scope.cancel()
    (letter,) = [letter async for letter in bus.dead.list()]
    return letter.sequence


async def buried(place: Place, run: str, task: str) -> int:
    """Bury one more command of a run; gives the number of the letter."""
    bus, ask = place.weave.bus, RevisePlan(request="paint", plan=(), failed=1)
    await bus.log.command(run, "planner", "broken", task, ask, source="/test")
    async for record in bus.log.replay(run):
        if record.branch == "cmd" and record.task == task:
            await bus.dead.put(record, "it broke again")
    return max([letter.sequence async for letter in bus.dead.list()])


async def test_dead_letters_are_listed_shown_and_dropped(place: Place) -> None:
    assert (await place.call("dead", "list")).err == "no dead letters\n"
    number = await failed(place, sieve, Remember(notes=NOTES))
    listed = await place.call("dead", "list")
    assert listed.out.splitlines()[0].endswith("memory:sieve  r/task")
    assert "the sieve has holes" in listed.out
    (record,) = json.loads((await place.call("dead", "list", "--run", "r", "--json")).out)
    assert (record["number"], record["agent"], record["task"]) == (number, "memory:sieve", "task")
    other = await place.call("dead", "list", "--run", "other", "--json")
    assert (other.code, other.out) == (2, "")
    assert "run 'other' is not in the log" in other.err
    shown = json.loads((await place.call("dead", "show", str(number), "--json")).out)
    assert shown["body"]["notes"][0]["text"] == "a cat"
    assert '"text": "a cat"' in (await place.call("dead", "show", str(number))).out
    assert (await place.call("dead", "drop", str(number), "77")).code == 2
    assert (await place.call("dead", "drop", str(number), str(number))).out == f"dropped {number}: r/task\n"
    gone = await place.call("dead", "show", str(number))
    assert (gone.code, gone.out) == (2, "")
    assert f"there is no dead letter {number}; see them with `stepweave dead list`" in gone.err


async def test_what_the_memory_was_to_keep_is_handed_to_it_again(place: Place) -> None:
    number = await failed(place, sieve, Remember(notes=NOTES))
    async with anyio.create_task_group() as group:
        await group.start(serve, Host(place.weave.bus, place.folder / "home"), [sieve])
        done = await place.call("dead", "retry", str(number))
        group.cancel_scope.cancel()
    assert (done.code, done.out) == (0, "memory:sieve has answered r/task\n"), done.err
    assert [letter async for letter in place.weave.bus.dead.list()] == []


async def test_an_ended_run_is_asked_for_again(place: Place) -> None:
    weave = place.weave
    wanted = RunRequested(request="paint", options=Options(planner="nobody", memory=None))
    await weave.bus.log.request("r", wanted)
    number = await failed(place, broken, RevisePlan(request="paint", plan=(), failed=1))
    early = await place.call("dead", "retry", str(number))
    assert early.code == 2
    assert "run r is still under way" in early.err
    await weave.cancel("r")
    async for _ in weave.watch("r"):
        pass
    listed = await place.call("dead", "list", "--run", "last")
    assert f"{number}  " in listed.out
    second = await buried(place, "r", "another")
    done = await place.call("dead", "retry", str(number), str(second), str(number))
    assert done.code == 0, done.err
    again = next(run.run for run in await weave.runs() if run.run != "r")
    assert done.out == f"run r is asked for again as {again}; carry on with: stepweave runs resume {again}\n"
    assert (await weave.state(again)).requested == wanted
    assert [letter async for letter in weave.bus.dead.list()] == []


async def test_a_queue_is_listed_and_its_cap_holds_at_once(place: Place) -> None:
    names = [queue["role"] for queue in json.loads((await place.call("queues", "list", "--json")).out)]
    assert names == ["critic", "generator", "planner"]
    capped = await place.call("queues", "cap", "generator:crew", "1")
    assert capped.out.startswith("generator:crew ")
    assert "at most 1," in capped.out
    for most in (4, 2, 7, 1):
        (told,) = json.loads((await place.call("queues", "cap", "generator:crew", str(most), "--json")).out)
        assert told["cap"] == most
    place.gate = anyio.Event()
    runs = [await place.weave.submit("paint", options=_crew(seed)) for seed in range(3)]
    await _under_way(place, [1, 2])
    await place.weave.bus.set_cap("generator", "crew", 3)
    await _under_way(place, [2, 1])  # its two hands; what is beyond them waits in the queue
    place.gate.set()
    for run in runs:
        async for _ in place.weave.watch(run):
            pass


async def test_an_unknown_queue_is_refused_with_those_there_are(place: Place) -> None:
    done = await place.call("queues", "cap", "generator:oil", "3")
    assert done.code == 4
    assert "There is no queue 'generator:oil'; there are: critic:crew, generator:crew, planner:crew." in done.err


def _crew(seed: int) -> Options:
    return Options(planner="crew", generator="crew", critics=("crew",), memory=None, seed=seed, width=64, height=64)


async def _under_way(place: Place, counts: Sequence[int]) -> None:
    """Wait until so many pictures are under way, and so many wait."""
    with anyio.fail_after(20):
        while True:
            (queue,) = [queue for queue in await place.weave.bus.queues() if queue.role == "generator"]
            if [queue.under_way, queue.waiting] == counts:
                return
            await anyio.sleep(0.02)
