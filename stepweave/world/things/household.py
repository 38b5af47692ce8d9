"""Things about the house."""

from __future__ import annotations

from math import cos, pi, sin

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Line, Merged, Points, Polygon, mirrored
from stepweave.world.things.furniture import FURNITURE
from stepweave.world.things.model import Action, Part, Thing


def _canopy() -> Points:
    """A dome whose lower edge hangs in three bays."""
    dome = [(50 + 48 * cos(pi * (1 + i / 30)), 53 + 45 * sin(pi * (1 + i / 30))) for i in range(31)]
    bays = [
        (82 - 32 * bay + 16 * cos(a), 53 - 7 * sin(a)) for bay in range(3) for a in (pi * i / 10 for i in range(1, 11))
    ]
    return (*dome, *bays)


BOOK = Thing(
    "book",
    "cover",
    (
        Part(
            "cover",
            "blue",
            (Polygon(((2, 18), (48, 22), (52, 22), (98, 18), (98, 78), (54, 83), (50, 86), (46, 83), (2, 78)), 4),),
            depth=-1,
        ),
        Part(
            "pages",
            "white",
            mirrored(
                (
                    Blob(
                        (
                            (50, 20),
                            (42, 13),
                            (28, 10),
                            (14, 11),
                            (8, 14),
                            (8, 42),
                            (8, 71),
                            (14, 69.5),
                            (28, 68.5),
                            (42, 71),
                            (50, 78),
                            (50, 50),
                        )
                    ),
                ),
                50,
            ),
        ),
        Part(
            "lines",
            "grey",
            (
                *mirrored(
                    tuple(
                        Line(((14, y), (24, y - 1), (32, y - 0.2), (38, y + 1.2)), smooth=True, width=2, paint="flat")
                        for y in (22, 31, 40, 49, 58)
                    ),
                    50,
                ),
            ),
        ),
        Part("bookmark", "red", (Polygon(((56, 14.5), (64, 11.5), (65, 97), (60.5, 91), (56, 97)), 1),)),
    ),
    extent=0.4,
)

UMBRELLA = Thing(
    "umbrella",
    "canopy",
    (
        Part(
            "canopy",
            "purple",
            (
                Polygon(_canopy(), 1),
                Line(((50, 8), (37, 24), (34, 52)), smooth=True, paint="shade", width=1.6),
                Line(((50, 8), (63, 24), (66, 52)), smooth=True, paint="shade", width=1.6),
                Line(((14, 40), (20, 29), (29, 20)), smooth=True, paint="light", width=2.4),
            ),
        ),
        Part("pole", "brown", (Line(((50, 20), (50, 86)), width=4.4),), depth=-1),
        Part("handle", "orange", (Arc(59, 84, 9, 12, 0, 180, width=6),)),
        Part("tip", "grey", (Box(47.5, 0, 5, 12, 2),), depth=-1),
    ),
)

GIFT = Thing(
    "gift",
    "body",
    (
        Part("body", "pink", (Box(10, 48, 80, 52, 4),)),
        Part("lid", None, (Box(3, 33, 94, 19, 4), Line(((8, 37.5), (36, 37.5)), paint="light", width=2))),
        Part("ribbon", "yellow", (Box(42, 33, 16, 19, 0.5), Box(42, 52, 16, 48, 0.5))),
        Part(
            "bow",
            "yellow",
            (
                *mirrored((Blob(((50, 31), (37, 34), (21, 30), (16, 18), (25, 9), (38, 15))),), 50),
                *mirrored((Blob(((44, 27), (35, 28), (27, 25), (25, 19), (31, 17), (39, 22)), paint="shade"),), 50),
                Box(42.5, 18, 15, 16, 6),
            ),
        ),
        Part(
            "tag",
            "white",
            (
                Line(((58, 52), (68, 62)), width=0),
                Box(64, 60, 20, 13, 2.5, turn=24),
                Ellipse(68.6, 63.6, 1.5, 1.5, paint="shade"),
            ),
        ),
    ),
    extent=0.38,
)

KEY = Thing(
    "key",
    "handle",
    (
        Part(
            "handle",
            "yellow",
            (
                Merged(
                    (Ellipse(16, 16, 15, 15), Ellipse(40, 17, 15, 15), Ellipse(17, 40, 15, 15), Ellipse(30, 30, 16, 16))
                ),
                Arc(16, 16, 11, 11, 190, 260, paint="light", width=2.4),
            ),
        ),
        Part(
            "shaft",
            None,
            (
                Line(((42, 42), (93, 93)), width=11),
                Line(((41, 57), (57, 41)), width=7),
                Line(((62, 59), (86, 83)), paint="light", width=2.2),
            ),
            depth=-1,
        ),
        Part("teeth", None, (Line(((89, 87), (100, 76)), width=9), Line(((74, 72), (88, 58)), width=9)), depth=-2),
        Part("gem", "blue", (Ellipse(28, 28, 9.5, 9.5), Ellipse(25, 25, 2.6, 2.6, paint="gleam"))),
    ),
    extent=0.36,
)

BOTTLE = Thing(
    "bottle",
    "body",
    (
        Part(
            "body",
            "green",
            (
                Blob(
                    (
                        (42, 30),
                        (58, 30),
                        (63, 38),
                        (67, 50),
                        (67, 70),
                        (66, 95),
                        (60, 99),
                        (40, 99),
                        (34, 95),
                        (33, 70),
                        (33, 50),
                        (37, 38),
                    )
                ),
                Line(((38.5, 48), (38.5, 58)), paint="gleam", width=2.4),
            ),
        ),
        Part("neck", None, (Box(42.5, 12, 15, 24, 1.5), Box(40.5, 11, 19, 5, 2)), depth=-1),
        Part("sticker", "white", (Box(33, 62, 34, 24, 1), Box(37, 66, 26, 16, 1, paint="shade"))),
        Part("cap", "red", (Box(42, 1, 16, 11, 2.5),)),
    ),
    own_actions=(
        Action(
            "pour",
            (
                Line(((51, 14), (56, 5), (66, 8), (75, 26), (79, 54), (80, 95)), smooth=True, width=6, colour="blue"),
                Line(((73, 24), (78, 50)), paint="light", width=1.8, colour="blue"),
            ),
            hides=("cap",),
        ),
    ),
)


CANDLE = Thing(
    "candle",
    "wax",
    (
        Part(
            "wax",
            "red",
            (Box(35, 32, 30, 58, 2), Ellipse(50, 33, 15, 4.6), Line(((40, 46), (40, 76)), paint="light", width=2.6)),
        ),
        Part("wick", "black", (Line(((50, 34), (50.5, 23)), width=3.6, paint="flat"),)),
        Part(
            "flame",
            "orange",
            (
                Blob(((50, 0), (57, 11), (60, 19), (57, 26), (50, 29), (43, 26), (40, 19), (44, 11))),
                Ellipse(50, 21.5, 4.6, 6, paint="light"),
            ),
        ),
        Part(
            "drips",
            None,
            (
                Merged(
                    (
                        Line(((40, 36), (40, 54)), width=6),
                        Line(((48, 38), (48, 46)), width=6),
                        Line(((56, 37), (56, 61)), width=6),
                        Box(36.6, 33, 23, 5.6, 2.6),
                    )
                ),
            ),
        ),
        Part(
            "holder",
            "yellow",
            (
                Arc(80, 86, 9, 9, 0, 360, width=5),
                Blob(((18, 84), (50, 86), (82, 84), (76, 97), (50, 100), (24, 97))),
            ),
        ),
    ),
)

HOUSEHOLD = (*FURNITURE, BOOK, UMBRELLA, GIFT, KEY, BOTTLE, CANDLE)
