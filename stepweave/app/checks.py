"""What ``stepweave doctor`` looks at: each check says what it found and, if that will not do, how to put it right."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stepweave import __version__
from stepweave.agents.local import team
from stepweave.agents.registry import MissingExtra, names, try_out
from stepweave.app.intake import make_options
from stepweave.app.session import spec_of
from stepweave.app.settings import Settings
from stepweave.bus import AgentInfo, Bus, BusError, NotAllowed, connect
from stepweave.bus.program import find_program, version_of
from stepweave.bus.settings import FLOOR

State = Literal["ok", "warning", "broken"]

PYTHON = (3, 11)
ROOM = 512 * 2**20
"""Bytes of free disk below which a warning is due."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    state: State
    found: str
    remedy: str = ""


def local(settings: Settings) -> Iterator[Check]:
    """Everything that can be seen without a broker."""
    yield python()
    yield package()
    yield home(settings.home)
    if settings.bus.url is None:
        yield program(settings.bus.server_binary)
    yield from capabilities(frozenset(team(make_options(settings.run, None))))


def python() -> Check:
    """The interpreter."""
    found = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info < PYTHON:
        return Check("python", "broken", found, "use Python 3.11 or newer")
    return Check("python", "ok", found)


def package() -> Check:
    """The package, and that all it needs is installed."""
    missing: list[str] = []
    for requirement in importlib.metadata.requires("stepweave") or []:
        name, _, condition = requirement.partition(";")
        bare = name.strip().split(" ")[0].split("[")[0]
        bare = bare[: min((bare.find(c) for c in "<>=!~" if c in bare), default=len(bare))]
        if "extra" not in condition and not _installed(bare):
            missing.append(bare)
    if missing:
        return Check(
            "package", "broken", f"{__version__}, without {', '.join(missing)}", "pip install --upgrade stepweave"
        )
    return Check("package", "ok", __version__)


def _installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def home(folder: Path) -> Check:
    """The folder of all state."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free
    except OSError as error:
        why = f"{folder} cannot be written ({error.strerror or error})"
        return Check("home", "broken", why, "set STEPWEAVE_HOME to a folder that you may write")
    found = f"{folder}, {free / 2**30:.1f} GB free"
    return Check("home", "warning", found, "make room on this disk") if free < ROOM else Check("home", "ok", found)


def program(named: Path | None) -> Check:
    """The nats-server of the embedded server."""
    try:
        path = find_program(named)
        version = ".".join(map(str, version_of(path)))
    except BusError as error:
        return Check("nats-server", "broken", error.reason, error.remedy)
    return Check("nats-server", "ok", f"{version} ({path})")


def capabilities(needed: frozenset[str] = frozenset()) -> Iterator[Check]:
    """Every agent that is installed, loaded for a try, and those that the settings name but nobody installed."""
    if not names():
        yield Check(
            "agents",
            "broken",
            "none is installed",
            "install the package again: pip install --force-reinstall stepweave",
        )
    for name in names():
        try:
            try_out(name)
        except MissingExtra as error:
            yield Check(name, "broken" if name in needed else "warning", "cannot be loaded", str(error))
        else:
            yield Check(name, "ok", "installed")
    for name in sorted(needed - set(names())):
        yield Check(name, "warning", "in the settings, not installed here", "only a worker elsewhere can serve it")


async def broker(settings: Settings) -> list[Check]:
    """The broker, embedded or not, and who works there; only a try to use it tells."""
    kind = "embedded server" if settings.bus.url is None else "NATS"
    try:
        async with connect(settings.bus, name="stepweave-doctor") as bus:
            if not await _may_read(bus):
                found = f"{bus.settings.display_url}, logged in as one who may not read the log"
                return [Check(kind, "ok", found)]
            runs = await bus.log.runs()
            open_ = sum(1 for run in runs if not run.finished)
            found = f"{bus.settings.display_url}, {FLOOR} or newer with JetStream, {len(runs)} runs, {open_} unfinished"
            return [Check(kind, "ok", found), *await _workers(bus, embedded=settings.bus.url is None)]
    except BusError as error:
        return [Check(kind, "broken", error.reason, error.remedy)]
    except OSError as error:
        return [Check(kind, "broken", f"{error}", "see the folder above")]


async def _may_read(bus: Bus) -> bool:
    """Whether these credentials are more than a worker's."""
    try:
        await bus.log.last_sequence()
    except NotAllowed:
        return False
    return True


async def _workers(bus: Bus, *, embedded: bool) -> list[Check]:
    found: list[AgentInfo] = await bus.discover()
    if not found:
        said = "none at work; `stepweave run` runs them itself"
        return [] if embedded else [Check("workers", "ok", said)]
    listed = ", ".join(f"{spec_of(info)} x{info.instances}" for info in found)
    return [Check("workers", "ok", listed)]
