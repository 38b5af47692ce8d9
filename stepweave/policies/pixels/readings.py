"""What a look at one thing finds: its pose, its parts with their colours, how much of it is explained."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from stepweave.policies.pixels.segments import Floats, Mask, widened

CAP = 60.0
"""Difference, in levels of 255, beyond which a pixel is simply wrong: what hides a thing costs no more than that."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a thing is, and how: its centre in fractions of width and height, its extent in fractions of the shorter
    side, and as what it is drawn."""

    x: float
    y: float
    extent: float
    turn: int = 0
    mirrored: bool = False
    action: str | None = None


@dataclass(frozen=True, slots=True)
class PartSeen:
    """One part as it was seen."""

    colour: str
    rgb: tuple[float, float, float]
    weight: float = 0.0
    """Pixels of the window in which its own colour shows."""
    width: float = 100.0
    """How wide it is, in pixels of the picture; about the diameter of a line, a dot or a disc."""
    around: tuple[float, float, float] = (255.0, 255.0, 255.0)
    """The mean colour of what surrounds it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one thing looks like at one pose."""

    thing: str
    pose: Pose
    parts: dict[str, PartSeen]
    matched: float
    """Share of its pixels that are explained."""
    error: float
    """Mean difference over its pixels, capped, in levels of 255."""
    side: int
    explained: Mask = field(repr=False, compare=False)
    """Pixels of the window that the thing covers and that are explained."""
    cover: Mask = field(repr=False, compare=False)
    """Pixels of the window that the thing covers."""
    seen: Mask = field(repr=False, compare=False)
    """Pixels of the window that nothing in front hides."""
    hidden: bool = False
    """Whether it was read without what lies upon it."""
    edge: float = 1.0
    """How well the pixels along its outer edge are explained, 0 to 1."""
    saved: dict[str, float] = field(default_factory=dict, compare=False)
    """For parts that are not there: how much less error there would be with them, in levels of 255."""


def agreement(window: Floats, drawn: Floats, solid: Floats, rim: Mask) -> float:
    """How well pixels along an edge agree, 0 to 1; softened, for a line may fall between two pixels.

    It may lie before what was expected behind it, or before something else; then only what is ``solid`` counts.
    """
    if not rim.any():
        return 0.0
    return max(_agreeing(window - drawn, weight, rim) for weight in (np.ones_like(solid), np.clip(2 * solid - 1, 0, 1)))


def _agreeing(differences: Floats, weight: Floats, rim: Mask) -> float:
    weights = weight[..., None]
    shares = _softened(np.concatenate([differences * weights, weights], axis=-1))[rim]
    apart = np.abs(shares[:, :3]).sum(axis=-1) / 3 / np.maximum(shares[:, 3], 0.05)
    return 1 - float(np.minimum(apart, CAP).mean()) / CAP


def _softened(picture: Floats) -> Floats:
    """Every pixel mixed with its neighbours, by 1 to 2 to 1 in either direction."""
    wide = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    tall = wide[:-2] + 2 * wide[1:-1] + wide[2:]
    soft: Floats = (tall[:, :-2] + 2 * tall[:, 1:-1] + tall[:, 2:]) / np.float32(16)
    return soft


def share(explained: Mask, mask: Mask) -> float:
    """Share of a mask that is explained."""
    return float((explained & mask).sum()) / max(1, int(mask.sum()))


def triple(rgb: Floats) -> tuple[float, float, float]:
    """A colour as plain numbers."""
    return float(rgb[0]), float(rgb[1]), float(rgb[2])


def width_of(shows: Floats) -> float:
    """Twice the area by the length of the edge: the width of a line, half the diameter of a disc."""
    mask = shows > 0.5
    edge = int((mask[1:] != mask[:-1]).sum()) + int((mask[:, 1:] != mask[:, :-1]).sum())
    return 2.0 * float(shows.sum()) / max(1, edge)


def surroundings(window: Floats, shows: Floats) -> Floats:
    """The mean colour of the pixels next to a part, which are not its own."""
    mask = shows > 0.1
    ring = widened(widened(mask)) & ~mask
    if not ring.any():
        return np.full(3, 255, np.float32)
    mean: Floats = window[ring].mean(axis=0)
    return mean
