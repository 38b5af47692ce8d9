"""What an image tool is: one protocol for everything that draws, embedded or model-backed.

A tool is plain synchronous code that turns orders into pictures; the generator agent gives it a thread, fetches
its source pictures and stores what it draws. A tool says what it can do, and refuses what it cannot: a parameter is
honoured or refused, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from PIL import Image

from stepweave.messages import Cause, Made, Parameter
from stepweave.tools.knobs import Knob


class ToolError(Exception):
    """A tool could not draw; ``remedy`` says what the user can do, ``cause`` whether trying again could help."""

    def __init__(self, reason: str, remedy: str = "", *, cause: Cause = "permanent") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.cause = cause


class Refused(ToolError):
    """The order asks for something the tool does not have or cannot do."""


class BrokenTool(ToolError):
    """The tool broke its promise: it gave too few pictures, or one of another size."""


class Unwanted(ToolError):
    """The order was called off while it was drawn."""

    def __init__(self) -> None:
        super().__init__("it was called off", cause="transient")


@dataclass(frozen=True, slots=True)
class Order:
    """One picture wanted."""

    prompt: str
    seed: int
    width: int
    height: int
    sources: tuple[Image.Image, ...] = ()
    """Verified RGB pictures; the first is edited, the rest are references. Empty: text to image.
    Text chunks of a PNG are in ``image.info``."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    wanted: Callable[[], bool] = field(default=lambda: True, compare=False)
    """Whether anybody still wants it. A tool that draws in many small steps asks between them, and returns
    :class:`Unwanted` in its place when nobody does."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture drawn."""

    image: Image.Image
    """RGB, of the size ordered."""
    chunks: Mapping[str, str] = field(default_factory=dict)
    """Text chunks to be written into the PNG."""
    made: Made | None = None
    """How it was made, where a model made it."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a tool can do; an order beyond it is refused before the tool is asked."""

    edit: bool
    """Can start from a picture."""
    generate: bool = True
    """Can start from nothing."""
    references: int = 0
    """How many further pictures it can look at."""
    smallest: int = 64
    """Pixels, either side."""
    largest: int = 4096
    """Pixels, either side."""
    multiple: int = 1
    """Both sides must be divisible by this."""
    parameters: Mapping[str, Knob] = field(default_factory=dict)
    """Parameters of its own."""
    batch: int = 1
    """How many orders it likes to get at once."""
    origin: Literal["algorithmicMedia", "trainedAlgorithmicMedia"] = "trainedAlgorithmicMedia"
    """IPTC digital source type of what it draws from nothing."""


@runtime_checkable
class ImageTool(Protocol):
    """Draws orders, one picture or one error each, in their order."""

    name: str
    """Tool, model and version, as it is recorded with every picture."""
    abilities: Abilities

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw a batch. An error of one order is returned in its place, so that it does not spoil the others."""
        ...


def check(order: Order, abilities: Abilities) -> None:
    """Refuse an order the tool cannot honour in full.

    Raises:
        Refused: naming the value and what would be accepted.
    """
    if not order.sources and not abilities.generate:
        raise Refused(
            "this generator edits pictures, and cannot draw from nothing",
            "give the request a picture to start from, or choose a generator that draws",
        )
    if order.sources and not abilities.edit:
        raise Refused(
            "this generator cannot edit a picture", "choose a generator that edits, or a request without pictures"
        )
    if len(order.sources) > 1 + abilities.references:
        raise Refused(
            f"{len(order.sources)} source pictures given, at most {1 + abilities.references} can be used",
            "name fewer pictures as sources of the step",
        )
    for side, pixels in (("width", order.width), ("height", order.height)):
        if not abilities.smallest <= pixels <= abilities.largest or pixels % abilities.multiple:
            divisible = f" and divisible by {abilities.multiple}" if abilities.multiple > 1 else ""
            accepted = f"{abilities.smallest} to {abilities.largest} pixels{divisible}"
            raise Refused(f"{side} {pixels} is not possible", f"choose {accepted}")
    if unknown := sorted(set(order.parameters) - set(abilities.parameters)):
        known = ", ".join(sorted(abilities.parameters)) or "none"
        raise Refused(f"unknown parameter {', '.join(unknown)}", f"this generator's own parameters: {known}")
    for name, value in order.parameters.items():
        knob = abilities.parameters[name]
        if not knob.takes(value):
            raise Refused(f"{name} {value!r} is not possible", f"choose {knob.accepted}")


def likeness(order: Order) -> Hashable:
    """What has to be alike for two orders to be drawn in one go: all but prompt, seed and what is in the sources."""
    sizes = tuple(source.size for source in order.sources)
    return order.width, order.height, sizes, tuple(sorted(order.parameters.items()))
