"""Chat completions in the shapes in which servers send them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.servers.http import Request, Response, Script, as_json

MODEL = "tiny/model"


def completion(*texts: str, finish: str = "stop", prompt: int = 10, written: int = 5, **further: Any) -> dict[str, Any]:
    """A completion with a choice for each text."""
    choices = [
        {"index": index, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        for index, text in enumerate(texts)
    ]
    usage = {"prompt_tokens": prompt, "completion_tokens": written * len(texts)}
    whole = {"id": "x", "object": "chat.completion", "model": MODEL, "choices": choices, "usage": usage}
    return whole | further


def spelled(text: str, ids: Sequence[int], logprobs: Sequence[float], tokens: Sequence[str]) -> dict[str, Any]:
    """A completion with tokens, as vLLM gives them."""
    found = completion(text, prompt_token_ids=[1, 2, 3])
    said = [{"token": token, "logprob": logprob} for token, logprob in zip(tokens, logprobs, strict=True)]
    found["choices"][0] |= {"token_ids": list(ids), "logprobs": {"content": said}}
    return found


def vllm(answer: Callable[[Any], Any | Response]) -> Script:
    """A server like vLLM: ``answer`` is given the body of every chat request."""

    def script(request: Request) -> Response:
        if request.path == "/version":
            return as_json({"version": "0.32.0"})
        if request.path == "/v1/models":
            return as_json({"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        if request.path != "/v1/chat/completions":
            return as_json({"detail": "Not Found"}, 404)
        found = answer(request.json)
        return found if isinstance(found, Response) else as_json(found)

    return script


def words_of(body: Any) -> str:
    """All that a chat request says in words."""
    said: list[str] = []
    for message in body["messages"]:
        content = message["content"]
        said += [content] if isinstance(content, str) else [part["text"] for part in content if part["type"] == "text"]
    return "\n".join(said)


def pictures_of(body: Any) -> list[str]:
    """The data URLs of the pictures in a chat request, in their order."""
    return [
        part["image_url"]["url"]
        for message in body["messages"]
        if not isinstance(message["content"], str)
        for part in message["content"]
        if part["type"] == "image_url"
    ]
