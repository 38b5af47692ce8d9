"""Planner and critic behind the OpenAI chat API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from stepweave.agents.agent import Agent, Host
from stepweave.agents.language import critic_of, planner_of
from stepweave.models.chat import Chat
from stepweave.models.settings import ChatSettings

BASE = "chat"
"""The settings that planner and critic have in common: `[agents.chat]`."""


@asynccontextmanager
async def planner(host: Host) -> AsyncIterator[Agent]:
    """The planner; its settings are `planner.chat`."""
    settings = host.configuration("planner.chat", ChatSettings, BASE)
    async with aclosing(Chat(settings)) as model:
        yield planner_of("chat", model, settings)


@asynccontextmanager
async def critic(host: Host) -> AsyncIterator[Agent]:
    """The critic; its settings are `critic.chat`."""
    settings = host.configuration("critic.chat", ChatSettings, BASE)
    async with aclosing(Chat(settings)) as model, critic_of("chat", model, settings) as agent:
        yield agent
