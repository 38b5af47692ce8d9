"""The client of the reference's edit server: what it sends, what it takes, and what it refuses to send."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from PIL import Image

from stepweave.models.errors import NotAnApi, ServerBroke, ServerFault, ServerTimedOut, ServerUnreachable
from stepweave.tools.interleave_edit import InterleaveEdit, InterleaveEditSettings, NotEdited
from stepweave.tools.looks import BlackPicture, CorruptPicture, WrongSize
from stepweave.tools.protocol import Order, Picture, Refused, ToolError
from tests.servers.http import Request, Response, Server, as_json, serving
from tests.servers.images import picture

RED = Order("make it red", 7, 64, 64)


def editor(answer: Callable[[Any], Any]) -> Callable[[Request], Response]:
    def script(request: Request) -> Response:
        if request.path != "/edit":
            return as_json({"detail": "Not Found"}, 404)
        found = answer(request.json)
        return found if isinstance(found, Response) else as_json(found)

    return script


def edited(colour: str = "red", size: tuple[int, int] = (64, 64)) -> dict[str, Any]:
    return {"success": True, "edited_image": base64.b64encode(picture(colour, size)).decode()}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(editor(lambda _: edited())) as running:
        yield running


def draw(server: Server, order: Order = RED, **given: Any) -> Picture | ToolError:
    settings = InterleaveEditSettings.model_validate({"url": server.url, "size": 64, "timeout": 5.0} | given)
    with closing(InterleaveEdit(settings)) as tool:
        (found,) = tool.draw([order])
        return found


def test_a_picture_is_drawn_from_nothing(server: Server) -> None:
    found = draw(server, model="FLUX.2-klein-4B")
    assert isinstance(found, Picture)
    assert found.image.getpixel((0, 0)) == (255, 0, 0)
    assert server.posted() == [{"image": None, "prompt": "make it red", "seed": 7}]
    assert found.made is not None
    assert (found.made.model, found.made.used) == ("FLUX.2-klein-4B", {"seed": 7})


def test_a_picture_is_edited(server: Server) -> None:
    source = Image.new("RGB", (64, 64), "navy")
    found = draw(server, Order("x", 7, 64, 64, (source,), {"steps": 4}), honours=("steps",))
    assert isinstance(found, Picture)
    (sent,) = server.posted()
    assert sent["steps"] == 4
    assert Image.open(io.BytesIO(base64.b64decode(sent["image"]))).getpixel((0, 0)) == (0, 0, 128)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order("x", 1, 128, 64), "width 128 is not possible"),
        (Order("x", 1, 64, 64, (Image.new("RGB", (8, 8)),) * 2), "2 source pictures given, at most 1"),
        (Order("x", 1, 64, 64, parameters={"steps": 4}), "unknown parameter steps"),
    ],
)
def test_what_it_would_drop_is_refused(server: Server, order: Order, said: str) -> None:
    found = draw(server, order)
    assert isinstance(found, Refused)
    assert said in str(found)
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"success": False, "error": "CUDA out of memory"}, NotEdited),
        ({"success": True}, NotEdited),
        ({"success": True, "edited_image": "%"}, CorruptPicture),
        ({"success": True, "edited_image": base64.b64encode(b"GIF89a").decode()}, CorruptPicture),
        (edited(size=(32, 64)), WrongSize),
        (edited("black"), BlackPicture),
    ],
)
def test_what_is_no_picture_is_named(server: Server, answer: Any, kind: type[ToolError]) -> None:
    server.script = editor(lambda _: answer)
    assert type(draw(server)) is kind


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (Response(hangs=30), ServerTimedOut),
        (Response(b" " * 500, cut=100), ServerBroke),
        (Response(b"<html>", kind="text/html"), NotAnApi),
        (Response(b"[]"), NotAnApi),
        (Response(b"", 302, {"location": "http://127.0.0.1:9"}), NotAnApi),
        (Response(b" " * 2**20, endless=True), NotAnApi),
        (Response(b"oh no", 500), ServerFault),
    ],
)
def test_a_fault_of_the_server_is_named(server: Server, response: Response, kind: type[Exception]) -> None:
    server.script = editor(lambda _: response)
    with pytest.raises(kind):
        draw(server, timeout=0.5 if response.hangs else 5.0)


def test_a_server_that_is_not_there_is_named() -> None:
    with serving(editor(lambda _: edited())) as gone:
        pass
    with pytest.raises(ServerUnreachable, match=gone.url):
        draw(gone)
