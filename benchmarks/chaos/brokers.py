"""One nats-server, or three that form a cluster: started, killed, stopped and started again at the same addresses."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.chaos.processes import Process, until
from stepweave.bus.program import find_program

HOST = "127.0.0.1"
STARTUP = 60.0
"""Seconds for a node to come up, or to catch up with the others."""
PORTS = range(20000, 32000)
"""Below those from which the system takes ports for outgoing connections: a port must be free after a kill too."""
MAX_PAYLOAD = 8 * 1024 * 1024
_GIVE_UP = 1.0
"""Seconds for a node's word on its health."""


class NotUp(RuntimeError):
    """A node of the broker does not come up."""


class Node:
    """One nats-server."""

    def __init__(self, name: str, ports: Sequence[int], folder: Path) -> None:
        self.name = name
        self.port, self.route, self.monitor = ports
        self.troubled = False
        """A fault is under way here."""
        self._folder = folder / name
        self._process: Process | None = None

    def configure(self, token: str, others: Sequence[Node]) -> None:
        """Write its configuration, which is JSON."""
        self._folder.mkdir(parents=True)
        wanted: dict[str, object] = {
            "server_name": self.name,
            "host": HOST,
            "port": self.port,
            "http": f"{HOST}:{self.monitor}",
            "max_payload": MAX_PAYLOAD,
            "authorization": {"token": token},
            "jetstream": {"store_dir": os.fspath(self._folder / "store")},
        }
        if others:
            # Unadvertised, for clients would go round their wires to addresses that the cluster tells them.
            routes = [f"nats-route://{HOST}:{other.route}" for other in others]
            cluster = {"name": "chaos", "host": HOST, "port": self.route, "routes": routes, "no_advertise": True}
            wanted["cluster"] = cluster
        path = self._folder / "server.conf"
        path.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
        self._process = Process([os.fspath(find_program()), "-c", str(path)], os.environ, self._folder / "server.log")

    @property
    def process(self) -> Process:
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        """Start the program; a port that is still in use is waited for.

        Raises:
            NotUp: it ends again and again.
        """

        async def listens() -> bool:
            if not self.process.lives:
                await self.process.start()
            return await self._ask("/healthz?js-server-only=true")

        if not await until(listens, STARTUP):
            raise NotUp(f"{self.name} does not come up: {self.process.last_words}")

    async def kill(self) -> None:
        self.process.kill()
        await self.process.ended()

    async def is_current(self) -> bool:
        """Whether all it keeps is up to date."""
        return await self._ask("/healthz")

    async def _ask(self, path: str) -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_GIVE_UP):
                reader, writer = await asyncio.open_connection(HOST, self.monitor)
                try:
                    writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                    return b" 200 " in await reader.readline()
                finally:
                    writer.close()
        return False


class Broker:
    """All the nodes there are."""

    def __init__(self, folder: Path, count: int) -> None:
        self.token = secrets.token_urlsafe(16)
        ports = free_ports(3 * count)
        self.nodes = [Node(f"nats-{n + 1}", ports[3 * n : 3 * n + 3], folder) for n in range(count)]
        for node in self.nodes:
            node.configure(self.token, [other for other in self.nodes if other is not node])

    async def start(self) -> None:
        """Start all nodes and wait until they are one broker.

        Raises:
            NotUp: they are not.
        """
        await asyncio.gather(*(node.start() for node in self.nodes))
        if not await until(self.is_whole, STARTUP):
            raise NotUp("the nodes do not find together")

    async def is_whole(self) -> bool:
        """Whether every node is there and up to date."""
        return all(await asyncio.gather(*(node.is_current() for node in self.nodes)))

    def url(self, ports: Sequence[int] | None = None) -> str:
        """The address for a client, by other ports if it has a wire of its own."""
        return ",".join(f"nats://{self.token}@{HOST}:{port}" for port in ports or self.ports)

    @property
    def ports(self) -> list[int]:
        return [node.port for node in self.nodes]

    def named(self, name: str) -> Node:
        return next(node for node in self.nodes if node.name == name)

    async def aclose(self) -> None:
        await asyncio.gather(*(node.process.aclose() for node in self.nodes))


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"there are no {count} free ports from {PORTS.start} to {PORTS.stop}")
