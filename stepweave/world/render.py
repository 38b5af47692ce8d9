"""Scenes to pixels: pure, the same bytes every time, at any size.

Things are painted one over the other, part by part, form by form. ``stamp`` draws a single thing on a transparent
canvas, for those who look for it in a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from stepweave.world import lettering
from stepweave.world.brush import CHALK, INK, Brush
from stepweave.world.measure import form_of, weight
from stepweave.world.scene import Item, Scene
from stepweave.world.scenery import SETTINGS, backdrop
from stepweave.world.things import Thing
from stepweave.world.things.geometry import Geometry, Outline
from stepweave.world.vocabulary import BACKGROUNDS, COLOURS, DRAWABLE, RGB, TEXT, TEXT_COLOUR

__all__ = ["CHALK", "INK", "behind", "colour_of", "detail", "ink_on", "render", "stamp"]

FINEST = 0.7
"""Least weight of an outline, in pixels, however small the picture."""

BODY = ("fill", "flat")
"""The paints of what a part is made of; the others are ornaments on it."""
FADING, WARMING = 0.25, 20.0
"""What full drift does: the share of contrast that is lost, and the levels of 255 by which red rises and blue falls."""
FADED = 1.5
"""Pixels below which an ornament (a shadow, a gleam, a line) is left out: it would only smudge the form it is on."""


def render(scene: Scene, width: int, height: int, base: Image.Image | None = None) -> Image.Image:
    """The scene as an RGB picture of that many pixels; drawn upon ``base`` in place of its background, if given."""
    picture = behind(scene.background, width, height)
    if base is not None:
        picture.paste(base.resize((width, height), Image.Resampling.LANCZOS) if base.size != picture.size else base)
    ink = INK if base is not None else ink_on(scene.background)
    for item in scene.items:
        _draw(picture, item, min(width, height), ink)
    return _drifted(picture, scene.drift) if scene.drift else picture


def detail(scene: Scene, width: int, height: int, box: tuple[int, int, int, int]) -> Image.Image:
    """A part of the picture of a scene of that many pixels: ``box`` is its left, top, right and bottom.

    Things that reach over the edge of the box may be shaded a little otherwise than in the whole picture.
    """
    left, top, right, bottom = box
    if scene.background in BACKGROUNDS:
        picture = Image.new("RGB", (right - left, bottom - top), BACKGROUNDS[scene.background])
    else:
        picture = backdrop(scene.background, width, height).crop(box)
    ink = ink_on(scene.background)
    for item in scene.items:
        x, y = (item.x * width - left) / (right - left), (item.y * height - top) / (bottom - top)
        _draw(picture, replace(item, x=x, y=y), min(width, height), ink)
    return picture


def _drifted(picture: Image.Image, drift: float) -> Image.Image:
    """The picture with its colours faded and warmed."""
    keep = 1 - FADING * drift
    shift = (WARMING * drift, 0.0, -WARMING * drift)
    tables = [
        [round(min(255.0, max(0.0, 128 + (level - 128) * keep + more))) for level in range(256)] for more in shift
    ]
    return picture.point([level for table in tables for level in table])


def stamp(item: Item, pixels: int, ink: RGB = INK) -> Image.Image:
    """The thing alone, the longer side of its whole box being ``pixels``, on a transparent RGBA square of that side.

    Parts that are not drawn leave their room empty, so what is drawn lies where it lies in the picture relative to
    the thing's centre. The weight of the outline is that of the item's own extent.
    """
    canvas = Image.new("RGBa", (pixels, pixels))
    alone = replace(item, x=0.5, y=0.5, extent=1.0)
    if item.thing == TEXT:
        _write(canvas, alone, pixels)
    else:
        _paint(canvas, alone, pixels, pixels * weight(item.extent) / item.extent, ink)
    return canvas.convert("RGBA")


def behind(background: str, width: int, height: int) -> Image.Image:
    """A backdrop, a colour or a setting, as a picture of that many pixels."""
    if background in BACKGROUNDS:
        return Image.new("RGB", (width, height), BACKGROUNDS[background])
    return backdrop(background, width, height)


def ink_on(background: str) -> RGB:
    """The colour of outlines on that backdrop."""
    if background in SETTINGS:
        return SETTINGS[background].ink
    return CHALK if background == "black" else INK


def colour_of(item: Item, part: str) -> str:
    """The colour word of one part of an item, as it is drawn."""
    thing = DRAWABLE[item.thing]
    given = dict(item.part_colours).get(part)
    own = None if part == thing.main else thing.part(part).colour
    return given or own or _main_colour(item, thing)


def _main_colour(item: Item, thing: Thing) -> str:
    return dict(item.part_colours).get(thing.main) or item.colour or thing.colour


def _draw(picture: Image.Image, item: Item, shorter: int, ink: RGB) -> None:
    if item.thing == TEXT:
        _write(picture, item, shorter)
    else:
        _paint(picture, item, shorter, weight(item.extent) * shorter, ink)


def _paint(canvas: Image.Image, item: Item, shorter: int, line: float, ink: RGB) -> None:
    """Paint a thing around its centre; ``line`` is the weight of its outline in pixels."""
    shape, line = form_of(item), max(line, FINEST)
    scale = item.extent * shorter - 2 * line
    left = item.x * canvas.width - shape.width * scale / 2
    top = item.y * canvas.height - shape.height * scale / 2
    brush = Brush(canvas, (left, top), scale, line, ink)
    for part, outlines in _drawn(item, shape):
        for outline in _plain_enough(outlines, scale):
            brush.paint(outline, COLOURS[outline.colour or colour_of(item, outline.of or part)])


def _drawn(item: Item, shape: Geometry) -> Iterator[tuple[str, tuple[Outline, ...]]]:
    """The parts that are drawn, from back to front, and what the thing does upon them; with the part that gives each
    its colour."""
    thing = DRAWABLE[item.thing]
    drawn = thing.names if item.parts is None else item.parts
    hidden = shape.hidden[item.action] if item.action else ()
    yield from ((part, outlines) for part, outlines in shape.parts.items() if part in drawn and part not in hidden)
    if item.action:
        yield thing.main, shape.actions[item.action]


def _plain_enough(outlines: tuple[Outline, ...], scale: float) -> tuple[Outline, ...]:
    """The forms of a part without ornaments that are too small; a part that is nothing but ornament keeps them."""
    if not any(outline.paint in BODY for outline in outlines):
        return outlines
    return tuple(outline for outline in outlines if outline.paint in BODY or _longer(outline) * scale >= FADED)


def _longer(outline: Outline) -> float:
    left, top, right, bottom = outline.edges
    return max(right - left, bottom - top)


def _write(canvas: Image.Image, item: Item, shorter: int) -> None:
    letters = lettering.mask(item.label, max(1, round(item.extent * shorter)))
    at = (round(item.x * canvas.width - letters.width / 2), round(item.y * canvas.height - letters.height / 2))
    colour = COLOURS[item.colour or TEXT_COLOUR]
    canvas.paste((*colour, 255) if canvas.mode == "RGBa" else colour, at, letters)
