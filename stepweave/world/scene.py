"""Scenes: what is in a picture of the embedded world, and the operations that change it.

Coordinates are fractions of the picture, (0, 0) top left and (1, 1) bottom right, so a scene has no pixel size.
Pure values: language.py makes operations from sentences, layout.py applies them, render.py draws the result.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a picture. Later items lie over earlier ones."""

    id: int
    thing: str
    """A shape, a composite thing, or ``text``."""
    x: float
    """Centre, as a fraction of the width."""
    y: float
    """Centre, as a fraction of the height."""
    extent: float
    """The longer side of its bounding box, as a fraction of the picture's shorter side."""
    colour: str | None = None
    """The colour of its main part; ``None``: the thing's own default."""
    parts: tuple[str, ...] | None = None
    """The parts drawn so far; ``None``: all of them."""
    part_colours: tuple[tuple[str, str], ...] = ()
    """Colours of parts that differ from their defaults."""
    label: str = ""
    """The words of a ``text``."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A background and the things on it, from back to front."""

    background: str = "white"
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point at things already there: "the small red circle", "the house on the left"."""

    thing: str
    colour: str | None = None
    size: str | None = None
    place: str | None = None
    label: str = ""
    every: bool = False
    """All that match ("the circles"), not one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A place given by another thing: left of, right of, above, below, on, inside, next to."""

    kind: str
    to: Reference


@dataclass(frozen=True, slots=True)
class Add:
    """Put one or more new things into the picture."""

    thing: str
    count: int = 1
    colour: str | None = None
    size: str | None = None
    place: str | None = None
    relation: Relation | None = None
    parts: tuple[str, ...] | None = None
    """Only these parts ("the walls of a house")."""
    label: str = ""
    precise: frozenset[str] = frozenset()
    """Aspects the words insist on ("exactly three", "pure red"): colour, size, place, count."""


@dataclass(frozen=True, slots=True)
class AddPart:
    """Draw a named part of a thing already there: "add a red roof to the house"."""

    part: str
    target: Reference
    colour: str | None = None
    precise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remove:
    """Take things, or one part of a thing, out of the picture."""

    target: Reference
    part: str | None = None
    precise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """Bring a thing to another place."""

    target: Reference
    place: str | None = None
    relation: Relation | None = None
    precise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recolour:
    """Give a thing, or one part of it, another colour."""

    target: Reference
    colour: str
    part: str | None = None
    precise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resize:
    """Make a thing one of the named sizes, or ``bigger`` or ``smaller`` than it is."""

    target: Reference
    size: str
    precise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Background:
    """Give the picture another background."""

    colour: str
    precise: frozenset[str] = frozenset()


Operation = Add | AddPart | Remove | Move | Recolour | Resize | Background


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a prompt asks for, in the order it was said."""

    operations: tuple[Operation, ...]
    text: str = field(default="", compare=False)
    """The words it was read from."""
