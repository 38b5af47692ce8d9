"""What is said of work while it goes on: heard by whoever listens at that moment, kept by nobody.

A sampler says after each step how far it is. None of it is in the log, nothing depends on it, and any of it may be
lost. Workers on a server that holds everyone to few rights (docs/security.md) say nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from pydantic import ValidationError

from stepweave.bus.connection import Connection
from stepweave.bus.subjects import Subjects
from stepweave.bus.wire import publication
from stepweave.messages import Progress

LARGEST = 64 * 1024
"""Bytes of one remark; a larger one is not said, and not read."""

Heard = Callable[[str, Progress], None]
"""Is told the task and how far it is."""


class Live:
    """Remarks on the tasks of runs."""

    def __init__(self, connection: Connection, subjects: Subjects) -> None:
        self._connection = connection
        self._subjects = subjects

    def say(self, run: str, task: str, progress: Progress) -> None:
        """Tell whoever listens how far a task is."""
        body = progress.model_dump_json().encode()
        if self._connection.settings.provision and len(body) <= LARGEST:
            self._connection.client.send(publication(self._subjects.live(run, task), "", None, body))

    @asynccontextmanager
    async def listening(self, run: str, heard: Heard) -> AsyncIterator[None]:
        """Have a function told of all that is said about a run while the context lasts."""
        if not self._connection.settings.provision:
            yield
            return

        def take(subject: str, reply: str, head: bytes | None, body: bytes) -> None:
            if len(body) <= LARGEST:
                with suppress(ValidationError):  # what somebody else says there is none of our concern
                    heard(subject.rpartition(".")[2], Progress.model_validate_json(body))

        subscription = await self._connection.client.listen(self._subjects.lives(run), take)
        try:
            yield
        finally:
            try:
                if self._connection.client.live:
                    await self._connection.client.mute(subscription)
            finally:
                self._connection.client.forget(subscription)
