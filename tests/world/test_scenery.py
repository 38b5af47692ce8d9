"""Settings: the same bytes every time, at any size, and a thing of any colour stands out before them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from stepweave.world.scenery import SETTINGS, backdrop
from stepweave.world.vocabulary import COLOURS, RGB, SETTING_NAMES

LARGE = 0.04
"""Share of a picture from which an area of one colour counts as large."""
APART = 25
"""Levels by which at least one channel of a thing's colour differs from every large area."""

settings = pytest.mark.parametrize("name", SETTINGS)


def _colours(image: Image.Image) -> dict[RGB, float]:
    """The share of every colour."""
    pixels: NDArray[np.uint8] = np.asarray(image).reshape(-1, 3)
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    return {(int(r), int(g), int(b)): int(n) / len(pixels) for (r, g, b), n in zip(found, counts, strict=True)}


def test_the_names_are_those_of_the_vocabulary() -> None:
    assert tuple(SETTINGS) == SETTING_NAMES
    assert {name: setting.name for name, setting in SETTINGS.items()} == {name: name for name in SETTING_NAMES}


@settings
def test_the_same_setting_gives_the_same_bytes(name: str) -> None:
    first = backdrop(name, 200, 150)
    expected = first.tobytes()
    first.paste((0, 0, 0), (0, 0, 200, 150))
    assert backdrop(name, 200, 150).tobytes() == expected


@settings
@pytest.mark.parametrize("size", [(1, 1), (64, 64), (900, 64), (64, 900), (1500, 700)], ids=str)
def test_a_setting_can_be_painted_at_any_size(name: str, size: tuple[int, int]) -> None:
    image = backdrop(name, *size)
    assert (image.mode, image.size) == ("RGB", size)
    assert size == (1, 1) or len(_colours(image)) > 2


@settings
def test_a_thing_of_any_colour_stands_out(name: str) -> None:
    large = [colour for colour, share in _colours(backdrop(name, 256, 256)).items() if share > LARGE]
    close = {
        (word, area)
        for (word, colour), area in product(COLOURS.items(), large)
        if max(abs(a - b) for a, b in zip(colour, area, strict=True)) < APART
    }
    assert large
    assert close == set()


@settings
def test_areas_are_flat(name: str) -> None:
    """Nearly everything is exactly one of the declared colours: no gradients, no noise."""
    setting = SETTINGS[name]
    declared = {setting.sky, *(area.colour for area in setting.areas)}
    assert sum(share for colour, share in _colours(backdrop(name, 512, 512)).items() if colour in declared) > 0.93


@settings
def test_things_stand_low_in_the_picture_and_their_outlines_can_be_seen(name: str) -> None:
    setting = SETTINGS[name]
    assert 0.7 <= setting.ground <= 0.93
    areas = [setting.sky, *(area.colour for area in setting.areas)]
    assert min(max(abs(a - b) for a, b in zip(setting.ink, area, strict=True)) for area in areas) > 60


def test_what_is_repeated_reaches_from_side_to_side() -> None:
    fence = np.asarray(backdrop("garden", 1200, 300))[round(300 * 0.66)]
    posts = (fence == SETTINGS["garden"].areas[3].colour).all(axis=1)
    assert posts[:200].any()
    assert posts[-200:].any()
