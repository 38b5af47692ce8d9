"""An image generator behind the OpenAI Images API: hosted ones, vLLM-Omni, SGLang, and ``stepweave serve-images``.

Servers of this API agree on prompt, size and pictures; what else they take, and what the field with the pictures is
called, is a matter of their flavour. What a flavour does not take is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import httpx2
import openai
from PIL import Image
from pydantic import BaseModel, Field, ValidationError

from stepweave.messages import Made, Parameter
from stepweave.models.address import Address, bounded_sync, fault_of
from stepweave.models.errors import NotAnApi
from stepweave.models.settings import ServerSettings
from stepweave.tools.knobs import COMMON, FIELDS
from stepweave.tools.protocol import Abilities, Order, Picture, ToolError
from stepweave.tools.remote import as_png, one_by_one, picture_of


class ImagesSettings(ServerSettings):
    """A server of the OpenAI Images API."""

    model: str
    """Its id, as the server names it."""
    flavour: Literal["openai", "vllm-omni", "sglang", "stepweave", "plain"] = "plain"
    """What the server takes beyond the API."""
    image_field: Literal["auto", "image", "image[]"] = "auto"
    """What the field with the source pictures is called; auto: `image` for one, `image[]` for several."""
    references: Annotated[int, Field(ge=0)] = 3
    """How many pictures it can look at beside the one it edits."""
    smallest: Annotated[int, Field(ge=1)] = 256
    """Pixels of a side, at least."""
    largest: Annotated[int, Field(ge=1)] = 4096
    """Pixels of a side, at most."""
    multiple: Annotated[int, Field(ge=1)] = 16
    """What both sides are divisible by."""
    slots: Annotated[int, Field(ge=1)] = 4
    """Pictures under way at a time."""
    licence: str = ""
    """Of what it draws, for the record."""


@dataclass(frozen=True, slots=True)
class _Flavour:
    """What a server takes beyond prompt, size and pictures."""

    seeded: bool
    """Whether it takes a seed."""
    asks_for_bytes: bool
    """Whether it has to be told to send the picture itself and not an address."""
    parameters: tuple[str, ...]


_LOCAL = ("steps", "guidance", "true_cfg", "negative_prompt")
_FLAVOURS: Mapping[str, _Flavour] = {
    "openai": _Flavour(seeded=False, asks_for_bytes=False, parameters=("quality",)),
    "vllm-omni": _Flavour(seeded=True, asks_for_bytes=True, parameters=_LOCAL),
    "sglang": _Flavour(seeded=True, asks_for_bytes=True, parameters=_LOCAL),
    "stepweave": _Flavour(seeded=True, asks_for_bytes=True, parameters=_LOCAL),
    "plain": _Flavour(seeded=True, asks_for_bytes=True, parameters=()),
}


class _Datum(BaseModel):
    b64_json: str | None = None
    url: str | None = None
    revised_prompt: str | None = None


class _Images(BaseModel):
    data: Annotated[list[_Datum], Field(min_length=1, max_length=1)]
    size: str | None = None
    quality: str | None = None
    model: str | None = None


class ImagesApi:
    """Draws over the Images API; implements ``ImageTool``."""

    def __init__(self, settings: ImagesSettings) -> None:
        """How to reach the server; nothing is asked yet.

        Raises:
            KeyMissing: it is the hosted service, and there is no key.
        """
        self._settings = settings
        self._flavour = _FLAVOURS[settings.flavour]
        self._address = Address.of(settings)
        self._client = openai.OpenAI(
            **self._address.options,
            http_client=openai.DefaultHttpxClient(follow_redirects=False, event_hooks={"response": [bounded_sync]}),
        )
        self.name = f"{settings.model} at {self._address.url}"
        self.abilities = Abilities(
            edit=True,
            references=settings.references,
            smallest=settings.smallest,
            largest=settings.largest,
            multiple=settings.multiple,
            parameters={name: COMMON[name] for name in self._flavour.parameters},
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def draw(self, orders: Sequence[Order]) -> Sequence[Picture | ToolError]:
        """Draw every order by a request of its own.

        Raises:
            ModelError: the server does not answer as it should.
        """
        return one_by_one(self, orders, self._drawn)

    def _drawn(self, order: Order) -> Picture:
        fields = self._fields(order)
        answer = self._asked(fields, order.sources)
        return Picture(self._picture(answer.data[0]), made=self._made(fields, answer))

    def _fields(self, order: Order) -> dict[str, Parameter]:
        fields: dict[str, Parameter] = {
            "model": self._settings.model,
            "prompt": order.prompt,
            "size": f"{order.width}x{order.height}",
            "n": 1,
        }
        if self._flavour.asks_for_bytes:
            fields["response_format"] = "b64_json"
        if self._flavour.seeded:
            fields["seed"] = order.seed
        return fields | {FIELDS[name]: value for name, value in order.parameters.items()}

    def _asked(self, fields: Mapping[str, Parameter], sources: Sequence[Image.Image]) -> _Images:
        try:
            if sources:
                response = self._client.post(
                    "/images/edits",
                    cast_to=httpx2.Response,
                    body={name: str(value) for name, value in fields.items()},
                    files=[(self._field(len(sources)), _file(number, image)) for number, image in enumerate(sources)],
                    options={"headers": {"Content-Type": "multipart/form-data"}},
                )
            else:
                response = self._client.post("/images/generations", cast_to=httpx2.Response, body=dict(fields))
            content = response.content
        except openai.OpenAIError as error:
            raise fault_of(error, self._address, self._settings.model) from None
        return self._understood(content)

    def _understood(self, content: bytes) -> _Images:
        try:
            data: Any = json.loads(content)
            return _Images.model_validate(data)
        except (ValidationError, ValueError, RecursionError):
            said = content[:1000].decode("utf-8", "replace")
            raise NotAnApi(self._address.url, self._address.masked(said)) from None

    def _field(self, count: int) -> str:
        if self._settings.image_field != "auto":
            return self._settings.image_field
        return "image" if count == 1 else "image[]"

    def _picture(self, datum: _Datum) -> Image.Image:
        """The picture itself; an address is not followed, for it may lead anywhere."""
        text = datum.b64_json or ""
        if not text and datum.url and datum.url.startswith("data:image/"):
            text = datum.url
        if not text:
            raise ToolError(
                f"{self.name} sent no picture but {'an address' if datum.url else 'nothing'}",
                "have the server send pictures as b64_json (its setting, or another `flavour`)",
            )
        return picture_of(text, self.name, self._settings.largest)

    def _made(self, fields: Mapping[str, Parameter], answer: _Images) -> Made:
        said = {"size": answer.size, "quality": answer.quality, "model": answer.model}
        said["revised_prompt"] = answer.data[0].revised_prompt
        return Made(
            model=self._settings.model,
            licence=self._settings.licence,
            device=self._address.url,
            seeded=self._flavour.seeded,
            used={name: value for name, value in fields.items() if name not in ("prompt", "model", "n")},
            told={name: value for name, value in said.items() if value},
        )


def _file(number: int, image: Image.Image) -> tuple[str, bytes, str]:
    return f"source-{number + 1}.png", as_png(image), "image/png"
