"""How a request is built: clauses, the nouns in them, and what is said about each; still words, not yet operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepweave.world.scene import Precise

Head = Literal["thing", "part", "text", "background", "picture", "colour", "size", "it", "them", "one", "copy"]
Act = Literal["add", "remove", "move", "change", "replace", "give", "hold", "copy", "remind"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the picture, or beside another thing; neither means the picture as a whole."""

    place: str | None = None
    relation: str | None = None
    to: Noun | None = None
    precise: bool = False
    other: Noun | None = None
    """The second thing of "between"."""
    towards: bool = False
    """Whether it is the end of a movement: "to the left", not "on the left"."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun with all that is said about it: "the small red house on the left with a blue door"."""

    head: Head
    name: str = ""
    part: str = ""
    """The part that the word means where something that has one is named: an apple, or the apples of a tree."""
    definite: bool = False
    every: bool = False
    plural: bool = False
    count: int | None = None
    colour: str | None = None
    size: str | None = None
    label: str = ""
    where: Where | None = None
    owner: Noun | None = None
    """Whose part (or colour, or size) it is."""
    having: tuple[Noun, ...] = ()
    """Parts it is said to have, and things that come with it."""
    lacking: tuple[Noun, ...] = ()
    holding: tuple[Noun, ...] = ()
    piled: bool = False
    """Whether they lie one on the other."""
    action: str | None = None
    turn: int = 0
    mirrored: bool = False
    backdrop: Noun | None = None
    precise: Precise = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What something is to become."""

    colour: str | None = None
    size: str | None = None
    where: Where | None = None
    into: Noun | None = None
    having: tuple[Noun, ...] = ()
    action: str | None = None
    """What it is to do; ``REST``: nothing more."""
    turn: int = 0
    flip: bool = False
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One act and what it is done to."""

    act: Act
    nouns: tuple[Noun, ...]
    to: Noun | None = None
    """What the nouns are added to, removed from, given to or held by; what they are replaced with."""
    change: Change | None = None
    precise: Precise = ()
    text: str = ""
    count: int | None = None
    """How many copies."""
    must: int = 0
    """How strongly it insists on what may have been asked for before; 0: it asks for something of its own."""
    opens: bool = False
    """Whether it begins a sentence."""
