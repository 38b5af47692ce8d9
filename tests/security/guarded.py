"""A server started with exactly what `stepweave auth init` writes."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from stepweave.app.cli import main
from stepweave.app.sources import load
from stepweave.bus import BusSettings
from stepweave.bus.program import find_program

BOUND = 15.0
"""Seconds any test waits for anything."""
WORKERS = ("planner:rules", "generator:sketch", "critic:pixels", "memory:local")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Guarded:
    """A server, and everybody's settings."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def init(self, *words: str) -> Guarded:
        assert main(["auth", "init", "--out", str(self.folder), "--port", str(self.port), *words]) == 0
        return self

    def up(self) -> Guarded:
        command = [find_program(), "-c", self.folder / "nats.conf", "-l", self.folder / "server.log"]
        self.process = subprocess.Popen(command)
        deadline = time.monotonic() + BOUND
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return self
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def down(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def environ(self, role: str) -> dict[str, str]:
        """What a process of this role is started with."""
        return {
            "STEPWEAVE_CONFIG": str(self.folder / f"{role.replace(':', '-')}.toml"),
            "STEPWEAVE_HOME": str(self.folder / "home" / role),
        }

    def settings(self, role: str) -> BusSettings:
        """What a process of this role finds set."""
        return load({}, self.environ(role), self.folder).settings.bus
