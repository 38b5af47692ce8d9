"""What a setting is: flat areas behind all things, as data, and the line on which things stand."""

from __future__ import annotations

from dataclasses import dataclass

from stepweave.world.things.forms import Form
from stepweave.world.vocabulary import RGB


@dataclass(frozen=True, slots=True)
class Area:
    """Forms of one colour, without outlines and without shading."""

    colour: RGB
    forms: tuple[Form, ...]
    """Closed forms; their paint is not looked at. They melt into each other."""
    at: tuple[float, float] | None = None
    """Where their origin lies, as fractions of the picture's width and height; they keep their shape then, and count
    in hundredths of the picture's shorter side. ``None``: they are stretched over the picture and count in hundredths
    of its width and of its height."""
    every: float = 0.0
    """They are repeated from side to side at this distance, in hundredths of the shorter side (the pales of a fence);
    0: they are there once."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A place in which pictures play: what is behind everything."""

    name: str
    sky: RGB
    """The colour of all that no area covers."""
    ground: float
    """The line on which standing things are set, as a fraction of the picture's height from the top."""
    ink: RGB
    """The colour of outlines of things before it."""
    areas: tuple[Area, ...]
    """From back to front."""
    floating: bool = False
    """Whether things float in it anywhere, and the ground is only a sight (under water)."""
