"""What servers of the OpenAI chat API take and tell beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stepweave.models.protocol import Logprobs, Question, Sampling

Limit = Literal["max_tokens", "max_completion_tokens"]


@dataclass(frozen=True, slots=True)
class Flavour:
    """One kind of server."""

    name: str
    samples: bool
    """Whether it takes settings of sampling beyond temperature and top_p."""
    tells_ids: bool
    """Whether it tells the ids of tokens, if asked to."""
    limit: Limit
    """The field that bounds a reply."""

    def body(self, question: Question, *, ids: bool) -> dict[str, Any]:
        """The fields of a request that say how to reply."""
        sampling = question.sampling
        fields: dict[str, Any] = {
            "n": question.n,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            self.limit: sampling.max_tokens,
        }
        if sampling.seed is not None:
            fields["seed"] = sampling.seed
        if question.schema is not None:
            schema = {"name": "answer", "schema": question.schema, "strict": True}
            fields["response_format"] = {"type": "json_schema", "json_schema": schema}
        if self.samples:
            fields |= _further(sampling)
        if ids:
            fields["logprobs"] = True
            if self.tells_ids:
                fields["return_token_ids"] = True
        return fields

    def logprobs_of(self, question: Question) -> Logprobs:
        """What its log-probabilities are of, as far as it is known: vLLM's are raw unless it is started otherwise."""
        if self.name in ("vllm", "openai"):
            return "raw"
        return "processed" if question.schema is None else "masked"


def _further(sampling: Sampling) -> dict[str, Any]:
    return {
        "top_k": sampling.top_k or -1,
        "min_p": sampling.min_p,
        "repetition_penalty": sampling.repetition_penalty,
    }


FLAVOURS: Mapping[str, Flavour] = {
    flavour.name: flavour
    for flavour in (
        Flavour("openai", samples=False, tells_ids=False, limit="max_completion_tokens"),
        Flavour("vllm", samples=True, tells_ids=True, limit="max_completion_tokens"),
        Flavour("sglang", samples=True, tells_ids=True, limit="max_completion_tokens"),
        Flavour("plain", samples=False, tells_ids=False, limit="max_tokens"),
    )
}


def ids_of(choice: Mapping[str, Any]) -> tuple[int, ...]:
    """The tokens of a reply, where the server tells them."""
    found = choice.get("token_ids") or choice.get("output_ids") or ()
    return tuple(found) if all(isinstance(each, int) for each in found) else ()


def prompt_ids_of(response: Mapping[str, Any], choice: Mapping[str, Any]) -> tuple[int, ...]:
    """The tokens of what the model was told, where the server tells them: vLLM beside the replies, SGLang in each."""
    found = response.get("prompt_token_ids") or choice.get("prompt_token_ids") or ()
    return tuple(found) if all(isinstance(each, int) for each in found) else ()
