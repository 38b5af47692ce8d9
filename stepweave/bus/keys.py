"""nkeys and credentials files: made, and looked at before the client reads them.

The client would read a file without credentials for ever, so what it is given is checked first. Nothing here tells what
a file holds, only whether it will do.
"""

from __future__ import annotations

import os
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from stepweave.bus.errors import BadFile, NeedsNkeys

_JWT, _SEED = b"BEGIN NATS USER JWT", b"BEGIN USER NKEY SEED"


def new_key() -> tuple[str, str]:
    """A new key of a user: its seed, which is the secret, and its public key.

    Raises:
        NeedsNkeys: the package is not installed.
    """
    nkeys = _package("An nkey")
    seed = nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER)
    return seed.decode(), nkeys.from_seed(bytearray(seed)).public_key.decode()


def checked_seed(path: Path) -> str:
    """A file with a seed, which can be used.

    Raises:
        NeedsNkeys: the package is not installed.
        BadFile: it cannot.
    """
    nkeys = _package("The setting `bus.nkey`")
    _try_seed(nkeys, "nkey", path, _read("nkey", path).strip())
    return str(path)


def checked_credentials(path: Path) -> str:
    """A file with a JWT and a seed, which can be used.

    Raises:
        NeedsNkeys: the package is not installed.
        BadFile: it cannot.
    """
    nkeys = _package("The setting `bus.creds`")
    lines = _read("creds", path).splitlines()
    found = {mark: _after(lines, mark) for mark in (_JWT, _SEED)}
    if not all(found.values()):
        raise BadFile("creds", path, "it holds no JWT and seed of a user")
    _try_seed(nkeys, "creds", path, found[_SEED])
    return str(path)


def _after(lines: list[bytes], mark: bytes) -> bytes:
    """The line below a mark."""
    return next((after.strip() for line, after in pairwise(lines) if mark in line), b"")


def _try_seed(nkeys: Any, setting: str, path: Path, seed: bytes) -> None:
    try:
        nkeys.from_seed(bytearray(seed)).wipe()
    except Exception:  # whatever the package finds wrong, in words that may hold the seed
        raise BadFile(setting, path, "its seed is none of an nkey") from None


def _read(setting: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadFile(setting, path, error) from None


def _package(what: str) -> Any:
    try:
        return import_module("nkeys")
    except ImportError:
        raise NeedsNkeys(what) from None
