"""Birds: one that flies, one that swims, one that hunts by night, one that does nothing of the kind."""

from __future__ import annotations

from stepweave.world.things.features import eyeballs, pale, symmetric, tapered
from stepweave.world.things.forms import Arc, Blob, Ellipse, Line, Merged, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing

BIRD = Thing(
    "bird",
    "body",
    (
        Part(
            "body",
            "blue",
            (
                Blob(
                    (
                        (78, 36),
                        (90, 41),
                        (94, 52),
                        (88, 64),
                        (72, 76),
                        (50, 79),
                        (30, 72),
                        (14, 60),
                        (36, 56),
                        (54, 50),
                        (66, 40),
                    )
                ),
            ),
        ),
        Part(
            "belly",
            "white",
            (Blob(((89, 60), (78, 72.5), (62, 78), (46, 77.5), (36, 73), (52, 70), (68, 65), (80, 60))),),
        ),
        Part(
            "tail",
            None,
            (
                Merged(
                    (
                        tapered((26, 64, 10), (10, 57, 11), (-2, 50, 7)),
                        tapered((26, 66, 10), (8, 66, 11), (-5, 64, 7)),
                    )
                ),
                Line(((20, 64), (2, 58)), paint="shade", width=1.6),
            ),
            depth=-1,
        ),
        Part(
            "wings",
            None,
            (
                Blob(((66, 46), (64, 30), (68, 14), (77, 4), (80, 14), (86, 20), (83, 30), (80, 42))),
                Blob(
                    (
                        (66, 60),
                        (64, 42),
                        (54, 24),
                        (38, 8),
                        (27, 2),
                        (28, 14),
                        (20, 15),
                        (25, 28),
                        (20, 32),
                        (30, 44),
                        (36, 56),
                        (52, 67),
                    )
                ),
                Line(((32, 18), (44, 34)), smooth=True, paint="shade", width=1.8),
                Line(((30, 31), (43, 46)), smooth=True, paint="shade", width=1.8),
            ),
            depth=1,
        ),
        Part(
            "beak",
            "orange",
            (Polygon(((90, 46), (106, 52.5), (91, 58)), 2.5), Line(((92, 52.5), (101, 52.8)), paint="shade")),
        ),
        Part("eye", "white", eyeballs((81, 47), radius=5.2, look=(0.7, 0.2))),
    ),
    extent=0.34,
    place="top left",
    stands=False,
    face=Face(eyes=((81, 47),), eye=7, mouth=(97, 52.5), width=12, skin="body", marks=(95.4, 25), size=19, beak=True),
    grip=(104, 55),
)

DUCK = Thing(
    "duck",
    "body",
    (
        Part(
            "body",
            "yellow",
            (
                Blob(
                    (
                        (26, 38),
                        (42, 40),
                        (48, 52),
                        (62, 55),
                        (80, 54),
                        (94, 56),
                        (92, 72),
                        (78, 86),
                        (54, 92),
                        (32, 86),
                        (20, 72),
                        (20, 56),
                    )
                ),
            ),
        ),
        Part("head", None, (Ellipse(32, 28, 18.5, 17.5),)),
        Part(
            "beak",
            "orange",
            (
                Blob(((18, 38), (6, 38), (2, 41), (8, 44.5), (20, 42))),
                Blob(((20, 26), (8, 31), (-4, 34), (-5, 38.5), (6, 40), (20, 38.5), (22, 32))),
                Ellipse(8, 33.6, 1.4, 1, paint="ink"),
            ),
        ),
        Part("eye", "white", eyeballs((28, 24), radius=5.2, look=(-0.8, 0.2))),
        Part(
            "wing",
            None,
            (
                *pale(
                    Blob(
                        (
                            (42, 62),
                            (56, 58),
                            (74, 60),
                            (86, 64),
                            (78, 70),
                            (80, 76),
                            (68, 77),
                            (66, 83),
                            (52, 81),
                            (43, 74),
                        )
                    )
                ),
                Line(((60, 67), (70, 70)), paint="shade", width=1.8),
                Line(((55, 73), (63, 76)), paint="shade", width=1.8),
            ),
        ),
        Part(
            "tail",
            None,
            (Blob(((78, 62), (88, 50), (97, 40), (102, 44), (101, 54), (96, 68), (86, 74))),),
            depth=-1,
        ),
        Part(
            "feet",
            "orange",
            tuple(
                form
                for x in (42, 62)
                for form in (
                    Line(((x, 86), (x, 98)), width=4),
                    Polygon(((x + 2, 96), (x + 3, 104), (x - 13, 104), (x - 9, 100)), 2),
                )
            ),
            depth=-2,
        ),
    ),
    extent=0.38,
    face=Face(eyes=((28, 24),), eye=7, mouth=(6, 37), width=16, skin="head", marks=(64, 28), size=22, beak=True),
    grip=(-4, 42),
)

OWL = Thing(
    "owl",
    "body",
    (
        Part(
            "body",
            "brown",
            (
                symmetric(((50, 12), (66, 12), (78, 24), (80, 46), (77, 74), (66, 92), (50, 97))),
                Ellipse(36, 36, 14.8, 16, paint="light"),
                Ellipse(64, 36, 14.8, 16, paint="light"),
            ),
        ),
        Part("ears", None, mirrored((Polygon(((54, 16), (79, -1), (79, 30)), 4),), 50), depth=-1),
        Part(
            "belly",
            "yellow",
            (
                *pale(symmetric(((50, 57), (62, 59), (67, 74), (61, 88), (50, 91.5)))),
                *(
                    Arc(x, y, 3.6, 3.6, 20, 160, paint="shade", width=1.8)
                    for x, y in ((44, 66), (56, 66), (38, 75), (50, 75), (62, 75), (44, 83.5), (56, 83.5))
                ),
            ),
        ),
        Part(
            "wings",
            None,
            mirrored(
                (
                    Blob(((75, 44), (86, 54), (93, 70), (92, 86), (84, 90), (76, 80), (71, 62))),
                    Arc(83, 74, 6, 5, 20, 150, paint="shade", width=1.8),
                    Arc(80, 63, 5, 5, 30, 150, paint="shade", width=1.8),
                ),
                50,
            ),
        ),
        Part(
            "eyes",
            "white",
            (
                *mirrored((Ellipse(64.5, 36, 12, 12), Ellipse(63.5, 36, 7, 7, paint="ink")), 50),
                Ellipse(34, 33, 2.6, 2.6, paint="gleam"),
                Ellipse(61, 33, 2.6, 2.6, paint="gleam"),
            ),
        ),
        Part("beak", "orange", (Polygon(((43.5, 44), (56.5, 44), (50, 58)), 3),)),
        Part(
            "feet",
            "orange",
            mirrored((Merged(tuple(Ellipse(x, 97.5, 3.4, 5) for x in (56, 61, 66))),), 50),
            depth=1,
        ),
    ),
    extent=0.38,
    face=Face(
        eyes=((35.5, 36), (64.5, 36)),
        eye=13.5,
        mouth=(50, 51),
        width=12,
        skin="body",
        marks=(85, 30),
        size=18,
        beak=True,
    ),
)

PENGUIN = Thing(
    "penguin",
    "body",
    (
        Part(
            "body",
            "black",
            (symmetric(((50, 1), (65, 6), (73, 22), (77, 46), (79, 70), (70, 90), (50, 97))),),
        ),
        Part(
            "belly",
            "white",
            (symmetric(((50, 21), (58, 14), (67, 20), (67, 34), (65, 46), (70, 66), (64, 85), (50, 91))),),
        ),
        Part(
            "flippers",
            None,
            mirrored((tapered((72, 34, 12), (81, 46, 14), (90, 60, 11), (95, 70, 5)),), 50),
            depth=-1,
        ),
        Part(
            "feet",
            "orange",
            mirrored((Merged((Ellipse(64, 97, 13, 5.5), Ellipse(72, 98.5, 7, 4), Ellipse(58, 98.5, 7, 4))),), 50),
            depth=-1,
        ),
        Part("cheeks", "pink", mirrored((Ellipse(61.3, 38.5, 4.4, 3.7, paint="flat"),), 50)),
        Part(
            "eyes",
            "black",
            (
                *mirrored((Ellipse(59, 27, 4, 5, paint="flat"),), 50),
                Ellipse(40, 25, 1.5, 1.7, paint="gleam"),
                Ellipse(58, 25, 1.5, 1.7, paint="gleam"),
            ),
        ),
        Part(
            "beak",
            "orange",
            (Polygon(((41.5, 32), (58.5, 32), (50, 43)), 3), Arc(50, 28, 7, 8.5, 50, 130, paint="shade", width=1.5)),
        ),
    ),
    extent=0.4,
    face=Face(
        eyes=((41, 27), (59, 27)), eye=5.4, mouth=(50, 39), width=11, skin="belly", marks=(86, 16), size=20, beak=True
    ),
    grip=(95, 68),
)

BIRDS = (BIRD, DUCK, OWL, PENGUIN)
