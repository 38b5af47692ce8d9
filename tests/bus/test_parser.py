"""The protocol as it comes in, however it is cut into pieces."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nats.errors import ProtocolError

from stepweave.bus.parser import Parser

Message = tuple[str, str, bytes | None, bytes]


class Rest:
    """Takes what is not for a handler."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: Any) -> None:
        self.seen.append((sid, subject, reply, data, headers))

    async def _process_ping(self) -> None:
        self.seen.append("ping")

    async def _process_pong(self) -> None:
        self.seen.append("pong")

    async def _process_err(self, err_msg: str) -> None:
        self.seen.append(err_msg)

    async def _process_info(self, info: dict[str, Any]) -> None:
        self.seen.append(info)


def parse(chunks: list[bytes]) -> tuple[list[Message], list[Any]]:
    taken: list[Message] = []
    rest = Rest()

    async def feed() -> None:
        parser = Parser(rest, {b"7": lambda *message: taken.append(message)})
        for chunk in chunks:
            await parser.parse(chunk)

    asyncio.run(feed())
    return taken, rest.seen


def cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(ends)]


def wire(message: Message) -> bytes:
    subject, reply, head, body = message
    words = [subject, "7", *([reply] if reply else [])]
    if head is None:
        return f"MSG {' '.join(words)} {len(body)}\r\n".encode() + body + b"\r\n"
    return f"HMSG {' '.join(words)} {len(head)} {len(head) + len(body)}\r\n".encode() + head + body + b"\r\n"


subjects = st.text("abc.$_019", min_size=1, max_size=20)
messages = st.tuples(
    subjects,
    subjects | st.just(""),
    st.none() | st.binary(max_size=20).map(lambda tail: b"NATS/1.0\r\n" + tail),
    st.binary(max_size=200) | st.just(b"MSG x 7 5\r\n"),
)


@given(st.lists(messages, max_size=6), st.lists(st.integers(0, 2000), max_size=10))
def test_messages_come_out_as_they_went_in(sent: list[Message], places: list[int]) -> None:
    assert parse(cut(b"".join(map(wire, sent)), places)) == (sent, [])


@given(st.lists(st.integers(0, 200), max_size=8))
def test_all_else_goes_to_the_client_in_order(places: list[int]) -> None:
    data = (
        b'INFO {"a":1}\r\nPING\r\nMSG x 7 2\r\nhi\r\n+OK\r\nPONG\r\n'
        b"-ERR 'Permissions Violation'\r\nHMSG y 8 r 4 6\r\nheadxy\r\n"
    )
    taken, seen = parse(cut(data, places))
    assert taken == [("x", "", None, b"hi")]
    assert seen == [{"a": 1}, "ping", "pong", "'permissions violation'", (8, b"y", b"r", b"xy", b"head")]


def test_a_large_message_in_many_pieces() -> None:
    body = bytes(range(256)) * 8192
    data = wire(("a", "b", b"NATS/1.0\r\n\r\n", body)) + b"PING\r\n"
    chunks = [data[at : at + 32768] for at in range(0, len(data), 32768)]
    taken, seen = parse(chunks)
    assert taken == [("a", "b", b"NATS/1.0\r\n\r\n", body)]
    assert seen == ["ping"]


RUBBISH = [
    b"HTTP/1.1 200\r\n",
    b"MSG a 7 x\r\n",
    b"MSG a 7 -20\r\n",
    b"MSG a 7 99999999999999999999\r\n",
    b"HMSG a 7 30 20\r\n" + b"x" * 22,
    b"HMSG a 7 -3 20\r\n" + b"x" * 22,
    b"MSG\r\n",
    b"INFO [1]\r\n",
    b"INFO {\r\n",
    b"INFO " + b"[" * 60_000 + b"\r\n",
    b"x" * 100_000,
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_refused(rubbish: bytes) -> None:
    with pytest.raises(ProtocolError):
        parse([rubbish])


@pytest.mark.parametrize("number", [b"7", b"8"], ids=["a handler's", "the client's"])
def test_a_subject_that_is_no_text_is_a_message_like_any_other(number: bytes) -> None:
    """The server takes any bytes as a subject; whoever follows the log must get past it."""
    seen: list[object] = []

    class Strict(Rest):
        async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: Any) -> None:
            seen.append((subject.decode(), data))

    parser = Parser(Strict(), {b"7": lambda subject, reply, head, body: seen.append((subject, body))})
    asyncio.run(parser.parse(b"MSG a\xff %b \xfe 1\r\n1\r\nMSG b %b 1\r\n2\r\n" % (number, number)))
    assert seen[-1] == ("b", b"2")


def test_a_handler_that_breaks_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    taken: list[bytes] = []

    def handler(subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        taken.append(body)
        raise KeyError(subject)

    asyncio.run(Parser(Rest(), {b"7": handler}).parse(b"MSG a 7 1\r\n1\r\nMSG a 7 1\r\n2\r\n"))
    assert taken == [b"1", b"2"]
    assert "broke its handler" in caplog.text
