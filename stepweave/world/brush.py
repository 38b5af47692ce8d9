"""How one form is painted: anti-aliased, with an outline of even weight around it and soft shading inside.

A form is drawn as two masks, several times too large, and reduced: one for the ink around it, one for what is inside.
Masks are no larger than the form itself, so a large picture costs memory only where something is drawn.
"""

from __future__ import annotations

from math import ceil, floor

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from stepweave.world.things.forms import Points, Stroke, Trace
from stepweave.world.things.geometry import Outline
from stepweave.world.vocabulary import RGB

INK: RGB = (58, 50, 70)
"""The colour of outlines on all but dark backgrounds."""
CHALK: RGB = (214, 214, 222)
"""The colour of outlines on a dark background."""

FINEST_EDGE = 4 * 160
"""Longest side of a mask, in pixels, up to which edges are drawn four times too large."""
FINE_EDGE = 3 * 1024
"""Longest side of a mask, in pixels, up to which edges are drawn three times too large; beyond it is twice."""
GAP = 1.25
"""Pixels of a mask that may be missing on the outer side of a turning line before the turn is rounded off."""

Box = tuple[int, int, int, int]
Turns = tuple[tuple[float, ...], ...]


def mixed(colour: RGB, other: RGB, share: float) -> RGB:
    """The colour with that share of the other in it."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(colour, other, strict=True))
    return r, g, b


def shaded(colour: RGB) -> RGB:
    """A tone darker, towards a cool violet."""
    return mixed(colour, (60, 50, 90), 0.22)


def lightened(colour: RGB) -> RGB:
    """A tone lighter."""
    return mixed(colour, (255, 255, 255), 0.42)


class Brush:
    """Paints outlines in unit coordinates at one place and scale of a canvas."""

    def __init__(self, canvas: Image.Image, origin: tuple[float, float], scale: float, weight: float, ink: RGB) -> None:
        self._canvas = canvas
        self._origin = origin
        self._scale = scale
        self._weight = weight
        self._ink = ink

    def paint(self, outline: Outline, colour: RGB) -> None:
        """Paint one form in the colour of its part."""
        box = self._box(outline)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        fine = _fineness(box)
        trace = self._placed(outline.trace, box, fine)
        if outline.paint == "fill":
            self._canvas.paste(
                self._colour(self._ink), box, _mask(trace, outline.turns, box, fine, 2 * self._weight * fine)
            )
        inside = _mask(trace, outline.turns, box, fine, 0.0)
        tone = {"shade": shaded(colour), "light": lightened(colour), "ink": self._ink, "gleam": (255, 255, 255)}
        self._canvas.paste(self._colour(tone.get(outline.paint, colour)), box, inside)
        if outline.paint == "fill" and outline.trace.rings:
            self._shade(inside, box, colour)

    def _shade(self, inside: Image.Image, box: Box, colour: RGB) -> None:
        """A darker edge at the lower right and a lighter one at the upper left, as if lit from there."""
        depth = round(min(box[2] - box[0], box[3] - box[1]) * 0.075)
        if depth < 1:
            return
        soft = ImageFilter.BoxBlur(depth * 0.35)
        for tone, shift in ((shaded(colour), -depth), (lightened(colour), depth // 2)):
            if shift:
                lit = Image.new("L", inside.size)
                lit.paste(inside, (shift, shift))
                rim = ImageChops.subtract(inside, lit.filter(soft))
                self._canvas.paste(self._colour(mixed(colour, tone, 0.55)), box, rim)

    def _colour(self, colour: RGB) -> tuple[int, ...]:
        return (*colour, 255) if len(self._canvas.getbands()) == 4 else colour

    def _box(self, outline: Outline) -> Box:
        """The pixels it can touch, within the canvas."""
        margin = self._weight * 1.5 + 1
        left, top, right, bottom = outline.edges
        (x, y), s = self._origin, self._scale
        return (
            max(0, floor(x + left * s - margin)),
            max(0, floor(y + top * s - margin)),
            min(self._canvas.width, ceil(x + right * s + margin)),
            min(self._canvas.height, ceil(y + bottom * s + margin)),
        )

    def _placed(self, trace: Trace, box: Box, fine: int) -> Trace:
        """The trace in the mask's own pixels."""
        dx, dy = self._origin[0] - box[0], self._origin[1] - box[1]
        scale = self._scale

        def placed(points: Points) -> Points:
            return tuple(((x * scale + dx) * fine, (y * scale + dy) * fine) for x, y in points)

        return Trace(
            tuple(placed(ring) for ring in trace.rings),
            tuple(
                Stroke(placed(stroke.points), (stroke.width * scale or self._weight) * fine) for stroke in trace.strokes
            ),
        )


def _fineness(box: Box) -> int:
    """How many times too large a mask is drawn: the smaller, the finer."""
    longest = max(box[2] - box[0], box[3] - box[1])
    return 4 if longest * 4 <= FINEST_EDGE else 3 if longest * 3 <= FINE_EDGE else 2


def _mask(trace: Trace, turns: Turns, box: Box, fine: int, around: float) -> Image.Image:
    """What the trace covers; with ``around``, also that much on either side of its edge taken together."""
    mask = Image.new("L", ((box[2] - box[0]) * fine, (box[3] - box[1]) * fine))
    draw = ImageDraw.Draw(mask)
    for ring, bends in zip(trace.rings, turns, strict=False):
        if around:
            _line(draw, (*ring, *ring[:2]), bends, around)
        else:
            draw.polygon(ring, fill=255)
    for stroke, bends in zip(trace.strokes, turns[len(trace.rings) :], strict=True):
        _line(draw, stroke.points, bends, stroke.width + around)
    return mask.reduce(fine)


def _line(draw: ImageDraw.ImageDraw, points: Points, turns: tuple[float, ...], width: float) -> None:
    """A line with round ends, and with round corners where its straight pieces would leave a gap on the outer side."""
    draw.line(points, fill=255, width=max(1, round(width)))
    radius = max(0.0, width / 2 - 0.5)
    gaping = [point for point, turn in zip(points[1:], turns, strict=False) if turn * radius > GAP]
    for x, y in (points[0], points[-1], *gaping):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
