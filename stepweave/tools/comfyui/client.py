"""Talking to a ComfyUI server: pictures up, workflows queued, waited for and called off, pictures down."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from PIL import Image

from stepweave.models.errors import ModelError, NotAnApi, shown
from stepweave.tools.comfyui.settings import ComfySettings
from stepweave.tools.http import HttpServer
from stepweave.tools.protocol import ToolError, Unwanted
from stepweave.tools.remote import as_png

FIRST_LOOK = 0.2
"""Seconds until it is asked for the first time whether a picture is done; then it doubles,"""
LONGEST_LOOK = 2.0
"""up to this."""
_REFUSED = 400


class NotTaken(ToolError):
    """The server does not take the workflow as it was filled."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool} does not take the workflow: {why}", "run it in ComfyUI with these values, and see")


class NotDrawn(ToolError):
    """A node failed."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool} could not draw: {why}", "see the server's log", cause="transient")


class NoPicture(ToolError):
    """The workflow ended without a picture where one was to be."""

    def __init__(self, tool: str, node: str) -> None:
        super().__init__(
            f"{tool} has no picture of node {node}",
            "map `output` to the node that saves the result",
            cause="bad_answer",
        )


class TooSlow(ToolError):
    """A picture took longer than it may."""

    def __init__(self, tool: str, seconds: float) -> None:
        super().__init__(
            f"{tool} had no picture within {seconds:g} s", "raise `patience`, or lower `slots`", cause="transient"
        )


class Client:
    """A client that blocks; close it when it is used no more."""

    def __init__(self, settings: ComfySettings) -> None:
        """Where the server is; nothing is asked yet."""
        self._server = HttpServer(settings)
        self._patience = settings.patience
        self._name = str(uuid.uuid4())
        self.url = self._server.address.url

    def close(self) -> None:
        """Let go of all connections."""
        self._server.close()

    def known(self, classes: Iterable[str]) -> dict[str, Any]:
        """What the server says of classes of nodes; nothing, where it has none of that name."""
        return {name: self._server.json("GET", f"/object_info/{name}").get(name) for name in classes}

    def upload(self, image: Image.Image) -> str:
        """Bring a picture there; gives the name by which nodes find it."""
        data = as_png(image)
        name = f"stepweave-{hashlib.sha256(data).hexdigest()[:12]}.png"
        form = {"type": "input", "overwrite": "true"}
        told = self._server.json("POST", "/upload/image", files={"image": (name, data, "image/png")}, data=form)
        kept, folder = told.get("name"), told.get("subfolder")
        if not isinstance(kept, str):
            raise NotAnApi(self.url, self._server.address.masked(json.dumps(told)))
        return f"{folder}/{kept}" if folder else kept

    def draw(self, nodes: Mapping[str, Any], output: str, tool: str, wanted: Callable[[], bool]) -> tuple[bytes, str]:
        """Have a workflow run, and wait for its picture; gives the file, and the name the server gave the work.

        Raises:
            NotTaken, NotDrawn, NoPicture, TooSlow: there is no picture, and why.
            Unwanted: nobody wants it any more; it was called off there.
            ModelError: the server does not answer as it should.
        """
        work = self._queued(nodes, tool)
        try:
            entry = self._done(work, tool, wanted)
        except (ToolError, ModelError):
            with suppress(ModelError):
                self._call_off(work)
            raise
        return self._picture(entry, output, tool), work

    def _queued(self, nodes: Mapping[str, Any], tool: str) -> str:
        name = str(uuid.uuid4())
        body = {"prompt": nodes, "client_id": self._name, "prompt_id": name}
        status, content = self._server.exchange("POST", "/prompt", accept=(_REFUSED,), json=body)
        told = self._server.parsed(content)
        if status == _REFUSED:
            raise NotTaken(tool, self._server.address.masked(_complaint(told)))
        work = told.get("prompt_id")
        if not isinstance(work, str):
            raise NotAnApi(self.url, self._server.address.masked(json.dumps(told)))
        return work

    def _done(self, work: str, tool: str, wanted: Callable[[], bool]) -> Mapping[str, Any]:
        """What the server's history says of it, once it is in there."""
        deadline, look = time.monotonic() + self._patience, FIRST_LOOK
        while True:
            if not wanted():
                raise Unwanted
            entry = self._server.json("GET", f"/history/{work}").get(work)
            if isinstance(entry, Mapping):
                break
            if time.monotonic() >= deadline:
                raise TooSlow(tool, self._patience)
            time.sleep(look)
            look = min(LONGEST_LOOK, 2 * look)
        if failure := _failure(entry):
            raise NotDrawn(tool, self._server.address.masked(failure))
        return entry

    def _picture(self, entry: Mapping[str, Any], output: str, tool: str) -> bytes:
        outputs = entry.get("outputs")
        made = outputs.get(output) if isinstance(outputs, Mapping) else None
        images = made.get("images") if isinstance(made, Mapping) else None
        if not isinstance(images, list) or not images or not isinstance(images[0], Mapping):
            raise NoPicture(tool, output)
        where = {name: str(images[0].get(name, "")) for name in ("filename", "subfolder", "type")}
        return self._server.content("GET", "/view", params=where)

    def _call_off(self, work: str) -> None:
        """Take it out of the queue; stop it if it is what runs, and nothing else."""
        self._server.content("POST", "/queue", json={"delete": [work]})
        running = self._server.json("GET", "/queue").get("queue_running")
        if isinstance(running, list) and any(work in each for each in running if isinstance(each, list)):
            self._server.content("POST", "/interrupt", json={"prompt_id": work})


def _complaint(told: Mapping[str, Any]) -> str:
    """What a server has against a workflow: of the first node that it names, or as a whole."""
    nodes = told.get("node_errors")
    for number, found in nodes.items() if isinstance(nodes, Mapping) else ():
        errors = found.get("errors") if isinstance(found, Mapping) else None
        for each in errors if isinstance(errors, list) else ():
            if isinstance(each, Mapping):
                kind = found.get("class_type", "")
                return shown(f"node {number} ({kind}): {each.get('message', '')} {each.get('details', '')}")
    error = told.get("error")
    return shown(str(error.get("message", error)) if isinstance(error, Mapping) else str(error or "it says no more"))


def _failure(entry: Mapping[str, Any]) -> str:
    """Why work that has ended failed; empty: it did not."""
    status = entry.get("status")
    if not isinstance(status, Mapping) or status.get("status_str") != "error":
        return ""
    messages = status.get("messages")
    for each in messages if isinstance(messages, list) else ():
        if isinstance(each, list) and len(each) > 1 and each[0] == "execution_error" and isinstance(each[1], Mapping):
            data = each[1]
            where = f"node {data.get('node_id', '?')} ({data.get('node_type', '')})"
            return shown(f"{where}: {data.get('exception_type', '')} {data.get('exception_message', '')}")
    return "it was interrupted, or says no more"
