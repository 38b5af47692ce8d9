"""The event loop of a command, and what ends it before its time."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, TypeVarTuple

import anyio

Result = TypeVar("Result")
Words = TypeVarTuple("Words")


def until_told(work: Callable[[*Words], Awaitable[Result]], *words: *Words) -> Result:
    """Run work on an event loop of its own, to its end or until the process is asked to end.

    By Ctrl-C, a service manager (SIGTERM), or the terminal that closes (SIGHUP; not one that is ignored, as below
    `nohup`). The work is then cancelled by a scope, which goes on until it has ended: a task that is cancelled once, as
    asyncio does at Ctrl-C, goes on when that moment falls to an `asyncio.wait_for` that just got its answer (before
    Python 3.12). Who presses Ctrl-C twice does not wait for things to be put in order.

    Args:
        work: the function to run.
        words: its arguments.

    Raises:
        KeyboardInterrupt: the process was asked to end, and the work has ended without a result.
    """
    results: list[Result] = []

    async def attended() -> None:
        with anyio.CancelScope() as scope, _heard(scope.cancel):
            results.append(await work(*words))

    anyio.run(attended)
    if not results:
        raise KeyboardInterrupt
    return results[0]


@contextmanager
def _heard(end: Callable[[], None]) -> Iterator[None]:
    """Call a function when the process is asked to end."""
    loop = asyncio.get_running_loop()

    def interrupted() -> None:
        loop.remove_signal_handler(signal.SIGINT)  # the next one raises KeyboardInterrupt wherever it finds us
        end()

    heard = [sign for sign in _asking() if signal.getsignal(sign) is not signal.SIG_IGN]
    for sign in heard:
        loop.add_signal_handler(sign, interrupted if sign is signal.SIGINT else end)
    try:
        yield
    finally:
        for sign in heard:
            loop.remove_signal_handler(sign)


def _asking() -> list[signal.Signals]:
    """The signals that ask a process to end, where they can be heard: in the main thread, and not on Windows."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return []
    return [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
