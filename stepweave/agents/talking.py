"""Talking to a language model until what it says can be read: asked, read, and asked once more with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import anyio

from stepweave.agents.agent import AgentError
from stepweave.bus import BlobStore
from stepweave.messages import Blob, Call
from stepweave.models.errors import ModelError
from stepweave.models.protocol import LanguageModel, Question, Replies, Reply
from stepweave.models.settings import LanguageSettings
from stepweave.policies.language.asking import again
from stepweave.policies.language.plans import BadPlan
from stepweave.policies.language.reading import ReadError

T = TypeVar("T")

TRIES = 2
"""How often a reply is asked for: once more with what was wrong with the first."""

Understand = Callable[[Reply], tuple[T, bool]]
"""From a reply to what it means, and whether it had to be mended; raises what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Meant(Generic[T]):
    """What a model means, and the calls it took to find out."""

    value: T
    calls: tuple[Call, ...]

    @property
    def tokens(self) -> int:
        """Tokens read and written for it."""
        return sum(call.tokens for call in self.calls)


class NoMeaning(AgentError):
    """A model was asked twice, and neither reply can be used."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Questions to one model, recorded."""

    model: LanguageModel
    settings: LanguageSettings
    policy: str
    """How it is recorded: kind of question, dialect, digest of the prompt."""

    async def hold(self, question: Question, understand: Understand[T], blobs: BlobStore) -> list[Meant[T] | Exception]:
        """Ask, and give what each reply means; a reply that cannot be read is asked for once more, by itself.

        Raises:
            ModelError: the model gives no reply.
        """
        pictures = await _pictures(question, blobs)
        replies = await self.model.ask(question, pictures)
        found: dict[int, Meant[T] | Exception] = {}

        async def settle(place: int, reply: Reply) -> None:
            found[place] = await self._meant(question, pictures, understand, (replies, place, reply))

        async with anyio.create_task_group() as group:
            for place, reply in enumerate(replies.replies):
                group.start_soon(settle, place, reply)
        return [found[place] for place in range(len(replies.replies))]

    async def _meant(
        self,
        question: Question,
        pictures: Mapping[str, bytes],
        understand: Understand[T],
        first: tuple[Replies, int, Reply],
    ) -> Meant[T] | Exception:
        replies, place, reply = first
        share, costs, calls = len(replies.replies), place == 0, tuple[Call, ...]()
        while True:
            record = partial(self._call, question, replies, reply, share=share, first=costs)
            try:
                value, mended = understand(reply)
                return Meant(value, (*calls, record(mended=mended)))
            except (ReadError, BadPlan) as error:
                calls = (*calls, record(fault=str(error)))
                if len(calls) == TRIES:
                    return self._given_up(error, calls)
                question = again(question, reply.text, str(error))
            try:
                replies = await self.model.ask(question, pictures)
            except ModelError as error:
                error.calls = calls
                return error
            reply, share, costs = replies.replies[0], 1, True

    def _given_up(self, error: Exception, calls: tuple[Call, ...]) -> AgentError:
        reason = f"{self.model.name} was asked twice and gave no usable answer: {error}"
        remedy = "see what it wrote in the log; a larger model, another `dialect` or a lower `temperature` may help"
        return NoMeaning(reason, remedy, cause="bad_answer", kind=type(error).__name__, calls=calls, final=True)

    def _call(
        self,
        question: Question,
        replies: Replies,
        reply: Reply,
        *,
        share: int,
        first: bool,
        mended: bool = False,
        fault: str = "",
    ) -> Call:
        """A reply, recorded as the settings want it. What a question cost is with its first reply."""
        keep, all_ = self.settings.record != "none", self.settings.keeps_tokens
        written = len(reply.ids) or replies.completion_tokens // share
        return Call(
            model=replies.model,
            version=replies.version,
            policy=self.policy,
            said=question.said if keep else (),
            text=reply.text if keep else "",
            finish=reply.finish,
            prompt_ids=replies.prompt_ids if all_ else (),
            ids=reply.ids if all_ else (),
            logprobs=reply.logprobs if all_ else (),
            logprobs_of=replies.logprobs_of if all_ and reply.logprobs else "",
            sampling=dict(replies.sampling),
            prompt_tokens=replies.prompt_tokens if first else 0,
            completion_tokens=written,
            seconds=round(replies.seconds, 6),
            mended=mended,
            fault=fault,
        )


async def _pictures(question: Question, blobs: BlobStore) -> dict[str, bytes]:
    wanted = {part for said in question.said for part in said.parts if isinstance(part, Blob)}
    return {blob.sha256: await blobs.get(blob) for blob in wanted}
