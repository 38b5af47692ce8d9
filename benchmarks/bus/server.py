"""A fresh ``nats-server`` on a free loopback port, with an empty store on disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepweave.bus.process import MAX_PAYLOAD


def binary() -> str:
    """The server of this environment, or else the one on PATH.

    Raises:
        FileNotFoundError: there is none.
    """
    beside = shutil.which("nats-server", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("nats-server")
    if found is None:
        raise FileNotFoundError("no nats-server: run this with `make`, which installs one")
    return found


_PIDS: dict[str, int] = {}


def server_of(url: str) -> int:
    """The process of a server that :func:`serving` started here."""
    return _PIDS[url]


@contextmanager
def serving(seconds: float = 10.0) -> Iterator[str]:
    """The URL of a running server; it is stopped, and its store removed, on the way out.

    Raises:
        TimeoutError: the server did not come up within ``seconds``.
    """
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder, "server.conf")
        configuration.write_text(f"max_payload: {MAX_PAYLOAD}\n", encoding="utf-8")  # as our own server has it
        command = [binary(), "-js", "-sd", folder, "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", folder]
        command += ["-c", str(configuration)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        ports = Path(folder, f"nats-server_{process.pid}.ports")
        try:
            deadline = time.monotonic() + seconds
            while not ports.exists() or not (text := ports.read_text()).endswith("}"):
                if time.monotonic() > deadline or process.poll() is not None:
                    raise TimeoutError(f"nats-server did not come up within {seconds:g} s")
                time.sleep(0.02)
            url: str = json.loads(text)["nats"][0]
            _PIDS[url] = process.pid
            yield url
        finally:
            process.terminate()
            process.wait()
