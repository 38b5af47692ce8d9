"""A real HTTP server that answers by a script, as well or as badly as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    cut: int | None = None
    """Bytes after which the connection breaks."""
    endless: bool = False
    """The body is sent again and again."""
    hangs: float = 0.0
    """Seconds before anything is sent."""


Script = Callable[[Request], Response]


def as_json(data: Any, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(data).encode(), status, {name.replace("_", "-"): text for name, text in headers.items()})


@dataclass(slots=True)
class Server:
    """One that runs."""

    url: str
    requests: list[Request]
    script: Script

    def posted(self) -> list[Any]:
        """The JSON bodies that were posted."""
        return [request.json for request in self.requests if request.method == "POST"]


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server at a port of its own; ``server.script`` may be exchanged at any time."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): text for name, text in self.headers.items()}
            length = int(self.headers.get("content-length") or 0)
            request = Request(self.command, self.path, headers, self.rfile.read(length))
            found.requests.append(request)
            try:
                self._send(found.script(request))
            except OSError:
                self.close_connection = True

        do_POST = do_GET  # noqa: N815 - what the library calls

        def _send(self, response: Response) -> None:
            if stopped.wait(response.hangs):
                return
            self.send_response(response.status)
            for name, text in response.headers.items():
                self.send_header(name, text)
            self.send_header("content-type", response.kind)
            if response.endless:
                self.send_header("connection", "close")
                self.end_headers()
                self.close_connection = True
                while not stopped.is_set():
                    self.wfile.write(response.body)
                return
            self.send_header("content-length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body[: response.cut])
            if response.cut is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    stopped = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        found = Server(f"http://127.0.0.1:{http.server_port}", [], script)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            stopped.set()
            http.shutdown()
            thread.join()
