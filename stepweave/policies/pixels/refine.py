"""Improving a pose: one step of least squares from what a reading predicts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stepweave.policies.pixels.layers import ACTING, layers
from stepweave.policies.pixels.readings import CAP, Pose, Reading
from stepweave.policies.pixels.segments import Floats, View, most
from stepweave.world.render import INK
from stepweave.world.vocabulary import RGB


def refined(view: View, reading: Reading, behind: View | RGB, ink: RGB = INK) -> Pose:
    """A better pose: one step of least squares in place and size, from what the reading predicts (Lucas-Kanade)."""
    side, pose = min(reading.side, 64), reading.pose
    margin = side // 8
    reach = pose.extent * (1 + 2 * margin / side)
    window = view.window((pose.x, pose.y), reach, side + 2 * margin)
    ground = ground_at(behind, pose, reach, window)
    inner = slice(margin, margin + side)
    drawn = ground.copy()
    colours = {name: np.array(part.rgb, np.float32) for name, part in reading.parts.items()}
    within = drawn[inner, inner]
    whole = slice(0, side), slice(0, side)
    for layer in layers(reading.thing, pose, side, ink):
        if layer.part in reading.parts or layer.part == ACTING:
            layer.paint(within, whole, colours)
    return _stepped(pose, window, drawn, side, min(view.image.size), view.image.size)


def _stepped(pose: Pose, window: Floats, drawn: Floats, side: int, shorter: int, size: tuple[int, int]) -> Pose:
    """Solve for the shift and the growth, in window pixels, that explain what differs."""
    down, across = np.gradient(drawn, axis=(0, 1))
    middle = (np.arange(window.shape[0]) - (window.shape[0] - 1) / 2) / side
    growth = across * middle[None, :, None] + down * middle[:, None, None]
    rest = window - drawn
    weight = (most(np.abs(rest)) < 3 * CAP).astype(np.float32)[..., None]
    columns = np.stack([-(part * weight).ravel() for part in (across, down, growth)], axis=1)
    normal = columns.T @ columns + np.eye(3, dtype=np.float32)
    dx, dy, more = np.linalg.solve(normal, columns.T @ (rest * weight).ravel())
    limit = side / 8
    dx, dy, more = (float(np.clip(step, -limit, limit)) for step in (dx, dy, more))
    pixel = pose.extent * shorter / side
    return replace(
        pose, x=pose.x + dx * pixel / size[0], y=pose.y + dy * pixel / size[1], extent=pose.extent * (1 + more / side)
    )


def ground_at(behind: View | RGB, pose: Pose, extent: float, window: Floats) -> Floats:
    """What lies behind a window: the same window of another picture, or one colour."""
    if isinstance(behind, View):
        return behind.window((pose.x, pose.y), extent, window.shape[0])
    return np.broadcast_to(np.array(behind, np.float32), window.shape)
