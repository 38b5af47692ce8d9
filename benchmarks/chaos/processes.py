"""Processes that never outlive us.

Each runs in a session of its own, so that Ctrl-C reaches only us and we end the others. Should we be killed ourselves,
the kernel kills them (on Linux: ``PR_SET_PDEATHSIG``).
"""

from __future__ import annotations

import asyncio
import ctypes
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_C = ctypes.CDLL(None) if sys.platform == "linux" else None
"""The C library, loaded before any fork."""


class Process:
    """A program: started, killed, stopped and let go on. What it says goes to a file, and to whoever listens."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environment = dict(environment)
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.last_words = ""
        """The last line it said."""

    async def start(self, heard: Callable[[str], None] = lambda line: None) -> None:
        """Start it; ``heard`` is told every line that it says."""
        self.last_words = ""
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_us,
        )
        self._reading = asyncio.create_task(self._listen(self._process, heard))

    async def ended(self) -> int:
        """Wait for its end; gives its exit code, negative for the signal that killed it."""
        assert self._process is not None
        assert self._reading is not None
        await asyncio.wait({self._reading})  # whoever waits may be cancelled, the reading goes on
        return await self._process.wait()

    @property
    def lives(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def terminate(self) -> None:
        """Ask it to end, as a service manager does."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power switch would; also one that is stopped."""
        self._send(signal.SIGKILL)

    def stop(self) -> None:
        """Freeze it, until :meth:`go_on`."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    async def aclose(self) -> None:
        """Kill it and wait until it is gone."""
        if self._process is not None:
            self.kill()
            await self.ended()

    def _send(self, sign: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(sign)

    async def _listen(self, process: asyncio.subprocess.Process, heard: Callable[[str], None]) -> None:
        assert process.stdout is not None
        with self._log.open("ab") as file:
            while line := await _line(process.stdout):
                file.write(line)
                file.flush()
                self.last_words = line.decode("utf-8", "replace").strip()
                heard(self.last_words)


async def until(condition: Callable[[], Awaitable[bool]], seconds: float, pause: float = 0.05) -> bool:
    """Wait for a state; False if it does not come within ``seconds``."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await condition():
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(pause)
    return True


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; one that is too long in pieces."""
    try:
        return await stream.readline()
    except ValueError:
        return await stream.read(65536)


def _die_with_us() -> None:
    if _C is not None:
        _C.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
