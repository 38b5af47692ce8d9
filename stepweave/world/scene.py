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
    action: str | None = None
    """What it does, or how it looks while doing nothing: one of its thing's actions."""
    turn: int = 0
    """Degrees by which it is turned clockwise: one of ``TURNS``."""
    mirrored: bool = False
    """Whether it is flipped left to right, before it is turned."""
    held_by: int | None = None
    """The id of the thing whose grip it is in: it goes where that goes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A backdrop and the things before it, from back to front."""

    background: str = "white"
    """A colour or a setting: one of ``BACKDROPS``."""
    items: tuple[Item, ...] = ()
    drift: float = 0.0
    """How far all colours have drifted from what they should be, 0 to 1: what repeated edits do to a picture."""


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
    action: str | None = None
    """What it does ("the sleeping cat")."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A place given by another thing, or for ``between`` by two: one of ``RELATIONS``."""

    kind: str
    to: Reference
    other: Reference | None = None
    """The second thing of ``between``."""


Precise = tuple[str, ...]
"""The aspects that words insist on, sorted; one that is insisted on in several ways stands in it as many times."""


MOST_INSISTED = 3
"""In how many ways words insist on one aspect at most; saying it yet again adds nothing."""


def sharper(precise: Precise, *aspects: str) -> Precise:
    """What words insist on once they insist on these aspects, too, in one way more."""
    found = (*precise, *aspects)
    return tuple(one for one in sorted(set(found)) for _ in range(min(found.count(one), MOST_INSISTED)))


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
    action: str | None = None
    """What it does ("a sleeping cat")."""
    turn: int = 0
    """Degrees by which it is turned clockwise ("an upside-down house")."""
    mirrored: bool = False
    precise: Precise = ()
    """Aspects the words insist on ("exactly three", "pure red")."""


@dataclass(frozen=True, slots=True)
class AddPart:
    """Draw a named part of a thing already there: "add a red roof to the house"."""

    part: str
    target: Reference
    colour: str | None = None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Take things, or one part of a thing, out of the picture."""

    target: Reference
    part: str | None = None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Bring a thing to another place."""

    target: Reference
    place: str | None = None
    relation: Relation | None = None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Recolour:
    """Give a thing, or one part of it, another colour."""

    target: Reference
    colour: str
    part: str | None = None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Resize:
    """Make a thing one of the named sizes, or ``bigger`` or ``smaller`` than it is."""

    target: Reference
    size: str
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn a thing clockwise by ``degrees``, one of ``TURNS``, or flip it left to right."""

    target: Reference
    degrees: int = 0
    flip: bool = False
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Have a thing do something or look somehow ("the cat sleeps"); with no action it stops doing what it did."""

    target: Reference
    action: str | None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Put more of a thing into the picture that look as it does."""

    target: Reference
    count: int = 1
    """How many copies are made."""
    place: str | None = None
    relation: Relation | None = None
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Replace:
    """Put something else in the place of a thing, about as large as that was unless a size is named."""

    target: Reference
    new: Add
    """One thing, without a place of its own."""
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Background:
    """Give the picture another backdrop: a colour or a setting."""

    backdrop: str
    precise: Precise = ()


Operation = Add | AddPart | Remove | Move | Recolour | Resize | Turn | Act | Duplicate | Replace | Background


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a prompt asks for, in the order it was said."""

    operations: tuple[Operation, ...]
    text: str = field(default="", compare=False)
    """The words it was read from."""
