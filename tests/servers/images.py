"""The Images API as servers have it: a picture in the colour that the prompt names, of the size that was asked for."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from PIL import Image, ImageColor

from tests.servers.http import Request, Response, Script, as_json


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a picture."""

    path: str
    fields: dict[str, Any]
    pictures: tuple[tuple[str, bytes], ...] = ()
    """Name of the field, and file."""

    @property
    def size(self) -> tuple[int, int]:
        width, height = str(self.fields["size"]).split("x")
        return int(width), int(height)


def asked(request: Request) -> Asked:
    """Read a request, whether it is JSON or a form."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return Asked(request.path, request.json)
    form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    fields: dict[str, Any] = {}
    pictures: list[tuple[str, bytes]] = []
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if part.get_filename():
            pictures.append((name, data))
        else:
            fields[name] = data.decode()
    return Asked(request.path, fields, tuple(pictures))


def picture(colour: str, size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def sent(data: bytes, **further: Any) -> dict[str, Any]:
    return {"created": 1, "data": [{"b64_json": base64.b64encode(data).decode()}]} | further


def painter(answer: Callable[[Asked], Any | Response] | None = None) -> Script:
    """A server that draws, or answers otherwise."""

    def script(request: Request) -> Response:
        if request.path not in ("/v1/images/generations", "/v1/images/edits"):
            return as_json({"detail": "Not Found"}, 404)
        this = asked(request)
        found = answer(this) if answer else None
        if isinstance(found, Response):
            return found
        if found is not None:
            return as_json(found)
        colours = [word for word in re.findall(r"\w+", str(this.fields["prompt"])) if word in ImageColor.colormap]
        return as_json(sent(picture(colours[0] if colours else "grey", this.size)))

    return script
