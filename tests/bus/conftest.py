"""A real server for every test of the bus, and ways to hurt it."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from blockbuster import blockbuster_ctx

from stepweave.bus import Bus, BusSettings, connect
from stepweave.bus.envelope import Raw, new_id
from stepweave.bus.process import Address, ServerProcess
from stepweave.bus.program import find_program
from stepweave.bus.reader import Reader
from stepweave.messages import Blob, Draw, Drawn

BOUND = 15.0
"""Seconds any test waits for anything."""

DRAW = Draw(step=1, candidate=1, prompt="a red boat", seed=1, width=64, height=64)
BLOB = Blob(sha256="ab" * 32, width=64, height=64, size=100)


def drawn(seconds: float) -> Drawn:
    return Drawn(image=BLOB, tool="test", seconds=seconds)


class Broker(ServerProcess):
    """A server of a test's own, with what its configuration is to have beside."""

    def __init__(self, folder: Path, **extra: Any) -> None:
        super().__init__(folder)
        self.extra = extra
        self.url = ""

    def _configuration(self, address: Address) -> str:
        configuration = json.loads(super()._configuration(address)) | self.extra
        return json.dumps({key: value for key, value in configuration.items() if value is not None})

    def up(self) -> str:
        self.url = self.start(find_program(), keep_address=bool(self.url))
        return self.url

    def kill(self) -> None:
        assert self._child is not None
        os.kill(self._child, signal.SIGKILL)
        assert self._gone(BOUND)
        self.reap()


@pytest.fixture(autouse=True)
def no_blocking() -> Iterator[None]:
    """Whatever blocks the loop fails the test."""
    with blockbuster_ctx("stepweave.bus"):
        yield


@pytest.fixture(scope="session")
def shared_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    broker = Broker(tmp_path_factory.mktemp("shared"))
    broker.up()
    yield broker
    broker.stop()


@pytest.fixture
def make_broker(tmp_path: Path) -> Iterator[Callable[..., Broker]]:
    made: list[Broker] = []

    def make(**extra: Any) -> Broker:
        folder = tmp_path / f"broker{len(made)}"
        folder.mkdir()
        broker = Broker(folder, **extra)
        made.append(broker)
        broker.up()
        return broker

    yield make
    for broker in made:
        broker.stop()


@pytest.fixture
def broker(make_broker: Callable[..., Broker]) -> Broker:
    """A server that may be killed."""
    return make_broker()


@pytest.fixture
def settings(shared_broker: Broker) -> BusSettings:
    """A namespace of one's own on the shared server, where the room that each reserves adds up."""
    return BusSettings(url=shared_broker.url, namespace=f"t{new_id()[:12]}", max_dead_bytes=16 * 2**20)


@pytest.fixture
async def bus(settings: BusSettings) -> AsyncIterator[Bus]:
    async with connect(settings, name="test") as bus:
        yield bus


@pytest.fixture
async def frail(broker: Broker) -> AsyncIterator[Bus]:
    """A bus on a server that may be killed."""
    async with connect(BusSettings(url=broker.url, lease=2.0), name="frail") as bus:
        yield bus


class Proxy:
    """A wire between client and server that can go deaf one way, and break."""

    def __init__(self, port: int) -> None:
        self.port = 0
        self.deaf = False
        """What the server says is lost."""
        self.dumb = False
        """What the client says is lost."""
        self._target = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def settings(self, settings: BusSettings) -> BusSettings:
        """The same server, but through the proxy."""
        return settings.model_copy(update={"url": f"{(settings.url or '').rpartition(':')[0]}:{self.port}"})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, far_writer}
        up = asyncio.create_task(self._pump(reader, far_writer, lambda: self.dumb))
        down = asyncio.create_task(self._pump(far_reader, writer, lambda: self.deaf))
        self._tasks |= {up, down}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: Callable[[], bool]) -> None:
        try:
            while data := await reader.read(65536):
                if not lost():
                    writer.write(data)
                    await writer.drain()
        except ConnectionError:
            return
        finally:
            writer.close()

    def cut(self) -> None:
        """Break all connections; new ones are whole."""
        self.deaf = self.dumb = False
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def aclose(self) -> None:
        self.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@pytest.fixture
async def proxy(shared_broker: Broker) -> AsyncIterator[Proxy]:
    async with AsyncExitStack() as stack:
        proxy = Proxy(int(shared_broker.url.rpartition(":")[2]))
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
        proxy.port = server.sockets[0].getsockname()[1]
        stack.push_async_callback(proxy.aclose)
        stack.callback(server.close)
        yield proxy


@pytest.fixture
async def far(proxy: Proxy, settings: BusSettings) -> AsyncIterator[Bus]:
    """A bus behind the proxy, in the same namespace as ``bus``."""
    async with connect(proxy.settings(settings), name="far") as bus:
        yield bus


async def until(condition: Callable[[], Any]) -> None:
    """Wait for a state, asked for by a function or a coroutine function."""
    async with asyncio.timeout(BOUND):
        while True:
            state = condition()
            if await state if inspect.isawaitable(state) else state:
                return
            await asyncio.sleep(0.005)


async def entries(bus: Bus, stream: str | None = None) -> list[Raw]:
    """Every message of a stream, in order; by default of the store of pictures."""
    return [
        raw async for raw in Reader(bus._connection, stream or bus._subjects.blobs).all(f"{bus._subjects.namespace}.>")
    ]
