"""Things that people make."""

from __future__ import annotations

from stepweave.world.things.forms import Arc, Box, Ellipse, Line, Merged, Polygon, mirrored
from stepweave.world.things.liquids import full
from stepweave.world.things.model import Face, Part, Thing

HOUSE = Thing(
    "house",
    "walls",
    (
        Part("walls", "yellow", (Box(13, 46, 74, 52, 2),)),
        Part(
            "roof",
            "red",
            (
                Polygon(((3, 52), (50, 8), (97, 52)), 5),
                Arc(40, 27, 5, 4, 20, 160, paint="shade"),
                Arc(55, 27, 5, 4, 20, 160, paint="shade"),
                Arc(30, 38, 5, 4, 20, 160, paint="shade"),
                Arc(47, 38, 5, 4, 20, 160, paint="shade"),
                Arc(64, 38, 5, 4, 20, 160, paint="shade"),
            ),
        ),
        Part(
            "door",
            "brown",
            (
                Box(24, 66, 19, 32, 3),
                Box(28, 71, 11, 10, 1.5, paint="shade"),
                Ellipse(39.4, 85, 1.5, 1.5, paint="gleam"),
            ),
        ),
        Part(
            "window",
            "blue",
            (
                Box(54, 63, 22, 20, 2),
                Polygon(((56, 71), (62, 64.5), (66, 64.5), (56, 75)), paint="light"),
                Line(((65, 63), (65, 83)), paint="ink"),
                Line(((54, 73), (76, 73)), paint="ink"),
            ),
        ),
        Part("chimney", "brown", (Box(70, 14, 11, 30, 1), Box(68, 9, 15, 6, 1.5)), depth=-1),
    ),
)

BOAT = Thing(
    "boat",
    "hull",
    (
        Part(
            "hull",
            "red",
            (
                Polygon(((4, 70), (96, 70), (82, 95), (20, 95)), 7),
                Line(((14, 78.5), (86, 78.5)), paint="light", width=3),
                Ellipse(38, 86.5, 2.6, 2.6, paint="gleam"),
                Ellipse(51, 86.5, 2.6, 2.6, paint="gleam"),
                Ellipse(64, 86.5, 2.6, 2.6, paint="gleam"),
            ),
        ),
        Part("mast", "brown", (Line(((48, 74), (48, 6)), width=3.6),), depth=-1),
        Part(
            "sail",
            "white",
            (
                Polygon(((53, 19), (88, 64), (53, 64)), 3),
                Polygon(((43, 25), (43, 64), (14, 64)), 3),
            ),
        ),
        Part("flag", "blue", (Polygon(((50, 2), (70, 8), (50, 14)), 2),)),
    ),
)

CAR = Thing(
    "car",
    "body",
    (
        Part(
            "body",
            "red",
            (
                Merged(
                    (
                        Polygon(((2, 44), (92, 44), (98, 52), (98, 68), (2, 68)), 7),
                        Polygon(((18, 48), (29, 20), (64, 20), (82, 48)), 8),
                    )
                ),
                Line(((47, 46), (47, 66)), paint="shade"),
                Line(((51, 51), (57, 51)), paint="shade", width=2),
                Line(((5, 62), (95, 62)), paint="shade", width=1.6),
            ),
        ),
        Part(
            "windows",
            "white",
            (
                Polygon(((33, 25), (44, 25), (44, 43), (26, 43)), 3),
                Polygon(((50, 25), (62, 25), (73, 43), (50, 43)), 3),
                Line(((36, 31), (32, 38)), paint="shade", width=2),
                Line(((56, 30), (54, 37)), paint="shade", width=2),
            ),
        ),
        Part(
            "wheels",
            "black",
            (
                Ellipse(24, 69, 11.5, 11.5),
                Ellipse(75, 69, 11.5, 11.5),
                Ellipse(24, 69, 5, 5, paint="light"),
                Ellipse(75, 69, 5, 5, paint="light"),
            ),
        ),
        Part("lights", "yellow", (Ellipse(94.5, 53, 3.2, 4.2), Box(2.5, 49, 4.5, 8, 2))),
    ),
)

CUP = Thing(
    "cup",
    "body",
    (
        Part(
            "body",
            "blue",
            (
                Polygon(((14, 38), (76, 38), (72, 72), (60, 87), (30, 87), (18, 72)), 9),
                Ellipse(45, 39, 31, 6.5),
                Ellipse(45, 40, 26.5, 4.2, paint="shade"),
                Line(((21, 52), (24, 68)), paint="light", width=3),
            ),
        ),
        Part("handle", None, (Arc(75, 58, 15, 13, -95, 110, width=5.5),), depth=-1),
        Part("saucer", "white", (Ellipse(45, 88, 43, 8.5), Ellipse(45, 87, 26, 4.2, paint="shade")), depth=-2),
        Part(
            "steam",
            "grey",
            tuple(
                Line(((x, 28), (x - 5, 21), (x + 5, 11), (x, 3)), smooth=True, width=3, paint="flat")
                for x in (33, 46, 59)
            ),
        ),
    ),
    extent=0.45,
    own_actions=(full(45, 39, 28, 5.6, hides=("steam",)),),
)

ROBOT = Thing(
    "robot",
    "body",
    (
        Part(
            "body",
            "grey",
            (
                Box(45, 40, 10, 10, 1),
                Box(29, 47, 42, 37, 6),
                Box(37, 54, 26, 15, 3, paint="light"),
                Line(((41, 61), (46, 61), (49, 57), (52, 65), (55, 61), (59, 61)), paint="shade"),
                Ellipse(41, 76.5, 2.2, 2.2, paint="shade"),
                Ellipse(50, 76.5, 2.2, 2.2, paint="shade"),
                Ellipse(59, 76.5, 2.2, 2.2, paint="shade"),
            ),
        ),
        Part("head", None, (Ellipse(29, 28, 4.5, 6), Ellipse(71, 28, 4.5, 6), Box(29, 13, 42, 29, 9))),
        Part(
            "arms",
            None,
            mirrored(
                (
                    Line(((29, 54), (18, 60), (15, 70)), smooth=True, width=6.5),
                    Arc(15, 77, 5.2, 5.2, 130, 410, width=3.6),
                ),
                50,
            ),
            depth=-1,
        ),
        Part("legs", None, mirrored((Box(36, 82, 9, 16, 1), Box(31.5, 95, 15.5, 8, 3.5)), 50), depth=-1),
        Part(
            "eyes",
            "blue",
            (
                Ellipse(41, 25, 5.6, 5.6),
                Ellipse(59, 25, 5.6, 5.6),
                Ellipse(42.8, 23, 1.9, 1.9, paint="gleam"),
                Ellipse(60.8, 23, 1.9, 1.9, paint="gleam"),
            ),
        ),
        Part(
            "mouth",
            "black",
            (Box(41, 34, 18, 4.4, 2, paint="flat"),),
        ),
        Part("antenna", "red", (Line(((50, 14), (50, 5)), paint="ink", width=2), Ellipse(50, 3, 4, 4)), depth=-1),
    ),
    face=Face(eyes=((41, 25), (59, 25)), eye=7.2, mouth=(50, 36.2), width=18, skin="head", marks=(82, 12), size=19),
    grip=(85, 77),
)

MADE = (HOUSE, BOAT, CAR, CUP, ROBOT)
