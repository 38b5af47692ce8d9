"""Pictures as a model is shown them: not larger than it needs them, and as text where they go over a wire."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from PIL import Image


@lru_cache(maxsize=64)
def shrunk(data: bytes, side: int) -> bytes:
    """A picture whose longer side has at most so many pixels, as PNG; one that is small enough stays as it is."""
    with Image.open(io.BytesIO(data)) as image:
        if max(image.size) <= side:
            return data
        scale = side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=64)
def data_url(data: bytes, side: int) -> str:
    """The same as text, for a request."""
    small = shrunk(data, side)
    kind = "jpeg" if small.startswith(b"\xff\xd8") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(small).decode()}"
