"""Agents that take time and do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import anyio
import pytest
from PIL import Image

from stepweave.agents.agent import BadSetting, Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, team
from stepweave.messages import Drawn, Failure, Options, Verdict
from stepweave.policies.state import RunState
from tests.agents.crew import until_ended

pytestmark = pytest.mark.anyio

OPTIONS = Options(
    planner="simulated", generator="simulated", critics=("simulated",), memory=None, width=64, height=64, seed=3
)


async def run(host: Host, settings: Mapping[str, Any], **options: Any) -> RunState:
    asked = OPTIONS.model_copy(update=options)
    async with at_work(replace(host, settings=settings), team(asked)):
        weave = Weave(host.bus)
        return await until_ended(weave, await weave.submit("anything", options=asked))


async def test_the_same_seed_goes_the_same_way(host: Host) -> None:
    one, other = await run(host, {}), await run(host, {})
    assert one.accepted == other.accepted
    assert one.outcome is not None
    assert one.outcome.status in ("completed", "flawed")
    assert (await run(host, {}, seed=4)).accepted != one.accepted


async def test_how_often_is_accepted_is_set(host: Host) -> None:
    never = {"critic.simulated": {"acceptance": 0}}
    always = {"critic.simulated": {"acceptance": 1}, "planner.simulated": {"steps": 3}}
    state = await run(host, never, policy="sequential(2)")
    assert [len(state.attempts(step)) for step in range(1, 6)] == [2] * 5
    state = await run(host, always)
    assert [len(state.attempts(step)) for step in range(1, 4)] == [1] * 3
    verdicts = [answer for answer in state.answers.values() if isinstance(answer, Verdict)]
    assert all(7 <= verdict.scores.overall <= 10 for verdict in verdicts)


async def test_time_and_slots_are_set(host: Host) -> None:
    settings = {
        "generator.simulated": {"seconds": 0.2, "slots": 2},
        "planner.simulated": {"steps": 4, "chained": False},
        "critic.simulated": {"acceptance": 1},
    }
    started = anyio.current_time()
    state = await run(host, settings)
    assert anyio.current_time() - started >= 0.4
    assert [answer.seconds for answer in state.answers.values() if isinstance(answer, Drawn)] == [0.2] * 4


async def test_pictures_are_as_large_as_wanted_and_pictures_still(host: Host) -> None:
    state = await run(host, {"critic.simulated": {"acceptance": 1}}, parameters={"bytes": 100_000})
    end = state.accepted[1]
    assert end.image is not None
    assert end.image.size == 100_000
    with Image.open(BytesIO(await host.bus.blobs.get(end.image))) as image:
        image.load()
        assert image.size == (64, 64)


async def test_failures_are_tried_again(host: Host) -> None:
    state = await run(host, {"generator.simulated": {"failure": 0.3}})
    assert state.outcome is not None
    assert state.outcome.status in ("completed", "flawed")


async def test_a_parameter_it_does_not_have_is_refused_by_name(host: Host) -> None:
    state = await run(host, {}, parameters={"sceonds": 1})
    (failure,) = [answer for answer in state.answers.values() if isinstance(answer, Failure)]
    assert "sceonds" in failure.reason
    assert "seconds, failure and bytes" in failure.remedy


@pytest.mark.parametrize("settings", [{"seconds": -1}, {"slots": 0}, {"slow": 3}])
async def test_a_setting_that_is_not_possible_is_named(host: Host, settings: dict[str, Any]) -> None:
    with pytest.raises(ExceptionGroup) as error:
        async with at_work(replace(host, settings={"generator.simulated": settings}), ["generator:simulated"]):
            pass
    (bad,) = error.value.exceptions
    assert isinstance(bad, BadSetting | ExceptionGroup)
    assert f'agents."generator.simulated".{next(iter(settings))}' in repr(error.value.exceptions)
