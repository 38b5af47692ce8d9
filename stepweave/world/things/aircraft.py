"""Things that fly."""

from __future__ import annotations

from stepweave.world.things.forms import Arc, Blob, Box, Ellipse, Line, Polygon, mirrored
from stepweave.world.things.model import Part, Thing

ROCKET = Thing(
    "rocket",
    "body",
    (
        Part(
            "body",
            "white",
            (
                Polygon(
                    (
                        (50, -8),
                        (58, 2),
                        (66, 14),
                        (71, 28),
                        (73, 44),
                        (71, 62),
                        (65, 79),
                        (35, 79),
                        (29, 62),
                        (27, 44),
                        (29, 28),
                        (34, 14),
                        (42, 2),
                    ),
                    8,
                ),
                Line(((31, 68.5), (69, 68.5)), paint="shade", width=2),
            ),
        ),
        Part(
            "nose",
            "red",
            (
                Polygon(
                    (
                        (50, -9),
                        (59, 1),
                        (66, 12),
                        (69.5, 21.5),
                        (60, 24.5),
                        (50, 25.5),
                        (40, 24.5),
                        (30.5, 21.5),
                        (34, 12),
                        (41, 1),
                    ),
                    5,
                ),
            ),
        ),
        Part(
            "window",
            "blue",
            (
                Ellipse(50, 44, 11.5, 11.5, of="fins"),
                Ellipse(50, 44, 8, 8),
                Arc(50, 44, 5, 5, 185, 265, paint="light", width=2.4),
            ),
        ),
        Part(
            "fins",
            "red",
            (*mirrored((Polygon(((31, 52), (33, 78), (24, 82), (10, 94), (11, 76), (18, 62)), 4),), 50),),
            depth=-1,
        ),
        Part(
            "engine",
            "grey",
            (Polygon(((38, 76), (62, 76), (66, 86), (34, 86)), 2),),
            depth=-1,
        ),
        Part(
            "flames",
            "orange",
            (
                Blob(
                    (
                        (36, 84),
                        (50, 82),
                        (64, 84),
                        (67, 93),
                        (60, 101),
                        (57, 98),
                        (50, 114),
                        (43, 98),
                        (40, 101),
                        (33, 93),
                    )
                ),
                Blob(((42, 84), (50, 82), (58, 84), (57, 93), (50, 104), (43, 93)), colour="yellow", paint="flat"),
            ),
            depth=-2,
        ),
    ),
    place="top",
    stands=False,
)

PLANE = Thing(
    "plane",
    "body",
    (
        Part(
            "body",
            "white",
            (
                Blob(
                    (
                        (0, 36),
                        (14, 35),
                        (40, 32),
                        (76, 32),
                        (92, 37),
                        (101, 47),
                        (93, 54),
                        (76, 57),
                        (40, 56),
                        (18, 49),
                        (4, 41),
                    )
                ),
                Line(((12, 43), (40, 51.5), (76, 53), (94, 49.5)), smooth=True, paint="shade", width=2),
            ),
        ),
        Part(
            "wings",
            "blue",
            (
                Polygon(((46, 46), (66, 46), (46, 76), (32, 79), (30, 76)), 3),
                Polygon(((48, 32.5), (66, 32.5), (52, 12), (43, 12)), 2),
            ),
        ),
        Part(
            "tail",
            "blue",
            (Polygon(((3, 37), (-6, 11), (7, 11), (25, 35)), 4), Polygon(((10, 41), (25, 41), (11, 54), (2, 54)), 2.5)),
        ),
        Part("engine", "grey", (Box(38, 60, 19, 9, 4.5), Line(((52.5, 61.5), (52.5, 67.5)), paint="shade", width=1.8))),
        Part("windows", "blue", tuple(Ellipse(x, 41, 3.7, 4.3) for x in (32, 43, 54, 65))),
        Part("cockpit", "black", (Polygon(((81, 36), (88, 36.5), (94, 41), (83, 42)), 2),)),
    ),
    place="top",
    stands=False,
)


def _gore(w: float, base: float, of: str | None = None) -> Blob:
    """The stripe of a balloon that is ``w`` wide at its middle and ends at the crown and at the mouth."""
    return Blob(
        (
            (50, -1),
            (50 + w * 0.8, 12),
            (50 + w, 32),
            (50 + w * 0.74, 52),
            (50 + base, 70),
            (50 - base, 70),
            (50 - w * 0.74, 52),
            (50 - w, 32),
            (50 - w * 0.8, 12),
        ),
        of=of,
    )


BALLOON = Thing(
    "balloon",
    "canopy",
    (
        Part(
            "canopy",
            "red",
            (
                Blob(
                    (
                        (50, -2),
                        (75, 5),
                        (88, 24),
                        (87, 40),
                        (76, 56),
                        (63, 70),
                        (50, 72),
                        (37, 70),
                        (24, 56),
                        (13, 40),
                        (12, 24),
                        (25, 5),
                    )
                ),
            ),
        ),
        Part(
            "stripes",
            "yellow",
            (_gore(26, 8.5), _gore(10, 3, of="canopy")),
        ),
        Part(
            "ropes",
            "brown",
            mirrored((Line(((38, 69), (42, 90)), width=2.4), Line(((46, 70), (47, 90)), width=2.4)), 50),
            depth=-1,
        ),
        Part(
            "basket",
            "brown",
            (
                Polygon(((38, 88), (62, 88), (60, 106), (40, 106)), 3.5),
                Box(36, 86, 28, 5.5, 2.5),
                *(Line(((x, 93), (x, 104)), paint="shade", width=1.6) for x in (45, 50, 55)),
                Line(((40.5, 98), (59.5, 98)), paint="shade", width=1.6),
            ),
        ),
        Part("flame", "orange", (Blob(((50, 72), (53.5, 79), (52.5, 84), (47.5, 84), (46.5, 79))),)),
    ),
    place="top",
    stands=False,
)

AIRCRAFT = (ROCKET, PLANE, BALLOON)
