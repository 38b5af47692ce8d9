"""``stepweave runs prune`` and ``sweep``: what is no longer wanted goes, and only that."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import anyio

from stepweave.agents.client import Weave
from stepweave.app import exits
from stepweave.app.commands.runs import end, find, state_of, with_session
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.bus import Removed, RunSummary, Swept
from stepweave.messages import Decided
from stepweave.observability.logs import configure


def main(arguments: argparse.Namespace) -> int:
    """Do one of the two."""
    if arguments.action == "prune" and not (arguments.runs or arguments.older_than is not None or arguments.state):
        raise UsageError("say which runs: name them, or give --older-than or --state; --older-than 0d means all")
    if arguments.action == "prune" and arguments.force and not arguments.runs:
        raise UsageError("--force is for runs that are named")
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    return until_told(with_session, _prune if arguments.action == "prune" else _sweep, settings, arguments)


FAREWELL = 1.0
"""Seconds between the end of a run and its removal, so that whoever watches it hears of the end."""


async def _prune(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    position = await weave.bus.log.last_sequence()
    runs = await weave.runs()
    chosen = choose(runs, arguments, datetime.now(UTC))
    removed: list[Removed] = []
    for summary in chosen:
        if arguments.dry_run:
            removed.append(await weave.bus.runs.measure(summary.run, position))
            continue
        if not summary.finished and await state_of(weave, summary.run) is not None:
            await end(weave, settings, await weave.state(summary.run), "cancelled to be removed")
            await anyio.sleep(FAREWELL)
            position = await weave.bus.log.last_sequence()
        removed.append(await weave.bus.runs.remove(summary.run, position))
    names = [summary.run for summary in chosen]
    swept = await weave.bus.sweeper.sweep(without=names if arguments.dry_run else (), dry_run=arguments.dry_run)
    return _tell(swept, arguments, names, removed)


async def _sweep(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    swept = await weave.bus.sweeper.sweep(dry_run=arguments.dry_run, verify=arguments.verify)
    return _tell(swept, arguments)


def choose(runs: Sequence[RunSummary], arguments: argparse.Namespace, now: datetime) -> list[RunSummary]:
    """The runs that are meant, oldest first.

    Raises:
        UsageError: one that is named has not ended.
        UnknownRun: there is none of a name.
    """
    names = {find(runs, given) for given in arguments.runs}
    named = [summary for summary in runs if summary.run in names]
    for summary in named:
        if not summary.finished and not arguments.force:
            raise UsageError(f"run {summary.run} has not ended; wait for it, or let --force cancel it first")
    candidates = named if names else [summary for summary in runs if summary.finished]
    return [summary for summary in candidates if _fits(summary, arguments, now)]


def _fits(summary: RunSummary, arguments: argparse.Namespace, now: datetime) -> bool:
    if summary.end is None:
        return True  # named, and to be ended by force
    decision = summary.end.message
    status = decision.outcome.status if isinstance(decision, Decided) and decision.outcome else ""
    if arguments.state and status not in arguments.state:
        return False
    return arguments.older_than is None or now - summary.end.time >= timedelta(seconds=arguments.older_than)


def _tell(
    swept: Swept, arguments: argparse.Namespace, names: Sequence[str] = (), removed: Sequence[Removed] = ()
) -> int:
    messages, letters = sum(each.messages for each in removed), sum(each.letters for each in removed)
    size = sum(each.bytes for each in removed) + swept.bytes
    if arguments.json:
        gone = {"runs": names, "messages": messages, "letters": letters} if arguments.action == "prune" else {}
        print(json.dumps({"dry_run": arguments.dry_run, **gone, **asdict(swept), "bytes": size}))
    else:
        for name in names:
            print(name)
        verb = "would be removed" if arguments.dry_run else "removed"
        if arguments.action == "prune":
            print(f"{_count(len(names), 'run')} {verb}, with {_count(messages + letters, 'message')}")
        print(f"{_count(swept.pictures, 'picture')} {verb} that no run refers to, {swept.kept} stay")
        if swept.words:
            print(f"{_count(swept.words, 'message')} {verb} about runs that are not there")
        print(f"{size / 1e6:.1f} MB {'would be ' if arguments.dry_run else ''}freed")
    for sha256 in swept.damaged:
        say(f"stepweave: the picture {sha256} is damaged; import an archive of its run to mend it")
    return exits.FAILED if swept.damaged else exits.OK


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
