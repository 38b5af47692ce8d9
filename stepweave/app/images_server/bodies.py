"""Reading a request's body: bounded, and as fields and pictures whether it is JSON or a form."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from stepweave.app.images_server.parameters import BadParameter, impossible, shown
from stepweave.app.images_server.replies import Problem

PATIENCE = 60.0
"""Seconds in which a request has to come in."""
PART = 2**20
"""Bytes of a text in a form."""
FIELDS = 100
"""Texts in a form."""

_PICTURES = ("image", "image[]")


@dataclass(frozen=True, slots=True)
class Body:
    """What a request says."""

    fields: Mapping[str, object]
    files: tuple[bytes, ...]
    """Its pictures, as they came."""
    form: bool
    """Whether all fields are text."""


async def body_of(request: Request, limit: int, pictures: int) -> Body:
    """Read a request.

    Args:
        request: to be read.
        limit: bytes that are taken.
        pictures: that are taken; 0: the request is for pictures out of nothing.

    Raises:
        Problem: it is too large, too slow, or of no kind that is read.
        BadParameter: a picture is none, or there are too many.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    kinds = ("application/json", "multipart/form-data") if pictures else ("application/json",)
    if kind not in kinds:
        what = f"the content type {shown(kind)} is not read here; send {' or '.join(kinds)}"
        raise Problem(400, what, "unsupported_content_type")
    data = await _whole(request, limit)
    if kind == "application/json":
        return _limited(_of_json(data, pictures=pictures > 0), pictures)
    return _limited(await _of_form(request, data, pictures), pictures)


async def _whole(request: Request, limit: int) -> bytes:
    """The bytes of a body.

    Of one that is too large as much again is read and thrown away: who is refused while sending may never look at the
    answer.
    """
    size, chunks = 0, list[bytes]()
    try:
        with anyio.fail_after(PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limit:
                    chunks.append(chunk)
                elif size > 2 * limit:
                    break
    except TimeoutError:
        raise Problem(408, f"the request did not come in within {PATIENCE:g} s; send it again", "timeout") from None
    if size > limit:
        what = f"the request has more than {limit:,} bytes; send smaller or fewer pictures, or raise serve.body_bytes"
        raise Problem(413, what, "request_too_large")
    return b"".join(chunks)


def _of_json(data: bytes, *, pictures: bool) -> Body:
    try:
        found: Any = json.loads(data, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"the body is not JSON ({error})", "invalid_json") from None
    if not isinstance(found, dict):
        raise Problem(400, "the body is not a JSON object", "invalid_json")
    given = found.pop("images", None) if pictures else None
    return Body(found, tuple(_pictures(given)) if given is not None else (), form=False)


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name is given twice")
    return fields


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _pictures(given: object) -> list[bytes]:
    """Pictures in JSON: data URLs, for nothing is fetched from an address."""
    if not isinstance(given, list):
        raise impossible("images", given, 'give a list of {"image_url": "data:image/png;base64,..."}')
    return [_picture(each) for each in given]


def _picture(given: object) -> bytes:
    url = given.get("image_url") if isinstance(given, dict) and len(given) == 1 else None
    head, comma, text = url.partition(",") if isinstance(url, str) else ("", "", "")
    if not comma or not head.startswith("data:image/") or not head.endswith(";base64"):
        raise impossible("images", given, 'give {"image_url": "data:image/png;base64,..."}; addresses are not followed')
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise impossible("images", given, "what comes after the comma has to be base64") from None


async def _of_form(request: Request, data: bytes, pictures: int) -> Body:
    async def again() -> dict[str, object]:
        return {"type": "http.request", "body": data, "more_body": False}

    read = Request(request.scope, again).form(max_files=pictures + 1, max_fields=FIELDS, max_part_size=PART)
    try:
        async with read as form:
            return await _sorted(form)
    except HTTPException as error:
        raise Problem(400, f"the form cannot be read: {error.detail}", "invalid_form") from None


async def _sorted(form: FormData) -> Body:
    fields: dict[str, object] = {}
    files: list[bytes] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and name in _PICTURES:
            files.append(await value.read())
        elif name in _PICTURES:
            raise impossible(name, value, "send the file itself")
        elif name in fields:
            raise BadParameter(name, f"{name} is given twice", "leave one out")
        else:
            fields[name] = value if isinstance(value, str) else f"the file {value.filename}"
    return Body(fields, tuple(files), form=True)


def _limited(body: Body, pictures: int) -> Body:
    if len(body.files) > pictures:
        what = f"{len(body.files)} pictures given, at most {pictures} are taken"
        raise BadParameter("image", what, "send fewer, or raise serve.pictures")
    if pictures and not body.files:
        raise BadParameter("image", "there is no picture to start from", "send one as `image`, or ask for a generation")
    return body
