"""Worker processes of a command's own: agents that keep a processor busy, beside the process that submits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Semaphore
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread

from stepweave.agents.runtime import serve
from stepweave.app.failures import report
from stepweave.app.loop import until_told
from stepweave.app.session import host
from stepweave.bus import BusError, connect
from stepweave.observability.logs import configure

if TYPE_CHECKING:
    from stepweave.app.settings import Settings

Ready = Callable[[], Awaitable[None]]
"""Waits until all workers are ready."""

LOOK = 0.5
"""Seconds between two looks at whether the others are still there."""
GRACE = 5.0
"""Seconds that a worker has to end before it is killed."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Settings by which numerical libraries start no threads of their own."""


class WorkerDied(BusError):
    """A worker process ended before its time."""

    def __init__(self, code: int | None) -> None:
        super().__init__(
            f"A worker process ended with code {code} before the work was done.",
            "See its last words above; fewer processes need less memory.",
        )


@asynccontextmanager
async def crew(each: Sequence[Settings], specs: Sequence[str], *, hands: int | None = 1) -> AsyncIterator[Ready]:
    """Have processes run agents while the context lasts; gives what waits until all of them are ready to be asked.

    Args:
        each: where and how, for each process.
        specs: the agents that each of them runs, as ``role:capability``.
        hands: asks that each agent of each works on at a time; ``None``: as many as it likes.

    Raises:
        WorkerDied: one of them ended by itself.
    """
    context = multiprocessing.get_context("spawn")
    ready = context.Semaphore(0)
    workers: list[BaseProcess] = [
        context.Process(target=_main, args=(settings, tuple(specs), hands, ready), daemon=True) for settings in each
    ]

    async def all_ready() -> None:
        for _ in workers:
            while not await to_thread.run_sync(ready.acquire, True, LOOK):
                pass

    try:
        for worker in workers:
            await to_thread.run_sync(worker.start)
        async with anyio.create_task_group() as group:
            group.start_soon(_watch, workers)
            yield all_ready
            group.cancel_scope.cancel()
    finally:
        with anyio.CancelScope(shield=True):
            await to_thread.run_sync(_end, workers)


async def _watch(workers: Sequence[BaseProcess]) -> None:
    while True:
        await anyio.sleep(LOOK)
        for worker in workers:
            if not worker.is_alive():
                raise WorkerDied(worker.exitcode)


def _end(workers: Sequence[BaseProcess]) -> None:
    """Ask them to end, and see to it that they do."""
    started = [worker for worker in workers if worker.pid is not None]
    for worker in started:
        worker.terminate()
    for worker in started:
        worker.join(GRACE)
        if worker.is_alive():
            worker.kill()
            worker.join()


def single_threaded() -> None:
    """Have numerical libraries of processes that are started from now on use one thread each."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def _main(settings: Settings, specs: Sequence[str], hands: int | None, ready: Semaphore) -> None:
    """A worker process: serves until it is told to end, or until whoever started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for whoever started it
    configure(settings.log_level)
    try:
        with suppress(KeyboardInterrupt):
            until_told(_serve, settings, specs, hands, ready)
    except BaseException as error:
        sys.exit(report(error))


async def _serve(settings: Settings, specs: Sequence[str], hands: int | None, ready: Semaphore) -> None:
    async with connect(settings.bus, name="stepweave-crew") as bus, anyio.create_task_group() as group:
        group.start_soon(_until_alone, group.cancel_scope)
        await group.start(partial(serve, host(bus, settings), specs, concurrency=hands, grace=1.0))
        ready.release()


async def _until_alone(scope: anyio.CancelScope) -> None:
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive():
        await to_thread.run_sync(parent.join, LOOK)
    scope.cancel()
