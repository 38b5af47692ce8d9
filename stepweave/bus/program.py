"""Finding the nats-server program: the one named by a setting, else on PATH, else the one of the installed wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from stepweave.bus.errors import ServerMissing, TooOld
from stepweave.bus.settings import FLOOR

_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")


def find_program(named: Path | None = None) -> Path:
    """The nats-server to start.

    Args:
        named: the one to use and no other.

    Raises:
        TooOld: the one named, or all there are, are too old.
        ServerMissing: there is none.
    """
    tried: list[str] = []
    old: TooOld | None = None
    for path in [named] if named is not None else _candidates():
        tried.append(str(path))
        try:
            version = version_of(path)
        except (OSError, ValueError, subprocess.SubprocessError):
            continue
        if version >= _numbers(FLOOR):
            return path
        old = TooOld(f"The program {path}", ".".join(map(str, version)), FLOOR)
    raise old or ServerMissing(", ".join(tried) or "PATH")


def version_of(path: Path) -> tuple[int, int, int]:
    """The version a nats-server program says it has.

    Raises:
        OSError: it cannot be started.
        ValueError: it says something else.
        subprocess.SubprocessError: it does not end, or fails.
    """
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    return _numbers(done.stdout)


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("nats-server")
    if on_path:
        yield Path(on_path)
    for folder in (Path(sysconfig.get_path("scripts")), Path(sys.executable).parent):
        if (folder / "nats-server").exists():
            yield folder / "nats-server"


def _numbers(text: str) -> tuple[int, int, int]:
    found = _VERSION.search(text)
    if found is None:
        raise ValueError(f"no version in {text!r}")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch
