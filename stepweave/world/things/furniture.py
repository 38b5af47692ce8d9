"""Furniture, and what stands on it."""

from __future__ import annotations

from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Points, Polygon, mirrored
from stepweave.world.things.model import Part, Thing

TABLE = Thing(
    "table",
    "tabletop",
    (
        Part(
            "tabletop",
            "brown",
            (
                Polygon(((14, 20), (86, 20), (98, 36), (2, 36)), 4),
                Box(0, 33, 100, 9, 3),
                Line(((24, 27), (58, 27)), paint="shade"),
                Line(((64, 30.5), (82, 30.5)), paint="shade"),
                Line(((5, 36.5), (60, 36.5)), paint="light", width=1.6),
            ),
        ),
        Part(
            "legs",
            None,
            (
                *mirrored((Polygon(((19, 50), (26, 50), (25, 80), (20, 80)), 1.5),), 50),
                *mirrored((Polygon(((20.6, 50), (25, 50), (24, 78), (21, 78)), 0, paint="shade"),), 50),
                *mirrored((Polygon(((5, 40), (15, 40), (13.4, 92), (7, 92)), 2),), 50),
                Box(5, 40, 90, 13, 1.5),
            ),
            depth=-1,
        ),
        Part("drawer", "orange", (Box(34, 43.5, 32, 13.5, 2.5), Box(37.5, 46.5, 25, 7.5, 1.5, paint="light"))),
        Part("knob", "yellow", (Ellipse(50, 50.4, 3.6, 3.6), Ellipse(49, 49.4, 1, 1, paint="gleam"))),
    ),
)

CHAIR = Thing(
    "chair",
    "seat",
    (
        Part(
            "seat",
            "brown",
            (
                Polygon(((20, 50), (64, 50), (72, 63), (12, 63)), 4),
                Box(11, 61, 62, 7, 3),
                Line(((15, 64), (50, 64)), paint="light", width=1.6),
            ),
        ),
        Part(
            "legs",
            None,
            (
                *mirrored((Box(21, 64, 5.5, 26, 1.5),), 42),
                *mirrored((Box(22, 66, 3.5, 22, 1, paint="shade"),), 42),
                *mirrored((Polygon(((13, 64), (21, 64), (19.5, 100), (14.5, 100)), 1.5),), 42),
                Box(17, 79, 50, 4, 1),
            ),
            depth=-2,
        ),
        Part(
            "back",
            None,
            (
                *mirrored((Box(19, 2, 6.5, 52, 3),), 42),
                *(Box(x, 14, 5, 38, 1) for x in (30, 39.5, 49)),
                Box(17.5, 4, 49, 13, 5),
                Line(((22, 8), (46, 8)), paint="light", width=1.6),
            ),
            depth=-1,
        ),
        Part(
            "cushion",
            "red",
            (
                Blob(((21, 51), (42, 48.5), (63, 51), (69, 58.5), (66, 61.5), (42, 63), (18, 61.5), (15, 58.5))),
                Arc(42, 56, 14, 3.6, 190, 300, paint="light", width=1.8),
            ),
        ),
    ),
    extent=0.42,
)

LAMP = Thing(
    "lamp",
    "shade",
    (
        Part(
            "base",
            "brown",
            (
                Merged((Ellipse(50, 95, 22, 5.5), Polygon(((40, 95), (45, 86), (55, 86), (60, 95)), 2))),
                Arc(50, 94, 17, 3.2, 190, 270, paint="light", width=1.6),
            ),
        ),
        Part(
            "pole",
            "grey",
            (Box(47, 46, 6, 42, 1), Ellipse(50, 76, 6.5, 8.5), Line(((47.4, 72), (47, 78)), paint="gleam", width=1.6)),
            depth=-1,
        ),
        Part(
            "shade",
            "orange",
            (
                Polygon(((33, 2), (67, 2), (88, 49), (12, 49)), 5),
                Polygon(((36, 8), (43, 8), (36, 43), (22, 43)), 2, paint="light"),
                Line(((15, 45), (85, 45)), paint="shade", width=2.4),
            ),
        ),
        Part(
            "bulb",
            "yellow",
            (Ellipse(50, 51, 10, 10), Ellipse(47, 56, 2.4, 2, paint="gleam")),
            depth=-1,
        ),
        Part("chain", "grey", (Line(((70, 48), (70, 62)), width=0), Ellipse(70, 65, 3.6, 3.6)), depth=-1),
    ),
    extent=0.42,
)


def _dome(x: float, y: float, radius: float, turn: float) -> Points:
    """Half a disc, its flat side down before it is turned."""
    angles = (pi * (180 + turn + 180 * i / 20) / 180 for i in range(21))
    return tuple((x + radius * cos(a), y + radius * sin(a)) for a in angles)


def _hours() -> tuple[Form, ...]:
    """The marks of a clock, every third of them long."""
    marks: list[Form] = []
    for hour in range(12):
        a, inner = pi * hour / 6, 21.5 if hour % 3 == 0 else 24
        ends = ((50 + r * sin(a), 55 - r * cos(a)) for r in (inner, 26))
        marks.append(Line(tuple(ends), width=3.2 if hour % 3 == 0 else 2, paint="flat"))
    return tuple(marks)


CLOCK = Thing(
    "clock",
    "body",
    (
        Part("body", "red", (Ellipse(50, 55, 38, 38),)),
        Part("face", "white", (Ellipse(50, 55, 30, 30),)),
        Part("marks", "grey", _hours()),
        Part(
            "hands",
            "black",
            (
                Line(((50, 55), (50, 36)), width=3.4, paint="flat"),
                Line(((50, 55), (63, 62)), width=3.4, paint="flat"),
                Ellipse(50, 55, 3.4, 3.4, paint="flat"),
            ),
        ),
        Part(
            "bells",
            "yellow",
            (
                Line(((50, 20), (50, 8)), width=3.4),
                Box(42, 3, 16, 7, 3.5),
                *mirrored((Arc(25, 19, 0.1, 0.1, 0, 10, width=5), Polygon(_dome(24, 18, 16, -38), 1.5)), 50),
            ),
            depth=-2,
        ),
        Part("legs", "grey", mirrored((Line(((27, 82), (17, 97)), width=7.5),), 50), depth=-1),
    ),
    extent=0.38,
)

FURNITURE = (TABLE, CHAIR, LAMP, CLOCK)
