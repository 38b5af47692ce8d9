"""What all tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stepweave.agents.agent import Host
from stepweave.agents.retries import Retries
from stepweave.bus import BusSettings, connect


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    """A real bus for agents: the embedded server, in a folder of the test's own."""
    async with connect(BusSettings(home=tmp_path, lease=2.0), name="test") as bus:
        yield Host(bus, tmp_path, "/test", retries=Retries(first_pause=0.01))
