"""Reaching the server: options, log-in, and the plain words for what can go wrong with it."""

from __future__ import annotations

import asyncio
import importlib.util
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

from nats import errors as nats_errors

from stepweave.bus.errors import BusError, NotAllowed, TooOld, Unreachable
from stepweave.bus.settings import FLOOR, BusSettings
from stepweave.bus.wire import LeanClient

_REFUSALS = ("authorization violation", "authentication", "user authentication expired", "authorization timeout")

Callback = Callable[[], Awaitable[None]]
ErrorCallback = Callable[[Exception], Awaitable[None]]


async def dial(
    client: LeanClient, settings: BusSettings, *, name: str, on_error: ErrorCallback, **callbacks: Callback
) -> None:
    """Connect a client, trying until ``connect_timeout`` is over; afterwards it reconnects for ever.

    Raises:
        Unreachable: nobody answered in time.
        NotAllowed: the log-in was refused.
        TooOld: the server lacks what the log needs.
    """
    refused: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    last = "no answer"

    async def on_any_error(error: Exception) -> None:
        nonlocal last
        last = str(error) or type(error).__name__
        if any(word in last.lower() for word in _REFUSALS) and not refused.done():
            refused.set_result(last)
        if client.live or client.is_connected:
            await on_error(error)

    options = _options(settings, name) | callbacks | {"error_cb": on_any_error}
    task = asyncio.create_task(client.connect(**options))
    try:
        waited: set[asyncio.Future[Any]] = {task, refused}
        await asyncio.wait(waited, timeout=settings.connect_timeout, return_when=asyncio.FIRST_COMPLETED)
        if refused.done():
            raise NotAllowed(f"to log in at {settings.display_url}", refused.result())
        if not task.done():
            raise Unreachable(settings.display_url, last)
        _finish(task, settings)
        check_version(client, settings)
    except BaseException:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await client.close()
        raise


def check_version(client: LeanClient, settings: BusSettings) -> None:
    """Refuse a server that is too old for the log.

    Raises:
        TooOld: it is.
    """
    try:
        version = client.connected_server_version
    except (ValueError, IndexError):
        raise Unreachable(settings.display_url, "what answers there tells no version of a NATS server") from None
    found = (version.major, version.minor, version.patch)
    if found < tuple(map(int, FLOOR.split("."))):
        raise TooOld(f"The NATS server at {settings.display_url}", ".".join(map(str, found)), FLOOR)


def _finish(task: asyncio.Task[None], settings: BusSettings) -> None:
    try:
        task.result()
    except (OSError, ValueError, nats_errors.Error) as error:
        raise Unreachable(settings.display_url, str(error)) from error


def _options(settings: BusSettings, name: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "servers": (settings.url or "").split(","),
        "name": name,
        "inbox_prefix": settings.inbox,
        "connect_timeout": min(2.0, settings.connect_timeout),
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": 0.25,
        "ping_interval": 10,
        "pending_size": max(32 * 1024 * 1024, settings.window_bytes),
    }
    if settings.token is not None:
        options["token"] = settings.token.get_secret_value()
    if settings.user is not None:
        options["user"] = settings.user
    if settings.password is not None:
        options["password"] = settings.password.get_secret_value()
    if settings.creds is not None:
        options["user_credentials"] = _credentials(settings)
    if settings.tls_ca is not None:
        options["tls"] = ssl.create_default_context(cafile=str(settings.tls_ca))
    return options


def _credentials(settings: BusSettings) -> str:
    if importlib.util.find_spec("nkeys") is None:
        raise BusError("The setting `creds` needs the package nkeys.", "Install it with `pip install nkeys`.")
    if settings.creds is None or not settings.creds.is_file():
        raise BusError(f"The credentials file {settings.creds} does not exist.", "Correct the setting `creds`.")
    return str(settings.creds)
