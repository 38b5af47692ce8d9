"""Pictures: kept once, found by their hash, checked on every read."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable

import pytest

from stepweave.bus import BlobCorrupt, BlobMissing, Bus, BusSettings, StoreFull, TooLarge, connect
from stepweave.messages import Blob, RunRequested
from tests.bus.conftest import Broker, drawn

pytestmark = pytest.mark.anyio
PNG = "image/png"


@pytest.mark.parametrize("size", [1, 30_000, 300_000, 8 * 1024 * 1024 - 1024])
async def test_a_picture_comes_back(bus: Bus, size: int) -> None:
    data = os.urandom(size)
    blob = await bus.blobs.put(data, PNG, 3, 4)
    assert blob == Blob(sha256=hashlib.sha256(data).hexdigest(), media_type=PNG, width=3, height=4, size=size)
    assert await bus.blobs.get(blob) == data
    assert await bus.blobs.get(blob.sha256) == data


async def test_the_same_picture_is_kept_once(bus: Bus) -> None:
    first, second = await asyncio.gather(*(bus.blobs.put(b"same", PNG, 1, 1) for _ in range(2)))
    assert first == second


async def test_many_at_once(bus: Bus) -> None:
    pictures = [os.urandom(200_000) for _ in range(40)]
    blobs = await asyncio.gather(*(bus.blobs.put(data, PNG, 1, 1) for data in pictures))
    assert await asyncio.gather(*(bus.blobs.get(blob) for blob in blobs)) == pictures


async def test_what_is_not_there_is_missing(bus: Bus) -> None:
    with pytest.raises(BlobMissing, match="ab" * 32):
        await bus.blobs.get("ab" * 32)


async def test_a_corrupt_picture_is_never_handed_out(bus: Bus) -> None:
    sha256 = hashlib.sha256(b"right").hexdigest()
    client = bus._connection.client
    await client.publish(bus._subjects.blob(sha256), b"wrong")
    await client.flush()
    with pytest.raises(BlobCorrupt, match=hashlib.sha256(b"wrong").hexdigest()):
        await bus.blobs.get(sha256)


async def test_a_picture_too_large_for_the_server_names_the_limit_and_the_setting(bus: Bus) -> None:
    with pytest.raises(TooLarge, match=r"at most 8387584.*max_payload"):
        await bus.blobs.put(bytes(8 * 1024 * 1024), PNG, 2000, 2000)


async def test_a_hash_is_a_hash(bus: Bus) -> None:
    with pytest.raises(ValueError, match="Hash"):
        await bus.blobs.get("../>")


async def test_a_full_store_says_so_at_once(settings: BusSettings) -> None:
    small = settings.model_copy(update={"max_blob_bytes": 50_000})
    async with connect(small, name="small") as bus:
        await bus.blobs.put(os.urandom(40_000), PNG, 1, 1)
        async with asyncio.timeout(2):
            with pytest.raises(StoreFull, match="max_blob_bytes"):
                await bus.blobs.put(os.urandom(40_000), PNG, 1, 1)
        await bus.log.request("r1", RunRequested(request="the log still takes"))


async def test_a_full_log_says_so_and_forgets_nothing(settings: BusSettings) -> None:
    small = settings.model_copy(update={"max_bytes": 10_000})
    async with connect(small, name="small") as bus:
        answers = (bus.log.answer("r1", "generator", "sketch", f"t{n}", drawn(n), source="/x") for n in range(100))
        with pytest.raises(StoreFull, match="max_bytes"):
            await asyncio.gather(*answers)
        first = await anext(bus.log.replay("r1"))
        assert first.task == "t0"


async def test_a_full_server_says_so(make_broker: Callable[..., Broker]) -> None:
    limits = {"store_dir": None, "max_file_store": 100_000}

    def make() -> Broker:
        broker = make_broker()
        broker.stop()
        broker.extra = {"jetstream": limits | {"store_dir": str(broker.log.parent / "store")}}
        broker.up()
        return broker

    broker = await asyncio.to_thread(make)
    async with connect(BusSettings(url=broker.url, max_dead_bytes=1000), name="full") as bus:
        puts = (bus.blobs.put(os.urandom(40_000), PNG, 1, 1) for _ in range(20))
        async with asyncio.timeout(5):
            with pytest.raises(StoreFull):
                await asyncio.gather(*puts)


async def test_a_message_too_large_is_refused_before_it_breaks_the_connection(bus: Bus) -> None:
    with pytest.raises(TooLarge, match="max_payload"):
        await bus.log.request("r1", RunRequested(request="x" * (9 * 1024 * 1024)))
    await bus.log.request("r1", RunRequested(request="x"))
    assert bus._connection.reconnects == 0
