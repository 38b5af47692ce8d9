"""Planner and critic on a language model: whole runs on the real bus, against a server that answers by a script."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from PIL import Image

from stepweave.agents.agent import BadSetting, Context, Host, agent
from stepweave.agents.client import Weave
from stepweave.agents.orchestrator import orchestrator
from stepweave.agents.runtime import serve
from stepweave.messages import Draw, Drawn, Failure, Judge, Options, Plan, RevisePlan, Verdict
from stepweave.policies.language.prompt import BadPrompt
from stepweave.policies.state import RunState
from tests.agents.crew import until_ended
from tests.servers.chat import completion, pictures_of, spelled, vllm, words_of
from tests.servers.http import Response, Server, as_json, serving

pytestmark = pytest.mark.anyio

OPTIONS = Options(planner="chat", generator="paint", critics=("chat",), memory=None, policy="sequential(3)")

STEPS = [
    {"step_number": 1, "step_name": "Cup", "instruction": "Look.", "prompt": "a red cup", "auxiliary_text": None},
    {
        "step_number": 2,
        "step_name": "Lid",
        "instruction": "Close it.",
        "prompt": "add a lid",
        "auxiliary_text": "Done.",
    },
]
PLAN = {"execution_plan": STEPS}
YES = {"reason": "all there", "semantics": 9, "quality": 8, "previous_step_success": True, "refine_prompt": None}
NO = {
    "reason": "the cup is blue",
    "faults": [{"aspect": "colour", "subject": "cup", "expected": "red", "found": "blue"}],
    "semantics": 3,
    "quality": 8,
    "previous_step_success": False,
    "refine_prompt": "a cup that is red",
}


@agent("generator", capability="paint", concurrency=4)
async def paint(ask: Draw, ctx: Context) -> Drawn:
    """Draws a picture of one colour, another one every time."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (ask.seed % 256, ask.seed // 256 % 256, ask.step)).save(out, "PNG")
    return Drawn(image=await ctx.blobs.put(out.getvalue(), "image/png", 8, 8))


class Brain:
    """Answers what it is asked with what it was given for it; the last answer stays."""

    def __init__(self, plans: list[Any], verdicts: list[Any]) -> None:
        self._plans, self._verdicts = plans, verdicts
        self.planned: list[Any] = []
        self.judged: list[Any] = []

    def __call__(self, body: Any) -> Any:
        judging = "critic of a studio" in words_of(body)
        (self.judged if judging else self.planned).append(body)
        answers = self._verdicts if judging else self._plans
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, dict) and "choices" in answer:
            return answer
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return completion(*[text] * body["n"])


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(vllm(Brain([PLAN], [YES]))) as running:
        yield running


async def run(
    host: Host, server: Server, options: Options = OPTIONS, *, request: str = "Draw a cup", **settings: Any
) -> RunState:
    """One run to its end; ``settings`` are those of ``[agents.chat]``."""
    given: Mapping[str, Any] = {"chat": {"url": f"{server.url}/v1", "key": "k", "retries": 0} | settings}
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        specs = ["planner:chat", "critic:chat", paint, orchestrator]
        await group.start(partial(serve, replace(host, settings=given), specs))
        state = await until_ended(weave, await weave.submit(request, options=options))
        group.cancel_scope.cancel()
    return state


async def logged(host: Host, state: RunState, kind: type[Any]) -> list[Any]:
    """Messages of a kind, as they stand in the log."""
    return [r.message async for r in host.bus.log.replay(state.run) if isinstance(r.message, kind)]


async def test_a_run_on_a_language_model(host: Host, server: Server) -> None:
    server.script = vllm(brain := Brain([PLAN], [NO, YES, YES]))
    state = await run(host, server)
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [(step.name, step.text) for step in state.plan or ()] == [("Cup", None), ("Lid", "Done.")]
    assert [step.before for step in state.plan or ()] == [(), (1,)]
    first, second = state.candidates(1)
    assert (first.accepted, second.accepted) == (False, True)
    assert second.ask.prompt == "a cup that is red"
    assert first.verdicts[0].faults[0].subject == "cup"
    assert "Draw a cup" in words_of(brain.planned[0])
    assert "as many as it takes" in words_of(brain.planned[0])
    assert "a cup that is red" in words_of(brain.judged[1])
    assert [len(pictures_of(body)) for body in brain.judged] == [2, 2, 2]


async def test_the_log_keeps_what_was_said(host: Host, server: Server) -> None:
    server.script = vllm(brain := Brain([PLAN], [YES]))
    state = await run(host, server)
    (plan,) = await logged(host, state, Plan)
    (call,) = plan.calls
    assert (plan.tokens, call.tokens, call.model, call.version) == (15, 15, "tiny/model", "vLLM 0.32.0")
    assert call.policy.startswith("plan/json/")
    assert [said.role for said in call.said] == ["system", "user"]
    assert call.said[1].parts[-1] == brain.planned[0]["messages"][1]["content"]
    assert json.loads(call.text) == PLAN
    assert call.sampling["temperature"] == 0.7
    assert call.finish == "stop"
    assert (call.ids, call.logprobs) == ((), ())
    verdicts = await logged(host, state, Verdict)
    assert [blob.width for blob in verdicts[0].calls[0].said[1].parts if not isinstance(blob, str)] == [256, 8]
    assert all(answer.calls == () for answer in state.answers.values())


async def test_tokens_are_kept_if_that_is_wanted(host: Host, server: Server) -> None:
    text = "<think>ok</think><answer>{'previous_step_success': True, 'refine_prompt': ''}</answer>"
    at = text.index("True")
    pieces = [text[:at], "True", text[at + 4 :]]
    server.script = vllm(brain := Brain([json.dumps(PLAN)], [spelled(text, [1, 2, 3], [-1.0, -0.1, 0.0], pieces)]))
    state = await run(host, server, training=True)
    verdict, *_ = await logged(host, state, Verdict)
    (call,) = verdict.calls
    assert (call.ids, call.logprobs, call.prompt_ids, call.logprobs_of) == (
        (1, 2, 3),
        (-1.0, -0.1, 0.0),
        (1, 2, 3),
        "raw",
    )
    assert call.policy.startswith("judge/tags/")
    assert "response_format" not in brain.judged[0]
    assert (brain.judged[0]["temperature"], brain.judged[0]["top_p"]) == (1.0, 1.0)
    assert verdict.scores.semantics == pytest.approx(9.05, abs=0.01)
    assert verdict.reason == "ok"


async def test_nothing_is_kept_if_that_is_wanted(host: Host, server: Server) -> None:
    state = await run(host, server, record="none")
    (plan,) = await logged(host, state, Plan)
    assert (plan.calls[0].said, plan.calls[0].text, plan.calls[0].tokens) == ((), "", 15)


async def test_what_cannot_be_read_is_asked_for_once_more_with_the_reason(host: Host, server: Server) -> None:
    server.script = vllm(brain := Brain(["Sure, here is a plan: cup, lid.", PLAN], [YES]))
    state = await run(host, server)
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    (plan,) = await logged(host, state, Plan)
    assert [call.fault[:30] for call in plan.calls] == ["there is no JSON object in it:", ""]
    assert plan.tokens == 30
    asked = brain.planned[1]["messages"]
    assert asked[:2] == brain.planned[0]["messages"]
    assert asked[2] == {"role": "assistant", "content": "Sure, here is a plan: cup, lid."}
    assert "there is no JSON object in it" in asked[3]["content"]


async def test_a_plan_that_cannot_be_carried_out_is_asked_for_once_more(host: Host, server: Server) -> None:
    server.script = vllm(brain := Brain([PLAN, {"execution_plan": [*STEPS, STEPS[1] | {"step_number": 3}]}], [YES]))
    state = await run(host, server, OPTIONS.model_copy(update={"steps": 3}))
    assert len(state.plan or ()) == 3
    assert "exactly 3" in words_of(brain.planned[0])
    assert "it has 2 steps where 3 were asked for" in words_of(brain.planned[1])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("no", "Unreadable"),
        (completion('{"execution_plan": [', finish="length"), "CutOff"),
        (completion("{" + " " * 99, finish="length"), "Looping"),
        (completion("", finish="content_filter"), "Withheld"),
        ({"execution_plan": [STEPS[1] | {"starts_from": "step 9"}]}, "BadPlan"),
    ],
)
async def test_two_answers_of_no_use_are_a_failure_with_a_type(
    host: Host, server: Server, answer: Any, kind: str
) -> None:
    server.script = vllm(brain := Brain([answer], [YES]))
    state = await run(host, server)
    assert state.outcome is not None
    assert state.outcome.status == "failed"
    (failure,) = await logged(host, state, Failure)
    assert (failure.kind, failure.cause, len(failure.calls)) == (kind, "bad_answer", 2)
    assert "was asked twice" in failure.reason
    assert failure.tokens == 30
    assert len(brain.planned) == 2


async def test_a_server_that_recovers_costs_nothing_but_time(host: Host, server: Server) -> None:
    server.script = vllm(Brain([as_json({"error": {"message": "busy"}}, 503), PLAN], [YES]))
    state = await run(host, server)
    assert state.outcome is not None
    assert state.outcome.status == "completed"


async def test_a_wrong_key_fails_the_run_and_is_not_printed(host: Host, server: Server) -> None:
    server.script = vllm(lambda _: as_json({"error": {"message": "wrong: sk-12345"}}, 401))
    state = await run(host, server, key="sk-12345")
    assert state.outcome is not None
    assert "refuses the key" in state.outcome.reason
    assert all(b"sk-12345" not in record.body for record in [r async for r in host.bus.log.replay(state.run)])


async def test_opinions_on_a_picture_are_one_question(host: Host, server: Server) -> None:
    server.script = vllm(brain := Brain([{"execution_plan": STEPS[:1]}], [NO]))
    state = await run(host, server, OPTIONS.model_copy(update={"policy": "explore(4, 1)"}))
    assert state.outcome is not None
    counts = sorted(body["n"] for body in brain.judged)
    assert sum(counts) == len([ask for ask in state.commands.values() if isinstance(ask.ask, Judge)])
    assert max(counts) == 3


async def test_a_plan_is_revised(host: Host, server: Server) -> None:
    again = {"execution_plan": [{"step_number": 2, "prompt": "put a lid beside it", "starts_from": 1}]}
    server.script = vllm(brain := Brain([PLAN, again], [YES, NO, YES]))
    state = await run(host, server, OPTIONS.model_copy(update={"policy": "sequential(1)", "exhausted": "replan"}))
    assert state.outcome is not None
    assert state.outcome.status == "completed"
    assert [step.prompt for step in state.plan or ()] == ["a red cup", "put a lid beside it"]
    asked = words_of(brain.planned[1])
    assert "2. Lid: add a lid" in asked
    assert "the cup is blue" in asked
    assert any(isinstance(command.ask, RevisePlan) for command in state.commands.values())


async def test_a_prompt_of_ones_own(host: Host, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text("--- user\nPlan this: $request\n$format\n")
    server.script = vllm(brain := Brain([PLAN], [YES]))
    given = {
        "chat": {"url": f"{server.url}/v1", "key": "k"},
        "planner.chat": {"prompt": str(file)},
    }
    weave = Weave(host.bus)
    async with anyio.create_task_group() as group:
        await group.start(
            partial(serve, replace(host, settings=given), ["planner:chat", "critic:chat", paint, orchestrator])
        )
        state = await until_ended(weave, await weave.submit("$request [[inputs]]", options=OPTIONS))
        group.cancel_scope.cancel()
    assert state.outcome is not None
    (message,) = brain.planned[0]["messages"]
    assert message["content"].startswith("Plan this: $request [[inputs]]\nAnswer with one JSON object")


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        ({"prompt": "/nowhere/plan.md"}, BadPrompt, "/nowhere/plan.md"),
        ({"temprature": 1}, BadSetting, "temprature"),
        ({"dialect": "xml"}, BadSetting, "dialect"),
    ],
)
async def test_what_cannot_work_is_said_at_the_start(
    host: Host, settings: dict[str, Any], error: type[Exception], said: str
) -> None:
    found = replace(host, settings={"planner.chat": settings | {"url": "http://127.0.0.1:9/v1"}})
    with pytest.raises(error, match=said):
        await serve(found, ["planner:chat"])
