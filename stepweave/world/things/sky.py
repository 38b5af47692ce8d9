"""Things of the sky."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, radians, sin

from stepweave.world.things.forms import Arc, Blob, Ellipse, Merged, Paint, Point, Points, Polygon, mirrored
from stepweave.world.things.model import Face, Part, Thing


def _arc_points(centre: Point, r: float, start: float, end: float, steps: int = 40) -> Points:
    """Points of a circle's edge from ``start`` to ``end`` degrees; 0 is right, 90 is down."""
    angles = [radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return tuple((centre[0] + r * cos(a), centre[1] + r * sin(a)) for a in angles)


def _crescent(centre: Point, r: float, bite: Point, bite_r: float) -> Points:
    """A disc without what another disc to its right bites out of it."""
    gap = hypot(bite[0] - centre[0], bite[1] - centre[1])
    along = (gap**2 + r**2 - bite_r**2) / (2 * gap)
    high = (r**2 - along**2) ** 0.5
    turn = degrees(atan2(bite[1] - centre[1], bite[0] - centre[0]))
    outer, inner = degrees(atan2(high, along)), degrees(atan2(high, along - gap))
    return (
        *_arc_points(centre, r, turn + outer, turn + 360 - outer),
        *_arc_points(bite, bite_r, turn - inner, turn - 360 + inner)[1:-1],
    )


def _star(x: float, y: float, r: float) -> Polygon:
    points = [(r if i % 2 == 0 else r * 0.48, pi * i / 5) for i in range(10)]
    return Polygon(tuple((x + s * sin(a), y - s * cos(a)) for s, a in points), 0.8)


CLOUD = Thing(
    "cloud",
    "puffs",
    (
        Part(
            "puffs",
            "white",
            (
                Merged(
                    (
                        Ellipse(19, 47, 18, 16),
                        Ellipse(34, 29, 19, 19),
                        Ellipse(59, 23, 22, 22),
                        Ellipse(81, 42, 19, 18),
                        Ellipse(62, 49, 24, 15),
                        Ellipse(38, 49, 22, 15),
                    )
                ),
                Arc(34, 29, 13, 13, 185, 265, paint="light", width=2.2),
            ),
        ),
        Part(
            "shadow",
            "grey",
            (
                Blob(
                    (
                        (6, 54),
                        (20, 57),
                        (34, 54),
                        (50, 58),
                        (66, 54),
                        (82, 54),
                        (95, 49),
                        (89, 57),
                        (78, 59),
                        (62, 62),
                        (50, 60),
                        (38, 62),
                        (20, 61.5),
                    ),
                    paint="light",
                ),
            ),
        ),
        Part(
            "face",
            "brown",
            (
                Ellipse(42, 35, 3.2, 4.3, paint="flat"),
                Ellipse(62, 35, 3.2, 4.3, paint="flat"),
                Ellipse(41.2, 33.4, 1.1, 1.4, paint="gleam"),
                Ellipse(61.2, 33.4, 1.1, 1.4, paint="gleam"),
                Arc(52, 39, 7, 6.5, 15, 165, paint="flat", width=2.4),
            ),
        ),
    ),
    extent=0.38,
    place="top left",
    stands=False,
    face=Face(eyes=((42, 35), (62, 35)), eye=5, mouth=(52, 43.5), width=15, skin="puffs", marks=(89, 5), size=22),
)

MOON = Thing(
    "moon",
    "crescent",
    (
        Part("crescent", "yellow", (Polygon(_crescent((44, 50), 44, (66, 44), 36), 2),)),
        Part(
            "craters",
            "orange",
            (
                Ellipse(30, 22, 4.6, 4.6),
                Ellipse(47, 84.7, 4.2, 4.2),
                Ellipse(10, 58, 3.4, 3.4),
                Ellipse(62.5, 84.9, 2.4, 2.4),
            ),
        ),
        Part(
            "face",
            "brown",
            (
                Arc(21, 42, 5.5, 4.6, 10, 170, paint="flat", width=2.2),
                Arc(32, 60, 8, 9, 60, 170, paint="flat", width=2.2),
            ),
        ),
        Part("sparkles", "white", (_star(66, 38, 12), _star(84, 60, 8))),
    ),
    extent=0.34,
    place="top left",
    stands=False,
)


def _band(number: int, paint: Paint = "fill", colour: str | None = None) -> Polygon:
    """A band of the rainbow, counted from the outermost."""
    r = 54 - 5.6 * number
    ring = (*_arc_points((54, 58), r, 180, 360), *_arc_points((54, 58), r - 5.6, 360, 180))
    return Polygon(ring, paint=paint, colour=colour)


RAINBOW = Thing(
    "rainbow",
    "outer",
    (
        Part("outer", "red", (_band(0),)),
        Part(
            "bands",
            "orange",
            tuple(_band(i, "flat", colour) for i, colour in enumerate((None, "yellow", "green", "blue"), 1)),
            depth=-1,
        ),
        Part("inner", "purple", (_band(5),)),
        Part(
            "puffs",
            "white",
            mirrored(
                (
                    Merged(
                        (
                            Ellipse(2, 59, 11, 9.5),
                            Ellipse(14, 51, 12, 11),
                            Ellipse(29, 56, 12, 10.5),
                            Ellipse(36, 62, 9, 7),
                            Ellipse(18, 61, 18, 8.5),
                        )
                    ),
                ),
                54,
            ),
        ),
    ),
    extent=0.42,
    place="top",
    stands=False,
)

SKY = (CLOUD, MOON, RAINBOW)
