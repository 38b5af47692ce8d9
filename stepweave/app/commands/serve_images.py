"""``stepweave serve-images``: an image tool of ours behind the OpenAI Images API, without a broker."""

from __future__ import annotations

import argparse
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from stepweave.agents import registry
from stepweave.agents.generator import Generator
from stepweave.app import exits
from stepweave.app.failures import UsageError
from stepweave.app.loop import until_told
from stepweave.app.settings import Settings
from stepweave.app.sources import load
from stepweave.app.stderr import say
from stepweave.observability.logs import configure

NEEDS = ("starlette", "uvicorn", "python_multipart")
"""Packages of the extra ``serve``."""


def main(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; SIGTERM and Ctrl-C let pictures under way be finished."""
    settings = load({}).settings
    configure(settings.log_level)
    _check_installed()
    from stepweave.app.images_server.listening import bound, is_loopback  # only now it is known to be there

    generator = drawing(arguments.generator)
    key = key_from(arguments.key_env, os.environ)
    if not key and not arguments.without_key and not is_loopback(arguments.host):
        raise UsageError(
            f"{arguments.host} can be reached by others, and there is no key; name the variable that holds one with "
            "--key-env, or say --without-key if everybody may draw"
        )
    with bound(arguments.host, arguments.port) as at, suppress(KeyboardInterrupt):
        until_told(_serve, settings, generator, at, key, arguments.model or "")
    say("stopped")
    return exits.OK


def drawing(spec: str) -> Generator[Any]:
    """The generator of this name, if there is a tool to serve.

    Raises:
        UnknownAgent, MissingExtra: it is not there.
        UsageError: it is an agent and no more.
    """
    name = registry.full_name(spec)
    found = registry.load(name)
    if not isinstance(found, Generator):
        raise UsageError(
            f"{name} answers on the bus only, there is no image tool to serve; choose one made as a `Generator`, "
            "such as generator:sketch (docs/roles.md says how to make one)"
        )
    return found


def key_from(name: str | None, environ: Mapping[str, str]) -> str:
    """The key that clients have to show; empty if no variable is named.

    Raises:
        UsageError: the variable holds none.
    """
    if name is None:
        return ""
    key = environ.get(name, "")
    if not key or not key.isascii() or not key.isprintable() or key != key.strip():
        what = "is not set" if not key else "holds what cannot be sent in a header (spaces, line ends, or not ASCII)"
        raise UsageError(f"{name} {what}; put the key into that variable")
    return key


def _check_installed() -> None:
    for name in NEEDS:
        if find_spec(name) is None:
            raise UsageError(f"serve-images needs {name}, which is not installed; pip install 'stepweave[serve]'")


async def _serve(settings: Settings, generator: Generator[Any], at: socket.socket, key: str, model: str) -> None:
    from stepweave.app.images_server.application import Application
    from stepweave.app.images_server.desk import Desk
    from stepweave.app.images_server.listening import listening

    desk = Desk(generator, settings.agents, settings.serve, model)
    application = Application(desk, settings.serve, settings.intake, key)
    host, port = at.getsockname()[:2]
    async with listening(application.starlette(), at):
        say(f"listening at http://{f'[{host}]' if ':' in host else host}:{port}/v1; /health says when it is ready")
        await desk.run()
