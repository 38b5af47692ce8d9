"""A server shaped like ComfyUI: it knows eight of its nodes, checks what it is given, and draws it after a few looks.

What it draws follows from the workflow alone: the colour that stands first in the prompt, in the latent's size; what is
edited keeps its left half. So a picture shows what arrived.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from tests.servers.http import Request, Response, as_json
from tests.servers.images import asked

NODES: Mapping[str, tuple[dict[str, str], bool]] = {
    "CheckpointLoaderSimple": ({"ckpt_name": "COMBO"}, False),
    "CLIPTextEncode": ({"text": "STRING", "clip": "CLIP"}, False),
    "EmptyLatentImage": ({"width": "INT", "height": "INT", "batch_size": "INT"}, False),
    "KSampler": (
        {
            **{"model": "MODEL", "seed": "INT", "steps": "INT", "cfg": "FLOAT"},
            **{"positive": "CONDITIONING", "negative": "CONDITIONING", "latent_image": "LATENT"},
        },
        False,
    ),
    "VAEDecode": ({"samples": "LATENT", "vae": "VAE"}, False),
    "VAEEncode": ({"pixels": "IMAGE", "vae": "VAE"}, False),
    "LoadImage": ({"image": "COMBO"}, False),
    "SaveImage": ({"images": "IMAGE", "filename_prefix": "STRING"}, True),
}


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": kind}}


COMMON = {
    "4": node("CheckpointLoaderSimple", ckpt_name="tiny.safetensors"),
    "6": node("CLIPTextEncode", text="", clip=["4", 1]),
    "7": node("CLIPTextEncode", text="", clip=["4", 1]),
    "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
    "9": node("SaveImage", images=["8", 0], filename_prefix="x"),
}
SAMPLER = {"model": ["4", 0], "seed": 0, "steps": 20, "cfg": 7.0, "positive": ["6", 0], "negative": ["7", 0]}
GENERATE = {
    **COMMON,
    "3": node("KSampler", **SAMPLER, latent_image=["5", 0]),
    "5": node("EmptyLatentImage", width=512, height=512, batch_size=1),
}
EDIT = {
    **COMMON,
    "3": node("KSampler", **SAMPLER, latent_image=["11", 0]),
    "10": node("LoadImage", image="example.png"),
    "11": node("VAEEncode", pixels=["10", 0], vae=["4", 2]),
    "12": node("LoadImage", image="example.png"),
}


@dataclass(slots=True)
class Comfy:
    """One that runs; give it to ``serving`` as the script."""

    looks: int = 1
    """How often it is asked for the history of some work before it is there."""
    stuck: bool = False
    """Nothing is ever done."""
    failing: str = ""
    """What its sampler says when it fails."""
    spoil: Response | None = None
    """What it sends instead of a picture."""
    files: dict[str, Image.Image] = field(default_factory=dict)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)
    """Work that is under way; the others wait."""
    graphs: list[dict[str, Any]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        path = urlsplit(request.path).path
        if path.startswith("/object_info/"):
            return as_json(_info(path.rpartition("/")[2]))
        if path == "/upload/image":
            return self._uploaded(request)
        if path == "/prompt":
            return self._queued(request.json)
        if path.startswith("/history/"):
            return self._history(path.rpartition("/")[2])
        if path == "/view":
            return self._viewed(request.path)
        if path == "/queue" and request.method == "GET":
            pending = [[1, name, {}] for name in self.waiting if name not in self.running]
            return as_json({"queue_running": [[0, name, {}] for name in self.running], "queue_pending": pending})
        if path == "/queue":
            self.deleted += request.json["delete"]
            return Response(b"")
        if path == "/interrupt":
            self.interrupted.append(request.json["prompt_id"])
            return Response(b"")
        return as_json({"error": "not found"}, 404)

    def _uploaded(self, request: Request) -> Response:
        form = asked(request)
        assert form.fields == {"type": "input", "overwrite": "true"}
        ((name, data),) = form.pictures
        assert name == "image"
        kept = f"source-{len(self.files)}.png"
        self.files[f"in/{kept}"] = Image.open(io.BytesIO(data)).convert("RGB")
        return as_json({"name": kept, "subfolder": "in", "type": "input"})

    def _queued(self, body: dict[str, Any]) -> Response:
        graph, name = body["prompt"], body["prompt_id"]
        errors = {number: found for number, each in graph.items() if (found := self._errors(each))}
        if errors:
            error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"}
            return as_json({"error": error, "node_errors": errors}, 400)
        self.graphs.append(graph)
        self.waiting[name] = self.looks
        return as_json({"prompt_id": name, "number": 1, "node_errors": {}})

    def _errors(self, each: dict[str, Any]) -> dict[str, Any] | None:
        kind, inputs = each["class_type"], each["inputs"]
        for name, value in inputs.items():
            wrong = NODES[kind][0][name] == "INT" and not isinstance(value, int)
            absent = kind == "LoadImage" and value != "example.png" and value not in self.files
            if wrong or absent:
                message = {"type": "x", "message": "Invalid value", "details": f"{name}: {value!r}"}
                return {"errors": [message], "dependent_outputs": ["9"], "class_type": kind}
        return None

    def _history(self, name: str) -> Response:
        if self.stuck or self.waiting.get(name, 0) > 0:
            self.waiting[name] = self.waiting.get(name, 0) - 1
            return as_json({})
        if name not in self.done:
            self.done[name] = self._ended(len(self.done))
        return as_json({name: self.done[name]})

    def _ended(self, number: int) -> dict[str, Any]:
        if self.failing:
            data = {"node_id": "3", "node_type": "KSampler", "exception_type": "RuntimeError"}
            event = ["execution_error", {**data, "exception_message": self.failing}]
            return {
                "outputs": {},
                "status": {"status_str": "error", "completed": False, "messages": [["x", {}], event]},
            }
        self.files[f"out-{number}.png"] = self._drawn(self.graphs[number])
        image = {"filename": f"out-{number}.png", "subfolder": "", "type": "output"}
        return {"outputs": {"9": {"images": [image]}}, "status": {"status_str": "success", "completed": True}}

    def _drawn(self, graph: dict[str, Any]) -> Image.Image:
        colour = graph["6"]["inputs"]["text"].split()[0]
        if "5" in graph:
            return Image.new("RGB", (graph["5"]["inputs"]["width"], graph["5"]["inputs"]["height"]), colour)
        source = self.files[graph["10"]["inputs"]["image"]].copy()
        source.paste(colour, (source.width // 2, 0, source.width, source.height))
        return source

    def _viewed(self, path: str) -> Response:
        if self.spoil is not None:
            return self.spoil
        out = io.BytesIO()
        self.files[parse_qs(urlsplit(path).query)["filename"][0]].save(out, "PNG")
        return Response(out.getvalue(), kind="image/png")


def _info(kind: str) -> dict[str, Any]:
    if kind not in NODES:
        return {}
    fields, keeps = NODES[kind]
    required = {name: [type_, {}] for name, type_ in fields.items()}
    return {kind: {"input": {"required": required, "hidden": {"prompt": "PROMPT"}}, "output_node": keeps}}


def written(graph: Mapping[str, Any]) -> str:
    return json.dumps(graph)
