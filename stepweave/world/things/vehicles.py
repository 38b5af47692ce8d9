"""Things that drive, towards the right."""

from __future__ import annotations

from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Polygon
from stepweave.world.things.model import Part, Thing


def _wheel(x: float, y: float, r: float) -> tuple[Form, ...]:
    return Ellipse(x, y, r, r), Ellipse(x, y, r * 0.45, r * 0.45, paint="light")


BUS = Thing(
    "bus",
    "body",
    (
        Part(
            "body",
            "yellow",
            (
                Polygon(((0, 14), (92, 14), (99, 40), (101, 74), (0, 74)), 8),
                Line(((3, 69), (98, 69)), paint="shade", width=1.8),
                Line(((9, 18.5), (84, 18.5)), paint="light", width=2.2),
            ),
        ),
        Part(
            "windows",
            "white",
            (
                *(Box(x, 24, 14, 17, 3) for x in (6, 23, 40)),
                Polygon(((77, 24), (88.5, 24), (93.5, 43), (77, 43)), 3),
                *(Line(((x + 4, 35), (x + 7.5, 28)), paint="shade", width=1.8) for x in (6, 23, 40, 76)),
            ),
        ),
        Part(
            "door",
            "blue",
            (
                Box(58, 24, 15, 46, 2.5),
                Line(((65.5, 26), (65.5, 68)), paint="ink"),
                Box(60.3, 28, 3, 22, 1, paint="light"),
                Box(67.7, 28, 3, 22, 1, paint="light"),
            ),
        ),
        Part(
            "stripe", "red", (Box(0.6, 49, 55, 7, 0.5), Polygon(((75.4, 49), (99.6, 49), (100.2, 56), (75.4, 56)), 0.5))
        ),
        Part("wheels", "black", (*_wheel(21, 75, 11.5), *_wheel(84, 75, 11.5))),
        Part("lights", "orange", (Ellipse(98, 63, 3.4, 4.2), Box(-1, 60, 4.5, 7, 1.5))),
    ),
)

TRUCK = Thing(
    "truck",
    "cab",
    (
        Part(
            "cab",
            "green",
            (
                Polygon(((63, 34), (83, 34), (91, 53), (101, 57), (101, 77), (63, 77)), 5),
                Line(((67, 70), (98, 70)), paint="shade", width=1.8),
                Line(((71, 59), (76, 59)), paint="shade", width=2),
                Line(((66, 57), (66, 68)), paint="shade"),
            ),
        ),
        Part(
            "trailer",
            "white",
            (
                Box(56, 66, 12, 9, 1, of="wheels"),
                Box(0, 15, 60, 60, 4),
                Box(0.6, 44, 58.8, 9, 0.5, of="cab", paint="flat"),
                *(Line(((x, 21), (x, 69)), paint="shade", width=1.8) for x in (15, 30, 45)),
            ),
            depth=-1,
        ),
        Part(
            "window",
            "blue",
            (
                Polygon(((69, 39), (81, 39), (86.5, 53), (69, 53)), 2.5),
                Polygon(((72, 50.5), (77, 40.5), (80, 40.5), (75, 50.5)), paint="light"),
            ),
        ),
        Part("bumper", "grey", (Box(92, 72, 13, 7, 2.5), Box(-2, 72, 20, 6, 2))),
        Part("wheels", "black", (*_wheel(15, 78, 10), *_wheel(39, 78, 10), *_wheel(82, 78, 10))),
        Part("lights", "yellow", (Ellipse(99, 63, 3.3, 4.4),)),
    ),
)

TRAIN = Thing(
    "train",
    "boiler",
    (
        Part(
            "boiler",
            "blue",
            (
                Box(28, 41, 64, 33, 9),
                Line(((46, 43), (46, 72)), paint="light", width=3),
                Line(((66, 43), (66, 72)), paint="light", width=3),
                Line(((84, 44), (84, 71)), paint="shade", width=2),
            ),
        ),
        Part(
            "cab",
            "red",
            (
                Box(2, 22, 34, 54, 3),
                Line(((6, 68), (32, 68)), paint="shade", width=2),
                Box(-4, 15, 45, 10, 4, colour="grey"),
            ),
        ),
        Part(
            "window",
            "white",
            (Box(9, 31, 20, 19, 3), Line(((14, 45), (20, 36)), paint="shade", width=2)),
        ),
        Part(
            "funnel",
            "black",
            (
                Polygon(((69, 45), (67, 26), (83, 26), (81, 45)), 1),
                Box(64, 20, 22, 8, 2),
                Ellipse(54, 41, 6, 6),
            ),
            depth=-1,
        ),
        Part(
            "wheels",
            "black",
            (
                Polygon(((82, 74), (92, 74), (106, 92), (84, 92)), 2),
                *_wheel(17, 79, 13.5),
                *_wheel(48, 83, 9.5),
                *_wheel(72, 83, 9.5),
                Line(((17, 83), (74, 83)), paint="light", width=3),
            ),
        ),
        Part(
            "smoke",
            "grey",
            (
                Merged(
                    (
                        Ellipse(72, 9, 8, 7.5),
                        Ellipse(61, 1, 9.5, 8.5),
                        Ellipse(47, -3, 9, 8),
                        Ellipse(35, -1, 6, 5),
                    ),
                ),
            ),
            depth=-2,
        ),
    ),
)


def _spokes(x: float, y: float, r: float, count: int) -> tuple[Form, ...]:
    ends = [(r * cos(2 * pi * i / count + 0.3), r * sin(2 * pi * i / count + 0.3)) for i in range(count)]
    return tuple(Line(((x, y), (x + dx, y + dy)), paint="ink", width=0.9) for dx, dy in ends)


BICYCLE = Thing(
    "bicycle",
    "tubes",
    (
        Part(
            "tubes",
            "red",
            (
                Merged(
                    (
                        Line(((21, 66), (48, 67), (69, 35), (36, 35), (21, 66)), width=4.4),
                        Line(((48, 67), (34, 27)), width=4.4),
                        Line(((65, 20), (69, 35), (81, 66)), width=4.4),
                    )
                ),
            ),
        ),
        Part(
            "wheels",
            "black",
            (
                *_spokes(21, 66, 18, 6),
                *_spokes(81, 66, 18, 6),
                Arc(21, 66, 19, 19, 0, 360, width=4),
                Arc(81, 66, 19, 19, 0, 360, width=4),
                Ellipse(21, 66, 2.6, 2.6, paint="light"),
                Ellipse(81, 66, 2.6, 2.6, paint="light"),
            ),
            depth=-1,
        ),
        Part(
            "saddle",
            "brown",
            (
                Blob(
                    ((22, 23), (30, 21), (44, 24), (46, 26.5), (34, 29), (25, 29)),
                ),
            ),
        ),
        Part(
            "handlebars",
            "grey",
            (
                Line(((58, 14), (66, 13), (72, 15), (75, 20), (71, 24)), smooth=True, width=3.4),
                Box(53, 11.5, 10, 5.4, 2.5, of="saddle"),
            ),
        ),
        Part(
            "pedals",
            "grey",
            (
                Ellipse(48, 67, 7, 7),
                Ellipse(48, 67, 2.6, 2.6, paint="shade"),
                Line(((48, 67), (53, 79)), width=2.6),
                Box(48, 78, 11, 4.4, 1.5, of="wheels"),
            ),
        ),
        Part(
            "basket",
            "orange",
            (
                Polygon(((76, 22), (101, 22), (97, 40), (80, 40)), 2.5),
                *(Line(((x, 25), (x + (88.5 - x) * 0.2, 37.5)), paint="shade", width=1.6) for x in (82, 88.5, 95)),
                Line(((78.5, 31), (98.5, 31)), paint="shade", width=1.6),
            ),
        ),
    ),
)

VEHICLES = (BUS, TRUCK, TRAIN, BICYCLE)
