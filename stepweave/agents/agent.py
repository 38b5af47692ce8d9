"""What an agent is: a function from a typed ask to a typed answer, under a role and a capability.

    @agent("critic", capability="brand")
    async def brand_critic(ask: Judge, ctx: Context) -> Verdict: ...

The annotations say which asks it answers. A role that answers nothing and only listens is an ``@observer``.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from stepweave.agents.pace import Pace
from stepweave.agents.retries import Retries
from stepweave.bus import BlobStore, Bus
from stepweave.messages import Answer, Ask, Call, Cause, Progress

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Host:
    """The process an agent runs in: its bus and its folder."""

    bus: Bus
    home: Path
    """Where this process may keep files."""
    source: str = "/agents"
    """The process, as it is recorded with every message (CloudEvents source)."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings of agents, by ``role.capability``."""
    retries: Retries = field(default_factory=Retries)
    """When an ask is tried again, unless its agent says otherwise."""
    pace: Pace = field(default_factory=Pace)
    """How its orchestrator goes about the runs."""

    def configuration(self, name: str, model: type[M], base: str = "") -> M:
        """The settings of an agent, ``role.capability``, checked.

        Args:
            name: of the agent.
            model: what can be set.
            base: a name whose settings hold where the agent has none of its own.

        Raises:
            BadSetting: one is unknown, or not what it should be.
        """
        return configuration(self.settings, name, model, base)


class BadSetting(ValueError):
    """An agent is set up in a way it cannot be; the text names the setting."""


def configuration(settings: Mapping[str, Any], name: str, model: type[M], base: str = "") -> M:
    """The settings of an agent, checked, out of those of all agents; see :meth:`Host.configuration`.

    Raises:
        BadSetting: one is unknown, or not what it should be.
    """
    try:
        return model.model_validate({**settings.get(base, {}), **settings.get(name, {})})
    except ValidationError as error:
        fault = error.errors()[0]
        known = ", ".join(model.model_fields)
        where = ".".join(map(str, (f'agents."{name}"', *fault["loc"])))
        raise BadSetting(f"the setting {where} is not possible ({fault['msg']}); known are {known}") from None


@dataclass(frozen=True, slots=True)
class Context:
    """What an agent is given beside the ask."""

    run: str
    task: str
    attempt: int
    """How often this ask has been delivered, from 1."""
    host: Host
    wanted: Callable[[], bool] = field(default=lambda: True)
    """Whether anybody still waits for the answer. What awaits is stopped by itself when nobody does; work in a thread
    that takes long looks here now and then, and gives up."""
    tell: Callable[[Progress], None] = field(default=lambda progress: None)
    """To be told now and then how far the work is; may be called from any thread, and is passed on at most twice a
    second, to whoever listens (``Weave.progress``)."""
    release: Callable[[], None] = field(default=lambda: None)
    """To be called when what is scarce about the work is done (the model has drawn, the picture is yet to be stored):
    the worker then takes the next ask while this one is brought to its end."""

    @property
    def blobs(self) -> BlobStore:
        """Pictures, by hash."""
        return self.host.bus.blobs


class AgentError(Exception):
    """An agent cannot answer; becomes a ``Failure`` in the log.

    Args:
        reason: what went wrong, with the value.
        remedy: what the user can do about it.
        cause: ``permanent`` if the very same ask would fail again; if not, it is delivered again after a pause.
        kind: what to call it in the log; by default the name of its class.
        calls: what models were asked on the way.
        final: it is not delivered again, whatever its cause.
    """

    def __init__(
        self,
        reason: str,
        remedy: str = "",
        *,
        cause: Cause = "permanent",
        kind: str = "",
        calls: tuple[Call, ...] = (),
        final: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.cause = cause
        self.kind = kind or type(self).__name__
        self.calls = calls
        self.final = final


class NotAnAgent(TypeError):
    """A function was decorated whose annotations do not say what it answers."""

    def __init__(self, function: Callable[..., Any], why: str) -> None:
        super().__init__(
            f"{function.__module__}.{function.__qualname__}: {why}; "
            "write async def name(ask: Judge, ctx: Context) -> Verdict"
        )


Single = Callable[[Any, Context], Awaitable[Answer]]
Batched = Callable[[Sequence[Any], Sequence[Context]], Awaitable[Sequence[Answer | Exception]]]


@dataclass(frozen=True, slots=True)
class Agent:
    """A function under a role and a capability, and how it likes to be run."""

    role: str
    capability: str
    answer: Single | Batched
    asks: tuple[type[Ask], ...]
    description: str = ""
    concurrency: int = 1
    """How many asks it works on at the same time."""
    batch: int = 1
    """How many asks it is handed at once; its function takes sequences if this is more than 1."""
    lease: float | None = None
    """Seconds without a heartbeat after which its work goes to another worker; ``None``: the bus's setting."""
    retries: Retries | None = None
    """When an ask is tried again; ``None``: as the host says."""
    costly: bool = False
    """Look whether the ask is still open before every answer, not only after a redelivery, and stop when it is called
    off; another ask may be taken before an answer is stored, see :attr:`Context.release`."""

    @property
    def name(self) -> str:
        """``role:capability``."""
        return f"{self.role}:{self.capability}"

    async def __call__(self, ask: Ask, ctx: Context) -> Answer:
        """Answer one ask, as its function would."""
        if self.batch == 1:
            return await typing.cast("Single", self.answer)(ask, ctx)
        (answer,) = await typing.cast("Batched", self.answer)([ask], [ctx])
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass(frozen=True, slots=True)
class Observer:
    """A role that answers no asks: it follows the log and does what follows from it."""

    role: str
    run: Callable[[Host], Coroutine[Any, Any, None]]
    description: str = ""

    @property
    def name(self) -> str:
        """The role."""
        return self.role


Participant = Agent | Observer


class Factory(Protocol):
    """Makes a participant that holds something for as long as it runs: a model, a database."""

    def __call__(self, host: Host) -> AbstractAsyncContextManager[Participant]:
        """Open what it holds, give the participant, close it afterwards."""
        ...


def agent(
    role: str,
    *,
    capability: str,
    concurrency: int = 1,
    batch: int = 1,
    lease: float | None = None,
    costly: bool = False,
    retries: Retries | None = None,
) -> Callable[[Single | Batched], Agent]:
    """Make an agent of an async function; see :class:`Agent` for the settings.

    Raises:
        NotAnAgent: the function's annotations do not name the asks it answers.
    """

    def decorate(function: Single | Batched) -> Agent:
        asks = _asks(function)
        about = (function.__doc__ or "").strip().split("\n")[0]
        return Agent(role, capability, function, asks, about, concurrency, batch, lease, retries, costly)

    return decorate


def observer(role: str) -> Callable[[Callable[[Host], Coroutine[Any, Any, None]]], Observer]:
    """Make an observer of an async function that gets the host and runs until it is cancelled."""

    def decorate(function: Callable[[Host], Coroutine[Any, Any, None]]) -> Observer:
        return Observer(role, function, (function.__doc__ or "").strip().split("\n")[0])

    return decorate


def configured(participant: Participant, concurrency: int | None = None) -> Participant:
    """The same participant with another concurrency, if one is given."""
    if concurrency is None or isinstance(participant, Observer):
        return participant
    return replace(participant, concurrency=concurrency)


def _asks(function: Callable[..., Any]) -> tuple[type[Ask], ...]:
    """The ask types in the annotation of a function's first parameter."""
    hints = typing.get_type_hints(function)
    if not hints or next(iter(hints)) == "return":
        raise NotAnAgent(function, "its first parameter has no annotation")
    first = next(iter(hints.values()))
    origin = typing.get_origin(first)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Sequence):
        (first,) = typing.get_args(first)
        origin = typing.get_origin(first)
    kinds = typing.get_args(first) if origin in (typing.Union, types.UnionType) else (first,)
    for kind in kinds:
        if not (isinstance(kind, type) and issubclass(kind, Ask)):
            raise NotAnAgent(function, f"{kind!r} is not an ask")
    return tuple(kinds)
