"""What things do, and how they look while doing nothing: signs drawn upon a thing, made from where its face is.

An expression is drawn upon the face: lids in the colour of the skin over the eyes, then what the eyes and the mouth
look like instead, and a sign beside the head. A movement is a few lines near the edge of the thing's square. All of
it lies within the square around the thing, so that acting changes neither its box nor its size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Ellipse, Form, Line, Point, Points, Polygon
from stepweave.world.things.model import Action, Face, Thing

Square = tuple[float, float, float]
"""Left, top and side of the square around a thing, in its own coordinates."""


@lru_cache(maxsize=256)
def actions(thing: Thing) -> dict[str, Action]:
    """Everything the thing can do, by name: its own ways first, then those of all things with a face, and movements."""
    found = {action.name: action for action in thing.own_actions}
    if thing.face is not None:
        for name, express in EXPRESSIONS.items():
            found.setdefault(name, Action(name, express(thing.face)))
    for name, move in MOVEMENTS.items():
        found.setdefault(name, Action(name, move(_square(thing))))
    return found


def _square(thing: Thing) -> Square:
    """The square around all parts of a thing, its middle being that of their box."""
    traces = [form.trace() for part in thing.parts for form in part.forms]
    points = [point for trace in traces for ring in trace.rings for point in ring]
    points += [point for trace in traces for stroke in trace.strokes for point in stroke.points]
    xs, ys = zip(*points, strict=True)
    side = max(max(xs) - min(xs), max(ys) - min(ys))
    return (min(xs) + max(xs) - side) / 2, (min(ys) + max(ys) - side) / 2, side


# ------------------------------------------------------------------------------------------ expressions


def _sleep(face: Face) -> tuple[Form, ...]:
    r = face.eye
    lashes = [Arc(x, y - 0.1 * r, 0.8 * r, 0.6 * r, 15, 165, paint="ink", width=0.28 * r) for x, y in face.eyes]
    (x, y), s = face.marks, face.size
    return (
        *_lids(face),
        *lashes,
        *_zed((x + 0.2 * s, y - 0.2 * s), 0.55 * s),
        *_zed((x - 0.3 * s, y + 0.3 * s), 0.35 * s),
    )


def _smile(face: Face) -> tuple[Form, ...]:
    if face.beak:
        return (*_lids(face), *_laughing_eyes(face), *_cheeks(face))
    (x, y), w = face.mouth, face.width
    grin = tuple((x + 0.62 * w * cos(pi * i / 16), y - 0.1 * w + 0.5 * w * sin(pi * i / 16)) for i in range(17))
    mouth = (
        _bare(face),
        Polygon(grin, 0.05 * w, paint="ink"),
        Ellipse(x, y + 0.27 * w, 0.26 * w, 0.1 * w, paint="flat", colour="red"),
    )
    return (*_lids(face), *_laughing_eyes(face), *_cheeks(face), *mouth)


def _cry(face: Face) -> tuple[Form, ...]:
    r = face.eye
    tears = [_tear((x, y + 2.1 * r), 0.6 * r) for x, y in face.eyes]
    return (*_brows(face, 0.45), *_turned_down(face), *tears)


def _scowl(face: Face) -> tuple[Form, ...]:
    (x, y), s = face.marks, face.size
    bolt = ((x + 0.1 * s, y - 0.5 * s), (x - 0.35 * s, y + 0.1 * s), (x, y + 0.05 * s))
    flash = (*bolt, (x - 0.12 * s, y + 0.5 * s), (x + 0.38 * s, y - 0.12 * s), (x + 0.04 * s, y - 0.08 * s))
    return (*_brows(face, -0.5), *_turned_down(face), Polygon(flash, colour="red"))


def _gasp(face: Face) -> tuple[Form, ...]:
    r, (x, y), s = face.eye, face.marks, face.size
    eyes = [form for eye in face.eyes for form in _ball(eye, r, (0.0, 0.0))]
    mark = (
        Line(((x, y - 0.45 * s), (x, y + 0.1 * s)), paint="flat", width=0.2 * s, colour="red"),
        Ellipse(x, y + 0.4 * s, 0.12 * s, 0.12 * s, paint="flat", colour="red"),
    )
    if face.beak:
        return (*eyes, *mark)
    mouth = Ellipse(*face.mouth, 0.2 * face.width, 0.26 * face.width, paint="ink")
    return (*eyes, _bare(face), mouth, *mark)


def _love(face: Face) -> tuple[Form, ...]:
    (x, y), s = face.marks, face.size
    eyes = [_heart(eye, 1.15 * face.eye) for eye in face.eyes]
    return (
        *_lids(face),
        *eyes,
        *_cheeks(face),
        _heart((x + 0.15 * s, y - 0.12 * s), 0.38 * s),
        _heart((x - 0.3 * s, y + 0.3 * s), 0.22 * s),
    )


def _sing(face: Face) -> tuple[Form, ...]:
    notes = _note(face.marks, face.size)
    if face.beak:
        return (*_lids(face), *_laughing_eyes(face), *notes)
    (x, y), w = face.mouth, face.width
    mouth = (
        Ellipse(x, y, 0.3 * w, 0.36 * w, paint="ink"),
        Ellipse(x, y + 0.17 * w, 0.18 * w, 0.14 * w, paint="flat", colour="red"),
    )
    return (*_lids(face), *_laughing_eyes(face), _bare(face), *mouth, *notes)


def _think(face: Face) -> tuple[Form, ...]:
    (x, y), s = face.marks, face.size
    side = 1 if x > face.eyes[0][0] else -1
    eyes = [form for eye in face.eyes for form in _ball(eye, face.eye, (0.35 * side, -0.4))]
    bubbles = (
        Ellipse(x + 0.08 * s * side, y - 0.15 * s, 0.42 * s, 0.34 * s, colour="white"),
        Ellipse(x - 0.28 * s * side, y + 0.3 * s, 0.15 * s, 0.13 * s, colour="white"),
    )
    dots = [
        Ellipse(x + (0.08 * side + shift) * s, y - 0.15 * s, 0.06 * s, 0.06 * s, paint="ink")
        for shift in (-0.2, 0, 0.2)
    ]
    return (*eyes, *bubbles, *dots)


def _lids(face: Face) -> list[Form]:
    return [Ellipse(x, y, face.eye, face.eye, paint="flat", of=face.skin) for x, y in face.eyes]


def _bare(face: Face) -> Form:
    """Skin over the mouth that is drawn there otherwise."""
    return Ellipse(
        *face.mouth,
        0.7 * face.width,
        0.34 * face.width,
        paint="light" if face.muzzle else "flat",
        of=face.muzzle or face.skin,
    )


def _laughing_eyes(face: Face) -> list[Form]:
    r = face.eye
    return [Arc(x, y + 0.35 * r, 0.8 * r, 0.85 * r, 195, 345, paint="ink", width=0.3 * r) for x, y in face.eyes]


def _cheeks(face: Face) -> list[Form]:
    """Rosy cheeks: beside a mouth; below the eyes where there is a beak, or where the face is seen from the side."""
    (x, y), w, r = face.mouth, face.width, face.eye
    if face.beak or len(face.eyes) == 1:
        at, size = [(eye[0], eye[1] + 1.35 * r) for eye in face.eyes], 0.5 * r
    else:
        at, size = [(x + side * 1.05 * w, y - 0.25 * w) for side in (-1, 1)], 0.7 * r
    return [Ellipse(*cheek, size, 0.7 * size, paint="flat", colour="pink") for cheek in at]


def _brows(face: Face, slope: float) -> list[Form]:
    """Brows above the eyes; ``slope`` above 0: their inner ends are raised."""
    r = face.eye
    middle = sum(x for x, _ in face.eyes) / len(face.eyes)
    brows: list[Form] = []
    for x, y in face.eyes:
        inner = 1 if x < middle or len(face.eyes) == 1 else -1
        ends = ((x - inner * r, y - 1.35 * r + slope * r), (x + inner * r, y - 1.35 * r - slope * r))
        brows.append(Line(ends, paint="ink", width=0.42 * r))
    return brows


def _turned_down(face: Face) -> list[Form]:
    if face.beak:
        return []
    (x, y), w = face.mouth, face.width
    return [_bare(face), Arc(x, y + 0.26 * w, 0.42 * w, 0.34 * w, 205, 335, paint="ink", width=0.12 * w)]


def _ball(eye: Point, r: float, look: Point) -> tuple[Form, ...]:
    """A wide open eye that looks somewhere."""
    x, y = eye
    return (
        Ellipse(x, y, 1.15 * r, 1.15 * r, colour="white"),
        Ellipse(x + look[0] * r, y + look[1] * r, 0.45 * r, 0.45 * r, paint="ink"),
    )


def _zed(at: Point, size: float) -> tuple[Form, ...]:
    (x, y), h = at, size / 2
    path = ((x - h, y - h), (x + h, y - h), (x - h, y + h), (x + h, y + h))
    return _haloed(path, 0.24 * size)


def _tear(at: Point, r: float) -> Form:
    (x, y) = at
    round_ = tuple((x + r * cos(pi * (i / 10 - 0.15)), y + r * sin(pi * (i / 10 - 0.15))) for i in range(14))
    return Polygon(((x, y - 1.9 * r), *round_), 0.1 * r, colour="blue")


def _heart(at: Point, r: float) -> Form:
    (x, y) = at
    right = [
        (x + r * 0.5 + 0.55 * r * cos(a), y - 0.35 * r + 0.55 * r * sin(a))
        for a in (pi * (i / 8 - 1) for i in range(10))
    ]
    left = [(2 * x - px, py) for px, py in reversed(right)]
    return Polygon((*left, *right, (x, y + r)), colour="red")


def _note(at: Point, size: float) -> tuple[Form, ...]:
    (x, y), s = at, size
    stem = (
        (x - 0.12 * s, y + 0.3 * s),
        (x - 0.12 * s, y - 0.42 * s),
        (x + 0.36 * s, y - 0.5 * s),
        (x + 0.36 * s, y + 0.2 * s),
    )
    heads = [Ellipse(px - 0.13 * s, py, 0.17 * s, 0.13 * s, turn=-20, paint="ink") for px, py in (stem[0], stem[3])]
    return (*_haloed(stem, 0.1 * s), *heads)


# ------------------------------------------------------------------------------------------ movements


def _run(square: Square) -> tuple[Form, ...]:
    x, y, s = square
    lines = [
        ((x + start * s, y + at * s), (x + (start + 0.2) * s, y + at * s))
        for start, at in ((0.03, 0.42), (0.0, 0.58), (0.05, 0.74))
    ]
    return tuple(form for line in lines for form in _haloed(line, 0.022 * s))


def _jump(square: Square) -> tuple[Form, ...]:
    x, y, s = square
    return tuple(
        form
        for side in (-1, 1)
        for reach in (0.36, 0.45)
        for form in _haloed(_bow((x + s / 2, y + 0.55 * s), reach * s, 90 - side * 42, 26), 0.022 * s)
    )


def _dance(square: Square) -> tuple[Form, ...]:
    x, y, s = square
    bows = [_bow((x + s / 2, y + s / 2), reach * s, angle, 34) for angle in (180, 0) for reach in (0.4, 0.48)]
    return tuple(form for bow in bows for form in _haloed(bow, 0.022 * s)) + _note(
        (x + 0.87 * s, y + 0.14 * s), 0.2 * s
    )


def _fly(square: Square) -> tuple[Form, ...]:
    x, y, s = square
    forms: list[Form] = []
    for left, at in ((0.04, 0.9), (0.4, 0.97), (0.66, 0.88)):
        wave = tuple((x + (left + 0.26 * i / 12) * s, y + (at - 0.025 * sin(2 * pi * i / 12)) * s) for i in range(13))
        forms.extend(_haloed(wave, 0.022 * s))
    return tuple(forms)


def _bow(centre: Point, radius: float, middle: float, half: float) -> Points:
    """A piece of a circle, ``half`` degrees to either side of ``middle``."""
    angles = ((middle + half * (i / 6 - 1)) * pi / 180 for i in range(13))
    return tuple((centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in angles)


def _haloed(path: Points, width: float) -> tuple[Form, ...]:
    """A line of ink that can be seen on anything, by a white rim."""
    return Line(path, paint="flat", width=2.2 * width, colour="white"), Line(path, paint="ink", width=width)


EXPRESSIONS: dict[str, Callable[[Face], tuple[Form, ...]]] = {
    "sleep": _sleep,
    "smile": _smile,
    "cry": _cry,
    "scowl": _scowl,
    "gasp": _gasp,
    "love": _love,
    "sing": _sing,
    "think": _think,
}
"""What everything with a face can do, by name."""

MOVEMENTS: dict[str, Callable[[Square], tuple[Form, ...]]] = {"run": _run, "jump": _jump, "dance": _dance, "fly": _fly}
"""What everything can do."""
