"""A language model behind the OpenAI chat API: vLLM, SGLang, hosted ones, and whatever else speaks it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import httpx2
import openai

from stepweave.messages import Parameter, Said
from stepweave.models.address import HOSTED, Address, bounded, fault_of
from stepweave.models.completion import BadCompletion, Completion, completion_of
from stepweave.models.conversation import messages, shown
from stepweave.models.errors import NoSuchModel, NotAnApi
from stepweave.models.flavours import FLAVOURS, Flavour
from stepweave.models.protocol import Question, Replies
from stepweave.models.settings import ChatSettings

LOOK = 10.0
"""Seconds to wait for what a server says of itself."""


class Chat:
    """A model behind a server; close it when it is used no more."""

    def __init__(self, settings: ChatSettings) -> None:
        """How to reach it; nothing is asked yet.

        Raises:
            KeyMissing: the server is not our own, and there is no key.
        """
        self.settings = settings
        self._address = Address.of(settings)
        self.url = self._address.url
        self._client = openai.AsyncOpenAI(
            **self._address.options,
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False, event_hooks={"response": [bounded]}),
        )
        self._known: tuple[Flavour, str, str] | None = None
        """Flavour, version and model, once the server was asked."""
        self._asking = asyncio.Lock()

    @property
    def name(self) -> str:
        """The model and where it is, for people."""
        return f"{self.settings.model or 'the model'} at {self.url}"

    async def aclose(self) -> None:
        """Let go of all connections."""
        await self._client.close()

    async def probe(self) -> str:
        """See :class:`~stepweave.models.protocol.LanguageModel`."""
        flavour, version, model = await self._server()
        said = (Said(role="user", parts=("Say yes.",)),)
        body = {"model": model, "messages": messages(said, {}), flavour.limit: 1}
        completion = await self._complete(body, 1)
        return " ".join(filter(None, (completion.model or model, version)))

    async def ask(self, question: Question, pictures: Mapping[str, bytes]) -> Replies:
        """See :class:`~stepweave.models.protocol.LanguageModel`."""
        flavour, version, model = await self._server()
        seen = await asyncio.to_thread(shown, question, pictures, self.settings.image_side)
        body = {"model": model, "messages": messages(question.said, seen)}
        body |= flavour.body(question, ids=self.settings.keeps_tokens) | self.settings.extra
        for name in self.settings.leave_out:
            body.pop(name, None)
        started = time.monotonic()
        completion = await self._complete(body, question.n)
        return Replies(
            replies=completion.replies,
            model=completion.model or model,
            version=version or completion.fingerprint,
            prompt_ids=completion.prompt_ids,
            prompt_tokens=completion.prompt_tokens,
            completion_tokens=completion.completion_tokens,
            logprobs_of=flavour.logprobs_of(question) if any(each.logprobs for each in completion.replies) else "",
            seconds=time.monotonic() - started,
            sampling=_settings(body),
        )

    async def _complete(self, body: Mapping[str, Any], n: int) -> Completion:
        data = await self._send("post", "/chat/completions", body)
        try:
            return completion_of(data, n)
        except BadCompletion as error:
            raise NotAnApi(self.url, self._address.masked(str(error))) from None

    async def _server(self) -> tuple[Flavour, str, str]:
        """What the server is: its flavour, its version and the model's id; it is asked once."""
        async with self._asking:
            if self._known is None:
                version = await self._version()
                flavour = self.settings.flavour
                if flavour == "auto":
                    flavour = "openai" if self.url == HOSTED else "vllm" if version else "plain"
                self._known = FLAVOURS[flavour], f"vLLM {version}" if version else "", await self._model()
            return self._known

    async def _version(self) -> str:
        """The version of vLLM, if it is that."""
        if self.url == HOSTED or self.settings.flavour not in ("auto", "vllm"):
            return ""
        root = self.url.removesuffix("/v1")
        client = self._client.with_options(timeout=min(LOOK, self.settings.timeout), max_retries=0)
        try:
            response = await client.get(f"{root}/version", cast_to=httpx2.Response)
            found = json.loads(response.content)
        except (openai.OpenAIError, ValueError):
            return ""
        version = found.get("version") if isinstance(found, dict) else None
        return version if isinstance(version, str) else ""

    async def _model(self) -> str:
        if self.settings.model:
            return self.settings.model
        data = await self._send("get", "/models")
        listed = data.get("data") if isinstance(data, dict) else None
        there = [str(each["id"]) for each in listed or () if isinstance(each, dict) and "id" in each]
        if len(there) != 1:
            raise NoSuchModel(self.url, "", there)
        return there[0]

    async def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The body of a response; errors as ours."""
        try:
            if method == "get":
                response = await self._client.get(path, cast_to=httpx2.Response)
            else:
                response = await self._client.post(path, cast_to=httpx2.Response, body=dict(body or {}))
            content = response.content
        except openai.OpenAIError as error:
            raise fault_of(error, self._address, self.settings.model) from None
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise NotAnApi(self.url, self._address.masked(content[:1000].decode("utf-8", "replace"))) from None


def _settings(body: Mapping[str, Any]) -> dict[str, Parameter]:
    """What of a request is a setting."""
    return {name: value for name, value in body.items() if name != "model" and isinstance(value, Parameter)}
