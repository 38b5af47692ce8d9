"""Things on and around a robot's work table."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Form, Line, Merged, Points, Polygon, mirrored
from stepweave.world.things.liquids import full
from stepweave.world.things.model import Action, Part, Thing


def _half() -> Points:
    """The lower half of the bowl's ellipse."""
    return tuple((50 + 47 * cos(pi * i / 24), 20 + 42 * sin(pi * i / 24)) for i in range(25))


def _sagging(y: float) -> Points:
    """A line across the bowl from edge to edge at that height, hanging through as the rim does."""
    reach = 47 * sqrt(1 - ((y - 20) / 42) ** 2)
    steps = (i / 10 - 1 for i in range(21))
    return tuple((50 + reach * u, y + 12 * (1 - u * u)) for u in steps)


BLOCK = Thing(
    "block",
    "front",
    (
        Part("front", "red", (Box(0, 24, 74, 74, 4), Line(((6, 31), (24, 31)), paint="light", width=2))),
        Part(
            "top",
            None,
            (
                Polygon(((1, 25), (25, 1), (99, 1), (73, 25)), 3),
                Polygon(((6, 23.6), (26.5, 3), (95, 3), (72.5, 23.6)), 3, paint="light"),
            ),
            depth=-1,
        ),
        Part(
            "side",
            None,
            (
                Polygon(((73, 25), (99, 1), (99, 74), (73, 97)), 3),
                Polygon(((73, 26), (97.6, 4), (97.6, 73), (73, 95.6)), 3, paint="shade"),
            ),
            depth=-2,
        ),
        Part(
            "border", None, (Box(10, 34, 54, 54, 7), Box(17.5, 41.5, 39, 39, 4), Box(18, 42, 38, 38, 4, paint="light"))
        ),
    ),
    extent=0.3,
)

BOWL = Thing(
    "bowl",
    "body",
    (
        Part(
            "body",
            "orange",
            (
                Polygon(_half(), 1),
                Arc(50, 20, 40, 34, 120, 165, paint="light", width=3),
            ),
        ),
        Part("rim", None, (Ellipse(50, 20, 48.5, 13.5), Ellipse(50, 21, 42, 9.6, paint="shade"))),
        Part("band", "white", (Polygon((*_sagging(31), *_sagging(38)[::-1]), 1),)),
        Part("foot", None, (Polygon(((34, 54), (66, 54), (70, 68), (30, 68)), 3),), depth=-1),
    ),
    extent=0.36,
    own_actions=(full(50, 21, 42, 9.6),),
)


def _bulging(y: float) -> Points:
    """A line across the jug at that height, lower in the middle."""
    reach = 23 + (y - 40) * 0.42
    return tuple((50 + reach * u, y + 5 * (1 - u * u)) for u in (i / 10 - 1 for i in range(21)))


def _fingers(gap: float, of: str | None = None) -> tuple[Form, ...]:
    """Two bent fingers that far from the middle, with dark pads on their inner sides."""
    knee, tip = 26 - gap / 2, 43 - gap
    return mirrored(
        (
            Line(((36, 42), (knee, 58), (tip, 76), (tip, 92)), width=13, of=of),
            Ellipse(knee, 58, 2.8, 2.8, paint="ink"),
            Box(tip + 2.5, 78, 4, 17, 1.5, paint="ink"),
        ),
        50,
    )


_PALM: tuple[Form, ...] = (
    Polygon(((36, 20), (64, 20), (78, 31), (78, 48), (22, 48), (22, 31)), 5),
    Line(((28, 33), (37, 26)), paint="light", width=2.6),
)


def _lens(of: str | None = None) -> tuple[Form, ...]:
    """The eye in the palm."""
    return Ellipse(50, 35, 8, 8, of=of), Ellipse(47.6, 32.6, 2.2, 2.2, paint="gleam")


GRIPPER = Thing(
    "gripper",
    "palm",
    (
        Part(
            "wrist",
            "grey",
            (Box(39, 0, 22, 26, 2), Box(34, 0, 32, 9, 2.5), Line(((40.5, 15), (59.5, 15)), paint="shade", width=3)),
        ),
        Part("palm", "orange", _PALM),
        Part("lens", "blue", _lens()),
        Part("fingers", "grey", _fingers(5), depth=-1),
    ),
    extent=0.34,
    place="top",
    stands=False,
    grip=(50, 86),
    own_actions=(Action("open", (*_fingers(21, "fingers"), *_PALM, *_lens("lens")), hides=("fingers",)),),
)

ROBOT_ARM = Thing(
    "robot arm",
    "arm",
    (
        Part(
            "base",
            "grey",
            (
                Box(12, 76, 28, 16, 3),
                Box(2, 88, 48, 11, 3.5),
                Line(((8, 93.5), (30, 93.5)), paint="light", width=2),
            ),
        ),
        Part(
            "arm",
            "orange",
            (Line(((26, 72), (36, 22)), width=15), Line(((24.6, 60), (30, 33)), paint="light", width=2.6)),
        ),
        Part(
            "forearm",
            None,
            (Line(((36, 20), (84, 34)), width=12), Line(((44, 19.6), (68, 26.6)), paint="light", width=2.4)),
        ),
        Part(
            "joints",
            "grey",
            (
                Ellipse(26, 72, 11.5, 11.5),
                Ellipse(26, 72, 4.6, 4.6, paint="ink"),
                Ellipse(36, 20, 10.5, 10.5),
                Ellipse(36, 20, 4, 4, paint="ink"),
                Ellipse(84, 34, 8, 8),
                Ellipse(84, 34, 3, 3, paint="ink"),
            ),
        ),
        Part(
            "claw",
            "black",
            (
                *mirrored((Line(((80, 53), (74, 60), (77, 74)), width=5),), 84),
                Polygon(((79, 40), (89, 40), (93, 54), (75, 54)), 2),
            ),
            depth=-1,
        ),
    ),
    extent=0.5,
    grip=(84, 70),
)

_FLAPS: tuple[Form, ...] = (
    Polygon(((24, 26), (76, 26), (82, 15), (18, 15)), 2),
    Polygon(((13, 38), (24, 25), (76, 25), (87, 38)), 1),
    Polygon(((16, 38), (25, 26.5), (75, 26.5), (84, 38)), 1, paint="shade"),
    Polygon(((13, 38), (24, 26), (16, 17), (7, 28)), 2),
    Polygon(((87, 38), (76, 26), (84, 17), (93, 28)), 2),
    Polygon(((13, 37), (87, 37), (92, 53), (8, 53)), 2),
    Line(((17, 41), (83, 41)), paint="light", width=1.8),
)
"""The lid of the box, wide open, and the dark inside."""

BOX = Thing(
    "box",
    "body",
    (
        Part("body", "brown", (Box(12, 36, 76, 62, 3), Line(((17, 43), (17, 70)), paint="light", width=2.2))),
        Part(
            "lid",
            None,
            (
                Polygon(((24, 13), (76, 13), (89, 38), (11, 38)), 3),
                Polygon(((25, 15), (75, 15), (86, 36.5), (14, 36.5)), 2, paint="light"),
            ),
        ),
        Part("tape", "yellow", (Polygon(((44, 13), (56, 13), (58, 38), (58, 56), (42, 56), (42, 38)), 0.5),)),
        Part("handle", "black", (Box(36, 67, 28, 9, 4.5),)),
        Part(
            "arrows",
            "white",
            tuple(
                Merged((Polygon(((x, 80), (x + 5.5, 87), (x - 5.5, 87))), Box(x - 1.8, 86, 3.6, 8, 0)))
                for x in (67, 79)
            ),
        ),
    ),
    extent=0.38,
    own_actions=(Action("open", _FLAPS, hides=("lid", "tape")),),
)

JUG = Thing(
    "jug",
    "body",
    (
        Part(
            "body",
            "yellow",
            (
                Blob(
                    (
                        (50, 12),
                        (67, 14),
                        (68, 28),
                        (73, 42),
                        (80, 58),
                        (81, 76),
                        (75, 92),
                        (68, 98),
                        (50, 98.5),
                        (32, 98),
                        (25, 92),
                        (19, 76),
                        (20, 58),
                        (27, 42),
                        (32, 28),
                        (33, 14),
                    )
                ),
                Line(((28, 60), (27, 74), (31, 88)), smooth=True, paint="light", width=3),
            ),
        ),
        Part(
            "handle", None, (Line(((66, 22), (86, 18), (95, 34), (90, 56), (77, 68)), smooth=True, width=8),), depth=-1
        ),
        Part("spout", None, (Polygon(((40, 10), (7, 4), (33, 36)), 5),), depth=-1),
        Part("rim", None, (Ellipse(50, 12, 19, 6), Ellipse(50, 12.6, 15, 3.8, paint="shade"))),
        Part("band", "blue", (Polygon((*_bulging(46), *_bulging(54)[::-1]), 1),)),
    ),
    extent=0.4,
    own_actions=(
        Action(
            "pour",
            (
                Line(((14, 8), (11.5, 30), (11, 60), (11, 94)), smooth=True, width=6, colour="blue"),
                Line(((11.8, 34), (11.2, 70)), colour="blue", paint="light", width=1.8),
            ),
        ),
    ),
)

WORKBENCH = (BLOCK, BOWL, GRIPPER, ROBOT_ARM, BOX, JUG)
