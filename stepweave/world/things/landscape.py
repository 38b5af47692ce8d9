"""Things of the land."""

from __future__ import annotations

from math import cos, hypot, pi, radians, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Point, Points, Polygon, mirrored
from stepweave.world.things.model import Part, Thing


def _pine(x: float, y: float, h: float) -> tuple[Form, ...]:
    """A small fir that stands at (x, y)."""
    w = h * 0.3
    tiers = tuple(
        Polygon(((x - w * k, y - h * low), (x, y - h * high), (x + w * k, y - h * low)), 1)
        for k, low, high in ((1.0, 0.1, 0.6), (0.78, 0.36, 0.82), (0.55, 0.6, 1.0))
    )
    return (Merged((Box(x - 1.2, y - h * 0.16, 2.4, h * 0.16, 0), *tiers)),)


MOUNTAIN = Thing(
    "mountain",
    "rock",
    (
        Part(
            "rock",
            "grey",
            (
                Polygon(((40, 84), (69, 28), (75, 26), (104, 84)), 4),
                Polygon(((80, 36), (86, 50), (82, 62), (88, 82), (100, 82)), 2, paint="shade"),
                Polygon(((-2, 84), (34, 9), (41, 7), (84, 84)), 5),
                Polygon(((46, 18), (52, 36), (47, 46), (58, 62), (55, 82), (80, 82)), 2, paint="shade"),
                Line(((27, 48), (20, 64)), paint="shade", width=2),
                Line(((36, 56), (33, 70)), paint="shade", width=2),
            ),
        ),
        Part(
            "snow",
            "white",
            (
                Polygon(((61, 43.5), (69, 28), (75, 26), (83.5, 43), (78, 41), (75, 47), (70, 41), (66, 46)), 2.5),
                Polygon(
                    ((22, 34), (34, 9), (41, 7), (57.5, 36.5), (51, 34), (47, 43), (40, 34), (34, 42), (29, 34)), 3.5
                ),
            ),
        ),
        Part(
            "grass",
            "green",
            (
                Blob(
                    ((-4, 86), (12, 78), (32, 80), (52, 77), (74, 80), (94, 77), (106, 86), (96, 93), (50, 95), (6, 93))
                ),
            ),
        ),
        Part("pines", "green", (*_pine(12, 88, 27), *_pine(26, 91, 20), *_pine(88, 90, 24))),
    ),
)

MUSHROOM = Thing(
    "mushroom",
    "cap",
    (
        Part(
            "cap",
            "red",
            (
                Blob(((3, 52), (8, 31), (26, 12), (50, 6), (74, 12), (92, 31), (97, 52), (84, 60), (50, 62), (16, 60))),
                Arc(49, 48, 39, 34, 195, 235, paint="light", width=2.6),
            ),
        ),
        Part(
            "gills",
            "yellow",
            (
                Ellipse(50, 57, 30, 6.5),
                *(Line(((50 + 5 * k, 54), (50 + 9 * k, 61)), paint="shade", width=1.2) for k in (-3, -2, 2, 3)),
            ),
        ),
        Part(
            "stem",
            "white",
            (
                Blob(
                    ((38, 56), (50, 58), (62, 56), (62, 72), (68, 90), (62, 97), (50, 99), (38, 97), (32, 90), (38, 72))
                ),
                Line(((44, 70), (42, 86)), paint="shade", width=1.8),
                Line(((56, 76), (57, 89)), paint="shade", width=1.8),
            ),
        ),
        Part(
            "spots",
            "white",
            (
                Ellipse(50, 24, 9.5, 7.5),
                Ellipse(25, 36, 7.5, 7, turn=-30),
                Ellipse(75, 37, 8, 6.5, turn=35),
                Ellipse(51, 46, 6, 4.5),
                Ellipse(12.5, 51, 4, 3.6),
                Ellipse(89, 53, 3.4, 3),
            ),
        ),
        Part(
            "grass",
            "green",
            mirrored(
                (
                    Merged(
                        (
                            Polygon(((20, 101), (13, 87), (26, 98)), 1),
                            Polygon(((24, 101), (23, 80), (32, 99)), 1),
                            Polygon(((30, 101), (36, 84), (39, 101)), 1),
                            Polygon(((18, 101), (24, 97), (42, 97), (42, 101)), 1),
                        )
                    ),
                ),
                50,
            ),
        ),
    ),
    extent=0.36,
)


def _spines(points: Points) -> tuple[Form, ...]:
    """Short spines, two at each point."""
    return tuple(
        Merged((Line(((x - 2.6, y - 2), (x, y + 1.4)), width=1.1), Line(((x + 2.6, y - 2), (x, y + 1.4)), width=1.1)))
        for x, y in points
    )


CACTUS = Thing(
    "cactus",
    "stem",
    (
        Part(
            "stem",
            "green",
            (
                Box(37, 4, 26, 74, 13),
                Line(((44, 18), (44, 70)), paint="shade", width=2),
                Line(((56, 16), (56, 70)), paint="shade", width=2),
            ),
        ),
        Part(
            "arms",
            None,
            (
                Line(((42, 56), (26, 56), (18, 49), (17, 34)), smooth=True, width=14),
                Line(((58, 48), (74, 48), (82, 41), (83, 23)), smooth=True, width=14),
                Line(((18, 50), (17, 36)), paint="shade", width=1.8),
                Line(((82, 42), (83, 25)), paint="shade", width=1.8),
            ),
            depth=-1,
        ),
        Part(
            "pot",
            "orange",
            (
                Polygon(((30, 78), (70, 78), (65, 102), (35, 102)), 4),
                Box(26, 71, 48, 11, 3),
            ),
        ),
        Part(
            "spines",
            "white",
            _spines(
                (
                    (50, 28),
                    (50, 43),
                    (50, 58),
                    (41, 36),
                    (59, 34),
                    (41, 51),
                    (59, 60),
                    (23, 46),
                    (77, 38),
                    (17, 36),
                    (83, 26),
                )
            ),
        ),
        Part(
            "petals",
            "pink",
            (
                *(
                    Ellipse(50 + 7 * sin(radians(72 * i)), 4 - 7 * cos(radians(72 * i)), 4.6, 5.6, turn=72 * i)
                    for i in range(5)
                ),
                Ellipse(50, 4, 3.8, 3.8, colour="yellow"),
            ),
        ),
    ),
    extent=0.38,
)


def _frond(bend: Point, end: Point, width: float) -> Polygon:
    """A palm leaf from the top of the trunk over ``bend`` to ``end``, with a toothed lower edge."""
    upper: list[Point] = []
    lower: list[Point] = []
    for i in range(13):
        t = i / 12
        x = (1 - t) ** 2 * CROWN[0] + 2 * t * (1 - t) * bend[0] + t**2 * end[0]
        y = (1 - t) ** 2 * CROWN[1] + 2 * t * (1 - t) * bend[1] + t**2 * end[1]
        dx = (1 - t) * (bend[0] - CROWN[0]) + t * (end[0] - bend[0])
        dy = (1 - t) * (bend[1] - CROWN[1]) + t * (end[1] - bend[1])
        half = width * (0.25 + 0.75 * sin(pi * t**0.8)) * (1 - t**6) / hypot(dx, dy)
        tooth = 0.35 if i % 3 == 2 and i < 11 else 1.0
        upper.append((x + dy * half * 0.8, y - dx * half * 0.8))
        lower.append((x - dy * half * tooth, y + dx * half * tooth))
    return Polygon((*upper, *reversed(lower[1:-1])), 1.2)


CROWN = (56.0, 27.0)
"""The top of the palm's trunk, where its leaves grow."""

PALM = Thing(
    "palm tree",
    "leaves",
    (
        Part(
            "trunk",
            "brown",
            (
                Polygon(((38, 96), (43, 74), (47, 52), (53, 28), (61, 29), (57, 54), (53, 76), (54, 96)), 4),
                *(
                    Line(((x, y), (x + w / 2, y + 2.2), (x + w, y)), paint="shade", smooth=True, width=1.8)
                    for x, y, w in ((41.5, 83, 11), (44, 71, 9.5), (46.5, 59, 9), (49, 47, 8.5), (51.4, 37, 8))
                ),
            ),
            depth=-1,
        ),
        Part(
            "leaves",
            "green",
            (
                Merged(
                    (
                        _frond((46, 0), (22, 6), 7),
                        _frond((66, 0), (90, 6), 7),
                        _frond((34, 4), (6, 40), 8),
                        _frond((78, 4), (106, 40), 8),
                        Ellipse(*CROWN, 8, 7),
                    )
                ),
                _frond((34, 22), (24, 64), 7),
                _frond((78, 22), (88, 64), 7),
            ),
        ),
        Part("coconuts", "brown", (Ellipse(49, 33, 5, 5), Ellipse(63, 33, 5, 5), Ellipse(56, 37, 5.4, 5.4))),
        Part(
            "island",
            "yellow",
            (Blob(((12, 100), (28, 93), (48, 90), (70, 93), (88, 100), (72, 103), (28, 103))),),
        ),
    ),
)


LANDSCAPE = (MOUNTAIN, MUSHROOM, CACTUS, PALM)
