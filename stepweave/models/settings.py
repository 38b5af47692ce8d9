"""How language models are reached and asked: what can be set about them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from stepweave.messages import Parameter
from stepweave.models.protocol import Sampling

Positive = Annotated[int, Field(ge=1)]


class LanguageSettings(BaseModel):
    """How a language model is asked, wherever it runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str = ""
    """Its id; empty: the only one that the server has."""
    dialect: Literal["json", "tags"] = "json"
    """How it writes answers: JSON held to a schema, or <think>/<answer> as the InterleaveThinker checkpoints do."""
    prompt: Path | None = None
    """A file that says what it is told, instead of our own."""
    slots: Positive = 64
    """Questions under way at a time."""
    image_side: Positive = 1024
    """Pixels of the longer side of a picture that is shown; larger ones are scaled down."""
    temperature: Annotated[float, Field(ge=0, le=10)] = 0.7
    """Randomness of the replies; 0 always takes the likeliest token."""
    top_p: Annotated[float, Field(gt=0, le=1)] = 0.95
    """Share of probability from which tokens are drawn."""
    top_k: Annotated[int, Field(ge=0)] = 0
    """How many of the likeliest tokens are drawn from; 0: all. For servers that take it."""
    min_p: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Share of the likeliest token's probability that others need. For servers that take it."""
    repetition_penalty: Annotated[float, Field(gt=0)] = 1.0
    """Above 1, what was said becomes less likely. For servers that take it."""
    max_tokens: Positive = 4096
    """Tokens of a reply; one that needs more is cut off, which is an error."""
    longest: Positive = 4000
    """Characters of any text in a reply that is held to a schema."""
    most: Positive = 100
    """Members of any list in a reply that is held to a schema."""
    record: Literal["none", "text", "all"] = "text"
    """What the log keeps of calls: nothing, words and settings, or token ids and log-probabilities as well."""
    training: bool = False
    """Sample for training: no schema, temperature 1, all tokens, everything recorded."""

    def sampling(self) -> Sampling:
        """How tokens are drawn."""
        if self.training:
            return Sampling(temperature=1.0, top_p=1.0, max_tokens=self.max_tokens)
        return Sampling(
            temperature=self.temperature,
            top_p=self.top_p,
            top_k=self.top_k,
            min_p=self.min_p,
            repetition_penalty=self.repetition_penalty,
            max_tokens=self.max_tokens,
        )

    @property
    def keeps_tokens(self) -> bool:
        """Whether token ids and log-probabilities are asked for."""
        return self.training or self.record == "all"


class ServerSettings(BaseModel):
    """A server of the OpenAI API."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: str = ""
    """Its address, up to /v1; empty: what OPENAI_BASE_URL says, or else https://api.openai.com/v1."""
    key_env: str = "OPENAI_API_KEY"
    """The environment variable that holds the key; a server of your own needs none."""
    key: SecretStr | None = None
    """The key itself, instead."""
    timeout: Annotated[float, Field(gt=0)] = 120.0
    """Seconds to wait for a reply."""
    retries: Annotated[int, Field(ge=0)] = 2
    """How often a request is sent again at once, with pauses, before the ask is put back."""


class ChatSettings(LanguageSettings, ServerSettings):
    """A language model behind the OpenAI chat API."""

    flavour: Literal["auto", "openai", "vllm", "sglang", "plain"] = "auto"
    """What the server takes beyond the API; auto: it is asked what it is."""
    extra: dict[str, Parameter] = Field(default_factory=dict)
    """Further fields of the request's body."""
    leave_out: tuple[str, ...] = ()
    """Fields of the request's body that the server does not take, such as temperature."""


class EngineSettings(BaseModel):
    """How vLLM runs a model in this process."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str
    """Its folder, or its id on the Hugging Face hub."""
    dtype: str = "auto"
    """Precision of its numbers."""
    context: Positive | None = None
    """Tokens of question and reply together; none: as the model's configuration says."""
    memory: Annotated[float, Field(gt=0, le=1)] = 0.9
    """Share of the device's memory that it takes; less where a generator shares the device."""
    devices: Positive = 1
    """Devices that the model is split over."""
    pictures: Positive = 8
    """Pictures in one question, at most."""
    engine: dict[str, Any] = Field(default_factory=dict)
    """Further arguments of vLLM's engine, such as `enforce_eager` or `quantization`."""


class VllmSettings(LanguageSettings, EngineSettings):
    """A language model that vLLM runs in this process."""

    def for_engine(self) -> EngineSettings:
        """The part that is the engine's: agents with the same share it."""
        return EngineSettings(**{name: getattr(self, name) for name in EngineSettings.model_fields})
