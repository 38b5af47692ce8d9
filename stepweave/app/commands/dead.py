"""``stepweave dead``: what failed for good, and what can be done about it.

The cell of a dead task holds its failure for ever, so the task itself cannot be done again. What can be is what it was
for: the request is asked anew, as another run; what the memory was to keep is handed to it once more.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import anyio

from stepweave.agents.client import UnknownRun, Weave
from stepweave.agents.local import absent
from stepweave.app import exits
from stepweave.app.commands.runs import find
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.session import session, working
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import printable, say
from stepweave.bus import DeadLetter, is_token
from stepweave.messages import Failure, Message, Remember
from stepweave.observability.logs import configure

PATIENCE = 60.0
"""Seconds to wait for the answer to what is asked again."""

Action = Callable[[Weave, Settings, argparse.Namespace], Awaitable[int]]


def main(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    actions: dict[str, Action] = {"list": _list, "show": _show, "retry": _retry, "drop": _drop}
    return until_told(_with_session, actions[arguments.action], settings, arguments)


async def _with_session(action: Action, settings: Settings, arguments: argparse.Namespace) -> int:
    async with session(settings) as weave:
        return await action(weave, settings, arguments)


async def _list(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    found = await _letters(weave, arguments.run)
    if arguments.json:
        print(json.dumps([_record(letter) for letter in found], ensure_ascii=False, indent=2))
    elif not found:
        say("no dead letters")
    for letter in [] if arguments.json else found:
        role, capability, run, task = letter.address
        print(printable(f"{letter.sequence:>6}  {letter.time:%Y-%m-%d %H:%M}  {role}:{capability}  {run}/{task}"))
        print(printable(f"        {letter.reason}"))
    return exits.OK


async def _show(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    letter = await _letter(weave, arguments.number)
    if arguments.json:
        print(json.dumps(_record(letter) | {"headers": letter.headers, "body": _body(letter)}, ensure_ascii=False))
        return exits.OK
    for name, value in _record(letter).items():
        print(printable(f"{name + ':':<12}{value}"))
    print(printable(json.dumps(_body(letter), ensure_ascii=False, indent=2)))
    return exits.OK


async def _retry(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    asked: set[str] = set()
    for letter in await _numbered(weave, arguments.numbers):
        ask, run = letter.message, letter.address[2]
        if isinstance(ask, Remember):
            print(printable(await _remember(weave, settings, letter, ask)))
        elif run not in asked:  # all that died of it is done with, when it is done anew
            print(printable(await _anew(weave, letter)))
            asked.add(run)
        await weave.bus.dead.delete(letter.sequence)
    return exits.OK


async def _drop(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    for letter in await _numbered(weave, arguments.numbers):
        await weave.bus.dead.delete(letter.sequence)
        print(printable(f"dropped {letter.sequence}: {'/'.join(letter.address[2:])}"))
    return exits.OK


async def _anew(weave: Weave, letter: DeadLetter) -> str:
    """Ask for the same sequence again, as another run."""
    _, _, run, task = letter.address
    try:
        state = await weave.state(run)
    except UnknownRun:
        raise UsageError(f"run {run} is no longer in the log; forget it with: stepweave dead drop") from None
    assert state.requested is not None
    if state.outcome is None:
        raise UsageError(
            f"run {run} is still under way and goes on without {task}; "
            f"see it with `stepweave runs show {run}`, or end it with `stepweave runs cancel {run}`"
        )
    again = await weave.repeat(state.requested)
    return f"run {run} is asked for again as {again}; carry on with: stepweave runs resume {again}"


async def _remember(weave: Weave, settings: Settings, letter: DeadLetter, ask: Remember) -> str:
    """Hand the memory once more what it was to keep."""
    role, capability, run, task = letter.address
    bus, spec, again = weave.bus, f"{role}:{capability}", f"{task}-again-{letter.sequence}"
    await bus.log.command(run, role, capability, again, ask, source=weave.source)
    async with working(bus, settings, await absent(bus, [spec])):
        with anyio.fail_after(PATIENCE):
            answer = await _answer(weave, run, (role, capability, again))
    if isinstance(answer, Failure):
        raise UsageError(f"{spec} failed again: {answer.reason}; {answer.remedy or 'see its log'}")
    return f"{spec} has answered {run}/{task}"


async def _answer(weave: Weave, run: str, cell: tuple[str, ...]) -> Message:
    """What comes of a task, whenever it comes."""
    async for record in weave.bus.log.follow(run=run, branches=("done",), after=0):
        if record.tokens == cell:
            return record.message
    raise AssertionError("the log is endless")


async def _letters(weave: Weave, run: str | None) -> list[DeadLetter]:
    """The dead letters of a run, by its name or as other commands take it, or all."""
    found = [letter async for letter in weave.bus.dead.list(run)] if run is None or is_token(run) else []
    if found or run is None:
        return found
    return [letter async for letter in weave.bus.dead.list(find(await weave.runs(), run))]


async def _numbered(weave: Weave, numbers: Sequence[int]) -> list[DeadLetter]:
    """The letters of these numbers, each once; nothing is done to any before all are found."""
    return [await _letter(weave, number) for number in dict.fromkeys(numbers)]


async def _letter(weave: Weave, number: int) -> DeadLetter:
    letter = await weave.bus.dead.get(number)
    if letter is None:
        raise UsageError(f"there is no dead letter {number}; see them with `stepweave dead list`")
    return letter


def _record(letter: DeadLetter) -> dict[str, Any]:
    role, capability, run, task = letter.address
    return {
        "number": letter.sequence,
        "time": letter.time.isoformat(),
        "run": run,
        "task": task,
        "agent": f"{role}:{capability}",
        "reason": letter.reason,
    }


def _body(letter: DeadLetter) -> Any:
    """The body as JSON if it is that, else as text."""
    try:
        return json.loads(letter.body)
    except ValueError:
        return letter.body.decode("utf-8", "replace")
