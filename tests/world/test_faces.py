"""Faces and grips: where expressions are drawn and things are held lies on the thing that has them."""

from __future__ import annotations

from math import hypot

import pytest

from stepweave.world import things
from stepweave.world.things import Thing
from stepweave.world.things.features import symmetric, tapered
from stepweave.world.things.forms import Point
from stepweave.world.vocabulary import THINGS

NEARLY = 2.0
"""How far beside the box something may lie, in a thing's own units: as far as outlines do."""

faces = pytest.mark.parametrize(
    "thing", [thing for thing in THINGS.values() if thing.face is not None], ids=lambda thing: thing.name
)


def _box(thing: Thing) -> tuple[Point, Point]:
    """Left and right, top and bottom of all its forms."""
    traces = [form.trace() for part in thing.parts for form in part.forms]
    points = [point for trace in traces for ring in trace.rings for point in ring]
    for stroke in (stroke for trace in traces for stroke in trace.strokes):
        half = stroke.width / 2
        points += [(x + side * half, y + side * half) for x, y in stroke.points for side in (-1, 1)]
    xs, ys = zip(*points, strict=True)
    return (min(xs), max(xs)), (min(ys), max(ys))


def _square(thing: Thing) -> tuple[Point, Point]:
    """The same for the square around the middle of that box."""
    box = _box(thing)
    half = max(high - low for low, high in box) / 2
    across, down = (((low + high) / 2 - half, (low + high) / 2 + half) for low, high in box)
    return across, down


def _holds(box: tuple[Point, Point], at: Point, margin: float = 0.0) -> bool:
    """Whether a square of twice that margin around a point lies in a box, as good as."""
    return all(
        low - NEARLY <= middle - margin and middle + margin <= high + NEARLY
        for (low, high), middle in zip(box, at, strict=True)
    )


@pytest.mark.parametrize(
    "thing", [*things.ANIMALS, *things.BIRDS, *things.SMALL_ANIMALS, *things.LIVING], ids=lambda thing: thing.name
)
def test_all_that_lives_has_a_face(thing: Thing) -> None:
    assert thing.face is not None


@faces
def test_a_face_lies_on_its_thing(thing: Thing) -> None:
    assert thing.face is not None
    face = thing.face
    assert {face.skin, face.muzzle or face.skin} <= set(thing.names)
    assert 1 <= len(face.eyes) <= 2
    assert list(face.eyes) == sorted(face.eyes)
    assert all(_holds(_box(thing), eye, face.eye) for eye in face.eyes)
    assert _holds(_box(thing), face.mouth)
    assert _holds(_square(thing), face.marks, face.size / 2)


@faces
def test_eyes_do_not_touch(thing: Thing) -> None:
    assert thing.face is not None
    (x, y), (other_x, other_y) = thing.face.eyes[0], thing.face.eyes[-1]
    assert len(thing.face.eyes) == 1 or hypot(other_x - x, other_y - y) > 1.5 * thing.face.eye


@pytest.mark.parametrize(
    "thing", [thing for thing in THINGS.values() if thing.grip is not None], ids=lambda thing: thing.name
)
def test_a_grip_lies_at_its_thing(thing: Thing) -> None:
    assert thing.grip is not None
    assert _holds(_box(thing), thing.grip)


def test_a_symmetric_shape_is_its_own_mirror_image() -> None:
    points = symmetric(((50, 0), (70, 30), (60, 80), (50, 100))).points
    assert {(100 - x, y) for x, y in points} == set(points)


def test_a_limb_is_as_wide_as_said() -> None:
    points = tapered((0, 0, 8), (0, 20, 6), (0, 40, 2)).points
    assert [max(x for x, y in points if y == at) * 2 for at in (0, 20, 40)] == [8, 6, 2]
