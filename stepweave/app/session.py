"""A session: the bus, the agents this process runs, and the client to submit to them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
from anyio import to_thread

from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import absent, at_work, source
from stepweave.app.failures import UsageError
from stepweave.app.settings import Settings
from stepweave.bus import AgentInfo, Bus, BusError, connect

ROOM = 16 * 2**20
"""Bytes of free disk that the embedded server needs: a picture may have 8 MiB, and a journal grows beside it."""

LOOK = 1.0
"""Seconds between two looks at the free disk."""


class HomeUnwritable(UsageError):
    """The folder of all state cannot be used."""

    def __init__(self, folder: Path, error: OSError) -> None:
        why = error.strerror or str(error)
        super().__init__(f"{folder} cannot be written ({why}); set STEPWEAVE_HOME to a folder that you may write")


class DiskFull(BusError):
    """The embedded server has no room for its store."""

    def __init__(self, folder: Path, free: int) -> None:
        super().__init__(
            f"The disk of {folder} is full: {free / 2**20:.1f} MiB are free, {ROOM >> 20} are needed.",
            "Make room on it, or set STEPWEAVE_HOME to a folder on another disk.",
        )


class Unserved(UsageError):
    """Nobody works for a run, and nobody here is allowed to."""

    def __init__(self, missing: Sequence[str], address: str) -> None:
        needed = " ".join(missing)
        super().__init__(
            f"nobody at {address} serves {', '.join(missing)}; "
            f"start `stepweave worker {needed}`, or leave out --agents elsewhere"
        )


class NotHere(UsageError):
    """Agents are to run in this process, which may only hand in requests."""

    def __init__(self, wanted: Sequence[str], address: str, *, asked: bool) -> None:
        """``asked``: they are to run here; else nobody was found who runs them."""
        why = "leave out --agents here, and start" if asked else f"nobody at {address} runs them either; start"
        first = wanted[0]
        super().__init__(
            f"these settings may not run {', '.join(wanted)}; {why} each with its own settings, as in "
            f"`STEPWEAVE_CONFIG=keys/{first.replace(':', '-')}.toml stepweave worker {first}`, until it says `ready`"
        )


@asynccontextmanager
async def session(settings: Settings, specs: Sequence[str] = ()) -> AsyncIterator[Weave]:
    """Open the bus and run agents on it; they stop when the session ends.

    Args:
        settings: where and how.
        specs: agents to run in this process, as ``role:capability``.

    Raises:
        BusError: the broker will not do.
        UnknownAgent, MissingExtra: an agent is not there.
    """
    async with opened(settings, "stepweave") as bus, working(bus, settings, specs):
        yield Weave(bus, f"{source()}/client")


@asynccontextmanager
async def opened(settings: Settings, name: str) -> AsyncIterator[Bus]:
    """Open the bus, in a home that can be written.

    Raises:
        HomeUnwritable: it cannot.
        DiskFull: the store of the embedded server has no room, now or later.
        BusError: the broker will not do.
    """
    await to_thread.run_sync(_check_home, settings.home)
    embedded = settings.bus.url is None
    if embedded:
        _check_room(settings.home)
    async with connect(settings.bus, name=name) as bus, anyio.create_task_group() as group:
        if embedded:  # within the connection, which wants to close in peace
            group.start_soon(_watch_room, settings.home)
        yield bus
        group.cancel_scope.cancel()


async def _watch_room(folder: Path) -> None:
    """End the session when the embedded server cannot write any more: it would only fall silent."""
    while True:
        await anyio.sleep(LOOK)
        _check_room(folder)


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise DiskFull(folder, free)


def _check_home(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise HomeUnwritable(folder, error) from error


def host(bus: Bus, settings: Settings) -> Host:
    """This process, for the agents that run in it."""
    return Host(bus, settings.home, source(), settings.agents, settings.work, settings.orchestrator)


@asynccontextmanager
async def working(bus: Bus, settings: Settings, specs: Sequence[str]) -> AsyncIterator[None]:
    """Run agents while the context lasts."""
    if not specs:
        yield
        return
    async with at_work(host(bus, settings), specs):
        yield


async def to_take_note(bus: Bus) -> list[str]:
    """Whom this process has to run so that somebody takes note of what a run is told, if it has the right to."""
    return list(await absent(bus, ["orchestrator"])) if bus.settings.provision else []


async def to_run_here(bus: Bus, wanted: Sequence[str], agents: str, *, embedded: bool) -> list[str]:
    """Which agents this process has to run for a run.

    Args:
        bus: where workers are looked for.
        wanted: everyone the run needs.
        agents: ``here``, ``elsewhere`` or ``auto``, as on the command line.
        embedded: the server is our own, so nobody else is expected to work.

    Raises:
        Unserved: ``elsewhere``, and somebody is missing.
        NotHere: somebody is missing, or ``here``, and we have the rights of a client alone.
    """
    if agents == "here" and not bus.settings.provision:
        raise NotHere(wanted, bus.settings.display_url, asked=True)
    if agents == "here" or (embedded and agents == "auto"):
        return list(wanted)
    missing = await _missing(bus, wanted, starting=agents == "elsewhere" or not bus.settings.provision)
    if agents == "elsewhere" and missing:
        raise Unserved(missing, bus.settings.display_url)
    if missing and not bus.settings.provision:
        raise NotHere(missing, bus.settings.display_url, asked=False)
    return missing


async def _missing(bus: Bus, wanted: Sequence[str], *, starting: bool) -> list[str]:
    """Those of ``wanted`` that nobody runs; who may be ``starting`` at this moment is given some seconds."""
    deadline = anyio.current_time() + (bus.settings.connect_timeout if starting else 0.0)
    while missing := list(await absent(bus, wanted)):
        if anyio.current_time() >= deadline:
            break
    return missing


def spec_of(info: AgentInfo) -> str:
    """What to call an agent that is at work: an observer has no capability but its own name."""
    return info.role if info.role == info.capability else f"{info.role}:{info.capability}"
