"""What anybody who may publish can send: it is counted and passed over, and nobody else notices."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from stepweave.bus import Bus, BusSettings, Record, api, connect, reader
from stepweave.bus.pull import place
from stepweave.bus.subjects import BRANCHES
from stepweave.bus.wire import publication
from stepweave.messages import Cancel, Decided, Draw, Failure, Outcome, RunRequested, Unknown, encode
from stepweave.observability.counts import PROCESS
from tests.bus.conftest import DRAW, until

pytestmark = pytest.mark.anyio
WANTED = RunRequested(request="x")
GARBAGE = (b"", b"{", b"[1]", b'{"seq":"x"}', b'{"error":7}', b'{"error":{"code":"x"}}', b"\xff\xfe")


class Counted:
    """What was counted since."""

    def __init__(self) -> None:
        self._before = Counter(PROCESS.all())

    def __getitem__(self, name: str) -> int:
        return PROCESS.all().get(name, 0) - self._before[name]


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
async def stranger(bus: Bus) -> AsyncIterator[Client]:
    """A client that is none of ours."""
    client = await nats.connect(bus.settings.url or "")
    yield client
    await client.close()


async def send(bus: Bus, *frames: bytes) -> None:
    """Send protocol bytes, and wait until the server has them."""
    for frame in frames:
        bus._connection.client.send(frame)
    await bus.log.last_sequence()


def pub(subject: bytes, body: bytes = b"hi", head: bytes | None = None) -> bytes:
    if head is None:
        return b"PUB %b %d\r\n%b\r\n" % (subject, len(body), body)
    return b"HPUB %b %d %d\r\n%b%b\r\n" % (subject, len(head), len(head) + len(body), head, body)


@asynccontextmanager
async def following(bus: Bus) -> AsyncIterator[list[Record]]:
    """What is heard of the log from its beginning."""
    heard: list[Record] = []

    async def follow() -> None:
        async for record in bus.log.follow(branches=tuple(BRANCHES), after=0):
            heard.append(record)  # noqa: PERF401 - each as it comes

    task = asyncio.create_task(follow())
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


# ---------------------------------------------------------------------------------------------- subjects and headers


async def test_a_subject_that_is_no_text_stops_nobody(bus: Bus, counted: Counted) -> None:
    space = bus.settings.namespace.encode()
    async with following(bus) as heard:
        await send(bus, pub(space + b".run.\xff\xfe.ev.x.0"), pub(space + b".run.\xc3\xa4.done.a.b.c"))
        await bus.log.request("r1", WANTED)
        await until(lambda: heard)
    assert [record.run for record in heard] == ["r1"]
    assert bus._connection.reconnects == 0
    assert (counted["foreign{branch=ev}"], counted["foreign{branch=done}"]) == (1, 1)


async def test_commands_with_such_a_subject_take_up_no_room(bus: Bus, counted: Counted) -> None:
    space = bus.settings.namespace.encode()
    await send(bus, *(pub(space + b".run.r1.cmd.generator.sketch.t\xff%d" % n) for n in range(5)))
    await bus.log.command("r1", "generator", "sketch", "t1", DRAW, source="/me")
    async with bus.queue("generator", "sketch", concurrency=1) as queue, asyncio.timeout(10):
        assert (await anext(queue)).record.task == "t1"
        await until(lambda: counted["foreign{branch=cmd}"] == 5)


HEADS = [
    b"NATS/1.0 503\r\n\r\n",
    b"NATS/1.0 404 No Messages\r\nNats-Sequence: x\r\n\r\n",
    b"NATS/1.0 100 \r\nNats-Last-Consumer: 7\r\n\r\n",
    b"NATS/1.0 \xc2\xb2\r\n\r\n",
    b"NATS/1.0\r\nNats-Subject: elsewhere\r\nNats-Sequence: 77\r\nNats-Time-Stamp: never\r\n\r\n",
    b"NATS/1.0xyz",
    b"x",
    b"\xff" * 40,
    b"NATS/1.0\r\n" + b"a" * 4000 + b": b\r\n\r\n",
    b"NATS/1.0\r\nce-specversion: 1.0\r\nce-type: a\r\nce-source: b\r\nce-id: c\r\n"
    b"ce-time: 0001-01-01T00:00:00+14:00\r\n\r\n",
]


@pytest.mark.parametrize("head", HEADS)
async def test_no_header_passes_for_the_servers_word(bus: Bus, head: bytes) -> None:
    """Neither for one who follows, nor for one who reads, nor for a queue."""
    space = bus.settings.namespace
    await send(bus, *(pub(f"{space}.run.r1.{where}".encode(), b"hi", head) for where in ("ev.x.0", "cmd.a.b.c")))
    await bus.log.control("r1", Cancel())
    async with following(bus) as heard:
        await until(lambda: len(heard) == 3)
    assert [record.branch for record in heard] == ["ev", "cmd", "ctl"]
    assert [record.branch async for record in bus.log.replay("r1")] == ["ev", "cmd", "ctl"]
    async with bus.queue("a", "b", concurrency=1) as queue:
        await bus.log.command("r1", "a", "b", "good", DRAW, source="/me")
        async with asyncio.timeout(10):
            while (delivery := await anext(queue)).record.task != "good":
                delivery.ack()


@pytest.mark.parametrize("many", [7, 8, 9, 40])
async def test_a_subject_that_the_server_cannot_count_hides_nothing_of_a_run(settings: BusSettings, many: int) -> None:
    """It leaves those with a DEL out when it says how much is left behind a batch."""
    async with connect(settings.model_copy(update={"read_ahead": 8}), name="test") as bus:
        space = bus.settings.namespace.encode()
        await bus.log.control("r1", Cancel())
        await send(bus, *(pub(space + b".run.r1.ctl.\x7f%d" % n) for n in range(9)))
        for _ in range(many):
            await bus.log.control("r1", Cancel())
        assert len([record async for record in bus.log.replay("r1")]) == many + 1


@pytest.mark.parametrize("bound", [1, 3000, 10_000])
async def test_a_batch_that_was_cut_for_its_size_is_not_the_last(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, bound: int
) -> None:
    monkeypatch.setattr(reader, "_MOST", bound)
    space = bus.settings.namespace.encode()
    await send(bus, *(pub(space + b".run.r1.ctl.\x7f%d" % n) for n in range(9)))
    for _ in range(12):
        await bus.log.control("r1", Cancel(reason="x" * 900))
    assert len([record async for record in bus.log.replay("r1")]) == 12


# ---------------------------------------------------------------------------------------------- answers


@pytest.mark.parametrize("read", [api.read_ack, api._read_named, reader._read], ids=["ack", "api", "read"])
async def test_what_is_no_answer_is_passed_over_and_the_answer_waited_for(
    bus: Bus, stranger: Client, counted: Counted, read: object
) -> None:
    true = b'{"type":"io.nats.jetstream.api.v1.x","stream":"s","seq":7}'
    place = {"Nats-Subject": "a", "Nats-Sequence": "7"} if read is reader._read else None

    async def lie(message: Msg) -> None:
        for garbage in GARBAGE:
            await stranger.publish(message.reply, garbage)
        await stranger.publish(message.reply, true, headers=place)

    question = f"{bus.settings.namespace}.question"
    await stranger.subscribe(question, cb=lie)
    await stranger.flush()
    reply = await bus._connection.call(question, read=read)  # type: ignore[arg-type]
    assert reply.body == true
    assert counted["no answer"] >= len(GARBAGE)


async def test_a_long_read_passes_over_what_is_no_message(bus: Bus, stranger: Client, counted: Counted) -> None:
    sequence = await bus.log.request("r1", WANTED)

    async def lie(message: Msg) -> None:
        for garbage in GARBAGE:
            await stranger.publish(message.reply, garbage)

    await stranger.subscribe(f"$JS.API.DIRECT.GET.{bus._subjects.runs}", cb=lie)
    await stranger.flush()
    for _ in range(20):
        assert [record.sequence async for record in bus.log.replay("r1")] == [sequence]


async def test_what_a_stranger_sends_to_a_pullers_inbox_is_no_delivery(
    bus: Bus, stranger: Client, counted: Counted
) -> None:
    async with bus.queue("generator", "sketch", concurrency=2) as queue:
        inbox = queue._puller._inbox
        for reply in ("", "x"):  # the server lets nobody but itself send with a reply subject under $JS.ACK
            for garbage in GARBAGE:
                await stranger.publish(inbox, garbage, reply=reply)
        await stranger.publish(inbox, b"", headers={"Nats-Pending-Messages": "99999999999999999999999"})
        await stranger.flush()
        await bus.log.command("r1", "generator", "sketch", "t1", DRAW, source="/me")
        async with asyncio.timeout(10):
            assert (await anext(queue)).record.task == "t1"
        assert counted["no answer"] == 2 * len(GARBAGE) + 1
        assert queue._puller.wanted <= 2


@pytest.mark.parametrize("reply", ["", "$JS.ACK.s.c.1", "$JS.ACK.a.b.c.d.e.f.g.h", "x.y.s.c.1.2.3.4.5"])
def test_what_is_no_answer_subject_of_a_delivery_is_refused(reply: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        place(reply)
    assert place("$JS.ACK.s.c.1.5.7.17.0") == (1, 5, 7, 17, 0)
    assert place("$JS.ACK.domain.account.s.c.1.5.7.17.0.token") == (1, 5, 7, 17, 0)


async def test_nonsense_about_who_is_there_is_passed_over(bus: Bus, stranger: Client, counted: Counted) -> None:
    await bus.advertise("critic", "pixels", "1.0.0")
    space = bus.settings.namespace
    lies = [
        b"[]",
        b'{"metadata":7}',
        b'{"metadata":{"stepweave.namespace":"%b","stepweave.role":["x"]}}' % space.encode(),
        b'{"version":[],"metadata":{"stepweave.namespace":"%b"}}' % space.encode(),
        b"\xff",
    ]

    async def lie(message: Msg) -> None:
        for each in lies:
            await stranger.publish(message.reply, each)

    await stranger.subscribe("$SRV.INFO", cb=lie)
    await stranger.flush()
    found = await bus.discover(1.0)
    assert [(info.role, info.capability) for info in found] == [("critic", "pixels")]
    assert counted["no answer"] == len(lies)


async def test_questions_that_cannot_be_answered_disturb_no_agent(bus: Bus, counted: Counted) -> None:
    await bus.advertise("critic", "pixels", "1.0.0")
    await send(bus, pub(b"$SRV.INFO"), pub(b"$SRV.PING \xff\xfe"), pub(b"$SRV.STATS", b"", b"x"))
    await bus.log.request("r1", WANTED)
    assert [info.role for info in await bus.discover(1.0)] == ["critic"]
    assert bus._connection.reconnects == 0
    assert counted["undeliverable"] == 2


# ---------------------------------------------------------------------------------------------- bodies


READABLE = {"ce-specversion": "1.0", "ce-type": DRAW.TYPE, "ce-source": "/me", "ce-id": "1"}
MANY = json.dumps({"plan": [{"sources": [{"kind": "Z" * 2_000_000}]}]}).encode()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Zoë": "x"}, b"x"),
        ({"a b\tc": "x" * 5000}, b"x"),
        ({f"h{n}": "x" for n in range(500)}, b"x"),
        (READABLE, bytes(8 * 1024 * 1024 - 300)),
        (READABLE | {"ce-type": "stepweave.revision.asked.v1"}, MANY),
        (READABLE | {"ce-type": "x" * 50_000}, b"{}"),
    ],
    ids=["no ascii", "no word", "many", "as large as can be", "a reason as large as the body", "a type without end"],
)
async def test_whatever_cannot_be_read_is_buried_and_makes_room(
    bus: Bus, counted: Counted, headers: dict[str, str], body: bytes
) -> None:
    head = "NATS/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    await send(bus, pub(f"{bus.settings.namespace}.run.r1.cmd.generator.sketch.bad".encode(), body, head.encode()))
    await bus.log.command("r1", "generator", "sketch", "good", DRAW, source="/me")
    async with bus.queue("generator", "sketch", concurrency=1) as queue, asyncio.timeout(10):
        assert (await anext(queue)).record.task == "good"
    standing = await bus.log.cell("r1", "generator", "sketch", "bad")
    assert standing is not None
    assert isinstance(standing.message, Failure)
    assert standing.message.kind == "Unreadable"
    assert len(standing.message.reason) < 2000
    (letter,) = [letter async for letter in bus.dead.list()]
    assert letter.body in (body, b"")
    assert counted["unreadable{agent=generator:sketch,branch=cmd}"] == 1
    assert counted["dead letter{agent=generator:sketch}"] == 1


@pytest.mark.parametrize("source", ["/robot arm", "/Zoë", "/a\tb", "/" + "x" * 255])
async def test_what_can_be_read_can_be_buried_whatever_its_headers_say(bus: Bus, source: str) -> None:
    body = DRAW.model_dump_json().encode()
    for type_, name in ((DRAW.TYPE, "one"), ("a type: of its own", "two")):
        fields = {"ce-specversion": "1.0", "ce-type": type_, "ce-source": quote(source, safe="/x"), "ce-id": "7 é"}
        head = "NATS/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n"
        if len(fields["ce-source"]) <= 256:
            await send(bus, pub(f"{bus.settings.namespace}.run.r1.cmd.a.b.{name}".encode(), body, head.encode()))
    records = [record async for record in bus.log.replay("r1")]
    assert records
    for record in records:
        letter = await bus.dead.get(await bus.dead.put(record, "no reason"))
        assert letter is not None
        assert isinstance(record.message, Draw | Unknown)


async def test_a_picture_whose_place_is_taken_is_kept_beside(bus: Bus, counted: Counted) -> None:
    sha256 = hashlib.sha256(b"right").hexdigest()
    await send(bus, pub(f"{bus.settings.namespace}.blob.{sha256}".encode(), b"wrong"))
    blob = await bus.blobs.put(b"right", "image/png", 1, 1)
    assert counted["corrupt blob"] == 1
    assert await bus.blobs.get(blob) == b"right"


# ---------------------------------------------------------------------------------------------- the log


async def test_what_is_no_request_begins_no_run_and_what_is_no_outcome_ends_none(bus: Bus) -> None:
    space = bus.settings.namespace
    await bus.log.request("r1", WANTED)
    await send(
        bus,
        pub(f"{space}.run.r1.ev.finished.99".encode()),
        pub(f"{space}.run.r2.ev.requested.0".encode()),
        pub(f"{space}.run.r1.ev.requested.98".encode(), encode(WANTED), b"NATS/1.0\r\nce-specversion: 1.0\r\n\r\n"),
    )
    assert [(run.run, run.finished) for run in await bus.log.runs()] == [("r1", False)]


async def test_each_branch_counts_what_does_not_belong_there(bus: Bus, counted: Counted) -> None:
    outcome = Decided(outcome=Outcome(status="completed"))
    async with following(bus) as heard:
        for branch, tokens in {"ev": "x.0", "cmd": "a.b.c", "done": "a.b.c", "ctl": "c", "note": "n.m"}.items():
            subject = f"{bus.settings.namespace}.run.r-{branch}.{branch}.{tokens}"
            misplaced = Cancel() if branch in ("ev", "cmd", "done") else outcome
            head = "".join(f"{name}: {value}\r\n" for name, value in (READABLE | {"ce-type": misplaced.TYPE}).items())
            await send(bus, publication(subject, "", f"NATS/1.0\r\n{head}", encode(misplaced)))
        await until(lambda: len(heard) == 5)
    assert [counted[f"misplaced{{branch={branch}}}"] for branch in ("ev", "cmd", "done", "ctl", "note")] == [1] * 5
