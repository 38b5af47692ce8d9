"""A folder to work in, a home with a real server, agents that serve it, and the commands as people call them."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import pytest

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.runtime import serve
from stepweave.bus import BusSettings, connect
from tests.app.crew import crew

CLI = (sys.executable, "-c", "from stepweave.app.cli import main; raise SystemExit(main())")


@dataclass
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass
class Place:
    """A folder to work in, a home, and the agents that serve it."""

    folder: Path
    weave: Weave
    gate: anyio.Event = field(default_factory=anyio.Event)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWEAVE_")}
        return {**kept, "STEPWEAVE_HOME": str(self.folder / "home")}

    @asynccontextmanager
    async def start(self, *words: str) -> AsyncIterator[anyio.abc.Process]:
        async with await anyio.open_process([*CLI, *words], cwd=self.folder, env=self.env) as process:
            try:
                yield process
            except BaseException:
                process.kill()  # it might never end by itself, and would be waited for
                raise

    async def call(self, *words: str, stdin: bytes = b"") -> Done:
        with anyio.fail_after(60):
            done = await anyio.run_process([*CLI, *words], cwd=self.folder, env=self.env, input=stdin, check=False)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """A place whose gate is open: pictures are drawn at once."""
    async with connect(BusSettings(home=tmp_path / "home", lease=2.0), name="test") as bus:
        made = Place(tmp_path, Weave(bus))
        made.gate.set()
        async with anyio.create_task_group() as group:
            await group.start(serve, Host(bus, tmp_path / "home"), crew(lambda: made.gate))
            yield made
            group.cancel_scope.cancel()
