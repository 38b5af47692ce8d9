"""A taught model, and a real server of it, for all tests here: they take half a minute each to make."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

THERE = find_spec("vllm") is not None
SITE = str(Path(__file__).parents[1] / "pipelines" / "site")
ROOT = Path(__file__).parents[2]
PATIENCE = 240.0
"""Seconds that a server may take to come up."""

if THERE:
    import tests.pipelines.shim  # noqa: F401
else:
    collect_ignore_glob = ["test_*.py"]

os.environ |= {
    "PYTHONPATH": f"{ROOT}{os.pathsep}{SITE}",  # for processes that import torchvision, an engine's among them
    "HF_HUB_OFFLINE": "1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",
}


def pytest_report_header() -> str:
    """What is left out."""
    return "" if THERE else "tests of vLLM are left out: `make test-vllm` runs them"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A model is taught, and a server started, within the time of some test."""
    for item in items:
        if "tests/vllm" in str(item.path):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny Qwen3-VL that plans and judges by heart."""
    folder = tmp_path_factory.mktemp("taught")
    command = [sys.executable, "-W", "ignore", "-m", "tests.vllm.taught", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server(taught: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of vLLM's own server with that model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "vllm.entrypoints.openai.api_server", "--model", str(taught)]
    command += ["--dtype", "float32", "--enforce-eager", "--max-model-len", "8192", "--port", str(port)]
    command += ["--structured-outputs-config", '{"backend": "xgrammar", "disable_any_whitespace": true}']
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield _until_up(process, f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(30)


def _until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return f"{url}/v1"
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"vLLM did not come up: {log.read_text()[-3000:]}")
