"""Written words: Pillow's own font, measured and drawn without any font file of the machine."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

MEASURE = 100
"""Font size, in pixels, at which words are measured."""
FINE = 3
"""How many times too large letters are drawn before they are reduced."""


@lru_cache(maxsize=256)
def ratio(label: str) -> tuple[float, float]:
    """Width and height of the words' ink, the longer side being 1."""
    width, height = _ink(label, MEASURE).size
    return width / max(width, height), height / max(width, height)


@lru_cache(maxsize=256)
def letter_height(label: str) -> float:
    """The height of a capital letter, where the longer side of the words' ink is 1."""
    return _ink("H", MEASURE).height / max(_ink(label, MEASURE).size)


def mask(label: str, pixels: int) -> Image.Image:
    """The words as a mask whose longer side is ``pixels``.

    They are drawn too large and reduced: at the final size the font's hinting would move letters by whole pixels.
    """
    width, height = (max(1, round(side * pixels)) for side in ratio(label))
    size = FINE * MEASURE * pixels / max(_ink(label, MEASURE).size)
    return _ink(label, max(1.0, size)).resize((width, height), Image.Resampling.BOX)


def unwritable(label: str) -> str:
    """The characters of the label for which the font has no letter."""
    font = _font(MEASURE)
    nothing = _shape(font, "\uffff")
    return "".join(dict.fromkeys(char for char in label if not char.isspace() and _shape(font, char) == nothing))


def _ink(label: str, size: float) -> Image.Image:
    """The words at a font size, cut to what is black of them; a single pixel where there is nothing."""
    font = _font(size)
    left, top, right, bottom = font.getbbox(label)
    canvas = Image.new("L", (max(1, round(right - left)) + 2, max(1, round(bottom - top)) + 2))
    ImageDraw.Draw(canvas).text((1 - left, 1 - top), label, fill=255, font=font)
    return canvas.crop(canvas.getbbox() or (0, 0, 1, 1))


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType; install a wheel of Pillow from PyPI to draw words")
    return font


def _shape(font: ImageFont.FreeTypeFont, char: str) -> bytes:
    return bytes(font.getmask(char))
