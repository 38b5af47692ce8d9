"""``stepweave trajectories``: what the log says of runs, as a data set for learning."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stepweave.agents.client import Weave
from stepweave.app import exits
from stepweave.app.commands.runs import find, with_session
from stepweave.app.failures import UsageError
from stepweave.app.intake import overrides
from stepweave.app.loop import until_told
from stepweave.app.session import opened
from stepweave.app.settings import Settings
from stepweave.app.sources import expanded, load
from stepweave.app.stderr import say
from stepweave.observability.logs import configure
from stepweave.training.errors import DataSetError
from stepweave.training.trajectories import Projection, shown


def main(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    settings = load(overrides(arguments)).settings
    configure(settings.log_level)
    if arguments.action == "show":
        return until_told(with_session, _show, settings, arguments)
    if find_spec("pyarrow") is None:
        raise UsageError("data sets need pyarrow, which is not installed; pip install 'stepweave[data]'")
    if arguments.action == "stats":
        return _stats(expanded(arguments.folder), as_json=arguments.json)
    return until_told(_verify if arguments.verify else _build, settings, arguments)


async def _show(weave: Weave, _: Settings, arguments: argparse.Namespace) -> int:
    """The lines of one run, as they would stand in a data set."""
    run = find(await weave.runs(), arguments.run)
    projection = Projection()
    async for record in weave.bus.log.replay(run):
        for line in projection.heard(record):
            print(json.dumps(shown(line), ensure_ascii=False))
    return exits.OK


@dataclass(slots=True)
class _Progress:
    """Says now and then how far a build is."""

    quiet: bool
    said: int = 0

    def __call__(self, at: int, end: int) -> None:
        if not self.quiet and at * 10 // end > self.said:
            self.said = at * 10 // end
            say(f"{self.said * 10} % of {end:,} messages")


async def _build(settings: Settings, arguments: argparse.Namespace) -> int:
    from stepweave.training.building import build

    folder = expanded(arguments.out)
    async with opened(settings, "stepweave-trajectories") as bus:
        pictures = not arguments.without_pictures
        built = await build(bus, folder, upto=arguments.upto, pictures=pictures, told=_Progress(arguments.quiet))
    manifest = built.manifest
    counts = {"upto": manifest.upto, "lines": sum(part.rows for part in manifest.parts), "read": built.read}
    counts |= {"pictures": built.pictures, "missing": built.missing}
    if arguments.json:
        print(json.dumps({"out": str(folder), **counts, "sha256": manifest.sha256}))
        return exits.OK
    say(
        f"{counts['lines']:,} lines up to sequence {manifest.upto:,} of the log; {built.read:,} messages read, "
        f"{built.pictures:,} pictures added"
    )
    if built.missing:
        say(f"{built.missing:,} pictures are not in the store any more, or damaged")
    print(folder)
    return exits.OK


async def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    from stepweave.training.building import differences

    folder = expanded(arguments.out)
    async with opened(settings, "stepweave-trajectories") as bus:
        found = await differences(bus, folder, _Progress(arguments.quiet))
    if arguments.json:
        print(json.dumps({"out": str(folder), "equal": not found, "differences": found}))
    else:
        for each in found:
            say(f"stepweave: {each}")
        if not found:
            say("built again from the log, it is the same, bit for bit")
    return exits.FAILED if found else exits.OK


def _stats(folder: Path, *, as_json: bool) -> int:
    from stepweave.training.dataset import lines, opened
    from stepweave.training.stats import stats_of

    manifest = opened(folder)
    if manifest is None:
        raise DataSetError(folder, "there is no data set", "build one with `stepweave trajectories build --out DIR`")
    found = {"log": manifest.log, "upto": manifest.upto, "sha256": manifest.sha256}
    found |= stats_of(lines(folder, manifest)).told()
    print(json.dumps(found) if as_json else "\n".join(_rows(found)))
    return exits.OK


def _rows(found: Mapping[str, Any]) -> list[str]:
    rows = []
    for name, value in found.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count:,}" for key, count in value.items()) or "none"
        rows.append(f"{name:<12} {value:,}" if isinstance(value, int) else f"{name:<12} {value}")
    return rows
