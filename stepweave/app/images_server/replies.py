"""What is sent back: pictures, the model there is, and errors in the shape that clients of the API expect."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

from stepweave.app.images_server.parameters import BadParameter, Offer, Wanted
from stepweave.images import ImageError, encode, xmp
from stepweave.models.errors import ModelError, RequestRefused, TooLong
from stepweave.tools.knobs import FIELDS
from stepweave.tools.protocol import ImageTool, Order, Picture, Refused, ToolError, Unwanted
from stepweave.tools.signing import signed

UNFORESEEN = "internal_error"
"""The code of a defect."""
LATER = 5
"""Seconds after which a client that could not be served may ask again."""


class Problem(Exception):
    """A request that is not answered with pictures."""

    def __init__(self, status: int, message: str, code: str, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.param = param

    @property
    def body(self) -> dict[str, Any]:
        """As clients of the API read it."""
        kinds = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
        kind = kinds.get(self.status, "invalid_request_error" if self.status < 500 else "server_error")
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}

    @property
    def headers(self) -> dict[str, str]:
        """What goes with it."""
        if self.status == 401:
            return {"WWW-Authenticate": "Bearer"}
        return {"Retry-After": str(LATER)} if self.status in (429, 503) else {}


def is_own(error: Exception) -> bool:
    """Whether it is the tool that failed, and not what it was asked for that could not be done."""
    return not isinstance(error, Refused | Unwanted | RequestRefused | TooLong)


def problem_of(error: Exception) -> Problem:
    """What a client is told of an error; of one that nobody foresaw, nothing but that it happened."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, BadParameter):
        return Problem(error.status, str(error), error.code, error.parameter)
    if isinstance(error, ImageError):
        return Problem(400, str(error), "invalid_image", "image")
    if not isinstance(error, ToolError | ModelError):
        return Problem(500, "the picture could not be drawn; see the log of the server", UNFORESEEN)
    if not is_own(error):
        return Problem(400, told(error), "refused")
    if error.cause == "transient":
        return Problem(503, told(error), "unavailable")
    return Problem(500, told(error), "failed")


def told(error: Exception) -> str:
    """An error with its remedy."""
    remedy = getattr(error, "remedy", "")
    text = str(error) or type(error).__name__
    return f"{text}; {remedy}" if remedy and remedy not in text else text


def pictures(wanted: Wanted, drawn: Sequence[Picture], tool: ImageTool, created: int) -> dict[str, Any]:
    """The answer to a request.

    Raises:
        BrokenTool: a picture has another size than was ordered.
    """
    first = wanted.orders[0]
    data = [
        {"b64_json": base64.b64encode(file_of(tool, order, picture, wanted)).decode(), "seed": order.seed}
        for order, picture in zip(wanted.orders, drawn, strict=True)
    ]
    size = f"{first.width}x{first.height}"
    return {"created": created, "data": data, "size": size, "output_format": wanted.format, "background": "opaque"}


def file_of(tool: ImageTool, order: Order, picture: Picture, wanted: Wanted) -> bytes:
    """One picture as a file, with its provenance."""
    provenance = signed(tool, order, picture)
    if wanted.format == "png":
        return encode(picture.image, picture.chunks, provenance)
    out = io.BytesIO()
    bare = picture.image.copy()
    bare.info = {}
    bare.save(out, wanted.format.upper(), quality=max(1, wanted.quality), xmp=xmp(provenance).encode())
    return out.getvalue()


def model(offer: Offer, tool: ImageTool, created: int) -> dict[str, Any]:
    """The one model there is, and what it can do."""
    can = offer.abilities
    return {
        "id": offer.model,
        "object": "model",
        "created": created,
        "owned_by": "stepweave",
        "tool": tool.name,
        "abilities": {
            "generate": can.generate,
            "edit": can.edit,
            "pictures": 1 + can.references if can.edit else 0,
            "smallest": can.smallest,
            "largest": can.largest,
            "multiple": can.multiple,
            "parameters": {
                name: {"about": knob.about, "accepted": knob.accepted if knob.kind else "anything"}
                | ({"also": FIELDS[name]} if FIELDS.get(name, name) != name else {})
                for name, knob in can.parameters.items()
            },
        },
    }
