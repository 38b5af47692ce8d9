"""What is behind everything: which backdrop a picture has, how far its colours have drifted, and what stands out.

Every colour and every setting is drawn at the picture's size and compared with it along the rim, where things seldom
are, and then everywhere. Drift fades and warms all colours alike, so its amount follows from the colours of a known
backdrop by one regression; a picture whose amount is known can be brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
from PIL import Image

from stepweave.policies.pixels.segments import (
    Floats,
    Mask,
    Pixels,
    View,
    components,
    difference,
    most,
    reduction,
    total,
    view,
)
from stepweave.world.render import FADING, WARMING, behind
from stepweave.world.vocabulary import BACKDROPS, BACKGROUNDS, SETTING_NAMES

APART = 24
"""Largest difference of a channel, of 255, up to which a pixel still counts as background."""
PLAIN = 0.3
"""How well the picture's rim must agree with a backdrop, 0 to 1."""
CLOSE = 0.2
"""How much less a backdrop may agree along the rim than the best and still be compared everywhere."""
SURE = 0.85
"""How well a rim agrees with a plain colour so that no setting need be tried."""
LARGE = 2048
"""Pixels of the longer side up to which settings are drawn at full size to be compared."""
FARTHEST = 1.2
"""Greatest amount of drift that is looked for."""
RELUCTANCE = 0.04
"""What full drift costs an idea of the backdrop: of two that agree as well, the one without drift is right."""
LEAST_DRIFT = 0.02
"""Amount of drift below which there is none."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What was recognised behind everything."""

    name: str
    drift: float
    """How far colours have drifted, 0 to 1."""


def recognised(picture: View) -> Behind | None:
    """The backdrop of a picture; ``None`` if it has none of those that can be drawn."""
    rim, size = _rim(picture.small), picture.image.size
    ideas = [_idea(rim, name, size) for name in BACKGROUNDS]
    if max(ideas)[0] < SURE:
        ideas += [_idea(rim, name, size) for name in SETTING_NAMES]
    best = max(ideas)
    if best[0] < PLAIN:
        return None
    close = [(name, amount) for agreement, name, amount in ideas if agreement > best[0] - CLOSE]
    if len(close) > 1:
        close.sort(key=lambda idea: -_everywhere(picture, *idea))
    return Behind(*close[0])


def _idea(rim: Pixels, name: str, size: tuple[int, int]) -> tuple[float, str, float]:
    own = _rim(drawn(name, size))
    amount = _drift(rim, own)
    return _agreement(rim, own, amount) - RELUCTANCE * amount, name, amount


def _everywhere(picture: View, name: str, amount: float) -> float:
    own = drawn(name, picture.image.size)
    step = max(1, picture.shorter // 64)
    seen, meant = (pixels[::step, ::step].reshape(-1, 3) for pixels in (picture.small, own))
    both = _agreement(_rim(picture.small), _rim(own), amount)
    return both + _agreement(seen, meant, amount) - RELUCTANCE * amount


def _rim(small: Pixels) -> Pixels:
    depth = max(2, min(small.shape[:2]) // 64)
    sides = (small[:depth:2], small[-depth::2], small[:, :depth:2], small[:, -depth::2])
    return np.concatenate([side.reshape(-1, 3) for side in sides])


def _slopes(own: Pixels) -> Floats:
    """By how much each channel changes per amount of drift."""
    slopes: Floats = -FADING * (own.astype(np.float32) - 128) + np.array([WARMING, 0, -WARMING], np.float32)
    return slopes


def _drift(seen: Pixels, own: Pixels) -> float:
    """The amount of drift that explains a difference from a backdrop's own colours best, pixels of things left out."""
    slopes = _slopes(own)
    apart = seen.astype(np.float32) - own
    amounts = total(apart * slopes) / np.maximum(total(np.square(slopes)), 1e-3)
    amount = float(np.median(amounts))
    for _ in range(2):
        near = most(np.abs(apart - amount * slopes)) <= APART
        if not near.any():
            return 0.0
        amount = float((apart * slopes)[near].sum() / max(float(np.square(slopes[near]).sum()), 1e-3))
    return amount if LEAST_DRIFT < amount <= FARTHEST else 0.0


def _agreement(seen: Pixels, own: Pixels, amount: float) -> float:
    """How well pixels agree with a backdrop that has drifted so far, 0 to 1."""
    meant = np.clip(own + amount * _slopes(own), 0, 255) if amount else own.astype(np.float32)
    apart = most(np.abs(seen - meant))
    return float(np.clip(1 - apart / APART, 0, 1).mean())


def restored(image: Image.Image, amount: float) -> Image.Image:
    """The picture as it was before its colours drifted that far."""
    if not amount:
        return image
    keep = 1 - FADING * amount
    tables = []
    for shift in (WARMING * amount, 0.0, -WARMING * amount):
        tables += [round(min(255.0, max(0.0, 128 + (level - shift - 128) / keep))) for level in range(256)]
    return image.point(tables)


@lru_cache(maxsize=2)
def backdrop(name: str, size: tuple[int, int]) -> View:
    """A backdrop, ready to be compared with a picture of that size."""
    return view(behind(name, *size))


@lru_cache(maxsize=2 * len(BACKDROPS))
def drawn(name: str, size: tuple[int, int]) -> Pixels:
    """A backdrop as the working copy of a picture of that size."""
    factor = reduction(size)
    width, height = (ceil(side / factor) for side in size)
    if name in BACKGROUNDS:
        return np.broadcast_to(np.array(BACKGROUNDS[name], np.uint8), (height, width, 3))
    image = behind(name, *size).reduce(factor) if max(size) <= LARGE else behind(name, width, height)
    return np.asarray(image)


def alike(small: Pixels, own: Pixels) -> Mask:
    """Pixels that may be of a backdrop."""
    like: Mask = difference(small, own) <= APART
    return like


def foreground(picture: View, name: str) -> Mask:
    """All that is not background reached from the rim: things with whatever they enclose."""
    like = alike(picture.small, drawn(name, picture.image.size))
    regions = components(like.astype(np.int32))
    edge = regions.labels
    rim = np.concatenate([edge[0], edge[-1], edge[:, 0], edge[:, -1]])
    outside = np.zeros(len(regions.areas), bool)
    outside[np.unique(rim)] = True
    outside &= regions.classes == 1
    return ~outside[regions.labels]


def behind_all(name: str, size: tuple[int, int]) -> View | tuple[int, int, int]:
    """What things lie on: one colour, or the picture of a setting."""
    return BACKGROUNDS[name] if name in BACKGROUNDS else backdrop(name, size)
