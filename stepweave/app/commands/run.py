"""``stepweave run``: from a request to a storyboard."""

from __future__ import annotations

import argparse
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import anyio

from stepweave.agents.client import Weave, new_run
from stepweave.agents.local import team, team_of
from stepweave.app.folder import check_output
from stepweave.app.follow import Result, announce, finish, follow
from stepweave.app.intake import Request, overrides, prepare
from stepweave.app.loop import until_told
from stepweave.app.prompting import check_here, prompted, with_prompts
from stepweave.app.session import session, to_run_here, working
from stepweave.app.settings import Settings
from stepweave.app.sources import expanded, load
from stepweave.app.stderr import say
from stepweave.bus.settings import redacted
from stepweave.messages import RunForked
from stepweave.observability.logs import configure


def main(arguments: argparse.Namespace) -> int:
    """Check everything, begin the run, follow it, write and announce what came of it."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    settings = with_prompts(settings, prompted(arguments, settings))
    request = prepare(arguments, settings.run, settings.intake, _warn)
    run = new_run(datetime.now(UTC))
    out = output(arguments.out, run)
    check_output(out)
    work = partial(_begin, settings, request, run, out, arguments)
    return carry_out(work, arguments)


def output(given: str | None, run: str) -> Path:
    """The folder of the storyboard."""
    return expanded(given) if given else Path(f"stepweave-{run}")


def carry_out(work: Callable[[], Awaitable[Result]], arguments: argparse.Namespace) -> int:
    """Run the work on an event loop and announce its result."""
    return announce(until_told(work), as_json=arguments.json, quiet=arguments.quiet)


def resumable(run: str, arguments: argparse.Namespace) -> str:
    """How to carry on with a run that is in the log."""
    where = f" --nats {redacted(arguments.nats)}" if arguments.nats else ""
    return f"the run is kept, carry on with: stepweave runs resume {run}{where}"


async def _begin(settings: Settings, request: Request, run: str, out: Path, arguments: argparse.Namespace) -> Result:
    started = time.monotonic()
    async with session(settings) as weave:
        begin = partial(weave.submit, request.text, request.pictures, request.options, run=run)
        return await _carried(weave, settings, team(request.options), begin, run, out, started, arguments)


async def go_on(
    weave: Weave, settings: Settings, fork: RunForked, run: str, out: Path, arguments: argparse.Namespace
) -> Result:
    """Begin a run that goes on from another one, and follow it to its end."""
    begin, started = partial(weave.begin, fork, run=run), time.monotonic()
    return await _carried(weave, settings, team_of(fork), begin, run, out, started, arguments)


async def _carried(
    weave: Weave,
    settings: Settings,
    wanted: Sequence[str],
    begin: Callable[[], Awaitable[str]],
    run: str,
    out: Path,
    started: float,
    arguments: argparse.Namespace,
) -> Result:
    """Begin a run with everybody at work whom it needs, and follow it to its end."""
    embedded = settings.bus.url is None
    here = await to_run_here(weave.bus, wanted, arguments.agents, embedded=embedded)
    check_here(prompted(arguments, settings), here)
    _tell_who_works(here, embedded=embedded, quiet=arguments.quiet)
    async with working(weave.bus, settings, here):
        await begin()
        return await to_the_end(weave, run, out, started, arguments)


async def to_the_end(weave: Weave, run: str, out: Path, started: float, arguments: argparse.Namespace) -> Result:
    """Follow a run that is in the log and write what came of it; an error on the way says how to carry on."""
    try:
        state = await follow(weave, run, quiet=arguments.quiet)
        return await finish(weave, state, out, started)
    except anyio.get_cancelled_exc_class():
        say(resumable(run, arguments))
        raise
    except Exception as error:
        error.add_note(resumable(run, arguments))
        raise


def _tell_who_works(here: list[str], *, embedded: bool, quiet: bool) -> None:
    if here and not embedded and not quiet:
        say(f"run in this process, for no worker offers it: {', '.join(here)}")


def _warn(text: str) -> None:
    say(f"stepweave: {text}")
