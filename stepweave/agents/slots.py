"""The slots of a worker: how many batches may be begun at a time, and when the next one may."""

from __future__ import annotations

from dataclasses import dataclass, field

import anyio

from stepweave.bus import Delivery

SPARE = 2
"""Hands for every batch a costly agent may work on at a time: while one stores what it made, another one begins."""


@dataclass(slots=True)
class Slot:
    """The right of a hand to begin a batch; it is given back once the batch is done, or what is scarce about it."""

    slots: anyio.Semaphore | None
    """``None``: there are as many hands as slots."""
    deliveries: list[Delivery] = field(default_factory=list)
    open: bool = True

    @classmethod
    async def taken(cls, slots: anyio.Semaphore | None) -> Slot:
        """The next that is free."""
        if slots is not None:
            await slots.acquire()
        return cls(slots)

    def release(self) -> None:
        """Let another hand begin, and the queue hand out more."""
        if self.open and self.slots is not None:
            self.open = False
            self.slots.release()
            for delivery in self.deliveries:
                delivery.release()
