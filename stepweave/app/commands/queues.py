"""``stepweave queues``: what waits for whom, how much of it may be under way, and queues for those who make none."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from stepweave.agents.agent import Agent
from stepweave.agents.registry import full_name, is_known
from stepweave.agents.registry import load as installed
from stepweave.agents.runtime import address
from stepweave.app import exits
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
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
    actions = {"list": _list, "cap": _cap, "make": _make}
    return until_told(actions[arguments.action], settings, arguments)


async def _list(settings: Settings, arguments: argparse.Namespace) -> int:
    async with opened(settings, "stepweave-queues") as bus:
        return _show(await bus.queues(), as_json=arguments.json)


async def _cap(settings: Settings, arguments: argparse.Namespace) -> int:
    role, colon, capability = full_name(arguments.queue).partition(":")
    if not colon:
        raise UsageError(f"{arguments.queue!r} names no queue; see `stepweave queues list` for those there are")
    async with opened(settings, "stepweave-queues") as bus:
        return _show([await bus.set_cap(role, capability, arguments.most)], as_json=arguments.json)


async def _make(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make queues, and the streams if they do not stand yet."""
    roles = list(dict.fromkeys(full_name(role) for role in arguments.roles))
    for role in roles:
        if ":" not in role:
            raise UsageError(f"{role} has no queue; name workers as role:capability, such as generator:sketch")
    async with opened(settings, "stepweave-queues") as bus:
        made = [await bus.make_queue(*address(role), lease=lease_of(role)) for role in roles]
    return _show(made, as_json=arguments.json)


def lease_of(role: str) -> float | None:
    """The lease that an agent asks for itself, if it is installed here; else the setting is taken."""
    agent = installed(role) if is_known(role) else None
    return agent.lease if isinstance(agent, Agent) else None


def _show(found: Sequence[QueueInfo], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps([asdict(info) for info in found], indent=2))
    elif not found:
        say("no queues yet; one is made when its first worker starts")
    for info in [] if as_json else found:
        words = f"{info.waiting:>7} wait  {info.under_way:>6} under way  at most {info.cap}"
        print(f"{info.name:<24} {words}, {info.idle} idle, lease {info.lease:g} s")
    return exits.OK
