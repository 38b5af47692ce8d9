"""Planner and critic on a language model that vLLM runs in this process; with the same settings they share one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from stepweave.agents.agent import Agent, Host
from stepweave.agents.language import critic_of, planner_of
from stepweave.models.settings import VllmSettings
from stepweave.models.vllm import Engine

BASE = "vllm"
"""The settings that planner and critic have in common: `[agents.vllm]`."""


@dataclass(slots=True)
class _Shared:
    """An engine, and how many agents use it."""

    engine: Engine
    users: int = 0


_ENGINES: dict[str, _Shared] = {}
"""Of this process, by their settings."""


@asynccontextmanager
async def engine_of(settings: VllmSettings) -> AsyncIterator[Engine]:
    """The engine for these settings, running; it ends with the last who uses it.

    Raises:
        CannotStart: the model cannot be run so.
    """
    own = settings.for_engine()
    key = f"{own.model_dump_json()} {settings.image_side} {settings.keeps_tokens}"
    shared = _ENGINES.setdefault(key, _Shared(Engine(own, image_side=settings.image_side, ids=settings.keeps_tokens)))
    shared.users += 1
    try:
        await shared.engine.start()
        yield shared.engine
    finally:
        shared.users -= 1
        if not shared.users:
            del _ENGINES[key]
            await shared.engine.aclose()


@asynccontextmanager
async def planner(host: Host) -> AsyncIterator[Agent]:
    """The planner; its settings are `planner.vllm`."""
    settings = host.configuration("planner.vllm", VllmSettings, BASE)
    async with engine_of(settings) as model:
        yield planner_of("vllm", model, settings)


@asynccontextmanager
async def critic(host: Host) -> AsyncIterator[Agent]:
    """The critic; its settings are `critic.vllm`."""
    settings = host.configuration("critic.vllm", VllmSettings, BASE)
    async with engine_of(settings) as model, critic_of("vllm", model, settings) as agent:
        yield agent
