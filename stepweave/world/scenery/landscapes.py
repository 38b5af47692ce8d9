"""Settings under the open sky, and one under water."""

from __future__ import annotations

from stepweave.world.brush import CHALK, INK
from stepweave.world.scenery.model import Area, Setting
from stepweave.world.things.forms import Blob, Box, Ellipse, Form, Points, Polygon

_CLOUD: tuple[Form, ...] = (
    Ellipse(-8, 0, 6, 4.5),
    Ellipse(-1, -3, 7.5, 6.5),
    Ellipse(7, -0.5, 6.5, 5),
    Box(-12, 0, 24, 4.5, 2.2),
)
_FIR: tuple[Form, ...] = (
    Polygon(((0, -19), (5, -11), (-5, -11)), 1),
    Polygon(((0, -15), (7, -5), (-7, -5)), 1),
    Polygon(((0, -9), (9, 2), (-9, 2)), 1),
    Box(-1.5, 0, 3, 6, 0),
)
_HEDGE: tuple[Form, ...] = (Ellipse(0, -2, 13, 9), Ellipse(12, 0, 10, 7), Box(-13, 0, 40, 45, 0))
_FENCE: tuple[Form, ...] = (
    Polygon(((-2.2, 20), (-2.2, -4), (0, -6.5), (2.2, -4), (2.2, 20))),
    Box(-5, -1, 10, 2, 0),
    Box(-5, 6, 10, 2, 0),
)
_TUFT: tuple[Form, ...] = (Polygon(((-2.6, 0), (-3.4, -4), (-0.9, -1.4), (0, -5.4), (0.9, -1.4), (3.4, -4), (2.6, 0))),)


def _ground(*edge: tuple[float, float]) -> tuple[Form, ...]:
    """All that lies below a soft edge from side to side."""
    return (Blob(((-30, edge[0][1]), *edge, (130, edge[-1][1]), (140, 130), (-40, 130))),)


def _scattered(size: float, *centres: tuple[float, float]) -> tuple[Form, ...]:
    """Dots of one size."""
    return tuple(Ellipse(x, y, size, size) for x, y in centres)


def _weed(x: float, height: float) -> Form:
    """A water plant that sways as it rises."""
    left = ((x - 1.8, 4.0), (x - 3.4, -height * 0.25), (x, -height * 0.55), (x - 2.4, -height * 0.82))
    right = ((x + 2.2, -height * 0.8), (x + 3.8, -height * 0.5), (x + 0.6, -height * 0.22), (x + 2.2, 4.0))
    points: Points = (*left, (x, -height), *right)
    return Blob(points)


GARDEN = Setting(
    "garden",
    sky=(200, 226, 244),
    ground=0.84,
    ink=INK,
    areas=(
        Area((220, 237, 249), _CLOUD, (0.2, 0.17)),
        Area((220, 237, 249), _CLOUD, (0.79, 0.26)),
        Area((186, 216, 194), _HEDGE, (0.42, 0.62), 24),
        Area((224, 224, 206), _FENCE, (0.5, 0.66), 7),
        Area((182, 214, 156), _ground((0, 75), (25, 74.4), (50, 74), (75, 74.4), (100, 75))),
        Area((196, 224, 172), (Ellipse(20, 97, 30, 6), Ellipse(86, 90, 24, 4.5))),
        Area((198, 228, 176), _TUFT, (0.5, 0.8), 19),
        Area((226, 206, 200), _scattered(1.1, (-6, 0), (0, 1.6), (7, -0.6)), (0.5, 0.95), 46),
        Area((232, 224, 172), _scattered(1.1, (-3, 1), (4, 0), (17, 2)), (0.5, 0.925), 46),
    ),
)

BEACH = Setting(
    "beach",
    sky=(204, 230, 244),
    ground=0.84,
    ink=INK,
    areas=(
        Area((222, 240, 249), _CLOUD, (0.24, 0.2)),
        Area((222, 240, 249), _CLOUD, (0.82, 0.13)),
        Area((188, 216, 204), (Ellipse(0, 0, 15, 6), Ellipse(10, 1, 10, 4)), (0.8, 0.52)),
        Area((164, 208, 228), (Box(-5, 52, 110, 30, 0),)),
        Area((180, 218, 232), _ground((0, 61), (20, 62), (45, 60.5), (70, 62), (100, 60.5))),
        Area((214, 230, 224), _ground((0, 68), (22, 70.5), (48, 68), (75, 70.5), (100, 68))),
        Area((240, 222, 178), _ground((0, 70.5), (22, 73), (48, 70.5), (75, 73), (100, 70.5))),
        Area((230, 208, 160), (Ellipse(16, 93, 20, 2.6), Ellipse(82, 90, 17, 2.2), Ellipse(58, 98, 14, 1.6))),
        Area((246, 230, 200), _scattered(1.2, (-17, 3), (2, 0), (21, 4)), (0.5, 0.8), 58),
    ),
)

NIGHT = Setting(
    "night",
    sky=(58, 70, 122),
    ground=0.84,
    ink=CHALK,
    areas=(
        Area((66, 80, 134), (Ellipse(50, 62, 78, 34),)),
        Area(
            (116, 126, 174),
            _scattered(0.9, (-30, -17), (-6, -8), (13, -21), (34, -11), (-19, 9), (24, 5)),
            (0.5, 0.25),
            78,
        ),
        Area((108, 118, 168), _scattered(0.6, (-37, 2), (-12, -22), (4, 8), (21, -6), (36, 6)), (0.5, 0.25), 78),
        Area((72, 90, 134), _ground((0, 62), (22, 56), (45, 65), (72, 54), (100, 64))),
        Area((62, 88, 114), _ground((0, 71), (30, 75.5), (65, 71), (100, 75))),
    ),
)

SNOW = Setting(
    "snow",
    sky=(196, 212, 234),
    ground=0.84,
    ink=INK,
    areas=(
        Area(
            (218, 228, 242),
            _scattered(1.0, (-28, -15), (-8, -4), (12, -18), (30, -7), (-18, 9), (20, 6)),
            (0.5, 0.24),
            74,
        ),
        Area((212, 224, 240), _ground((0, 60), (25, 52), (52, 62), (80, 51), (100, 58))),
        Area((182, 204, 212), _FIR, (0.12, 0.68)),
        Area((190, 210, 218), _FIR, (0.27, 0.66)),
        Area((182, 204, 212), _FIR, (0.87, 0.7)),
        Area((226, 234, 246), _ground((0, 71), (30, 68.5), (65, 73), (100, 70.5))),
        Area((214, 225, 241), (Ellipse(22, 96, 28, 3.6), Ellipse(80, 90, 22, 2.8))),
    ),
)

SEA = Setting(
    "sea",
    sky=(184, 222, 238),
    ground=0.88,
    ink=INK,
    areas=(
        Area((170, 213, 233), _ground((0, 13), (25, 16), (50, 12.5), (75, 16), (100, 13))),
        Area((157, 203, 227), _ground((0, 43), (25, 46), (50, 42.5), (75, 46), (100, 43))),
        Area(
            (186, 222, 236),
            _scattered(1.7, (-33, 4), (30, -6))
            + _scattered(1.1, (-31, -3), (32, -13), (12, 10))
            + _scattered(0.8, (-34, -8), (13, 5)),
            (0.5, 0.42),
            94,
        ),
        Area((158, 206, 186), (_weed(-7, 30), _weed(0, 40), _weed(7, 24)), (0.1, 0.86)),
        Area((158, 206, 186), (_weed(-4, 22), _weed(3, 33)), (0.92, 0.84)),
        Area((226, 214, 180), _ground((0, 80), (30, 84), (65, 79), (100, 83))),
        Area((236, 226, 198), (Ellipse(26, 95, 24, 2.6), Ellipse(80, 91, 16, 2))),
    ),
    floating=True,
)

LANDSCAPES = (GARDEN, BEACH, NIGHT, SNOW, SEA)
