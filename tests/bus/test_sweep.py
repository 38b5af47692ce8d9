"""Sweeping: what no run refers to goes, what one refers to stays, and ages are told by the server's clock."""

from __future__ import annotations

import asyncio
import hashlib
import os
import tracemalloc

import pytest

from stepweave.bus import BlobMissing, Bus, BusSettings, connect
from stepweave.bus.settings import LONGEST_PATIENCE
from stepweave.bus.sweep import Sweeper, Swept
from stepweave.messages import Blob, Drawn, RunRequested, Unknown
from tests.bus.conftest import DRAW, entries, until

pytestmark = pytest.mark.anyio
PNG = "image/png"
SOURCE = "/x"


def sweeper(bus: Bus, grace: float = 0.0) -> Sweeper:
    return Sweeper(bus._connection, bus._subjects, bus._blobs, grace)


async def put(bus: Bus, size: int = 100) -> Blob:
    return await bus.blobs.put(os.urandom(size), PNG, 1, 1)


async def there(bus: Bus, blob: Blob) -> bool:
    try:
        await bus.blobs.get(blob)
    except BlobMissing:
        return False
    return True


async def subjects(bus: Bus) -> list[str]:
    """Everything in the store of pictures, by what follows the namespace."""
    found = [e.subject for e in await entries(bus)]
    return [subject.removeprefix(f"{bus.settings.namespace}.") for subject in found]


async def test_what_no_run_refers_to_goes(bus: Bus) -> None:
    blobs = [await put(bus, 1000) for _ in range(20)]
    found = await sweeper(bus).sweep(dry_run=True)
    assert found == Swept(pictures=20, bytes=20_000, kept=0, words=0)
    assert await there(bus, blobs[0])
    assert await sweeper(bus).sweep() == found
    assert await subjects(bus) == []


async def test_what_a_run_refers_to_in_whatever_way_stays(bus: Bus) -> None:
    given, drawn, foreign, named, lost = [await put(bus) for _ in range(5)]
    await bus.log.request("r1", RunRequested(request="x", inputs=(given,)))
    await bus.log.answer("r1", "generator", "sketch", "s1c1", Drawn(image=drawn), source=SOURCE)
    await bus.log.note("r1", "new", Unknown(type="later.v9", body={"deep": [{"x": f"see {foreign.sha256}"}]}))
    await bus._connection.client.publish(bus._subjects.control("r1", "torn"), f'{{"a":"{named.sha256}'.encode())
    await bus._connection.client.flush()
    await until(lambda: is_said(bus, 4))
    assert await sweeper(bus).sweep() == Swept(pictures=1, bytes=100, kept=4, words=0)
    assert not await there(bus, lost)
    for blob in (given, drawn, foreign, named):
        assert await there(bus, blob)


async def is_said(bus: Bus, count: int) -> bool:
    return len([record async for record in bus.log.replay("r1")]) == count


async def is_stored(bus: Bus, count: int) -> bool:
    return len(await entries(bus)) == count


async def test_what_was_put_within_the_grace_stays(bus: Bus) -> None:
    blob = await put(bus)
    assert await sweeper(bus, 3600).sweep() == Swept(pictures=0, bytes=0, kept=1, words=0)
    assert await there(bus, blob)


async def test_what_was_wanted_again_within_the_grace_stays_and_its_old_marks_go(bus: Bus) -> None:
    data = os.urandom(100)
    for _ in range(3):
        blob = await bus.blobs.put(data, PNG, 1, 1)
    assert [s.split(".")[0] for s in await subjects(bus)] == ["blob", "used", "used"]
    first_mark = (await entries(bus))[1]
    assert await as_if_at(first_mark.nanoseconds, bus).sweep() == Swept(pictures=0, bytes=0, kept=1, words=0)
    assert [s.split(".")[0] for s in await subjects(bus)] == ["blob", "used"]
    assert (await sweeper(bus).sweep()).pictures == 1
    assert await subjects(bus) == []
    assert not await there(bus, blob)


def as_if_at(nanoseconds: int, bus: Bus) -> Sweeper:
    """A sweeper without a grace that is told another time by the server."""
    early = sweeper(bus)

    async def now() -> int:
        return nanoseconds

    early._now = now  # type: ignore[method-assign]
    return early


async def test_a_picture_that_was_swept_can_be_put_again(bus: Bus) -> None:
    data = os.urandom(100)
    for _ in range(3):
        blob = await bus.blobs.put(data, PNG, 1, 1)
        assert await bus.blobs.get(blob) == data
        assert (await sweeper(bus).sweep()).pictures == 1
        assert not await there(bus, blob)


async def test_what_another_sweep_doomed_is_left_and_later_freed(bus: Bus) -> None:
    """Somebody doomed a picture and died; he might only be asleep, so it lives on as a copy."""
    blob = await put(bus)
    await bus._connection.call(bus._subjects.doomed(blob.sha256))
    assert (await sweeper(bus, 3600).sweep()).kept == 1
    assert [s.split(".")[0] for s in await subjects(bus)] == ["blob", "doomed"]
    assert (await sweeper(bus).sweep()).pictures == 0
    shapes = [s.replace(blob.sha256, "x").split(".") for s in await subjects(bus)]
    assert [(s[0], len(s)) for s in shapes] == [("blob", 2), ("blob", 3)]
    assert await there(bus, blob)
    assert (await sweeper(bus).sweep()).pictures == 1
    assert await subjects(bus) == []


async def test_the_word_of_doom_without_a_picture_goes(bus: Bus) -> None:
    await bus._connection.call(bus._subjects.doomed("ab" * 32))
    await sweeper(bus).sweep()
    assert await subjects(bus) == []


async def test_a_word_of_a_run_that_is_not_there_goes_and_those_of_others_stay(bus: Bus) -> None:
    await bus.log.request("r1", RunRequested(request="x"))
    await bus.log.answer("r1", "generator", "sketch", "s1c1", Drawn(image=await put(bus)), source=SOURCE)
    await bus.log.answer("gone", "generator", "sketch", "s1c1", Drawn(image=await put(bus)), source=SOURCE)
    await bus.log.command("r1", "generator", "sketch", "s1c1", DRAW, source=SOURCE)
    command = await anext(bus.log.follow(branches=("cmd",), after=0))
    await bus.dead.put(command, "why")
    await bus._connection.call(bus._subjects.letter("gone", "a", "b", "c"), b"{}")
    assert (await sweeper(bus, 3600).sweep()).words == 0
    assert (await sweeper(bus).sweep(dry_run=True)).words == 2
    assert (await sweeper(bus).sweep()).words == 2
    assert await bus.log.cell("gone", "generator", "sketch", "s1c1") is None
    assert await bus.log.cell("r1", "generator", "sketch", "s1c1") is not None
    assert [letter.subject async for letter in bus.dead.list()] == [bus._subjects.command("r1", *command.tokens)]
    assert (await sweeper(bus).sweep()).pictures == 1  # that of the word which went the last time


async def test_a_run_may_be_requested_under_a_name_of_which_there_were_words(bus: Bus) -> None:
    await bus.log.answer("r1", "generator", "sketch", "s1c1", Drawn(image=await put(bus)), source=SOURCE)
    await bus.log.request("r1", RunRequested(request="x"))
    assert await sweeper(bus).sweep() == Swept(pictures=0, bytes=0, kept=1, words=0)


async def test_runs_can_be_taken_for_removed(bus: Bus) -> None:
    for run in ("r1", "r2"):
        await bus.log.request(run, RunRequested(request="x", inputs=(await put(bus),)))
    assert await sweeper(bus).sweep(without={"r1"}, dry_run=True) == Swept(pictures=1, bytes=100, kept=1, words=0)


async def test_damaged_pictures_are_told_and_stay_with_their_run(bus: Bus) -> None:
    sha256 = hashlib.sha256(b"right").hexdigest()
    await bus._connection.call(bus._subjects.blob(sha256), b"wrong")
    blob = Blob(sha256=sha256, width=1, height=1, size=5)
    await bus.log.request("r1", RunRequested(request="x", inputs=(blob, await put(bus))))
    assert (await sweeper(bus).sweep()).damaged == ()
    assert await sweeper(bus).sweep(verify=True) == Swept(pictures=0, bytes=0, kept=2, words=0, damaged=(sha256,))
    await bus._blobs.restore(b"right", blob)
    assert await bus.blobs.get(blob) == b"right"
    assert (await sweeper(bus).sweep(verify=True)).damaged == ()


@pytest.mark.parametrize("head", [b"x", b"NATS/1.0 503\r\n\r\n", b"\xff" * 40])
async def test_whatever_somebody_wrote_into_the_store_it_can_be_swept(bus: Bus, head: bytes) -> None:
    """A server that is asked for headers alone dies of the first one."""
    wanted = await put(bus)
    await bus.log.request("r1", RunRequested(request="x", inputs=(wanted,)))
    names = [bus._subjects.blob("ab" * 32), bus._subjects.copy("ab" * 32, "x"), bus._subjects.used("cd" * 32, "x")]
    names += [bus._subjects.doomed("ef" * 32), f"{bus.settings.namespace}.blob.x"]
    for name in names:
        bus._connection.client.send(b"HPUB %b %d %d\r\n%bhi\r\n" % (name.encode(), len(head), len(head) + 2, head))
    await until(lambda: is_stored(bus, len(names) + 1))
    assert await sweeper(bus).sweep() == Swept(pictures=1, bytes=4, kept=1, words=0)
    assert await subjects(bus) == [f"blob.{wanted.sha256}", "blob.x"]
    assert bus._connection.reconnects == 0


async def test_a_log_is_not_held_in_memory(settings: BusSettings) -> None:
    async with connect(settings.model_copy(update={"read_ahead": 32}), name="frugal") as bus:
        await bus.log.request("r1", RunRequested(request="x"))
        long = Unknown(type="later.v9", body={"text": "x" * 30_000})
        await asyncio.gather(*(bus.log.note("r1", "long", long) for _ in range(1000)))
        tracemalloc.start()
        try:
            await sweeper(bus).sweep()
            assert tracemalloc.get_traced_memory()[1] < 10e6  # of 30
        finally:
            tracemalloc.stop()


async def test_a_grace_shorter_than_writes_may_take_is_refused() -> None:
    with pytest.raises(ValueError, match="grace"):
        BusSettings(grace=2 * LONGEST_PATIENCE - 1)


async def test_a_picture_wanted_during_a_sweep_is_spared(settings: BusSettings) -> None:
    """It is wanted after the sweep has found it old and before it is removed."""
    data = os.urandom(100)
    async with connect(settings, name="one") as bus, connect(settings, name="two") as other:
        blob = await bus.blobs.put(data, PNG, 1, 1)
        sweep = sweeper(bus)
        read = sweep._read_log

        async def read_and_wait(*arguments: object) -> object:
            found = await read(*arguments)  # type: ignore[arg-type]
            await other.blobs.put(data, PNG, 1, 1)
            return found

        sweep._read_log = read_and_wait  # type: ignore[method-assign, assignment]
        assert await sweep.sweep() == Swept(pictures=0, bytes=0, kept=1, words=0)
        assert await there(bus, blob)
        assert await sweeper(bus).sweep() == Swept(pictures=1, bytes=100, kept=0, words=0)
