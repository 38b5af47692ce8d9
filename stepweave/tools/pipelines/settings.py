"""What can be set about a pipeline."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

DEFAULT = "black-forest-labs/FLUX.2-klein-4B"
"""Generates and edits, with several references, in four steps; about 13 GB; Apache 2.0."""


class Adapter(BaseModel):
    """A LoRA: a small change of a model's weights."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str
    """Its folder, or its id on the Hugging Face hub."""
    file: str = ""
    """The name of its file there; empty: the only one there is."""
    scale: Annotated[float, Field(ge=-10, le=10)] = 1.0
    """How strongly it counts."""


class PipelineSettings(BaseModel):
    """A pipeline, or two: one that generates, and one that edits."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str = DEFAULT
    """Its folder, or its id on the Hugging Face hub."""
    edit_model: str = ""
    """A second one that edits, where the first cannot; empty: none."""
    revision: str = ""
    """The commit or tag of the model on the hub; empty: the newest, or what is on the disk."""
    device: str = "auto"
    """`cuda`, `cuda:1`, `mps`, `cpu`; auto: the best there is."""
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    """Precision of the numbers; auto: float32 on a processor, otherwise bfloat16."""
    offload: Literal["none", "model", "sequential"] = "none"
    """What does not have to be on the device stays in main memory: whole models, or layers (least memory, slowest)."""
    batch: Annotated[int, Field(ge=1, le=256)] = 8
    """Pictures drawn in one go at most; where the memory does not suffice it is halved."""
    wait: Annotated[float, Field(ge=0, le=60)] = 0.03
    """Seconds that an order waits for others to be drawn with it while the device is free."""
    steps: Annotated[int | None, Field(ge=1, le=1000)] = None
    """Steps of the sampler unless a run says otherwise; none: as the model wants."""
    guidance: Annotated[float | None, Field(ge=0, le=100)] = None
    """How closely the prompt is followed unless a run says otherwise; none: as the model wants."""
    lora: tuple[Adapter, ...] = ()
    """Adapters of the first model."""
    call: dict[str, Any] = {}
    """Further arguments of the pipeline's call, such as `max_sequence_length`."""
    largest: Annotated[int, Field(ge=64, le=16384)] = 2048
    """Pixels of a side, at most."""
    preview: Annotated[float, Field(ge=0)] = 1.0
    """Seconds between previews of a picture while it is drawn, at least; 0: none."""
    licence: str = ""
    """Of the weights, for the record; empty: as the model's card says."""
