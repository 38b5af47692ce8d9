"""What a cluster says while its nodes come and go, said by somebody who plays its leader."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import nats
import pytest
from nats.aio.msg import Msg

from stepweave.bus import BusSettings, DeadLetters, Log, Rejected, api
from stepweave.bus.blobs import NatsBlobStore
from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Raw
from stepweave.bus.follower import last_sequence
from stepweave.bus.subjects import Subjects
from stepweave.messages import Decided
from tests.bus.conftest import DRAW, Broker, drawn

pytestmark = pytest.mark.anyio

ELECTING = {"error": {"code": 503, "err_code": 10008, "description": "JetStream system temporarily unavailable"}}
UNDER_WAY = {"error": {"code": 400, "err_code": 10164, "description": "wrong last sequence"}}
SAME_ID_UNDER_WAY = {"error": {"code": 409, "err_code": 10158, "description": "duplicate message id is in process"}}
STORED = {"stream": "stepweave_RUNS", "seq": 7}


class Leader:
    """Answers everything that is asked under a subject, in turn."""

    def __init__(self, client: nats.NATS) -> None:
        self._client = client
        self.left: list[dict[str, Any]] = []

    async def says(self, subject: str, *answers: dict[str, Any]) -> None:
        self.left = list(answers)

        async def speak(question: Msg) -> None:
            await question.respond(json.dumps(self.left.pop(0)).encode())

        await self._client.subscribe(subject, cb=speak)
        await self._client.flush()


@pytest.fixture
async def plain(make_broker: Callable[..., Broker]) -> Broker:
    """A server without JetStream, so that somebody else can play it."""
    return await asyncio.to_thread(lambda: make_broker(jetstream=None))


@pytest.fixture
async def leader(plain: Broker) -> AsyncIterator[Leader]:
    client = await nats.connect(plain.url)
    yield Leader(client)
    await client.close()


@pytest.fixture
async def connection(plain: Broker) -> AsyncIterator[Connection]:
    connection = await Connection.open(BusSettings(url=plain.url), name="test")
    yield connection
    await connection.aclose()


async def test_a_cluster_that_has_no_leader_yet_is_asked_again(leader: Leader, connection: Connection) -> None:
    info = {"type": "io.nats.jetstream.api.v1.stream_info_response"}
    electing, found = info | ELECTING, info | {"state": {"last_seq": 7}}
    await leader.says("$JS.API.STREAM.INFO.x", electing, electing, found, electing)
    assert await last_sequence(connection, "x") == 7
    with pytest.raises(Rejected, match="temporarily unavailable"):
        await api.ask(connection, "STREAM.INFO.x", patience=0.0)


@pytest.mark.parametrize("write", ["decide", "command", "answer", "picture", "letter"])
async def test_a_write_that_meets_another_under_way_is_neither_refused_nor_done(
    write: str, leader: Leader, connection: Connection
) -> None:
    """What is under way may be the same write, sent before, and be lost with the leader that says so."""
    subjects = Subjects("stepweave")
    log, blobs = Log(connection, subjects), NatsBlobStore(connection.settings, subjects, "test")
    letter = Raw(subjects.command("r1", "generator", "sketch", "t1"), None, b"", 1)
    writes: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
        "decide": lambda: log.decide("r1", "decided", Decided(), expected=3, source="/x"),
        "command": lambda: log.command("r1", "generator", "sketch", "t1", DRAW, source="/x"),
        "answer": lambda: log.answer("r1", "generator", "sketch", "t1", drawn(1), source="/x"),
        "picture": lambda: blobs.put(b"picture", "image/png", 1, 1),
        "letter": lambda: DeadLetters(connection, subjects).put_raw(letter, "broken"),
    }
    await leader.says("stepweave.>", SAME_ID_UNDER_WAY if write == "letter" else UNDER_WAY, ELECTING, STORED)
    done = await writes[write]()
    assert leader.left == []
    assert write == "picture" or done == {"command": True, "answer": None}.get(write, 7)
    await blobs.aclose()
