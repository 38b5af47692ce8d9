"""Reaching the server: options, log-in, and the plain words for what can go wrong with it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from nats import errors as nats_errors

from stepweave.bus import keys
from stepweave.bus.errors import BadFile, BusError, NotAllowed, TooOld, Unencrypted, Unreachable, Untrusted
from stepweave.bus.settings import FLOOR, BusSettings
from stepweave.bus.wire import LeanClient, NoTLS

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
        Unencrypted, Untrusted: TLS is not as the settings want it.
        BadFile, NeedsNkeys: what to log in with cannot be read.
        TooOld: the server lacks what the log needs.
    """
    refused: asyncio.Future[BusError] = asyncio.get_running_loop().create_future()
    last = "no answer"

    async def on_any_error(error: Exception) -> None:
        nonlocal last
        last = str(error) or type(error).__name__
        verdict = _verdict(error, settings)
        if verdict is not None and not refused.done():
            refused.set_result(verdict)
        if client.live or client.is_connected:
            await on_error(error)

    client.must_encrypt = settings.encrypted
    options = await asyncio.to_thread(_options, settings, name) | callbacks | {"error_cb": on_any_error}
    task = asyncio.create_task(client.connect(**options))
    try:
        waited: set[asyncio.Future[Any]] = {task, refused}
        await asyncio.wait(waited, timeout=settings.connect_timeout, return_when=asyncio.FIRST_COMPLETED)
        if refused.done():
            raise refused.result()
        if not task.done():
            raise Unreachable(settings.display_url, last)
        _finish(task, settings)
        check_version(client, settings)
    except BaseException:
        task.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.gather(task, return_exceptions=True)
            await client.close()
        raise


def _verdict(error: Exception, settings: BusSettings) -> BusError | None:
    """What a first try failed of for good; ``None``: it is worth another."""
    text = str(error)
    if isinstance(error, NoTLS):
        return Unencrypted(settings.display_url)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Untrusted(settings.display_url, error.verify_message)
    if isinstance(error, ssl.SSLError) and "ALERT" in (error.reason or ""):
        return Untrusted(settings.display_url, error.reason.lower().replace("_", " "))
    if any(word in text.lower() for word in _REFUSALS):
        return NotAllowed(f"to log in at {settings.display_url}", text, known=False)
    return None


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
    if settings.encrypted:
        options["tls"] = _tls(settings)
    return options | _proof(settings)


def _proof(settings: BusSettings) -> dict[str, Any]:
    """What we log in with."""
    proof: dict[str, Any] = {}
    if settings.token is not None:
        proof["token"] = settings.token.get_secret_value()
    if settings.user is not None:
        proof["user"] = settings.user
    if settings.password is not None:
        proof["password"] = settings.password.get_secret_value()
    if settings.nkey is not None:
        proof["nkeys_seed"] = keys.checked_seed(settings.nkey)
    if settings.creds is not None:
        proof["user_credentials"] = keys.checked_credentials(settings.creds)
    return proof


def _tls(settings: BusSettings) -> ssl.SSLContext:
    """Whom we trust, and who we are.

    Raises:
        BusError: a file cannot be used.
    """
    try:
        context = ssl.create_default_context(cafile=settings.tls_ca)
    except (OSError, ssl.SSLError) as error:
        raise BadFile("tls_ca", settings.tls_ca, error) from None
    if settings.tls_cert is not None:
        try:
            context.load_cert_chain(settings.tls_cert, settings.tls_key)
        except (OSError, ssl.SSLError) as error:
            raise BadFile("tls_cert", settings.tls_cert, error) from None
    return context
