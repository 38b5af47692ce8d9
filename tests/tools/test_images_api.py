"""The Images API client against a real HTTP server: what it sends, what it takes, and how servers fail."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from PIL import Image

from stepweave.models.errors import (
    KeyMissing,
    KeyRefused,
    NotAnApi,
    RateLimited,
    RequestRefused,
    ServerBroke,
    ServerFault,
    ServerTimedOut,
)
from stepweave.tools.images_api import ImagesApi, ImagesSettings
from stepweave.tools.looks import BlackPicture, CorruptPicture, WrongSize
from stepweave.tools.protocol import Order, Picture, Refused, ToolError, Unwanted
from tests.servers.http import Response, Server, as_json, serving
from tests.servers.images import asked, painter, picture, sent

KEY = "sk-very-secret-1234"
RED = Order("a red wall", 7, 256, 320)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(painter()) as running:
        yield running


def draw(server: Server, order: Order = RED, **given: Any) -> Picture | ToolError:
    named = {"url": f"{server.url}/v1", "key": KEY, "retries": 0, "timeout": 5.0, "model": "tiny", "flavour": "sglang"}
    with closing(ImagesApi(ImagesSettings.model_validate(named | given))) as tool:
        (found,) = tool.draw([order])
        return found


def drawn(server: Server, order: Order = RED, **given: Any) -> Picture:
    found = draw(server, order, **given)
    assert isinstance(found, Picture)
    return found


def test_a_picture_is_drawn_from_words(server: Server) -> None:
    found = drawn(server, Order("a red wall", 7, 256, 320, parameters={"steps": 4, "negative_prompt": "blue"}))
    assert found.image.size == (256, 320)
    assert found.image.getpixel((5, 5)) == (255, 0, 0)
    (request,) = server.requests
    assert (request.path, request.headers["authorization"]) == ("/v1/images/generations", f"Bearer {KEY}")
    assert request.json == {
        "model": "tiny",
        "prompt": "a red wall",
        "size": "256x320",
        "n": 1,
        "response_format": "b64_json",
        "seed": 7,
        "num_inference_steps": 4,
        "negative_prompt": "blue",
    }
    assert found.made is not None
    assert (found.made.model, found.made.seeded) == ("tiny", True)
    assert found.made.used["num_inference_steps"] == 4


@pytest.mark.parametrize(
    ("count", "setting", "field"),
    [(1, "auto", "image"), (3, "auto", "image[]"), (1, "image[]", "image[]"), (2, "image", "image")],
)
def test_pictures_are_sent_along(server: Server, count: int, setting: str, field: str) -> None:
    sources = tuple(Image.new("RGB", (8, 8), colour) for colour in ("navy", "teal", "olive")[:count])
    drawn(server, Order("a red wall", 7, 256, 256, sources), image_field=setting)
    (request,) = server.requests
    found = asked(request)
    assert found.path == "/v1/images/edits"
    assert found.fields["prompt"] == "a red wall"
    assert found.fields["seed"] == "7"
    assert [name for name, _ in found.pictures] == [field] * count
    assert [Image.open(io.BytesIO(data)).getpixel((0, 0)) for _, data in found.pictures] == [
        source.getpixel((0, 0)) for source in sources
    ]


def test_a_hosted_model_gets_only_what_it_takes(server: Server) -> None:
    found = drawn(server, Order("a red wall", 7, 256, 256, parameters={"quality": "low"}), flavour="openai")
    assert set(server.requests[0].json) == {"model", "prompt", "size", "n", "quality"}
    assert found.made is not None
    assert not found.made.seeded


def test_what_a_server_says_of_the_picture_is_kept(server: Server) -> None:
    answer = sent(picture("red", (256, 320)), size="256x320", quality="low")
    answer["data"][0]["revised_prompt"] = "a wall in red"
    server.script = painter(lambda _: answer)
    found = drawn(server)
    assert found.made is not None
    assert found.made.told == {"size": "256x320", "quality": "low", "revised_prompt": "a wall in red"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_come_in_several_formats(server: Server, kind: str) -> None:
    server.script = painter(lambda each: sent(picture("red", each.size, kind)))
    assert drawn(server).image.size == (256, 320)


def test_a_data_url_is_a_picture_too(server: Server) -> None:
    data = sent(picture("red", (256, 320)))["data"][0]["b64_json"]
    server.script = painter(lambda _: {"data": [{"url": f"data:image/png;base64,{data}"}]})
    assert drawn(server).image.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("order", "given", "said"),
    [
        (Order("x", 1, 100, 256), {}, "width 100 is not possible"),
        (Order("x", 1, 260, 256), {}, "width 260 is not possible"),
        (Order("x", 1, 256, 256, parameters={"steps": 4}), {"flavour": "plain"}, "unknown parameter steps"),
        (Order("x", 1, 256, 256, parameters={"steps": 4}), {"flavour": "openai"}, "unknown parameter steps"),
        (Order("x", 1, 256, 256, (Image.new("RGB", (8, 8)),) * 3), {"references": 1}, "3 source pictures given"),
    ],
)
def test_what_it_cannot_do_is_refused(server: Server, order: Order, given: dict[str, Any], said: str) -> None:
    found = draw(server, order, **given)
    assert isinstance(found, Refused)
    assert said in str(found)
    assert server.requests == []


def test_what_nobody_wants_is_not_asked_for(server: Server) -> None:
    assert isinstance(draw(server, Order("x", 1, 256, 256, wanted=lambda: False)), Unwanted)
    assert server.requests == []


BAD: dict[str, tuple[Any, type[ToolError], str]] = {
    "another size": (sent(picture("red", (64, 64))), WrongSize, "64x64 where 256x320"),
    "black": (sent(picture("black", (256, 320))), BlackPicture, "black all over"),
    "cut short": (sent(picture("red", (256, 320))[:60]), CorruptPicture, "cannot be read"),
    "no picture": (sent(b"<html>"), CorruptPicture, "cannot be read"),
    "no text": ({"data": [{"b64_json": "%%%"}]}, CorruptPicture, "cannot be read"),
    "an address": ({"data": [{"url": "http://127.0.0.1/x.png"}]}, ToolError, "no picture but an address"),
    "nothing": ({"data": [{}]}, ToolError, "no picture but nothing"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_is_named(server: Server, name: str) -> None:
    answer, kind, said = BAD[name]
    server.script = painter(lambda _: answer)
    found = draw(server)
    assert type(found) is kind
    assert said in str(found)
    assert isinstance(found, ToolError)
    assert found.remedy


ERROR = {"error": {"message": f"no, {KEY} is wrong", "code": None}}

FAULTS: dict[str, tuple[Response, type[Exception], str]] = {
    "hangs": (Response(hangs=30), ServerTimedOut, "within 0.5 s"),
    "drops": (Response(b" " * 5000, cut=2000), ServerBroke, "in the middle"),
    "an error with 200": (as_json(ERROR), NotAnApi, "no, *** is wrong"),
    "HTML with 200": (Response(b"<html>nginx</html>", kind="text/html"), NotAnApi, "nginx"),
    "no pictures": (as_json({"data": []}), NotAnApi, "data"),
    "two pictures": (as_json({"data": [{}, {}]}), NotAnApi, "data"),
    "no end": (Response(b" " * 2**20, endless=True), NotAnApi, "MiB"),
    "a wrong key": (as_json(ERROR, 401), KeyRefused, "OPENAI_API_KEY"),
    "refused": (as_json(ERROR, 400), RequestRefused, "400"),
    "too much": (as_json(ERROR, 429, retry_after="200"), RateLimited, "200 s"),
    "broken": (as_json({"detail": "CUDA out of memory"}, 500), ServerFault, "CUDA out of memory"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_server_is_named(server: Server, name: str) -> None:
    response, kind, said = FAULTS[name]
    server.script = painter(lambda _: response)
    with pytest.raises(kind) as caught:
        draw(server, timeout=0.5 if name == "hangs" else 5.0)
    assert said in f"{caught.value} {getattr(caught.value, 'remedy', '')}"
    assert KEY not in str(caught.value)


def test_a_hosted_model_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(KeyMissing, match="OPENAI_API_KEY is not set"):
        ImagesApi(ImagesSettings(model="gpt-image-2"))
