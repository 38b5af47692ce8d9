"""Putting a process together: a bus, the agents it runs itself, and those that others already run."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import anyio

from stepweave.agents.agent import Host, Participant
from stepweave.agents.runtime import address, serve
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Options, RunRequested

DISCOVERY = 0.5
"""Seconds in which agents elsewhere are expected to answer the question who is there."""


@asynccontextmanager
async def hosted(settings: BusSettings, home: Path, *, name: str) -> AsyncIterator[Host]:
    """Connect this process to its bus; without an address, to the embedded server of ``home``.

    Args:
        settings: of the bus.
        home: the folder that keeps this process's files.
        name: what the process is, for people who look at the server's connections.

    Raises:
        BusError: the server cannot be reached or used.
    """
    async with connect(settings.model_copy(update={"home": home}), name=name) as bus:
        yield Host(bus, home, source())


def source() -> str:
    """This process, as it is recorded with every message: its machine and its number there."""
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in socket.gethostname()) or "host"
    return f"/{name}/{os.getpid()}"


@asynccontextmanager
async def at_work(host: Host, specs: Sequence[str | Participant], *, grace: float = 10.0) -> AsyncIterator[None]:
    """Run agents beside the body of the ``async with``; at its end they finish what they hold."""
    async with anyio.create_task_group() as group:
        await group.start(partial(serve, host, specs, grace=grace))
        try:
            yield
        finally:
            group.cancel_scope.cancel()


def team(options: Options) -> tuple[str, ...]:
    """Everyone a run needs, as ``role:capability``."""
    memory = (f"memory:{options.memory}",) if options.memory is not None else ()
    critics = tuple(f"critic:{critic}" for critic in options.critics)
    return (f"planner:{options.planner}", f"generator:{options.generator}", *critics, *memory, "orchestrator")


def team_of(requested: RunRequested) -> tuple[str, ...]:
    """Everyone a run needs: for one in which nothing is drawn, its critics."""
    wanted = team(requested.options)
    if requested.replays:
        return tuple(one for one in wanted if one.startswith("critic:") or one == "orchestrator")
    return wanted


async def absent(bus: Bus, specs: Sequence[str], *, wait: float = DISCOVERY) -> tuple[str, ...]:
    """Those of ``specs`` that nobody on this bus runs."""
    present = {(found.role, found.capability) for found in await bus.discover(wait)}
    return tuple(spec for spec in specs if address(spec) not in present)
