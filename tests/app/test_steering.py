"""Steering and comparing runs from the command line, on a real server, with a crew of small agents."""

from __future__ import annotations

import json

import anyio
import pytest

from stepweave.agents.client import Weave
from stepweave.messages import Decided, Options, RunForked
from stepweave.policies.state import RunState, fold
from tests.app.crew import NAMES
from tests.app.place import Done, Place

pytestmark = pytest.mark.anyio

OPTIONS = Options(planner="crew", generator="crew", critics=("crew",), memory=None, width=64, height=64)


async def ended(weave: Weave, run: str) -> RunState:
    with anyio.fail_after(30):
        async for _ in weave.watch(run):
            pass
    return await weave.state(run)


async def reached(weave: Weave, run: str, what: str) -> RunState:
    """The state of a run once it waits for a person."""
    state = RunState(run)
    with anyio.fail_after(30):
        async for record in weave.watch(run):
            state = fold(state, record)
            if what == "plan" and state.plan is not None:
                break
            if what.isdigit() and int(what) in state.proposed:
                break
    return state


async def begun(place: Place, **options: object) -> str:
    asked = OPTIONS.model_copy(update=options)
    return await place.weave.submit("paint", options=asked)


def check(done: Done, code: int, out: str = "", err: str = "") -> None:
    assert done.code == code, done.err
    assert out in done.out
    assert err in done.err
    assert "Traceback" not in done.err


async def test_a_run_waits_for_a_person_at_every_step(place: Place) -> None:
    run = await begun(place, approval="all")
    await reached(place.weave, run, "plan")
    check(await place.call("runs", "show", run), 0)
    check(await place.call("runs", "approve", run), 0, out="the plan is approved")
    await reached(place.weave, run, "1")
    check(await place.call("runs", "reject", run, "1", "--reason", "too red"), 0, out="step 1 is rejected")
    state = await reached(place.weave, run, "1")
    while state.proposed[1].candidate != 2:
        state = await place.weave.state(run)
    check(await place.call("runs", "approve", run, "1", "--candidate", "1", "--json"), 0, out='"candidate": 1')
    await reached(place.weave, run, "2")
    check(await place.call("runs", "approve", run, "2"), 0)
    state = await ended(place.weave, run)
    check(await place.call("runs", "show", run), 0, out="candidate 1, 9 of 10, not accepted: rejected by a person")
    assert (state.accepted[1].candidate, state.accepted[2].candidate) == (1, 2)
    lines = [json.loads(line) for line in (await place.call("runs", "watch", run, "--json")).out.splitlines()]
    preferences = [p for line in lines for p in line["data"].get("preferences", ()) if line["type"] == Decided.TYPE]
    assert [(p["step"], p["reason"]) for p in preferences] == [(1, "too red"), (2, "")], (
        "both reds are the same picture"
    )


async def test_what_cannot_be_done_is_said_with_the_remedy(place: Place) -> None:
    run = await begun(place, approval="plan")
    await reached(place.weave, run, "plan")
    check(await place.call("runs", "redo", run, "1"), 2, err="nothing is drawn before the plan is approved")
    check(await place.call("runs", "edit", run, "1"), 2, err="give --prompt, --instruction")
    check(await place.call("runs", "approve", run, "--candidate", "2"), 2, err="--candidate goes with a step")
    check(await place.call("runs", "branch", run, "1", "--count", "99"), 2, err="at most 16")
    check(await place.call("runs", "edit", run, "2", "--prompt", "green"), 0, out="step 2 is changed")
    check(await place.call("runs", "approve", run), 0)
    assert (await ended(place.weave, run)).step(2).prompt == "green"
    check(await place.call("runs", "redo", run, "1"), 2, err=f"stepweave fork {run} --step N")


async def test_a_word_to_a_run_for_which_nobody_works_is_heeded_all_the_same(place: Place) -> None:
    """The command brings an orchestrator of its own, and says who else is missing."""
    run = await place.weave.submit("paint", options=OPTIONS.model_copy(update={"generator": "absent"}))
    await reached(place.weave, run, "plan")
    done = await place.call("runs", "redo", run, "1")
    check(done, 0, err=f"nobody works as generator:absent; carry on with: stepweave runs resume {run}")


async def test_a_word_of_which_nobody_takes_note_is_said_to_stand(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run has no plan yet, so nothing can be done about its steps."""
    monkeypatch.setattr("stepweave.app.commands.steer.PATIENCE", 0.5)
    run = await place.weave.submit("paint", options=OPTIONS.model_copy(update={"planner": "absent"}))
    done = await place.call("runs", "redo", run, "1", "--json")
    check(done, 1, err=f"run {run} was told, but has not taken note yet")
    assert done.out == ""
    check(await place.call("runs", "cancel", run), 0, out=f"{run} cancelled")


async def test_runs_whose_words_differ_are_not_alike(place: Place) -> None:
    await place.call("run", "paint", *NAMES, "--out", "one")
    (one,) = [summary.run for summary in await place.weave.runs()]
    run = await begun(place, approval="plan", width=512, height=512)
    await reached(place.weave, run, "plan")
    check(await place.call("runs", "edit", run, "2", "--text", "Look!"), 0)
    check(await place.call("runs", "approve", run), 0)
    await ended(place.weave, run)
    told = (await place.call("runs", "diff", one, run)).out
    assert "step 2, text\n  - nothing\n  + Look!" in told


async def test_fork_tree_diff_pick_and_replay(place: Place) -> None:
    await place.call("run", "paint", *NAMES, "--out", "one")
    (one,) = [summary.run for summary in await place.weave.runs()]
    words = ("--step", "2", "--prompt", "yellow", "--agents", "elsewhere", "--out", "two")
    check(await place.call("fork", "last", *words), 0, out="two/story.html")
    two = json.loads((place.folder / "two" / "story.json").read_text())["run"]
    request = (await place.weave.state(two)).requested
    assert isinstance(request, RunForked)
    assert request.parent.run == one
    check(await place.call("runs", "tree", two), 0, out=f"└─ {two}  completed  drawn anew from step 2  <")
    told = (await place.call("runs", "diff", one, two)).out
    assert "step 1" not in told
    assert "+ yellow" in told
    pick = await place.call("runs", "pick", f"{two}:2", "--into", one, "--agents", "elsewhere", "--out", "three")
    check(pick, 0, err=f"run {one} has ended, and stays as it is; its child")
    three = json.loads((place.folder / "three" / "story.json").read_text())
    assert three["steps"][1]["taken"] == f"run {two}, step 2, candidate 2"
    family = json.loads((await place.call("runs", "tree", one, "--json")).out)
    assert [child["how"] for child in family["children"]] == ["drawn anew from step 2", "step 2 picked"]
    replay = await place.call("runs", "replay", one, "--agents", "elsewhere", "--quiet")
    check(replay, 0, out="step 2, candidate 1: rejected, 2 of 10 -> rejected, 2 of 10")
    assert "0 of 3 verdicts are different" in replay.out
    replay = await place.call("runs", "replay", two, "--agents", "elsewhere", "--quiet")
    check(replay, 0, out="step 2, candidate 2: accepted")


async def test_a_picked_picture_comes_into_a_run_that_goes_on(place: Place) -> None:
    await place.call("run", "paint", *NAMES, "--out", "one")
    (one,) = [summary.run for summary in await place.weave.runs()]
    run = await begun(place, approval="steps")
    await reached(place.weave, run, "1")
    check(await place.call("runs", "pick", f"{one}:1", "--into", run), 0, out=f"{run}: picked")
    await reached(place.weave, run, "2")
    check(await place.call("runs", "approve", run, "2"), 0)
    taken = (await ended(place.weave, run)).accepted[1].taken
    assert taken is not None
    assert taken.run == one


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fork", "last", "--step", "9"), "has no step 9; choose 1 to 3"),
        (("fork", "last", "--step", "3", "--prompt", "x"), "of words only"),
        (("fork", "last", "--step", "2", "--policy", "best(3)"), "there is no 'best'"),
        (("fork", "nobody", "--step", "2"), "is not in the log"),
        (("runs", "pick", "last", "--into", "last"), "write it as RUN:STEP"),
        (("runs", "pick", "last:3", "--into", "last"), "has no picture"),
        (("runs", "pick", "last:1.9", "--into", "last"), "no picture of candidate 9"),
        (("runs", "diff", "last", "nobody"), "is not in the log"),
        (("runs", "cancel", ""), "no run is named"),
        (("runs", "redo", "last", "1", "--reason", "\udcff"), "--reason holds the character U+DCFF"),
        (("fork", "last", "--step", "2", "--prompt", "\x1b[2J"), "--prompt holds the character U+001B"),
        (("runs", "replay", "last", "--critic", "crew", "--critic", "crew"), "--critic crew is given twice"),
        (("run", "paint", "--steps", "101"), "--steps is 101, at most 100"),
    ],
)
async def test_mistakes_are_named(place: Place, words: tuple[str, ...], said: str) -> None:
    await place.call("run", "paint", *NAMES, "--out", "one")
    check(await place.call(*words), 2, err=said)
    assert len(await place.weave.runs()) == 1
