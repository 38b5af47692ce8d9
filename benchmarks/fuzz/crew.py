"""The processes under fire: a server, and one ``stepweave worker`` for each role, two for the orchestrator."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.processes import Process
from stepweave.bus.server import embedded_server

ROOT = Path(__file__).parents[2]
ROLES = ("orchestrator", "orchestrator", "planner", "generator", "critic", "memory", "recorder")
BOUND = 60.0
"""Seconds for a process to start, or to end."""


@dataclass
class Member:
    """One worker process."""

    role: str
    process: Process
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    pid: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    """What it said at its end that it had counted."""
    said: int = 0
    """Lines that it said."""

    def hear(self, line: str) -> None:
        """One line of what it says."""
        self.said += 1
        if line.startswith("ready at"):
            self.ready.set()
        if line.startswith("counted: "):
            found = re.findall(r"([a-z ]+(?:\{[^}]*\})?) (\d+)(?:, |$)", line.removeprefix("counted: "))
            self.counts = {name: int(count) for name, count in found}


@dataclass
class Crew:
    """Everything that runs."""

    url: str
    home: Path
    members: list[Member]

    def server_pid(self) -> int:
        """The process of the server."""
        return int((self.home / "nats" / "server.pid").read_text())

    def memory(self) -> dict[str, float]:
        """Resident memory of every process, MiB."""
        names = [member.role for member in self.members]
        numbered = [
            f"{name} {names[:at].count(name) + 1}" if names.count(name) > 1 else name for at, name in enumerate(names)
        ]
        found = {name: resident(member.pid) for name, member in zip(numbered, self.members, strict=True)}
        return {**found, "nats-server": resident(self.server_pid())}

    def dead(self) -> list[str]:
        """Roles of those that do not live any more."""
        return [member.role for member in self.members if not member.process.lives]

    async def leave(self) -> list[int]:
        """Ask everybody to end; gives the exit codes."""
        for member in self.members:
            member.process.terminate()
        return list(await asyncio.gather(*(asyncio.wait_for(each.process.ended(), BOUND) for each in self.members)))


def resident(pid: int) -> float:
    """Resident memory of a process, MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


@asynccontextmanager
async def crew(folder: Path, namespace: str) -> AsyncIterator[Crew]:
    """Have a server and all workers run, each with its own words in a file of the folder."""
    home = folder / "home"
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(embedded_server(home))
        members: list[Member] = []
        for number, role in enumerate(ROLES):
            command = [sys.executable, "-m", "stepweave.app.cli", "worker", role]
            process = Process(command, _environment(url, home, namespace), folder / f"{number}-{role}.log")
            member = Member(role, process)
            stack.push_async_callback(process.aclose)
            await process.start(member.hear)
            member.pid = process.pid
            members.append(member)
        await asyncio.wait_for(asyncio.gather(*(member.ready.wait() for member in members)), BOUND)
        yield Crew(url, home, members)


def _environment(url: str, home: Path, namespace: str) -> dict[str, str]:
    path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")},
        "PYTHONPATH": os.pathsep.join(path),
        "STEPWEAVE_HOME": str(home),
        "STEPWEAVE_BUS__URL": url,
        "STEPWEAVE_BUS__NAMESPACE": namespace,
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    }
