"""Long reads that are answered by a replica which lags behind: what is known to stand is looked for again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from stepweave.bus import BusSettings, reader
from stepweave.bus.reader import Reader

pytestmark = pytest.mark.anyio


def message(sequence: int, left: int, head: str = "") -> bytes:
    place = f"Nats-Stream: S\r\nNats-Subject: s.{sequence}\r\nNats-Sequence: {sequence}\r\n"
    return f"NATS/1.0\r\n{head}{place}Nats-Num-Pending: {left}\r\nNats-Last-Sequence: 0\r\n\r\n".encode()


def end(left: int) -> bytes:
    return f"NATS/1.0 204 EOB\r\nNats-Num-Pending: {left}\r\n\r\n".encode()


MISSING = b"NATS/1.0 404 Message Not Found\r\n\r\n"


class Servers:
    """Answers each question of a read with the next of what it was given, and the last of it for ever."""

    def __init__(self, *answers: list[bytes]) -> None:
        self.settings = BusSettings()
        self.members: list[Any] = []
        self.asked = 0
        self._answers = answers

    def ask_many(self, subject: str, body: bytes, take: Any) -> str:
        answer = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        for head in answer:
            asyncio.get_running_loop().call_soon(take, "inbox", "", head, b"")
        return str(self.asked)

    def forget(self, name: str) -> None:
        pass


async def read(servers: Servers) -> list[int]:
    connection: Any = servers
    async with asyncio.timeout(5):
        return [raw.sequence async for raw in Reader(connection, "S").all("s.>")]


async def test_who_knows_of_nothing_more_is_asked_again_if_there_is_more() -> None:
    servers = Servers([message(1, 2), end(2)], [MISSING], [MISSING], [message(2, 1), message(3, 0), end(0)])
    assert await read(servers) == [1, 2, 3]
    assert servers.asked == 4


async def test_so_it_is_when_a_batch_broke_off() -> None:
    """A question that was asked anew in the middle is answered by another one."""
    servers = Servers([message(1, 2)], [MISSING], [message(2, 1), message(3, 0), end(0)])
    connection: Any = servers
    found = []
    async with asyncio.timeout(5):
        async for raw in Reader(connection, "S").all("s.>"):
            found.append(raw.sequence)
            if raw.sequence == 1:
                servers.members[0].reconnected()
    assert found == [1, 2, 3]


@pytest.mark.parametrize("head", ["", "Nats-Num-Pending: 7\r\n"])
async def test_the_last_message_is_the_last(head: str) -> None:
    servers = Servers([message(1, 0, head), end(0)])
    assert await read(servers) == [1]
    assert servers.asked == 1


async def test_nothing_is_nothing_at_once() -> None:
    servers = Servers([MISSING])
    assert await read(servers) == []
    assert servers.asked == 1


async def test_what_was_removed_meanwhile_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SETTLE", 0.2)
    servers = Servers([message(1, 2), end(2)], [MISSING])
    assert await read(servers) == [1]
    assert servers.asked > 2
