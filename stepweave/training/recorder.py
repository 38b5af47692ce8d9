"""The recorder: keeps the trajectory of every ended run as a file.

The files are a projection of the log. Whatever is missing when the recorder starts is made then, so it can be stopped,
started and moved at any time, and deleting its folder loses nothing.
"""

from __future__ import annotations

import logging
import secrets
from pathlib import Path

from anyio import to_thread

from stepweave.agents.agent import Host, observer
from stepweave.bus import Bus
from stepweave.observability.counts import count
from stepweave.training.trajectories import to_jsonl, trajectory

logger = logging.getLogger("stepweave.training")

FOLDER = "trajectories"
"""Under the home of the process."""


@observer("recorder")
async def recorder(host: Host) -> None:
    """Writes the trajectory of every ended run to <home>/trajectories/<run>.jsonl."""
    folder = host.home / FOLDER
    bus = host.bus
    position = await bus.log.last_sequence()
    for summary in await bus.log.runs():
        if summary.finished and not (folder / f"{summary.run}.jsonl").exists():
            await _record(bus, summary.run, folder)
    async for record in bus.log.follow(branches=("ev",), after=position):
        if record.ends:
            await _record(bus, record.run, folder)


async def _record(bus: Bus, run: str, folder: Path) -> None:
    """Write a trajectory; if that is not possible now, a later recorder finds it missing."""
    try:
        await record_run(bus, run, folder)
    except OSError as error:
        logger.error("the trajectory of run %s cannot be written: %s", run, error)


async def record_run(bus: Bus, run: str, folder: Path) -> Path | None:
    """Write the trajectory of one run; the file is there as a whole or not at all.

    ``None``: nobody asked for it, or it has not ended, whatever somebody says.
    """
    lines = trajectory([record async for record in bus.log.replay(run)])
    if not lines or lines[0]["line"] != "run" or not any(line["line"] == "outcome" for line in lines):
        count("stray", branch="ev")
        return None
    return await to_thread.run_sync(_write, folder / f"{run}.jsonl", to_jsonl(lines))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{secrets.token_hex(4)}.part")  # recorders of other processes write the same run
    try:
        half.write_text(text, encoding="utf-8")
        return half.replace(path)
    finally:
        half.unlink(missing_ok=True)
