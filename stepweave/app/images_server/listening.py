"""Below the application: a socket, and the server that listens there for as long as a context lasts."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager

import anyio
import uvicorn
from starlette.applications import Starlette

from stepweave.app.failures import UsageError

CLOSING = 5
"""Seconds that connections have to send what is under way when the server ends."""


class _Server(uvicorn.Server):
    """Leaves signals to the loop of the command."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host.

    Raises:
        UsageError: there is no such host.
    """
    return all(ipaddress.ip_address(address.split("%")[0]).is_loopback for _, address in _addresses(host))


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0: any that is free.

    Raises:
        UsageError: the port is taken, or may not be used.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"there is no port {port}; choose one from 0 to 65535")
    family, address = _addresses(host)[0]
    try:
        return socket.create_server((address, port), family=family, backlog=2048)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"port {port} of {host} cannot be listened on ({why}); end what listens there, or choose another --port"
        ) from None


def _addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"there is no host {host!r} ({error}); choose an address of this machine") from None
    return [(family, str(address[0])) for family, _, _, _, address in found]


@asynccontextmanager
async def listening(application: Starlette, at: socket.socket) -> AsyncIterator[None]:
    """Answer requests while the context lasts."""
    server = _Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=CLOSING,
        )
    )

    async def serve() -> None:
        with anyio.CancelScope(shield=True):  # it is told to end, and then ends in order
            await server.serve(sockets=[at])

    async with anyio.create_task_group() as group:
        group.start_soon(serve)
        try:
            yield
        finally:
            server.should_exit = True
