"""``stepweave fork``: go on from a step of a run in another way."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from stepweave.agents.client import new_run
from stepweave.app.commands.run import carry_out, go_on, output
from stepweave.app.commands.runs import find
from stepweave.app.folder import check_output
from stepweave.app.follow import Result
from stepweave.app.intake import changed_options, overrides, worded
from stepweave.app.session import session
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.observability.logs import configure
from stepweave.policies.forking import forked


def main(arguments: argparse.Namespace) -> int:
    """Begin a run with what another one has up to a step, and follow it to its end."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    run = new_run(datetime.now(UTC))
    out = output(arguments.out, run)
    check_output(out)
    return carry_out(partial(_begin, settings, run, out, worded(arguments)), arguments)


async def _begin(settings: Settings, run: str, out: Path, arguments: argparse.Namespace) -> Result:
    async with session(settings) as weave:
        parent = await weave.decided(find(await weave.runs(), arguments.run))
        assert parent.requested is not None
        options = changed_options(parent.requested.options, arguments)
        fork = forked(parent, arguments.step, prompt=arguments.prompt, options=options)
        if arguments.prompt is None and options == parent.requested.options:
            say(f"nothing is different from run {parent.run}: the same seed may give the same pictures; see --seed")
        return await go_on(weave, settings, fork, run, out, arguments)
