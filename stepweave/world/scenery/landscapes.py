"""Settings under the open sky, and one under water."""

from __future__ import annotations

from stepweave.world.brush import CHALK, INK
from stepweave.world.scenery.model import Area, Setting
from stepweave.world.things.forms import Blob, Box, Ellipse, Form, Polygon

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
)


def _ground(*edge: tuple[float, float]) -> tuple[Form, ...]:
    """All that lies below a soft edge from side to side."""
    return (Blob(((-30, edge[0][1]), *edge, (130, edge[-1][1]), (140, 130), (-40, 130))),)


GARDEN = Setting(
    "garden",
    sky=(200, 226, 244),
    ground=0.84,
    ink=INK,
    areas=(
        Area((220, 237, 249), _CLOUD, (0.2, 0.17)),
        Area((220, 237, 249), _CLOUD, (0.79, 0.26)),
        Area((186, 216, 194), (Ellipse(0, -2, 13, 9), Ellipse(12, 0, 10, 7), Box(-13, 0, 40, 30, 0)), (0.42, 0.62), 24),
        Area(
            (224, 224, 206),
            (
                Polygon(((-2.2, 13), (-2.2, -4), (0, -6.5), (2.2, -4), (2.2, 13))),
                Box(-5, -1, 10, 2, 0),
                Box(-5, 6, 10, 2, 0),
            ),
            (0.5, 0.66),
            7,
        ),
        Area((182, 214, 156), _ground((0, 75), (25, 74.4), (50, 74), (75, 74.4), (100, 75))),
        Area((196, 224, 170), (Ellipse(22, 96, 26, 7), Ellipse(84, 90, 22, 5))),
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
        Area((164, 208, 228), (Box(-5, 52, 110, 30, 0),)),
        Area((180, 218, 232), _ground((0, 61), (20, 62), (45, 60.5), (70, 62), (100, 60.5))),
        Area((214, 230, 224), _ground((0, 69), (22, 71.5), (48, 69), (75, 71.5), (100, 69))),
        Area((240, 222, 178), _ground((0, 71), (22, 73.5), (48, 71), (75, 73.5), (100, 71))),
        Area((230, 208, 160), (Ellipse(20, 93, 20, 3), Ellipse(80, 89, 17, 2.4), Ellipse(62, 98, 14, 1.8))),
    ),
)

NIGHT = Setting(
    "night",
    sky=(58, 70, 122),
    ground=0.84,
    ink=CHALK,
    areas=(
        Area((70, 84, 136), _ground((0, 60), (22, 54), (45, 63), (72, 52), (100, 62))),
        Area((60, 88, 112), _ground((0, 70), (30, 75), (65, 70), (100, 74))),
    ),
)

SNOW = Setting(
    "snow",
    sky=(196, 212, 234),
    ground=0.84,
    ink=INK,
    areas=(
        Area((212, 224, 240), _ground((0, 60), (25, 52), (52, 62), (80, 51), (100, 58))),
        Area((182, 204, 212), _FIR, (0.14, 0.66)),
        Area((182, 204, 212), _FIR, (0.86, 0.68)),
        Area((226, 234, 246), _ground((0, 71), (30, 68), (65, 73), (100, 70))),
    ),
)

SEA = Setting(
    "sea",
    sky=(164, 210, 232),
    ground=0.88,
    ink=INK,
    areas=(
        Area((150, 198, 224), _ground((0, 30), (25, 33), (50, 29), (75, 33), (100, 30))),
        Area((226, 214, 180), _ground((0, 80), (30, 84), (65, 79), (100, 83))),
    ),
    floating=True,
)

LANDSCAPES = (GARDEN, BEACH, NIGHT, SNOW, SEA)
