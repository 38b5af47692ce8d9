"""How a scene travels inside the PNG that shows it, so that the next step can change it.

The text chunk ``stepweave:scene`` holds the scene as JSON: what lies where, and a fingerprint of the pixels it
belongs to. Where things were drawn upon a picture that is not ours, the chunk also carries the pixels under each of
them (``patches``), so that they can be moved or removed later; all other pixels are in the picture itself. If those
patches do not fit into ``LONGEST`` characters even as poor JPEGs, the chunk is left out, and the things become part of
the picture.

Nothing in a chunk is trusted: one that is too long, is not of this version, names what the vocabulary does not have,
or does not belong to these pixels is ignored, and the picture is taken like any other picture from outside.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import ceil, floor
from typing import Annotated, Literal

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from stepweave.images import letterboxed
from stepweave.messages import Fault
from stepweave.tools.notes import ItemNote
from stepweave.world.measure import visible
from stepweave.world.scene import Item, Scene
from stepweave.world.vocabulary import BACKDROPS, BACKGROUNDS

KEY = "stepweave:scene"
"""The keyword of the chunk."""
LONGEST = 240_000
"""Most characters of a chunk."""
MOST_ITEMS = 200
"""Most things in a scene that is read back."""
QUALITIES = (90, 70, 40)
"""JPEG qualities of patches, tried in turn where lossless ones are too long."""
PAPER = BACKGROUNDS["white"]
"""What surrounds a picture of another shape than ordered."""

Edges = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Canvas:
    """What there is to draw on."""

    scene: Scene = field(default_factory=Scene)
    base: Image.Image | None = None
    """A picture that is not ours, without the things drawn upon it; ``None``: the scene is all there is."""


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Patch(_Note):
    """The pixels of the base under one thing."""

    x: Annotated[int, Field(ge=0)]
    y: Annotated[int, Field(ge=0)]
    data: str
    """A PNG or JPEG, base64."""


class _SceneNote(_Note):
    """The whole chunk."""

    version: Literal[1] = 1
    pixels: str
    background: str
    drift: Annotated[float, Field(ge=0, le=1)] = 0.0
    items: Annotated[list[ItemNote], Field(max_length=MOST_ITEMS)]
    patches: Annotated[list[_Patch], Field(max_length=MOST_ITEMS)] | None = None
    """``None``: the scene is all there is; empty: nothing is drawn yet upon a picture that is not ours."""
    faults: list[Fault] = []
    """What the fault model did, for those who measure critics; nothing of ours reads it."""


def chunks(scene: Scene, image: Image.Image, base: Image.Image | None, faults: Sequence[Fault]) -> Mapping[str, str]:
    """The text chunks for a picture of that scene, drawn upon ``base`` if that is given.

    None for a scene of more than ``MOST_ITEMS`` things: the next step takes it as a picture like any other.
    """
    if len(scene.items) > MOST_ITEMS:
        return {}
    note = _SceneNote(
        pixels=_fingerprint(image),
        background=scene.background,
        drift=scene.drift,
        items=[ItemNote.of(item) for item in scene.items],
        faults=list(faults),
    )
    for text in _texts(note, scene, base):
        if len(text) <= LONGEST:
            return {KEY: text}
    return {}


def read(image: Image.Image) -> Canvas:
    """What a source picture offers to draw on: its own scene if it holds one, otherwise the picture as it is."""
    pixels = image.convert("RGB") if image.mode != "RGB" else image
    text = image.info.get(KEY)
    if not isinstance(text, str) or len(text) > LONGEST:
        return Canvas(base=pixels)
    try:
        note = _SceneNote.model_validate_json(text)
        if note.pixels != _fingerprint(pixels) or note.background not in BACKDROPS:
            return Canvas(base=pixels)
        scene = Scene(note.background, _renumbered([item.item() for item in note.items]), note.drift)
        return Canvas(scene, None if note.patches is None else _restored(pixels, note.patches))
    except Exception:  # besides what is checked here, whatever a decoder of pictures stumbles over
        return Canvas(base=pixels)


def fitted(canvas: Canvas, width: int, height: int) -> Canvas:
    """The canvas at another size; a picture keeps its proportions, with paper around it, and its things with it."""
    if canvas.base is None or canvas.base.size == (width, height):
        return canvas
    base = canvas.base
    scale = min(width / base.width, height / base.height)
    inner = (max(1, round(base.width * scale)), max(1, round(base.height * scale)))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    shrink = min(inner) / min(width, height)
    items = tuple(
        replace(
            item,
            x=(left + item.x * inner[0]) / width,
            y=(top + item.y * inner[1]) / height,
            extent=item.extent * shrink,
        )
        for item in canvas.scene.items
    )
    return Canvas(replace(canvas.scene, items=items), letterboxed(base, (width, height), PAPER))


def _texts(note: _SceneNote, scene: Scene, base: Image.Image | None) -> list[str]:
    """The chunk's text; upon a base, in falling quality of its patches."""
    if base is None:
        return [note.model_dump_json()]
    boxes = [_pixels_under(item, base) for item in scene.items]
    texts: list[str] = []
    for quality in (None, *QUALITIES):
        patches = [_Patch(x=box[0], y=box[1], data=_packed(base.crop(box), quality)) for box in boxes]
        texts.append(note.model_copy(update={"patches": patches}).model_dump_json())
        if len(texts[-1]) <= LONGEST:
            break
    return texts


def _pixels_under(item: Item, base: Image.Image) -> Edges:
    """The pixels that a thing can have touched."""
    box = visible(item, base.width / base.height)
    left, right = max(0, floor(box.left * base.width) - 3), ceil(box.right * base.width) + 3
    top, bottom = max(0, floor(box.top * base.height) - 3), ceil(box.bottom * base.height) + 3
    return left, top, max(left + 1, min(base.width, right)), max(top + 1, min(base.height, bottom))


def _packed(pixels: Image.Image, quality: int | None) -> str:
    out = io.BytesIO()
    if quality is None:
        pixels.save(out, "PNG", compress_level=6)
    else:
        pixels.save(out, "JPEG", quality=quality)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _restored(image: Image.Image, patches: Sequence[_Patch]) -> Image.Image:
    """The picture as it was before anything was drawn upon it.

    Raises:
        ValueError: a patch is not a picture, or lies outside.
    """
    base = image.copy()
    for patch in patches:
        with Image.open(io.BytesIO(base64.b64decode(patch.data, validate=True)), formats=("PNG", "JPEG")) as pixels:
            # The size in the header is held against the picture before anything is decoded.
            if patch.x + pixels.width > base.width or patch.y + pixels.height > base.height:
                raise ValueError("a patch lies outside the picture")
            base.paste(pixels.convert("RGB"), (patch.x, patch.y))
    base.info = {}
    return base


def _renumbered(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with ids from 1 on, in the order of those they have.

    Raises:
        ValueError: two have the same.
    """
    numbers = {id_: number for number, id_ in enumerate(sorted(item.id for item in items), 1)}
    if len(numbers) != len(items):
        raise ValueError("two things have one id")
    return tuple(replace(item, id=numbers[item.id]) for item in items)


def _fingerprint(image: Image.Image) -> str:
    return sha256(f"{image.width}x{image.height}\n".encode() + image.tobytes()).hexdigest()[:32]
