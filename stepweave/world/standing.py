"""What stands on the ground, and where things belong in a setting: on its ground, or in the sky above it.

Like spots.py it works in the picture's shorter side as the unit of both axes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepweave.world.measure import Bounds, units
from stepweave.world.scene import Item, Scene
from stepweave.world.scenery import SETTINGS
from stepweave.world.spots import GAP, Frame, Spot, distance, in_place, steps
from stepweave.world.vocabulary import DRAWABLE, PLACES, TEXT

DEPTH = 0.35
"""Where feet are set in a setting if nothing else stands there: 0 on its line, 1 at the bottom of the picture."""
SKY = 0.42
"""The height in the sky that is liked best: 0 at the top of the picture, 1 on the ground's line."""
BACK = 0.06
"""How much farther back than that line the last of several rows may stand."""
LOWER: dict[str, str] = {"left": "bottom left", "middle": "bottom", "right": "bottom right"}
"""The place under each of those that name no height."""
FINE = 0.01
"""Distance of the spots that are tried along the ground."""
SLACK = 0.005
"""How far above the ground's line feet may be."""


def stands(item: Item) -> bool:
    """Whether it stands on the ground."""
    return item.thing != TEXT and DRAWABLE[item.thing].stands


def home(item: Item) -> str:
    """The place where it belongs if none is named."""
    return "middle" if item.thing == TEXT else DRAWABLE[item.thing].place


def ground_of(scene: Scene, aspect: float) -> float | None:
    """The line of the scene's setting on which things stand; ``None`` where the background has none."""
    setting = SETTINGS.get(scene.background)
    return None if setting is None or setting.floating else setting.ground / units(aspect)[1]


def is_meant(place: str, ninth: str, item: Item, scene: Scene, aspect: float = 1.0) -> bool:
    """Whether an item in that ninth of the picture is at a named place: in a setting what stands may stand below one
    that names no height."""
    lower = stands(item) and ground_of(scene, aspect) is not None and LOWER.get(place) == ninth
    return ninth == place or lower


def feet(ground: float, frame: Frame, obstacles: Sequence[Bounds]) -> float:
    """Where the next thing sets its feet: on the lowest line on which others stand on the ground."""
    lowest = frame.height - frame.margin
    standing = [box.bottom for box in obstacles if ground - SLACK <= box.bottom <= lowest]
    return max(standing, default=ground + DEPTH * max(0.0, lowest - ground))


def on_ground(size: Spot, frame: Frame, ground: float, line: float, rise: float) -> Iterator[Spot]:
    """Spots with the feet on the ground, the nearest to the middle and to a line first.

    ``rise``: how much higher than the lowest feet the highest are, in a group of several rows.
    """
    lowest = frame.height - frame.margin
    highest = ground + rise - SLACK - (BACK if rise else 0.0)
    lines = {line, *steps(highest, lowest)}
    xs = {frame.width / 2, *steps(size[0] / 2 + frame.margin, frame.width - size[0] / 2 - frame.margin)}
    spots = ((x, foot - size[1] / 2) for x in xs for foot in lines if highest <= foot <= lowest)
    meant = line - size[1] / 2
    yield from sorted(spots, key=lambda spot: (abs(spot[0] - frame.width / 2) + 3 * abs(spot[1] - meant), spot))


def in_sky(size: Spot, frame: Frame, ground: float) -> Iterator[Spot]:
    """Spots clear of the ground, the nearest to the middle of the sky first."""
    meant = (frame.width / 2, SKY * ground)
    xs = {meant[0], *steps(size[0] / 2 + frame.margin, frame.width - size[0] / 2 - frame.margin)}
    ys = {meant[1], *steps(size[1] / 2 + frame.margin, ground - GAP - size[1] / 2)}
    inside = ((x, y) for x in xs for y in ys if y + size[1] / 2 <= ground - GAP + 1e-9)
    yield from sorted(inside, key=lambda spot: (distance(spot, meant), spot))


def low_in_place(place: str, size: Spot, frame: Frame, ground: float, line: float) -> Iterator[Spot]:
    """Spots of a named place for what stands: where its feet reach the ground, or else the lowest ones.

    At the ``left``, in the ``middle`` and at the ``right`` of a setting it stands on the ground: what is too small to
    reach that from there stands below.
    """
    meant, spots = PLACES[place][0] * frame.width, list(in_place(place, size, frame))
    if place in LOWER and spots:
        column = [x for x, _ in spots]
        feet = {line, *steps(ground, frame.height - frame.margin)}
        low = [(x, foot - size[1] / 2) for foot in feet for x in steps(min(column), max(column), FINE)]
        third = [*in_place(LOWER[place], size, frame), *spots]
        lowest, highest = max(y for _, y in third), min(y for _, y in third)
        spots = [*low, *third]
        spots = [spot for spot in spots if highest <= spot[1] <= lowest and spot[1] + size[1] / 2 >= ground - SLACK]

    def dislike(spot: Spot) -> tuple[float, float]:
        foot = spot[1] + size[1] / 2
        return 4 * max(0.0, ground - SLACK - foot) + abs(foot - line) + abs(spot[0] - meant), spot[0]

    yield from sorted(spots, key=dislike)
