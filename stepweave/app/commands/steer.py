"""``stepweave runs approve, reject, redo, edit, branch``: what people tell a run that goes on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

import anyio

from stepweave.agents.client import Weave
from stepweave.agents.local import absent, team_of
from stepweave.app import exits
from stepweave.app.commands.runs import find, with_session
from stepweave.app.failures import NotHeeded, UsageError
from stepweave.app.intake import overrides, worded
from stepweave.app.loop import until_told
from stepweave.app.session import to_take_note, working
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.messages import Approve, Branch, Control, Edit, Heeded, Redo, Reject
from stepweave.observability.logs import configure
from stepweave.policies.state import RunState

PATIENCE = 15.0
"""Seconds to wait for a run to take note of what it is told."""
MOST_BRANCHES = 16


class HasEnded(UsageError):
    """A run that has ended is told something."""

    def __init__(self, run: str) -> None:
        super().__init__(f"run {run} has ended, and stays as it is; go on from it with `stepweave fork {run} --step N`")


class Refused(UsageError):
    """A run cannot do what it is told."""


def main(arguments: argparse.Namespace) -> int:
    """Tell a run something, and wait until it has taken note."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    return until_told(with_session, _say, settings, worded(arguments))


async def _say(weave: Weave, settings: Settings, arguments: argparse.Namespace) -> int:
    run = find(await weave.runs(), arguments.run)
    control = _CONTROLS[arguments.action](arguments)
    await tell(weave, settings, await weave.state(run), control)
    if arguments.json:
        print(json.dumps({"run": run, "told": control.TYPE, **control.model_dump(mode="json", exclude_none=True)}))
    else:
        print(f"{run}: {_told(control)}")
    return exits.OK


async def tell(weave: Weave, settings: Settings, state: RunState, control: Control) -> None:
    """Tell a run something, and see to it that it takes note, even if nobody works for it at the moment.

    Raises:
        HasEnded: it takes note of nothing more.
        Refused: it cannot be done; the text says why.
        NotHeeded: nobody has taken note for a while.
    """
    if state.outcome is not None:
        raise HasEnded(state.run)
    assert state.requested is not None
    missing = await absent(weave.bus, team_of(state.requested))
    heeded: Heeded | None = None
    async with working(weave.bus, settings, await to_take_note(weave.bus)):
        id_ = await weave.say(state.run, control)
        with anyio.move_on_after(PATIENCE) as waited:
            heeded = await weave.heeded(state.run, id_)
    if waited.cancelled_caught:
        raise NotHeeded(state.run, "it may have no plan, or nobody works for it")
    if heeded is None:
        raise HasEnded(state.run)
    if heeded.refused:
        raise Refused(f"run {state.run} cannot do that: {heeded.refused}")
    if missing:
        say(f"nobody works as {', '.join(missing)}; carry on with: stepweave runs resume {state.run}")


def _told(control: Control) -> str:
    """What a run was told, for whoever told it."""
    step = getattr(control, "step", None)
    what = "the plan" if step is None else f"step {step}"
    candidate = getattr(control, "candidate", None)
    which = f"{what}, candidate {candidate}" if candidate is not None else what
    return {
        Approve: f"{which} is approved",
        Reject: f"{which} is rejected",
        Redo: f"{which} is drawn anew",
        Edit: f"{which} is changed",
        Branch: f"{getattr(control, 'count', 1)} more of {which}; approve one with --candidate",
    }[type(control)]


def _branch(arguments: argparse.Namespace) -> Branch:
    if arguments.count > MOST_BRANCHES:
        raise UsageError(f"--count is {arguments.count}, at most {MOST_BRANCHES} are drawn at once")
    return Branch(step=arguments.step, count=arguments.count, prompt=arguments.prompt)


def _edit(arguments: argparse.Namespace) -> Edit:
    changes = {name: getattr(arguments, name) for name in Edit.model_fields if name != "step"}
    if all(value is None for value in changes.values()):
        raise UsageError("nothing is to be changed; give --prompt, --instruction, --name, --text or --alt")
    return Edit(step=arguments.step, **changes)


def _plan_or_step(arguments: argparse.Namespace) -> None:
    if arguments.candidate is not None and arguments.step is None:
        raise UsageError("--candidate goes with a step; give its number")


def _approve(arguments: argparse.Namespace) -> Approve:
    _plan_or_step(arguments)
    return Approve(step=arguments.step, candidate=arguments.candidate, reason=arguments.reason)


def _reject(arguments: argparse.Namespace) -> Reject:
    _plan_or_step(arguments)
    return Reject(step=arguments.step, candidate=arguments.candidate, reason=arguments.reason)


_CONTROLS: dict[str, Callable[[argparse.Namespace], Control]] = {
    "approve": _approve,
    "reject": _reject,
    "redo": lambda arguments: Redo(step=arguments.step, reason=arguments.reason),
    "edit": _edit,
    "branch": _branch,
}
