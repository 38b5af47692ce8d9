"""The nats-server program as a process: configured, started, asked whether it is the right one, stopped.

The token stands in a file that only its owner reads, never on a command line. A server is recognised by the random
name it introduces itself with, so a port that another program took meanwhile is never mistaken for ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from stepweave.bus.errors import ServerFailed
from stepweave.bus.locks import FileLock, is_held

HOST = "127.0.0.1"
STARTUP = 60.0
"""Seconds for the program to come up; a large store takes a while to open."""
SHUTDOWN = 15.0
"""Seconds for it to go, before it is killed."""
ATTEMPTS = 5
"""Ports to try, should others take them first."""
MAX_PAYLOAD = 8 * 1024 * 1024
"""Bytes of the largest message: a picture travels as one."""
MAX_BATCH = 100_000
"""Messages that can be written at once: a run is imported as one."""
_PAUSE = 0.01
_ALIVE_FD = 63
"""Number under which the program holds its lock; any that is free in a fresh process."""
_TAIL = 400


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and how to know it and be known to it."""

    port: int
    token: str
    name: str

    @property
    def url(self) -> str:
        """Everything a client needs."""
        return f"nats://{self.token}@{HOST}:{self.port}"


class ServerProcess:
    """The server of a folder. Starting and stopping are for whoever holds the folder's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.log = folder / "server.log"
        self._alive = folder / "alive"
        self._state = folder / "state.json"
        self._pid_file = folder / "server.pid"
        self._child: int | None = None

    def is_alive(self) -> bool:
        """Whether the program runs."""
        return is_held(self._alive)

    def address_when_ready(self) -> str | None:
        """The address of the running server as soon as it answers; ``None``: it does not, or it died."""
        address = self._address()
        if address is None:
            return None
        deadline = time.monotonic() + STARTUP
        while self.is_alive() and time.monotonic() < deadline:
            if _answers(address):
                return address.url
            time.sleep(_PAUSE)
        return None

    def start(self, program: Path, *, keep_address: bool) -> str:
        """Start the program and wait until it answers; gives its address.

        Args:
            program: the nats-server.
            keep_address: others know its address, so it must have the same again.

        Raises:
            ServerFailed: it does not come up.
        """
        known = self._address() if keep_address else None
        for _ in range(ATTEMPTS):
            address = known or Address(_free_port(), secrets.token_urlsafe(24), f"stepweave-{secrets.token_hex(8)}")
            self._write(self._state, json.dumps(asdict(address)))
            self._write(self._folder / "server.conf", self._configuration(address))
            began = self.log.stat().st_size if self.log.exists() else 0
            self._spawn(program)
            url = self.address_when_ready()
            if url is not None:
                return url
            self.stop()
        raise ServerFailed(self._last_words(began), str(self.log))

    def stop(self) -> None:
        """Have the program end, and forget its address."""
        for sign, patience in ((signal.SIGTERM, SHUTDOWN), (signal.SIGKILL, SHUTDOWN)):
            if not self._signal(sign) or self._gone(patience):
                break
        self.reap()

    def reap(self) -> None:
        """Take notice of the end of a program that we started, so that it does not stay a zombie."""
        if self._child is not None:
            with contextlib.suppress(ChildProcessError):
                pid, _ = os.waitpid(self._child, os.WNOHANG)
                if pid == 0:
                    return
            self._child = None

    def _spawn(self, program: Path) -> None:
        """Start the program in a session of its own, holding the lock that tells that it lives."""
        alive = FileLock(self._alive)
        try:
            if not alive.take(shared=False, timeout=1.0):
                raise ServerFailed("another server lives in its folder", str(self.log))
            output = (os.POSIX_SPAWN_OPEN, 1, os.fspath(self.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            actions = [output, (os.POSIX_SPAWN_DUP2, 1, 2), (os.POSIX_SPAWN_DUP2, alive.fd, _ALIVE_FD)]
            command = [os.fspath(program), "-c", os.fspath(self._folder / "server.conf")]
            self._pid_file.unlink(missing_ok=True)
            self._child = os.posix_spawn(program, command, os.environ, file_actions=actions, setsid=True)
        finally:
            alive.close()

    def _signal(self, sign: signal.Signals) -> bool:
        """Send a signal to the program; False: there is none. While its lock stands its pid cannot be another's."""
        if not self.is_alive():
            return False
        try:
            os.kill(int(self._pid_file.read_text()), sign)
        except (OSError, ValueError):
            if self._child is None:
                return False
            os.kill(self._child, sign)
        return True

    def _gone(self, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE)
        return True

    def _address(self) -> Address | None:
        try:
            return Address(**json.loads(self._state.read_text()))
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def _write(self, path: Path, text: str) -> None:
        """Replace a file as a whole; only its owner reads it."""
        draft = path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)

    def _configuration(self, address: Address) -> str:
        """What the server is told; JSON is a valid way to write its configuration."""
        return json.dumps(
            {
                "server_name": address.name,
                "host": HOST,
                "port": address.port,
                "max_payload": MAX_PAYLOAD,
                "pid_file": os.fspath(self._pid_file),
                "authorization": {"token": address.token},
                "jetstream": {
                    "store_dir": os.fspath(self._folder / "store"),
                    "limits": {"batch": {"max_msgs": MAX_BATCH}},
                },
            },
            indent=1,
            # The server reads UTF-8 as it is, and knows no escapes for letters.
            ensure_ascii=False,
        )

    def _last_words(self, began: int) -> str:
        with contextlib.suppress(OSError), self.log.open("rb") as file:
            file.seek(began)
            text = file.read().decode("utf-8", "replace").strip()
            return text[-_TAIL:] or "it says nothing"
        return "it left no log"


def _answers(address: Address) -> bool:
    """Whether the server at an address is the one that is meant."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        with socket.create_connection((HOST, address.port), timeout=1.0) as connection:
            line = next(_lines(connection), b"")
        return bool(json.loads(line.removeprefix(b"INFO ")).get("server_name") == address.name)
    return False


def _lines(connection: socket.socket) -> Iterator[bytes]:
    with connection.makefile("rb") as file:
        yield from file


def _free_port() -> int:
    """A port that is free now; should another take it before the server does, the server fails and another is tried."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
