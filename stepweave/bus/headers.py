"""NATS message headers, read and written as bytes: the client's own way costs more than the message itself."""

from __future__ import annotations

from typing import NamedTuple

LINE = "NATS/1.0\r\n"
_STATUS_AT = 8
_SPACE = 0x20
_DIGITS = 20
"""Of the largest number there is on a server."""
EMPTY: dict[str, str] = {}


class Status(NamedTuple):
    """A word from the server itself in place of a message, e.g. 404, 408, 409, 503, 100 (heartbeat), 204 (end)."""

    code: int
    text: str
    headers: dict[str, str]


def is_status(raw: bytes | None) -> bool:
    """Whether a header block is a word from the server itself."""
    return raw is not None and len(raw) > _STATUS_AT and raw[_STATUS_AT] == _SPACE


def status_of(raw: bytes | None) -> Status | None:
    """The server's own word in place of a message; ``None`` if a message came, whatever its writer put into it."""
    if raw is None or not is_status(raw):
        return None
    status = read_status(raw)
    return None if "nats-sequence" in status.headers else status


def read(raw: bytes | None) -> dict[str, str]:
    """The headers by lower-case name; of a repeated one the last value. What has no colon is left out."""
    if not raw:
        return EMPTY
    found: dict[str, str] = {}
    for line in raw.decode("utf-8", "replace").split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            found[name.lower()] = value.strip()
    return found


def read_status(raw: bytes) -> Status:
    """Take the server's word apart."""
    first = raw.partition(b"\r\n")[0].decode("utf-8", "replace")
    code, _, text = first[_STATUS_AT + 1 :].strip().partition(" ")
    return Status(number(code), text.strip(), read(raw))


def number(text: str | None) -> int:
    """A number as the server writes it; 0 for anything else."""
    return int(text) if text and len(text) <= _DIGITS and text.isascii() and text.isdigit() else 0


def write(fields: dict[str, str]) -> str:
    """A header block without its closing empty line; values must be ASCII and of one line.

    Raises:
        ValueError: a value could break out of its line.
    """
    for name, value in fields.items():
        if not value.isascii() or not value.isprintable():
            raise ValueError(f"header {name} must be printable ASCII: {value!r}")
    return LINE + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
