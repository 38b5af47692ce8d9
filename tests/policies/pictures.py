"""Pictures to judge, drawn from words."""

from __future__ import annotations

import io

from PIL import Image

from stepweave.messages import Verdict
from stepweave.policies.pixels import judge
from stepweave.world.language import parse
from stepweave.world.layout import apply_all
from stepweave.world.render import render
from stepweave.world.scene import Scene

SIDE = 512


def picture(scene: Scene, size: tuple[int, int] = (SIDE, SIDE), jpeg: bool = False) -> Image.Image:
    image = render(scene, *size)
    if not jpeg:
        return image
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=85)
    return Image.open(packed).convert("RGB")


def drawn(prompt: str, before: Scene | None = None, aspect: float = 1.0) -> Scene:
    return apply_all(before or Scene(), parse(prompt).operations, aspect)


def verdict(prompt: str, instead: str, first: str = "", size: tuple[int, int] = (SIDE, SIDE)) -> Verdict:
    """The verdict on a picture of ``instead`` where ``prompt`` was asked for, on top of ``first``."""
    aspect = size[0] / size[1]
    before = drawn(first, aspect=aspect) if first else None
    source = picture(before, size) if before else None
    return judge(prompt, prompt, source, picture(drawn(instead, before, aspect), size))


def aspects(judged: Verdict) -> set[str]:
    return {fault.aspect for fault in judged.faults}
