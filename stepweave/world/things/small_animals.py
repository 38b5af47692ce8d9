"""Small animals of ponds, gardens and meadows."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

from stepweave.world.things.features import eyeballs, pale, symmetric, tapered
from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Point, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing


def _spiral(centre: Point, radius: float, turns: float) -> tuple[Point, ...]:
    """Points from the outer end of a spiral, at the bottom, to its middle."""
    steps = round(12 * turns)
    angles = ((2 * pi * turns * i / steps, radius * (1 - i / steps)) for i in range(steps))
    return tuple((centre[0] - r * sin(a), centre[1] + r * cos(a)) for a, r in angles)


def _band(ellipse: Ellipse, left: float, right: float) -> Form:
    """The piece of an upright ellipse between two upright curves, which bulge as a round body's would."""

    def edge(x: float) -> list[Point]:
        top = ellipse.ry * sqrt(1 - ((x - ellipse.x) / ellipse.rx) ** 2)
        return [(x + 4 * (1 - k * k), ellipse.y + k * top) for k in (-1, -0.6, -0.2, 0.2, 0.6, 1)]

    return Polygon((*edge(left), *reversed(edge(right))))


FROG = Thing(
    "frog",
    "body",
    (
        Part(
            "head",
            None,
            (
                Merged((Ellipse(50, 38, 34, 24), Ellipse(29, 18.5, 13.5, 13.5), Ellipse(71, 18.5, 13.5, 13.5))),
                Ellipse(46, 34, 1.5, 1.8, paint="ink"),
                Ellipse(54, 34, 1.5, 1.8, paint="ink"),
            ),
            depth=1,
        ),
        Part("eyes", "white", eyeballs((29, 20), (71, 20), radius=7.6, look=(0, 0.5)), depth=1),
        Part(
            "mouth",
            "red",
            (Line(((35.5, 43), (41, 47.6), (50, 49.6), (59, 47.6), (64.5, 43)), smooth=True, width=2.8),),
            depth=1,
        ),
        Part("body", "green", (symmetric(((50, 50), (68, 56), (78, 74), (76, 92), (64, 100), (50, 101))),)),
        Part("belly", "yellow", pale(symmetric(((50, 62), (60, 64), (65, 78), (60, 92), (50, 95))))),
        Part(
            "legs",
            None,
            mirrored(
                (
                    Blob(((74, 66), (88, 62), (98, 72), (100, 86), (94, 98), (82, 100), (74, 90))),
                    Arc(84, 86, 9, 12, 200, 300, paint="shade", width=1.8),
                    tapered((64, 68, 11), (66, 82, 9.5), (66, 97, 9)),
                ),
                50,
            ),
        ),
        Part(
            "feet",
            None,
            mirrored(
                (
                    Merged(tuple(Ellipse(x, 102, 3.2, 4) for x in (61, 66, 71))),
                    Merged(tuple(Ellipse(x, 101, 4.2, 4.6) for x in (84, 91, 98))),
                ),
                50,
            ),
        ),
    ),
    extent=0.36,
    face=Face(eyes=((29, 20), (71, 20)), eye=9.4, mouth=(50, 46.5), width=28, skin="head", marks=(93, 40), size=19),
)

TURTLE = Thing(
    "turtle",
    "shell",
    (
        Part(
            "shell",
            "brown",
            (
                Blob(((10, 68), (12, 44), (26, 22), (46, 14), (66, 22), (80, 44), (82, 68), (46, 71))),
                Line(((9, 69), (83, 69)), width=6.5),
            ),
        ),
        Part(
            "spots",
            "yellow",
            (
                Polygon(((39, 20), (53, 20), (60, 32), (53, 44), (39, 44), (32, 32)), 4),
                Polygon(((40, 49), (52, 49), (56, 56), (53, 63), (39, 63), (36, 56)), 3),
                Polygon(((27, 36), (34, 46), (30, 63), (16, 63), (17, 48)), 4),
                Polygon(((65, 36), (58, 46), (62, 63), (76, 63), (75, 48)), 4),
            ),
        ),
        Part(
            "head",
            "green",
            (
                Merged((tapered((70, 70, 15), (84, 64, 14), (92, 52, 13)), Ellipse(95, 47, 13.5, 12.5))),
                Arc(99, 48, 6.5, 6, 25, 120, paint="ink"),
            ),
            depth=-1,
        ),
        Part("eye", "white", eyeballs((96, 43), radius=4.8, look=(0.7, 0.2))),
        Part(
            "legs",
            "green",
            (
                Box(31, 68, 12, 19, 5),
                Box(53, 68, 12, 19, 5),
                Box(16, 68, 15, 22, 6),
                Box(64, 68, 15, 22, 6),
                *(Ellipse(x, 87, 1.6, 2, paint="light") for x in (20, 24.5, 68, 72.5)),
            ),
            depth=-1,
        ),
        Part("tail", "green", (Polygon(((16, 66), (-3, 76), (18, 78)), 3),), depth=-2),
    ),
    extent=0.38,
    face=Face(eyes=((96, 43),), eye=6.8, mouth=(101, 53), width=9, skin="head", marks=(96, 23.5), size=19),
)

SNAIL = Thing(
    "snail",
    "shell",
    (
        Part(
            "body",
            "yellow",
            (
                Blob(
                    (
                        (3, 56),
                        (14, 46),
                        (27, 51),
                        (32, 66),
                        (43, 76),
                        (70, 78),
                        (92, 83),
                        (104, 92),
                        (92, 95),
                        (50, 95),
                        (18, 94),
                        (5, 84),
                        (1, 68),
                    )
                ),
                Arc(15, 63.6, 4, 3.4, 20, 160, paint="ink"),
            ),
        ),
        Part("shell", "orange", (Ellipse(66, 53, 31, 30),)),
        Part("spiral", "brown", (Line(_spiral((67, 54), 22, 2.25), smooth=True, width=4.4, paint="flat"),)),
        Part(
            "antennae",
            "yellow",
            (
                Line(((12, 56), (9, 42), (5, 26)), smooth=True, width=4.2),
                Line(((22, 56), (24, 42), (27, 26)), smooth=True, width=4.2),
            ),
            depth=-1,
        ),
        Part("eyes", "white", eyeballs((4, 22), (27, 22), radius=6.6, look=(-0.8, 0.2))),
    ),
    extent=0.32,
    face=Face(eyes=((4, 22), (27, 22)), eye=8.4, mouth=(15, 66), width=8.5, skin="body", marks=(45, 25), size=19),
)

BUTTERFLY = Thing(
    "butterfly",
    "wings",
    (
        Part(
            "body",
            "brown",
            (
                tapered((50, 28, 6), (50, 44, 10), (50, 64, 9), (50, 84, 4)),
                *(Arc(50, y, 4, 3, 25, 155, paint="shade", width=1.8) for y in (46, 54, 62, 70)),
            ),
        ),
        Part("head", "brown", (Ellipse(50, 29, 10.5, 10), Arc(50, 31, 4.5, 4, 20, 160, paint="light", width=1.5))),
        Part(
            "wings",
            "purple",
            mirrored(
                (
                    Blob(((52, 54), (68, 54), (84, 60), (88, 74), (78, 90), (66, 86), (57, 70))),
                    Blob(((52, 46), (58, 28), (74, 12), (92, 8), (100, 20), (96, 40), (84, 54), (66, 58), (53, 54))),
                ),
                50,
            ),
            depth=-1,
        ),
        Part(
            "spots",
            "yellow",
            mirrored(
                (
                    Blob(((64, 40), (70, 28), (82, 17), (91, 17), (92, 27), (84, 38), (72, 44))),
                    Blob(((60, 62), (72, 63), (81, 70), (80, 78), (73, 81), (65, 74))),
                ),
                50,
            ),
            depth=-1,
        ),
        Part("eyes", "white", eyeballs((45.5, 27), (54.5, 27), radius=3.7, look=(0, 0.3))),
        Part(
            "antennae",
            "brown",
            mirrored((Line(((53, 22), (57, 10), (64, 4)), smooth=True, width=2.2), Ellipse(65, 4, 2.8, 2.8)), 50),
            depth=-1,
        ),
    ),
    extent=0.32,
    place="top right",
    stands=False,
    face=Face(
        eyes=((45.5, 27), (54.5, 27)), eye=5.2, mouth=(50, 34.5), width=7, skin="head", marks=(50, 10), size=17.5
    ),
)

_BODY = Ellipse(62, 62, 35, 25)

BEE = Thing(
    "bee",
    "body",
    (
        Part("body", "yellow", (_BODY,)),
        Part(
            "stripes",
            "black",
            (_band(_BODY, 50, 60), _band(_BODY, 67, 76), _band(_BODY, 82, 89)),
        ),
        Part("head", None, (Ellipse(27, 56, 21, 20.5), Arc(25, 60, 7.5, 7, 20, 160, paint="ink"))),
        Part("eyes", "white", eyeballs((18, 52), (33, 52), radius=5.4, look=(-0.5, 0.3))),
        Part(
            "antennae",
            "black",
            (
                Line(((21, 40), (17, 28), (9, 22)), smooth=True, width=2, paint="flat"),
                Ellipse(9, 22, 3.2, 3.2),
                Line(((31, 39), (33, 27), (29, 18)), smooth=True, width=2, paint="flat"),
                Ellipse(29, 18, 3.2, 3.2),
            ),
            depth=-1,
        ),
        Part(
            "wings",
            "white",
            (
                Ellipse(82, 28, 12, 23, turn=32),
                Ellipse(65, 24, 13, 24, turn=10),
                Line(((64, 42), (66, 22)), paint="shade", width=1.6),
                Line(((77, 44), (86, 26)), paint="shade", width=1.6),
            ),
            depth=-1,
        ),
        Part("sting", "black", (Polygon(((93, 55), (108, 62), (93, 69)), 2),), depth=-2),
    ),
    extent=0.32,
    place="top",
    stands=False,
    face=Face(eyes=((18, 52), (33, 52)), eye=7.4, mouth=(25, 66), width=14, skin="head", marks=(44, 22), size=19),
)

SMALL_ANIMALS = (FROG, TURTLE, SNAIL, BUTTERFLY, BEE)
