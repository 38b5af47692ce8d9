"""Passing on how far work is: from any thread, and not too often."""

from __future__ import annotations

import threading

import anyio
import pytest

from stepweave.agents import telling
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.telling import Teller
from stepweave.messages import Progress

pytestmark = pytest.mark.anyio


async def test_a_thread_is_heard_but_not_too_often(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PAUSE", 60.0)
    found: list[tuple[str, Progress]] = []
    async with Weave(host.bus).progress("r1", lambda *said: found.append(said)):
        first, second = Teller(host.bus, "r1", "s1c1"), Teller(host.bus, "r1", "s2c1")

        def work() -> None:
            for step in range(1, 100):
                first(Progress(step=step))
            second(Progress(step=7))

        thread = threading.Thread(target=work)
        thread.start()
        with anyio.fail_after(10):
            while len(found) < 2:
                await anyio.sleep(0.01)
        thread.join()
    assert found == [("s1c1", Progress(step=1)), ("s2c1", Progress(step=7))]
