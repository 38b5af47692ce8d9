"""What ends a command before its time: signals, however they fall, and what is left afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import anyio
import pytest

from stepweave.app.loop import until_told

SIGNS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Signals as a terminal gives them to a program, whatever the tests run below."""
    before = {sign: signal.getsignal(sign) for sign in SIGNS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for sign in SIGNS[1:]:
        signal.signal(sign, signal.SIG_DFL)
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


def test_work_gives_its_result() -> None:
    async def work(a: int, b: int) -> int:
        return a + b

    assert until_told(work, 1, 2) == 3


def test_work_in_another_thread_is_done_there() -> None:
    async def work() -> int:
        return threading.get_ident()

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(until_told, work).result() != threading.get_ident()


def test_an_error_comes_out_as_it_is() -> None:
    async def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        until_told(work)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_signal_ends_work_that_loses_a_cancellation(sign: signal.Signals) -> None:
    """As ``asyncio.wait_for`` does before Python 3.12, when its answer came in the same turn of the loop."""
    lost = 0

    async def work() -> None:
        nonlocal lost
        os.kill(os.getpid(), sign)
        for _ in range(3):
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)
            lost += 1
        await asyncio.sleep(3600)

    with pytest.raises(KeyboardInterrupt):
        until_told(work)
    assert lost == 3
    assert signal.getsignal(sign) is (signal.default_int_handler if sign is signal.SIGINT else signal.SIG_DFL)


def test_work_that_has_ended_all_the_same_gives_its_result() -> None:
    async def work() -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        with anyio.CancelScope(shield=True):
            await anyio.sleep(0.01)
        return "done"

    assert until_told(work) == "done"


def test_a_second_ctrl_c_waits_for_nothing() -> None:
    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await anyio.sleep_forever()
        finally:
            with anyio.CancelScope(shield=True):
                os.kill(os.getpid(), signal.SIGINT)
                await anyio.sleep(3600)

    with pytest.raises(KeyboardInterrupt):
        until_told(work)


def test_what_is_ignored_stays_ignored() -> None:
    """`nohup` has a program ignore SIGHUP."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    async def work() -> str:
        os.kill(os.getpid(), signal.SIGHUP)
        await anyio.sleep(0.01)
        return "done"

    assert until_told(work) == "done"
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
