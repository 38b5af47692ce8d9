"""The wire between one worker and the broker, which can be cut in four ways.

A worker knows the broker only by the ports of its wire, one for each node. While the wire is whole it hands on all
bytes. TCP loses nothing in the middle of a connection, so when trouble ends, connections whose bytes were swallowed are
broken, as a firewall that forgot them would do: the worker connects again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum

_CHUNK = 65536


class Trouble(Enum):
    """What is wrong with a wire."""

    REFUSED = "connections are broken, new ones refused"
    DEAF = "what the broker says is swallowed"
    DUMB = "what the worker says is swallowed"
    DARK = "what either says is swallowed"


class Wire:
    """One worker's ports to the nodes of a broker."""

    def __init__(self, targets: Sequence[int]) -> None:
        self._targets = targets
        self._trouble: Trouble | None = None
        self._servers: list[asyncio.Server] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._pumps: set[asyncio.Task[None]] = set()

    async def open(self) -> list[int]:
        """Listen; gives the ports, in the order of the targets."""
        for target in self._targets:

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: int = target) -> None:
                await self._serve(reader, writer, target)

            self._servers.append(await asyncio.start_server(serve, "127.0.0.1", 0))
        return [int(server.sockets[0].getsockname()[1]) for server in self._servers]

    def cut(self, trouble: Trouble) -> None:
        """Be in trouble, until :meth:`mend`."""
        self._trouble = trouble
        if trouble is Trouble.REFUSED:
            self._break()

    def mend(self) -> None:
        """Be whole again, for connections that are new."""
        self._trouble = None
        self._break()

    async def aclose(self) -> None:
        for server in self._servers:
            server.close()
        self._break()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: int) -> None:
        if self._trouble is Trouble.REFUSED:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            writer.transport.abort()
            return
        pair = {writer, far_writer}
        self._writers |= pair
        for source, sink, losing in (
            (reader, far_writer, {Trouble.DUMB, Trouble.DARK}),
            (far_reader, writer, {Trouble.DEAF, Trouble.DARK}),
        ):
            pump = asyncio.create_task(self._pump(source, sink, losing, pair))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        losing: set[Trouble],
        pair: set[asyncio.StreamWriter],
    ) -> None:
        """Hand on what comes until either side ends; then break both."""
        with suppress(OSError):
            while data := await source.read(_CHUNK):
                if self._trouble not in losing:
                    sink.write(data)
                    await sink.drain()
        for writer in pair:
            writer.transport.abort()
        self._writers -= pair

    def _break(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
