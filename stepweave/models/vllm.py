"""A language model that vLLM runs in this process: the engine behind its server, without the server."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping
from typing import Any

import anyio

import stepweave.models.vllm_environment  # noqa: F401 - before vllm is imported

# isort: split
import vllm
from vllm import AsyncEngineArgs, SamplingParams
from vllm.exceptions import VLLMClientError, VLLMServerError
from vllm.outputs import CompletionOutput, RequestOutput
from vllm.renderers import ChatParams
from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams
from vllm.v1.engine.async_llm import AsyncLLM

from stepweave.messages import Said
from stepweave.models.conversation import messages, shown
from stepweave.models.errors import CannotStart, EngineDied, RequestRefused, TooLong
from stepweave.models.protocol import Question, Replies, Reply, Sampling
from stepweave.models.settings import EngineSettings

LOOK = 1.0
"""Seconds between two looks at whether the engine is alive."""
_NUMBERS = itertools.count()


class Engine:
    """One model; close it when it is used no more. It is started by the first question, and again after it died."""

    def __init__(self, settings: EngineSettings, *, image_side: int, ids: bool) -> None:
        """How it is run; nothing is loaded yet.

        Args:
            settings: of the engine.
            image_side: pixels of the longer side of a picture that is shown.
            ids: whether log-probabilities are asked for.
        """
        self._settings = settings
        self._image_side = image_side
        self._ids = ids
        self._engine: AsyncLLM | None = None
        self._starting = asyncio.Lock()
        self.version = f"vLLM {vllm.__version__}"

    @property
    def name(self) -> str:
        """The model, for people."""
        return f"{self._settings.model} in this process"

    async def aclose(self) -> None:
        """End the engine and give its memory back."""
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await asyncio.to_thread(engine.shutdown)

    async def start(self) -> AsyncLLM:
        """The engine, started if it does not run; that takes a minute and more.

        Raises:
            CannotStart: it cannot be run as it is set up.
        """
        async with self._starting:
            if self._engine is not None and self._engine.errored:
                await self.aclose()
            if self._engine is None:
                self._engine = await asyncio.to_thread(_started, self._settings)
            return self._engine

    async def probe(self) -> str:
        """See :class:`~stepweave.models.protocol.LanguageModel`."""
        said = (Said(role="user", parts=("Say yes.",)),)
        await self.ask(Question(said, sampling=Sampling(max_tokens=1)), {})
        return f"{self._settings.model} {self.version}"

    async def ask(self, question: Question, pictures: Mapping[str, bytes]) -> Replies:
        """See :class:`~stepweave.models.protocol.LanguageModel`."""
        engine = await self.start()
        seen = await asyncio.to_thread(shown, question, pictures, self._image_side)
        told, parameters = messages(question.said, seen), _parameters(question, ids=self._ids)
        started = time.monotonic()
        output = await self._asked(engine, told, parameters)
        prompt_ids = tuple(output.prompt_token_ids or ())
        return Replies(
            replies=tuple(_reply(each) for each in output.outputs),
            model=self._settings.model,
            version=self.version,
            prompt_ids=prompt_ids if self._ids else (),
            prompt_tokens=len(prompt_ids),
            completion_tokens=sum(len(each.token_ids) for each in output.outputs),
            logprobs_of="raw" if self._ids else "",
            seconds=time.monotonic() - started,
            sampling={**question.sampling.record(), "n": question.n},
        )

    async def _asked(self, engine: AsyncLLM, told: list[dict[str, Any]], parameters: SamplingParams) -> RequestOutput:
        """The finished output; whoever is called off meanwhile takes the question back with them.

        An engine that is killed does not always tell those who wait for it, so it is looked after meanwhile.
        """
        output: RequestOutput | None = None
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_until_dead, engine, group.cancel_scope)
                template = ChatParams(chat_template_kwargs={"add_generation_prompt": True})
                _, (rendered,) = await engine.renderer.render_chat_async([told], template)
                async for each in engine.generate(rendered, parameters, f"stepweave-{next(_NUMBERS)}"):
                    output = each
                group.cancel_scope.cancel()
        except BaseExceptionGroup as errors:
            raise self._told(errors) from errors
        if output is None:
            raise EngineDied(self._settings.model, "its process has ended")
        return output

    def _told(self, errors: BaseExceptionGroup[BaseException]) -> BaseException:
        """What went wrong, as one of our errors where it is one of vLLM's."""
        error = errors.exceptions[0]
        if isinstance(error, VLLMServerError):
            return EngineDied(self._settings.model, str(error))
        if isinstance(error, VLLMClientError | ValueError):
            why = str(error)
            return TooLong(self.name, why) if "context length" in why else RequestRefused(self.name, 400, why)
        return error


async def _until_dead(engine: AsyncLLM, scope: anyio.CancelScope) -> None:
    """End what waits for an engine once it is dead."""
    while not engine.errored:  # noqa: ASYNC110 - it tells nobody
        await anyio.sleep(LOOK)
    scope.cancel()


def _started(settings: EngineSettings) -> AsyncLLM:
    try:
        arguments = AsyncEngineArgs(
            model=settings.model,
            dtype=settings.dtype,
            max_model_len=settings.context,
            gpu_memory_utilization=settings.memory,
            tensor_parallel_size=settings.devices,
            limit_mm_per_prompt={"image": settings.pictures},
            # A model that may put blanks between the parts of JSON can go on with them until its limit.
            structured_outputs_config={"backend": "xgrammar", "disable_any_whitespace": True},
            **settings.engine,
        )
        return AsyncLLM.from_engine_args(arguments)
    except Exception as error:  # whatever vLLM, its engine's process or the hub raise
        raise CannotStart(settings.model, str(error) or type(error).__name__) from error


def _parameters(question: Question, *, ids: bool) -> SamplingParams:
    sampling = question.sampling
    return SamplingParams(
        n=question.n,
        temperature=sampling.temperature,
        top_p=sampling.top_p,
        top_k=sampling.top_k,
        min_p=sampling.min_p,
        repetition_penalty=sampling.repetition_penalty,
        max_tokens=sampling.max_tokens,
        seed=sampling.seed,
        logprobs=0 if ids else None,
        structured_outputs=StructuredOutputsParams(json=dict(question.schema)) if question.schema else None,
        output_kind=RequestOutputKind.FINAL_ONLY,
    )


def _reply(output: CompletionOutput) -> Reply:
    ids = tuple(output.token_ids)
    said = [(position[token], token) for position, token in zip(output.logprobs or (), ids, strict=False)]
    return Reply(
        text=output.text,
        finish=output.finish_reason or "",
        ids=ids if said else (),
        tokens=tuple(each.decoded_token or "" for each, _ in said),
        logprobs=tuple(min(0.0, each.logprob) for each, _ in said),
    )
