"""``stepweave worker``: agents that wait for work until they are told to stop."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import anyio

from stepweave.agents.registry import UnknownAgent, full_name, is_known
from stepweave.agents.runtime import serve
from stepweave.app import exits
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.session import host, opened
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.observability.counts import PROCESS, told
from stepweave.observability.logs import configure


def main(arguments: argparse.Namespace) -> int:
    """Run the agents; SIGTERM and Ctrl-C let them finish or hand back what they hold."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    specs = list(dict.fromkeys(full_name(role) for role in arguments.roles))
    for spec in specs:
        if not is_known(spec):
            raise UnknownAgent(spec)
    try:
        with suppress(KeyboardInterrupt):
            until_told(_work, settings, specs, arguments.concurrency)
    finally:
        if counts := PROCESS.all():
            say(f"counted: {told(counts)}")
    say("stopped")
    return exits.OK


async def _work(settings: Settings, specs: Sequence[str], concurrency: int | None) -> None:
    async with opened(settings, "stepweave-worker") as bus, anyio.create_task_group() as group:
        await group.start(partial(serve, host(bus, settings), specs, concurrency=concurrency))
        _settle_memory()
        say(f"ready at {bus.settings.display_url}: {', '.join(specs)}")


def _settle_memory() -> None:
    """Have the garbage collector leave alone what start-up made, and look at the rest less often.

    A worker makes and drops many small objects per message; with the default thresholds it spends a tenth of its time
    looking for cycles that are not there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
