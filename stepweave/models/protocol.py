"""What a language model is to an agent: a question, and as many replies as were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from stepweave.messages import Parameter, Said

Logprobs = Literal["", "raw", "processed", "masked"]
"""See :class:`~stepweave.messages.calls.Call`."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are drawn. Every one of these is sent: what a request leaves out, servers take from the model's own
    defaults, and nobody knows what they were."""

    temperature: float = 0.7
    top_p: float = 0.95
    top_k: int = 0
    """0: all."""
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    max_tokens: int = 4096
    """Of a reply."""
    seed: int | None = None

    def record(self) -> dict[str, Parameter]:
        """For the log."""
        named: dict[str, Parameter] = {
            "temperature": self.temperature,
            "top_p": self.top_p,
            "top_k": self.top_k,
            "min_p": self.min_p,
            "repetition_penalty": self.repetition_penalty,
            "max_tokens": self.max_tokens,
        }
        return named if self.seed is None else named | {"seed": self.seed}


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked."""

    said: tuple[Said, ...]
    schema: Mapping[str, Any] | None = None
    """JSON Schema that the reply has to fit; ``None``: it is free."""
    n: int = 1
    """How many replies."""
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True)
class Reply:
    """One of the replies."""

    text: str
    finish: str = ""
    """Why it ended, in the server's words; empty: it does not say."""
    ids: tuple[int, ...] = ()
    """Its tokens."""
    tokens: tuple[str, ...] = ()
    """The same as text."""
    logprobs: tuple[float, ...] = ()
    """Natural logarithms of their probabilities."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What came back for a question, and what it cost."""

    replies: tuple[Reply, ...]
    model: str
    version: str = ""
    prompt_ids: tuple[int, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    """Of all replies together."""
    logprobs_of: Logprobs = ""
    seconds: float = 0.0
    sampling: Mapping[str, Parameter] = field(default_factory=dict)
    """As it was really sent."""


class LanguageModel(Protocol):
    """A model that is told words and pictures and replies in words."""

    @property
    def name(self) -> str:
        """What it is, for people."""
        ...

    async def ask(self, question: Question, pictures: Mapping[str, bytes]) -> Replies:
        """Ask it.

        Args:
            question: what to ask.
            pictures: PNG or JPEG bytes of every picture in the question, by SHA-256.

        Raises:
            ModelError: there is no reply.
        """
        ...

    async def probe(self) -> str:
        """Ask for one token, for a server can be up and its model down; gives what it says of itself.

        Raises:
            ModelError: it does not work.
        """
        ...
