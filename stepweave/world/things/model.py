"""What a thing is: named parts in drawing order, each made of forms in the thing's own coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from stepweave.world.things.forms import Form, Point


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a thing."""

    name: str
    colour: str | None
    """Its default colour; ``None``: the colour of the thing's main part, whatever that is."""
    forms: tuple[Form, ...]
    """What it is made of, from back to front."""
    depth: int = 0
    """Parts of smaller depth lie behind, whenever they were drawn (a chimney stands behind the roof)."""


@dataclass(frozen=True, slots=True)
class Face:
    """Where a thing's face is, in the thing's own coordinates: what expressions are drawn upon (actions.py)."""

    eyes: tuple[Point, ...]
    """The centres of one or two eyes, from left to right."""
    eye: float
    """Radius of a circle around an eye that covers all that is drawn of it."""
    mouth: Point
    """The middle of the mouth; where there is a beak, of the beak."""
    width: float
    """Width of the mouth, of an ordinary smile."""
    skin: str
    """The part on which the eyes lie: closed lids have its colour."""
    marks: Point
    """The middle of a free spot beside or above the head, for signs such as the Zs of sleep."""
    size: float
    """Width and height of that spot."""
    muzzle: str | None = None
    """The part on whose lighter tone the mouth lies, where it does not lie on the skin."""
    beak: bool = False
    """Whether the mouth is a beak, on which no other mouth is drawn."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a thing can do, or how it can look: what is drawn upon it then."""

    name: str
    forms: tuple[Form, ...]
    """Drawn in front of all parts, from back to front; those without an ``of`` or a ``colour`` have the main colour."""
    hides: tuple[str, ...] = ()
    """Parts that are not drawn meanwhile (the closed lid of an open box)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One word of the vocabulary that can be drawn."""

    name: str
    main: str
    """The part that a colour word applies to: a red house has red walls."""
    parts: tuple[Part, ...]
    """In drawing order: how a person would draw it, one part after the other."""
    extent: float = 0.45
    """Its extent where no size is named, as a fraction of the picture's shorter side; less where room is short."""
    place: str = "middle"
    """Where it belongs in a picture of its own kind of world, if there is room and no place is named."""
    stands: bool = True
    """Whether it stands on the ground: beside others it is set on the line they stand on."""

    face: Face | None = None
    """Where its face is, if it has one: then it can sleep, smile, cry, ..."""
    grip: Point | None = None
    """Where it holds other things, if it can: the middle of what it holds is drawn there."""
    own_actions: tuple[Action, ...] = ()
    """What only this thing can do, or does in its own way; it goes before what all things of its kind do."""

    @property
    def colour(self) -> str:
        """The default colour of the main part."""
        colour = self.part(self.main).colour
        assert colour is not None, f"the main part of {self.name} has no colour"
        return colour

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts, in drawing order."""
        return tuple(part.name for part in self.parts)

    def part(self, name: str) -> Part:
        """Its part of that name; ``KeyError`` if it has none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)
