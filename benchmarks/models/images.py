"""Pictures a second of the generator agent, over those of the bare pipeline in its best batch size.

    python -m benchmarks.models.images --page docs/performance.md

The pipeline is FLUX.2 klein with tiny random weights, loaded by the same code as real ones. Both sides draw the same 64
pictures on the same threads: the bare pipeline in lists, with PIL pictures as its result; the agent from 64 asks of 16
runs on a real server, until the last answer with its stored PNG is in the log.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import anyio
from anyio import to_thread

import tests.pipelines.shim  # noqa: F401 - before anything imports torchvision
from benchmarks.bus.server import serving
from benchmarks.page import insert, measured
from stepweave.agents.agent import Host
from stepweave.agents.generator import generator_of
from stepweave.agents.local import at_work
from stepweave.bus import Bus, BusSettings, connect
from stepweave.messages import Draw, Drawn
from stepweave.tools.pipelines.settings import PipelineSettings
from stepweave.tools.pipelines.tool import Diffusers
from tests.pipelines import tiny

RUNS = 16
ASKS = 4
"""Of each run."""
SIDE = 256
STEPS = 8
BATCHES = (1, 2, 4, 8, 16)
WAIT = 0.03


@dataclass(frozen=True, slots=True)
class Pair:
    """Pictures a second of both, one right after the other: machines are not the same from one minute to the next."""

    bare: float
    agent: float
    largest: int
    """Pictures in the agent's largest batch."""

    @property
    def share(self) -> float:
        """Of the bare pipeline."""
        return self.agent / self.bare


def orders() -> list[Draw]:
    """What both sides draw."""
    return [
        Draw(step=1, candidate=1, prompt=f"picture {number}", seed=number, width=SIDE, height=SIDE)
        for number in range(RUNS * ASKS)
    ]


def bare(pipe: Any, wanted: Sequence[Draw], batch: int) -> float:
    """Pictures a second of the pipeline as it is."""
    import torch

    started = time.perf_counter()
    for first in range(0, len(wanted), batch):
        part = wanted[first : first + batch]
        found = pipe(
            prompt=[ask.prompt for ask in part],
            generator=[torch.Generator("cpu").manual_seed(ask.seed) for ask in part],
            num_inference_steps=STEPS,
            guidance_scale=1.0,
            width=SIDE,
            height=SIDE,
            **tiny.KLEIN_CALL,
        ).images
        assert len(found) == len(part)
    return len(wanted) / (time.perf_counter() - started)


async def agent(bus: Bus, wanted: Sequence[Draw]) -> tuple[float, int]:
    """Pictures a second of the agent on the bus, and how many its largest batch had."""
    position = await bus.log.last_sequence()
    started = time.perf_counter()
    for number, ask in enumerate(wanted):
        run, task = f"r{number % RUNS}-{time.time_ns()}", f"s1c{number}"
        await bus.log.command(run, "generator", "bench", task, ask, source="/bench")
    sizes: list[int] = []
    async for record in bus.log.follow(branches=("done",), after=position):
        assert isinstance(record.message, Drawn), record.message
        sizes.append(record.message.made.batch if record.message.made else 0)
        if len(sizes) == len(wanted):
            break
    return len(wanted) / (time.perf_counter() - started), max(sizes)


def sizes(pipe: Any, wanted: Sequence[Draw], rounds: int) -> dict[int, float]:
    """Pictures a second of the bare pipeline, by the size of its batches: medians, the sizes tried by turns."""
    found: dict[int, list[float]] = {batch: [] for batch in BATCHES}
    bare(pipe, wanted[:16], 16)  # what is made at the first call is no matter of either
    for _ in range(rounds):
        for batch in BATCHES:
            found[batch].append(bare(pipe, wanted[: len(wanted) // 2], batch))
    return {batch: median(rates) for batch, rates in found.items()}


async def pairs(tool: Diffusers, pipe: Any, batch: int, count: int, folder: Path) -> list[Pair]:
    """Both sides, the first by turns, with batches of that size; a first go of each does not count."""
    found: list[Pair] = []
    wanted = orders()
    with serving() as url:
        async with connect(BusSettings(url=url, home=folder), name="bench") as bus:
            host = Host(bus, folder)
            async with generator_of("bench", tool, wait=WAIT) as generator, at_work(host, [generator]):
                for number in range(count + 1):
                    first = await to_thread.run_sync(bare, pipe, wanted, batch) if number % 2 else 0.0
                    rate, largest = await agent(bus, wanted)
                    found.append(Pair(first or await to_thread.run_sync(bare, pipe, wanted, batch), rate, largest))
    return found[1:]


def table(found: Mapping[int, float], batch: int, samples: Sequence[Pair]) -> str:
    """A Markdown table: medians of the rounds."""
    shares = [sample.share for sample in samples]
    rows = [
        "| | pictures a second |",
        "|---|---:|",
        *(f"| bare pipeline, batches of {size} | {rate:.1f} |" for size, rate in found.items()),
        f"| bare pipeline, batches of {batch}, by turns with the agent | {median(each.bare for each in samples):.1f} |",
        f"| generator agent, batches of up to {max(each.largest for each in samples)} | "
        f"{median(each.agent for each in samples):.1f} |",
        "",
        f"The agent over the bare pipeline in its best size, measured right before or after it: median "
        f"**{median(shares):.3f}** ({', '.join(f'{share:.3f}' for share in shares)}).",
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, print the table; with ``--page`` put it into a page as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.models.images", description="The generator agent.")
    parser.add_argument("--rounds", type=int, default=7, help="how often all is measured (default %(default)s)")
    parser.add_argument("--page", type=Path, help="put the table between the marks of this page")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        tiny.saved("klein", Path(folder))
        settings = PipelineSettings(model=folder, steps=STEPS, call=tiny.KLEIN_CALL)
        pipe = Diffusers(settings)._makes._loaded.pipe
        by_size = sizes(pipe, orders(), given.rounds)
        best = max(by_size, key=lambda batch: by_size[batch])
        tool = Diffusers(settings.model_copy(update={"batch": best}))
        with tempfile.TemporaryDirectory() as home:
            samples = anyio.run(pairs, tool, pipe, best, given.rounds, Path(home))
    found = table(by_size, best, samples)
    print(found)
    if given.page:
        about = (
            f"{measured('make bench-models', load)} FLUX.2 klein with tiny random weights, {RUNS * ASKS} pictures of "
            f"{SIDE}x{SIDE} in {STEPS} steps; medians of {given.rounds} rounds."
        )
        insert(given.page, "bench-images", f"{about}\n\n{found}")


if __name__ == "__main__":
    main()
