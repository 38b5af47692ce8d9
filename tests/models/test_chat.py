"""The chat client against a real HTTP server: what it sends, what it takes, and every way in which a server fails."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from email.utils import formatdate
from hashlib import sha256
from time import time
from typing import Any

import pytest
from PIL import Image

from stepweave.messages import Blob, Said
from stepweave.models.address import LARGEST
from stepweave.models.chat import Chat
from stepweave.models.errors import (
    KeyMissing,
    KeyRefused,
    ModelError,
    NoSuchModel,
    NotAnApi,
    RateLimited,
    RequestRefused,
    ServerBroke,
    ServerFault,
    ServerTimedOut,
    ServerUnreachable,
    TooLong,
)
from stepweave.models.protocol import Question, Sampling
from stepweave.models.settings import ChatSettings
from tests.servers.chat import MODEL, completion, pictures_of, spelled, vllm, words_of
from tests.servers.http import Response, Server, as_json, serving

pytestmark = pytest.mark.anyio

KEY = "sk-very-secret-1234"
HELLO = Question((Said(role="user", parts=("Hello",)),))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(vllm(lambda body: completion(*["Hi"] * body.get("n", 1)))) as running:
        yield running


def settings(server: Server, **given: Any) -> ChatSettings:
    return ChatSettings.model_validate({"url": f"{server.url}/v1", "key": KEY, "retries": 0, "timeout": 5.0} | given)


async def ask(given: ChatSettings, question: Question = HELLO, pictures: dict[str, bytes] | None = None) -> Any:
    chat = Chat(given)
    try:
        return await chat.ask(question, pictures or {})
    finally:
        await chat.aclose()


def picture(width: int, height: int) -> tuple[Blob, bytes]:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    data = out.getvalue()
    return Blob(sha256=sha256(data).hexdigest(), width=width, height=height, size=len(data)), data


async def test_a_question_is_answered(server: Server) -> None:
    found = await ask(settings(server))
    assert [reply.text for reply in found.replies] == ["Hi"]
    assert (found.model, found.version) == (MODEL, "vLLM 0.32.0")
    assert (found.prompt_tokens, found.completion_tokens) == (10, 5)
    assert found.seconds > 0
    assert server.requests[-1].headers["authorization"] == f"Bearer {KEY}"


async def test_every_setting_of_sampling_is_sent_and_recorded(server: Server) -> None:
    sampling = Sampling(0.3, 0.8, 40, 0.1, 1.2, 77, 5)
    found = await ask(settings(server), Question(HELLO.said, None, 3, sampling))
    sent = server.posted()[-1]
    assert len(found.replies) == 3
    assert sent["n"] == 3
    expected = {
        "temperature": 0.3,
        "top_p": 0.8,
        "top_k": 40,
        "min_p": 0.1,
        "repetition_penalty": 1.2,
        "max_completion_tokens": 77,
        "seed": 5,
    }
    assert expected.items() <= sent.items()
    assert expected.items() <= found.sampling.items()


async def test_a_plain_server_gets_only_what_all_of_them_take(server: Server) -> None:
    given = settings(server, flavour="plain", leave_out=("temperature",), extra={"user": "me"})
    found = await ask(given, Question(HELLO.said, {"type": "object"}))
    sent = server.posted()[-1]
    assert set(sent) == {"model", "messages", "n", "top_p", "max_tokens", "response_format", "user"}
    assert sent["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert "temperature" not in found.sampling
    assert [request.path for request in server.requests] == ["/v1/models", "/v1/chat/completions"]


async def test_the_server_is_asked_only_once_what_it_is(server: Server) -> None:
    chat = Chat(settings(server))
    for _ in range(3):
        await chat.ask(HELLO, {})
    await chat.aclose()
    paths = [request.path for request in server.requests]
    assert paths == ["/version", "/v1/models", *["/v1/chat/completions"] * 3]


async def test_pictures_keep_their_place_and_are_scaled_down(server: Server) -> None:
    (small, small_data), (large, large_data) = picture(40, 20), picture(300, 150)
    said = (Said(role="system", parts=("Look.",)), Said(role="user", parts=("before", small, "after", large, "Well?")))
    await ask(settings(server, image_side=100), Question(said), {small.sha256: small_data, large.sha256: large_data})
    (sent,) = server.posted()
    assert words_of(sent) == "Look.\nbefore\nafter\nWell?"
    assert [part["type"] for part in sent["messages"][1]["content"]] == [
        "text",
        "image_url",
        "text",
        "image_url",
        "text",
    ]
    shown = [base64.b64decode(url.removeprefix("data:image/png;base64,")) for url in pictures_of(sent)]
    assert shown[0] == small_data
    assert Image.open(io.BytesIO(shown[1])).size == (100, 50)


async def test_tokens_are_taken_where_the_server_tells_them(server: Server) -> None:
    server.script = vllm(lambda _: spelled("yes", [7, 8], [-0.5, 0.1], ["y", "es"]))
    found = await ask(settings(server, record="all"))
    sent = server.posted()[-1]
    assert (sent["logprobs"], sent["return_token_ids"]) == (True, True)
    (reply,) = found.replies
    assert (reply.ids, reply.tokens, reply.logprobs) == ((7, 8), ("y", "es"), (-0.5, 0.0))
    assert (found.prompt_ids, found.logprobs_of) == ((1, 2, 3), "raw")


async def test_tokens_that_do_not_belong_together_are_none(server: Server) -> None:
    server.script = vllm(lambda _: spelled("yes", [7, 8, 9], [-0.5, -0.1], ["y", "es"]))
    (reply,) = (await ask(settings(server, record="all"))).replies
    assert (reply.ids, reply.tokens, reply.logprobs) == ((), (), ())


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content"])
async def test_what_a_server_took_out_of_a_reply_is_put_back(server: Server, field: str) -> None:
    def answer(_: Any) -> Any:
        found = completion("<answer>{}</answer>")
        found["choices"][0]["message"][field] = "so it is"
        return found

    server.script = vllm(answer)
    (reply,) = (await ask(settings(server))).replies
    assert reply.text == "<think>so it is</think><answer>{}</answer>"


async def test_a_probe_asks_for_a_token(server: Server) -> None:
    chat = Chat(settings(server))
    assert await chat.probe() == f"{MODEL} vLLM 0.32.0"
    await chat.aclose()
    assert server.posted()[-1]["max_completion_tokens"] == 1


async def test_a_model_has_to_be_named_where_there_are_several(server: Server) -> None:
    server.script = lambda _: as_json({"data": [{"id": "one"}, {"id": "two"}]})
    with pytest.raises(NoSuchModel, match="has several models; there are one, two"):
        await ask(settings(server, flavour="plain"))


def test_a_hosted_model_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "MY_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(KeyMissing, match="MY_KEY is not set"):
        Chat(ChatSettings(key_env="MY_KEY"))


ERROR = {"error": {"message": f"no, {KEY} is wrong", "type": "x", "param": None, "code": None}}
LONG = {"error": {"message": "This model's maximum context length is 4096 tokens", "type": "BadRequestError"}}

FAULTS: dict[str, tuple[Response, type[ModelError], str]] = {
    "hangs": (Response(hangs=30), ServerTimedOut, "within 0.5 s"),
    "drops": (Response(b'{"choices": [' + b" " * 5000, cut=2000), ServerBroke, "in the middle"),
    "says nothing": (Response(b""), NotAnApi, ""),
    "an error with 200": (as_json(ERROR), NotAnApi, "no, *** is wrong"),
    "HTML with 200": (Response(b"<html><b>Welcome to nginx!</b>", kind="text/html"), NotAnApi, "Welcome to nginx"),
    "no JSON": (Response(b'{"choices": [}'), NotAnApi, "choices"),
    "too deep": (Response(b"[" * 100_000), NotAnApi, ""),
    "another JSON": (as_json([1, 2]), NotAnApi, ""),
    "no choices": (as_json({"choices": []}), NotAnApi, "choices"),
    "too few replies": (as_json(completion()), NotAnApi, "choices"),
    "too many replies": (as_json(completion("a", "b")), NotAnApi, "2 replies where 1"),
    "no end": (Response(b" " * 2**20, endless=True), NotAnApi, f"more than {LARGEST >> 20} MiB"),
    "a redirect": (Response(b"", 302, {"location": "http://127.0.0.1:9/"}), NotAnApi, "302"),
    "a wrong key": (as_json(ERROR, 401), KeyRefused, "OPENAI_API_KEY"),
    "not allowed": (as_json(ERROR, 403), KeyRefused, "403"),
    "another path": (as_json({"detail": "Not Found"}, 404), NotAnApi, "404"),
    "another model": (as_json({"error": {"message": "The model `x` does not exist."}}, 404), NoSuchModel, "model"),
    "a bad request": (as_json(ERROR, 400), RequestRefused, "leave_out"),
    "an odd field": (as_json(ERROR, 422), RequestRefused, "422"),
    "too long": (as_json(LONG, 400), TooLong, "4096 tokens"),
    "too much": (as_json(ERROR, 429), RateLimited, "takes no more"),
    "too much for now": (as_json(ERROR, 429, retry_after="200"), RateLimited, "wait 200 s"),
    "out of order for now": (as_json(ERROR, 503, retry_after="200"), RateLimited, "wait 200 s"),
    "out of order": (as_json(ERROR, 503), ServerFault, "503"),
    "broken": (Response(b"Traceback: ...", 500, kind="text/plain"), ServerFault, "Traceback"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_of_the_server_is_named(server: Server, name: str) -> None:
    response, kind, said = FAULTS[name]
    server.script = vllm(lambda _: response)
    with pytest.raises(kind) as caught:
        await ask(settings(server, timeout=0.5 if name == "hangs" else 5.0))
    error = caught.value
    assert type(error) is kind
    assert said in f"{error} {error.remedy}"
    assert KEY not in f"{error} {error.remedy} {error!r}"
    assert len(str(error)) < 600
    assert error.remedy
    transient = (ServerTimedOut, ServerBroke, NotAnApi, RateLimited, ServerFault)
    assert error.cause == ("transient" if kind in transient else "permanent")


async def test_a_server_that_is_not_there_is_named() -> None:
    with serving(lambda _: Response()) as gone:
        pass
    with pytest.raises(ServerUnreachable, match=gone.url):
        await ask(settings(gone, flavour="plain", model="x"))


async def test_a_date_to_wait_for_is_understood(server: Server) -> None:
    date = formatdate(time() + 300, usegmt=True)
    server.script = vllm(lambda _: as_json(ERROR, 429, retry_after=date))
    with pytest.raises(RateLimited) as caught:
        await ask(settings(server))
    assert 280 < caught.value.after <= 300


async def test_a_request_is_sent_again_at_once(server: Server) -> None:
    answers = [as_json(ERROR, 503), as_json(ERROR, 429, retry_after="0"), as_json(completion("Hi"))]
    server.script = vllm(lambda _: answers.pop(0))
    found = await ask(settings(server, retries=2))
    assert found.replies[0].text == "Hi"
    assert answers == []
