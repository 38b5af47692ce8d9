"""A thing's forms brought to one measure: a box whose longer side is 1 and whose top left corner is (0, 0)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, pi

from stepweave.world.things.actions import actions
from stepweave.world.things.forms import Form, Paint, Point, Points, Stroke, Trace
from stepweave.world.things.model import Thing

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A form in the thing's unit box."""

    paint: Paint
    of: str | None
    colour: str | None
    trace: Trace
    edges: Edges
    """The box around it, strokes with their width."""
    turns: tuple[tuple[float, ...], ...]
    """How far each ring, then each stroke, turns at its points, in radians: what line drawing has to round off."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """All parts of a thing in its unit box."""

    width: float
    height: float
    """The longer of the two is 1."""
    parts: dict[str, tuple[Outline, ...]]
    """By name, in painting order: from back to front."""
    actions: dict[str, tuple[Outline, ...]]
    """What is drawn upon it while it does something, by name."""
    hidden: dict[str, tuple[str, ...]]
    """The parts that are not drawn meanwhile, by the same name."""
    grip: Point | None
    """Where it holds other things, if it can."""

    def edges(self, parts: Iterable[str]) -> Edges:
        """The box around some of the parts; ``ValueError`` if there are none."""
        return joined([outline.edges for name in parts for outline in self.parts[name]])


@lru_cache(maxsize=2048)
def geometry(thing: Thing, turn: int = 0, mirrored: bool = False) -> Geometry:
    """The thing in its unit box, flipped left to right if so wanted and then turned clockwise by quarter turns."""
    painted = sorted(thing.parts, key=lambda part: part.depth)
    traced = {part.name: [(form, _set(form.trace(), turn, mirrored)) for form in part.forms] for part in painted}
    left, top, right, bottom = joined([_edges(trace) for pairs in traced.values() for _, trace in pairs])
    unit = max(right - left, bottom - top)

    def scaled(points: Points) -> Points:
        return tuple(((x - left) / unit, (y - top) / unit) for x, y in points)

    def brought(form: Form, trace: Trace) -> Outline:
        moved = Trace(
            tuple(scaled(ring) for ring in trace.rings),
            tuple(Stroke(scaled(stroke.points), stroke.width / unit) for stroke in trace.strokes),
        )
        paths = [(*ring, *ring[:2]) for ring in moved.rings] + [stroke.points for stroke in moved.strokes]
        turns = tuple(tuple(map(_turn, path, path[1:], path[2:])) for path in paths)
        return Outline(form.paint, form.of, form.colour, moved, _edges(moved), turns)

    parts = {name: tuple(brought(form, trace) for form, trace in pairs) for name, pairs in traced.items()}
    able = actions(thing)
    acting = {
        name: tuple(brought(form, _set(form.trace(), turn, mirrored)) for form in action.forms)
        for name, action in able.items()
    }
    hidden = {name: action.hides for name, action in able.items()}
    grip = thing.grip and scaled(_set(Trace((), (Stroke((thing.grip,), 0.0),)), turn, mirrored).strokes[0].points)[0]
    return Geometry((right - left) / unit, (bottom - top) / unit, parts, acting, hidden, grip)


def _set(trace: Trace, turn: int, mirrored: bool) -> Trace:
    """The trace flipped and turned about the origin."""
    if not turn and not mirrored:
        return trace
    side = -1.0 if mirrored else 1.0
    across, down = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]

    def placed(points: Points) -> Points:
        return tuple((side * x * across - y * down, side * x * down + y * across) for x, y in points)

    return Trace(
        tuple(placed(ring) for ring in trace.rings),
        tuple(Stroke(placed(stroke.points), stroke.width) for stroke in trace.strokes),
    )


def joined(boxes: Iterable[Edges]) -> Edges:
    """The box around boxes; ``ValueError`` if there are none."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _turn(a: Point, b: Point, c: Point) -> float:
    """How far a path turns at ``b``."""
    turn = abs(atan2(c[1] - b[1], c[0] - b[0]) - atan2(b[1] - a[1], b[0] - a[0]))
    return min(turn, 2 * pi - turn)


def _edges(trace: Trace) -> Edges:
    rings = [_box(ring, 0.0) for ring in trace.rings]
    return joined(rings + [_box(stroke.points, stroke.width / 2) for stroke in trace.strokes])


def _box(points: Points, margin: float) -> Edges:
    xs, ys = zip(*points, strict=True)
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin
