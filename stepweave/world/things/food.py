"""Things to eat."""

from __future__ import annotations

from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Points, Polygon, mirrored
from stepweave.world.things.model import Part, Thing

APPLE = Thing(
    "apple",
    "body",
    (
        Part(
            "body",
            "red",
            (
                Blob(
                    (
                        (50, 30),
                        (62, 24),
                        (80, 25),
                        (93, 40),
                        (94, 60),
                        (86, 82),
                        (72, 97),
                        (60, 99),
                        (50, 95),
                        (40, 99),
                        (28, 97),
                        (14, 82),
                        (6, 60),
                        (7, 40),
                        (20, 25),
                        (38, 24),
                    )
                ),
                Arc(50, 25, 13, 10, 35, 145, paint="shade", width=2.4),
                Arc(50, 60, 34, 28, 185, 225, paint="light", width=5.5),
            ),
        ),
        Part("stem", "brown", (Polygon(((47, 32), (47.5, 16), (53, 1), (60, 4), (54.5, 17), (54, 32)), 2),)),
        Part(
            "leaf",
            "green",
            (
                Blob(((54, 19), (60, 8), (74, 2), (90, 5), (83, 16), (70, 22))),
                Line(((60, 16), (80, 8.5)), paint="shade", width=1.8),
            ),
        ),
    ),
    extent=0.3,
)


def _along(x: float, y: float, across: float, tip: float = 0.0) -> tuple[float, float]:
    """A point of the carrot: ``across`` to its side and ``tip`` towards its tip from (x, y); it lies aslant."""
    c = pi / 4
    return x + (across - tip) * cos(c), y + (across + tip) * sin(c)


def _root() -> Points:
    half = ((0, 12), (5, 16), (16, 16.5), (40, 12.5), (64, 7.5), (82, 3), (86, 0))
    left = [_along(64, 36, -w, t) for t, w in half]
    right = [_along(64, 36, w, t) for t, w in half[:-1]]
    return (*left, *reversed(right))


def _ring(tip: float, start: float, end: float) -> Line:
    """A wrinkle of the carrot across its root, a little bowed."""
    ends = _along(64, 36, start, tip), _along(64, 36, end, tip)
    middle = _along(64, 36, (start + end) / 2, tip + 1.6)
    return Line((ends[0], middle, ends[1]), smooth=True, paint="flat", width=3.2)


CARROT = Thing(
    "carrot",
    "root",
    (
        Part(
            "root",
            "orange",
            (Blob(_root()), Line((_along(64, 36, -9, 12), _along(64, 36, -6.5, 36)), paint="light", width=3)),
        ),
        Part(
            "rings",
            "brown",
            (_ring(17, 3, 15), _ring(29, -13, -3), _ring(40, 1, 10), _ring(52, -8.5, -1), _ring(63, 0, 6)),
        ),
        Part(
            "leaves",
            "green",
            (
                Blob(((62, 36), (54, 24), (52, 10), (58, -2), (64, 8), (68, 22))),
                Blob(((64, 38), (76, 46), (90, 48), (102, 42), (92, 36), (78, 32))),
                Blob(((60, 36), (68, 22), (82, 8), (100, 0), (93, 18), (78, 33), (66, 41))),
                Line(((68, 33), (88, 12)), paint="shade", width=1.8),
            ),
            depth=-1,
        ),
    ),
    extent=0.35,
)


def _drips(left: float, right: float, top: float, depths: tuple[float, ...], base: float) -> Form:
    """Icing: a band between ``left`` and ``right`` from which drops run down."""
    step = (right - left) / len(depths)
    drops = tuple(Box(left + i * step, top, step, depth, step / 2) for i, depth in enumerate(depths))
    return Merged((Box(left, top, right - left, base, 3), *drops))


CANDLES = (35.0, 50.0, 65.0)
"""Where candles stand on the cake."""

CAKE = Thing(
    "cake",
    "sponge",
    (
        Part(
            "plate", "blue", (Blob(((0, 95), (8, 91), (50, 90), (92, 91), (100, 95), (84, 101), (50, 102), (16, 101))),)
        ),
        Part(
            "sponge",
            "brown",
            (
                Box(24, 36, 52, 32, 5),
                Box(10, 62, 80, 34, 5),
                Line(((14, 84), (86, 84)), paint="light", width=3),
            ),
        ),
        Part(
            "icing",
            "pink",
            (
                _drips(21.5, 78.5, 32, (15, 20, 14, 19, 13, 18), 9),
                _drips(7, 93, 58, (16, 20, 15, 21, 16, 20, 15, 19), 9),
            ),
        ),
        Part("cherries", "red", tuple(Ellipse(x, 58, 4.6, 4.6) for x in (14, 86))),
        Part(
            "tapers",
            "white",
            tuple(
                form
                for x in CANDLES
                for form in (
                    Box(x - 2.8, 13, 5.6, 21, 1),
                    Line(((x - 2.4, 29), (x + 2.4, 26)), paint="shade", width=1.6),
                    Line(((x - 2.4, 22), (x + 2.4, 19)), paint="shade", width=1.6),
                )
            ),
            depth=-1,
        ),
        Part(
            "flames",
            "yellow",
            tuple(
                Blob(((x, -1), (x + 3.6, 6), (x + 3, 10.5), (x, 12.5), (x - 3, 10.5), (x - 3.6, 6))) for x in CANDLES
            ),
        ),
    ),
    extent=0.38,
)


def _weave(starts: tuple[float, ...]) -> tuple[Form, ...]:
    """Lines on the cone, along its left edge from its top to its right edge."""
    ends = ((x, (77 - x) / 54) for x in starts)
    return tuple(Line(((x + 2, 54), (x + 27 * t, 50 + 53 * t)), paint="shade", width=1.8) for x, t in ends)


ICE_CREAM = Thing(
    "ice cream",
    "scoop",
    (
        Part(
            "cone",
            "orange",
            (
                Polygon(((20, 50), (80, 50), (52.5, 104), (47.5, 104)), 3),
                *mirrored(_weave((34, 48, 62)), 50),
            ),
        ),
        Part(
            "scoop",
            "pink",
            (
                Merged(
                    (
                        Ellipse(50, 31, 29, 27),
                        Ellipse(26, 50, 9, 7.5),
                        Ellipse(42, 52, 9.5, 9.5),
                        Ellipse(58, 51, 9, 7.5),
                        Ellipse(74, 50, 9, 7.5),
                        Box(24, 38, 52, 14, 4),
                    )
                ),
            ),
        ),
        Part(
            "sauce",
            "brown",
            (
                Blob(
                    (
                        (50, 1),
                        (66, 5),
                        (77, 18),
                        (78, 27),
                        (73, 30),
                        (68, 24),
                        (62, 23),
                        (61, 33),
                        (56, 37),
                        (51, 32),
                        (49, 24),
                        (42, 24),
                        (39, 29),
                        (35, 28),
                        (32, 24),
                        (27, 30),
                        (22, 26),
                        (24, 15),
                        (35, 5),
                    )
                ),
                Arc(46, 22, 15, 14, 200, 255, paint="light", width=2.4),
            ),
        ),
        Part(
            "sprinkles",
            "yellow",
            tuple(
                Line(((x - dx, y - dy), (x + dx, y + dy)), width=2.4)
                for x, y, dx, dy in (
                    (41, 16, 2, 1),
                    (56, 15, 1, -2),
                    (66, 15, 2, 1),
                    (55, 26, 1, 2),
                    (31, 18, 1, -2),
                    (70, 22, 0.5, 2),
                )
            ),
        ),
        Part(
            "cherry",
            "red",
            (
                Line(((51, -6), (54, -14), (61, -19)), smooth=True, paint="ink", width=2),
                Ellipse(50, -2, 8, 7.6),
                Ellipse(47, -4.6, 2, 1.8, paint="gleam"),
            ),
        ),
    ),
    extent=0.38,
)

FOOD = (APPLE, CARROT, CAKE, ICE_CREAM)
