"""The short ways around the client: in use, and not needed."""

from __future__ import annotations

import asyncio

import pytest
from nats.protocol.parser import Parser as TheirParser

from stepweave.bus import Bus, BusSettings, connect
from stepweave.bus.connection import Connection
from stepweave.bus.parser import Parser
from stepweave.bus.wire import publication
from stepweave.messages import RunRequested
from tests.bus.conftest import DRAW, drawn, until

pytestmark = pytest.mark.anyio


async def test_the_short_ways_are_in_use(bus: Bus) -> None:
    client = bus._connection.client
    assert isinstance(client._ps, Parser)
    before = client.stats["in_msgs"]
    await bus.log.request("r1", RunRequested(request="x"))
    assert client.stats["in_msgs"] == before, "the client itself saw nothing of it"


async def test_everything_works_by_the_clients_own_parser_too(settings: BusSettings) -> None:
    async with connect(settings, name="long way") as bus:
        client = bus._connection.client
        client._ps = TheirParser(client)
        await bus.log.command("r1", "generator", "sketch", "t1", DRAW, source="/me")
        async with bus.queue("generator", "sketch", concurrency=1) as queue:
            delivery = await anext(queue)
            assert delivery.record.message == DRAW
            assert await bus.log.answer("r1", "generator", "sketch", "t1", drawn(1), source="/x") is None
            delivery.ack()
        assert [record.branch async for record in bus.log.replay("r1")] == ["cmd", "done"]
        assert await bus.log.cell("r1", "generator", "sketch", "t2") is None
        assert client.stats["in_msgs"] > 0


async def test_the_client_is_told_to_hold_out(bus: Bus) -> None:
    client = bus._connection.client
    assert client.options["max_reconnect_attempts"] == -1
    assert client.options["reconnect_time_wait"] == 0.25
    assert client.options["ping_interval"] == 10
    assert client._max_pending_size >= 32 * 1024 * 1024


async def test_a_word_that_would_end_the_connection_is_followed_by_a_reconnect(bus: Bus) -> None:
    connection: Connection = bus._connection
    connection.client.send(b"NONSENSE\r\n")
    await until(lambda: connection.reconnects)
    assert await bus.log.request("r1", RunRequested(request="x")) == 1


async def test_what_is_listened_for_arrives_though_it_is_asked_at_once(bus: Bus) -> None:
    client = bus._connection.client
    taken: list[bytes] = []
    for n in range(50):
        subject = bus._connection.new_inbox()
        await client.listen(subject, lambda subject, reply, head, body: taken.append(body))
        client.send(publication(subject, "", None, b"%d" % n))
    await until(lambda: len(taken) == 50)
    assert taken == [b"%d" % n for n in range(50)]


def test_a_publication_is_ascii() -> None:
    assert publication("a.b", "r", None, b"xy") == b"PUB a.b r 2\r\nxy\r\n"
    assert publication("a.b", "", "NATS/1.0\r\nA: b\r\n", b"xy") == b"HPUB a.b  18 20\r\nNATS/1.0\r\nA: b\r\n\r\nxy\r\n"
    with pytest.raises(UnicodeEncodeError):
        publication("a.b", "", "NATS/1.0\r\nA: ä\r\n", b"xy")


async def test_closing_twice_is_closing(settings: BusSettings) -> None:
    async with connect(settings, name="twice") as bus:
        await bus.aclose()
        await asyncio.gather(bus.aclose(), bus.aclose())
