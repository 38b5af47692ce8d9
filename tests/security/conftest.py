"""Servers on which everybody may do what is theirs, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bus.conftest import Broker
from tests.security.guarded import Guarded
from tests.security.world import World


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """One server for all attempts; each finds its world as new."""
    server = Guarded(tmp_path_factory.mktemp("guarded") / "keys").init().up()
    yield server
    server.down()


@pytest.fixture
def make_guarded(tmp_path: Path) -> Iterator[Callable[..., Guarded]]:
    """Servers of a test's own."""
    made: list[Guarded] = []

    def make(*words: str) -> Guarded:
        made.append(Guarded(tmp_path / f"keys{len(made)}").init(*words))
        return made[-1].up()

    yield make
    for server in made:
        server.down()


@pytest.fixture
async def world(guarded: Guarded) -> AsyncIterator[World]:
    async with World.made(guarded) as world:
        yield world


@pytest.fixture
def make_broker(tmp_path: Path) -> Iterator[Callable[..., Broker]]:
    """Servers with whatever else is to be in their configuration."""
    made: list[Broker] = []

    def make(**extra: Any) -> Broker:
        folder = tmp_path / f"broker{len(made)}"
        folder.mkdir()
        made.append(Broker(folder, **extra))
        made[-1].up()
        return made[-1]

    yield make
    for broker in made:
        broker.stop()
