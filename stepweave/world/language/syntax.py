"""How a request is built: clauses, the nouns in them, and what is said about each; still words, not yet operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stepweave.world.scene import Precise

Head = Literal["thing", "part", "text", "background", "picture", "colour", "size", "it", "them", "one"]
Act = Literal["add", "remove", "move", "change", "replace", "give"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the picture, or beside another thing; neither means the picture as a whole."""

    place: str | None = None
    relation: str | None = None
    to: Noun | None = None
    precise: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun with all that is said about it: "the small red house on the left with a blue door"."""

    head: Head
    name: str = ""
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
    precise: Precise = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One act and what it is done to."""

    act: Act
    nouns: tuple[Noun, ...]
    to: Noun | None = None
    """What the nouns are added to, removed from or given to; what they are replaced with."""
    change: Change | None = None
    precise: Precise = ()
    text: str = ""
