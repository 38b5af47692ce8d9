"""Discovery by NATS's service questions."""

from __future__ import annotations

import json

import pytest

from stepweave.bus import Bus, BusSettings, connect

pytestmark = pytest.mark.anyio


async def test_agents_are_found_by_role_and_capability(bus: Bus, settings: BusSettings) -> None:
    async with connect(settings, name="two") as two:
        await bus.advertise("generator", "sketch", "1.2.3", {"tool": "sketch"})
        await bus.advertise("critic", "pixels", "1.0.0")
        await two.advertise("generator", "sketch", "1.3.0", {"tool": "sketch"})
        found = await bus.discover(1.0)  # a busy machine answers late
    assert [(info.role, info.capability, info.instances, info.versions) for info in found] == [
        ("critic", "pixels", 1, ("1.0.0",)),
        ("generator", "sketch", 2, ("1.2.3", "1.3.0")),
    ]
    assert found[1].metadata["tool"] == "sketch"


async def test_who_has_left_is_not_found(bus: Bus, settings: BusSettings) -> None:
    async with connect(settings, name="two") as two:
        await two.advertise("generator", "sketch", "1.0.0")
    assert await bus.discover() == []


async def test_other_namespaces_are_not_found(bus: Bus, settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"namespace": "elsewhere"}), name="two") as two:
        await two.advertise("generator", "sketch", "1.0.0")
        assert await bus.discover() == []


@pytest.mark.parametrize("verb", ["PING", "INFO", "STATS"])
async def test_the_answers_are_those_of_a_nats_service(bus: Bus, verb: str) -> None:
    await bus.advertise("generator", "sketch", "1.0.0")
    reply = await bus._connection.call(f"$SRV.{verb}.generator-sketch")
    answer = json.loads(reply.body)
    assert answer["type"] == f"io.nats.micro.v1.{verb.lower()}_response"
    assert (answer["name"], answer["version"]) == ("generator-sketch", "1.0.0")
