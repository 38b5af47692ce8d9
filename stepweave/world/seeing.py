"""What can be told apart at a glance: colours, backdrops and whole scenes."""

from __future__ import annotations

from functools import lru_cache
from math import dist

import numpy as np
from numpy.typing import NDArray

from stepweave.world.render import behind, render
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, RGB

GLANCE = 256
"""Shorter side in pixels of a picture in which everything said here can be seen."""
UNLIKE = 95.0
"""Distance in RGB from which two colours of things can't be taken for each other."""
STANDING_OUT = 60.0
"""Distance in RGB at which a thing stands out from what is behind it."""
PLAIN = 48
"""Levels of 255 by which a pixel must differ in one channel to be plainly another one."""
LEAST = 24
"""Pixels that must plainly differ, at a glance, for two pictures to be told apart."""
OTHER_PLACE = 0.25
"""Share of the picture that must plainly differ for two backdrops to be told apart."""

Pixels = NDArray[np.int16]


def unlike(colour: str, other: str) -> bool:
    """Whether two colours of things can't be taken for each other: red and blue, but not red and orange."""
    return dist(COLOURS[colour], COLOURS[other]) >= UNLIKE


def backdrops_unlike(backdrop: str, other: str) -> bool:
    """Whether two backdrops can be told apart at a glance."""
    if backdrop in BACKGROUNDS and other in BACKGROUNDS:
        return dist(BACKGROUNDS[backdrop], BACKGROUNDS[other]) >= STANDING_OUT
    shares = _plainly(_backdrop(backdrop), _backdrop(other)).mean()
    return bool(shares >= OTHER_PLACE)


def stands_out(colour: str, backdrop: str, item: Item | None = None) -> bool:
    """Whether a thing of that colour stands out from a backdrop, there where the thing is."""
    return dist(COLOURS[colour], _behind(backdrop, item)) >= STANDING_OUT


def differing(scene: Scene, other: Scene, aspect: float = 1.0) -> int:
    """How many pixels plainly differ between two scenes, at a glance."""
    return int(_plainly(_seen(scene, aspect), _seen(other, aspect)).sum())


def _plainly(pixels: Pixels, other: Pixels) -> NDArray[np.bool_]:
    return np.asarray(np.abs(pixels - other).max(axis=-1) >= PLAIN)


@lru_cache(maxsize=32)
def _seen(scene: Scene, aspect: float) -> Pixels:
    width, height = (round(GLANCE * aspect), GLANCE) if aspect >= 1 else (GLANCE, round(GLANCE / aspect))
    return np.asarray(render(scene, width, height), np.int16)


@lru_cache(maxsize=32)
def _backdrop(name: str) -> Pixels:
    return np.asarray(behind(name, GLANCE // 2, GLANCE // 2), np.int16)


def _behind(backdrop: str, item: Item | None) -> RGB:
    """The backdrop's colour behind the middle of a thing."""
    if backdrop in BACKGROUNDS:
        return BACKGROUNDS[backdrop]
    pixels, (x, y) = _backdrop(backdrop), (0.5, 0.5) if item is None else (item.x, item.y)
    row, column = (min(len(pixels) - 1, max(0, int(at * len(pixels)))) for at in (y, x))
    red, green, blue = (int(level) for level in pixels[row, column])
    return red, green, blue
