"""Written words: Pillow's own font, measured and drawn without any font file of the machine."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

MEASURE = 200
"""Font size, in pixels, at which words are measured."""


@lru_cache(maxsize=256)
def ratio(label: str) -> tuple[float, float]:
    """Width and height of the words' own box, the longer side being 1."""
    left, top, right, bottom = _font(MEASURE).getbbox(label or " ")
    longer = max(right - left, bottom - top, 1)
    return max(right - left, 1) / longer, max(bottom - top, 1) / longer


@lru_cache(maxsize=256)
def letter_height(label: str) -> float:
    """The height of a capital letter, where the longer side of the words' own box is 1."""
    left, top, right, bottom = _font(MEASURE).getbbox(label or " ")
    _, rise, _, base = _font(MEASURE).getbbox("H")
    return float(base - rise) / max(right - left, bottom - top, 1)


def mask(label: str, pixels: int) -> Image.Image:
    """The words as a mask whose longer side is ``pixels``."""
    left, top, right, bottom = _font(MEASURE).getbbox(label or " ")
    font = _font(max(1.0, MEASURE * pixels / max(right - left, bottom - top, 1)))
    left, top, right, bottom = font.getbbox(label or " ")
    canvas = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
    ImageDraw.Draw(canvas).text((-left, -top), label, fill=255, font=font)
    return canvas


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType; install a wheel of Pillow from PyPI to draw words")
    return font


def unwritable(label: str) -> str:
    """The characters of the label for which the font has no letter."""
    font = _font(MEASURE)
    nothing = _shape(font, "\uffff")
    return "".join(dict.fromkeys(char for char in label if not char.isspace() and _shape(font, char) == nothing))


def _shape(font: ImageFont.FreeTypeFont, char: str) -> bytes:
    return bytes(font.getmask(char))
