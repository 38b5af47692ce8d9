"""How a thing lies and what it does: what was seen against what the words say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stepweave.policies.pixels.comparison import Comparison
from stepweave.policies.pixels.expect import Wanted
from stepweave.policies.pixels.fit import composed, read
from stepweave.policies.pixels.readings import CAP, Pose, Reading
from stepweave.policies.pixels.recognise import Ground
from stepweave.policies.pixels.segments import most, total
from stepweave.policies.pixels.sight import Seen, numbered
from stepweave.policies.pixels.variants import drawn_as
from stepweave.world.scene import Item
from stepweave.world.vocabulary import TEXT

PLAIN = 36.0
"""Difference of a channel from which two ways to draw a thing can be told apart in a pixel."""
GLANCE = 0.0003
"""Share of the picture, as a square of its shorter side, in which two poses must differ to be told apart."""
FARTHER = 0.8
"""How much smaller the error of how it was seen must be."""
LYING = {0: "upright", 90: "turned to the right", 180: "upside down", 270: "turned to the left"}


def settle_poses(state: Comparison, shown: Sequence[Wanted]) -> None:
    """Look again at what the words say how it lies, or what it does: it may be drawn otherwise than expected."""
    for one in shown:
        seen = state.found.places.get(one.item.id)
        if seen is None or not one.posed or one.item.thing == TEXT or seen.item is one.was:
            continue
        reading = _as_it_is(state.ground, seen.reading)
        if reading.pose != seen.reading.pose:
            (state.found.places[one.item.id],) = numbered([(reading, "")], one.item.id)


def _as_it_is(ground: Ground, reading: Reading) -> Reading:
    if reading.pose.action is not None:
        pose = replace(reading.pose, action=None)
        reading = read(ground.view, reading.thing, pose, ground.behind, ink=ground.ink)
    return drawn_as(ground.view, reading, ground.behind, ground.ink)


def misdrawn(ground: Ground, seen: Seen, item: Item) -> tuple[str, str] | None:
    """How a thing should be drawn and how it is drawn, in words, where that is not the same."""
    pose = seen.reading.pose
    meant = replace(pose, turn=item.turn, mirrored=item.mirrored, action=item.action)
    if meant == pose or not _distinct(ground, seen.reading, meant):
        return None
    if (meant.turn, meant.mirrored) == (pose.turn, pose.mirrored):
        return item.action or "doing nothing", pose.action or "doing nothing"
    return _lying(meant), _lying(pose)


def _lying(pose: Pose) -> str:
    return f"{LYING[pose.turn]}, flipped" if pose.mirrored else LYING[pose.turn]


def _distinct(ground: Ground, reading: Reading, meant: Pose) -> bool:
    """Whether a thing plainly looks otherwise than it would in that pose: seen at a glance, and further from it."""
    window, drawn = composed(ground.view, reading, ground.behind, ground.ink)
    _, other = composed(ground.view, replace(reading, pose=meant), ground.behind, ground.ink)
    differs = most(np.abs(drawn - other)) > PLAIN
    if float(differs.mean()) * reading.pose.extent**2 < GLANCE:
        return False
    errors = [float(np.minimum(total(np.abs(window - one)) / 3, CAP)[differs].mean()) for one in (drawn, other)]
    return errors[0] < FARTHER * errors[1]
