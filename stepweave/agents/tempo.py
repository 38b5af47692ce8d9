"""How fast an embedded agent goes: as fast as it can, or as slowly as a model would, to try policies out."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Tempo(BaseModel):
    """Settings of an embedded generator or critic."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    seconds: Annotated[float, Field(ge=0, le=86_400)] = 0.0
    """Time that an answer takes at least."""
    slots: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """Asks worked on at a time; ``None``: as many as the agent likes."""
