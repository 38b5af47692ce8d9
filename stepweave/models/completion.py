"""A chat completion as it comes over the wire, taken apart and checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from stepweave.models.flavours import ids_of, prompt_ids_of
from stepweave.models.protocol import Reply


class BadCompletion(ValueError):
    """What came is no chat completion, or not the one that was asked for."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None
    reasoning: str | None = None
    reasoning_content: str | None = None


class _Token(BaseModel):
    token: str
    logprob: float


class _Logprobs(BaseModel):
    content: list[_Token] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    model: str = ""
    system_fingerprint: str | None = None
    usage: _Usage | None = None


class Completion(BaseModel):
    """What is used of one."""

    replies: tuple[Reply, ...]
    model: str
    fingerprint: str
    prompt_ids: tuple[int, ...]
    prompt_tokens: int
    completion_tokens: int


def completion_of(data: Any, n: int) -> Completion:
    """Take a chat completion apart.

    What a reasoning model thought is put back before its answer, in the tags that a server took it from.

    Args:
        data: the body of the response.
        n: how many replies were asked for.

    Raises:
        BadCompletion: it is none, or has not so many replies.
    """
    if isinstance(data, Mapping) and data.get("error"):
        error = data["error"]
        raise BadCompletion(str(error.get("message", error)) if isinstance(error, Mapping) else str(error))
    try:
        found = _Completion.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadCompletion(f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}") from None
    if len(found.choices) != n:
        raise BadCompletion(f"{len(found.choices)} replies where {n} were asked for")
    raw = [choice if isinstance(choice, Mapping) else {} for choice in data["choices"]]
    usage = found.usage or _Usage()
    return Completion(
        replies=tuple(_reply(choice, ids_of(each)) for choice, each in zip(found.choices, raw, strict=True)),
        model=found.model,
        fingerprint=found.system_fingerprint or "",
        prompt_ids=prompt_ids_of(data, raw[0]),
        prompt_tokens=max(0, usage.prompt_tokens),
        completion_tokens=max(0, usage.completion_tokens),
    )


def _reply(choice: _Choice, ids: tuple[int, ...]) -> Reply:
    message = choice.message
    thought = message.reasoning or message.reasoning_content
    text = message.content or message.refusal or ""
    said = choice.logprobs.content or [] if choice.logprobs else []
    whole = not ids or not said or len(ids) == len(said)  # else nobody knows which belongs to which
    return Reply(
        text=f"<think>{thought}</think>{text}" if thought else text,
        finish=choice.finish_reason or "",
        ids=ids if whole else (),
        tokens=tuple(token.token for token in said) if whole else (),
        logprobs=tuple(min(0.0, token.logprob) for token in said) if whole else (),
    )
