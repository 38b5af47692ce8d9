"""What is refused before a run begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import LONGEST_REQUEST, BadRequest, UnknownRun, Weave, check_request, new_run
from stepweave.agents.registry import UnknownAgent, full_name, is_known, load, names
from stepweave.bus import Conflict
from stepweave.messages import Options
from stepweave.policies.search import UnknownPolicy


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("x" * (LONGEST_REQUEST + 1), "20001 characters"),
        ("a\x00b", "U+0000"),
        ("a\x85b", "U+0085"),
        ("a\u202eb", "U+202E"),
        ("a\udcffb", "U+DCFF"),
    ],
)
def test_a_request_that_is_no_text_is_refused(request_: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words.replace("+", r"\+")):
        check_request(request_)


def test_ordinary_text_is_accepted_in_any_script() -> None:
    check_request("Wie zeichnet man\n\tein Häuschen? 家 👨‍👩‍👧")
    check_request("dessine\u00a0un\u202fchat\u3000と猫")


def test_names_of_runs_sort_by_time_and_differ() -> None:
    early, late = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    assert new_run(early) < new_run(late)
    assert len({new_run(early) for _ in range(50)}) == 50


@pytest.mark.anyio
async def test_a_wrong_policy_is_refused_before_anything_is_written(host: Host) -> None:
    weave = Weave(host.bus)
    with pytest.raises(UnknownPolicy):
        await weave.submit("x", options=Options(policy="magic"))
    assert await weave.runs() == []


@pytest.mark.anyio
async def test_a_name_is_used_once(host: Host) -> None:
    weave = Weave(host.bus)
    await weave.submit("x", run="mine")
    with pytest.raises(Conflict):
        await weave.submit("y", run="mine")
    assert (await weave.state("mine")).requested is not None


@pytest.mark.anyio
async def test_an_unknown_run_is_named(host: Host) -> None:
    weave = Weave(host.bus)
    for call in (weave.state("nope"), weave.cancel("nope"), anext(weave.watch("nope"))):
        with pytest.raises(UnknownRun, match="nope"):
            await call


def test_every_role_of_the_package_is_known() -> None:
    assert {"planner:rules", "generator:sketch", "critic:pixels", "memory:local"} <= set(names())
    assert is_known("orchestrator")
    assert is_known("recorder")


def test_a_role_alone_means_its_default() -> None:
    assert full_name("planner") == "planner:rules"
    assert full_name("generator:mine") == "generator:mine"
    assert full_name("orchestrator") == "orchestrator"


def test_an_unknown_agent_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownAgent, match=r"generator:dalle.*generator:sketch"):
        load("generator:dalle")
