"""ComfyUI workflows as a tool: what arrives at the server, and all that can go wrong on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from stepweave.models.errors import NotAnApi, ServerBroke, ServerFault, ServerTimedOut, ServerUnreachable
from stepweave.tools.comfyui.client import NoPicture, NotDrawn, NotTaken, TooSlow
from stepweave.tools.comfyui.settings import ComfySettings
from stepweave.tools.comfyui.tool import ComfyUI
from stepweave.tools.comfyui.workflow import BadWorkflow
from stepweave.tools.looks import BlackPicture, CorruptPicture, WrongSize
from stepweave.tools.protocol import Order, Picture, Refused, ToolError, Unwanted
from tests.servers.comfy import EDIT, GENERATE, Comfy, node, written
from tests.servers.http import Response, Server, as_json, serving
from tests.servers.images import picture

PLACES = {"prompt": "6.text", "output": "9", "seed": "3.seed"}
SIZED = {"width": "5.width", "height": "5.height"}
FURTHER = {"steps": "3.steps", "guidance": "3.cfg", "negative_prompt": "7.text"}
RED = Order("red wall", 7, 64, 64)


@pytest.fixture
def comfy() -> Comfy:
    return Comfy()


@pytest.fixture
def server(comfy: Comfy) -> Iterator[Server]:
    with serving(comfy) as running:
        yield running


@pytest.fixture
def generate(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "generate.json").write_text(written(GENERATE))
    return {"file": tmp_path / "generate.json", **PLACES, **SIZED, **FURTHER}


@pytest.fixture
def edit(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "edit.json").write_text(written(EDIT))
    return {"file": tmp_path / "edit.json", **PLACES, **FURTHER, "images": ("10.image", "12.image")}


def tool(server: Server | str, **given: Any) -> ComfyUI:
    url = server if isinstance(server, str) else server.url
    return ComfyUI(ComfySettings.model_validate({"url": url, "timeout": 5.0, "size": 64} | given))


def draw(server: Server | str, order: Order = RED, **given: Any) -> Picture | ToolError:
    with closing(tool(server, **given)) as drawing:
        (found,) = drawing.draw([order])
        return found


def colour(found: Picture | ToolError, x: int = 0) -> Any:
    assert isinstance(found, Picture), found
    return found.image.getpixel((x, 0))


# --------------------------------------------------------------------------------------------------- what arrives


def test_a_picture_is_drawn_from_nothing(server: Server, comfy: Comfy, generate: dict[str, Any]) -> None:
    order = Order("blue sky", 41, 128, 64, parameters={"steps": 4, "guidance": 2.5, "negative_prompt": "rain"})
    found = draw(server, order, generate=generate, model="tiny", licence="mit")
    assert colour(found) == (0, 0, 255)
    assert isinstance(found, Picture)
    assert found.image.size == (128, 64)
    (graph,) = comfy.graphs
    assert graph["3"]["inputs"] | {"seed": 41, "steps": 4, "cfg": 2.5} == graph["3"]["inputs"]
    assert graph["7"]["inputs"]["text"] == "rain"
    assert graph["4"] == GENERATE["4"], "what is not mapped stays"
    assert found.made is not None
    assert (found.made.model, found.made.licence, found.made.device) == ("tiny", "mit", server.url)
    used = {"seed": 41, "width": 128, "height": 64, "steps": 4, "guidance": 2.5, "negative_prompt": "rain"}
    assert found.made.used == used
    assert set(found.made.told) == {"prompt_id", "workflow"}


def test_a_picture_is_edited_with_a_reference(server: Server, comfy: Comfy, edit: dict[str, Any]) -> None:
    sources = (Image.new("RGB", (64, 64), "lime"), Image.new("RGB", (64, 64), "yellow"))
    found = draw(server, Order("red door", 1, 64, 64, sources), edit=edit)
    assert (colour(found), colour(found, 63)) == ((0, 255, 0), (255, 0, 0))
    (graph,) = comfy.graphs
    shown = [comfy.files[graph[number]["inputs"]["image"]].getpixel((0, 0)) for number in ("10", "12")]
    assert shown == [(0, 255, 0), (255, 255, 0)]


def test_a_place_for_a_reference_that_there_is_not_shows_the_source(
    server: Server, comfy: Comfy, edit: dict[str, Any]
) -> None:
    draw(server, Order("red door", 1, 64, 64, (Image.new("RGB", (64, 64), "lime"),)), edit=edit)
    (graph,) = comfy.graphs
    assert graph["12"]["inputs"]["image"] == graph["10"]["inputs"]["image"] != "example.png"


def test_one_workflow_makes_and_another_edits(server: Server, generate: dict[str, Any], edit: dict[str, Any]) -> None:
    with closing(tool(server, generate=generate, edit=edit)) as drawing:
        source = Image.new("RGB", (64, 64), "lime")
        made, edited = drawing.draw([RED, Order("blue door", 1, 64, 64, (source,))])
        assert (colour(made), colour(edited), colour(edited, 63)) == ((255, 0, 0), (0, 255, 0), (0, 0, 255))
        assert drawing.abilities.largest == 64, "the one that edits draws in one size"


def test_without_a_place_for_the_seed_it_is_not_used(server: Server, generate: dict[str, Any]) -> None:
    found = draw(server, generate={**generate, "seed": ""})
    assert isinstance(found, Picture)
    assert found.made is not None
    assert not found.made.seeded
    assert "seed" not in found.made.used


def test_the_server_is_looked_at_once(server: Server, generate: dict[str, Any]) -> None:
    with closing(tool(server, generate=generate)) as drawing:
        drawing.draw([RED, RED])
    asked = [request.path for request in server.requests if request.path.startswith("/object_info")]
    assert len(asked) == len({each["class_type"] for each in GENERATE.values()})


@pytest.mark.parametrize(
    ("order", "change", "said"),
    [
        (Order("x", 1, 128, 64), {"width": ""}, "width 128 is not possible"),
        (Order("x", 1, 64, 64, parameters={"steps": 4}), {"steps": ""}, "unknown parameter steps"),
        (Order("x", 1, 64, 64, (Image.new("RGB", (64, 64)),)), {}, "cannot edit"),
        (Order("x", 1, 65, 64), {}, "width 65 is not possible"),
    ],
)
def test_what_has_no_place_is_refused(
    server: Server, generate: dict[str, Any], order: Order, change: dict[str, str], said: str
) -> None:
    found = draw(server, order, generate={**generate, **change})
    assert isinstance(found, Refused)
    assert said in str(found)
    assert server.requests == []


# --------------------------------------------------------------------------------------------------- bad workflows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"nodes": [], "links": []}', "form of the editor"),
        ("{}", "no nodes"),
        ('{"6": {"inputs": {}}}', "no nodes"),
        ("[1]", "no nodes"),
    ],
)
def test_a_file_that_is_no_workflow(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "flow.json").write_text(text)
    with pytest.raises(BadWorkflow, match=said) as caught:
        tool("http://127.0.0.1:9", generate={"file": tmp_path / "flow.json", **PLACES})
    assert "Export (API)" in caught.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadWorkflow, match="No such file"):
        tool("http://127.0.0.1:9", generate={"file": tmp_path / "flow.json", **PLACES})


@pytest.mark.parametrize(
    ("change", "said", "there"),
    [
        ({"prompt": "66.text"}, "no node '66'", "6 (CLIPTextEncode)"),
        ({"prompt": "6"}, "`prompt` is '6'", "node.input"),
        ({"seed": "3.noise_seed"}, "node 3 (KSampler) has no input 'noise_seed'", "cfg"),
        ({"output": "19"}, "no node '19' for `output`", "9 (SaveImage)"),
    ],
)
def test_a_map_that_does_not_fit(generate: dict[str, Any], change: dict[str, str], said: str, there: str) -> None:
    with pytest.raises(BadWorkflow) as caught:
        tool("http://127.0.0.1:9", generate={**generate, **change})
    assert said in caught.value.reason
    assert there in caught.value.remedy


@pytest.mark.parametrize("given", [{}, {"edit": {"file": "x", "prompt": "6.text", "output": "9"}}, {"speed": 1}])
def test_settings_that_cannot_be(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ComfySettings.model_validate(given)


def changed(folder: Path, **nodes: Any) -> Path:
    path = folder / "changed.json"
    path.write_text(written({**GENERATE, **nodes}))
    return path


@pytest.mark.parametrize(
    ("change", "places", "said"),
    [
        ({"20": node("FancyUpscaler", scale=2)}, {}, "the server has no FancyUpscaler"),
        ({"6": node("CLIPTextEncode", words="", clip=["4", 1])}, {"prompt": "6.words"}, "no input 'words'"),
        ({}, {"output": "8"}, "VAEDecode keeps no picture"),
    ],
)
def test_what_the_server_does_not_have_is_said_before_anything_is_drawn(
    server: Server,
    comfy: Comfy,
    generate: dict[str, Any],
    tmp_path: Path,
    change: dict[str, Any],
    places: dict[str, str],
    said: str,
) -> None:
    found = draw(server, generate={**generate, "file": changed(tmp_path, **change), **places})
    assert isinstance(found, BadWorkflow)
    assert said in found.reason
    assert comfy.graphs == []


# --------------------------------------------------------------------------------------------------- bad servers


def test_a_node_that_does_not_take_a_value_is_named(server: Server, generate: dict[str, Any], tmp_path: Path) -> None:
    odd = node("EmptyLatentImage", width=512, height=512, batch_size="many")
    found = draw(server, generate={**generate, "file": changed(tmp_path, **{"5": odd})})
    assert isinstance(found, NotTaken)
    assert "node 5 (EmptyLatentImage): Invalid value batch_size: 'many'" in found.reason


def test_a_node_that_fails_is_named(server: Server, comfy: Comfy, generate: dict[str, Any]) -> None:
    comfy.failing = "CUDA out of memory"
    found = draw(server, generate=generate)
    assert isinstance(found, NotDrawn)
    assert "node 3 (KSampler): RuntimeError CUDA out of memory" in found.reason
    assert found.cause == "transient"


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (Response(picture("red", (64, 32))), WrongSize),
        (Response(picture("black", (64, 64))), BlackPicture),
        (Response(picture("red", (64, 64))[:60]), CorruptPicture),
        (Response(b"<html>"), CorruptPicture),
    ],
)
def test_what_is_no_picture_is_named(
    server: Server, comfy: Comfy, generate: dict[str, Any], response: Response, kind: type[ToolError]
) -> None:
    comfy.spoil = response
    assert type(draw(server, generate=generate)) is kind


def test_an_end_without_a_picture(server: Server, comfy: Comfy, generate: dict[str, Any]) -> None:
    def script(request: Any) -> Response:
        if not request.path.startswith("/history"):
            return comfy(request)
        return as_json({request.path.rpartition("/")[2]: {"outputs": {"9": {}}, "status": {"status_str": "success"}}})

    server.script = script
    assert isinstance(draw(server, generate=generate), NoPicture)


@pytest.mark.parametrize(
    ("path", "response", "kind"),
    [
        ("/object_info", Response(hangs=30), ServerTimedOut),
        ("/prompt", Response(b" " * 500, cut=100), ServerBroke),
        ("/prompt", Response(b"<html>", kind="text/html"), NotAnApi),
        ("/prompt", Response(b'{"error": "out of order"}'), NotAnApi),
        ("/history", Response(b"oh no", 500), ServerFault),
        ("/view", Response(b"", 302, {"location": "http://127.0.0.1:9"}), NotAnApi),
        ("/object_info", Response(b" " * 2**20, endless=True), NotAnApi),
    ],
)
def test_a_fault_of_the_server_is_named(
    server: Server, comfy: Comfy, generate: dict[str, Any], path: str, response: Response, kind: type[Exception]
) -> None:
    server.script = lambda request: response if request.path.startswith(path) else comfy(request)
    with pytest.raises(kind):
        draw(server, generate=generate, timeout=0.5 if response.hangs else 5.0)


def test_a_server_that_is_not_there_is_named(generate: dict[str, Any]) -> None:
    with pytest.raises(ServerUnreachable):
        draw("http://127.0.0.1:9", generate=generate)


# --------------------------------------------------------------------------------------------------- calling off


def test_a_picture_that_takes_too_long_is_called_off(server: Server, comfy: Comfy, generate: dict[str, Any]) -> None:
    comfy.stuck = True
    found = draw(server, generate=generate, patience=0.3)
    assert isinstance(found, TooSlow)
    assert len(comfy.deleted) == 1


@pytest.mark.parametrize("running", [True, False])
def test_what_nobody_wants_is_called_off(server: Server, comfy: Comfy, generate: dict[str, Any], running: bool) -> None:
    comfy.stuck = True
    begun = threading.Event()

    def script(request: Any) -> Response:
        response = comfy(request)
        if request.path.startswith("/history"):
            comfy.running = [request.path.rpartition("/")[2]] if running else ["somebody-else"]
            begun.set()
        return response

    server.script = script
    started = time.monotonic()
    found = draw(server, Order("red", 1, 64, 64, wanted=lambda: not begun.is_set()), generate=generate)
    assert isinstance(found, Unwanted)
    assert time.monotonic() - started < 5
    assert len(comfy.deleted) == 1
    assert comfy.interrupted == (comfy.deleted if running else []), "what others run goes on"
