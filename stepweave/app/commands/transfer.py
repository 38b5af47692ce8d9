"""``stepweave runs export`` and ``import``: a whole run as one file, and back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from stepweave.agents.client import Weave
from stepweave.app import exits
from stepweave.app.commands.runs import LAST, find, state_of, with_session
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.settings import Settings
from stepweave.app.sources import expanded, load
from stepweave.app.stderr import say
from stepweave.app.transfer import export_run, import_run
from stepweave.bus import is_token
from stepweave.observability.logs import configure


def main(arguments: argparse.Namespace) -> int:
    """Do one of the two."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    return until_told(with_session, _export if arguments.action == "export" else _import, settings, arguments)


async def _export(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    run = find(await weave.runs(), arguments.run)
    path = expanded(arguments.out) if arguments.out else Path(f"stepweave-{run}.zip")
    done = await export_run(weave.bus.runs, run, path)
    contents = done.contents
    if arguments.json:
        counts = {"messages": contents.messages, "pictures": len(contents.pictures), "bytes": done.bytes}
        print(json.dumps({"run": run, "out": str(path), **counts, "missing": contents.missing}))
    else:
        say(f"{contents.messages} messages, {len(contents.pictures)} pictures, {done.bytes / 1e6:.1f} MB")
        print(path)
    for sha256 in contents.missing:
        say(f"stepweave: the picture {sha256} is missing or damaged, so the archive is without it")
    return exits.FAILED if contents.missing else exits.OK


def _check_name(name: str) -> None:
    """Raises UsageError: it can be the name of no run."""
    if name == LAST or not is_token(name):
        why = "is how commands call the newest run" if name == LAST else "can be no name of a run"
        raise UsageError(f"--as {name!r} {why}; use 1 to 64 letters, digits, underscores and hyphens, but not {LAST!r}")


async def _import(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    path, pixels, grace = expanded(arguments.file), settings.intake.limits, settings.bus.grace
    if arguments.name is not None:
        _check_name(arguments.name)
    done = await import_run(weave.bus.runs, path, arguments.name, settings.archive, pixels, grace)
    if arguments.json:
        counts = {"messages": done.contents.messages, "pictures": len(done.contents.pictures), "added": done.added}
        print(json.dumps({"run": done.run, **counts}))
    else:
        whole = done.added == done.contents.messages
        new = "" if whole else f", {done.added} of them new" if done.added else ", all of them there already"
        say(f"{done.contents.messages} messages{new}; {len(done.contents.pictures)} pictures")
        print(done.run)
    state = await state_of(weave, done.run)
    if state is not None and state.outcome is None:
        say(f"it has not ended; carry on with: stepweave runs resume {done.run}")
    return exits.OK
