"""What can be set: a small leaf of the import graph; sources.py reads the values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from stepweave.agents.pace import Pace
from stepweave.agents.retries import Retries
from stepweave.bus.settings import MIB, BusSettings
from stepweave.images import Limits
from stepweave.messages import Budget, Parameter, Token


def _listed(value: object) -> object:
    """A list from the environment or the command line: JSON, or words between commas; ``none`` is the empty one."""
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        return _parsed(value)
    return [] if value.strip() in {"", "none"} else [word.strip() for word in value.split(",")]


def named_twice(names: Sequence[str]) -> str | None:
    """The first that stands in a list more than once."""
    return next((name for name in names if names.count(name) > 1), None)


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := named_twice(names):
        raise ValueError(f"{twice} is named twice")
    return names


def _mapped(value: object) -> object:
    """A mapping from the environment, as JSON."""
    return _parsed(value) if isinstance(value, str) else value


def _remembered(value: object) -> object:
    """``on`` and ``off`` beside the names of memories."""
    if not isinstance(value, str | bool):
        return value
    return {"on": "local", "off": None, "none": None, True: "local", False: None}.get(value, value)


def _parsed(text: str) -> object:
    """JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("lists within lists without end") from None


class Section(BaseModel):
    """A part of the settings; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class RunSettings(Section):
    """Defaults of a run; the options of ``stepweave run`` go before them."""

    planner: Token = "rules"
    """Who writes the steps."""
    generator: Token = "sketch"
    """Who draws."""
    critics: Annotated[tuple[Token, ...], BeforeValidator(_listed), AfterValidator(_different)] = ("pixels",)
    """Who judges each candidate; several are separated by commas, ``none`` accepts everything unseen."""
    agreement: Literal["all", "any"] = "all"
    """With several critics: whose yes is needed."""
    memory: Annotated[Token | None, BeforeValidator(_remembered)] = "local"
    """Which memory is asked and told: ``on`` (the one on this machine), ``off``, or a capability."""
    policy: str = "sequential(5)"
    """What to try next, and how often; docs/policies.md lists those there are."""
    exhausted: Literal["best", "replan", "stop"] = "best"
    """When every attempt at a step failed: keep the best, plan again from there, or stop."""
    refine: bool = True
    """Whether the next attempt is drawn with the prompt that the critic refined; if not, with the planned one again."""
    revisions: Annotated[int, Field(ge=0)] = 1
    """How often a run may plan again."""
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    """The number all chance in a run comes from: the same seed gives the same pictures."""
    size: Annotated[str, Field(pattern=r"^\d{1,5}(x\d{1,5})?$")] = "512"
    """Pixels of a picture: 512, or width x height as in 512x768."""
    parameters: Annotated[dict[str, Parameter], BeforeValidator(_mapped)] = {}
    """Parameters of the generator's own, e.g. fault_rate of the embedded one."""
    budget: Budget = Budget()
    """What a run may use up before it is ended."""
    priority: Literal["interactive", "background"] = "interactive"
    """Whose commands go first: those of a background run wait until a worker has nothing else to do."""
    approval: Literal["none", "plan", "steps", "all"] = "none"
    """What waits for `stepweave runs approve`: the plan, the picture of every step, or both."""


class IntakeSettings(Section):
    """What is accepted from people."""

    pictures: Annotated[int, Field(ge=0)] = 16
    """Pictures with one request."""
    picture_bytes: Annotated[int, Field(ge=1)] = Limits().size
    """Bytes of a picture file."""
    picture_side: Annotated[int, Field(ge=1)] = Limits().side
    """Pixels of a picture's longer side."""
    picture_pixels: Annotated[int, Field(ge=1)] = Limits().pixels
    """Pixels of a picture altogether."""
    picture_kept: Annotated[int, Field(ge=1)] = Limits().kept
    """Pixels of the longer side to which a larger picture is scaled down."""

    @property
    def limits(self) -> Limits:
        """The same as the reader of pictures wants it."""
        return Limits(self.picture_bytes, self.picture_side, self.picture_pixels, self.picture_kept)


class ServeSettings(Section):
    """How much `stepweave serve-images` takes."""

    size: Annotated[str, Field(pattern=r"^[1-9]\d{0,4}(x[1-9]\d{0,4})?$")] = "1024"
    """Pixels of a picture for which a request names no size; what the generator cannot do of it is left away."""
    pictures: Annotated[int, Field(ge=1)] = 16
    """Pictures to start from, with one request."""
    body_bytes: Annotated[int, Field(ge=1)] = 64 * MIB
    """Bytes of a request."""
    waiting: Annotated[int, Field(ge=10)] = 64
    """Pictures that are ordered and not drawn yet, over all requests; who wants more is asked to come again."""
    pause: Annotated[float, Field(gt=0)] = 30.0
    """Seconds between pictures that are drawn to see whether it works again, while it does not."""
    grace: Annotated[float, Field(ge=0)] = 10.0
    """Seconds that pictures under way have to be finished when the server is told to stop."""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of :attr:`size`."""
        width, _, height = self.size.partition("x")
        return int(width), int(height or width)


class ArchiveSettings(Section):
    """How large the archive of a run may be to be imported."""

    messages: Annotated[int, Field(ge=1)] = 100_000
    """Messages of the run."""
    message_bytes: Annotated[int, Field(ge=1)] = 8 * MIB
    """Bytes of a message."""
    log_bytes: Annotated[int, Field(ge=1)] = 256 * MIB
    """Bytes of all messages, as they stand in the archive."""
    pictures: Annotated[int, Field(ge=0)] = 20_000
    """Pictures of the run."""
    picture_bytes: Annotated[int, Field(ge=1)] = 8 * MIB
    """Bytes of a picture."""
    total_bytes: Annotated[int, Field(ge=1)] = 4096 * MIB
    """Bytes of everything, unpacked."""


class Settings(Section):
    """Everything that can be set."""

    home: Path = Path()
    """Folder of all state: store, memory, configuration. Set by ``STEPWEAVE_HOME`` only."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    """From which importance on a fact is logged on stderr."""
    bus: BusSettings = BusSettings()
    """How to reach the broker."""
    run: RunSettings = RunSettings()
    """Defaults of a run."""
    intake: IntakeSettings = IntakeSettings()
    """What is accepted from people."""
    work: Retries = Retries()
    """When an agent of this process tries again."""
    orchestrator: Pace = Pace()
    """How an orchestrator of this process goes about its runs."""
    serve: ServeSettings = ServeSettings()
    """How much `stepweave serve-images` takes."""
    archive: ArchiveSettings = ArchiveSettings()
    """How large the archive of a run may be to be imported."""
    agents: dict[str, dict[str, Any]] = {}
    """Settings of agents, by ``role.capability``: ``[agents."generator.sketch"]`` in a file."""
