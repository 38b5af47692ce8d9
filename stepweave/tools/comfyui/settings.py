"""What can be set about a ComfyUI server: where it is, and where in a workflow an order's values go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stepweave.models.settings import ServerSettings


class Places(BaseModel):
    """A workflow, and where in it the values of an order go, each as `node.input`; what has no place is not taken."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    file: Path
    """The workflow, as ComfyUI writes it with Export (API)."""
    prompt: str
    """Where the prompt goes."""
    output: str
    """The node whose picture is the result."""
    images: tuple[str, ...] = ()
    """Where the names of the source pictures go: the one that is edited, then the references."""
    seed: str = ""
    width: str = ""
    height: str = ""
    steps: str = ""
    guidance: str = ""
    negative_prompt: str = ""


class ComfySettings(ServerSettings):
    """A ComfyUI server, and workflows for it."""

    url: str = "http://127.0.0.1:8188"
    """Its address."""
    key_env: str = "COMFYUI_API_KEY"
    """The environment variable that holds the key, where something before it wants one."""
    generate: Places | None = None
    """Draws from nothing."""
    edit: Places | None = None
    """Starts from a picture."""
    size: Annotated[int, Field(ge=1)] = 1024
    """Pixels of a side of what a workflow draws that has no places for width and height."""
    smallest: Annotated[int, Field(ge=1)] = 64
    """Pixels of a side, at least, where there are such places."""
    largest: Annotated[int, Field(ge=1)] = 4096
    """Pixels of a side, at most; the same."""
    multiple: Annotated[int, Field(ge=1)] = 8
    """What both sides are divisible by; the same."""
    patience: Annotated[float, Field(gt=0)] = 600.0
    """Seconds that a picture may take, waiting included."""
    slots: Annotated[int, Field(ge=1)] = 1
    """Pictures under way at a time; the server draws one after the other."""
    model: str = ""
    """What the workflows draw with, for the record."""
    licence: str = ""
    """Of what they draw, for the record."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.generate is None and self.edit is None:
            raise ValueError("a workflow is wanted: set `generate`, `edit`, or both")
        if self.edit is not None and not self.edit.images:
            raise ValueError("`edit` needs `images`: where the picture goes that is edited")
        if self.generate is not None and self.generate.images:
            raise ValueError("`generate` starts from nothing: `images` belongs to `edit`")
        return self
