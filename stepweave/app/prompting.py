"""Prompts of a user's own for the language models of one run: ``--planner-prompt`` and ``--critic-prompt``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stepweave.app.failures import UsageError
from stepweave.app.settings import Settings
from stepweave.app.sources import expanded

PROMPTED = ("chat", "vllm")
"""Capabilities that are told what to do by a file."""


@dataclass(frozen=True, slots=True)
class Prompted:
    """An agent that is to be told what a file says."""

    option: str
    agent: str
    """As ``role:capability``."""
    path: Path


def prompted(arguments: argparse.Namespace, settings: Settings) -> tuple[Prompted, ...]:
    """Who is given a prompt on the command line.

    Raises:
        UsageError: an agent that takes none.
    """
    found = tuple(_prompted(arguments, settings))
    for each in found:
        if each.agent.partition(":")[2] not in PROMPTED:
            raise UsageError(f"{each.option} is for language models ({', '.join(PROMPTED)}), not for {each.agent}")
    return found


def _prompted(arguments: argparse.Namespace, settings: Settings) -> Iterator[Prompted]:
    given = vars(arguments)
    if path := given.get("planner_prompt"):
        yield Prompted("--planner-prompt", f"planner:{settings.run.planner}", expanded(path))
    if path := given.get("critic_prompt"):
        models = [critic for critic in settings.run.critics if critic in PROMPTED] or list(settings.run.critics)
        for critic in models:
            yield Prompted("--critic-prompt", f"critic:{critic}", expanded(path))


def with_prompts(settings: Settings, prompts: Sequence[Prompted]) -> Settings:
    """The settings with these prompts in them."""
    agents = dict(settings.agents)
    for each in prompts:
        name = each.agent.replace(":", ".", 1)
        agents[name] = {**agents.get(name, {}), "prompt": str(each.path)}
    return settings.model_copy(update={"agents": agents})


def check_here(prompts: Sequence[Prompted], here: Sequence[str]) -> None:
    """Refuse a prompt for an agent that works elsewhere: it would be told something else.

    Raises:
        UsageError: there is one.
    """
    for each in prompts:
        if each.agent not in here:
            raise UsageError(
                f"{each.option} is for an agent that runs in this process, and a worker elsewhere serves {each.agent}; "
                f'set agents."{each.agent.replace(":", ".", 1)}".prompt there, or give --agents here'
            )
