"""``stepweave eval``: measures planner, generator, critics and memory on requests of which the truth is known."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stepweave.app import exits
from stepweave.app.bench import Bench, measure
from stepweave.app.failures import UsageError
from stepweave.app.intake import make_options, overrides
from stepweave.app.loop import until_told
from stepweave.app.session import opened
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.messages import Options
from stepweave.observability.logs import configure
from stepweave.training.sketchbook.figures import figures, table
from stepweave.training.sketchbook.grading import Grade
from stepweave.training.sketchbook.requests import Request, request

FAULT_RATE = 0.3
"""How often the embedded generator errs, unless something else is said."""
MOST = 100_000
"""Most requests of one evaluation."""
NEWS = 0.1
"""Share of the runs after which progress is told again."""


def main(arguments: argparse.Namespace) -> int:
    """Run the requests, print the figures."""
    settings = load(_overrides(arguments)).settings
    configure(settings.log_level)
    if not 1 <= arguments.n <= MOST:
        raise UsageError(f"--n {arguments.n} is not possible; choose 1 to {MOST}")
    options = _options(settings)
    asked = [request(options.seed, arguments.split, index) for index in range(arguments.n)]
    workers = arguments.workers or os.cpu_count() or 1
    started = time.monotonic()
    grades = _measured(settings, options, workers, asked, _teller(arguments))
    found = figures(grades, seconds=time.monotonic() - started)
    about = _about(options, arguments.split, workers)
    if arguments.json:
        print(json.dumps({**found, "settings": about, "failures": _failures(asked, grades)}, ensure_ascii=False))
    else:
        print(_headed(about, found))
    return exits.OK


def _overrides(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says about settings.

    Raises:
        UsageError: it says two things about the number of attempts.
    """
    if arguments.attempts is not None:
        if arguments.policy is not None:
            raise UsageError("--attempts goes with no --policy; write it as --policy 'sequential(5)'")
        arguments.policy = f"sequential({arguments.attempts})"
    return overrides(arguments)


def _options(settings: Settings) -> Options:
    """What every run is asked to do."""
    options = make_options(settings.run, None)
    if options.generator != "sketch" or "fault_rate" in options.parameters:
        return options
    return options.model_copy(update={"parameters": {**options.parameters, "fault_rate": FAULT_RATE}})


def _measured(
    settings: Settings, options: Options, workers: int, asked: Sequence[Request], told: Callable[[int], None]
) -> list[Grade]:
    """All runs in a home of their own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="stepweave-eval-", ignore_cleanup_errors=True) as home:
        bus = settings.bus.model_copy(update={"url": None, "home": Path(home)})
        alone = settings.model_copy(update={"home": Path(home), "bus": bus})
        return until_told(_run, Bench(alone, options, workers), asked, told)


async def _run(bench: Bench, asked: Sequence[Request], told: Callable[[int], None]) -> list[Grade]:
    async with opened(bench.settings, "stepweave-eval") as bus:
        return await measure(bench, bus, asked, told)


def _teller(arguments: argparse.Namespace) -> Callable[[int], None]:
    """Tells on stderr how far it is, now and then."""
    step, started = max(1, round(arguments.n * NEWS)), time.monotonic()

    def told(done: int) -> None:
        if not arguments.quiet and (done % step == 0 or done == arguments.n):
            say(f"{done} of {arguments.n} requests, {time.monotonic() - started:.0f} s")

    return told


def _about(options: Options, split: str, workers: int) -> dict[str, Any]:
    """The settings that the figures depend on."""
    return {
        "split": split,
        "seed": options.seed,
        "planner": options.planner,
        "generator": options.generator,
        "critics": list(options.critics),
        "refine": options.refine,
        "policy": options.policy,
        "exhausted": options.exhausted,
        "memory": options.memory,
        "size": f"{options.width}x{options.height}",
        "parameters": options.parameters,
        "workers": workers,
    }


def _failures(asked: Sequence[Request], grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """The sequences that are wrong, with the first reason for each."""
    return [
        {"index": index, "kind": grade.kind, "request": one.text, "reason": grade.reason}
        for index, (one, grade) in enumerate(zip(asked, grades, strict=True))
        if not grade.right
    ]


def _headed(about: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """The table with a line about what was measured above it."""
    critics = " and ".join(about["critics"]) or "no critic"
    refining = "" if about["refine"] or not about["critics"] else ", without refinement"
    memory = "with memory" if about["memory"] else "without memory"
    drawn = ", ".join(f"{name} {value}" for name, value in about["parameters"].items())
    head = (
        f"{found['n']} requests of the {about['split']} split, seed {about['seed']}: planner {about['planner']}, "
        f"generator {about['generator']}{f' ({drawn})' if drawn else ''}, {critics}{refining}, {about['policy']}, "
        f"{memory}, {about['size']}; {found['seconds']:.0f} s"
    )
    return f"{head}\n\n{table(found)}"
