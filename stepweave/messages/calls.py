"""Calls of models: what was really sent and what really came back, as part of the answers they led to.

They stand in the answer itself, so that they are in the log exactly once and with it, and trajectories have them for
nothing. States do not keep them: no decision depends on them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stepweave.messages.values import Blob, Parameter, Value

Count = Annotated[int, Field(ge=0)]


class Said(Value):
    """A message to or from a language model: words and pictures in their order."""

    role: Literal["system", "user", "assistant"]
    parts: tuple[str | Blob, ...]


class Call(Value):
    """One question to a language model, and one of its replies."""

    model: str
    """As the server names it."""
    version: str = ""
    """Of the server or the weights, as far as it says so."""
    policy: str = ""
    """Which prompt and dialect: ``judge/json/`` and the first digits of the SHA-256 of the prompt's text."""
    said: tuple[Said, ...] = ()
    """What it was told, exactly; empty where that is not recorded."""
    text: str = ""
    """What it replied, exactly."""
    finish: str = ""
    """Why it stopped, in the server's words."""
    prompt_ids: tuple[int, ...] = ()
    """Tokens of what it was told, pictures among them; empty: the server does not say."""
    ids: tuple[int, ...] = ()
    """Tokens of its reply; empty: the server does not say."""
    logprobs: tuple[float, ...] = ()
    """Natural logarithm of the probability of each token of the reply."""
    logprobs_of: Literal["", "raw", "processed", "masked"] = ""
    """Before temperature, after it, or after it among the tokens that a schema allows; empty: there are none."""
    sampling: dict[str, Parameter] = {}  # noqa: RUF012 - pydantic copies it
    """Every setting that sampling depends on, as it was sent."""
    prompt_tokens: Count = 0
    completion_tokens: Count = 0
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """From the question to the reply."""
    mended: bool = False
    """Whether the reply was not quite in notation."""
    fault: str = ""
    """Why it is no answer; empty: it is one."""

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.prompt_tokens + self.completion_tokens


class Made(Value):
    """How a picture was made: what it takes to make it again, and whose rights are in it."""

    model: str
    """Its id, folder or name on the server."""
    revision: str = ""
    """The commit of its weights."""
    licence: str = ""
    """Of the weights, as their card says it (SPDX where it does)."""
    adapters: tuple[str, ...] = ()
    """Adapters (LoRA) with their weights."""
    device: str = ""
    batch: Annotated[int, Field(ge=1)] = 1
    """How many pictures were drawn in one go; the same seed in another batch gives the same one but for rounding."""
    seeded: bool = True
    """Whether the seed was used; some servers take none."""
    used: dict[str, Parameter] = {}  # noqa: RUF012 - pydantic copies it
    """Every parameter as it was passed on."""
    told: dict[str, Parameter] = {}  # noqa: RUF012 - pydantic copies it
    """What a server said of the picture."""
