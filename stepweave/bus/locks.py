"""File locks as signs of life: the kernel drops them with their process, however it ends.

A lock belongs to an open file, so two parts of one process can hold one each, and a child inherits its parent's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PAUSE = 0.01


class LockTimeout(Exception):
    """Somebody held the lock for too long."""


class FileLock:
    """An open file with at most one lock on it. All methods may block for as long as they are told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close(self) -> None:
        """Drop the lock and the file."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def take(self, *, shared: bool, timeout: float = 0.0) -> bool:
        """Lock, or change the lock's kind; False: somebody else's lock stood against it the whole time."""
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(self.fd, kind)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(_PAUSE)
            else:
                return True


@contextmanager
def exclusive(path: Path, timeout: float) -> Iterator[None]:
    """Be alone with a lock file.

    Raises:
        LockTimeout: somebody else was, for all of ``timeout`` seconds.
    """
    lock = FileLock(path)
    try:
        if not lock.take(shared=False, timeout=timeout):
            raise LockTimeout(str(path))
        yield
    finally:
        lock.close()


def is_held(path: Path) -> bool:
    """Whether anybody holds the lock exclusively. Asking disturbs no one who also asks."""
    lock = FileLock(path)
    try:
        return not lock.take(shared=True)
    finally:
        lock.close()
