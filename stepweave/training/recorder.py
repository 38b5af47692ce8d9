"""The recorder: keeps a data set of trajectories up to date while runs go on.

The data set is a projection of the log. Whatever is missing when the recorder starts is made then, so it can be
stopped, started and moved at any time, and deleting its folder loses nothing.
"""

from __future__ import annotations

import logging
from contextlib import aclosing
from typing import Annotated

import anyio
from pydantic import BaseModel, ConfigDict, Field

from stepweave.agents.agent import Host, observer
from stepweave.training.building import build
from stepweave.training.errors import DataSetError

logger = logging.getLogger("stepweave.training")

FOLDER = "trajectories"
"""Under the home of the process."""


class RecorderSettings(BaseModel):
    """Settings of the recorder."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    every: Annotated[float, Field(ge=0, le=86_400)] = 30.0
    """Seconds between two builds at least; one follows the end of a run."""


@observer("recorder")
async def recorder(host: Host) -> None:
    """Keeps <home>/trajectories up to date, without pictures, for the recorder's rights do not reach so far."""
    every = host.configuration("recorder", RecorderSettings).every
    position = await host.bus.log.last_sequence()
    ended = anyio.Event()
    ended.set()  # what ended before

    async def listen() -> None:
        async with aclosing(host.bus.log.follow(branches=("ev",), after=position)) as records:
            async for record in records:
                if record.ends:
                    ended.set()

    async with anyio.create_task_group() as group:
        group.start_soon(listen)
        while True:
            await ended.wait()
            ended = anyio.Event()
            await _build(host)
            await anyio.sleep(every)  # others that end meanwhile go in together


async def _build(host: Host) -> None:
    """Bring the data set up to date; if that is not possible now, the next build makes what is missing."""
    try:
        await build(host.bus, host.home / FOLDER, pictures=False)
    except (DataSetError, OSError) as error:
        logger.error("trajectories cannot be written: %s", error)
