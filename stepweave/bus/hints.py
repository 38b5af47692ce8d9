"""Hints that a task may have been answered, as they are said, before anybody has to ask.

Whoever writes an answer says it to the server under the subject of its cell, and all who listen there hear it too:
sooner than any reader of the log, and whether or not it was written. So what is heard is a hint and nothing more.
Whoever takes it looks at the cell.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from stepweave.bus.connection import Connection
from stepweave.bus.errors import Unreadable
from stepweave.bus.subjects import Subjects

Heard = Callable[[str, str], None]
"""Is told run and task."""


@asynccontextmanager
async def hints(
    connection: Connection, subjects: Subjects, address: tuple[str, str], heard: Heard
) -> AsyncIterator[bool]:
    """Have a function told of answers to a role and capability while the context lasts.

    Gives whether it is: whoever has the rights of a worker alone may not listen there.
    """
    if not connection.settings.provision:
        yield False
        return

    def take(subject: str, reply: str, head: bytes | None, body: bytes) -> None:
        with suppress(Unreadable):  # a name that is none of ours: nobody can hold a task of it
            run, _, tokens = subjects.parse(subject)
            heard(run, tokens[-1])

    subscription = await connection.client.listen(subjects.answers(*address), take)
    try:
        yield True
    finally:
        try:
            if connection.client.live:
                await connection.client.mute(subscription)
        finally:
            connection.client.forget(subscription)
