"""Passing on how far work is, from whatever thread says it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial

from stepweave.bus import Bus
from stepweave.messages import Progress

PAUSE = 0.5
"""Seconds between two remarks on one task, at least; what is said in between is dropped."""


class Teller:
    """Says on the bus how far a task is."""

    def __init__(self, bus: Bus, run: str, task: str) -> None:
        """Whose progress it is; made on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._say = partial(bus.live.say, run, task)
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        """Say it, unless something was said just now."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PAUSE
            with suppress(RuntimeError):  # the loop has ended, and with it whoever could say it
                self._loop.call_soon_threadsafe(self._say, progress)
