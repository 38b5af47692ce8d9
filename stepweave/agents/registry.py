"""Which roles and capabilities there are: entry points, looked up when they are used and never at import.

A package of one's own adds a role by an entry point in the group ``stepweave.agents``, named ``role.capability``
(or just ``role`` for an observer), that points at an agent, an observer or a factory of either.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import Any, cast

from stepweave.agents.agent import Agent, Factory, Host, Observer, Participant
from stepweave.messages import Options

GROUP = "stepweave.agents"


@dataclass(frozen=True, slots=True)
class Extra:
    """What an extra of this package brings."""

    name: str
    modules: tuple[str, ...]
    """Without these it is not there."""


_CHAT = Extra("chat", ("openai", "json_repair"))
_DATA = Extra("data", ("pyarrow",))
_DIFFUSERS = Extra("diffusers", ("torch", "diffusers", "transformers"))
_IMAGES_API = Extra("images-api", ("openai",))
_VLLM = Extra("vllm", ("vllm", "json_repair"))
EXTRAS: Mapping[str, Extra] = {
    "chat": _CHAT,
    "comfyui": _IMAGES_API,
    "diffusers": _DIFFUSERS,
    "images-api": _IMAGES_API,
    "interleave-edit": _IMAGES_API,
    "recorder": _DATA,
    "vllm": _VLLM,
}
"""Which extra brings what a capability of ours needs, or an observer."""

_DEFAULTS = {
    "planner": Options().planner,
    "generator": Options().generator,
    "critic": Options().critics[0],
    "memory": Options().memory,
}


class UnknownAgent(LookupError):
    """No such role or capability is installed; the message lists those that are."""

    def __init__(self, spec: str) -> None:
        super().__init__(
            f"there is no {spec!r}; installed: {', '.join(names())}; "
            f"a package of yours can add it with an entry point in the group {GROUP}"
        )


class MissingExtra(ImportError):
    """An agent is known, but what it runs on is not installed."""

    def __init__(self, spec: str, why: ImportError) -> None:
        extra = EXTRAS.get(spec.rpartition(":")[2])
        remedy = f"pip install 'stepweave[{extra.name}]'" if extra else "install what its package needs"
        what = f"needs {why.name}, which is not installed" if extra and why.name else f"cannot be loaded: {why}"
        super().__init__(f"{spec} {what}; {remedy}")


def full_name(spec: str) -> str:
    """``role:capability`` of a spec that may leave the capability out."""
    role, _, capability = spec.partition(":")
    capability = capability or _DEFAULTS.get(role) or ""
    return f"{role}:{capability}" if capability else role


def names() -> list[str]:
    """Everything installed, as ``role:capability``."""
    return sorted(_entry_points())


def is_known(spec: str) -> bool:
    """Whether an agent of this name is installed."""
    return full_name(spec) in _entry_points()


@asynccontextmanager
async def participant(spec: str, host: Host) -> AsyncIterator[Participant]:
    """Load an agent or observer, and keep open what it holds.

    Raises:
        UnknownAgent: nothing of that name is installed.
        MissingExtra: it is installed without something it needs.
    """
    loaded = load(spec)
    if isinstance(loaded, Agent | Observer):
        yield loaded
        return
    async with cast("Factory", loaded)(host) as made:
        yield made


def try_out(spec: str) -> None:
    """See whether an agent can be loaded; what takes long to import is only looked for.

    Raises:
        UnknownAgent, MissingExtra: it cannot.
    """
    extra = EXTRAS.get(full_name(spec).rpartition(":")[2])
    if extra is None:
        load(spec)
        return
    missing = next((name for name in extra.modules if find_spec(name) is None), None)
    if missing is not None:
        raise MissingExtra(full_name(spec), ModuleNotFoundError(f"No module named {missing!r}", name=missing))


def load(spec: str) -> Participant | Callable[..., Any]:
    """What the entry point of this name holds."""
    point = _entry_points().get(full_name(spec))
    if point is None:
        raise UnknownAgent(spec)
    try:
        return cast("Participant | Callable[..., Any]", point.load())
    except ImportError as error:
        raise MissingExtra(spec, error) from error


def _entry_points() -> dict[str, EntryPoint]:
    return {point.name.replace(".", ":", 1): point for point in entry_points(group=GROUP)}
