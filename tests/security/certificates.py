"""Certificates of an authority of one's own, made by openssl."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Certificates:
    """An authority, and what it has signed."""

    authority: Path
    server: Path
    server_key: Path
    client: Path
    client_key: Path


def made(folder: Path) -> Certificates:
    """A new authority with a certificate for 127.0.0.1 and one for a client."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make certificates with")
    folder.mkdir()
    authority = folder / "authority.pem"
    _openssl("req", "-x509", *_key(folder / "authority.key"), "-out", authority, "-days", "2", "-subj", "/CN=authority")
    for name in ("server", "client"):
        request = folder / f"{name}.csr"
        _openssl("req", "-new", *_key(folder / f"{name}.key"), "-out", request, "-subj", f"/CN={name}")
        extensions = folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName=IP:127.0.0.1\nextendedKeyUsage={name}Auth\n")
        signed = ("-CA", authority, "-CAkey", folder / "authority.key", "-CAcreateserial", "-days", "2")
        _openssl("x509", "-req", "-in", request, *signed, "-extfile", extensions, "-out", folder / f"{name}.pem")
    return Certificates(authority, *(folder / f"{n}.{e}" for n in ("server", "client") for e in ("pem", "key")))


def _key(path: Path) -> tuple[str | Path, ...]:
    return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path)


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)
