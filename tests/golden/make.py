"""Makes golden logs: runs of this version, exported, beside what this version makes of them.

    python -m tests.golden.make

writes those of this version that are not there yet, to ``tests/golden/logs``; do so before a release that changes what
runs say. What is there is never changed: it is what users of that version have. Every later version must read it as it
was read then, which ``tests/app/test_golden_logs.py`` holds.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio

from stepweave import __version__
from stepweave.agents.agent import Host
from stepweave.agents.client import Weave
from stepweave.agents.local import at_work, team
from stepweave.app.story import tell
from stepweave.app.storyboard import record
from stepweave.app.transfer import export_run
from stepweave.bus import Bus, BusSettings, Record, connect
from stepweave.messages import Draw, Options, RevisePlan
from stepweave.policies.state import RunState, replay
from stepweave.training.trajectories import trajectory

LOGS = Path(__file__).parent / "logs"
SHAPES = "draw a red circle, then add a small blue star to the left of it, then add a green square under the circle"


@dataclass(frozen=True)
class Case:
    """A run to be made, and what it must have in it to be worth keeping."""

    name: str
    request: str
    options: Options
    holds: Callable[[RunState], Any]
    given: str = ""
    """Name of the run whose last picture it starts from."""
    cancelled: bool = False
    """Ended by hand while nobody draws."""
    after: str = ""
    """Name of the run that filled the memory before."""


def options(seed: int, fault_rate: float, **said: Any) -> Options:
    parameters = {"fault_rate": fault_rate}
    return Options.model_validate(
        {"width": 96, "height": 96, "seed": seed, "parameters": parameters, "memory": None} | said
    )


def ended(status: str) -> Callable[[RunState], bool]:
    return lambda state: state.outcome is not None and state.outcome.status == status


def refined(state: RunState) -> bool:
    """Completed, and some picture was accepted that was drawn with a better prompt."""
    accepted = [(n, a.candidate) for n, a in state.accepted.items() if a.candidate]
    asks = {(c.ask.step, c.ask.candidate): c.ask.prompt for c in state.commands.values() if isinstance(c.ask, Draw)}
    return ended("completed")(state) and any(asks[at] != state.step(at[0]).prompt for at in accepted)


def revised(state: RunState) -> bool:
    return state.revision > 0 and any(isinstance(c.ask, RevisePlan) for c in state.commands.values())


CASES = (
    Case("completed", SHAPES, options(1, 0.0), ended("completed")),
    Case("refined", SHAPES, options(1, 0.6), refined),
    Case("flawed", SHAPES, options(1, 0.9, policy="sequential(1)"), ended("flawed")),
    Case("failed", SHAPES, options(1, 0.9, policy="sequential(1)", exhausted="stop"), ended("failed")),
    Case("unplanned", "compute the square root of a sonnet", options(1, 0.0), ended("failed")),
    Case("cancelled", SHAPES, options(1, 0.0), ended("cancelled"), cancelled=True),
    Case("revised", SHAPES, options(1, 0.9, policy="sequential(2)", exhausted="replan"), revised),
    Case("taught", SHAPES, options(1, 0.6, memory="local"), refined),
    Case("remembered", SHAPES, options(2, 0.3, memory="local"), lambda state: state.notes(), after="taught"),
    Case("edited", "make the circle yellow", options(1, 0.0), ended("completed"), given="completed"),
)


async def make(bus: Bus, home: Path, case: Case) -> RunState:
    """Do a run to its end."""
    weave = Weave(bus, "/golden")
    present: Sequence[str] = team(case.options)
    if case.cancelled:
        present = [spec for spec in present if not spec.startswith("generator")]
    async with at_work(Host(bus, home, "/golden"), present):
        inputs = [await last_picture(weave, case.given)] if case.given else []
        await weave.submit(case.request, inputs, case.options, run=case.name)
        async for each in weave.watch(case.name):
            if case.cancelled and isinstance(each.message, Draw):
                await weave.cancel(case.name, "seen enough")
    return await weave.state(case.name)


async def last_picture(weave: Weave, run: str) -> bytes:
    accepted = (await weave.state(run)).accepted
    image = accepted[max(accepted)].image
    assert image is not None
    return await weave.blobs.get(image)


def expected(records: Sequence[Record]) -> dict[str, Any]:
    """What a version makes of a run: its state, its steps as they are told, and its trajectory.

    Notes are left out: they came into trajectories later than the first of these logs.
    """
    state = replay(records[0].run, records)
    return {
        "state": told(state),
        "story": record(tell(state)),
        "trajectory": [line for line in trajectory(records) if line["line"] != "note"],
    }


def told(state: RunState) -> dict[str, Any]:
    """A state as JSON, without what belongs to one server."""
    order = sorted(state.answered_at, key=lambda task: state.answered_at[task])
    return {
        "requested": _dump(state.requested),
        "requested_at": state.requested_at.isoformat() if state.requested_at else None,
        "plan": [_dump(step) for step in state.plan or ()],
        "revision": state.revision,
        "commands": {task: _dump(command) for task, command in state.commands.items()},
        "answers": {task: {"type": state.answers[task].TYPE, **_dump(state.answers[task])} for task in order},
        "answered": order,
        "early": len(state.early),
        "accepted": {str(number): _dump(accepted) for number, accepted in state.accepted.items()},
        "void": {str(number): count for number, count in state.void.items()},
        "abandoned": sorted(state.abandoned),
        "outcome": _dump(state.outcome),
        "cancelled": _dump(state.cancelled),
        "owner": state.owner,
    }


def _dump(value: Any) -> Any:
    return None if value is None else value.model_dump(mode="json")


async def main() -> None:
    """Write the logs that are missing."""
    LOGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with connect(BusSettings(home=Path(folder)), name="golden") as bus:
            for case in CASES:
                path = LOGS / f"{__version__}-{case.name}.zip"
                state = await make(bus, Path(folder) / (case.after or case.name), case)
                if not path.exists():
                    if not case.holds(state):
                        raise SystemExit(f"{case.name}: the run is not what it should be; choose another seed")
                    await export_run(bus.runs, case.name, path)
                    records = [each async for each in bus.log.replay(case.name)]
                    about = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), **expected(records)}
                    path.with_suffix(".json").write_text(json.dumps(about, ensure_ascii=False) + "\n")
                print(path.name, state.outcome.status if state.outcome else "running", len(state.commands))


if __name__ == "__main__":
    anyio.run(main)
