"""``stepweave queues``: what waits for whom, and how much of it may be under way at a time."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

import anyio

from stepweave.agents.registry import full_name
from stepweave.app import exits
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.session import opened
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.bus import QueueInfo
from stepweave.observability.logs import configure


def main(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    actions = {"list": _list, "cap": _cap}
    return anyio.run(actions[arguments.action], settings, arguments)


async def _list(settings: Settings, arguments: argparse.Namespace) -> int:
    async with opened(settings, "stepweave-queues") as bus:
        return _show(await bus.queues(), as_json=arguments.json)


async def _cap(settings: Settings, arguments: argparse.Namespace) -> int:
    role, colon, capability = full_name(arguments.queue).partition(":")
    if not colon:
        raise UsageError(f"{arguments.queue!r} names no queue; see `stepweave queues list` for those there are")
    async with opened(settings, "stepweave-queues") as bus:
        return _show([await bus.set_cap(role, capability, arguments.most)], as_json=arguments.json)


def _show(found: Sequence[QueueInfo], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps([asdict(info) for info in found], indent=2))
    elif not found:
        say("no queues yet; one is made when its first worker starts")
    for info in [] if as_json else found:
        words = f"{info.waiting:>7} wait  {info.under_way:>6} under way  at most {info.cap}"
        print(f"{info.name:<24} {words}, {info.idle} idle, lease {info.lease:g} s")
    return exits.OK
