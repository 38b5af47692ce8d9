"""Animals with fur, or nearly so."""

from __future__ import annotations

from stepweave.world.things.features import eyeballs, pale, symmetric, tapered
from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Line, Merged, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing

DOG = Thing(
    "dog",
    "body",
    (
        Part(
            "body",
            "yellow",
            (
                Blob(
                    ((33, 50), (48, 53), (70, 52), (84, 54), (91, 63), (88, 78), (74, 79), (58, 74), (44, 80), (30, 78))
                ),
                Arc(80, 76, 13, 20, 185, 265, paint="shade", width=1.8),
            ),
            depth=-2,
        ),
        Part(
            "legs",
            None,
            (
                Box(45, 62, 9.5, 34, 4),
                Box(67, 62, 9.5, 34, 4),
                Merged((Box(32, 62, 11, 38, 4), Ellipse(35, 97, 9, 5))),
                Merged((Box(78, 62, 11.5, 38, 4), Ellipse(81, 97, 9.5, 5))),
            ),
            depth=-3,
        ),
        Part("tail", None, (tapered((85, 60, 9), (93, 52, 8), (96, 40, 6.5), (91, 28, 4)),), depth=-4),
        Part(
            "head",
            None,
            (
                symmetric(((32, 12), (45, 15), (51, 27), (50, 40), (43, 51), (32, 55)), 32),
                *pale(symmetric(((32, 32), (40, 34), (44.5, 42), (40, 50.5), (32, 53)), 32)),
            ),
        ),
        Part(
            "ears",
            "brown",
            mirrored((Blob(((44, 12), (54, 13), (61, 26), (62, 41), (56, 48), (49, 41), (47, 27))),), 32),
        ),
        Part("eyes", "white", eyeballs((24.5, 27.5), (39.5, 27.5), radius=5, look=(0.4, 0.6))),
        Part(
            "nose",
            "black",
            (
                Arc(28, 44.5, 4.2, 3.8, 5, 150, paint="ink"),
                Arc(36, 44.5, 4.2, 3.8, 30, 175, paint="ink"),
                Blob(((32, 35), (37.5, 36), (37, 40.5), (32, 44.5), (27, 40.5), (26.5, 36))),
                Ellipse(30, 37.5, 1.6, 1, paint="gleam"),
            ),
        ),
        Part(
            "collar",
            "red",
            (Arc(33, 44, 15, 15, 35, 150, width=5), Ellipse(34, 62.5, 3.8, 4, of="eyes")),
            depth=-1,
        ),
    ),
    face=Face(
        eyes=((24.5, 27.5), (39.5, 27.5)),
        eye=7,
        mouth=(32, 46.7),
        width=13,
        skin="head",
        muzzle="head",
        marks=(76, 26),
        size=22,
    ),
    grip=(32, 52),
)

RABBIT = Thing(
    "rabbit",
    "body",
    (
        Part(
            "body",
            "grey",
            (
                Blob(
                    (
                        (38, 56),
                        (52, 60),
                        (68, 62),
                        (82, 74),
                        (84, 90),
                        (76, 99),
                        (56, 100),
                        (38, 99),
                        (28, 92),
                        (26, 74),
                    )
                ),
                Blob(((36, 66), (43, 74), (43, 86), (36, 92), (31, 84), (31, 72)), paint="light"),
                Arc(66, 84, 16, 16, 150, 300, paint="shade", width=1.8),
                Ellipse(34, 97, 10, 5.2),
                Ellipse(62, 97.5, 14, 5.4),
            ),
        ),
        Part("head", None, (symmetric(((36, 30), (48, 33), (57, 45), (56, 56), (47, 63), (36, 64.5)), 36),)),
        Part(
            "ears",
            None,
            (
                Blob(((21, 36), (14, 20), (13, 4), (19, -5), (27, 4), (33, 18), (35, 32))),
                Blob(((24, 30), (18, 18), (17.5, 6), (20, 1), (25, 8), (29, 20), (30, 30)), paint="flat", of="nose"),
                Blob(((38, 32), (41, 16), (49, 2), (58, -4), (62, 5), (59, 20), (51, 36))),
                Blob(((43, 29), (46, 17), (52, 6), (57, 2), (58, 8), (54, 20), (48, 31)), paint="flat", of="nose"),
            ),
            depth=-1,
        ),
        Part("eyes", "white", eyeballs((28, 44), (44, 44), radius=4.8, look=(-0.4, 0.3))),
        Part(
            "nose",
            "pink",
            (
                Arc(33, 57.2, 3, 2.8, 10, 170, paint="ink"),
                Arc(39, 57.2, 3, 2.8, 10, 170, paint="ink"),
                Box(33.7, 58.4, 4.6, 4.6, 1, of="eyes"),
                Blob(((36, 49.5), (41, 50.5), (40, 54.5), (36, 57.5), (32, 54.5), (31, 50.5))),
            ),
        ),
        Part(
            "whiskers",
            "black",
            mirrored(
                (
                    Line(((51.5, 52.5), (60, 49.5), (68, 48)), smooth=True, paint="flat"),
                    Line(((51, 56.5), (60, 56), (68, 57)), smooth=True, paint="flat"),
                ),
                36,
            ),
        ),
        Part(
            "tail",
            "white",
            (Merged((Ellipse(88, 83, 6.5, 6.5), Ellipse(92, 88, 6, 6), Ellipse(87, 92, 6, 6), Ellipse(84, 86, 6, 6))),),
            depth=-1,
        ),
    ),
    extent=0.4,
    face=Face(eyes=((28, 44), (44, 44)), eye=6.8, mouth=(36, 59.5), width=12, skin="head", marks=(82, 40), size=22),
    grip=(23, 83),
)

BEAR = Thing(
    "bear",
    "body",
    (
        Part(
            "body",
            "brown",
            (
                symmetric(((50, 44), (66, 50), (76, 68), (75, 86), (65, 97), (50, 99))),
                Ellipse(50, 74, 15.5, 18, paint="light"),
            ),
            depth=-1,
        ),
        Part("head", None, (symmetric(((50, 7), (64, 10), (74.5, 23), (74.5, 36), (65, 47), (50, 51))),)),
        Part(
            "ears",
            None,
            mirrored((Ellipse(29, 11, 9.5, 9.5), Ellipse(29.5, 11.5, 5.2, 5.2, paint="light")), 50),
            depth=-2,
        ),
        Part(
            "arms",
            None,
            mirrored((Blob(((66, 53), (77, 54), (89, 64), (93.5, 74), (88, 80), (78, 76), (69, 66))),), 50),
        ),
        Part(
            "legs",
            None,
            mirrored(
                (
                    Ellipse(77, 89, 13.5, 12.5, turn=-12),
                    Ellipse(77.5, 91, 6.2, 5.2, turn=-12, paint="light"),
                    Ellipse(70.5, 83.4, 1.9, 2.1, paint="light"),
                    Ellipse(76, 81.4, 1.9, 2.1, paint="light"),
                    Ellipse(82, 82.4, 1.9, 2.1, paint="light"),
                ),
                50,
            ),
        ),
        Part("snout", "yellow", pale(Ellipse(50, 37.5, 12.5, 10))),
        Part("eyes", "white", eyeballs((38.5, 25), (61.5, 25), radius=4.6, look=(0, 0.4))),
        Part(
            "nose",
            "black",
            (
                Line(((50, 36), (50, 41)), paint="ink"),
                Arc(50, 38.5, 5.5, 4.6, 20, 160, paint="ink"),
                Blob(((50, 30.5), (56, 31.5), (55, 35), (50, 38), (45, 35), (44, 31.5))),
                Ellipse(48, 32.6, 1.7, 1, paint="gleam"),
            ),
        ),
    ),
    face=Face(
        eyes=((38.5, 25), (61.5, 25)),
        eye=6.6,
        mouth=(50, 41.8),
        width=10,
        skin="head",
        muzzle="snout",
        marks=(84, 36),
        size=19,
    ),
    grip=(89.5, 76),
)

PIG = Thing(
    "pig",
    "body",
    (
        Part(
            "body",
            "pink",
            (
                Blob(
                    ((10, 56), (16, 36), (36, 26), (56, 28), (74, 42), (84, 58), (74, 75), (50, 81), (26, 78), (13, 70))
                ),
            ),
            depth=-1,
        ),
        Part(
            "legs",
            None,
            (
                Polygon(((34, 68), (46, 70), (45, 93), (35, 93)), 3),
                Polygon(((51, 70), (63, 68), (62, 93), (52, 93)), 3),
                Polygon(((18, 66), (33, 70), (31, 97), (20, 97)), 3),
                Polygon(((64, 70), (79, 66), (77, 97), (66, 97)), 3),
                *(
                    Box(x, y, w, 4.5, 1.5, paint="shade")
                    for x, y, w in ((35.2, 88, 9.6), (52.2, 88, 9.6), (20.2, 92, 10.6), (66.2, 92, 10.6))
                ),
            ),
            depth=-2,
        ),
        Part("head", None, (symmetric(((69, 28), (84, 32), (93, 46), (91, 61), (81, 72), (69, 75)), 69),)),
        Part(
            "ears",
            None,
            mirrored(
                (
                    Polygon(((75, 32), (94, 16), (95, 43)), 5),
                    Polygon(((81, 33), (91, 23), (91.5, 37)), 3, paint="light"),
                ),
                69,
            ),
        ),
        Part(
            "snout",
            None,
            (
                Arc(69, 64, 6.4, 4.8, 20, 160, paint="ink"),
                *pale(Ellipse(69, 54, 12, 8.5)),
                Ellipse(65, 54, 2, 3.3, paint="ink"),
                Ellipse(73, 54, 2, 3.3, paint="ink"),
            ),
        ),
        Part("eyes", "white", eyeballs((60, 42), (78, 42), radius=4.4, look=(0.2, 0.4))),
        Part(
            "tail",
            None,
            (Line(((14, 50), (7, 50), (1, 45), (2, 38), (8, 38), (8, 44), (0, 48), (-6, 44)), smooth=True, width=3.6),),
            depth=-3,
        ),
    ),
    face=Face(
        eyes=((60, 42), (78, 42)), eye=6.4, mouth=(69, 67.6), width=12.5, skin="head", marks=(14, 27.5), size=18.5
    ),
)

ELEPHANT = Thing(
    "elephant",
    "body",
    (
        Part(
            "body",
            "grey",
            (Blob(((34, 30), (54, 22), (78, 26), (93, 44), (94, 66), (84, 79), (60, 81), (40, 77), (30, 60))),),
            depth=-2,
        ),
        Part(
            "legs",
            None,
            (
                Box(50, 62, 14, 33, 4),
                Box(68, 62, 14, 33, 4),
                Box(36, 60, 16, 39, 4),
                Box(78, 60, 16, 39, 4),
                *(Ellipse(x, 96.6, 1.9, 2.2, paint="light") for x in (39.6, 44, 48.4, 81.6, 86, 90.4)),
            ),
            depth=-3,
        ),
        Part(
            "head",
            None,
            (
                Blob(((29, 13), (44, 18), (51, 35), (47, 53), (34, 60), (22, 56), (11, 42), (13, 23))),
                Arc(33.5, 47, 6, 5.5, 20, 125, paint="ink"),
            ),
        ),
        Part(
            "ears",
            None,
            (
                Blob(((46, 15), (60, 12), (73, 22), (75, 41), (66, 58), (54, 60), (45, 50), (41, 32))),
                Blob(((50, 22), (60, 19), (68, 28), (69, 41), (62, 52), (55, 52), (49, 44), (46, 32)), paint="light"),
            ),
        ),
        Part(
            "trunk",
            None,
            (
                tapered(
                    (19, 40, 17), (13, 53, 15), (9, 67, 12.5), (2, 77, 11), (-7, 78, 9.5), (-12, 70, 8.5), (-12, 63, 8)
                ),
                Ellipse(18.6, 38.4, 10.5, 8, paint="flat", turn=25),
                *(
                    Line(((x, y), (x + 5, y + 1.6)), paint="shade", width=1.5)
                    for x, y in ((7.5, 51), (5.5, 57.5), (3.8, 64))
                ),
            ),
        ),
        Part("tusks", "white", (tapered((26, 54, 7), (22, 61, 6.5), (15, 65, 5), (9, 64, 2)),)),
        Part("eye", "white", eyeballs((27, 31), radius=5, look=(-0.6, 0.3))),
        Part(
            "tail",
            None,
            (Line(((92, 44), (99, 54), (99, 66)), smooth=True, width=3), Ellipse(99, 69, 3.2, 5)),
            depth=-4,
        ),
    ),
    face=Face(eyes=((27, 31),), eye=7, mouth=(35.5, 51), width=9, skin="head", marks=(-2, 28), size=22),
    grip=(-12, 60),
)

ANIMALS = (DOG, RABBIT, BEAR, PIG, ELEPHANT)
