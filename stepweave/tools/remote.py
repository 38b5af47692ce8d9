"""What tools on servers of somebody else's have in common: one order for each request, pictures as text and back."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Sequence

from PIL import Image

from stepweave.images import ImageError, Limits, load
from stepweave.tools.looks import CorruptPicture, check_look
from stepweave.tools.protocol import ImageTool, Order, Picture, ToolError, Unwanted, check


def one_by_one(tool: ImageTool, orders: Sequence[Order], draw: Callable[[Order], Picture]) -> list[Picture | ToolError]:
    """Draw every order by itself, if it can be and is still wanted, and look at what came; an error in its place."""
    return [_drawn(tool, order, draw) for order in orders]


def _drawn(tool: ImageTool, order: Order, draw: Callable[[Order], Picture]) -> Picture | ToolError:
    try:
        check(order, tool.abilities)
        if not order.wanted():
            return Unwanted()
        picture = draw(order)
        check_look(picture.image, tool.name, (order.width, order.height))
    except ToolError as error:
        return error
    return picture


def as_png(image: Image.Image) -> bytes:
    """A picture as a file, for a request."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def picture_of(text: str, tool: str, largest: int) -> Image.Image:
    """A picture that came as base64, or as a data URL of it.

    Args:
        text: what came.
        tool: who sent it, for errors.
        largest: pixels of a side.

    Raises:
        CorruptPicture: it is none.
    """
    text = text.partition(",")[2] if text.startswith("data:") else text
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise CorruptPicture(tool, str(error)) from None
    return picture_in(data, tool, largest)


def picture_in(data: bytes, tool: str, largest: int) -> Image.Image:
    """A picture that came as a file; the arguments are those of :func:`picture_of`.

    Raises:
        CorruptPicture: it is none.
    """
    try:
        return load(data, Limits(kept=largest), name="the picture")
    except ImageError as error:
        raise CorruptPicture(tool, str(error)) from None
