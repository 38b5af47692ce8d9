"""Settings that people build: a kitchen, a street, and the work table of a robot."""

from __future__ import annotations

from stepweave.world.brush import INK
from stepweave.world.scenery.model import Area, Setting
from stepweave.world.things.forms import Box, Ellipse, Form, Polygon


def _grid(far: float, near: float, columns: int, rows: int) -> tuple[Form, ...]:
    """Lines on a table top between two heights, seen from the front: they come together far away."""
    lines: list[Form] = []
    for i in range(columns + 1):
        back, front = 6 + 88 * i / columns, -14 + 128 * i / columns
        lines.append(Polygon(((back - 0.25, far), (back + 0.25, far), (front + 0.45, near), (front - 0.45, near))))
    for i in range(1, rows):
        y = far + (near - far) * (i / rows) ** 1.3
        out = 20 * (y - far) / (near - far) - 6
        lines.append(Box(-out, y, 100 + 2 * out, 0.5 + 0.3 * i / rows, 0))
    return tuple(lines)


def _row(top: float, count: int, left: float, width: float, gap: float, height: float) -> tuple[Form, ...]:
    """Boxes side by side: panes, windows of a house."""
    return tuple(Box(left + i * (width + gap), top, width, height, 0.6) for i in range(count))


KITCHEN = Setting(
    "kitchen",
    sky=(247, 236, 212),
    ground=0.84,
    ink=INK,
    areas=(
        Area((238, 222, 190), (Box(-5, 50, 110, 30, 0),)),
        Area(
            (246, 233, 207), tuple(Box(-5.4, y, 10.8, 7.4, 1) for y in (1.4, 9.8, 18.2, 26.6, 35, 43.4)), (0.5, 0.5), 12
        ),
        Area((232, 210, 176), (Box(-16, -17, 32, 33, 1.5), Box(-18.5, 14, 37, 3.4, 1.4)), (0.26, 0.27)),
        Area(
            (212, 230, 238),
            (*_row(-14, 2, -13.2, 12.4, 1.6, 12.2), *_row(-0.4, 2, -13.2, 12.4, 1.6, 12.2)),
            (0.26, 0.27),
        ),
        Area((226, 202, 166), (Box(-19, 0, 38, 2.6, 1), Box(-15, 2, 2, 4, 0), Box(13, 2, 2, 4, 0)), (0.76, 0.32)),
        Area(
            (214, 222, 204),
            (Box(-15, -11, 8, 11.4, 2), Box(-14, -13, 6, 3, 1), Box(5.5, -8.6, 9, 9, 2), Ellipse(-0.6, -3.4, 4.4, 3.8)),
            (0.76, 0.32),
        ),
        Area((226, 198, 160), (Box(-5, 74, 110, 40, 0),)),
        Area((234, 208, 172), (Box(-5, 75.4, 110, 1.2, 0), Box(18, 80, 26, 0.7, 0), Box(58, 87.4, 30, 0.8, 0))),
        Area((206, 176, 138), (Box(-5, 93, 110, 12, 0),)),
    ),
)

STREET = Setting(
    "street",
    sky=(206, 228, 243),
    ground=0.87,
    ink=INK,
    areas=(
        Area(
            (228, 222, 206),
            (Box(-46, -34, 22, 60, 0), Polygon(((-48, -34), (-35, -45), (-22, -34)), 1)),
            (0.5, 0.68),
            92,
        ),
        Area((226, 208, 204), (Box(-24, -26, 24, 60, 0), Box(-25.4, -28, 26.8, 3, 0.6)), (0.5, 0.68), 92),
        Area(
            (208, 214, 222),
            (Box(0, -42, 21, 70, 0), Polygon(((-1.5, -41), (4, -48), (17, -48), (22.5, -41)), 1)),
            (0.5, 0.68),
            92,
        ),
        Area(
            (218, 220, 200),
            (Box(21, -30, 25, 60, 0), Polygon(((19.4, -30), (33.5, -40), (47.6, -30)), 1)),
            (0.5, 0.68),
            92,
        ),
        Area(
            (198, 214, 226),
            (
                *_row(-29, 2, -43.5, 6.5, 4, 8),
                *_row(-15, 2, -43.5, 6.5, 4, 8),
                *_row(-20, 2, -20.5, 7, 3, 8),
                *_row(-24.6, 2, 24, 7, 5, 8),
                *_row(-10.6, 1, 24, 7, 5, 8),
            ),
            (0.5, 0.68),
            92,
        ),
        Area(
            (226, 230, 232), tuple(box for y in (-36, -24, -12) for box in _row(y, 2, 3.4, 5.6, 3, 8)), (0.5, 0.68), 92
        ),
        Area((198, 188, 180), (*_row(-9, 1, -15.5, 7, 0, 16), *_row(-9.6, 1, 36, 7, 0, 16)), (0.5, 0.68), 92),
        Area((224, 222, 220), (Box(-5, 71, 110, 10, 0),)),
        Area((206, 206, 210), (Box(-5, 77, 110, 2, 0),)),
        Area((190, 192, 203), (Box(-5, 78.4, 110, 30, 0),)),
        Area((220, 220, 222), (Box(-7, 0, 14, 1.8, 0.4),), (0.5, 0.93), 26),
    ),
)

WORKBENCH = Setting(
    "workbench",
    sky=(224, 231, 235),
    ground=0.82,
    ink=INK,
    areas=(
        Area((212, 221, 227), (Box(8, 9, 84, 44, 2),)),
        Area(
            (222, 229, 234),
            tuple(Ellipse(x, y, 0.7, 0.7) for x in (-4.5, 4.5) for y in (-13.5, -4.5, 4.5, 13.5)),
            (0.5, 0.31),
            18,
        ),
        Area((224, 231, 235), (Box(-5, -5, 13, 70, 0), Box(92, -5, 20, 70, 0))),
        Area((194, 210, 218), (Polygon(((6, 64), (94, 64), (114, 93), (-14, 93))),)),
        Area((206, 220, 226), _grid(64, 93, 12, 6)),
        Area((170, 186, 198), (Box(-10, 93, 120, 12, 0),)),
    ),
)

INTERIORS = (KITCHEN, STREET, WORKBENCH)
