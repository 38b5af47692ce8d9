"""The log as it grows, for those who may read it and nothing else.

A follower has the server deliver the log, and for that needs the right to make a consumer; who has that right can have
the server send things to places of its choice, so only those have it who may change everything. Everybody else reads
again and again, quickly while something happens.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Collection

from stepweave.bus.connection import Connection
from stepweave.bus.envelope import Record, hear
from stepweave.bus.errors import Closed, NoAnswer
from stepweave.bus.follower import last_sequence
from stepweave.bus.reader import Reader
from stepweave.bus.subjects import Subjects

log = logging.getLogger("stepweave.bus")

_QUICK = 0.1
"""Part of the setting ``poll`` that is waited while something happens."""
_GROWTH = 1.5


async def tail(
    connection: Connection, subjects: Subjects, run: str | None, branches: Collection[str], after: int | None
) -> AsyncGenerator[Record, None]:
    """What :meth:`~stepweave.bus.log.Log.follow` promises, by direct reads alone."""
    reader, filter_ = Reader(connection, subjects.runs), subjects.everything(run)
    longest = connection.settings.poll
    position = await last_sequence(connection, subjects.runs) if after is None else after
    pause = longest
    while True:
        try:
            async for raw in reader.all(filter_, position):
                position, pause = raw.sequence, longest * _QUICK
                if (record := hear(raw, subjects, branches)) is not None:
                    yield record
        except NoAnswer as error:
            log.warning("The log cannot be read, trying again: %s", error)
        except Closed:
            return
        await asyncio.sleep(pause)
        pause = min(longest, pause * _GROWTH)
