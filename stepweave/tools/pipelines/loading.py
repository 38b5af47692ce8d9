"""Loading a pipeline: from a folder or the hub, without running code of others, onto a device."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import DiffusionPipeline
from diffusers.utils import logging as diffusers_logging
from huggingface_hub.errors import HfHubHTTPError, HFValidationError
from transformers.utils import logging as transformers_logging

from stepweave.tools.pipelines.card import Card, card_of
from stepweave.tools.pipelines.errors import BadAdapter, NoDevice, NotAModel, NotDownloaded, PickledWeights
from stepweave.tools.pipelines.settings import PipelineSettings

logger = logging.getLogger("stepweave.tools")

INDEX = "model_index.json"
LIBRARIES = frozenset({"diffusers", "transformers"})
"""Where parts of a pipeline may come from; others would be imported because a file says so."""
_PICKLES = frozenset({".bin", ".ckpt", ".pt", ".pth", ".pkl", ".pickle"})
_LARGEST_INDEX = 1_000_000

# Bars of parts that are being loaded say nothing in a log, and spoil what else is on a terminal.
diffusers_logging.disable_progress_bar()
transformers_logging.disable_progress_bar()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline that is ready to draw."""

    pipe: Any
    card: Card
    device: str
    dtype: str
    """Precision of its numbers."""
    adapters: tuple[str, ...] = ()
    """Adapters on it, with their weights."""


def load(model: str, settings: PipelineSettings, *, adapters: bool = True) -> Loaded:
    """Load a model; from the hub it is fetched first.

    Args:
        model: its folder or id.
        settings: device, precision, adapters.
        adapters: whether the adapters of the settings are put on it.

    Raises:
        NotAModel, PickledWeights, NotDownloaded, NoDevice, BadAdapter: it cannot be used, and why.
    """
    device = device_of(settings.device)
    dtype = dtype_of(settings.dtype, device)
    folder = _folder(model, settings.revision)
    check(folder, model)
    try:
        pipe = DiffusionPipeline.from_pretrained(
            folder, dtype=getattr(torch, dtype), use_safetensors=True, local_files_only=True
        )
    except (OSError, ValueError, AttributeError, TypeError, KeyError, ImportError) as error:
        raise NotAModel(model, f"diffusers cannot load it ({_first_line(error)})") from error
    names = tuple(_adapted(pipe, model, settings)) if adapters else ()
    pipe.set_progress_bar_config(disable=True)
    _place(pipe, device, settings.offload)
    return Loaded(pipe, card_of(model, folder), device, dtype, names)


def device_of(name: str) -> str:
    """The device that a setting means.

    Raises:
        NoDevice: this machine does not have it.
    """
    there = list(_devices())
    if name == "auto":
        return there[0]
    kind, _, number = name.partition(":")
    if name in there or (not number and f"{kind}:0" in there) or (number == "0" and kind in there):
        return name
    raise NoDevice(name, there)


def _devices() -> Iterator[str]:
    """What this machine has, best first."""
    yield from (f"cuda:{number}" for number in range(torch.cuda.device_count()))
    if torch.xpu.is_available():
        yield from (f"xpu:{number}" for number in range(torch.xpu.device_count()))
    if torch.backends.mps.is_available():
        yield "mps"
    yield "cpu"


def dtype_of(name: str, device: str) -> str:
    """The precision that a setting means: half of it halves the memory, but processors are slow with it."""
    if name != "auto":
        return name
    return "float32" if device == "cpu" else "bfloat16"


def check(folder: Path, model: str) -> None:
    """Look into a model's folder before anything is loaded from it.

    Raises:
        NotAModel: it is not in the form of diffusers, or made of parts from elsewhere.
        PickledWeights: some part has no weights but those that run code when they are read.
    """
    index = folder / INDEX
    try:
        with index.open("rb") as file:
            parts = json.loads(file.read(_LARGEST_INDEX))
    except FileNotFoundError:
        raise NotAModel(model, f"there is no {INDEX} in {folder}; {_instead(folder)}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise NotAModel(model, f"its {INDEX} cannot be read ({error})") from None
    if not isinstance(parts, dict) or not isinstance(parts.get("_class_name"), str):
        raise NotAModel(model, f"its {INDEX} names no pipeline (_class_name) of diffusers")
    for name, part in parts.items():
        if name.startswith("_") or not isinstance(part, list) or not part or part[0] is None:
            continue
        if part[0] not in LIBRARIES:
            raise NotAModel(model, f"its part {name} is from {part[0]!r}, which is not loaded because a file says so")
        _check_weights(folder / name, model)


def _check_weights(part: Path, model: str) -> None:
    files = [path.name for path in part.iterdir() if path.is_file()] if part.is_dir() else []
    pickled = [name for name in files if Path(name).suffix.lower() in _PICKLES]
    if pickled and not any(name.endswith(".safetensors") for name in files):
        raise PickledWeights(model, [f"{part.name}/{name}" for name in sorted(pickled)])


def _instead(folder: Path) -> str:
    """What there is in a folder that is no model."""
    names = sorted(path.name for path in folder.iterdir())
    if any(name.endswith(".safetensors") for name in names):
        return "a single .safetensors file is not in this form yet (diffusers converts it: from_single_file)"
    return f"there is {', '.join(names[:5])}" if names else "it is empty"


def _folder(model: str, revision: str) -> Path:
    """Where a model lies; one of the hub is fetched."""
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    if path.is_file():
        if path.suffix.lower() in _PICKLES:
            raise PickledWeights(model, [path.name])
        raise NotAModel(model, "it is a file, and not a folder")
    if path.is_absolute() or model.startswith((".", "~")) or model.count("/") != 1:
        raise NotAModel(model, "there is no such folder")
    logger.info("fetching %s, unless it is on the disk; a large model is many gigabytes", model)
    try:
        return Path(DiffusionPipeline.download(model, revision=revision or None, use_safetensors=True))
    except HFValidationError as error:
        raise NotAModel(model, _first_line(error)) from None
    except (HfHubHTTPError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # a full disk and the like: the system says what to do
        raise NotDownloaded(model, _first_line(error)) from error


def _adapted(pipe: Any, model: str, settings: PipelineSettings) -> Iterator[str]:
    """Put the adapters on; gives each with its weight."""
    if not settings.lora:
        return
    if not hasattr(pipe, "load_lora_weights"):
        raise BadAdapter(settings.lora[0].model, model, f"{type(pipe).__name__} takes none")
    names = [f"adapter-{number}" for number in range(len(settings.lora))]
    for name, adapter in zip(names, settings.lora, strict=True):
        where = Path(adapter.model).expanduser()
        try:
            pipe.load_lora_weights(
                where if where.exists() else adapter.model,
                weight_name=adapter.file or None,
                adapter_name=name,
                use_safetensors=True,
            )
        except Exception as error:  # peft and diffusers raise whatever comes to their hands
            raise BadAdapter(adapter.model, model, _first_line(error)) from error
        if all(name not in present for present in pipe.get_list_adapters().values()):
            raise BadAdapter(adapter.model, model, "none of its weights is for a part of this model")
        yield f"{adapter.model}{f'/{adapter.file}' if adapter.file else ''} x {adapter.scale:g}"
    pipe.set_adapters(names, [adapter.scale for adapter in settings.lora])


def _place(pipe: Any, device: str, offload: str) -> None:
    if offload == "none" or device == "cpu":
        pipe.to(device)
    elif offload == "model":
        pipe.enable_model_cpu_offload(device=device)
    else:
        pipe.enable_sequential_cpu_offload(device=device)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__
