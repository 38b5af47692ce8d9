"""Tiny pipelines in folders, for all tests here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

if THERE := find_spec("torch") is not None:  # before anything imports torchvision
    import tests.pipelines.shim  # noqa: F401
else:
    collect_ignore_glob = ["test_*.py"]


def pytest_report_header() -> str:
    """What is left out."""
    return "" if THERE else "tests of pipelines are left out: `make dev-models` brings torch and diffusers"


@pytest.fixture(scope="session", autouse=True)
def _two_threads() -> None:
    """Tiny models are no quicker with more."""
    import torch

    torch.set_num_threads(2)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a tiny pipeline, by its name in ``tiny.MAKERS``."""
    from tests.pipelines import tiny

    made: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in made:
            made[name] = tiny.saved(name, tmp_path_factory.mktemp(name))
        return made[name]

    return folder


@pytest.fixture(autouse=True)
def _small_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qwen-Image-Edit brings its sources to a megapixel, which is much for a processor; here to what is drawn."""
    import diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus as module

    for name in ("CONDITION_IMAGE_SIZE", "VAE_IMAGE_SIZE"):
        monkeypatch.setattr(module, name, 64 * 64)


@pytest.fixture
def tools() -> Iterator[Callable[..., Any]]:
    """Makes tools of settings, and closes them."""
    from stepweave.tools.pipelines.settings import PipelineSettings
    from stepweave.tools.pipelines.tool import Diffusers

    made: list[Diffusers] = []

    def make(folder: Path, **settings: Any) -> Diffusers:
        made.append(Diffusers(PipelineSettings(model=str(folder), **settings)))
        return made[-1]

    yield make
    for tool in made:
        tool.close()
