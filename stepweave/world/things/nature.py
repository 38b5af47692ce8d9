"""Things that grow, shine or melt."""

from __future__ import annotations

from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing


def _petals(count: int) -> tuple[Form, ...]:
    """Petals around (50, 30), each a little under the next."""
    turns = [360 * i / count for i in range(count)]
    return tuple(Ellipse(50 + 18 * sin(pi * t / 180), 30 - 18 * cos(pi * t / 180), 9.5, 14, turn=t) for t in turns)


def _rays(count: int) -> tuple[Form, ...]:
    """Rays around (50, 50), long and short in turn."""
    rays: list[Form] = []
    for i in range(count):
        a, end = 2 * pi * i / count, 50 if i % 2 == 0 else 45
        rays.append(Line(((50 + 37 * sin(a), 50 - 37 * cos(a)), (50 + end * sin(a), 50 - end * cos(a))), width=5.5))
    return tuple(rays)


TREE = Thing(
    "tree",
    "leaves",
    (
        Part(
            "trunk",
            "brown",
            (
                Polygon(((41, 60), (57, 60), (58, 88), (64, 99), (34, 99), (40, 88)), 3),
                Line(((46, 76), (46, 88)), paint="shade"),
                Line(((52, 70), (52, 80)), paint="shade"),
            ),
        ),
        Part(
            "leaves",
            "green",
            (
                Merged(
                    (
                        Ellipse(49, 21, 22, 20),
                        Ellipse(29, 36, 19, 18),
                        Ellipse(69, 35, 19, 18),
                        Ellipse(33, 53, 19, 16),
                        Ellipse(65, 53, 19, 16),
                        Ellipse(49, 45, 22, 20),
                    )
                ),
                Arc(40, 17, 8, 7, 190, 285, paint="light", width=1.6),
                Arc(22, 35, 7, 6, 180, 270, paint="light", width=1.6),
                Arc(62, 43, 8, 7, 200, 300, paint="shade"),
                Arc(38, 53, 8, 7, 200, 300, paint="shade"),
            ),
        ),
        Part(
            "apples",
            "red",
            (
                Ellipse(35, 38, 4.2, 4.2),
                Ellipse(55, 25, 4.2, 4.2),
                Ellipse(68, 51, 4.2, 4.2),
                Ellipse(47, 58, 4.2, 4.2),
            ),
        ),
    ),
)

FLOWER = Thing(
    "flower",
    "petals",
    (
        Part("stem", "green", (Line(((51, 99), (48, 75), (50, 40)), smooth=True, width=4.5),), depth=-2),
        Part(
            "leaves",
            "green",
            (
                Blob(((49, 86), (38, 80), (27, 68), (24, 62), (36, 64), (46, 73))),
                Line(((31, 68), (45, 81)), paint="shade"),
                Blob(((51, 92), (60, 78), (72, 71), (77, 70), (74, 80), (64, 90))),
                Line(((70, 76), (56, 89)), paint="shade"),
            ),
            depth=-1,
        ),
        Part("petals", "pink", _petals(8)),
        Part(
            "centre",
            "yellow",
            (
                Ellipse(50, 30, 12, 12),
                Ellipse(46, 27, 1.4, 1.4, paint="shade"),
                Ellipse(53, 26, 1.4, 1.4, paint="shade"),
                Ellipse(49.5, 32, 1.4, 1.4, paint="shade"),
                Ellipse(55, 33, 1.4, 1.4, paint="shade"),
                Ellipse(45, 34, 1.4, 1.4, paint="shade"),
            ),
        ),
    ),
)

SUN = Thing(
    "sun",
    "disc",
    (
        Part("disc", "yellow", (Ellipse(50, 50, 29, 29),)),
        Part("rays", "orange", _rays(16), depth=-1),
        Part(
            "face",
            "brown",
            (
                Ellipse(40, 46, 2.6, 3.6, paint="flat"),
                Ellipse(60, 46, 2.6, 3.6, paint="flat"),
                Ellipse(39.4, 44.6, 0.9, 1.1, paint="gleam"),
                Ellipse(59.4, 44.6, 0.9, 1.1, paint="gleam"),
                Arc(50, 53, 9, 7.5, 20, 160, paint="flat", width=2.2),
            ),
        ),
    ),
    extent=0.32,
    place="top right",
    stands=False,
    face=Face(eyes=((40, 46), (60, 46)), eye=4.4, mouth=(50, 59.5), width=17, skin="disc", marks=(90.5, 9.5), size=18),
)

SNOWMAN = Thing(
    "snowman",
    "body",
    (
        Part("body", "white", (Ellipse(50, 94, 29, 27), Ellipse(50, 59, 22, 20))),
        Part("head", None, (Ellipse(50, 29, 17, 16.5),)),
        Part(
            "eyes",
            "black",
            (
                Ellipse(43.5, 25.5, 2, 2.6, paint="flat"),
                Ellipse(56.5, 25.5, 2, 2.6, paint="flat"),
                Arc(50, 33, 8.5, 6.5, 35, 145, paint="flat", width=1.6),
            ),
        ),
        Part("nose", "orange", (Polygon(((50, 28), (66, 32.5), (50, 34)), 2),)),
        Part(
            "buttons",
            "black",
            tuple(Ellipse(50, y, 2.6, 2.6, paint="flat") for y in (56, 65, 84)),
        ),
        Part(
            "arms",
            "brown",
            mirrored(
                (
                    Merged(
                        (
                            Line(((34, 58), (6, 42)), width=2.4),
                            Line(((15, 47), (14, 38)), width=2),
                            Line(((15, 47), (5, 50)), width=2),
                        )
                    ),
                ),
                50,
            ),
            depth=-1,
        ),
        Part(
            "scarf",
            "red",
            (
                Polygon(((56, 45), (66, 44), (69, 66), (60, 67)), 2.5),
                Line(((61, 61), (68.5, 60.4)), paint="light", width=1.8),
                Blob(((33, 41), (50, 45.5), (67, 41), (68, 46.5), (50, 51.5), (32, 46.5))),
            ),
        ),
        Part(
            "hat",
            "black",
            (
                Box(38, -4, 24, 20, 2.5),
                Box(38, 9, 24, 4.5, 0.5, of="scarf", paint="flat"),
                Box(30, 13.5, 40, 4.6, 2.2),
            ),
        ),
    ),
    grip=(93, 43),
    face=Face(
        eyes=((43.5, 25.5), (56.5, 25.5)), eye=3.2, mouth=(50, 39), width=14, skin="head", marks=(82, 19), size=23
    ),
)

NATURE = (TREE, FLOWER, SUN, SNOWMAN)
