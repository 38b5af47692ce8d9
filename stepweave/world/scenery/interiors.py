"""Settings that people build: rooms, and a street."""

from __future__ import annotations

from stepweave.world.brush import INK
from stepweave.world.scenery.model import Area, Setting
from stepweave.world.things.forms import Box, Polygon

KITCHEN = Setting(
    "kitchen",
    sky=(246, 234, 210),
    ground=0.84,
    ink=INK,
    areas=(
        Area((226, 196, 158), (Box(-5, 74, 110, 40, 0),)),
        Area((206, 174, 136), (Box(-5, 93, 110, 12, 0),)),
    ),
)

STREET = Setting(
    "street",
    sky=(204, 226, 242),
    ground=0.86,
    ink=INK,
    areas=(
        Area((222, 220, 220), (Box(-5, 70, 110, 10, 0),)),
        Area((190, 192, 202), (Box(-5, 78, 110, 30, 0),)),
    ),
)

WORKBENCH = Setting(
    "workbench",
    sky=(222, 230, 234),
    ground=0.82,
    ink=INK,
    areas=(
        Area((192, 208, 216), (Polygon(((4, 66), (96, 66), (110, 93), (-10, 93))),)),
        Area((168, 184, 196), (Box(-10, 93, 120, 12, 0),)),
    ),
)

INTERIORS = (KITCHEN, STREET, WORKBENCH)
