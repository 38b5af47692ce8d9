"""``stepweave runs tree, diff, pick, replay``: runs that were made from others."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from stepweave.agents.client import Weave, new_run
from stepweave.agents.local import team_of
from stepweave.app import exits
from stepweave.app.commands.run import go_on, output
from stepweave.app.commands.runs import find, with_session
from stepweave.app.commands.steer import tell
from stepweave.app.failures import UsageError
from stepweave.app.folder import check_output
from stepweave.app.follow import CODES, Result, announce, follow
from stepweave.app.intake import critics, overrides
from stepweave.app.kinship import NO_VERDICT, Branch, differences, tree, verdicts
from stepweave.app.loop import until_told
from stepweave.app.session import session, to_run_here, working
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import printable, say
from stepweave.messages import Pick
from stepweave.observability.logs import configure
from stepweave.policies.forking import judged_again, picked, source_of
from stepweave.policies.state import RunState

_SOURCE = re.compile(r"(?P<run>[A-Za-z0-9_-]+):(?P<step>[1-9]\d{0,5})(?:\.(?P<candidate>[1-9]\d{0,5}))?")


def main(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    settings = load(overrides(arguments) if arguments.action != "replay" else _address(arguments)).settings
    configure(settings.log_level)
    if arguments.action == "pick":
        return _pick(settings, arguments)
    actions: dict[str, Callable[[Weave, Settings, argparse.Namespace], Awaitable[int]]] = {
        "tree": _tree, "diff": _diff, "replay": _replay,
    }  # fmt: skip
    return until_told(with_session, actions[arguments.action], settings, arguments)


def _address(arguments: argparse.Namespace) -> dict[str, dict[str, str]]:
    """Where the broker is; who judges is no setting here."""
    return {"bus": {"url": arguments.nats}} if arguments.nats is not None else {}


async def _tree(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    runs = await weave.runs()
    run = find(runs, arguments.run)
    family = tree(runs, run)
    if arguments.json:
        print(json.dumps(asdict(family), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_drawn(family, run)))
    return exits.OK


def _drawn(branch: Branch, meant: str, before: str = "", below: str = "") -> Iterator[str]:
    """A family as lines, a run under the one it was made from."""
    made = f"  {branch.how}" if branch.how else ""
    yield f"{before}{branch.run}  {branch.status}{made}{'  <' if branch.run == meant else ''}"
    for child in branch.children:
        last = child is branch.children[-1]
        yield from _drawn(child, meant, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


async def _diff(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    runs = await weave.runs()
    one, other = await weave.state(find(runs, arguments.one)), await weave.state(find(runs, arguments.other))
    found = differences(one, other)
    if arguments.json:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return exits.OK
    for each in found:
        print(printable(f"{each.where}\n  - {each.one}\n  + {each.other}"))
    if not found:
        print("the two runs are alike: the same request, options, plan and pictures")
    return exits.OK


# ---------------------------------------------------------------------------------------------- pick


def _pick(settings: Settings, arguments: argparse.Namespace) -> int:
    """Take a step from another run; a run that has ended gets a child, which is followed to its end."""
    found = _SOURCE.fullmatch(arguments.source)
    if found is None:
        raise UsageError(f"{arguments.source!r} names no picture; write it as RUN:STEP or RUN:STEP.CANDIDATE")
    run = new_run(datetime.now(UTC))
    out = output(arguments.out, run)
    check_output(out)
    result = until_told(_take, settings, found, run, out, arguments)
    if isinstance(result, Result):
        return announce(result, as_json=arguments.json, quiet=arguments.quiet)
    print(json.dumps({"run": result, "step": int(found["step"])}) if arguments.json else f"{result}: picked")
    return exits.OK


async def _take(
    settings: Settings, found: re.Match[str], run: str, out: Path, arguments: argparse.Namespace
) -> Result | str:
    """What came of it: the end of the child, or the name of the run that was told."""
    async with session(settings) as weave:
        runs = await weave.runs()
        source, target = find(runs, found["run"]), await weave.state(find(runs, arguments.into))
        step, candidate = int(found["step"]), int(found["candidate"]) if found["candidate"] else None
        image, origin = source_of(await weave.state(source), step, candidate)
        if target.outcome is None:
            await tell(weave, settings, target, Pick(step=step, image=image, origin=origin))
            return target.run
        say(f"run {target.run} has ended, and stays as it is; its child {run} gets the picture")
        return await go_on(weave, settings, picked(target, step, image, origin), run, out, arguments)


# ---------------------------------------------------------------------------------------------- replay


async def _replay(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    before = await weave.state(find(await weave.runs(), arguments.run))
    assert before.requested is not None
    judges = tuple(critics(arguments.critic)) if arguments.critic else before.requested.options.critics
    fork = judged_again(before, judges)
    embedded = settings.bus.url is None
    here = await to_run_here(weave.bus, team_of(fork), arguments.agents, embedded=embedded)
    async with working(weave.bus, settings, here):
        run = await weave.begin(fork)
        again = await follow(weave, run, quiet=arguments.quiet)
    lines = verdicts(before, again)
    if arguments.json:
        rows = [{"candidate": which, "before": then, "now": now} for which, then, now in lines]
        print(json.dumps({"run": run, "verdicts": rows}, ensure_ascii=False, indent=2))
        return _code(again)
    print(f"run {run}: candidates of {before.run} judged by {', '.join(judges)}")
    for which, then, now in lines:
        print(printable(f"  {which}: {then} -> {now}"))
    both = [(then, now) for _, then, now in lines if NO_VERDICT not in (then, now)]
    changed = sum(then.split(",")[0] != now.split(",")[0] for then, now in both)
    print(f"{changed} of {len(both)} verdicts are different; {len(lines) - len(both)} candidates had none to compare")
    return _code(again)


def _code(again: RunState) -> int:
    """The exit code of a replay."""
    if again.outcome is None or again.outcome.status in CODES:
        return exits.OK
    say(f"run {again.run} {again.outcome.status}: {again.outcome.reason}")
    return exits.FAILED
