"""Following a run to its end, and writing down what came of it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from anyio import to_thread

from stepweave.agents.client import Weave
from stepweave.app import exits
from stepweave.app.folder import write
from stepweave.app.live import View, view
from stepweave.app.stderr import say
from stepweave.app.story import tell
from stepweave.app.storyboard import storyboard
from stepweave.policies.state import RunState, fold

CODES = {"completed": exits.OK, "flawed": exits.FLAWED}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run."""

    state: RunState
    seconds: float
    out: Path | None
    """The folder of its storyboard; ``None`` if there is nothing to show."""

    @property
    def status(self) -> str:
        """How the run ended."""
        return self.state.outcome.status if self.state.outcome else "running"

    @property
    def code(self) -> int:
        """The exit code that says so."""
        return CODES.get(self.status, exits.FAILED)

    def record(self) -> dict[str, Any]:
        """The result for programs."""
        story = tell(self.state)
        return {
            "run": self.state.run,
            "status": self.status,
            "steps": len(story.chapters),
            "candidates": story.candidates,
            "seconds": round(self.seconds, 3),
            "out": str(self.out) if self.out else None,
        }


async def follow(weave: Weave, run: str, *, quiet: bool) -> RunState:
    """Watch a run until it has ended."""
    state = RunState(run)
    with view(quiet=quiet) as shown:
        return await _follow(weave, state, shown)


async def _follow(weave: Weave, state: RunState, shown: View) -> RunState:
    async with weave.progress(state.run, shown.hear):
        async for record in weave.watch(state.run):
            state = fold(state, record)
            shown.show(record, state)
    return state


async def finish(weave: Weave, state: RunState, out: Path, started: float) -> Result:
    """Write the storyboard of a run that is complete, or that got as far as a picture.

    Raises:
        OutputError: the folder cannot be used; the run is in the log all the same.
    """
    result = Result(state, time.monotonic() - started, None)
    if result.status in CODES or any(end.image for end in state.accepted.values()):
        await export(weave, state, out)
        return replace(result, out=out)
    return result


async def export(weave: Weave, state: RunState, out: Path) -> None:
    """Write the storyboard of a run, whatever there is of it."""
    names = {picture.sha256 for picture in tell(state).pictures}
    blobs = {name: await weave.blobs.get(name) for name in sorted(names)}
    files = await to_thread.run_sync(storyboard, state, blobs)
    await to_thread.run_sync(write, files, out)


def announce(result: Result, *, as_json: bool, quiet: bool) -> int:
    """Print the result on stdout, and on stderr what a person should know about it; gives the exit code."""
    outcome = result.state.outcome
    if result.status not in CODES:
        verb = {"cancelled": "was cancelled", "running": "is still running"}.get(result.status, result.status)
        say(f"stepweave: the run {verb}{': ' + outcome.reason if outcome and outcome.reason else ''}")
        if outcome and outcome.remedy:
            say(outcome.remedy)
    elif not quiet:
        say(_summary(result))
    if as_json:
        print(json.dumps(result.record(), ensure_ascii=False))
    elif result.out:
        print(result.out / "story.html")
    return result.code


def _summary(result: Result) -> str:
    made = result.record()
    steps = f"{made['steps']} step{'' if made['steps'] == 1 else 's'}"
    drawn = f"{made['candidates']} candidate{'' if made['candidates'] == 1 else 's'}"
    flawed = "; for some step no candidate was accepted, the best was kept" if result.status == "flawed" else ""
    return f"{steps}, {drawn}, {result.seconds:.1f} s{flawed}"
