"""Reading written words: the known words by their letters, unknown ones as lines of small marks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from PIL import Image

from stepweave.policies.pixels.fit import NEAR
from stepweave.policies.pixels.library import edges_of
from stepweave.policies.pixels.readings import PartSeen, Pose, Reading
from stepweave.policies.pixels.segments import Floats, Mask, View, components, word_of
from stepweave.world import lettering
from stepweave.world.vocabulary import LONGEST_LABEL, TEXT

LETTERS = "letters"
"""The name of the only part of written words."""
UNREAD = "?"
"""What the label of words consists of that nobody could read."""
SIDE = 256
"""Sides of the window in which words are read, in pixels, where they are as large; long words need many."""
NARROW = 300
"""Pixels of length up to which half a pixel matters."""
FAINTEST = 6.0
"""Least contrast of letters, in levels of 255."""
LEGIBLE = 0.55
"""Least likeness of letters to those that are looked for."""
FAINT = 0.38
"""The same for letters that are where they are expected."""
REACHES = (1, 3, 6, 10)
"""Gaps between letters that are bridged, in working pixels."""
STROKE = 0.12
"""The width of a letter's strokes as a share of a capital's height."""
CRISP = 2.2
"""The width at which strokes count at least: their colour is a matter of many pixels."""
SAME_INK, MOSTLY = 40.0, 0.85
"""Difference of a channel up to which a pixel may be of letters of a colour, and the least share of those that may."""
SIMILAR = 0.16
"""Difference of the logarithms of width by height up to which a line may be the words looked for."""


def read_words(view: View, label: str, pose: Pose) -> Reading:
    """Read words that may be written at a pose, or up to half a pixel beside it.

    ``matched`` tells how well the letters agree, from 0 to 1.
    """
    pixels = pose.extent * min(view.image.size)
    side = max(8, min(SIDE, round(pixels)))
    letters, around = _letters(label, side), _around(label, side)
    steps = (0.0, -0.5, 0.5) if pixels < NARROW else (0.0,)
    width, height = view.image.size
    poses = [Pose(pose.x + dx / width, pose.y + dy / height, pose.extent) for dy in steps for dx in steps]
    likeness, colour, ground, best = max(
        ((*_agreement(view.window((one.x, one.y), one.extent, side), letters, around), one) for one in poses),
        key=lambda found: found[0],
    )
    word, _ = word_of(colour)
    stroke = max(CRISP, STROKE * lettering.letter_height(label) * pixels)
    part = PartSeen(word, _triple(colour), float(letters.sum()), stroke, _triple(ground))
    cover = letters > 0.35
    return Reading(TEXT, best, {LETTERS: part}, likeness, NEAR * (1 - likeness), side, around, cover, cover)


def _agreement(window: Floats, letters: Floats, around: Mask) -> tuple[float, Floats, Floats]:
    """How like a window is to the letters, their colour, and that of the ground: one regression on how much letter is
    in each pixel."""
    seen, meant = window[around], letters[around]
    centred = meant - meant.mean()
    contrast = centred @ seen / max(float(centred @ centred), 1e-6)
    ground = seen.mean(axis=0) - contrast * meant.mean()
    colour = np.clip(ground + contrast, 0, 255)
    if float(contrast @ contrast) < 3 * FAINTEST**2:
        return 0.0, colour, ground
    shown = (seen - ground) @ contrast
    return float(np.corrcoef(shown, meant)[0, 1]), colour, ground


def _triple(rgb: Floats) -> tuple[float, float, float]:
    return float(rgb[0]), float(rgb[1]), float(rgb[2])


@lru_cache(maxsize=128)
def _letters(label: str, side: int) -> Floats:
    """The words as a mask on the middle of a square."""
    mask = lettering.mask(label, side)
    square = Image.new("L", (side, side))
    square.paste(mask, (round((side - mask.width) / 2), round((side - mask.height) / 2)))
    letters: Floats = np.asarray(square, dtype=np.float32) / np.float32(255)
    return letters


def _around(label: str, side: int) -> Mask:
    """The words' own box on that square."""
    around = np.zeros((side, side), bool)
    rows, columns = ((side * (1 - share) / 2, side * (1 + share) / 2) for share in reversed(lettering.ratio(label)))
    around[int(rows[0]) : int(np.ceil(rows[1])), int(columns[0]) : int(np.ceil(columns[1]))] = True
    return around


def find_words(view: View, label: str, rest: Mask) -> Reading | None:
    """The words wherever they are written among the marks that nothing else explains."""
    width, height = lettering.ratio(label)
    best: Reading | None = None
    for box in _lines(rest):
        wide, high = box[2] - box[0], box[3] - box[1]
        if abs(np.log(wide / high) - np.log(width / height)) > SIMILAR + 1.5 / wide + 1.5 / high:
            continue
        reading = read_words(view, label, _pose(view, box))
        if reading.matched >= LEGIBLE and (best is None or reading.matched > best.matched):
            best = reading
    return best


def is_unread(label: str) -> bool:
    """Whether a label stands for words that nobody could read."""
    return bool(label) and not label.strip(UNREAD)


def stand_in(line: Reading) -> str:
    """A label for words that nobody could read: as many question marks as fill the same box."""
    height, width = (int(size) for size in np.ptp(np.argwhere(line.cover), axis=0) + 1)
    labels = [UNREAD * count for count in range(1, LONGEST_LABEL + 1)]
    ratios = np.array([np.divide(*lettering.ratio(label)) for label in labels])
    return labels[int(np.abs(np.log(ratios / (width / height))).argmin())]


def unread(view: View, rest: Mask) -> list[Reading]:
    """Lines of marks in one colour that may be words, without knowing which."""
    return [
        _unread(view, rest, box)
        for box in _boxes(rest, REACHES[2])
        if _line_like(rest, box) and _in_one_colour(view, rest, box)
    ]


def marks_at(view: View, rest: Mask, pose: Pose) -> Reading | None:
    """Whatever marks there are at a pose, for words of which only the place is known."""
    height, width = view.small.shape[:2]
    half = pose.extent * view.shorter / 2
    left, right = max(0, round(pose.x * width - half)), min(width, round(pose.x * width + half))
    top, bottom = max(0, round(pose.y * height - half)), min(height, round(pose.y * height + half))
    edges = edges_of(rest[top:bottom, left:right])
    if edges is None or edges[2] - edges[0] < 4 or edges[3] - edges[1] < 2:
        return None
    return _unread(view, rest, (left + edges[0], top + edges[1], left + edges[2], top + edges[3]))


def _line_like(rest: Mask, box: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = box
    inside = rest[top:bottom, left:right]
    marks = components(inside.astype(np.int32))
    several = int(((marks.classes == 1) & (marks.areas >= 3)).sum()) >= 2
    return several and bottom - top >= 6 and right - left > bottom - top and 0.12 < inside.mean() < 0.7


def _in_one_colour(view: View, rest: Mask, box: tuple[int, int, int, int]) -> bool:
    """Whether marks have one colour: every pixel lies between that and what is around them."""
    left, top, right, bottom = box
    inside, pixels = rest[top:bottom, left:right], view.small[top:bottom, left:right].astype(np.float32)
    paper = np.median(pixels[~inside], axis=0) if not inside.all() else pixels.mean(axis=(0, 1))
    apart = pixels[inside] - paper
    strength = np.abs(apart).max(axis=-1)
    ink = np.median(apart[strength >= np.median(strength)], axis=0)
    share = (apart @ ink / max(float(ink @ ink), 1.0)).clip(0, 1)
    off = np.abs(apart - share[:, None] * ink).max(axis=-1)
    return float((off < SAME_INK).mean()) >= MOSTLY


def _unread(view: View, rest: Mask, box: tuple[int, int, int, int]) -> Reading:
    left, top, right, bottom = box
    inside = rest[top:bottom, left:right]
    colour = np.median(view.small[top:bottom, left:right][inside].astype(np.float32), axis=0)
    word, _ = word_of(colour)
    side = max(right - left, bottom - top)
    cover = np.zeros((side, side), bool)
    row, column = (side - (bottom - top)) // 2, (side - (right - left)) // 2
    cover[row : row + bottom - top, column : column + right - left] = inside
    part = PartSeen(word, (float(colour[0]), float(colour[1]), float(colour[2])), float(inside.sum()))
    return Reading(TEXT, _pose(view, box), {LETTERS: part}, 1.0, 0.0, side, cover, cover, cover)


def _pose(view: View, box: tuple[int, int, int, int]) -> Pose:
    left, top, right, bottom = box
    height, width = view.small.shape[:2]
    return Pose((left + right) / 2 / width, (top + bottom) / 2 / height, max(right - left, bottom - top) / view.shorter)


def _lines(rest: Mask) -> Iterator[tuple[int, int, int, int]]:
    seen = set()
    for reach in REACHES:
        for box in _boxes(rest, reach):
            if box not in seen:
                seen.add(box)
                yield box


def _boxes(rest: Mask, reach: int) -> Iterator[tuple[int, int, int, int]]:
    """Boxes of marks that are no further apart than ``reach`` on either side, without the bridged gaps."""
    wide = _bridged(rest, reach)
    groups = components(wide.astype(np.int32))
    for index in np.flatnonzero((groups.classes == 1) & (groups.areas > 12)):
        left, top, right, bottom = (int(edge) for edge in groups.boxes[index])
        edges = edges_of(rest[top:bottom, left:right] & groups.mask(int(index)))
        if edges is not None and edges[2] - edges[0] > 1 and edges[3] - edges[1] > 1:
            yield left + edges[0], top + edges[1], left + edges[2], top + edges[3]


def _bridged(mask: Mask, reach: int) -> Mask:
    """The mask, widened sideways by ``reach`` and up and down by half of it."""
    summed = np.cumsum(np.pad(mask, ((0, 0), (reach + 1, reach))), axis=1, dtype=np.int32)
    wide = summed[:, 2 * reach + 1 :] > summed[:, : -2 * reach - 1]
    half = max(1, reach // 2)
    summed = np.cumsum(np.pad(wide, ((half + 1, half), (0, 0))), axis=0, dtype=np.int32)
    tall: Mask = summed[2 * half + 1 :] > summed[: -2 * half - 1]
    return tall
