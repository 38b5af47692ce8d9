"""Things that live."""

from __future__ import annotations

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Line, Merged, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing

CAT = Thing(
    "cat",
    "body",
    (
        Part(
            "body",
            "orange",
            (
                Blob(
                    (
                        (50, 46),
                        (64, 54),
                        (71, 72),
                        (74, 90),
                        (68, 101),
                        (50, 103),
                        (32, 101),
                        (26, 90),
                        (29, 72),
                        (36, 54),
                    )
                ),
                Ellipse(50, 78, 10.5, 15, paint="light"),
                Ellipse(39, 99.5, 8.5, 5.5),
                Ellipse(61, 99.5, 8.5, 5.5),
            ),
        ),
        Part(
            "head",
            None,
            (
                Blob(
                    ((50, 12), (68, 16), (79, 31), (77, 45), (64, 56), (50, 58), (36, 56), (23, 45), (21, 31), (32, 16))
                ),
                Line(((50, 13.5), (50, 22)), paint="shade", width=2.6),
                Line(((42.5, 14.5), (44, 21)), paint="shade", width=2.6),
                Line(((57.5, 14.5), (56, 21)), paint="shade", width=2.6),
            ),
        ),
        Part(
            "ears",
            None,
            mirrored(
                (
                    Polygon(((22, 36), (21, 0), (50, 16)), 4),
                    Polygon(((27, 26), (26, 9), (40, 17)), 3, paint="light"),
                ),
                50,
            ),
            depth=-1,
        ),
        Part(
            "tail",
            None,
            (Line(((64, 96), (84, 97), (93, 84), (87, 70), (91, 60)), smooth=True, width=8.5),),
            depth=-2,
        ),
        Part(
            "eyes",
            "green",
            (
                Ellipse(37, 35, 6, 7),
                Ellipse(63, 35, 6, 7),
                Ellipse(37.5, 35, 2.6, 5.6, paint="ink"),
                Ellipse(62.5, 35, 2.6, 5.6, paint="ink"),
                Ellipse(39, 32, 1.7, 1.9, paint="gleam"),
                Ellipse(64, 32, 1.7, 1.9, paint="gleam"),
            ),
        ),
        Part(
            "nose",
            "pink",
            (
                Arc(46, 46, 4.2, 4.6, 10, 160, paint="ink"),
                Arc(54, 46, 4.2, 4.6, 20, 170, paint="ink"),
                Polygon(((45.5, 42.5), (54.5, 42.5), (50, 47.5)), 2),
            ),
        ),
        Part(
            "whiskers",
            "black",
            mirrored(
                (
                    Line(((31, 45), (18, 43), (9, 44)), smooth=True, paint="flat"),
                    Line(((32, 49.5), (20, 51.5), (12, 55)), smooth=True, paint="flat"),
                ),
                50,
            ),
        ),
    ),
    face=Face(eyes=((37, 35), (63, 35)), eye=8.8, mouth=(50, 49), width=15, skin="head", marks=(87.5, 17), size=19),
)

FISH = Thing(
    "fish",
    "body",
    (
        Part(
            "body",
            "orange",
            (
                Blob(((6, 50), (18, 34), (40, 26), (62, 33), (79, 50), (62, 67), (40, 74), (18, 66))),
                Arc(9, 55, 7, 5, 10, 95, paint="ink"),
                Arc(24, 51, 9, 17, -55, 55, paint="shade"),
            ),
        ),
        Part(
            "tail",
            None,
            (
                Blob(((72, 50), (84, 38), (97, 26), (101, 33), (93, 50), (101, 67), (97, 74), (84, 62))),
                Line(((84, 48), (93, 40)), paint="shade"),
                Line(((84, 52), (93, 60)), paint="shade"),
            ),
            depth=-1,
        ),
        Part(
            "fins",
            None,
            (
                Blob(((28, 31), (36, 17), (52, 13), (63, 21), (64, 36), (44, 34))),
                Blob(((38, 70), (52, 70), (58, 79), (52, 87), (42, 82))),
            ),
            depth=-1,
        ),
        Part(
            "eye",
            "black",
            (Ellipse(22, 45, 5, 5.6, paint="flat"), Ellipse(20.6, 43, 1.7, 1.9, paint="gleam")),
        ),
        Part(
            "stripes",
            "white",
            (
                Line(((45, 30.5), (49, 50), (45, 69.5)), smooth=True, width=7, paint="flat"),
                Line(((62, 37.5), (65, 50), (62, 62.5)), smooth=True, width=5.5, paint="flat"),
            ),
        ),
    ),
    stands=False,
    face=Face(eyes=((22, 45),), eye=6.5, mouth=(12.5, 59), width=10, skin="body", marks=(15.5, 22.5), size=18),
)

PERSON = Thing(
    "person",
    "shirt",
    (
        Part("head", "yellow", (Box(46, 30, 8, 12, 2), Ellipse(50, 20, 14.5, 15.5))),
        Part(
            "hair",
            "brown",
            (
                Blob(
                    (
                        (35, 20),
                        (35, 9),
                        (43, 2),
                        (54, 1),
                        (64, 8),
                        (65, 20),
                        (62, 15),
                        (56, 10.5),
                        (48, 12.5),
                        (40, 12.5),
                    )
                ),
            ),
        ),
        Part(
            "face",
            "black",
            (
                Ellipse(44.5, 21, 1.7, 2.2, paint="flat"),
                Ellipse(55.5, 21, 1.7, 2.2, paint="flat"),
                Arc(50, 25.5, 5.5, 4.6, 25, 155, paint="flat", width=1.5),
            ),
        ),
        Part(
            "shirt",
            "blue",
            (
                Polygon(((35, 40), (65, 40), (67, 72), (33, 72)), 6),
                Arc(50, 38, 6.5, 5, 15, 165, paint="shade", width=1.8),
                Line(((41, 57), (41, 71)), paint="shade"),
                Line(((59, 57), (59, 71)), paint="shade"),
            ),
        ),
        Part(
            "arms",
            None,
            mirrored(
                (Ellipse(24.5, 66, 4.2, 4.4, of="head"), Line(((37, 45), (30, 53), (25, 62)), smooth=True, width=8)), 50
            ),
            depth=-1,
        ),
        Part(
            "trousers",
            "grey",
            (
                Merged(
                    (
                        Polygon(((34, 70), (50, 70), (49, 98), (36, 98)), 2),
                        Polygon(((50, 70), (66, 70), (64, 98), (51, 98)), 2),
                    )
                ),
                Line(((50, 79), (50, 97)), paint="ink"),
            ),
            depth=-2,
        ),
        Part(
            "shoes",
            "brown",
            mirrored((Blob(((50, 103), (33, 103), (31, 99), (36, 95.5), (48, 95.5), (50, 98))),), 50),
            depth=-3,
        ),
    ),
    face=Face(eyes=((44.5, 21), (55.5, 21)), eye=3, mouth=(50, 29.5), width=11, skin="head", marks=(70, 12), size=18.5),
    grip=(75.5, 67),
)

LIVING = (CAT, FISH, PERSON)
