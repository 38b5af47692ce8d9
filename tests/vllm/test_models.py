"""Language models on real vLLM, behind its server and in this process: both are asked the same and say the same."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
import torch
from PIL import Image
from transformers import AutoProcessor, Qwen3VLForConditionalGeneration

from stepweave.messages import Blob, MakePlan, Said
from stepweave.models.chat import Chat
from stepweave.models.errors import CannotStart, EngineDied, RequestRefused, TooLong
from stepweave.models.protocol import LanguageModel, Question, Replies, Sampling
from stepweave.models.settings import ChatSettings, EngineSettings
from stepweave.models.vllm import Engine
from stepweave.policies.language.asking import Manner, plan_question
from stepweave.policies.language.dialects import DIALECTS
from stepweave.policies.language.prompt import load
from stepweave.policies.language.reading import read
from stepweave.policies.language.wire import WirePlan, WireVerdict, schema_of

pytestmark = [pytest.mark.vllm, pytest.mark.anyio]

WAYS = ["server", "process"]
OPTIONS: dict[str, Any] = {"dtype": "float32", "context": 8192, "engine": {"enforce_eager": True}}
CLOSE = 1e-4
"""Of a log-probability."""


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def models(server: str, taught: Path) -> AsyncIterator[dict[str, LanguageModel]]:
    settings = ChatSettings(url=server, record="all")
    engine = Engine(EngineSettings(model=str(taught), **OPTIONS), image_side=1024, ids=True)
    async with aclosing(Chat(settings)) as chat, aclosing(engine):
        yield {"server": chat, "process": engine}


def picture(colour: str, side: int = 64) -> tuple[Blob, bytes]:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    data = out.getvalue()
    return Blob(sha256=hashlib.sha256(data).hexdigest(), width=side, height=side, size=len(data)), data


RED, BLUE = picture("red"), picture("blue", 128)
PICTURES = {blob.sha256: data for blob, data in (RED, BLUE)}
LOOK = (
    Said(role="system", parts=("You look at pictures.",)),
    Said(role="user", parts=("Before:", RED[0], "After:", BLUE[0], "What has changed?")),
)


def question(said: Sequence[Said] = LOOK, n: int = 1, **settings: Any) -> Question:
    return Question(tuple(said), n=n, sampling=Sampling(**{"max_tokens": 40, "seed": 7, **settings}))


@pytest.mark.parametrize("way", WAYS)
async def test_it_says_what_it_is(models: dict[str, LanguageModel], way: str, taught: Path) -> None:
    assert await models[way].probe() == f"{taught} vLLM 0.32.0"


@pytest.mark.parametrize("way", WAYS)
async def test_a_plan_is_written_as_the_schema_says(models: dict[str, LanguageModel], way: str) -> None:
    manner = Manner(DIALECTS["json"], Sampling(temperature=0.0))
    replies = await models[way].ask(plan_question(load("plan"), MakePlan(request="Paint a boat"), manner), {})
    (reply,) = replies.replies
    assert reply.finish == "stop"
    assert json.loads(reply.text), "plain JSON, with nothing to be mended"
    plan = read(reply.text, reply.finish, WirePlan).value
    assert [step.prompt for step in plan.execution_plan] == ["a red wall", "add a door"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("temperature", [1.0, 2.0])
async def test_a_schema_holds_a_model_that_says_anything(
    models: dict[str, LanguageModel], way: str, temperature: float
) -> None:
    schema = schema_of(WireVerdict, longest=30, most=2)
    asked = Question(LOOK, schema, n=4, sampling=Sampling(temperature=temperature, top_p=1.0, max_tokens=1500, seed=3))
    replies = await models[way].ask(asked, PICTURES)
    for reply in replies.replies:
        assert reply.finish == "stop"
        verdict = read(reply.text, reply.finish, WireVerdict).value
        assert len(verdict.seen) <= 30
        assert len(verdict.faults) <= 2
        assert all(mark is None or 0 <= mark <= 10 for mark in (verdict.semantics, verdict.quality))


@pytest.mark.parametrize("way", WAYS)
async def test_several_replies_are_one_question(models: dict[str, LanguageModel], way: str) -> None:
    replies = await models[way].ask(question(n=4, temperature=2.0, top_p=1.0), PICTURES)
    assert len(replies.replies) == 4
    assert len({reply.text for reply in replies.replies}) > 1
    assert replies.completion_tokens == sum(len(reply.ids) for reply in replies.replies)
    assert replies.prompt_tokens == len(replies.prompt_ids)


async def test_both_ways_tell_the_same(models: dict[str, LanguageModel]) -> None:
    asked = question(temperature=0.0)
    first, second = [await models[way].ask(asked, PICTURES) for way in WAYS]
    assert first.prompt_ids == second.prompt_ids
    assert [reply.ids for reply in first.replies] == [reply.ids for reply in second.replies]
    assert [reply.text for reply in first.replies] == [reply.text for reply in second.replies]
    assert first.replies[0].logprobs == pytest.approx(second.replies[0].logprobs, abs=CLOSE)
    assert first.version == second.version


def teacher(taught: Path, replies: Replies) -> list[float]:
    """Log-probabilities of the reply's tokens, by transformers, given the very tokens and pictures."""
    processor = AutoProcessor.from_pretrained(taught)
    model = Qwen3VLForConditionalGeneration.from_pretrained(taught, dtype=torch.float32).eval()
    images = [Image.open(io.BytesIO(data)) for data in (RED[1], BLUE[1])]
    seen = processor.image_processor(images=images, return_tensors="pt")
    ids = torch.tensor([[*replies.prompt_ids, *replies.replies[0].ids]])
    kinds = (ids == model.config.image_token_id).int()
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=torch.ones_like(ids), mm_token_type_ids=kinds, **seen).logits[0]
    at, found = len(replies.prompt_ids), torch.log_softmax(logits.float(), -1)
    return [float(found[at + place - 1, token]) for place, token in enumerate(replies.replies[0].ids)]


@pytest.mark.parametrize("way", WAYS)
async def test_log_probabilities_are_those_of_transformers(
    models: dict[str, LanguageModel], way: str, taught: Path
) -> None:
    replies = await models[way].ask(question(temperature=1.0, top_p=1.0), PICTURES)
    assert replies.logprobs_of == "raw"
    assert len(replies.replies[0].ids) > 5
    expected = await anyio.to_thread.run_sync(teacher, taught, replies)
    assert replies.replies[0].logprobs == pytest.approx(expected, abs=CLOSE)
    assert min(expected) < -0.5, "or this shows nothing"


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_too_long_is_said_so(models: dict[str, LanguageModel], way: str) -> None:
    long = Said(role="user", parts=("word " * 20_000,))
    with pytest.raises(TooLong, match="8192"):
        await models[way].ask(question([long]), {})


@pytest.mark.parametrize("way", WAYS)
async def test_a_reply_that_is_cut_off_says_so(models: dict[str, LanguageModel], way: str) -> None:
    replies = await models[way].ask(question(max_tokens=2), PICTURES)
    assert replies.replies[0].finish == "length"
    assert len(replies.replies[0].ids) == 2


async def test_more_pictures_than_it_takes_are_refused(models: dict[str, LanguageModel]) -> None:
    many = [picture("red", 64 + 32 * n) for n in range(9)]
    said = Said(role="user", parts=tuple(blob for blob, _ in many))
    with pytest.raises(RequestRefused):
        await models["process"].ask(question([said]), {blob.sha256: data for blob, data in many})


async def test_who_is_called_off_takes_the_question_back(models: dict[str, LanguageModel]) -> None:
    engine = models["process"]
    assert isinstance(engine, Engine)
    with anyio.move_on_after(0.5) as scope:
        await engine.ask(question(temperature=2.0, top_p=1.0, max_tokens=8000), PICTURES)
    assert scope.cancelled_caught
    running = await engine.start()
    with anyio.fail_after(10):
        while running.output_processor.has_unfinished_requests():
            await anyio.sleep(0.05)
    assert (await engine.ask(question(max_tokens=3), PICTURES)).replies


@asynccontextmanager
async def engine_of(folder: Path, **options: Any) -> AsyncIterator[Engine]:
    async with aclosing(Engine(EngineSettings(model=str(folder), **options), image_side=1024, ids=False)) as engine:
        yield engine


async def test_a_folder_that_is_no_model_cannot_be_started(tmp_path: Path) -> None:
    async with engine_of(tmp_path) as engine:
        with pytest.raises(CannotStart, match=str(tmp_path)):
            await engine.start()


async def test_an_engine_that_died_is_started_again(taught: Path) -> None:
    async with engine_of(taught, **OPTIONS) as engine:
        running = await engine.start()
        for process in running.engine_core.resources.engine_manager.processes:
            process.kill()
        with pytest.raises(EngineDied):
            await engine.ask(question(max_tokens=8000, temperature=2.0), PICTURES)
        with anyio.fail_after(30):
            while not running.errored:
                await anyio.sleep(0.05)
        assert (await engine.ask(question(max_tokens=3), PICTURES)).replies
        assert await engine.start() is not running
