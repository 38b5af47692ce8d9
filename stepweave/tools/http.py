"""A server that is asked over plain HTTP: its answers bounded, its failures named."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import httpx2

from stepweave.models.address import Address, bounded_sync, lost, refusal, told
from stepweave.models.errors import NotAnApi
from stepweave.models.settings import ServerSettings

_GOOD = 400
"""Statuses from here on are refusals; redirects are not followed and come below it."""


class HttpServer:
    """A client that blocks; close it when it is used no more."""

    def __init__(self, settings: ServerSettings) -> None:
        """Where it is; nothing is asked yet."""
        self.address = Address.of(settings)
        key = self.address.key
        self._client = httpx2.Client(
            base_url=self.address.url,
            timeout=httpx2.Timeout(settings.timeout, connect=min(5.0, settings.timeout)),
            headers={"Authorization": f"Bearer {key}"} if key else {},
            follow_redirects=False,
            event_hooks={"response": [bounded_sync]},
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def content(self, method: str, path: str, **options: Any) -> bytes:
        """The body of an answer.

        Args:
            method: GET or POST.
            path: below the server's address.
            options: for the client: ``json``, ``files``, ``params``, ``data``.

        Raises:
            ModelError: there is none, or it is a refusal.
        """
        return self.exchange(method, path, **options)[1]

    def exchange(self, method: str, path: str, *, accept: Collection[int] = (), **options: Any) -> tuple[int, bytes]:
        """Status and body of an answer.

        Args:
            method: GET or POST.
            path: below the server's address.
            accept: statuses that are no reason to fail though they are refusals.
            options: for the client.

        Raises:
            ModelError: there is none, or it is a refusal.
        """
        try:
            response = self._client.request(method, path, **options)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise lost(error, self.address) from None
        status = response.status_code
        if status not in accept and (status >= _GOOD or response.is_redirect):
            wait = response.headers.get("retry-after", "")
            raise refusal(status, _said(response), wait, self.address, "")
        return status, response.content

    def json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """An answer that is a JSON object.

        Raises:
            ModelError: see :meth:`content`; or it is no such object.
        """
        return self.parsed(self.content(method, path, **options))

    def parsed(self, content: bytes) -> dict[str, Any]:
        """A body that is a JSON object.

        Raises:
            NotAnApi: it is none.
        """
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise NotAnApi(self.address.url, self.address.masked(content[:1000].decode("utf-8", "replace")))
        return found


def _said(response: httpx2.Response) -> str:
    """What a refusal says."""
    try:
        return told(json.loads(response.content))
    except (ValueError, RecursionError):
        return response.content[:1000].decode("utf-8", "replace")
