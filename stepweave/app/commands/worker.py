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
from stepweave.app.crew import crew
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.session import host, opened
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.observability.counts import PROCESS, told
from stepweave.observability.logs import configure

ON_DEVICES = ("generator:diffusers",)
"""Agents that run on a device of their own."""


def main(arguments: argparse.Namespace) -> int:
    """Run the agents; SIGTERM and Ctrl-C let them finish or hand back what they hold."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    specs = list(dict.fromkeys(full_name(role) for role in arguments.roles))
    for spec in specs:
        if not is_known(spec):
            raise UnknownAgent(spec)
    devices = _devices(arguments.devices, specs) if arguments.devices is not None else ()
    try:
        with suppress(KeyboardInterrupt):
            if devices:
                until_told(_work_on, devices, settings, specs, arguments.concurrency)
            else:
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


def _devices(given: str, specs: Sequence[str]) -> tuple[str, ...]:
    """The devices that are named.

    Raises:
        UsageError: none, one twice, or an agent that runs on none.
    """
    if foreign := [spec for spec in specs if spec not in ON_DEVICES]:
        others = ", ".join(foreign)
        raise UsageError(f"--devices is for {', '.join(ON_DEVICES)}; run {others} in a worker of their own")
    devices = tuple(name.strip() for name in given.split(","))
    if not all(devices) or len(set(devices)) < len(devices):
        raise UsageError(f"--devices {given!r} has to name different devices, as in cuda:0,cuda:1")
    return devices


async def _work_on(devices: Sequence[str], settings: Settings, specs: Sequence[str], concurrency: int | None) -> None:
    """Run the agents in a process for each device: a pipeline does one thing at a time."""
    async with (
        opened(settings, "stepweave-worker") as bus,
        crew([_on(device, settings, specs) for device in devices], specs, hands=concurrency) as ready,
    ):
        await ready()
        say(f"ready at {bus.settings.display_url}: {', '.join(specs)} on each of {', '.join(devices)}")
        await anyio.sleep_forever()


def _on(device: str, settings: Settings, specs: Sequence[str]) -> Settings:
    """The same settings, with all these agents on one device."""
    names = [spec.replace(":", ".", 1) for spec in specs]
    own = {name: {**settings.agents.get(name, {}), "device": device} for name in names}
    return settings.model_copy(update={"agents": {**settings.agents, **own}})


def _settle_memory() -> None:
    """Have the garbage collector leave alone what start-up made, and look at the rest less often.

    A worker makes and drops many small objects per message; with the default thresholds it spends a tenth of its time
    looking for cycles that are not there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
