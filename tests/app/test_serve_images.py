"""Image tools behind the OpenAI Images API: a real server, asked by the official client and by our own tool."""

from __future__ import annotations

import base64
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx2
import openai
import pytest
from anyio.from_thread import start_blocking_portal
from PIL import Image

from stepweave.agents.generator import Generator, Usage, generator
from stepweave.agents.tempo import Tempo
from stepweave.app import exits
from stepweave.app.cli import main
from stepweave.app.commands.serve_images import NEEDS, drawing, key_from
from stepweave.app.failures import UsageError
from stepweave.app.images_server.application import Application
from stepweave.app.images_server.desk import Desk
from stepweave.app.images_server.health import LOOKED_AT
from stepweave.app.images_server.listening import bound, is_loopback, listening
from stepweave.app.images_server.parameters import fitted
from stepweave.app.settings import IntakeSettings, ServeSettings
from stepweave.tools.images_api import ImagesApi, ImagesSettings
from stepweave.tools.knobs import COMMON
from stepweave.tools.protocol import Abilities, Order, Picture, Refused, ToolError, Unwanted
from stepweave.tools.sketch import Sketch

KEY = "a-key-nobody-knows"


@dataclass
class Painter:
    """Draws a plain colour that follows from the order; fails, waits or refuses as it is told."""

    abilities: Abilities = field(
        default_factory=lambda: Abilities(
            edit=True,
            references=3,
            multiple=8,
            largest=1024,
            parameters={
                name: COMMON[name] for name in ("steps", "guidance", "true_cfg", "image_guidance", "negative_prompt")
            },
        )
    )
    name: str = "painter 1"
    broken: str = ""
    """Why it can draw nothing."""
    orders: list[Order] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    """Not set: a prompt with "wait" waits for it."""
    called_off: threading.Event = field(default_factory=threading.Event)
    closed: bool = False

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        return [self._drawn(order) for order in orders]

    def _drawn(self, order: Order) -> Picture | ToolError:
        self.orders.append(order)
        if order.prompt == "refuse":
            return Refused("not this", "ask for that")
        if order.prompt == "crash":
            raise RuntimeError("secret words")
        if self.broken:
            return ToolError(self.broken, "mend it")
        while "wait" in order.prompt and not self.hold.wait(0.01):
            if not order.wanted():
                self.called_off.set()
                return Unwanted()
        red = order.sources[0].getpixel((0, 0))[0] if order.sources else 0
        return Picture(Image.new("RGB", (order.width, order.height), (red, order.seed % 256, len(order.sources))))

    def close(self) -> None:
        self.closed = True

    def asked(self) -> list[Order]:
        """What was ordered but for the first picture."""
        return self.orders[1:]


@dataclass
class Running:
    """A server."""

    url: str
    clients: list[openai.OpenAI] = field(default_factory=list)

    def client(self, key: str = "none") -> openai.OpenAI:
        made = openai.OpenAI(base_url=f"{self.url}/v1", api_key=key, max_retries=0, timeout=20)
        self.clients.append(made)
        return made

    def close(self) -> None:
        for client in self.clients:
            client.close()

    def health(self, **headers: str) -> tuple[int, dict[str, str]]:
        response = httpx2.get(f"{self.url}/health", headers=headers)
        return response.status_code, response.json()

    def until(self, state: str) -> None:
        until(lambda: self.health()[1]["state"] == state)


def until(holds: Callable[[], bool]) -> None:
    """Wait for a state, with a bound."""
    deadline = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@asynccontextmanager
async def running(made: Generator[Any], settings: ServeSettings, key: str) -> AsyncIterator[Running]:
    desk = Desk(made, {}, settings, "mine")
    with bound("127.0.0.1", 0) as at:
        app = Application(desk, settings, IntakeSettings(picture_side=3000), key).starlette()
        async with listening(app, at), anyio.create_task_group() as group:
            group.start_soon(desk.run)
            yield Running(f"http://127.0.0.1:{at.getsockname()[1]}")
            group.cancel_scope.cancel()


@contextmanager
def serving(tool: Any, key: str = "", *, ready: bool = True, slots: int = 4, **settings: Any) -> Iterator[Running]:
    made = tool
    if not isinstance(tool, Generator):
        made = Generator("painter", Tempo, lambda _: tool, lambda _: Usage(slots))
    given = ServeSettings.model_validate({"size": "96", "pause": 0.05, "grace": 5.0, **settings})
    with start_blocking_portal() as portal:
        context = portal.wrap_async_context_manager(running(made, given, key))
        with closing(context.__enter__()) as server, ExitStack() as stack:
            stack.push(context)  # left before its clients are closed: it answers to its end
            if ready:
                server.until("ready")
            yield server


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def server(painter: Painter) -> Iterator[Running]:
    with serving(painter) as found:
        yield found


def file(colour: str = "navy", size: tuple[int, int] = (64, 64), kind: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def image(datum: Any) -> Image.Image:
    found = Image.open(io.BytesIO(base64.b64decode(datum.b64_json)))
    found.load()
    return found


def refused(caught: pytest.ExceptionInfo[openai.APIStatusError]) -> dict[str, Any]:
    """The body of an error, which always has the same shape."""
    body = caught.value.body
    assert isinstance(body, dict)
    assert set(body) == {"message", "type", "param", "code"}
    return body


# ---------------------------------------------------------------------------------------------- what is drawn


def test_pictures_are_drawn_from_words(server: Running, painter: Painter) -> None:
    answer = server.client().images.generate(
        prompt="a red wall",
        model="mine",
        n=3,
        size="128x64",  # type: ignore[arg-type]
        response_format="b64_json",
        user="me",
        quality="auto",
        background="auto",
        moderation="auto",
        extra_body={"seed": 7, "num_inference_steps": 4, "guidance": 2.5, "negative_prompt": "blue"},
    )
    assert answer.data is not None
    assert [image(each).getpixel((0, 0)) for each in answer.data] == [(0, 7, 0), (0, 8, 0), (0, 9, 0)]
    assert [each.seed for each in answer.data] == [7, 8, 9]  # type: ignore[attr-defined]
    assert (answer.size, answer.output_format) == ("128x64", "png")
    ordered = sorted(painter.asked(), key=lambda order: order.seed)
    assert {(each.width, each.height, each.prompt) for each in ordered} == {(128, 64, "a red wall")}
    assert ordered[0].parameters == {"steps": 4, "guidance": 2.5, "negative_prompt": "blue"}


def test_without_a_seed_pictures_differ_and_say_theirs(server: Running, painter: Painter) -> None:
    seeds = set()
    for _ in range(3):
        answer = server.client().images.generate(prompt="a wall")
        assert answer.data is not None
        assert answer.size == "96x96"  # type: ignore[comparison-overlap]
        seeds.add(answer.data[0].seed)  # type: ignore[attr-defined]
    assert len(seeds) == 3
    assert {order.seed for order in painter.asked()} == seeds


@pytest.mark.parametrize(("kind", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
def test_pictures_come_in_several_formats_and_say_where_they_are_from(server: Running, kind: Any, name: str) -> None:
    answer = server.client().images.generate(prompt="a <wall>", output_format=kind)
    assert answer.data is not None
    found = image(answer.data[0])
    assert found.format == name
    said = found.info.get("XML:com.adobe.xmp") or found.info["xmp"].decode()
    assert "digitalsourcetype/trainedAlgorithmicMedia" in said
    assert "painter 1" in said
    assert "a &lt;wall&gt;" in said


def test_compression_makes_files_smaller() -> None:
    with serving(generator("sketch", Sketch)) as server:

        def length(quality: int) -> int:
            answer = server.client().images.generate(
                prompt="a red circle", output_format="jpeg", output_compression=quality, extra_body={"seed": 1}
            )
            assert answer.data is not None
            return len(answer.data[0].b64_json or "")

        assert length(0) < length(50) < length(100)


def test_the_same_seed_gives_the_same_picture_byte_for_byte() -> None:
    with serving(generator("sketch", Sketch)) as server:

        def drawn(seed: int) -> str | None:
            answer = server.client().images.generate(
                prompt="a large red circle and a small blue star", extra_body={"seed": seed, "fault_rate": 0}
            )
            assert answer.data is not None
            return answer.data[0].b64_json

        first = drawn(3)
        assert first == drawn(3)
        found = Image.open(io.BytesIO(base64.b64decode(first or "")))
        assert "algorithmicMedia" in found.text["XML:com.adobe.xmp"]  # type: ignore[attr-defined]
        assert "stepweave:scene" in found.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_are_edited(server: Running, painter: Painter, count: int) -> None:
    files = [(f"{n}.png", file(colour), "image/png") for n, colour in enumerate(("red", "blue", "lime")[:count])]
    answer = server.client().images.edit(
        image=files[0] if count == 1 else files,  # one goes as `image`, several as `image[]`
        prompt="more",
        n=2,
        extra_body={"seed": 5, "image_guidance_scale": 1.5},
    )
    assert answer.data is not None
    assert [image(each).getpixel((0, 0)) for each in answer.data] == [(255, 5, count), (255, 6, count)]
    order = painter.asked()[0]
    assert [source.getpixel((0, 0))[2] for source in order.sources] == [0, 255, 0][:count]
    assert order.parameters == {"image_guidance": 1.5}
    said = image(answer.data[0]).info["XML:com.adobe.xmp"]
    assert "compositeWithTrainedAlgorithmicMedia" in said


def test_both_names_of_the_field_may_be_mixed(server: Running, painter: Painter) -> None:
    files = [("image", ("a.png", file("red"))), ("image[]", ("b.png", file("blue"))), ("image", ("c", file("lime")))]
    response = httpx2.post(f"{server.url}/v1/images/edits", data={"prompt": "x", "size": "auto"}, files=files)
    assert response.status_code == 200, response.text
    assert [source.getpixel((0, 0)) for source in painter.asked()[0].sources] == [(255, 0, 0), (0, 0, 255), (0, 255, 0)]


def test_pictures_to_edit_may_come_in_json(server: Running, painter: Painter) -> None:
    url = f"data:image/png;base64,{base64.b64encode(file('red')).decode()}"
    body = {"prompt": "x", "images": [{"image_url": url}, {"image_url": url}], "seed": None}
    response = httpx2.post(f"{server.url}/v1/images/edits", json=body)
    assert response.status_code == 200, response.text
    assert len(painter.asked()[0].sources) == 2


def test_the_size_follows_the_first_picture_and_the_photo_is_turned_upright(server: Running, painter: Painter) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways
    answer = server.client().images.edit(image=("a.jpg", file("red", (205, 101), "JPEG", exif=exif)), prompt="x")
    assert answer.size == "96x200"  # type: ignore[comparison-overlap]
    order = painter.asked()[0]
    assert (order.width, order.height) == (96, 200)
    assert order.sources[0].size == (101, 205)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ((512, 512), (512, 512)),
        ((517, 300), (512, 296)),
        ((4000, 1000), (1024, 256)),
        ((10, 2000), (64, 1024)),
        ((1, 1), (64, 64)),
    ],
)
def test_a_size_is_fitted_to_what_the_tool_can(given: tuple[int, int], found: tuple[int, int]) -> None:
    assert fitted(given, Abilities(edit=True, multiple=8, largest=1024)) == found


def test_the_model_and_what_it_can_do_is_told(server: Running) -> None:
    (found,) = server.client().models.list().data
    assert found.id == "mine"
    can = found.abilities  # type: ignore[attr-defined]
    assert (can["edit"], can["pictures"], can["multiple"], can["largest"]) == (True, 4, 8, 1024)
    assert can["parameters"]["steps"]["also"] == "num_inference_steps"


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("given", "param", "said"),
    [
        ({"mask": "x"}, "mask", "say in the prompt"),
        ({"style": "vivid"}, "style", "say it in the prompt"),
        ({"input_fidelity": "high"}, "input_fidelity", "leave it out"),
        ({"url": "http://h/x.png"}, "url", "send the picture itself"),
        ({"image": "x"}, "image", "/v1/images/edits"),
        ({"response_format": "url"}, "response_format", "b64_json"),
        ({"background": "transparent"}, "background", "auto or opaque"),
        ({"stream": True}, "stream", "false"),
        ({"stream": 0}, "stream", "false"),
        ({"partial_images": 2}, "partial_images", "0"),
        ({"quality": "high"}, "quality", "auto"),
        ({"moderation": "low"}, "moderation", "auto"),
        ({"user": 7}, "user", "as text"),
        ({"n": 0}, "n", "from 1 to 10"),
        ({"n": 11}, "n", "from 1 to 10"),
        ({"n": "2"}, "n", "from 1 to 10"),
        ({"n": True}, "n", "from 1 to 10"),
        ({"seed": -1}, "seed", "from 0"),
        ({"seed": 2**32 - 1, "n": 2}, "seed", "to 4294967294"),
        ({"seed": 1.5}, "seed", "whole number"),
        ({"size": "big"}, "size", "1024x1024"),
        ({"size": "100x64"}, "size", "divisible by 8"),
        ({"size": "64x2048"}, "size", "height 2048"),
        ({"output_format": "gif"}, "output_format", "png, jpeg, webp"),
        ({"output_compression": 50}, "output_compression", "a png loses nothing"),
        ({"output_compression": 101, "output_format": "jpeg"}, "output_compression", "from 0 to 100"),
        ({"steps": 0}, "steps", "from 1 to 1000"),
        ({"num_inference_steps": 2.5}, "num_inference_steps", "whole number"),
        ({"steps": 2, "num_inference_steps": 3}, "steps", "both are given"),
        ({"negative_prompt": 3}, "negative_prompt", "words"),
        ({"negative_prompt": ["x"]}, "negative_prompt", "words"),
        ({"true_cfg_scale": "4"}, "true_cfg_scale", "a number"),
        ({"lora": "x"}, "lora", "known: "),
        ({"prompt": ""}, "prompt", "empty"),
        ({"prompt": None}, "prompt", "missing"),
        ({"prompt": 5}, "prompt", "as text"),
        ({"prompt": "a\x1bb"}, "prompt", "U+001B"),
        ({"prompt": "x" * 33_000}, "prompt", "33000 characters"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    server: Running, painter: Painter, given: dict[str, Any], param: str, said: str
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        server.client().images.generate(**{"prompt": "a wall", "extra_body": given})
    body = refused(caught)
    assert body["param"] == param
    assert said in body["message"]
    assert body["type"] == "invalid_request_error"
    assert painter.asked() == []
    assert server.health() == (200, {"state": "ready"})


@pytest.mark.parametrize(
    ("fields", "files", "param", "said"),
    [
        ({}, [("image", b"no picture")], "image", "not an image"),
        ({}, [("image", b"")], "image", "empty"),
        ({}, [("image", file()[:60])], "image", "damaged"),
        ({}, [("image", file(size=(3001, 1)))], "image", "3001 x 1 pixels"),
        ({}, [("image[]", file())] * 5, "image", "5 source pictures given, at most 4"),
        ({}, [("image[]", file())] * 7, "image", "at most 6 are taken"),
        ({}, [("image", file()), ("mask", file())], "mask", "say in the prompt"),
        ({}, [("image", file()), ("photo", file())], "photo", "known: "),
        ({}, [("x", b"")], "image", "no picture to start from"),
        ({"image": "text"}, [("image", file())], "image", "send the file itself"),
        ({"n": "many"}, [("image", file())], "n", "from 1 to 10"),
        ({"steps": "nan"}, [("image", file())], "steps", "whole number"),
        ({"guidance": "wide"}, [("image", file())], "guidance", "a number from"),
        ({"stream": "true"}, [("image", file())], "stream", "false"),
        ({"n": ["1", "2"]}, [("image", file())], "n", "given twice"),
    ],
)
def test_forms_are_read_as_strictly(
    painter: Painter, fields: dict[str, Any], files: list[tuple[str, bytes]], param: str, said: str
) -> None:
    with serving(painter, pictures=6) as server:
        sent = [(name, (name, data)) for name, data in files]
        response = httpx2.post(f"{server.url}/v1/images/edits", data={"prompt": "x", **fields}, files=sent)
    error = response.json()["error"]
    assert (response.status_code, error["param"]) == (400, param), error
    assert said in error["message"]
    assert painter.asked() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "is not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"prompt": "x", "seed": NaN}', "NaN is no number"),
        (b'{"prompt": "x", "n": 1, "n": 2}', "given twice"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"prompt": "\\ud800"}', "U+D800"),
        (b"\xff", "is not JSON"),
    ],
)
def test_what_is_no_request_is_refused(server: Running, body: bytes, said: str) -> None:
    response = httpx2.post(
        f"{server.url}/v1/images/generations", content=body, headers={"content-type": "application/json"}
    )
    assert response.status_code == 400
    assert said in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("images", "said"),
    [
        ([{"image_url": "http://127.0.0.1/x.png"}], "addresses are not followed"),
        ([{"image_url": "data:text/plain;base64,AAAA"}], "data:image/png"),
        ([{"image_url": "data:image/png;base64,%%"}], "base64"),
        ([{"file_id": "x"}], "data:image/png"),
        ("x", "give a list"),
        ([], "no picture to start from"),
    ],
)
def test_no_address_is_followed(server: Running, images: Any, said: str) -> None:
    response = httpx2.post(f"{server.url}/v1/images/edits", json={"prompt": "x", "images": images})
    assert response.status_code == 400
    assert said in response.json()["error"]["message"]


def test_a_tool_that_only_edits_or_only_draws_says_so(painter: Painter) -> None:
    painter.abilities = Abilities(edit=True, generate=False)
    with serving(painter) as server:
        assert painter.orders[0].sources[0].size == (96, 96)  # even to see whether it works
        with pytest.raises(openai.BadRequestError, match="cannot draw from nothing"):
            server.client().images.generate(prompt="x")
    other = Painter(Abilities(edit=False))
    with serving(other) as server, pytest.raises(openai.BadRequestError, match="cannot edit a picture"):
        server.client().images.edit(image=file(), prompt="x")


def test_another_model_is_not_found(server: Running) -> None:
    with pytest.raises(openai.NotFoundError, match="'dall-e-3'; mine is served") as caught:
        server.client().images.generate(prompt="x", model="dall-e-3")
    assert (refused(caught)["code"], refused(caught)["param"]) == ("model_not_found", "model")


def test_other_doors_are_not_there(server: Running) -> None:
    with pytest.raises(openai.NotFoundError, match="POST /v1/chat/completions is not there") as caught:
        server.client().chat.completions.create(model="mine", messages=[])
    assert refused(caught)["code"] == "not_found"
    assert httpx2.get(f"{server.url}/v1/images/edits").status_code == 405


def test_what_is_too_large_is_refused_while_it_comes(painter: Painter) -> None:
    with serving(painter, body_bytes=100_000) as server:
        for size in (100_001, 1_000_000):
            with pytest.raises(openai.APIStatusError, match="100,000 bytes") as caught:
                server.client().images.edit(image=b"x" * size, prompt="x")
            assert caught.value.status_code == 413
            assert refused(caught)["code"] == "request_too_large"


def test_other_kinds_of_bodies_are_refused(server: Running) -> None:
    response = httpx2.post(f"{server.url}/v1/images/generations", data={"prompt": "x"})
    assert response.status_code == 400
    assert "send application/json" in response.json()["error"]["message"]


# ---------------------------------------------------------------------------------------------- who may ask


def test_only_who_has_the_key_is_served(painter: Painter) -> None:
    with serving(painter, KEY) as server:
        for wrong in ("wrong", KEY[:-1], KEY + "x"):
            with pytest.raises(openai.AuthenticationError, match="missing or wrong") as caught:
                server.client(wrong).images.generate(prompt="x")
            assert refused(caught)["code"] == "invalid_api_key"
            assert KEY not in caught.value.response.text
        assert httpx2.get(f"{server.url}/v1/models").status_code == 401
        assert server.client(KEY).images.generate(prompt="x").data
        assert len(painter.asked()) == 1


def test_pages_in_a_browser_are_kept_out_where_there_is_no_key(server: Running, painter: Painter) -> None:
    with pytest.raises(openai.PermissionDeniedError, match="--key-env"):
        server.client().images.generate(prompt="x", extra_headers={"Origin": "https://evil.example"})
    assert painter.asked() == []


def test_why_it_fails_is_told_only_to_who_may_use_it(painter: Painter) -> None:
    painter.broken = "the device at 10.0.0.7 is gone"
    with serving(painter, KEY, ready=False) as server:
        server.until("failing")
        assert server.health() == (503, {"state": "failing"})
        assert "10.0.0.7" in server.health(Authorization=f"Bearer {KEY}")[1]["reason"]


# ---------------------------------------------------------------------------------------------- health


def test_health_is_bad_until_a_picture_was_drawn() -> None:
    loaded, painter = threading.Event(), Painter()

    def make(_: Tempo) -> Painter:
        assert loaded.wait(10)
        return painter

    with serving(Generator("slow", Tempo, make, lambda _: Usage()), ready=False) as server:
        assert server.health() == (503, {"state": "loading", "reason": "the model is being loaded"})
        with pytest.raises(openai.InternalServerError, match="is being loaded") as caught:
            server.client().images.generate(prompt="x")
        assert caught.value.status_code == 503
        assert caught.value.response.headers["retry-after"] == "5"
        loaded.set()
        server.until("ready")
        assert server.health() == (200, {"state": "ready"})
        assert [order.prompt for order in painter.orders] == ["a red circle"]
    assert painter.closed


def test_health_follows_what_the_last_drawings_came_to(server: Running, painter: Painter) -> None:
    client = server.client()
    painter.broken = "out of memory"
    for number in range(LOOKED_AT):
        assert server.health()[0] == 200, number
        with pytest.raises(openai.InternalServerError, match="out of memory; mend it"):
            client.images.generate(prompt="x")
    status, said = server.health()
    assert (status, said["state"]) == (503, "failing")
    assert "the last 10 pictures all failed: out of memory; mend it" in said["reason"]
    painter.broken = ""
    server.until("ready")  # it tries by itself
    assert painter.orders[-1].prompt == "a red circle"


def test_a_first_picture_that_fails_is_tried_again(painter: Painter) -> None:
    painter.broken = "no device"
    with serving(painter, ready=False) as server:
        server.until("failing")
        assert server.health()[1]["reason"] == "no picture could be drawn yet: no device; mend it"
        painter.broken = ""
        server.until("ready")


def test_what_is_refused_is_no_failure(server: Running) -> None:
    for _ in range(LOOKED_AT + 1):
        with pytest.raises(openai.BadRequestError, match="not this; ask for that"):
            server.client().images.generate(prompt="refuse")
    assert server.health() == (200, {"state": "ready"})


def test_a_defect_says_nothing_of_itself(server: Running, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(openai.InternalServerError) as caught:
        server.client().images.generate(prompt="crash")
    assert caught.value.status_code == 500
    assert "secret words" not in caught.value.response.text
    assert "secret words" in caplog.text


# ---------------------------------------------------------------------------------------------- waiting, leaving


def in_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_too_many_who_wait_are_sent_away(painter: Painter) -> None:
    with serving(painter, slots=2, waiting=12) as server:
        found: list[Any] = []
        thread = in_thread(lambda: found.append(server.client().images.generate(prompt="wait", n=10)))
        until(lambda: len(painter.asked()) == 2)  # two at a time are drawn, eight wait
        with pytest.raises(openai.RateLimitError, match="12 pictures wait already") as caught:
            server.client().images.generate(prompt="x", n=3)
        assert refused(caught)["code"] == "too_many_waiting"
        assert caught.value.response.headers["retry-after"] == "5"
        assert len(painter.asked()) == 2
        painter.hold.set()
        thread.join(20)
        assert len(found[0].data) == 10
        assert server.client().images.generate(prompt="x", n=3).data


def test_when_the_client_goes_its_drawing_is_called_off(server: Running, painter: Painter) -> None:
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as line:
        body = b'{"prompt": "wait", "n": 10}'
        head = f"POST /v1/images/generations HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n"
        line.sendall(head.encode() + b"content-type: application/json\r\n\r\n" + body)
        until(lambda: len(painter.asked()) == 4)
        assert not painter.called_off.is_set()
    assert painter.called_off.wait(10)
    painter.hold.set()
    assert server.client().images.generate(prompt="another").data
    assert [order.prompt for order in painter.asked()] == ["wait"] * 4 + ["another"]  # the others were never begun


def test_when_one_of_several_cannot_be_drawn_the_others_are_called_off(painter: Painter) -> None:
    class Odd(Painter):
        def _drawn(self, order: Order) -> Picture | ToolError:
            return Refused("an odd seed") if order.seed % 2 else super()._drawn(order)

    odd = Odd()
    with serving(odd) as server, pytest.raises(openai.BadRequestError, match="an odd seed"):
        server.client().images.generate(prompt="wait", n=2, extra_body={"seed": 2})
    assert odd.called_off.is_set()


def test_at_the_end_what_is_under_way_is_finished(painter: Painter) -> None:
    found: list[Any] = []
    with serving(painter) as server:
        client = server.client()
        thread = in_thread(lambda: found.append(client.images.generate(prompt="wait")))
        until(lambda: len(painter.asked()) == 1)
        timer = threading.Timer(0.3, painter.hold.set)
        timer.start()
    thread.join(20)
    timer.join()
    assert len(found[0].data) == 1
    assert painter.closed


def test_at_the_end_what_takes_too_long_is_called_off(painter: Painter) -> None:
    found: list[openai.APIStatusError] = []

    def ask(client: openai.OpenAI) -> None:
        with pytest.raises(openai.InternalServerError) as caught:
            client.images.generate(prompt="wait")
        found.append(caught.value)

    with serving(painter, grace=0.1) as server:
        thread = in_thread(lambda: ask(server.client()))
        until(lambda: len(painter.asked()) == 1)
    thread.join(20)
    assert (found[0].status_code, found[0].code) == (503, "called_off")
    assert painter.called_off.is_set()


def test_a_tool_that_draws_batches_gets_them(painter: Painter) -> None:
    batches: list[int] = []

    class Press(Painter):
        def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
            batches.append(len(orders))
            return super().draw(orders)

    with serving(Press(Abilities(edit=False, batch=4))) as server:
        answer = server.client().images.generate(prompt="x", n=4)
    assert answer.data is not None
    assert len(answer.data) == 4
    assert batches == [1, 4]


# ---------------------------------------------------------------------------------------------- our own tool


def test_our_own_tool_draws_and_edits_through_it(painter: Painter) -> None:
    with serving(painter, KEY) as server:
        given = {"url": f"{server.url}/v1", "key": KEY, "model": "mine", "flavour": "stepweave", "smallest": 64}
        with closing(ImagesApi(ImagesSettings.model_validate(given | {"retries": 0}))) as tool:
            blue = Image.new("RGB", (64, 64), (9, 0, 255))
            drawn = tool.draw(
                [
                    Order("x", 7, 64, 128, parameters={"steps": 3, "true_cfg": 2.0}),
                    Order("y", 8, 64, 64, (blue,), {"guidance": 1.5}),
                    Order("z", 9, 64, 64, (blue, blue, blue)),
                    Order("q", 9, 8, 8),
                ]
            )
    pixels = [each.image.getpixel((0, 0)) if isinstance(each, Picture) else type(each) for each in drawn]
    assert pixels == [(0, 7, 0), (9, 8, 1), (9, 9, 3), Refused]
    assert [order.parameters for order in painter.asked()] == [{"steps": 3, "true_cfg": 2.0}, {"guidance": 1.5}, {}]
    assert isinstance(drawn[0], Picture)
    assert drawn[0].made is not None
    assert drawn[0].made.told["size"] == "64x128"


# ---------------------------------------------------------------------------------------------- the command

CLI = (sys.executable, "-c", "from stepweave.app.cli import main; raise SystemExit(main())")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path, sign: signal.Signals) -> None:
    env = {**os.environ, "STEPWEAVE_HOME": str(tmp_path), "MY_KEY": KEY}
    words = ["serve-images", "generator:sketch", "--port", "0", "--key-env", "MY_KEY", "--model", "mine"]
    with subprocess.Popen([*CLI, *words], env=env, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/v1", line)
            assert found, line
            server = Running(found[0].removesuffix("/v1"))
            server.until("ready")
            with closing(server):
                answer = server.client(KEY).images.generate(prompt="a red circle", model="mine", size="256x256")
            assert answer.data is not None
            assert image(answer.data[0]).size == (256, 256)
            process.send_signal(sign)
            rest = process.stderr.read()
            assert process.wait(20) == exits.OK
            assert rest == "stopped\n"
            assert KEY not in line + rest
        except BaseException:
            process.kill()
            raise


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPWEAVE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MY_KEY", raising=False)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["generator:none"], "there is no 'generator:none'"),
        (["generator:simulated"], "answers on the bus only"),
        (["planner:rules"], "answers on the bus only"),
        (["generator:sketch", "--host", "0.0.0.0"], "--key-env"),
        (["generator:sketch", "--host", "0.0.0.0", "--key-env", "MY_KEY"], "MY_KEY is not set"),
        (["generator:sketch", "--host", "no such host"], "there is no host 'no such host'"),
        (["generator:sketch", "--port", "70000"], "there is no port 70000"),
        (["generator:images-api"], 'agents."generator.images-api".model is not possible'),
    ],
)
def test_mistakes_are_told_before_anything_is_served(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = [] if "--port" in words else ["--port", "0"]
    assert main(["serve-images", *words, *port]) == exits.USAGE
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve-images", "generator:sketch", "--port", str(port)]) == exits.USAGE
    said = capsys.readouterr().err
    assert f"port {port} of 127.0.0.1 cannot be listened on" in said
    assert "--port" in said


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("missing", NEEDS)
def test_what_is_not_installed_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "stepweave.app.commands.serve_images.find_spec", lambda name: None if name == missing else object()
    )
    assert main(["serve-images", "generator:sketch"]) == exits.USAGE
    assert f"needs {missing}, which is not installed; pip install 'stepweave[serve]'" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["", " ", "a b ", "k\n", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="MY_KEY") as caught:
        key_from("MY_KEY", {"MY_KEY": key})
    assert not key.strip() or key not in str(caught.value)


def test_ours_can_be_served() -> None:
    assert [drawing(f"generator:{name}").capability for name in ("sketch", "images-api", "interleave-edit")] == [
        "sketch",
        "images-api",
        "interleave-edit",
    ]


def test_only_the_loopback_address_is_ours_alone() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_help_does_not_import_the_server() -> None:
    code = "import sys; from stepweave.app.cli import main\ntry: main(['serve-images', '--help'])\n"
    code += "except SystemExit: pass\nprint([n for n in ('starlette', 'uvicorn', 'pydantic') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
