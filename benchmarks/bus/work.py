"""The work every contestant does, and how it reports.

A *hop* is one agent that receives one typed message and answers it with another. A *run* is a chain of hops: the next
ask is made from the answer before it. All runs are under way at once, and the agent itself takes no time, so what is
measured is messaging, nothing else. The messages are the project's own ``Draw`` and ``Drawn``.

The answer's ``image.size`` counts the hops of its run, so a lost, doubled or skipped hop shows in the last answer.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from stepweave.messages import Blob, Draw, Drawn

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@dataclass(frozen=True, slots=True)
class Task:
    """What one contestant has to do in one round."""

    runs: int
    hops: int
    """Per run."""
    nats: str
    """URL of an empty NATS server, for those that use one."""
    folder: Path
    """An empty folder, for those that keep files."""
    variant: str = ""
    """Which way of doing the work, for those that know several."""


class Clock:
    """Counts the hops that agents really did and stops when the last run has ended."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.hops = 0
        """Counted by the agents."""
        self.ended: set[int] = set()
        self.begun = 0.0
        self.seconds = 0.0
        self.done = asyncio.Event()

    def start(self) -> None:
        """Everything is set up: from here on it counts."""
        self.begun = time.perf_counter()

    def end(self, run: int, answer: Drawn) -> None:
        """A run's last answer is in.

        Raises:
            RuntimeError: the run did not do its hops one after the other, or ended twice.
        """
        if answer.image.size != self.task.hops + 1 or run in self.ended:
            raise RuntimeError(f"run {run} ended with hop {answer.image.size - 1} of {self.task.hops}")
        self.ended.add(run)
        if len(self.ended) == self.task.runs:
            self.seconds = time.perf_counter() - self.begun
            self.done.set()


def first(run: int) -> Draw:
    """The ask that begins a run."""
    blob = Blob(sha256=SHA, width=512, height=512, size=1)
    return Draw(
        step=1,
        candidate=1,
        prompt="Add a red roof to the house in the middle of the meadow, under a bright sun.",
        sources=(blob,),
        seed=run,
        width=512,
        height=512,
        alt="A house with a red roof.",
    )


def following(ask: Draw, answer: Drawn) -> Draw:
    """The next ask of a run, made from the last answer."""
    return ask.model_copy(update={"candidate": ask.candidate + 1, "sources": (answer.image,)})


def draw(ask: Draw) -> Drawn:
    """What the agent does: nothing but count, so that only messaging is measured."""
    image = Blob(sha256=SHA, width=ask.width, height=ask.height, size=ask.sources[0].size + 1)
    return Drawn(image=image, tool="none", seconds=0.0)


def main(contest: Callable[[Clock], Awaitable[None]]) -> None:
    """Run one contestant in this process and print what it did as one line of JSON.

    The garbage collector is told to look less often, and not at what start-up made: for all contestants alike.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--hops", type=int, required=True)
    parser.add_argument("--nats", default="")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--variant", default="")
    task = Task(**vars(parser.parse_args()))

    async def measure() -> Clock:
        clock = Clock(task)
        await contest(clock)
        return clock

    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    clock = asyncio.run(measure())
    expected = task.runs * task.hops
    if clock.hops != expected:
        raise SystemExit(f"{clock.hops} hops were done, {expected} were asked for")
    json.dump({"hops": clock.hops, "seconds": clock.seconds}, sys.stdout)
