"""As what a thing is drawn: turned or flipped, and what it does. Things that look alike in outline differ inside.

Ways to lie are compared by reading the thing again in each of them; what a thing does is a layer upon it, so all that
it can do is compared by painting each of these layers upon what was read.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stepweave.policies.pixels.fit import NEAR, composed, read
from stepweave.policies.pixels.layers import rough_acting
from stepweave.policies.pixels.library import confusable
from stepweave.policies.pixels.readings import CAP, Reading
from stepweave.policies.pixels.segments import Floats, Mask, View, most, total
from stepweave.world.things.actions import actions
from stepweave.world.vocabulary import DRAWABLE, RGB

PERFECT = 0.985
"""Share of explained pixels from which a thing lies as it was read."""
CLEARER = 0.85
"""How much smaller the error of another way to lie must be."""
SIDE = 32
"""Sides of the windows in which ways to lie are compared, in pixels."""
STRANGE = 6
"""Pixels of a window that must not be explained for a thing to be doing something."""
SAVED = 7.0
"""Mean difference, in levels of 255, that what a thing does must explain over its own pixels."""
POORER = 0.02
"""How much less of a thing may be explained when it is read as doing something."""


def drawn_as(view: View, reading: Reading, behind: View | RGB, ink: RGB) -> Reading:
    """The reading, turned and acting as explains most."""
    if reading.matched < PERFECT:
        reading = _lying(view, reading, behind, ink)
    if reading.pose.action is None and int(_unexplained(view, reading, behind, ink).sum()) >= STRANGE:
        action = likeliest_action(view, reading, behind, ink)
        if action is not None:
            again = read(view, reading.thing, replace(reading.pose, action=action), behind, ink=ink)
            return again if again.matched > reading.matched - POORER else reading
    return reading


def _lying(view: View, reading: Reading, behind: View | RGB, ink: RGB) -> Reading:
    """The reading in the way to lie that explains most; as it is unless another is clearly better."""
    parts, own_pose = frozenset(reading.parts), reading.pose
    ways = confusable(reading.thing, own_pose.turn, own_pose.mirrored)
    if len(ways) < 2:
        return reading
    rough = [
        (read(view, reading.thing, pose, behind, ink=ink, side=SIDE, among=parts, certain=True, rough=True).error, pose)
        for pose in (replace(own_pose, turn=turn, mirrored=mirrored) for turn, mirrored in ways)
    ]
    own = next(error for error, pose in rough if pose == own_pose)
    least, best = min(rough, key=lambda one: one[0])
    if best == own_pose or least > CLEARER * own:
        return reading
    again = read(view, reading.thing, best, behind, ink=ink)
    return again if again.error < reading.error else reading


def _unexplained(view: View, reading: Reading, behind: View | RGB, ink: RGB) -> Mask:
    window, drawn = composed(view, reading, behind, ink)
    strange: Mask = _error(window, drawn) > NEAR
    return strange


def _error(window: Floats, drawn: Floats) -> Floats:
    error: Floats = np.minimum(total(np.abs(window - drawn)) / 3, CAP)
    return error


def likeliest_action(view: View, reading: Reading, behind: View | RGB, ink: RGB) -> str | None:
    """What a thing that was read as doing nothing most likely does."""
    window, drawn = composed(view, reading, behind, ink)
    idle, found = _error(window, drawn), []
    everywhere = slice(0, reading.side), slice(0, reading.side)
    colours = {name: np.array(part.rgb, np.float32) for name, part in reading.parts.items()}
    for name, action in actions(DRAWABLE[reading.thing]).items():
        layer = rough_acting(reading.thing, name, reading.pose, reading.side, ink)
        acting = drawn.copy()
        if hidden := set(action.hides) & set(reading.parts):
            shown = {part: seen for part, seen in reading.parts.items() if part not in hidden}
            _, acting = composed(view, replace(reading, parts=shown), behind, ink)
        layer.paint(acting, everywhere, colours)
        differs = most(np.abs(acting - drawn)) > NEAR
        if differs.any():
            saved = (idle - _error(window, acting))[differs]
            found.append((float(saved.sum()), float(saved.mean()), name))
    best = max(found, default=(0.0, 0.0, ""))
    return best[2] if best[1] >= SAVED else None
