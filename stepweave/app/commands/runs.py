"""``stepweave runs``: what is in the log, and what can be done with it."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import anyio

from stepweave.agents.client import UnknownRun, Weave
from stepweave.agents.local import team_of
from stepweave.app import exits
from stepweave.app.commands.run import carry_out, output, to_the_end
from stepweave.app.failures import NotHeeded, UsageError
from stepweave.app.folder import check_output
from stepweave.app.follow import Result, export
from stepweave.app.intake import overrides, worded
from stepweave.app.live import view
from stepweave.app.loop import until_told
from stepweave.app.progress import rows
from stepweave.app.session import session, to_run_here, to_take_note, working
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import printable, say
from stepweave.app.story import tell
from stepweave.app.storyboard import record
from stepweave.bus import Record, RunSummary
from stepweave.messages import RunRequested
from stepweave.observability.logs import configure
from stepweave.policies.state import RunState, fold

ENDING = 15.0
"""Seconds to wait for a cancelled run to end."""
LAST = "last"
"""What stands for the newest run."""
SHOWN = 5
"""Names shown of the runs that may be meant."""


def main(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    if arguments.action == "resume":
        return _resume(settings, arguments)
    actions: dict[str, Callable[[Weave, Settings, argparse.Namespace], Awaitable[int]]] = {
        "list": _list, "show": _show, "watch": _watch, "cancel": _cancel,
    }  # fmt: skip
    return until_told(with_session, actions[arguments.action], settings, arguments)


async def with_session(
    action: Callable[[Weave, Settings, argparse.Namespace], Awaitable[int]],
    settings: Settings,
    arguments: argparse.Namespace,
) -> int:
    """Do something with a client of our own."""
    async with session(settings) as weave:
        return await action(weave, settings, arguments)


def find(runs: Sequence[RunSummary], given: str) -> str:
    """The run that is meant by its name, ``last``, or a beginning or end that no other run has.

    Raises:
        UnknownRun: there is none.
        UsageError: several are meant.
    """
    if not given:
        raise UsageError("no run is named; give its name, or last")
    names = [summary.run for summary in runs]
    if given == LAST and names:
        return max(runs, key=lambda summary: summary.requested).run
    if given in names:
        return given
    meant = [name for name in names if name.startswith(given) or name.endswith(given)]
    if len(meant) > 1:
        raise UsageError(
            f"{given!r} means {len(meant)} runs: {', '.join(meant[-SHOWN:])}"
            f"{' and others' if len(meant) > SHOWN else ''}; give more of the name"
        )
    if not meant:
        raise UnknownRun(given)
    return meant[0]


async def _list(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    found = sorted(await weave.runs(), key=lambda summary: summary.requested)[-arguments.limit :]
    listed = [_summary(summary, await state_of(weave, summary.run)) for summary in reversed(found)]
    if arguments.json:
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    elif not listed:
        say('no runs yet; begin one with: stepweave run "How do I draw a house, step by step?"')
    for line in [] if arguments.json else listed:
        text = " ".join(line["request"].split())
        print(printable(f"{line['run']}  {line['status']:<9}  {line['steps']:>2} steps  {text[:80]}"))
    return exits.OK


async def state_of(weave: Weave, run: str) -> RunState | None:
    """What the log says of a run; ``None``: its request cannot be read, or it was removed just now."""
    try:
        return await weave.state(run)
    except UnknownRun:
        return None


def _summary(summary: RunSummary, state: RunState | None) -> dict[str, Any]:
    message = summary.request.message
    return {
        "run": summary.run,
        "requested": summary.requested.isoformat(),
        "status": _status(state),
        "steps": len(state.plan or ()) if state else 0,
        "candidates": tell(state).candidates if state else 0,
        "request": message.request if isinstance(message, RunRequested) else "",
    }


def _status(state: RunState | None) -> str:
    if state is None:
        return "unknown"
    return state.outcome.status if state.outcome else "running"


async def _show(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    state = await weave.state(find(await weave.runs(), arguments.run))
    if arguments.out:
        out = output(arguments.out, state.run)
        check_output(out)
        await export(weave, state, out)
    if arguments.json:
        print(json.dumps(record(tell(state)), ensure_ascii=False, indent=2))
    else:
        print(printable("\n".join(_told(state))))
    return exits.OK


def _told(state: RunState) -> list[str]:
    """A run for reading: every step, and under it what became of its candidates."""
    story = tell(state)
    lines = [f"run {story.run}: {story.status}", f"request: {' '.join(story.request.split())}"]
    lines += [f"reason: {story.reason}"] if story.reason else []
    lines += [_spent(state)]
    for chapter, row in zip(story.chapters, rows(state), strict=True):
        lines.append(f"{chapter.step:>3}. {row.title} - {row.status}")
        for attempt in chapter.attempts:
            mark = f"{attempt.scores.overall:g} of 10" if attempt.scores else "no verdict"
            verdict = "accepted" if attempt.accepted else "not accepted"
            reason = f": {' '.join(attempt.reason.split())}" if attempt.reason else ""
            lines.append(f"       candidate {attempt.candidate}, {mark}, {verdict}{reason}")
    return lines


def _spent(state: RunState) -> str:
    """How long generators drew, and how much of all work was in vain."""
    wasted = sum(state.wasted.values())
    vain = f", and {wasted:.1f} s went into {len(state.wasted)} tasks that were called off" if state.wasted else ""
    return f"spent: {state.drawing_seconds:.1f} s of drawing{vain}"


async def _watch(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    run = find(await weave.runs(), arguments.run)
    state = RunState(run)
    with view(quiet=arguments.json) as shown:
        async with weave.progress(run, shown.hear):
            async for each in weave.watch(run):
                state = fold(state, each)
                shown.show(each, state)
                if arguments.json:
                    print(json.dumps(as_json(each), ensure_ascii=False), flush=True)
    return exits.OK


def as_json(each: Record) -> dict[str, Any]:
    """A record of the log for programs, named as in CloudEvents."""
    return {
        "sequence": each.sequence,
        "time": each.time.isoformat(),
        "type": each.type,
        "source": each.source,
        "subject": f"{each.branch}.{'.'.join(each.tokens)}",
        "data": each.data,
    }


async def _cancel(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    reason = worded(arguments).reason
    run = find(await weave.runs(), arguments.run)
    state = await weave.state(run)
    if state.outcome is not None:
        say(f"{run} had ended before; nothing was cancelled")
    status = _status(await end(weave, settings, state, reason))
    if arguments.json:
        print(json.dumps({"run": run, "status": status}))
    else:
        print(f"{run} {status}")
    return exits.OK


async def end(weave: Weave, settings: Settings, state: RunState, reason: str) -> RunState:
    """Ask for the end of a run, and see to it that somebody takes note; nothing is done to one that has ended.

    Raises:
        NotHeeded: nobody has taken note for a while.
    """
    if state.outcome is None:
        async with working(weave.bus, settings, await to_take_note(weave.bus)):
            await weave.cancel(state.run, reason)
            with anyio.move_on_after(ENDING):
                async for each in weave.watch(state.run):
                    state = fold(state, each)
        if state.outcome is None:
            raise NotHeeded(state.run, "nobody works for it, or there is much to do")
    return state


def _resume(settings: Settings, arguments: argparse.Namespace) -> int:
    """Carry on with a run; one that has ended is only written down again."""
    run = until_told(_find, settings, arguments.run)
    out = output(arguments.out, run)
    check_output(out)
    return carry_out(partial(_carry_on, settings, run, out, arguments), arguments)


async def _find(settings: Settings, given: str) -> str:
    async with session(settings) as weave:
        return find(await weave.runs(), given)


async def _carry_on(settings: Settings, run: str, out: Path, arguments: argparse.Namespace) -> Result:
    started = time.monotonic()
    async with session(settings) as weave:
        state = await weave.state(run)
        here: list[str] = []
        if state.outcome is None and state.requested:
            embedded = settings.bus.url is None
            here = await to_run_here(weave.bus, team_of(state.requested), arguments.agents, embedded=embedded)
        async with working(weave.bus, settings, here):
            return await to_the_end(weave, run, out, started, arguments)
