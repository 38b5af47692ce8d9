"""A generator behind the edit server of the InterleaveThinker repository: ``POST /edit``.

That server takes prompt, seed and at most one picture, and leaves out of account whatever else it is sent; so nothing
else is sent but what the settings say it is made for.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Annotated

from PIL import Image
from pydantic import Field

from stepweave.messages import Made, Parameter
from stepweave.models.settings import ServerSettings
from stepweave.tools.http import HttpServer
from stepweave.tools.knobs import Knob
from stepweave.tools.protocol import Abilities, Order, Picture, ToolError
from stepweave.tools.remote import as_png, one_by_one, picture_of


class InterleaveEditSettings(ServerSettings):
    """An edit server."""

    url: str
    """Its address."""
    size: Annotated[int, Field(ge=1)] = 1024
    """Pixels of a side of what it draws; it draws no other size."""
    honours: tuple[str, ...] = ()
    """Parameters that this server really goes by, such as steps; others are refused."""
    model: str = ""
    """What it draws with, for the record."""
    licence: str = ""
    """Of what it draws, for the record."""
    slots: Annotated[int, Field(ge=1)] = 1
    """Pictures under way at a time."""


class NotEdited(ToolError):
    """The server says that it could not draw."""

    def __init__(self, tool: str, why: str) -> None:
        super().__init__(f"{tool} could not draw: {why}", "see the server's log", cause="transient")


class InterleaveEdit:
    """Draws over such a server; implements ``ImageTool``."""

    def __init__(self, settings: InterleaveEditSettings) -> None:
        """How to reach it; nothing is asked yet."""
        self._settings = settings
        self._server = HttpServer(settings)
        self.name = f"{settings.model or 'the edit server'} at {self._server.address.url}"
        self.abilities = Abilities(
            edit=True,
            smallest=settings.size,
            largest=settings.size,
            parameters=dict.fromkeys(settings.honours, Knob("passed on as it is")),
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._server.close()

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw every order by a request of its own.

        Raises:
            ModelError: the server does not answer as it should.
        """
        return one_by_one(self, orders, self._drawn)

    def _drawn(self, order: Order) -> Picture:
        used: dict[str, Parameter] = {"seed": order.seed, **order.parameters}
        return Picture(
            self._edited(order),
            made=Made(
                model=self._settings.model or "unknown",
                licence=self._settings.licence,
                device=self._server.address.url,
                used=used,
            ),
        )

    def _edited(self, order: Order) -> Image.Image:
        source = base64.b64encode(as_png(order.sources[0])).decode() if order.sources else None
        body = {**order.parameters, "image": source, "prompt": order.prompt, "seed": order.seed}
        answer: Mapping[str, object] = self._server.json("POST", "/edit", json=body)
        text = answer.get("edited_image")
        if not answer.get("success") or not isinstance(text, str):
            why = answer.get("error") or answer.get("message") or "it says no more"
            raise NotEdited(self.name, self._server.address.masked(str(why)))
        return picture_of(text, self.name, self._settings.size)
