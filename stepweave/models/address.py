"""A server of the OpenAI API: where it is, what opens it, how much of its answers is read, and its errors as ours."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
import openai

from stepweave.models.errors import (
    KeyMissing,
    KeyRefused,
    ModelError,
    NoSuchModel,
    NotAnApi,
    RateLimited,
    RequestRefused,
    ServerBroke,
    ServerFault,
    ServerTimedOut,
    ServerUnreachable,
    TooLong,
    masked,
)
from stepweave.models.settings import ServerSettings

HOSTED = "https://api.openai.com/v1"
LARGEST = 64 * 2**20
"""Bytes of a response that are read: pictures come as text."""
LONGEST_WAIT = 600.0
"""Seconds that a server may ask us to wait; more is taken for so much."""
_NOT_THERE = (300, 301, 302, 303, 304, 307, 308, 404, 405)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and what opens it."""

    url: str
    key: str = field(repr=False)
    key_env: str
    timeout: float
    retries: int

    @classmethod
    def of(cls, settings: ServerSettings) -> Self:
        """From the settings and the environment.

        Raises:
            KeyMissing: it is the hosted service, and there is no key.
        """
        url = (settings.url or os.environ.get("OPENAI_BASE_URL") or HOSTED).rstrip("/")
        given = settings.key.get_secret_value() if settings.key else ""
        key = given or os.environ.get(settings.key_env, "")
        if not key and url == HOSTED:
            raise KeyMissing(url, settings.key_env)
        return cls(url, key, settings.key_env, settings.timeout, settings.retries)

    @property
    def options(self) -> dict[str, Any]:
        """For a client of the `openai` package."""
        return {
            "base_url": self.url,
            "api_key": self.key or "none",
            "timeout": openai.Timeout(self.timeout, connect=min(5.0, self.timeout)),
            "max_retries": self.retries,
        }

    def masked(self, text: str) -> str:
        """A text without key and password."""
        return masked(text, (self.key, urlsplit(self.url).password or ""))


def fault_of(error: openai.OpenAIError, at: Address, model: str) -> ModelError:
    """What went wrong, in our words.

    Args:
        error: as the client raises it.
        at: where it was sent.
        model: whom it was for.
    """
    if isinstance(error, openai.APITimeoutError):
        return ServerTimedOut(at.url, at.timeout)
    if isinstance(error, openai.APIConnectionError):
        return lost(error.__cause__ or error, at)
    if isinstance(error, openai.APIStatusError):
        said = told(error.body) or error.message
        return refusal(error.status_code, said, error.response.headers.get("retry-after", ""), at, model)
    return NotAnApi(at.url, at.masked(str(error)))


def lost(why: BaseException, at: Address) -> ModelError:
    """What went wrong with a connection."""
    text = at.masked(str(why) or type(why).__name__)
    if isinstance(why, httpx2.TimeoutException):
        return ServerTimedOut(at.url, at.timeout)
    if isinstance(why, TooLarge):
        return NotAnApi(at.url, text)
    if isinstance(why, httpx2.ConnectError | httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return ServerUnreachable(at.url, text)
    return ServerBroke(at.url, text)


def refusal(status: int, text: str, wait: str, at: Address, model: str) -> ModelError:
    """What a server means by a status.

    Args:
        status: of HTTP.
        text: what it says besides.
        wait: its Retry-After header.
        at: where it is.
        model: whom it was for.
    """
    text = at.masked(text)
    if status in (401, 403):
        return KeyRefused(at.url, at.key_env, status, text)
    if status == 404 and "model" in text.lower():
        return NoSuchModel(at.url, model, ())
    if status == 429 or (status == 503 and wait):
        return RateLimited(at.url, text, seconds_of(wait))
    if status >= 500:
        return ServerFault(at.url, status, text)
    if status in _NOT_THERE:
        return NotAnApi(at.url, f"{status} {text}")
    if any(words in text.lower() for words in ("context length", "max_model_len", "too long")):
        return TooLong(at.url, text)
    return RequestRefused(at.url, status, text)


def told(body: object) -> str:
    """What a server says of an error, in the body of its refusal."""
    if isinstance(body, Mapping):
        return told(body.get("message") or body.get("detail") or body.get("error") or str(dict(body)))
    return str(body or "")


def seconds_of(header: str) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; what is neither asks for nothing."""
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return 0.0
    return min(LONGEST_WAIT, max(0.0, seconds))


class TooLarge(httpx2.RequestError):
    """A response has more bytes than are read."""


class _Meter:
    """Counts what is read of a response."""

    def __init__(self) -> None:
        self._read = 0

    def passed(self, chunk: bytes) -> bytes:
        self._read += len(chunk)
        if self._read > LARGEST:
            raise TooLarge(f"more than {LARGEST >> 20} MiB")
        return chunk


class _Bounded(httpx2.AsyncByteStream):
    """A response of which no more is read than there may be."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        meter = _Meter()
        async for chunk in self._stream:
            yield meter.passed(chunk)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


class _BoundedSync(httpx2.SyncByteStream):
    """The same for a client that blocks."""

    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        meter = _Meter()
        for chunk in self._stream:
            yield meter.passed(chunk)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()


async def bounded(response: httpx2.Response) -> None:
    """Have a client read no more of a response than there may be; a hook for it."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


def bounded_sync(response: httpx2.Response) -> None:
    """The same for a client that blocks."""
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _BoundedSync(response.stream)
