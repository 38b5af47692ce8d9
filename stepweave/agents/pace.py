"""What can be set about an orchestrator: a small leaf of the import graph."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Pace(BaseModel):
    """How an orchestrator goes about its runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    takeover: Annotated[float, Field(ge=0)] = 0.5
    """Seconds without a word from an orchestrator after which others decide in the runs that it owes a decision; with
    0 nothing is left to others, and all decide in all runs."""
    silence: Annotated[float, Field(gt=0)] = 5.0
    """Seconds without a word from a run after which it is read again and its commands are published again."""
    trust: Annotated[float, Field(gt=0)] = 60.0
    """Seconds a run may stand still though its orchestrator is heard of, before others look after it."""
    held: Annotated[int, Field(ge=1)] = 136 * 2**20
    """Bytes of messages of all runs whose states are held in memory: measured, that takes about six times as much."""
    beginning: Annotated[int, Field(ge=1)] = 32
    """New runs that are begun at the same time: with many, those under way would wait until all others are begun."""
    reading: Annotated[int, Field(ge=1)] = 8
    """Runs that are read from the log at the same time."""
    ended: Annotated[int, Field(ge=1)] = 10_000
    """How many ended runs are remembered as ended, so that a late answer does not make us read them again."""
